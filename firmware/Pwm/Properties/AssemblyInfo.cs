using System.Reflection;

[assembly: AssemblyTitle("MeshNode.Pwm")]
[assembly: AssemblyDescription("Lamp of a MeshNode that is dimmed by the width of pulses")]
[assembly: AssemblyProduct("MeshNode")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
