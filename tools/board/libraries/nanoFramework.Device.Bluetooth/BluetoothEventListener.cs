using System;
using System.Linq;
using System.Runtime.CompilerServices;
using MeshNode.Board;
using MeshNode.Board.Threads;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using nanoFramework.Runtime.Events;

namespace nanoFramework.Device.Bluetooth;

/// <summary>
/// The library's own processor and listener of Bluetooth events. Reports take the way over a queue and the watcher thread, where a malformed
/// advert or an exception of the application's handler ends reception for good. See ble.md sections 1.3 and 1.6.
/// </summary>
internal sealed class BluetoothEventListener : IEventProcessor, IEventListener
{
    private const int ByteMask = 0xFF;

    private static BluetoothState State => BluetoothNanoDevice.State;

    /// <inheritdoc/>
    public BaseEvent ProcessEvent(uint data1, uint data2, DateTime time)
    {
        using AccountScope scope = Chip.EnterLibrary();
        BluetoothEventType type = (BluetoothEventType)(data1 & ByteMask);
        ushort source = (ushort)(data1 >> 16);

        return type switch
        {
            < BluetoothEventType.AdvertisementDiscovered =>
                new BluetoothServerEvent { Type = type, CharacteristicId = (ushort)(source & ByteMask), Id = (ushort)data2 },
            BluetoothEventType.AdvertisementDiscovered => new BluetoothScanEvent { Id = (ushort)data2 },
            < BluetoothEventType.ClientConnected => new BaseEvent(),
            _ => new BluetoothSessionEvent { Type = type, Data = (ushort)(data2 >> 16) },
        };
    }

    /// <inheritdoc/>
    public void InitializeForEventSource()
    {
        State.WatcherEvent = new BoardEvent(Chip.Boot, false, true);
        new BoardThread(Chip.Boot, "watcher", Watch).Start();
    }

    /// <inheritdoc/>
    public bool OnEvent(BaseEvent ev)
    {
        using AccountScope scope = Chip.EnterLibrary();

        switch (ev)
        {
            case BluetoothServerEvent server:
                OnServerEvent(server);

                return true;

            case BluetoothScanEvent scan:
                State.WatcherQueue.Enqueue(scan.Id);
                State.WatcherEvent.Set();

                return true;

            case BluetoothSessionEvent session:
                State.EventServer?.OnEvent(session);

                return true;

            default:
                return false;
        }
    }

    [ModuleInitializer]
    internal static void InitializeModule()
    {
        Boot.AddInitialiser(() =>
        {
            EventSink.AddEventProcessor(EventCategory.Bluetooth, BluetoothLEServer._bluetoothEventManager);
            EventSink.AddEventListener(EventCategory.Bluetooth, BluetoothLEServer._bluetoothEventManager);
        });
    }

    /// <summary>Forgets characteristics, devices and the watcher.</summary>
    internal void Reset()
    {
        State.Characteristics.Clear();
        State.Devices.Clear();
        State.Watcher = null;
    }

    private static void OnServerEvent(BluetoothServerEvent ev)
    {
        lock (State.Characteristics)
        {
            GattLocalCharacteristic characteristic = State.Characteristics.FirstOrDefault(c => c.Id == ev.CharacteristicId);

            switch (ev.Type)
            {
                case BluetoothEventType.Read:
                    characteristic?.OnRead(new GattReadRequestedEventArgs(ev.Id));
                    break;

                case BluetoothEventType.Write:
                    characteristic?.OnWrite(new GattWriteRequestedEventArgs(ev.Id));
                    break;

                default:
                    GattSubscribedClient client = new(new GattSession(new BluetoothDeviceId(ev.Id)));
                    characteristic?.OnSubscribed(client, ev.Type == BluetoothEventType.ClientSubscribed);
                    break;
            }
        }
    }

    private static void Watch()
    {
        BluetoothState state = State;
        Chip.Thread.SwitchAccount(true);

        try
        {
            while (true)
            {
                state.WatcherEvent.Wait(-1);

                while (state.WatcherQueue.TryDequeue(out ushort id))
                {
                    BluetoothLEAdvertisementReceivedEventArgs args = BluetoothLEAdvertisementReceivedEventArgs.CreateFromEvent(id);
                    state.Watcher?.OnReceived(args);
                }
            }
        }
        catch (Exception e) when (e is not BoardStoppedException)
        {
            Chip.Write($"The watcher thread has died: {e.Message}");
            Chip.Board.Violate("1.6", $"{e.GetType().Name} has ended the watcher thread: no report is received any more, and each holds up the host for 2 s");
        }
    }
}
