using System.Linq;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using nanoFramework.TestFramework;

namespace MeshNode.Boards;

/// <summary>Service tables, who frees them, and who still uses them. See ble.md sections 2 and 2.1.</summary>
[TestClass]
public class BoardTableTests
{
    [TestMethod]
    public void Section_8_TablesExistFromStartAdvertisingOn()
    {
        bool before = true;
        BoardBench bench = BoardBench.RunClean(() =>
        {
            GattServiceProvider provider = BoardBench.CreateProxyService();
            BluetoothLEServer.Instance.Start();
            before = Chip.Board.Bluetooth.HasTables;
            provider.StartAdvertising(BoardBench.ProxyParameters());
        });

        Assert.IsFalse(before);
        Assert.IsTrue(bench.Board.Bluetooth.HasTables);
    }

    [TestMethod]
    public void Section_2_PublisherStopWithTablesIsAViolation()
    {
        BoardBench bench = BoardBench.Run(() =>
        {
            BoardBench.CreateProxyService().StartAdvertising(BoardBench.ProxyParameters());
            new BluetoothLEAdvertisementPublisher().Stop();
        });

        Assert.AreEqual("2", bench.Violated);
    }

    [TestMethod]
    public void Section_2_ClientThenUsesFreedTables()
    {
        GattServiceProvider provider = null;
        int status = 0;
        RawListener listener = null;
        BoardBench bench = BoardBench.Run(() =>
        {
            provider = BoardBench.CreateProxyService();
            provider.StartAdvertising(BoardBench.ProxyParameters());
            listener = new RawListener();
            Chip.Sleep(5000);
            new BluetoothLEAdvertisementPublisher().Stop();
            Chip.Sleep(5000);
            Buffer value = new([1]);
            status = provider.Service.Characteristics[1].NotifyValue(value)[0].ProtocolError;
        }, milliseconds: 4000);
        TestCentral central = new();
        BoardLink link = bench.Board.Bluetooth.Connect(central);
        link.Subscribe(BoardBench.DataOut, true);
        bench.Pass(4000);
        bench.Board.ClearViolations();
        link.Discover(Utilities.CreateUuidFromShortCode(0x1828), BoardBench.DataIn);
        link.Write(BoardBench.DataIn, [1], false);
        link.Subscribe(BoardBench.DataOut, false);
        bench.Pass(5000);

        Assert.AreEqual("2 2 2", bench.Violated);
        Assert.AreEqual(1, status);
        Assert.AreEqual(0, listener.Events.Count(e => e.Type == (int)BluetoothEventType.ClientUnsubscribed));
    }

    [TestMethod]
    public void Section_2_StopAdvertisingIsCleanAndStopsTheStack()
    {
        TestCentral central = new();
        BoardBench bench = BoardBench.RunClean(() =>
        {
            GattServiceProvider provider = BoardBench.CreateProxyService();
            provider.StartAdvertising(BoardBench.ProxyParameters());
            Chip.Sleep(5000);
            provider.StopAdvertising();
        }, 4000);
        Assert.IsNotNull(bench.Board.Bluetooth.Connect(central));
        bench.Pass(5000);

        bench.Board.Verify();
        Assert.AreEqual(0x13, central.DisconnectReason);
        Assert.IsFalse(bench.Board.Bluetooth.IsStarted);
        Assert.IsFalse(bench.Board.Bluetooth.HasTables);
    }

    [TestMethod]
    public void Section_2_StopAdvertisingLosesOneSmallBlockACycle()
    {
        int[] blocks = new int[3];
        BoardBench bench = BoardBench.RunClean(() =>
        {
            GattServiceProvider provider = BoardBench.CreateProxyService();
            GattServiceProviderAdvertisingParameters parameters = BoardBench.ProxyParameters();

            for (int i = 0; i < 3; i++)
            {
                provider.StartAdvertising(parameters);
                provider.StopAdvertising();
                blocks[i] = Chip.Board.Memory.Lost["device name"].Blocks;
            }
        });

        Assert.AreEqual("1 2 3", string.Join(" ", blocks));
        Assert.AreEqual("device name stack restart", string.Join(" ", bench.Board.Memory.Lost.Keys.Order()));
    }

    [TestMethod]
    public void Section_2_PublisherCyclesWithoutTablesLoseNothing()
    {
        int free = 0;
        BoardBench bench = BoardBench.RunClean(() =>
        {
            BluetoothLEServer.Instance.Start();
            BluetoothLEAdvertisementPublisher publisher = new(BoardBench.NonConnectable(0x2A, 1, 2, 3));
            publisher.Start();
            publisher.Stop();
            free = Chip.Board.Memory.Free;

            for (int i = 0; i < 204; i++)
            {
                publisher.Start();
                Chip.Sleep(10);
                publisher.Stop();
                Chip.Sleep(20);
            }
        });

        Assert.AreEqual(0, bench.Board.Memory.LostBlocks);
        Assert.AreEqual(free, bench.Board.Memory.Free);
    }

    [TestMethod]
    public void Section_2_1_SecondStartAdvertisingSaysNothingAndRuinsTheTables()
    {
        GattServiceProviderAdvertisementStatus status = default;
        int notified = 0;
        BoardBench bench = BoardBench.Run(() =>
        {
            GattServiceProvider provider = BoardBench.CreateProxyService();
            GattServiceProviderAdvertisingParameters parameters = BoardBench.ProxyParameters();
            provider.StartAdvertising(parameters);
            provider.StartAdvertising(parameters);
            status = provider.AdvertisementStatus;
            Chip.Sleep(5000);
            notified = provider.Service.Characteristics[1].NotifyValue(new Buffer([1])).Length;
        }, milliseconds: 2000);
        Assert.AreEqual("2.1", bench.Violated);
        Assert.AreEqual(GattServiceProviderAdvertisementStatus.Started, status);

        TestCentral central = new();
        BoardLink link = bench.Board.Bluetooth.Connect(central);
        link.Subscribe(BoardBench.DataOut, true);
        bench.Pass(5000);

        Assert.AreEqual("2.1 2.1", bench.Violated);
        Assert.AreEqual(0x0E, central.Answers.Single().Error);
        Assert.AreEqual(0, notified);
    }

    [TestMethod]
    public void Section_2_1_ScanHasToBeOffWhenTablesAreRegistered()
    {
        GattServiceProviderAdvertisementStatus status = default;
        BoardBench bench = BoardBench.Run(() =>
        {
            GattServiceProvider provider = BoardBench.CreateProxyService();
            BluetoothLEServer.Instance.Start();
            Reflection.Call(new BluetoothLEAdvertisementWatcher(), "NativeStartAdvertisementWatcher", 0);
            provider.StartAdvertising(BoardBench.ProxyParameters());
            status = provider.AdvertisementStatus;
        });

        Assert.AreEqual("2.1", bench.Violated);
        Assert.AreEqual(GattServiceProviderAdvertisementStatus.Created, status);
        Assert.IsFalse(bench.Board.Bluetooth.HasTables);
    }

    [TestMethod]
    public void Section_6_ServicesMayNotBeCreatedEndlessly()
    {
        BoardBench bench = BoardBench.Run(() =>
        {
            GattServiceProvider provider = null;

            for (int i = 0; i < 130; i++)
            {
                provider = BoardBench.CreateProxyService();
            }

            provider.StartAdvertising(BoardBench.ProxyParameters());
        });

        Assert.AreEqual("6", bench.Violated);
    }

    [TestMethod]
    public void Section_6_AnotherServiceTakesThePlaceOfTheFirst()
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            GattServiceProvider provider = GattServiceProvider.Create(Utilities.CreateUuidFromShortCode(0x1827)).ServiceProvider;
            provider.StartAdvertising(BoardBench.ProxyParameters());
            provider.StopAdvertising();
            BluetoothLEServer.Instance.Dispose();
            BoardBench.CreateProxyService().StartAdvertising(BoardBench.ProxyParameters());
        });
        BoardLink link = bench.Board.Bluetooth.Connect(new TestCentral());

        Assert.IsTrue(link.Discover(Utilities.CreateUuidFromShortCode(0x1828), BoardBench.DataIn));
        Assert.IsTrue(link.Discover(Utilities.CreateUuidFromShortCode(0x180A), Utilities.CreateUuidFromShortCode(0x2A29)));
        Assert.IsFalse(link.Discover(Utilities.CreateUuidFromShortCode(0x1827), BoardBench.DataIn));
    }
}
