using System;
using System.IO;
using System.Linq;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;
using MeshNode.Board.Files;
using MeshNode.Board.Memory;
using nanoFramework.TestFramework;

namespace MeshNode.Boards;

/// <summary>A small application, built for the device and for the board, on boards: the BARE and PROXY states of ble.md section 8.</summary>
[TestClass]
public class BoardApplicationTests
{
    private const int Lamp = 2;
    private const int Button = 0;

    private static ApplicationImage Image => new(Path.Combine(AppContext.BaseDirectory, "MeshNode.BoardApplication.dll"));

    [TestMethod]
    public void Bare_SendsEachPduInCopiesOfTheNonConnectableType()
    {
        BoardBench bench = Boot(10000);

        Assert.IsTrue(bench.Sent.All(s => s.Pdu.Type == AdvertisingType.NonConnectable));
        Assert.AreEqual(8, bench.Sent.Select(s => BitConverter.ToString(s.Pdu.Data)).Distinct().Count());
        Assert.IsTrue(bench.Sent.Count >= 20, bench.Sent.Count.ToString());
        Assert.AreEqual(0, bench.Board.Memory.LostBlocks);
        bench.Board.Verify();
    }

    [TestMethod]
    public void Bare_HearsANeighbourAgainAfterEachRestartOfTheScan()
    {
        BoardBench bench = Boot(2000);

        for (int i = 0; i < 50; i++)
        {
            bench.Hear(1, 4, 0x2A, 1, 2, (byte)i);
            bench.Pass(20);
        }

        Assert.IsTrue(bench.Board.Pins[Lamp].Changes >= 8, bench.Board.Pins[Lamp].Changes.ToString());
        Assert.IsTrue(bench.Board.Bluetooth.Counters.Duplicates > 30);
        bench.Board.Verify();
    }

    [TestMethod]
    public void Proxy_ServesAClientAndGoesBackToBare()
    {
        BoardBench bench = Boot(5000);
        bench.Board.Pins[Button].Press(100);
        bench.Pass(1000);
        Assert.AreEqual(AdvertisingType.Connectable, bench.Board.Bluetooth.AdvertisingType);

        TestCentral central = new();
        BoardLink link = bench.Board.Bluetooth.Connect(central);
        link.ExchangeMtu(69);
        link.Subscribe(BoardBench.DataOut, true);
        link.Write(BoardBench.DataIn, [1, 2, 3], false);
        bench.Pass(5000);
        Assert.AreEqual("01-02-03", BitConverter.ToString(central.Notified.Single()));
        Assert.AreEqual(AdvertisingType.NonConnectable, bench.Sent[^1].Pdu.Type);
        Assert.AreEqual(0, bench.Sent[^1].Pdu.Data.Length);
        Assert.IsTrue(bench.Board.Memory.Lost["advertising data"].Blocks is >= 4 and <= 6);

        link.Disconnect();
        bench.Pass(2000);
        Assert.IsFalse(bench.Board.Bluetooth.HasTables);
        Assert.AreEqual(2L, bench.Board.Bluetooth.Counters.StackStarts);
        Assert.AreEqual("boot 1|PROXY|BARE", string.Join("|", bench.Board.Log.Select(l => l.Text.StartsWith("BARE") ? "BARE" : l.Text)));
        bench.Board.Verify();
    }

    [TestMethod]
    public void TwoBoards_KeepTheirStaticFieldsApart()
    {
        BoardBench first = Boot(2000);
        BoardBench second = Boot(2000);
        first.Hear(1, 2, 0x2A, 1);
        first.Pass(100);

        Assert.AreNotSame(Bearer(first), Bearer(second));
        Assert.AreEqual(1, Received(first));
        Assert.AreEqual(0, Received(second));
    }

    [TestMethod]
    public void Reset_StartsTheApplicationAnewAndKeepsTheFlash()
    {
        BoardBench bench = Boot(3000);
        object before = Bearer(bench);
        bench.Board.PowerCycle();
        bench.Pass(3000);

        Assert.AreNotSame(before, Bearer(bench));
        Assert.AreEqual("boot 1|boot 2", string.Join("|", bench.Board.Log.Select(l => l.Text)));
        Assert.AreEqual(2, bench.Board.Boots);
        bench.Board.Verify();
    }

    [TestMethod]
    public void PowerCutAtAnyChangeOfTheFlash_LosesNothing()
    {
        for (int operation = 0; operation < 4; operation++)
        {
            foreach (FlashFault fault in new[] { FlashFault.PowerLostBefore, FlashFault.PowerLostAfter })
            {
                BoardBench bench = Boot(3000);
                int count = 0;
                bench.Board.PowerOff();
                bench.Board.Files.Fault = (_, _) => count++ == operation ? fault : FlashFault.None;
                bench.Board.PowerOn(Image);
                bench.Pass(3000);
                Assert.IsFalse(bench.Board.IsOn);

                bench.Board.Files.Fault = null;
                bench.Board.PowerOn(Image);
                bench.Pass(3000);
                Assert.IsTrue(bench.Board.Log[^1].Text is "boot 2" or "boot 3", $"{operation} {fault}: {bench.Board.Log[^1].Text}");
                bench.Board.Verify();
            }
        }
    }

    /// <summary>What .NET allocates for such a call is the desktop's affair; on the device it is the boxed number alone.</summary>
    [TestMethod]
    public void Report_CostsTheApplicationNothingButTheCallByReflection()
    {
        const int Reports = 200;
        long[] octets = new long[2];

        foreach (bool isHeard in new[] { false, true })
        {
            BoardBench bench = Boot(2000);
            Hear(bench, Reports, isHeard);
            long before = bench.Board.Allocations.ApplicationOctets;
            Hear(bench, Reports, isHeard);
            octets[isHeard ? 1 : 0] = bench.Board.Allocations.ApplicationOctets - before;
        }

        Assert.AreEqual(ReflectionCost.Measure() * Reports, octets[1] - octets[0]);
    }

    [TestMethod]
    public void SameSeed_GivesTheSameRun()
    {
        string[] runs = Enumerable.Range(0, 2).Select(_ =>
        {
            BoardBench bench = Boot(5000);
            bench.Board.Pins[Button].Press(100);
            bench.Pass(20000);

            return string.Join("|", bench.Sent.Select(s => s.Time + BitConverter.ToString(s.Pdu.Data)));
        }).ToArray();

        Assert.AreEqual(runs[0], runs[1]);
    }

    private static BoardBench Boot(int milliseconds)
    {
        BoardBench bench = new();
        bench.Board.PowerOn(Image);
        bench.Pass(milliseconds);

        return bench;
    }

    private static void Hear(BoardBench bench, int reports, bool isHeard)
    {
        for (int i = 0; i < reports; i++)
        {
            bench.Pass(20);

            if (isHeard)
            {
                bench.Hear((ulong)i + 1000, 4, 0x2A, 1, 2, 3);
            }
        }
    }

    private static object Bearer(BoardBench bench)
    {
        return bench.Board.ReadField("MeshNode.BoardApplication.Program", "s_bearer");
    }

    private static int Received(BoardBench bench)
    {
        object bearer = Bearer(bench);

        return (int)bearer.GetType().GetProperty("Received").GetValue(bearer);
    }
}
