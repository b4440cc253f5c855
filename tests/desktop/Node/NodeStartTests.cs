using System;
using System.Linq;
using MeshNode.Board.Files;
using MeshNode.Board.Gpio;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>The application starts: what it says, what it keeps, and what it makes of a flash with something else on it.</summary>
[TestClass]
public class NodeStartTests
{
    [TestMethod]
    public void FirstStart_SaysWhatItIs()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddBoard();
        board.PowerOn();
        bench.Pass(5000);
        string[] lines = board.Board.Log.Select(l => l.Text[13..]).ToArray();

        Assert.AreEqual("MeshNode 0.1.0.0, bench", lines[0]);
        Assert.AreEqual("ESP32, image ESP32_BLE_REV3 1.17.0.257", lines[1]);
        Assert.AreEqual("bearer nanoFramework.Device.Bluetooth 1.1.123.0 (its native checksum cannot be read here)", lines[2]);
        Assert.AreEqual("device UUID " + Convert.ToHexString(board.Uuid), lines[3]);
        Assert.AreEqual("state empty, start 1, damaged records 0", lines[4]);
        Assert.IsTrue(lines[5].StartsWith("memory managed 54472 native "), lines[5]);
        Assert.AreEqual("waits to be provisioned", lines[6]);
        Assert.AreEqual("PROXY, to be provisioned", lines[7]);
        board.Board.Verify();
    }

    [TestMethod]
    public void Uuid_IsRandomAndStays()
    {
        NodeBench bench = new();
        ApplicationBoard[] boards = [bench.AddBoard("B1"), bench.AddBoard("B2")];
        Array.ForEach(boards, b => b.PowerOn());
        bench.Pass(3000);
        byte[][] before = boards.Select(b => b.Uuid).ToArray();
        Array.ForEach(boards, b => b.Board.PowerCycle());
        bench.Pass(3000);

        CollectionAssert.AreNotEqual(before[0], before[1]);
        CollectionAssert.AreEqual(before[0], boards[0].Uuid);
        Assert.AreEqual(0x40, before[0][6] & 0xF0);
        Assert.AreEqual(0x80, before[0][8] & 0xC0);
        Array.ForEach(boards, b => b.Board.Verify());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    [DataRow(8192)]
    [DataRow(20000)]
    public void GarbageOnTheFlash_IsSaidAndTheDeviceBeginsAnew(int length)
    {
        NodeBench bench = new(length);
        ApplicationBoard board = bench.AddBoard();
        Random random = bench.Mesh.CreateRandom();

        foreach (string file in new[] { "journal0", "journal1", "uuid", "restart" })
        {
            byte[] garbage = new byte[length];
            random.NextBytes(garbage);
            board.Board.Files.Put(@"I:\" + file, garbage);
        }

        board.PowerOn();
        bench.Pass(3000);
        Assert.IsTrue(board.HasLogged("waits to be provisioned"));
        Assert.IsTrue(board.HasLogged(length == 0 ? "state empty" : "state unusable, begins anew"));
        Assert.AreEqual(16, board.Uuid.Length);

        board.Board.PowerCycle();
        bench.Pass(3000);
        Assert.IsTrue(board.HasLogged("state loaded, start 2"));
        bench.ProvisionOverGatt(board);
        board.Board.Verify();
    }

    [TestMethod]
    public void PowerCut_KeepsTheConfigurationAndUsesNoSequenceNumberTwice()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        int address = board.Node.Stack.Network.PrimaryAddress;
        uint next = board.Node.Stack.Sequence.Next;

        // Until the phone has finished: in the middle of its messages it would be refused for a while.
        bench.Pass(11000);

        for (int i = 0; i < 3; i++)
        {
            board.Board.PowerCycle();

            // Until the phone has noticed.
            bench.Pass(8000);
            Assert.AreEqual(address, board.Node.Stack.Network.PrimaryAddress);
            Assert.IsTrue(board.Node.Stack.Sequence.Next >= next, $"{board.Node.Stack.Sequence.Next} after {next}");
            bench.OpenProxy(board);
            Assert.IsTrue(bench.SetLamp(address, i % 2 == 0));
            Assert.AreEqual(i % 2 == 0, board.IsLampOn);
            next = board.Node.Stack.Sequence.Next;
        }

        board.Board.Verify();
    }

    [TestMethod]
    public void PowerCutWhileTheFlashIsWritten_LeavesANodeOrADevice()
    {
        for (int operation = 0; operation < 24; operation += 3)
        {
            NodeBench bench = new();
            ApplicationBoard board = bench.AddBoard();
            int count = 0;
            board.Board.Files.Fault = (_, _) => count++ == operation ? operation % 2 == 0 ? FlashFault.PowerLostBefore : FlashFault.PowerLostAfter : FlashFault.None;
            board.PowerOn();
            bench.Pass(2000);

            if (board.Board.IsOn && bench.Mesh.Clock.RunUntil(() => !board.Board.IsOn || bench.Phone.SeesDevice(board.Radio.Antenna, board.Uuid), 60000) && board.Board.IsOn)
            {
                bench.Phone.Connect(board.Radio, 69, new Simulation.GattParameters());
                bench.Phone.Provision(new Kit.Provisioning.ProvisioningPolicy());
                bench.Mesh.Clock.RunUntil(() => !board.Board.IsOn, 60000);
            }

            Assert.IsFalse(board.Board.IsOn && count > operation, $"operation {operation}");
            board.Board.Files.Fault = null;
            board.Board.PowerOff();
            board.PowerOn();
            bench.Pass(5000);
            Assert.IsTrue(board.HasLogged("waits to be provisioned") || board.Node.IsProvisioned);
            Assert.IsTrue(board.Board.IsOn);
            board.Board.Verify();
        }
    }

    // A lamp without Generic OnPowerUp: what its models keep is what it was.
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void PowerCut_BringsTheLampBackAsItWas(bool isOn)
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        int address = board.Node.Stack.Network.PrimaryAddress;
        Assert.IsTrue(bench.SetLamp(address, true));
        Assert.IsTrue(bench.SetLamp(address, isOn));
        bench.Pass(10000);
        board.Board.PowerOff();
        bench.Phone.Disconnect();
        Assert.IsFalse(board.IsLampOn);
        board.PowerOn();
        bench.Pass(3000);
        Assert.AreEqual(isOn, board.IsLampOn);
        Assert.IsFalse(board.Board.Violations.Any());
    }

    [TestMethod]
    public void FlashThatFails_IsAnErrorUntilItWorksAgain()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode();
        board.Board.Files.Fault = (_, _) => FlashFault.Failure;
        Assert.IsTrue(bench.SetLamp(board.Node.Stack.Network.PrimaryAddress, true));
        bench.Pass(30000);
        Assert.IsTrue(board.HasLogged("error: the state cannot be written"));
        Assert.AreEqual("3", LedWatch.FlashesPerCycle(bench, board));

        board.Board.Files.Fault = null;
        bench.Pass(5000);
        Assert.IsTrue(board.HasLogged("the state is written again"));
        board.Board.Verify();
    }

    [TestMethod]
    public void PlannedRestart_ComesWhenNativeMemoryRunsOutAndKeepsTheNode()
    {
        NodeSettings settings = new() { LowMemory = 67000, LeastRun = 60000 };
        settings.Bearer.WindowPeriod = 20000;
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode(null, settings);
        int address = board.Node.Stack.Network.PrimaryAddress;
        bench.Phone.Disconnect();
        bench.Until(() => board.HasLogged("restart: native memory runs out"), 600000, "no restart");
        bench.Pass(5000);

        Assert.AreEqual(2, board.Board.Boots);
        Assert.IsTrue(board.HasLogged("planned restart: native memory runs out"));
        Assert.AreEqual(address, board.Node.Stack.Network.PrimaryAddress);
        Assert.IsFalse(board.Board.Files.FileExists(@"I:\restart"));
        board.Board.Verify();
    }

    [TestMethod]
    public void PlannedRestartAtOnce_BringsTheLampBack()
    {
        NodeSettings settings = new() { ShortMemory = 67500, LeastRun = 1200000 };
        NodeBench bench = new();
        ApplicationBoard board = bench.AddNode(null, settings);
        Assert.IsTrue(bench.SetLamp(board.Node.Stack.Network.PrimaryAddress, true));
        bench.Until(() => board.Board.Boots == 2, 300000, "no restart");
        bench.Pass(2000);

        Assert.IsTrue(board.IsLampOn);
        board.Board.Verify();
    }

    [TestMethod]
    public void MainLoopThatStops_IsEndedByTheWatchdog()
    {
        NodeBench bench = new();
        ApplicationBoard board = bench.AddBoard();
        board.PowerOn();
        bench.Pass(3000);
        BoardPin led = board.Board.Pins[NodeBench.Status];

        // An exception on the thread of the main loop, at the next flash.
        void Throw(BoardPin pin)
        {
            led.Changed -= Throw;

            throw new InvalidOperationException();
        }

        led.Changed += Throw;
        bench.Pass(60000);

        Assert.IsTrue(board.Board.Violations.Single().Message.Contains("thread main has died"));
        Assert.AreEqual(2, board.Board.Boots);
        Assert.IsTrue(board.HasLogged("watchdog: the main loop has stopped"));
    }
}
