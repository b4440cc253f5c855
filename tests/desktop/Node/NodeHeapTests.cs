using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using MeshNode.Simulation;
using MeshNode.Tool.Heap;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>What the application takes of the managed heap, beside the node; see <see cref="HeapAccount"/>.</summary>
[TestClass]
public class NodeHeapTests
{
    private const int MostObjects = 4200;
    private const int MostMetadata = 2600;

    [TestMethod]
    public void Application_IsSmallBesideTheNode()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        Dictionary<Assembly, int> octets = [];
        Dictionary<string, int> types = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Queue<object> waiting = new([board.Application]);

        while (waiting.TryDequeue(out object item))
        {
            if (!seen.Add(item))
            {
                continue;
            }

            Assembly owner = item.GetType().Assembly;

            foreach (FieldInfo field in ObjectLayout.FieldsOf(item.GetType()).Where(f => !f.FieldType.IsValueType))
            {
                object value = field.GetValue(item);

                if (value is Array array && array.GetType().GetElementType().IsPrimitive)
                {
                    int size = seen.Add(value) ? ObjectLayout.SizeOf(value) : 0;
                    octets[owner] = octets.GetValueOrDefault(owner) + size;
                    types[item.GetType().Name] = types.GetValueOrDefault(item.GetType().Name) + size;
                }
                else if (value != null && IsFirmware(value))
                {
                    waiting.Enqueue(value);
                }
            }

            octets[owner] = octets.GetValueOrDefault(owner) + ObjectLayout.SizeOf(item);
            types[item.GetType().Name] = types.GetValueOrDefault(item.GetType().Name) + ObjectLayout.SizeOf(item);
        }

        int application = octets[typeof(NodeApplication).Assembly];
        int metadata = AssemblyCost.Of(Repository.NanoAssembly("MeshNode.Node.dll")).Octets;
        OutputHelper.WriteLine($"{application} octets of objects, {metadata} of the assembly: " + string.Join(", ", types.OrderByDescending(t => t.Value).Select(t => $"{t.Key} {t.Value}")));
        OutputHelper.WriteLine(AssemblyCost.Of(Repository.NanoAssembly("MeshNode.Node.dll")).ToString());
        Assert.IsTrue(application <= MostObjects, $"{application} octets of objects");
        Assert.IsTrue(metadata <= MostMetadata, $"{metadata} octets of the assembly");
    }

    private static bool IsFirmware(object value)
    {
        return value.GetType().Assembly == typeof(NodeApplication).Assembly;
    }
}
