using System.Reflection;

[assembly: AssemblyTitle("MeshNode.Storage.UnitTests")]
[assembly: AssemblyProduct("MeshNode")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
