using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("MeshNode.Models")]
[assembly: AssemblyDescription("Bluetooth Mesh models for .NET nanoFramework")]
[assembly: AssemblyProduct("MeshNode")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]

[assembly: InternalsVisibleTo("NFUnitTest")]
