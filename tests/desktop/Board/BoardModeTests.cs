using System;
using MeshNode.Board;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.TestFramework;

namespace MeshNode.Boards;

/// <summary>Run modes. See ble.md sections 1.1 and 1.4.</summary>
[TestClass]
public class BoardModeTests
{
    [TestMethod]
    public void Section_1_1_FirstWatcherStartThrowsAndTheSecondScans()
    {
        bool threw = false;
        bool scansAfterFirst = true;
        BoardBench bench = BoardBench.RunClean(() =>
        {
            BluetoothLEServer.Instance.Start();
            BluetoothLEAdvertisementWatcher watcher = new();
            threw = Throws(watcher.Start);
            scansAfterFirst = Chip.Board.Bluetooth.IsScanning;
            watcher.Start();
        });

        Assert.IsTrue(threw);
        Assert.IsFalse(scansAfterFirst);
        Assert.IsTrue(bench.Board.Bluetooth.IsScanning);
        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.StackStarts);
    }

    [TestMethod]
    public void Section_1_1_ServerStartFlipsTheModeBackWithoutSideEffects()
    {
        bool threw = false;
        BoardBench bench = BoardBench.RunClean(() =>
        {
            BluetoothLEServer.Instance.Start();
            BluetoothLEAdvertisementWatcher watcher = new();
            Throws(watcher.Start);
            watcher.Start();
            threw = Throws(BluetoothLEServer.Instance.Start);
            new BluetoothLEAdvertisementPublisher(BoardBench.NonConnectable(0x2A, 1)).Start();
        });

        Assert.IsTrue(threw);
        Assert.IsTrue(bench.Board.Bluetooth.IsScanning);
        Assert.IsTrue(bench.Board.Bluetooth.IsAdvertising);
    }

    [TestMethod]
    public void Section_1_1_ReflectionScansWithoutChangeOfMode()
    {
        bool threw = true;
        BoardBench bench = BoardBench.RunClean(() =>
        {
            BluetoothLEServer.Instance.Start();
            Reflection.Call(new BluetoothLEAdvertisementWatcher(), "NativeStartAdvertisementWatcher", 0);
            threw = Throws(BluetoothLEServer.Instance.Start);
        });

        Assert.IsFalse(threw);
        Assert.IsTrue(bench.Board.Bluetooth.IsScanning);
    }

    [TestMethod]
    public void Section_1_4_WatcherStopStopsTheServerToo()
    {
        BoardBench bench = BoardBench.Run(() =>
        {
            BluetoothLEServer.Instance.Start();
            BluetoothLEAdvertisementWatcher watcher = new();
            Throws(watcher.Start);
            watcher.Start();
            watcher.Stop();
        });

        Assert.IsFalse(bench.Board.Bluetooth.IsStarted);
        Assert.AreEqual("1.4 8", bench.Violated);
    }

    [TestMethod]
    public void Section_1_4_ADeviceThatNeverConnectsKeepsTheStackRunning()
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            BluetoothLEServer.Instance.Start();
            BluetoothLEAdvertisementWatcher watcher = new();
            Throws(watcher.Start);
            watcher.Start();
            BluetoothLEDevice.FromBluetoothAddress(1).GetGattServices();
            watcher.Stop();
            watcher.Start();
        });

        Assert.IsTrue(bench.Board.Bluetooth.IsScanning);
        Assert.AreEqual(2L, bench.Board.Bluetooth.Counters.ScanStarts);
    }

    [TestMethod]
    public void Section_1_4_ReflectionStopsTheScanAlone()
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            BluetoothLEServer.Instance.Start();
            BluetoothLEAdvertisementWatcher watcher = new();
            Reflection.Call(watcher, "NativeStartAdvertisementWatcher", 0);
            Reflection.Call(watcher, "NativeStopAdvertisementWatcher");
        });

        Assert.IsTrue(bench.Board.Bluetooth.IsStarted);
        Assert.IsFalse(bench.Board.Bluetooth.IsScanning);
    }

    private static bool Throws(Action action)
    {
        try
        {
            action();

            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
