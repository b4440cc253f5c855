using System.Reflection;

[assembly: AssemblyTitle("MeshNode.Bench")]
[assembly: AssemblyDescription("Benchmarks that run on the nanoFramework interpreter and on the desktop")]
[assembly: AssemblyProduct("MeshNode")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
