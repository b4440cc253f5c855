using System.Reflection;

[assembly: AssemblyTitle("MeshNode.Esp32S3DevKitC")]
[assembly: AssemblyDescription("MeshNode on ESP32-S3-DevKitC")]
[assembly: AssemblyProduct("MeshNode")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
