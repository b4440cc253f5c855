using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace MeshNode.IlCost;

/// <summary>Makes copies of assemblies that tell <see cref="FrameDepth"/> of each call.</summary>
/// <remarks>
/// A frame has a block of 12 octets for each local and each place of the evaluation stack, ten at least, and 84 octets beside them. That a call
/// of an instance method sometimes takes none, when the caller's is large enough, is left out of account.
/// </remarks>
public static class FrameWeaver
{
    private const int Block = 12;
    private const int Header = 84;
    private const int LeastBlocks = 10;
    private const int SpareBlocks = 3;
    private const int LeastFrame = Header + (LeastBlocks * Block);

    // Frames of what is not woven, where the library has managed code before the native one. By reading its sources.
    private const int TextFrames = 3;
    private const int LibraryFrames = 4;

    /// <summary>Weaves assemblies, and writes the copies into a folder.</summary>
    /// <param name="types">Whether a type is the firmware's; calls of others are calls of a library.</param>
    public static void Weave(string path, string destination, Func<TypeReference, bool> types)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        MethodReference enter = Import(module, nameof(FrameDepth.Enter));
        MethodReference leave = Import(module, nameof(FrameDepth.Leave));
        MethodReference resume = Import(module, nameof(FrameDepth.Resume));
        MethodReference call = Import(module, nameof(FrameDepth.Call));

        foreach (MethodDefinition method in module.GetTypes().Where(t => types(t)).SelectMany(t => t.Methods).Where(m => m.HasBody && m.Name != ".cctor").ToList())
        {
            Weave(method, enter, leave, resume, call, types);
        }

        module.Write(destination);
    }

    private static MethodReference Import(ModuleDefinition module, string name)
    {
        return module.ImportReference(typeof(FrameDepth).GetMethod(name)!);
    }

    private static void Weave(
        MethodDefinition method, MethodReference enter, MethodReference leave, MethodReference resume, MethodReference call, Func<TypeReference, bool> types)
    {
        MethodBody body = method.Body;
        int blocks = Math.Max(LeastBlocks, body.Variables.Count + body.MaxStackSize + SpareBlocks);
        body.SimplifyMacros();
        VariableDefinition frame = new(method.Module.TypeSystem.Int32);
        body.Variables.Add(frame);
        body.InitLocals = true;
        ILProcessor processor = body.GetILProcessor();
        HashSet<Instruction> handlers = [.. body.ExceptionHandlers.Select(h => h.HandlerStart)];

        foreach (Instruction instruction in body.Instructions.ToList())
        {
            bool isHandler = handlers.Contains(instruction);
            int library = LibraryOctets(instruction, types);
            List<Instruction> added = [];

            if (isHandler)
            {
                added.Add(processor.Create(OpCodes.Ldloc, frame));
                added.Add(processor.Create(OpCodes.Call, resume));
            }

            if (library > 0)
            {
                added.Add(processor.Create(OpCodes.Ldc_I4, library));
                added.Add(processor.Create(OpCodes.Call, call));
            }

            if (instruction.OpCode.Code == Code.Ret)
            {
                added.Add(processor.Create(OpCodes.Ldloc, frame));
                added.Add(processor.Create(OpCodes.Call, leave));
            }

            if (added.Count > 0)
            {
                InsertBefore(processor, instruction, added);
            }
        }

        Instruction first = body.Instructions[0];
        processor.InsertBefore(first, processor.Create(OpCodes.Ldstr, $"{method.DeclaringType.Name}.{method.Name}"));
        processor.InsertBefore(first, processor.Create(OpCodes.Ldc_I4, Header + (blocks * Block)));
        processor.InsertBefore(first, processor.Create(OpCodes.Call, enter));
        processor.InsertBefore(first, processor.Create(OpCodes.Stloc, frame));
    }

    // The instruction keeps its identity, so that whatever jumps to it reaches what is added first.
    private static void InsertBefore(ILProcessor processor, Instruction instruction, List<Instruction> added)
    {
        Instruction moved = processor.Create(OpCodes.Nop);
        moved.OpCode = instruction.OpCode;
        moved.Operand = instruction.Operand;
        instruction.OpCode = added[0].OpCode;
        instruction.Operand = added[0].Operand;
        Instruction last = instruction;

        foreach (Instruction next in added.Skip(1).Append(moved))
        {
            processor.InsertAfter(last, next);
            last = next;
        }
    }

    private static int LibraryOctets(Instruction instruction, Func<TypeReference, bool> types)
    {
        if (instruction.Operand is not MethodReference method || instruction.OpCode.Code is not (Code.Call or Code.Callvirt or Code.Newobj) || types(method.DeclaringType))
        {
            return 0;
        }

        int frames = method.DeclaringType.FullName switch
        {
            "System.Object" when method.Name == ".ctor" => 0,
            "System.Array" or "System.Environment" or "System.Type" => 1,
            "System.Runtime.CompilerServices.RuntimeHelpers" => 1,
            string name when name.StartsWith("System.IO.", StringComparison.Ordinal) => LibraryFrames,
            string name when name.StartsWith("nanoFramework.", StringComparison.Ordinal) => LibraryFrames,
            string name when name.StartsWith("System.Device.", StringComparison.Ordinal) => LibraryFrames,
            _ => TextFrames,
        };

        return frames * LeastFrame;
    }
}
