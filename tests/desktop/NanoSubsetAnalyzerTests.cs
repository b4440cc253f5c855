using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MeshNode.NanoSubset;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>Each rule of the analyzer fires on what the device cannot run, and not on its harmless neighbour.</summary>
[TestClass]
public class NanoSubsetAnalyzerTests
{
    private const string Point = "struct Point { public int X; public int Y; public void Move() { X++; } }";

    private static readonly MetadataReference[] s_references = new[] { "System.Private.CoreLib.dll", "System.Runtime.dll" }
        .Select(f => Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location), f))
        .Concat([typeof(nanoFramework.Device.Bluetooth.Utilities).Assembly.Location, typeof(nanoFramework.Runtime.Events.EventSink).Assembly.Location])
        .Select(f => MetadataReference.CreateFromFile(f)).ToArray();

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = [new LanguageAnalyzer(), new StructAnalyzer(), new LimitAnalyzer(), new TestClassAnalyzer()];

    [TestMethod]
    [DataRow("class C<T> { }")]
    [DataRow("delegate void D<T>(T value);")]
    [DataRow("class C { void M<T>() { } }")]
    [DataRow("class C { System.Action<int> _a; }")]
    [DataRow("class C { object M() { return new System.Collections.Generic.List<int>(); } }")]
    [DataRow("class C { void M(int[] a) { System.Array.IndexOf(a, 1); } }")]
    [DataRow("class C { void M(int[] a) { System.Array.Sort(a, (x, y) => x - y); } }")]
    public void Generics_AreRefused(string source) => Fires("NANO001", source);

    [TestMethod]
    [DataRow("class C { System.Action _a; delegate int D(int x); D _d = x => x; }")]
    [DataRow("class C { bool M(int a, int b, int c) { return a < b && b > c; } }")]
    [DataRow("class C { void M(System.Array a, object o) { System.Array.IndexOf(a, o); } }")]
    public void Delegates_AreAccepted(string source) => Passes(source);

    [TestMethod]
    public void MultidimensionalArrays_AreRefused() => Fires("NANO002", "class C { int[,] _a; }");

    [TestMethod]
    public void ArraysOfArrays_AreAccepted() => Passes("class C { int[][] _a = new int[2][]; }");

    [TestMethod]
    [DataRow("class C { nint _a; }")]
    [DataRow("class C { int M(nuint a) { return (int)a; } }")]
    public void NativeIntegers_AreRefused(string source) => Fires("NANO003", source);

    [TestMethod]
    public void OrdinaryIntegers_AreAccepted() => Passes("class C { int _nint; uint M(ulong nuintLike) { return (uint)nuintLike; } }");

    [TestMethod]
    [DataRow("class C { unsafe void M() { var p = stackalloc int[4]; } }")]
    [DataRow("class C { unsafe void M() { var p = stackalloc[] { 1 }; } }")]
    public void StackAlloc_IsRefused(string source) => Fires("NANO004", source);

    [TestMethod]
    public void SmallArrays_AreAccepted() => Passes("class C { void M() { int[] p = new[] { 1 }; } }");

    [TestMethod]
    [DataRow("class C { unsafe void M(byte[] a) { fixed (byte* p = a) { } } }")]
    [DataRow("class C { unsafe void M(int a) { int* p = &a; } }")]
    [DataRow("unsafe struct S { fixed byte _a[4]; }")]
    [DataRow("unsafe class C { delegate*<void> _f; }")]
    [DataRow("class C { unsafe int M() { return sizeof(Point); } } " + Point)]
    public void Pointers_AreRefused(string source) => Fires("NANO005", source);

    [TestMethod]
    [DataRow("class C { void M(ref int a) { a = a & 1; } int N() { return sizeof(int); } }")]
    [DataRow("class C { void M(byte[] a) { ref byte b = ref a[0]; b = 1; } }")]
    public void References_AreAccepted(string source) => Passes(source);

    [TestMethod]
    [DataRow("class C { int M(int a) { return checked(a + 1); } }")]
    [DataRow("class C { void M(int a) { checked { a++; } } }")]
    public void Checked_IsRefused(string source) => Fires("NANO006", source);

    [TestMethod]
    public void CheckForOverflowUnderflow_IsRefused()
    {
        Assert.AreEqual("NANO006", Diagnose("class C { }", checkOverflow: true));
    }

    [TestMethod]
    public void Unchecked_IsAccepted() => Passes("class C { int M(int a) { unchecked { a++; } return unchecked(a + 1); } }");

    [TestMethod]
    [DataRow("interface I { int M() { return 1; } }")]
    [DataRow("interface I { int P => 1; }")]
    [DataRow("interface I { int P { get { return 1; } } }")]
    [DataRow("interface I { int this[int i] => 1; }")]
    [DataRow("interface I { event System.Action E { add { } remove { } } }")]
    [DataRow("interface I { static abstract void M(); }")]
    [DataRow("interface I { static int Count; }")]
    public void InterfaceBodies_AreRefused(string source) => Fires("NANO007", source);

    [TestMethod]
    [DataRow("interface I { int M(); int P { get; set; } int this[int i] { get; } event System.Action E; }")]
    [DataRow("abstract class C { public abstract int M(); public virtual int P => 1; }")]
    public void InterfacesAndAbstractClasses_AreAccepted(string source) => Passes(source);

    [TestMethod]
    [DataRow("class C { void M() { Point p; p.X = 1; } }")]
    [DataRow("class C { void M(Point p) { } }")]
    [DataRow("class C { Point M() { return default; } }")]
    [DataRow("class C { Point P { get; set; } }")]
    [DataRow("class C { int this[Point p] => 1; }")]
    [DataRow("delegate void D(Point p);")]
    [DataRow("delegate Point D();")]
    [DataRow("class C { void M() { void L(Point p) { } } }")]
    [DataRow("class C { Point _a, _b; void M() { _a = _b; } }")]
    [DataRow("class C { Point _a, _b; void M() { _a = _b = new Point(); } }")]
    [DataRow("class C { Point[] _a; void M() { _a[0] = _a[1]; } }")]
    [DataRow("class C { Point _a; object M() { object o = _a; return o; } }")]
    [DataRow("class C { Point _a; bool M() { return _a.Equals(_a); } }")]
    [DataRow("class C { Point[] _a; void M() { foreach (Point p in _a) { } } }")]
    [DataRow("class C { void N(out Point p) { p = default; } void M() { N(out Point p); } }")]
    [DataRow("class C { void M(object o) { if (o is Point p) { } } }")]
    [DataRow("class C { void M(ref Point a, ref Point b) { a = b; } }")]
    [DataRow("class C { Point _a; Point[] M() { return new Point[] { _a }; } }")]
    [DataRow("class C { System.Action M(Point[] a) { return a[0].Move; } }")]
    [DataRow("class C { System.DateTime _now; bool M() { return _now == System.DateTime.UtcNow; } }")]
    [DataRow("class C { void M(System.TimeSpan t) { } }")]
    [DataRow("class C { void M() { System.Threading.Thread.Sleep(System.TimeSpan.FromSeconds(1)); } }")]
    [DataRow("class C { void M() { System.Guid g = System.Guid.NewGuid(); } }")]
    [DataRow("using nanoFramework.Device.Bluetooth.GenericAttributeProfile; class C { System.Guid _g; object M() { return GattServiceProvider.Create(_g); } }")]
    [DataRow("using nanoFramework.Runtime.Events; class C : IEventProcessor { public BaseEvent ProcessEvent(uint a, uint b, System.DateTime t) { return null; } void M(System.DateTime u) { } }")]
    public void StructsByValue_AreRefused(string source) => Fires("NANO008", source + " " + Point);

    [TestMethod]
    [DataRow("class C { Point _a; int M() { _a.X = 1; _a.Move(); return _a.X + _a.Y; } }")]
    [DataRow("class C { Point[] _a = new Point[4]; int M(int i) { _a[i].X = 1; _a[i].Move(); return _a[i].Y; } }")]
    [DataRow("class C { int M(ref Point a, in Point b) { a.X = b.Y; return a.X; } }")]
    [DataRow("class C { Point[] _a; int N(ref Point a) { return a.X; } int M() { return N(ref _a[0]); } }")]
    [DataRow("class C { Point[] _a; ref Point N() { return ref _a[0]; } void M() { ref Point p = ref N(); p.X = 1; N().Y = 2; } }")]
    [DataRow("class C { Point[] _a; void M() { _a[0] = new Point { X = 1 }; _a[1] = default; } }")]
    [DataRow("class C { void M(out Point p) { p = new Point(); } }")]
    [DataRow("class C { System.DateTime _t; long M() { _t = System.DateTime.UtcNow; return System.DateTime.UtcNow.Ticks - _t.Ticks; } }")]
    [DataRow("using nanoFramework.Device.Bluetooth; using nanoFramework.Device.Bluetooth.GenericAttributeProfile; class C { object M() { return GattServiceProvider.Create(Utilities.CreateUuidFromShortCode(1)); } }")]
    [DataRow("using nanoFramework.Runtime.Events; class C : IEventProcessor { IEventProcessor _next; public BaseEvent ProcessEvent(uint a, uint b, System.DateTime t) { return _next.ProcessEvent(a, b, t); } }")]
    [DataRow("enum E { A } class C { E M(E e, int i, bool b, char c, double d) { E f = e; return f; } }")]
    public void StructsInPlace_AreAccepted(string source) => Passes(source + " " + Point);

    [TestMethod]
    [DataRow(255, 1)]
    [DataRow(255, 1000)]
    [DataRow(130, 2)]
    public void LargeSwitches_AreRefused(int cases, int step)
    {
        Fires("NANO009", $"class C {{ void M(int i) {{ switch (i) {{ {Repeat(cases, i => $"case {i * step}: ")} break; }} }} }}");
        Fires("NANO009", $"class C {{ int M(int i) {{ return i switch {{ {Repeat(cases, i => $"{i * step} => {i}, ")} _ => 0 }}; }} }}");
    }

    [TestMethod]
    [DataRow(254, 1)]
    [DataRow(200, 1000)]
    [DataRow(127, 2)]
    public void OrdinarySwitches_AreAccepted(int cases, int step)
    {
        Passes($"class C {{ void M(int i) {{ switch (i) {{ {Repeat(cases, i => $"case {i * step}: ")} break; }} }} }}");
        Passes($"class C {{ int M(int i) {{ return i switch {{ {Repeat(cases, i => $"{i * step} => {i}, ")} _ => 0 }}; }} }}");
    }

    [TestMethod]
    public void Locals_AreCounted()
    {
        Fires("NANO010", $"class C {{ void M() {{ {Repeat(251, i => $"int a{i} = {i}; ")} }} }}");
        Passes($"class C {{ void M() {{ {Repeat(250, i => $"int a{i} = {i}; ")} }} }}");
    }

    [TestMethod]
    [DataRow("static int F{0};")]
    [DataRow("static void M{0}() {{ }}")]
    [DataRow("public virtual void M{0}() {{ }}")]
    public void Members_AreCounted(string member)
    {
        Fires("NANO011", $"class C {{ {Repeat(256, i => string.Format(member, i))} }}");
        Passes($"class C {{ {Repeat(255, i => string.Format(member, i))} }}");
    }

    [TestMethod]
    public void InstanceMethods_AreCountedWithTheConstructor()
    {
        Fires("NANO011", $"class C {{ {Repeat(255, i => $"void M{i}() {{ }} ")} }}");
        Passes($"class C {{ {Repeat(254, i => $"void M{i}() {{ }} ")} {Repeat(300, i => $"const int F{i} = 1; ")} }}");
    }

    [TestMethod]
    [DataRow("byte", 65536)]
    [DataRow("ushort", 32768)]
    [DataRow("uint", 16384)]
    [DataRow("ulong", 8192)]
    public void ArrayData_IsMeasured(string type, int tooMany)
    {
        Fires("NANO012", $"class C {{ static readonly {type}[] s_a = {{ {Repeat(tooMany, _ => "1,")} }}; }}");
        Passes($"class C {{ static readonly {type}[] s_a = {{ {Repeat(tooMany - 1, _ => "1,")} }}; }}");
    }

    [TestMethod]
    public void Volatile_IsRefused() => Fires("NANO013", "class C { volatile bool _stop; }");

    [TestMethod]
    public void PlainFields_AreAccepted() => Passes("class C { bool _stop; static readonly int s_volatile = 1; }");

    [TestMethod]
    [DataRow("[TestClass] class C { int _state; }")]
    [DataRow("[TestClass] class C { int State { get; set; } }")]
    public void InstanceStateOfTestClasses_IsRefused(string source) => Fires("NANO014", source + TestAttributes);

    [TestMethod]
    [DataRow("[TestClass] class C { static int s_state; const int A = 1; int P => 1; }")]
    [DataRow("class C { int _state; }")]
    public void StaticStateOfTestClasses_IsAccepted(string source) => Passes(source + TestAttributes);

    [TestMethod]
    [DataRow("class C { [DataRow(System.DayOfWeek.Monday)] void M() { } }")]
    [DataRow("class C { [DataRow(1, new byte[] { 1 })] void M() { } }")]
    public void EnumsAndArraysInDataRows_AreRefused(string source) => Fires("NANO015", source + TestAttributes);

    [TestMethod]
    public void PrimitivesInDataRows_AreAccepted() => Passes("class C { [DataRow(1, (byte)2, 'c', true, \"s\", null, typeof(C))] void M() { } }" + TestAttributes);

    private const string TestAttributes = " class TestClassAttribute : System.Attribute { } class DataRowAttribute : System.Attribute { public DataRowAttribute(params object[] a) { } }";

    private static void Fires(string rule, string source)
    {
        Assert.AreEqual(rule, Diagnose(source));
    }

    private static void Passes(string source)
    {
        Assert.AreEqual("", Diagnose(source));
    }

    // The rules that the source breaks, each once.
    private static string Diagnose(string source, bool checkOverflow = false)
    {
        CSharpCompilation compilation = CSharpCompilation.Create("snippet", [CSharpSyntaxTree.ParseText(source)], s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, checkOverflow: checkOverflow));
        Assert.AreEqual("", string.Join("\n", compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)), "The snippet does not compile");

        ImmutableArray<Diagnostic> diagnostics = Task.Run(() => compilation.WithAnalyzers(s_analyzers).GetAnalyzerDiagnosticsAsync(CancellationToken.None)).Result;

        return string.Join(" ", diagnostics.Select(d => d.Id).Distinct().Order());
    }

    private static string Repeat(int count, Func<int, string> text)
    {
        return string.Concat(Enumerable.Range(0, count).Select(text));
    }
}
