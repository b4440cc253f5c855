using System.Collections.Generic;
using System.Linq;
using MeshNode.Simulation;
using MeshNode.Tool.Heap;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>What the application takes of the managed heap; see <see cref="HeapAccount"/>.</summary>
[TestClass]
public class NodeHeapTests
{
    private const int MostObjects = 4700;
    private const int MostMetadata = 2620;

    [TestMethod]
    public void Application_IsSmallBesideTheNode()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        IReadOnlyList<HeapPart> parts = HeapWalk.Objects(board.Application).Application;
        int objects = parts.Sum(p => p.Octets);
        AssemblyCost assembly = AssemblyCost.Of(Repository.NanoAssembly("MeshNode.Node.dll"));
        OutputHelper.WriteLine($"{objects} octets of objects: " + string.Join(", ", parts.OrderByDescending(p => p.Octets).Select(p => $"{p.Name} {p.Octets}")));
        OutputHelper.WriteLine(assembly.ToString());
        Assert.IsTrue(objects <= MostObjects, $"{objects} octets of objects");
        Assert.IsTrue(assembly.Octets <= MostMetadata, $"{assembly.Octets} octets of the assembly");
    }
}
