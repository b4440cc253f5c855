using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using MeshNode.NanoVerify;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>
/// The netnano1.0 build proves as much as the reference surfaces are true. They are compared with listings of the real
/// assemblies, which are not part of the repository.
/// </summary>
[TestClass]
public class ReferenceSurfaceTests
{
    [TestMethod]
    [DataRow("System.Device.Gpio")]
    [DataRow("System.Device.Pwm")]
    [DataRow("System.IO.FileSystem")]
    [DataRow("System.IO.Streams")]
    [DataRow("mscorlib")]
    [DataRow("nanoFramework.Device.Bluetooth")]
    [DataRow("nanoFramework.Hardware.Esp32")]
    [DataRow("nanoFramework.Runtime.Events")]
    [DataRow("nanoFramework.Runtime.Native")]
    [DataRow("nanoFramework.TestFramework")]
    public void Surface_DeclaresOnlyWhatTheLibraryHas(string assembly)
    {
        string[] surface = PublicSurface.Read(Repository.NanoAssembly(assembly + ".dll"));
        string[] missing = PublicSurface.Missing(surface, Listing(assembly));

        Assert.AreEqual("", string.Join("\n", missing));
        OutputHelper.WriteLine($"{assembly}: {surface.Length} declarations compared");
    }

    [TestMethod]
    public void EverySurface_IsCompared()
    {
        string[] compared = MethodBase.GetCurrentMethod().DeclaringType.GetMethod(nameof(Surface_DeclaresOnlyWhatTheLibraryHas))
            .GetCustomAttributesData().Where(a => a.AttributeType == typeof(DataRowAttribute))
            .Select(a => (string)((IReadOnlyCollection<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value).Single().Value).ToArray();
        string[] built = Directory.GetFiles(Repository.PathOf("tools/nano/surface"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToArray();

        Assert.AreEqual(string.Join(" ", built.Order()), string.Join(" ", compared.Order()));
    }

    [TestMethod]
    [DataRow("public class MadeUp { }", "public class System.MadeUp + public MadeUp()")]
    [DataRow("public static class Console { public static void Beep() { } }", "public static void Beep()")]
    [DataRow("public static class Console { public static int WriteLine(string value) { return 0; } }", "public static int WriteLine(string value)")]
    [DataRow("public static class Console { public static void WriteLine(int value) { } }", "public static void WriteLine(int value)")]
    [DataRow("public static class Console { public static void WriteLine(string text) { } }", "public static void WriteLine(string text)")]
    [DataRow("public sealed class Random { private Random() { } public int Next(int maxValue) { return 0; } }", "public sealed class System.Random + public int Next(int maxValue)")]
    [DataRow("public class InvalidOperationException : ArgumentException { }", "public class System.InvalidOperationException : System.ArgumentException")]
    [DataRow("public class Exception : IDisposable { public virtual void Dispose() { } }", "public class System.Exception : System.IDisposable + public virtual void Dispose()")]
    [DataRow("public struct UInt16 { public const ushort MaxValue = 1; }", "public const ushort MaxValue = 1")]
    [DataRow("public enum DayOfWeek { Sunday = 1, Monday = 1 }", "enum-value Sunday = 1 (0x1)")]
    [DataRow("public enum DayOfWeek : byte { }", "public enum System.DayOfWeek : byte")]
    [DataRow("public delegate void EventHandler(object sender);", "public delegate void System.EventHandler(object sender)")]
    [DataRow("public class EventArgs { public static readonly object Empty = null; }", "public static readonly object Empty")]
    [DataRow("public class Exception { public virtual string Message { get { return null; } set { } } }", "public virtual string Message { get; set; }")]
    [DataRow("public class Exception { public event Action Thrown; }", "public event System.Action Thrown")]
    [DataRow("public class Exception { protected void Rethrow(ref int a, params object[] b) { } }", "protected void Rethrow(ref int a, params object[] b)")]
    [DataRow("public interface ICloneable { object Clone(); void CopyTo(object other); }", "public void CopyTo(object other)")]
    public void MadeUpDeclarations_AreReported(string declaration, string expected)
    {
        Assert.AreEqual(expected, string.Join(" + ", MissingOf(declaration).Select(m => m.Split(" :: ")[1])));
    }

    [TestMethod]
    [DataRow("public static class Console { public static void WriteLine(string value) { } private static void Beep() { } internal class MadeUp { } }")]
    [DataRow("public class InvalidOperationException : SystemException { }")]
    [DataRow("public enum DayOfWeek { Sunday, Saturday = 6 }")]
    public void RealDeclarations_AreNotReported(string declaration)
    {
        Assert.AreEqual("", string.Join("\n", MissingOf(declaration)));
    }

    /// <summary>Tests bind the same overloads on the desktop as on the device.</summary>
    [TestMethod]
    [DataRow("Assert")]
    [DataRow("CollectionAssert")]
    [DataRow("OutputHelper")]
    public void TestFrameworkOfTheDesktop_HasTheOverloadsOfTheDevice(string type)
    {
        string[] device = Methods(PublicSurface.Read(Repository.NanoAssembly("nanoFramework.TestFramework.dll")), type);
        string[] desktop = Methods(PublicSurface.Read(typeof(Assert).Assembly.Location), type);

        Assert.AreEqual(string.Join("\n", device), string.Join("\n", desktop));
    }

    private static string[] Methods(string[] surface, string type)
    {
        return surface.Where(l => l.StartsWith($"nanoFramework.TestFramework.{type} :: public static void "))
            .Select(l => Regex.Replace(l, "message = [^)]*", "message")).Order().ToArray();
    }

    // Takes the surface itself for the library, so that the tests of the comparison need no listing.
    private static string[] MissingOf(string declaration)
    {
        return PublicSurface.Missing(Compile("namespace System { " + declaration + " }"), PublicSurface.Read(Repository.NanoAssembly("mscorlib.dll")));
    }

    private static string[] Compile(string source)
    {
        CSharpCompilation compilation = CSharpCompilation.Create("surface", [CSharpSyntaxTree.ParseText(source)],
            [MetadataReference.CreateFromFile(Repository.NanoAssembly("mscorlib.dll"))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream assembly = new();
        Assert.AreEqual("", string.Join("\n", compilation.Emit(assembly).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        assembly.Position = 0;

        return PublicSurface.Read(assembly);
    }

    internal static string[] Listing(string assembly)
    {
        string folder = Environment.GetEnvironmentVariable("MESHNODE_NANO_API") ?? Path.Combine(Repository.Root, "..", "shared", "nano-api");
        string file = Path.Combine(folder, assembly + ".txt");

        if (!File.Exists(file))
        {
            Assert.SkipTest($"No listing of {assembly}: set MESHNODE_NANO_API to a folder with {assembly}.txt");
        }

        return File.ReadAllLines(file);
    }
}
