using System.Reflection;

[assembly: AssemblyTitle("MeshNode.Node")]
[assembly: AssemblyDescription("Bluetooth Mesh node on an ESP32 with a stock .NET nanoFramework image")]
[assembly: AssemblyProduct("MeshNode")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
