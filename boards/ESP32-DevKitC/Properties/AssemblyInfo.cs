using System.Reflection;

[assembly: AssemblyTitle("MeshNode.Esp32DevKitC")]
[assembly: AssemblyDescription("MeshNode on ESP32-DevKitC")]
[assembly: AssemblyProduct("MeshNode")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
