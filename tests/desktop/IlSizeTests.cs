using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>
/// The device's assembly format has 16-bit tables, and its interpreter lacks instructions that the compiler may emit. Looks at the
/// netnano1.0 build of the firmware, which is optimised in every configuration, as the release build for the device is.
/// </summary>
[TestClass]
public class IlSizeTests
{
    // The metadata processor stops at 64 KB of code or of strings, and branches go wrong in methods of 32 KB: be told earlier.
    private const int MaxCode = 56 * 1024;
    private const int MaxStrings = 56 * 1024;
    private const int MaxMethod = 28 * 1024;
    private const int MaxLocals = 255;
    private const int MaxJumpTable = 255;

    private static readonly string[] s_references =
    [
        "mscorlib", "nanoFramework.TestFramework", "MeshNode.Crypto", "MeshNode.Mesh", "MeshNode.Models", "MeshNode.Node", "nanoFramework.Device.Bluetooth", "nanoFramework.Hardware.Esp32",
        "nanoFramework.Runtime.Events", "nanoFramework.Runtime.Native", "System.Device.Gpio", "System.Device.Pwm", "System.IO.FileSystem", "System.IO.Streams",
    ];

    private static readonly Code[] s_forbidden =
    [
        Code.Localloc, Code.Calli, Code.Sizeof, Code.Cpblk, Code.Initblk, Code.Arglist, Code.Mkrefany, Code.Refanyval, Code.Refanytype, Code.Jmp,
        Code.Add_Ovf, Code.Add_Ovf_Un, Code.Sub_Ovf, Code.Sub_Ovf_Un, Code.Mul_Ovf, Code.Mul_Ovf_Un,
    ];

    [TestMethod]
    [DataRow("MeshNode.Crypto.dll")]
    [DataRow("MeshNode.Mesh.dll")]
    [DataRow("MeshNode.Models.dll")]
    [DataRow("MeshNode.Node.dll")]
    [DataRow("MeshNode.Pwm.dll")]
    [DataRow("MeshNode.Bench.exe")]
    public void Code_FitsTheAssemblyFormat(string file)
    {
        using ModuleDefinition module = Read(file);
        MethodDefinition[] methods = Methods(module);
        int code = methods.Sum(m => m.Body.CodeSize);
        int strings = Strings(module).Distinct().Sum(s => Encoding.UTF8.GetByteCount(s) + 1);
        MethodDefinition longest = methods.MaxBy(m => m.Body.CodeSize);

        OutputHelper.WriteLine($"{file}: {code} octets of IL in {methods.Length} methods, {strings} octets of strings, longest method {longest?.FullName} {longest?.Body.CodeSize}");
        Assert.IsTrue(code <= MaxCode, $"{code} octets of IL");
        Assert.IsTrue(strings <= MaxStrings, $"{strings} octets of strings");

        foreach (MethodDefinition method in methods)
        {
            Assert.IsTrue(method.Body.CodeSize <= MaxMethod, $"{method.FullName}: {method.Body.CodeSize} octets of IL");
            Assert.IsTrue(method.Body.Variables.Count <= MaxLocals, $"{method.FullName}: {method.Body.Variables.Count} locals");
        }
    }

    [TestMethod]
    [DataRow("MeshNode.Crypto.dll")]
    [DataRow("MeshNode.Mesh.dll")]
    [DataRow("MeshNode.Models.dll")]
    [DataRow("MeshNode.Node.dll")]
    [DataRow("MeshNode.Pwm.dll")]
    [DataRow("MeshNode.Bench.exe")]
    public void Code_StaysInsideTheInterpreter(string file)
    {
        using ModuleDefinition module = Read(file);

        Assert.AreEqual("", string.Join(", ", module.GetTypes().Where(t => t.HasGenericParameters)), "Generic types");
        Assert.AreEqual("", string.Join(", ", module.GetMemberReferences().Where(m => m is GenericInstanceMethod || m.DeclaringType is GenericInstanceType)), "Uses of generics");
        Assert.AreEqual("", string.Join(", ", module.AssemblyReferences.Select(r => r.Name).Except(s_references)), "References");
        Assert.AreEqual("", string.Join("\n", Methods(module).SelectMany(Faults)));
    }

    private static ModuleDefinition Read(string file)
    {
        string path = Repository.NanoAssembly(file);
        DefaultAssemblyResolver resolver = new();
        resolver.AddSearchDirectory(Path.GetDirectoryName(path));

        return ModuleDefinition.ReadModule(path, new ReaderParameters { AssemblyResolver = resolver });
    }

    private static IEnumerable<string> Faults(MethodDefinition method)
    {
        if (method.HasGenericParameters)
        {
            yield return $"{method.FullName} is generic";
        }

        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (s_forbidden.Contains(instruction.OpCode.Code) || instruction.OpCode.Name.StartsWith("conv.ovf", StringComparison.Ordinal))
            {
                yield return $"{method.FullName} uses {instruction.OpCode}";
            }

            if (instruction.Operand is Instruction[] { Length: > MaxJumpTable } table)
            {
                yield return $"{method.FullName} has a jump table of {table.Length} entries";
            }

            if (instruction.Operand is MethodReference { IsGenericInstance: true } or FieldReference { FieldType: GenericInstanceType })
            {
                yield return $"{method.FullName} uses {instruction.Operand}";
            }

            // Leaves one object on the interpreter's stack and in the local.
            if (instruction.OpCode.Code == Code.Dup && LocalOf(method.Body, instruction.Next) is VariableDefinition local && IsStruct(local.VariableType))
            {
                yield return $"{method.FullName} copies a {local.VariableType} by dup";
            }
        }
    }

    private static VariableDefinition LocalOf(MethodBody body, Instruction store)
    {
        return store.OpCode.Code switch
        {
            Code.Stloc_0 => body.Variables[0],
            Code.Stloc_1 => body.Variables[1],
            Code.Stloc_2 => body.Variables[2],
            Code.Stloc_3 => body.Variables[3],
            Code.Stloc_S or Code.Stloc => (VariableDefinition)store.Operand,
            _ => null,
        };
    }

    private static bool IsStruct(TypeReference type)
    {
        return type.IsValueType && !type.IsPrimitive && type.Resolve() is not { IsEnum: true };
    }

    private static MethodDefinition[] Methods(ModuleDefinition module)
    {
        return module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).ToArray();
    }

    // The names and literals that share the one string table of the device's format.
    private static IEnumerable<string> Strings(ModuleDefinition module)
    {
        return module.GetTypes().SelectMany(t => t.Methods.Select(m => m.Name).Concat(t.Fields.Select(f => f.Name)).Append(t.Name).Append(t.Namespace))
            .Concat(module.GetTypeReferences().Select(t => t.Name))
            .Concat(module.GetMemberReferences().Select(m => m.Name))
            .Concat(Methods(module).SelectMany(m => m.Body.Instructions).Select(i => i.Operand).OfType<string>());
    }
}
