using System.Reflection;

[assembly: AssemblyTitle("MeshNode.M5Core2")]
[assembly: AssemblyDescription("MeshNode on M5Core2")]
[assembly: AssemblyProduct("MeshNode")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
