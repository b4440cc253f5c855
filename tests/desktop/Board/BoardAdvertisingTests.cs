using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using nanoFramework.TestFramework;

namespace MeshNode.Boards;

/// <summary>Advertising. See ble.md sections 3 and 7.</summary>
[TestClass]
public class BoardAdvertisingTests
{
    [TestMethod]
    public void Section_3_EachSwapOfDataLosesTheBlockBeforeIt()
    {
        List<BluetoothLEAdvertisementPublisherStatus> statuses = [];
        List<int> free = [];
        BoardBench bench = BoardBench.RunClean(() =>
        {
            BluetoothLEServer.Instance.Start();
            BluetoothLEAdvertisementPublisher publisher = new(BoardBench.NonConnectable([0x2A, .. new byte[29]]));

            for (int i = 0; i < 11; i++)
            {
                publisher.Start();
                statuses.Add(publisher.Status);
                free.Add(Chip.Board.Memory.Free);
            }
        });

        Assert.AreEqual(10, bench.Board.Memory.LostBlocks);
        Assert.AreEqual(310, bench.Board.Memory.LostOctets);
        Assert.IsTrue(free.Zip(free.Skip(1), (a, b) => a - b).All(d => d == 36));
        Assert.AreEqual(BluetoothLEAdvertisementPublisherStatus.Started, statuses[0]);
        Assert.IsTrue(statuses.Skip(1).All(s => s == BluetoothLEAdvertisementPublisherStatus.Waiting));
        Assert.AreEqual(10L, bench.Board.Bluetooth.Counters.DataSwaps);
    }

    [TestMethod]
    public void Section_3_ParkingWithEmptyDataIsFree()
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            BluetoothLEServer.Instance.Start();
            new BluetoothLEAdvertisementPublisher(BoardBench.NonConnectable(0x2A, 1)).Start();
            Chip.Sleep(500);

            for (int i = 0; i < 5; i++)
            {
                new BluetoothLEAdvertisementPublisher(BoardBench.NonConnectable()).Start();
            }
        });

        Assert.AreEqual(0, bench.Board.Memory.LostBlocks);
        Assert.AreEqual(0, bench.Sent[^1].Pdu.Data.Length);
        Assert.AreEqual(3, bench.Sent[0].Pdu.Data.Length);
    }

    [TestMethod]
    public void Section_3_SwapChangesTheDataButNotTheType()
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            BoardBench.CreateProxyService().StartAdvertising(BoardBench.ProxyParameters());
            Chip.Sleep(1000);
            new BluetoothLEAdvertisementPublisher(BoardBench.NonConnectable(0x2A, 7)).Start();
        });

        Assert.AreEqual(AdvertisingType.Connectable, bench.Sent[^1].Pdu.Type);
        Assert.AreEqual("02-2A-07", BitConverter.ToString(bench.Sent[^1].Pdu.Data));
    }

    [TestMethod]
    [DataRow(true, true, (int)AdvertisingType.Connectable)]
    [DataRow(true, false, (int)AdvertisingType.Connectable)]
    [DataRow(false, true, (int)AdvertisingType.Scannable)]
    [DataRow(false, false, (int)AdvertisingType.NonConnectable)]
    public void Section_3_TypeFollowsFromConnectableAndDiscoverable(bool connectable, bool discoverable, int type)
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            BluetoothLEAdvertisement advertisement = new();
            Reflection.SetField(advertisement, "_isConnectable", connectable);
            Reflection.SetField(advertisement, "_isDiscovable", discoverable);
            new BluetoothLEAdvertisementPublisher(advertisement).Start();
        });

        Assert.AreEqual((AdvertisingType)type, bench.Sent[0].Pdu.Type);
    }

    [TestMethod]
    public void Section_3_PlainAdvertisementIsScannableWhichMeshDoesNotTake()
    {
        BoardBench bench = BoardBench.RunClean(() => new BluetoothLEAdvertisementPublisher(new BluetoothLEAdvertisement()).Start());

        Assert.AreEqual(AdvertisingType.Scannable, bench.Sent[0].Pdu.Type);
    }

    [TestMethod]
    public void Section_3_ParametersMakeAnAdvertisementNonConnectableWithoutReflection()
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            GattServiceProvider provider = BoardBench.CreateProxyService();
            GattServiceProviderAdvertisingParameters parameters = new() { IsConnectable = false, IsDiscoverable = false, CustomAdvertisement = true };
            provider.StartAdvertising(parameters);
            provider.StopAdvertising();
            BluetoothLEServer.Instance.Start();
            BoardBench.Add(parameters.Advertisement, 0x2B, 1, 2);
            new BluetoothLEAdvertisementPublisher(parameters.Advertisement).Start();
        });

        Assert.AreEqual(AdvertisingType.NonConnectable, bench.Sent[^1].Pdu.Type);
        Assert.AreEqual("03-2B-01-02", BitConverter.ToString(bench.Sent[^1].Pdu.Data));
    }

    [TestMethod]
    [DataRow(true, 30, 70)]
    [DataRow(false, 100, 160)]
    public void Section_3_IntervalsAreFixed(bool connectable, int shortest, int longest)
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            BluetoothLEAdvertisement advertisement = BoardBench.NonConnectable(0x2A, 1);
            Reflection.SetField(advertisement, "_isConnectable", connectable);
            new BluetoothLEAdvertisementPublisher(advertisement).Start();
        });
        long[] gaps = bench.Sent.Zip(bench.Sent.Skip(1), (a, b) => b.Time - a.Time).ToArray();

        Assert.IsTrue(gaps.Length > 100);
        Assert.IsTrue(gaps.Min() >= shortest && gaps.Max() <= longest, $"{gaps.Min()} {gaps.Max()}");
    }

    [TestMethod]
    public void Section_3_ConnectionFreesTheAdvertiser()
    {
        bool wasAdvertising = true;
        BoardBench bench = BoardBench.RunClean(() =>
        {
            BoardBench.CreateProxyService().StartAdvertising(BoardBench.ProxyParameters());
            Chip.Sleep(5000);
            wasAdvertising = Chip.Board.Bluetooth.IsAdvertising;
            BluetoothLEAdvertisementPublisher publisher = new(BoardBench.NonConnectable(0x2A, 1));
            publisher.Start();
        }, 4000);
        Assert.IsNotNull(bench.Board.Bluetooth.Connect(new TestCentral()));
        bench.Pass(6000);

        Assert.IsFalse(wasAdvertising);
        Assert.AreEqual(AdvertisingType.NonConnectable, bench.Sent[^1].Pdu.Type);
    }

    [TestMethod]
    public void Section_3_DisconnectionAdvertisesWithTheLastMode()
    {
        foreach (bool usesNonConnectable in new[] { false, true })
        {
            BoardBench bench = BoardBench.RunClean(() =>
            {
                BoardBench.CreateProxyService().StartAdvertising(BoardBench.ProxyParameters());
                Chip.Sleep(5000);

                if (usesNonConnectable)
                {
                    new BluetoothLEAdvertisementPublisher(BoardBench.NonConnectable(0x2A, 1)).Start();
                }
            }, 4000);
            BoardLink link = bench.Board.Bluetooth.Connect(new TestCentral());
            bench.Pass(4000);
            link.Disconnect();
            bench.Pass(1000);

            Assert.IsTrue(bench.Board.Bluetooth.IsAdvertising);
            Assert.AreEqual(usesNonConnectable ? AdvertisingType.NonConnectable : AdvertisingType.Connectable, bench.Board.Bluetooth.AdvertisingType);
        }
    }

    [TestMethod]
    public void Section_3_LinkLostWith3EIsSwallowedWhereTheChipReattempts()
    {
        foreach (BoardProfile profile in new[] { BoardProfile.Esp32, BoardProfile.Esp32C3 })
        {
            RawListener listener = null;
            BoardBench bench = BoardBench.Run(() =>
            {
                BoardBench.CreateProxyService().StartAdvertising(BoardBench.ProxyParameters());
                listener = new RawListener();
            }, profile, 4000);
            BoardLink link = bench.Board.Bluetooth.Connect(new TestCentral());
            link.Subscribe(BoardBench.DataOut, true);
            bench.Pass(1000);
            link.Disconnect(0x3E);
            bench.Pass(1000);

            bool isClassic = profile == BoardProfile.Esp32;
            Assert.AreEqual(1, listener.Events.Count(e => e.Type == (int)BluetoothEventType.ClientUnsubscribed));
            Assert.AreEqual(isClassic ? 1 : 0, listener.Events.Count(e => e.Type == (int)BluetoothEventType.ClientDisconnected));
            Assert.AreEqual(isClassic ? 20 : 0, bench.Sent[^1].Pdu.Data.Length);
            Assert.AreEqual(AdvertisingType.Connectable, bench.Sent[^1].Pdu.Type);
        }
    }

    [TestMethod]
    public void Section_7_SectionsGoOutInOrderAndTheRestInTheScanResponse()
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            GattServiceProviderAdvertisingParameters parameters = BoardBench.ProxyParameters();
            BoardBench.Add(parameters.Advertisement, 0x09, new byte[15]);
            BoardBench.CreateProxyService().StartAdvertising(parameters);
        });

        Assert.AreEqual("02-01-06-03-03-28-18-0C-16-28-18-00-01-02-03-04-05-06-07-08", BitConverter.ToString(bench.Board.Bluetooth.AdvertisingData.ToArray()));
        Assert.AreEqual(17, bench.Board.Bluetooth.ScanResponse.Count);
    }

    [TestMethod]
    public void Section_7_ExtendedAdvertisingIsNotSupported()
    {
        bool threw = false;
        BoardBench.RunClean(() =>
        {
            try
            {
                new BluetoothLEAdvertisementPublisher().UseExtendedAdvertisement = true;
            }
            catch (PlatformNotSupportedException)
            {
                threw = true;
            }
        });

        Assert.IsTrue(threw);
    }

    [TestMethod]
    public void Section_7_AddressIsThePublicOne()
    {
        BoardBench bench = BoardBench.RunClean(() => new BluetoothLEAdvertisementPublisher(BoardBench.NonConnectable(0x2A, 1)).Start());

        Assert.IsTrue(bench.Sent.All(s => s.Pdu.Address == BoardBench.Address && !s.Pdu.IsRandomAddress));
    }
}
