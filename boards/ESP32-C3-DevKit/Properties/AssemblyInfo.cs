using System.Reflection;

[assembly: AssemblyTitle("MeshNode.Esp32C3DevKit")]
[assembly: AssemblyDescription("MeshNode on ESP32-C3-DevKit")]
[assembly: AssemblyProduct("MeshNode")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
