using System;
using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace MeshNode.IlCost;

/// <summary>
/// Adds two counters to an assembly and to each basic block of its methods the code that advances them.
/// </summary>
/// <remarks>
/// A block is counted when it is entered, so a block that throws half way counts whole. Calls into assemblies that are not
/// woven count as the one call instruction.
/// </remarks>
internal static class Weaver
{
    internal const string HolderName = "IlCostCounters";
    internal const string InstructionsField = "Instructions";
    internal const string AllocationsField = "Allocations";

    internal static void Weave(ModuleDefinition module)
    {
        TypeDefinition holder = new("", HolderName, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        FieldDefinition instructions = new(InstructionsField, FieldAttributes.Public | FieldAttributes.Static, module.TypeSystem.Int64);
        FieldDefinition allocations = new(AllocationsField, FieldAttributes.Public | FieldAttributes.Static, module.TypeSystem.Int64);

        foreach (TypeDefinition type in module.GetTypes())
        {
            foreach (MethodDefinition method in type.Methods)
            {
                if (method.HasBody)
                {
                    Weave(method.Body, instructions, allocations);
                }
            }
        }

        holder.Fields.Add(instructions);
        holder.Fields.Add(allocations);
        module.Types.Add(holder);
    }

    private static void Weave(MethodBody body, FieldDefinition instructions, FieldDefinition allocations)
    {
        List<Instruction> original = [.. body.Instructions];
        HashSet<Instruction> leaders = Leaders(body);
        Dictionary<Instruction, Cost> blocks = [];
        Instruction leader = original[0];

        foreach (Instruction instruction in original)
        {
            if (leaders.Contains(instruction))
            {
                leader = instruction;
                blocks[leader] = default;
            }

            blocks[leader] += CostOf(instruction);
        }

        // Lengthens short branches, which may no longer reach; costs were taken before.
        body.SimplifyMacros();

        ILProcessor processor = body.GetILProcessor();

        foreach (KeyValuePair<Instruction, Cost> block in blocks)
        {
            InsertBefore(processor, block.Key, instructions, block.Value.Instructions);

            if (block.Value.Allocations != 0)
            {
                InsertBefore(processor, block.Key, allocations, block.Value.Allocations);
            }
        }
    }

    /// <summary>Counter += value. The leader keeps its identity, so that whatever jumps to it reaches the counting first.</summary>
    private static void InsertBefore(ILProcessor processor, Instruction leader, FieldDefinition counter, long value)
    {
        Instruction moved = processor.Create(OpCodes.Nop);

        moved.OpCode = leader.OpCode;
        moved.Operand = leader.Operand;
        leader.OpCode = OpCodes.Ldsfld;
        leader.Operand = counter;
        processor.InsertAfter(leader, moved);
        processor.InsertAfter(leader, processor.Create(OpCodes.Stsfld, counter));
        processor.InsertAfter(leader, processor.Create(OpCodes.Add));
        processor.InsertAfter(leader, processor.Create(OpCodes.Ldc_I8, value));
    }

    private static HashSet<Instruction> Leaders(MethodBody body)
    {
        HashSet<Instruction> leaders = [body.Instructions[0]];

        foreach (Instruction instruction in body.Instructions)
        {
            switch (instruction.OpCode.FlowControl)
            {
                case FlowControl.Branch:
                case FlowControl.Cond_Branch:
                case FlowControl.Return:
                case FlowControl.Throw:
                    if (instruction.Next != null)
                    {
                        leaders.Add(instruction.Next);
                    }

                    break;
            }

            if (instruction.Operand is Instruction target)
            {
                leaders.Add(target);
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                leaders.UnionWith(targets);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.Add(handler.TryStart);
            leaders.Add(handler.HandlerStart);

            if (handler.FilterStart != null)
            {
                leaders.Add(handler.FilterStart);
            }
        }

        return leaders;
    }

    private static Cost CostOf(Instruction instruction)
    {
        bool allocates = instruction.OpCode.Code is Code.Newobj or Code.Newarr or Code.Box or Code.Ldstr;

        return new Cost(instruction.OpCode.Size, allocates ? 1 : 0);
    }
}
