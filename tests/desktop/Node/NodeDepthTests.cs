#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using MeshNode.Board;
using MeshNode.IlCost;
using MeshNode.Kit.Networks;
using MeshNode.Network;
using MeshNode.Simulation;
using MeshNode.Tool.Heap;
using Mono.Cecil;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>
/// The application of a board without PSRAM, as it is flashed, in the hands of a phone: that it can be used, and what its calls take of the heap at most, see
/// <see cref="HeapAccount.DeepestFrames"/>.
/// </summary>
[TestClass]
public class NodeDepthTests
{
    private static readonly string[] s_assemblies = ["MeshNode.Crypto", "MeshNode.Mesh", "MeshNode.Models", "MeshNode.Node"];

    [TestMethod]
    public void Calls_AreNoDeeperThanTheAccountSays()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;

        foreach (string name in s_assemblies)
        {
            FrameWeaver.Weave(Path.Combine(AppContext.BaseDirectory, name + ".dll"), Path.Combine(folder, name + ".dll"), IsFirmware);
        }

        NodeBench bench = new();
        ApplicationBoard board = bench.AddBoard(new ApplicationImage(
            Path.Combine(AppContext.BaseDirectory, "MeshNode.Esp32DevKitC.dll"),
            [.. s_assemblies.Select(name => Path.Combine(folder, name + ".dll"))]));

        // Provisioning over PB-GATT.
        FrameDepth.Clear();
        board.PowerOn();
        bench.Pass(2000);
        KnownNode known = bench.ProvisionOverGatt(board);
        Check(HeapAccount.DeepestProvisioningFrames, "provisioning");

        // Configuration with segmented messages, switching, refresh of all keys, the button, and what time brings.
        FrameDepth.Clear();
        bench.OpenProxy(board);
        bench.Configure(known);
        Assert.IsTrue(bench.SetLamp(known.Address, true));
        Assert.IsTrue(board.IsLampOn);
        bench.Perform(now => bench.Phone.Configurator.RefreshKeys(Subnet.PrimaryNetKeyIndex, [], now), "RefreshKeys");
        Assert.IsTrue(bench.SetLamp(known.Address, false));
        Assert.IsFalse(board.IsLampOn);
        board.Press(200);
        bench.Pass(70000);
        Check(HeapAccount.DeepestFrames, "a node");
        board.Board.Verify();
        board.Board.PowerOff();
    }

    private static void Check(int limit, string when)
    {
        foreach ((string thread, FrameRecord record) in FrameDepth.Deepest.OrderByDescending(d => d.Value.Octets))
        {
            OutputHelper.WriteLine($"{when}, {thread} {record.Octets}: {string.Join(" > ", record.Chain)}");
        }

        int most = FrameDepth.Deepest["NodeApplication.Run"].Octets;
        Assert.IsTrue(most <= limit, $"{when}: {most} octets in the deepest call");
        Assert.IsTrue(most > limit - 200, $"{when}: {most} octets in the deepest call, the account can be lowered");
    }

    // The application's assembly has stand-ins for types of the system.
    private static bool IsFirmware(TypeReference type)
    {
        return type.FullName.StartsWith("MeshNode.", StringComparison.Ordinal) && !type.FullName.StartsWith("MeshNode.Board.", StringComparison.Ordinal);
    }
}
