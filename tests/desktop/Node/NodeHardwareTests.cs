using System.Linq;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Proxy;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>Button, lamp and status LED.</summary>
[TestClass]
public class NodeHardwareTests
{
    [TestMethod]
    public void ShortPress_WithoutPublicationSwitchesTheOwnLamp()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddBoard();
        board.PowerOn();
        bench.Pass(3000);

        foreach (bool isOn in new[] { true, false, true })
        {
            board.Press(200);
            bench.Pass(1000);
            Assert.AreEqual(isOn, board.IsLampOn);
        }

        board.Board.Verify();
    }

    /// <summary>The light that is measured goes with the square of the lightness: Mesh Model 1.1, section 6.1.2.1.1.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Lightness_IsTheWidthOfPulses(bool isActiveLow)
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddDimmable(isActiveLow);
        board.PowerOn();
        bench.Pass(2000);
        KnownNode known = bench.ProvisionOverGatt(board);
        bench.OpenProxy(board);
        bench.Configure(known);
        double Light() => isActiveLow ? 1 - board.Board.Pins[NodeBench.Lamp].Duty : board.Board.Pins[NodeBench.Lamp].Duty;
        Assert.AreEqual(0.0, Light());

        int transaction = 0;

        foreach ((int lightness, double light) in new[] { (0x8000, 0.25), (0xFFFF, 1.0), (0x4000, 0.0625), (0, 0.0) })
        {
            bench.Phone.Do(now => bench.Phone.Client.Lightness.SendUnacknowledged(
                known.Address, NodeBench.AppKey, LightnessMessages.Set(lightness, ++transaction, null, false), now));
            bench.Pass(1500);
            Assert.IsTrue(System.Math.Abs(Light() - light) < 0.001, $"{lightness:x4}: {Light()}");
            Assert.AreEqual(lightness > 0, board.IsLampOn);
        }

        Assert.IsTrue(board.HasLogged("lamp on") && board.HasLogged("lamp off"));
        board.Board.Verify();
    }

    [TestMethod]
    public void LampAtAPinThatIsNoOutput_IsAnError()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddDimmable(false, 34);
        board.PowerOn();
        bench.Pass(3000);

        Assert.IsTrue(board.HasLogged("error: GPIO 34 cannot drive the lamp"));
        Assert.AreEqual("3", LedWatch.FlashesPerCycle(bench, board));
        board.Board.Verify();
    }

    [TestMethod]
    public void ShortPress_SwitchesTheGroup()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        ApplicationBoard other = bench.AddNeighbour(board);
        bench.Phone.Disconnect();
        bench.Pass(5000);

        foreach (bool isOn in new[] { true, false })
        {
            board.Press(200);
            bench.Pass(3000);
            Assert.AreEqual(isOn, board.IsLampOn);
            Assert.AreEqual(isOn, other.IsLampOn);
        }

        // What another button has done counts.
        other.Press(200);
        bench.Pass(3000);
        Assert.IsTrue(board.IsLampOn && other.IsLampOn);
        board.Press(200);
        bench.Pass(3000);
        Assert.IsFalse(board.IsLampOn || other.IsLampOn);
        board.Board.Verify();
        other.Board.Verify();
    }

    [TestMethod]
    public void BounceAndSpike_AreNoPress()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddBoard();
        board.PowerOn();
        bench.Pass(3000);

        for (int i = 0; i < 5; i++)
        {
            board.Press(10);
            bench.Pass(50);
        }

        bench.Pass(1000);
        Assert.IsFalse(board.IsLampOn);
        Assert.IsFalse(board.HasLogged("button"));
    }

    [TestMethod]
    public void HeldForThreeSeconds_ShowsTheNodeIdentity()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNodeWithoutWindows();
        Assert.IsFalse(bench.Phone.Connect(board.Radio, 69, new Simulation.GattParameters()));

        board.Press(2900);
        bench.Pass(4000);
        Assert.IsFalse(board.HasLogged("button held"));
        board.Press(3200);
        bench.Pass(4000);
        Assert.IsTrue(board.HasLogged("button held: connectable"));
        Assert.AreEqual((byte)ProxyServiceData.NodeIdentity, bench.Phone.AdvertOf(board.Radio.Antenna)[11]);
        bench.OpenProxy(board);
        Assert.IsTrue(bench.SetLamp(board.Node.Stack.Network.PrimaryAddress, true));
        board.Board.Verify();
    }

    /// <summary>A device that was a node is found by its beacon as one that never was.</summary>
    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void AfterAReset_ItsBeaconsAreHeard(bool overAdvertising, bool byMessage)
    {
        NodeBench bench = new();
        ApplicationBoard board;

        if (overAdvertising)
        {
            board = bench.AddBoard();
            board.PowerOn();
            bench.Pass(2000);
            bench.ProvisionOverAdvertising(board);
        }
        else
        {
            board = bench.AddNode();
            bench.Phone.Disconnect();
        }

        bench.Pass(2000);

        if (byMessage)
        {
            board.Application!.Node.LeaveSoon(board.Board.UpTime);
            bench.Pass(3000);
        }
        else
        {
            board.Press(10500);
            bench.Pass(11000);
        }

        Assert.IsFalse(board.Node.IsProvisioned);
        int beacons = 0;
        bench.Mesh.Traced += e =>
        {
            if (e is Simulation.FrameSent { Payload: [0x00, ..] } sent && sent.Type == 0x2B)
            {
                beacons++;
            }
        };
        bench.Pass(70000);
        Assert.IsTrue(beacons >= 6, $"{beacons} " + string.Join("\n", board.Board.Log.TakeLast(12).Select(l => l.Text)));
        board.Board.Verify();
    }

    [TestMethod]
    public void HeldForTenSeconds_LeavesTheNetwork()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        bench.Phone.Disconnect();
        bench.Pass(1000);
        board.Press(9900);
        bench.Pass(12000);
        Assert.IsTrue(board.Node.IsProvisioned);

        board.Press(10500);
        bench.Pass(10100);
        Assert.IsTrue(LedWatch.Flashes(bench, board, 1500).Count(f => f is >= 40 and <= 60) >= 8);
        Assert.IsFalse(board.Node.IsProvisioned);
        Assert.IsTrue(board.HasLogged("has left its network"));
        bench.Pass(3000);
        Assert.AreEqual("1", LedWatch.FlashesPerCycle(bench, board));

        board.Board.PowerCycle();
        bench.Pass(3000);
        Assert.IsFalse(board.Node.IsProvisioned);
        KnownNode known = bench.ProvisionOverGatt(board);
        bench.OpenProxy(board);
        bench.Configure(known);
        Assert.IsTrue(bench.SetLamp(known.Address, true));
        board.Board.Verify();
    }

    [TestMethod]
    public void StatusLed_TellsWhatItIs()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddBoard();
        board.PowerOn();
        bench.Pass(3000);
        Assert.AreEqual("100 100 100", string.Join(" ", LedWatch.Flashes(bench, board, 6000)));

        KnownNode known = bench.ProvisionOverGatt(board);
        bench.Until(() => !bench.Phone.IsConnected, 5000, "phone stays");
        bench.Pass(200);
        Assert.AreEqual("", string.Join(" ", LedWatch.Flashes(bench, board, 400)));

        bench.OpenProxy(board);
        bench.Pass(2500);
        Assert.AreEqual("1900 1900", string.Join(" ", LedWatch.Flashes(bench, board, 4000)));

        bench.Configure(known);
        bench.Phone.Do(now => bench.Phone.Client.Health.SendUnacknowledged(known.Address, NodeBench.AppKey, HealthMessages.AttentionSet(5, acknowledged: false), now));
        bench.Pass(1000);
        Assert.IsTrue(board.HasLogged("attention 5 s"));
        Assert.IsTrue(LedWatch.Flashes(bench, board, 1000).All(f => f == 100));
        board.Board.Verify();
    }
}
