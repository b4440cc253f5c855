using Microsoft.CodeAnalysis;

namespace MeshNode.NanoSubset;

/// <summary>
/// What the C# compiler accepts and nanoFramework 1.x does not run, or runs wrongly. The messages say what happens on the
/// device, because nothing before the device would tell. Measured with MetadataProcessor 3.0.100 and the interpreter of July 2026.
/// </summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor Generics = Rule("NANO001",
        "Generics: the device refuses to load an assembly with a generic type or delegate, and a generic method computes wrongly");

    public static readonly DiagnosticDescriptor MultidimensionalArray = Rule("NANO002",
        "Multidimensional array: the metadata processor fails; use an array of arrays");

    public static readonly DiagnosticDescriptor NativeInteger = Rule("NANO003",
        "Native-sized integer: 32 bits on the device, 64 here");

    public static readonly DiagnosticDescriptor StackAlloc = Rule("NANO004",
        "stackalloc: the interpreter does not implement it and throws");

    public static readonly DiagnosticDescriptor Pointer = Rule("NANO005",
        "Pointers, fixed, function pointers and sizeof of a struct: the metadata processor fails, or the code goes wrong at run time");

    public static readonly DiagnosticDescriptor Checked = Rule("NANO006",
        "checked: the interpreter never throws on overflow; compare the operands instead");

    public static readonly DiagnosticDescriptor InterfaceBody = Rule("NANO007",
        "Interface member with a body, or static: the call fails at run time");

    public static readonly DiagnosticDescriptor StructByValue = Rule("NANO008",
        "Struct '{0}' by value: allocates on the device's heap, and two copies may turn out to be one object; pass it by ref or in, or use a class");

    public static readonly DiagnosticDescriptor Switch = Rule("NANO009",
        "Switch with more than 254 cases, or a jump table of more than 255 entries: the interpreter jumps to the wrong place");

    public static readonly DiagnosticDescriptor Locals = Rule("NANO010",
        "More than 250 locals in a method: the device stops at 255, and the compiler adds its own");

    public static readonly DiagnosticDescriptor Members = Rule("NANO011",
        "More than 255 {0} in a type: the metadata processor or the loader of the device fails");

    public static readonly DiagnosticDescriptor ArrayData = Rule("NANO012",
        "Array initializer of 64 KB or more: the device does not load the assembly");

    public static readonly DiagnosticDescriptor Volatile = Rule("NANO013",
        "volatile: its modifier type is missing on the device, where a plain field is read every time anyway");

    public static readonly DiagnosticDescriptor TestState = Rule("NANO014",
        "Instance state of a test class: nanoFramework calls test methods with this == null; make it static");

    public static readonly DiagnosticDescriptor TestData = Rule("NANO015",
        "Argument of DataRow: nanoFramework stores numbers, characters, booleans, strings and types only");

    private static DiagnosticDescriptor Rule(string id, string message)
    {
        return new DiagnosticDescriptor(id, message, message, "nanoFramework", DiagnosticSeverity.Error, isEnabledByDefault: true);
    }
}
