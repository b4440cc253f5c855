using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;

namespace MeshNode.IlCost;

/// <summary>
/// Copies of assemblies that count what they execute, loaded beside the originals.
/// </summary>
/// <remarks>
/// The count is what the nanoCLR interpreter would execute, as long as the assemblies were compiled with optimisation.
/// </remarks>
public sealed class CountedAssemblies
{
    private readonly Dictionary<string, byte[]> _images = [];
    private readonly Dictionary<string, Assembly> _assemblies = [];
    private readonly List<FieldInfo> _instructions = [];
    private readonly List<FieldInfo> _allocations = [];
    private readonly Context _context;

    /// <param name="paths">The assemblies; references among them are bound to the copies.</param>
    public CountedAssemblies(params string[] paths)
    {
        _context = new Context(this);

        foreach (string path in paths)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(path);
            using MemoryStream image = new();

            Weaver.Weave(module);
            module.Write(image);
            _images.Add(module.Assembly.Name.Name, image.ToArray());
        }

        foreach (string name in _images.Keys)
        {
            Load(name);
        }
    }

    /// <summary>A copy, by its simple name.</summary>
    public Assembly this[string name] => _assemblies[name];

    /// <summary>What all copies have executed so far.</summary>
    public Cost Total
    {
        get
        {
            Cost total = default;

            for (int i = 0; i < _instructions.Count; i++)
            {
                total += new Cost((long)_instructions[i].GetValue(null)!, (long)_allocations[i].GetValue(null)!);
            }

            return total;
        }
    }

    /// <summary>What the copies execute while <paramref name="operation"/> runs.</summary>
    public Cost Measure(Action operation)
    {
        Cost before = Total;

        operation();

        return Total - before;
    }

    private Assembly? Load(string name)
    {
        if (!_assemblies.TryGetValue(name, out Assembly? assembly) && _images.TryGetValue(name, out byte[]? image))
        {
            assembly = _context.LoadFromStream(new MemoryStream(image));
            _assemblies.Add(name, assembly);

            Type holder = assembly.GetType(Weaver.HolderName)!;

            _instructions.Add(holder.GetField(Weaver.InstructionsField)!);
            _allocations.Add(holder.GetField(Weaver.AllocationsField)!);
        }

        return assembly;
    }

    private sealed class Context(CountedAssemblies owner) : AssemblyLoadContext("IlCost")
    {
        protected override Assembly? Load(AssemblyName assemblyName) => owner.Load(assemblyName.Name!);
    }
}
