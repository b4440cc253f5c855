using System;
using System.Linq;
using MeshNode.Board;
using nanoFramework.Device.Bluetooth;
using nanoFramework.TestFramework;

namespace MeshNode.Boards;

/// <summary>Scanning and the way of reports into managed code. See ble.md sections 1.3 to 1.7, 4 and 5.</summary>
[TestClass]
public class BoardReceiveTests
{
    private static readonly byte[] s_pdu = [4, 0x2A, 1, 2, 3];

    [TestMethod]
    public void Section_1_3_ReportsWithoutWatcherAreFetchedAllTheSame()
    {
        BoardBench bench = BoardBench.RunClean(StartScan, 2000);
        bench.Hear(1, s_pdu);
        bench.Hear(2, s_pdu);
        bench.Pass(100);

        Assert.AreEqual(2L, bench.Board.Bluetooth.Counters.Reports);
        Assert.AreEqual(2L, bench.Board.Allocations.WatcherReports);
    }

    [TestMethod]
    public void Section_1_5_ObserverHazardDropsAdvertsWithoutFlags()
    {
        BoardBench bench = new() { Board = { Bluetooth = { HasObserverHazard = true } } };
        bench.Board.PowerOn(StartScan);
        bench.Pass(2000);
        bench.Hear(1, s_pdu);
        bench.Hear(2, [2, 1, 6, .. s_pdu]);
        bench.Pass(100);

        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.Flagless);
        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.Reports);
    }

    [TestMethod]
    public void Section_1_5_RestartAfterAnotherNativeCallEscapesTheHazard()
    {
        BoardBench bench = new() { Board = { Bluetooth = { HasObserverHazard = true } } };
        bench.Board.PowerOn(() =>
        {
            StartScan();
            BluetoothLEAdvertisementWatcher watcher = new();
            Reflection.Call(watcher, "NativeStopAdvertisementWatcher");
            nanoFramework.Hardware.Esp32.NativeMemory.GetMemoryInfo(nanoFramework.Hardware.Esp32.NativeMemory.MemoryType.Internal, out _, out _, out _);
            Reflection.Call(watcher, "NativeStartAdvertisementWatcher", 0);
        });
        bench.Pass(2000);
        bench.Hear(1, s_pdu);
        bench.Pass(100);

        Assert.AreEqual(0L, bench.Board.Bluetooth.Counters.Flagless);
        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.Reports);
    }

    [TestMethod]
    public void Section_1_6_MalformedAdvertKillsTheWatcherThread()
    {
        int received = 0;
        BoardBench bench = BoardBench.Run(() =>
        {
            BluetoothLEAdvertisementWatcher watcher = new();
            watcher.Received += (_, _) => received++;
            watcher.Start();
        }, milliseconds: 2000);
        bench.Hear(1, s_pdu);
        bench.Pass(10);
        bench.Hear(2, 5, 0x2A, 1, 2, 3);
        bench.Pass(10);
        bench.Hear(3, s_pdu);
        bench.Pass(10);
        bench.Hear(4, s_pdu);
        bench.Pass(3990);

        Assert.AreEqual(1, received);
        Assert.AreEqual("1.6", bench.Violated);
        Assert.AreEqual(2L, bench.Board.Bluetooth.Counters.HandshakeTimeouts);
    }

    [TestMethod]
    [DataRow(6)]
    [DataRow(0)]
    public void Section_1_6_OtherMalformedAdvertsAreHarmless(int claimedLength)
    {
        BoardBench bench = BoardBench.RunClean(StartScan, 2000);
        bench.Hear(1, (byte)claimedLength, 0x2A, 1, 2, 3);
        bench.Pass(100);

        bench.Board.Verify();
        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.Reports);
    }

    [TestMethod]
    public void Section_1_6_ExceptionInAHandlerKillsTheWatcherThreadToo()
    {
        BoardBench bench = BoardBench.Run(() =>
        {
            BluetoothLEAdvertisementWatcher watcher = new();
            watcher.Received += (_, _) => throw new InvalidOperationException();
            watcher.Start();
        }, milliseconds: 2000);
        bench.Hear(1, s_pdu);
        bench.Pass(10);
        bench.Hear(2, s_pdu);
        bench.Pass(2100);

        Assert.AreEqual("1.6", bench.Violated);
        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.HandshakeTimeouts);
    }

    [TestMethod]
    public void Section_1_7_RawListenerTakesWhateverIsInTheAir()
    {
        RawListener listener = null;
        BoardBench bench = BoardBench.RunClean(() =>
        {
            StartScan();
            listener = new RawListener();
        }, 2000);
        byte[] malformed = [5, 0x2A, 1, 2, 3];
        bench.Hear(1, malformed);
        bench.Hear(2, []);
        bench.Hear(3, s_pdu);
        bench.Pass(100);

        bench.Board.Verify();
        Assert.AreEqual(3, listener.Received.Count);
        CollectionAssert.AreEqual(malformed, listener.Received[0]);
        CollectionAssert.AreEqual(s_pdu, listener.Received[2]);
        Assert.AreEqual(3L, bench.Board.Allocations.RawReports);
        Assert.AreEqual(9L, bench.Board.Allocations.ForcedObjects);
        Assert.AreEqual(336L, bench.Board.Allocations.ForcedOctets);
    }

    [TestMethod]
    public void Section_4_OneReportForEachAddressUntilTheScanIsStartedAnew()
    {
        RawListener listener = null;
        BoardBench bench = BoardBench.RunClean(() =>
        {
            StartScan();
            listener = new RawListener();
            Chip.Sleep(1000);
            BluetoothLEAdvertisementWatcher watcher = new();
            Reflection.Call(watcher, "NativeStopAdvertisementWatcher");
            Reflection.Call(watcher, "NativeStartAdvertisementWatcher", 0);
        }, 1500);
        bench.Hear(1, s_pdu);
        bench.Hear(1, [2, 0x2A, 9]);
        bench.Hear(2, s_pdu);
        bench.Pass(1500);
        Assert.AreEqual(2, listener.Received.Count);
        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.Duplicates);

        bench.Hear(1, [2, 0x2A, 9]);
        bench.Pass(100);
        Assert.AreEqual(3, listener.Received.Count);
    }

    [TestMethod]
    public void Section_4_StartingAnActiveScanDoesNotClearTheFilter()
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            StartScan();
            Chip.Sleep(1000);
            Reflection.Call(new BluetoothLEAdvertisementWatcher(), "NativeStartAdvertisementWatcher", 0);
        }, 1500);
        bench.Hear(1, s_pdu);
        bench.Pass(1500);
        bench.Hear(1, s_pdu);

        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.Duplicates);
    }

    [TestMethod]
    public void Section_4_TypeOfPduCountsOnS3AndC3()
    {
        foreach (BoardProfile profile in new[] { BoardProfile.Esp32, BoardProfile.Esp32S3 })
        {
            BoardBench bench = BoardBench.Run(StartScan, profile, 2000);
            bench.Hear(1, s_pdu);
            bench.Board.Bluetooth.Hear(new Board.Bluetooth.AdvertisingPdu(1, false, Board.Bluetooth.AdvertisingType.Connectable, s_pdu));

            Assert.AreEqual(profile == BoardProfile.Esp32 ? 1L : 0L, bench.Board.Bluetooth.Counters.Duplicates);
        }
    }

    [TestMethod]
    public void Section_4_AFullFilterForgetsItsOldestEntry()
    {
        BoardBench bench = BoardBench.RunClean(StartScan, 2000);

        for (ulong address = 1; address <= 101; address++)
        {
            bench.Hear(address, s_pdu);
            bench.Pass(1);
        }

        bench.Hear(101, s_pdu);
        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.Duplicates);
        bench.Hear(1, s_pdu);
        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.Duplicates);
    }

    [TestMethod]
    public void Section_4_StartOfTheScanIsBlindForAWhile()
    {
        BoardBench bench = new();
        bench.Board.PowerOn(StartScan);
        Assert.IsTrue(bench.Clock.RunUntil(() => bench.Board.Bluetooth.IsScanning, 5000));
        bench.Hear(1, s_pdu);
        bench.Pass(6);
        bench.Hear(2, s_pdu);

        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.NotHeard);
        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.Heard);
    }

    [TestMethod]
    public void Section_4_OnlyEightReportsWait()
    {
        BoardBench bench = BoardBench.Run(() =>
        {
            BluetoothLEAdvertisementWatcher watcher = new();
            watcher.Received += (_, _) => throw new InvalidOperationException();
            watcher.Start();
        }, milliseconds: 2000);

        for (ulong address = 1; address <= 20; address++)
        {
            bench.Hear(address, s_pdu);
            bench.Pass(10);
        }

        // The first is fetched, the second waits for a thread that is dead.
        Assert.AreEqual(10L, bench.Board.Bluetooth.Counters.ReportsDropped);
    }

    [TestMethod]
    public void Section_5_StoppingWithAReportQueuedFreezesTheChip()
    {
        long took = 0;
        bool otherRan = true;
        BoardBench bench = BoardBench.Run(() =>
        {
            bool isStopping = false;
            BluetoothLEAdvertisementWatcher watcher = new();
            watcher.Received += (_, _) => throw new InvalidOperationException();
            watcher.Start();
            new ChipThread(() =>
            {
                Chip.Sleep(1500);
                otherRan = isStopping;
            }).Start();
            Chip.Sleep(1000);
            long start = Chip.TickCount;
            isStopping = true;
            BluetoothLEServer.Instance.Stop();
            isStopping = false;
            took = Chip.TickCount - start;
        }, milliseconds: 1500);
        bench.Hear(1, s_pdu);
        bench.Pass(590);
        bench.Hear(2, s_pdu);
        bench.Pass(5000);

        Assert.AreEqual("1.6 5", bench.Violated);
        Assert.IsTrue(took > 1900 && took < 2200, took.ToString());
        Assert.IsFalse(otherRan);
    }

    [TestMethod]
    public void Section_8_StoppingTheStackWantsTheScanOffFor50Milliseconds()
    {
        foreach (int pause in new[] { 0, 49, 50 })
        {
            BoardBench bench = BoardBench.Run(() =>
            {
                StartScan();
                Reflection.Call(new BluetoothLEAdvertisementWatcher(), "NativeStopAdvertisementWatcher");
                Chip.Sleep(pause);
                BluetoothLEServer.Instance.Stop();
            });

            Assert.AreEqual(pause < 50 ? "8" : "", bench.Violated);
        }
    }

    private static void StartScan()
    {
        BluetoothLEServer.Instance.Start();
        Reflection.Call(new BluetoothLEAdvertisementWatcher(), "NativeStartAdvertisementWatcher", 0);
    }
}
