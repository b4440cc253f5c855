using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using nanoFramework.TestFramework;

namespace MeshNode.Boards;

/// <summary>The GATT server and its handshake with managed code. See ble.md sections 5 and 6.</summary>
[TestClass]
public class BoardGattTests
{
    private static readonly Guid s_manufacturerName = Utilities.CreateUuidFromShortCode(0x2A29);

    [TestMethod]
    public void Section_5_WriteIsAnsweredOnceAndCounted()
    {
        List<byte[]> written = [];
        (BoardBench bench, BoardLink link, TestCentral central) = Connect((_, args) => written.Add(Answer(args)));
        link.Write(BoardBench.DataIn, [1, 2, 3], true);
        bench.Pass(100);

        bench.Board.Verify();
        Assert.AreEqual("01-02-03", BitConverter.ToString(written.Single()));
        Assert.AreEqual(0, central.Answers.Single().Error);
        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.Writes);
        Assert.AreEqual(567L, bench.Board.Allocations.ForcedOctets);
        Assert.AreEqual(14L, bench.Board.Allocations.ForcedObjects);
    }

    [TestMethod]
    public void Section_1_3_AServerThatIsCreatedLaterForgetsTheFirstCharacteristic()
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            GattServiceProvider provider = GattServiceProvider.Create(Utilities.CreateUuidFromShortCode(BoardBench.ProxyService)).ServiceProvider;
            provider.StartAdvertising(BoardBench.ProxyParameters());
        }, 3000);
        TestCentral central = new();
        BoardLink link = bench.Board.Bluetooth.Connect(central);
        link.Read(s_manufacturerName);
        bench.Pass(3000);

        Assert.AreEqual(0x0E, central.Answers.Single().Error);
    }

    [TestMethod]
    public void Section_5_SecondRespondLocksTheMutexForGood()
    {
        (BoardBench bench, BoardLink link, TestCentral central) = Connect((_, args) =>
        {
            GattWriteRequest request = args.GetRequest();
            request.Respond();
            request.Respond();
        });
        link.Write(BoardBench.DataIn, [1], true);
        bench.Pass(1500);
        Assert.AreEqual("5", bench.Violated);
        Assert.IsTrue(bench.Board.Bluetooth.IsDeaf);

        link.Write(BoardBench.DataIn, [2], true);
        bench.Pass(900);
        Assert.AreEqual(1, central.Answers.Count);
        bench.Pass(200);
        Assert.AreEqual(0x0E, central.Answers[1].Error);
    }

    [TestMethod]
    public void Section_5_ReportsMeetALockedMutexToo()
    {
        (BoardBench bench, BoardLink link, TestCentral _) = Connect((_, args) =>
        {
            GattWriteRequest request = args.GetRequest();
            request.Respond();
            request.Respond();
            Reflection.Call(new BluetoothLEAdvertisementWatcher(), "NativeStartAdvertisementWatcher", 0);
        });
        link.Write(BoardBench.DataIn, [1], true);
        bench.Pass(1500);
        bench.Hear(1, 2, 0x2A, 1);
        bench.Pass(1500);

        Assert.AreEqual(1L, bench.Board.Bluetooth.Counters.ReportsLost);
    }

    [TestMethod]
    public void Section_5_RestartOfTheStackUnlocksTheMutex()
    {
        (BoardBench bench, BoardLink link, TestCentral _) = Connect((_, args) =>
        {
            GattWriteRequest request = args.GetRequest();
            request.Respond();
            request.Respond();
        }, provider =>
        {
            Chip.Sleep(6000);
            provider.StopAdvertising();
            BluetoothLEServer.Instance.Start();
        });
        link.Write(BoardBench.DataIn, [1], true);
        bench.Pass(1000);
        Assert.IsTrue(bench.Board.Bluetooth.IsDeaf);
        bench.Pass(10000);
        Assert.IsFalse(bench.Board.Bluetooth.IsDeaf);
    }

    [TestMethod]
    public void Section_5_RespondLaterThanTwoSecondsIsAViolation()
    {
        (BoardBench bench, BoardLink link, TestCentral central) = Connect((_, args) =>
        {
            GattWriteRequest request = args.GetRequest();
            Chip.Sleep(2100);
            request.Respond();
        });
        link.Write(BoardBench.DataIn, [1], true);
        bench.Pass(2050);
        Assert.AreEqual(0x0E, central.Answers.Single().Error);
        bench.Pass(1000);

        // One for the handler that sleeps, one for the answer.
        Assert.AreEqual("5 5", bench.Violated);
        Assert.IsTrue(bench.Board.Bluetooth.IsDeaf);
    }

    [TestMethod]
    public void Section_5_NoAnswerHoldsUpTheHostForTwoSeconds()
    {
        (BoardBench bench, BoardLink link, TestCentral central) = Connect((_, args) => args.GetRequest());
        link.Write(BoardBench.DataIn, [1], true);
        link.Read(s_manufacturerName);
        bench.Pass(1900);
        Assert.AreEqual(0, central.Answers.Count);
        bench.Pass(200);

        Assert.AreEqual(0x0E, central.Answers[0].Error);
        Assert.AreEqual(0, central.Answers[1].Error);
        Assert.AreEqual("nanoFramework", System.Text.Encoding.UTF8.GetString(central.Answers[1].Value));
    }

    [TestMethod]
    public void Section_5_ExceptionInAHandlerIsAViolation()
    {
        (BoardBench bench, BoardLink link, TestCentral _) = Connect((_, _) => throw new InvalidOperationException());
        link.Write(BoardBench.DataIn, [1], true);
        bench.Pass(100);

        Assert.AreEqual(" 5", bench.Violated);
    }

    [TestMethod]
    public void Section_5_NotifyInsideTheWriteHandlerWorks()
    {
        (BoardBench bench, BoardLink link, TestCentral central) = Connect((sender, args) =>
        {
            byte[] value = Answer(args);
            GattServiceProvider provider = BluetoothLEServer.Instance.GetServiceByUUID(Utilities.CreateUuidFromShortCode(BoardBench.ProxyService));
            provider.Service.Characteristics[1].NotifyValue(new nanoFramework.Device.Bluetooth.Buffer(value));
        });
        link.Subscribe(BoardBench.DataOut, true);
        link.Write(BoardBench.DataIn, [9], false);
        bench.Pass(200);

        bench.Board.Verify();
        Assert.AreEqual("09", BitConverter.ToString(central.Notified.Single()));
    }

    [TestMethod]
    public void Section_6_MtuIsNegotiatedAndTheLastEventOfAnyClientWins()
    {
        RawListener listener = null;
        GattSession session = null;
        BoardBench bench = BoardBench.RunClean(() =>
        {
            GattServiceProviderAdvertisingParameters parameters = BoardBench.ProxyParameters();
            BoardBench.CreateProxyService().StartAdvertising(parameters);
            listener = new RawListener();
            session = BluetoothLEServer.Instance.Session;
            Chip.Sleep(3000);
            new nanoFramework.Device.Bluetooth.Advertisement.BluetoothLEAdvertisementPublisher(parameters.Advertisement).Start();
        }, 3000);
        Assert.AreEqual(0, (int)session.MaxMtuSize);

        BoardLink first = bench.Board.Bluetooth.Connect(new TestCentral());
        first.ExchangeMtu(517);
        bench.Pass(3000);
        Assert.AreEqual(256, (int)session.MaxMtuSize);

        BoardLink second = bench.Board.Bluetooth.Connect(new TestCentral());
        second.ExchangeMtu(64);
        bench.Pass(100);
        Assert.AreEqual(64, (int)session.MaxMtuSize);
        Assert.AreEqual("(19, 1, 4194304)", listener.Events[^1].ToString());

        second.Disconnect();
        bench.Pass(100);
        Assert.AreEqual(64, (int)session.MaxMtuSize);
    }

    [TestMethod]
    public void LostLink_TakesWhatIsUnderWayWithItAndIsNoticedLate()
    {
        List<byte[]> written = [];
        (BoardBench bench, BoardLink link, TestCentral central) = Connect((_, args) => written.Add(Answer(args)));
        link.Write(BoardBench.DataIn, [1], true);
        link.Write(BoardBench.DataIn, [2], true);
        bench.Pass(20);
        link.Lose();
        bench.Pass(3000);
        Assert.AreEqual(1, written.Count);
        Assert.AreEqual(1, bench.Board.Bluetooth.Links.Count);
        Assert.IsNull(central.DisconnectReason);

        bench.Pass(1500);
        Assert.AreEqual(0, bench.Board.Bluetooth.Links.Count);
        Assert.AreEqual(0x08, central.DisconnectReason);
        Assert.AreEqual(AdvertisingType.Connectable, bench.Sent[^1].Pdu.Type);
        bench.Board.Verify();
    }

    [TestMethod]
    public void Section_6_SecondClientNeedsAnotherStartAndThreeIsTheMost()
    {
        BoardLink[] links = new BoardLink[5];
        BoardBench bench = BoardBench.Run(() =>
        {
            GattServiceProviderAdvertisingParameters parameters = BoardBench.ProxyParameters();
            BoardBench.CreateProxyService().StartAdvertising(parameters);

            for (int i = 0; i < 4; i++)
            {
                Chip.Sleep(1000);
                new nanoFramework.Device.Bluetooth.Advertisement.BluetoothLEAdvertisementPublisher(parameters.Advertisement).Start();
            }
        }, milliseconds: 1500);
        links[0] = bench.Board.Bluetooth.Connect(new TestCentral());
        links[1] = bench.Board.Bluetooth.Connect(new TestCentral());
        bench.Pass(1000);
        links[2] = bench.Board.Bluetooth.Connect(new TestCentral());
        bench.Pass(1000);
        links[3] = bench.Board.Bluetooth.Connect(new TestCentral());
        bench.Pass(2000);
        links[4] = bench.Board.Bluetooth.Connect(new TestCentral());

        Assert.AreEqual("0 - 1 2 -", string.Join(" ", links.Select(l => l?.Handle.ToString() ?? "-")));
    }

    [TestMethod]
    public void Section_6_EventsCarryTheConnectionHandleOnlyInTheRawEvent()
    {
        RawListener listener = null;
        GattSession session = null;
        bool isCalled = false;
        List<int> clients = [];
        BoardBench bench = BoardBench.RunClean(() =>
        {
            GattServiceProvider provider = BoardBench.CreateProxyService();
            provider.Service.Characteristics[0].WriteRequested += (_, args) =>
            {
                isCalled = true;
                session = args.Session;
                Answer(args);
            };
            provider.Service.Characteristics[1].SubscribedClientsChanged += (sender, _) =>
                clients.Add(sender.SubscribedClients.Length == 0 ? -1 : sender.SubscribedClients[0].Session.DeviceId.Id);
            provider.StartAdvertising(BoardBench.ProxyParameters());
            listener = new RawListener();
        }, 2000);
        BoardLink link = bench.Board.Bluetooth.Connect(new TestCentral());
        link.Subscribe(BoardBench.DataOut, true);
        link.Write(BoardBench.DataIn, [1], false);
        link.Disconnect();
        bench.Pass(1000);

        Assert.IsTrue(isCalled);
        Assert.IsNull(session);
        Assert.AreEqual("0 -1", string.Join(" ", clients));
        Assert.AreEqual("17 2 1 3 18", string.Join(" ", listener.Events.Select(e => e.Type)));
        Assert.AreEqual(0x213u, listener.Events[^1].Data);
    }

    [TestMethod]
    public void Section_6_NotificationIsCutToTheMtuSilently()
    {
        int error = -1;
        int sent = 0;
        (BoardBench bench, BoardLink link, TestCentral central) = Connect((_, args) => Answer(args), provider =>
        {
            Chip.Sleep(5000);
            GattClientNotificationResult result = provider.Service.Characteristics[1].NotifyValue(new nanoFramework.Device.Bluetooth.Buffer(new byte[80]))[0];
            error = result.ProtocolError;
            sent = result.BytesSent;
        });
        link.ExchangeMtu(64);
        link.Subscribe(BoardBench.DataOut, true);
        bench.Pass(8000);

        Assert.AreEqual(61, central.Notified.Single().Length);
        Assert.AreEqual(0, error);
        Assert.AreEqual(80, sent);
        Assert.AreEqual("6", bench.Violated);
    }

    [TestMethod]
    public void Section_6_EighteenNotificationsWaitThenStatusOne()
    {
        List<int> errors = [];
        (BoardBench bench, BoardLink link, TestCentral central) = Connect((_, args) => Answer(args), provider =>
        {
            Chip.Sleep(5000);

            for (int i = 0; i < 20; i++)
            {
                errors.Add(provider.Service.Characteristics[1].NotifyValue(new nanoFramework.Device.Bluetooth.Buffer(new byte[20]))[0].ProtocolError);
            }
        });
        link.Subscribe(BoardBench.DataOut, true);
        bench.Pass(10000);

        Assert.AreEqual(18, errors.TakeWhile(e => e == 0).Count());
        Assert.AreEqual("1 1", string.Join(" ", errors.Skip(18)));
        Assert.AreEqual(18, central.Notified.Count);
        Assert.AreEqual(2L, bench.Board.Bluetooth.Counters.NotificationsRefused);
        Assert.AreEqual(20L * 241, bench.Board.Allocations.ForcedOctets);
    }

    [TestMethod]
    public void Section_6_PreparedWritesBecomeOneEvent()
    {
        List<byte[]> written = [];
        (BoardBench bench, BoardLink link, TestCentral _) = Connect((_, args) => written.Add(Answer(args)));
        link.Write(BoardBench.DataIn, new byte[100], true);
        bench.Pass(1000);

        Assert.AreEqual(100, written.Single().Length);
    }

    internal static byte[] Answer(GattWriteRequestedEventArgs args)
    {
        GattWriteRequest request = args.GetRequest();
        byte[] value = new byte[request.Value.Length];
        DataReader.FromBuffer(request.Value).ReadBytes(value);
        request.Respond();

        return value;
    }

    private static (BoardBench Bench, BoardLink Link, TestCentral Central) Connect(
        GattLocalCharacteristic.GattLocalCharacteristicWriteEventHandler onWrite,
        Action<GattServiceProvider> then = null)
    {
        BoardBench bench = BoardBench.RunClean(() =>
        {
            GattServiceProvider provider = BoardBench.CreateProxyService();
            provider.Service.Characteristics[0].WriteRequested += onWrite;
            provider.StartAdvertising(BoardBench.ProxyParameters());
            then?.Invoke(provider);
        }, 3000);
        TestCentral central = new();
        BoardLink link = bench.Board.Bluetooth.Connect(central);
        bench.Pass(100);

        return (bench, link, central);
    }
}
