using System.Linq;
using MeshNode.Board;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>A board is taken into a network, over both bearers, and its lamp is switched.</summary>
[TestClass]
public class NodeProvisioningTests
{
    [TestMethod]
    [DataRow("ESP32")]
    [DataRow("ESP32_S3")]
    [DataRow("ESP32_C3")]
    public void OverPbGatt_LampIsSwitchedThroughTheProxy(string platform)
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode(new[] { BoardProfile.Esp32, BoardProfile.Esp32S3, BoardProfile.Esp32C3 }.Single(p => p.Platform == platform));
        int address = board.Node.Stack.Network.PrimaryAddress;

        Assert.IsTrue(bench.SetLamp(address, true));
        Assert.IsTrue(board.IsLampOn);
        Assert.IsTrue(bench.SetLamp(address, false));
        Assert.IsFalse(board.IsLampOn);
        board.Board.Verify();
    }

    [TestMethod]
    public void OverPbAdv_LampIsSwitchedThroughTheProxy()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddBoard();
        board.PowerOn();
        bench.Pass(2000);
        KnownNode known = bench.ProvisionOverAdvertising(board);
        bench.OpenProxy(board);
        bench.Configure(known);

        Assert.IsTrue(bench.SetLamp(known.Address, true));
        Assert.IsTrue(board.IsLampOn);
        board.Board.Verify();
    }

    /// <summary>Nobody types what the LED shows: the provisioner waits until the phone gives up.</summary>
    [TestMethod]
    public void OutputOob_IsBlinkedAndLogged()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddBoard(settings: new NodeSettings { OutputOobSize = 1 });
        board.PowerOn();
        bench.Pass(3000);
        bench.Phone.Connect(board.Radio, 69, new GattParameters());
        bench.Phone.Provision(new ProvisioningPolicy { AllowNoOob = false, AllowOutputOob = true, OutputOobActions = 1 });
        bench.Until(() => board.HasLogged("output OOB "), 20000, "no output OOB");
        int number = int.Parse(board.Board.Log.Single(l => l.Text.Contains("output OOB")).Text[^1..]);
        System.Collections.Generic.List<long> flashes = LedWatch.Flashes(bench, board, (number * 1000) + 3000);

        Assert.AreEqual(number, flashes.Count);
        Assert.IsTrue(flashes.All(f => f == 500));
        bench.Phone.Disconnect();
        bench.Pass(5000);
        Assert.IsTrue(board.HasLogged("provisioning has failed"));
        Assert.AreEqual("1", LedWatch.FlashesPerCycle(bench, board));
        board.Board.Verify();
    }

    [TestMethod]
    public void ClientThatLeavesInTheMiddle_IsFollowedByAnother()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddBoard();
        board.PowerOn();
        bench.Pass(3000);
        bench.Phone.Connect(board.Radio, 69, new GattParameters());
        bench.Phone.Provision(new ProvisioningPolicy());
        bench.Pass(150);
        bench.Phone.Disconnect();
        bench.Pass(500);
        Assert.IsFalse(board.Node.IsProvisioned);

        bench.ProvisionOverGatt(board);
        Assert.IsTrue(board.Node.IsProvisioned);
        board.Board.Verify();
    }
}
