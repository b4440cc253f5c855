using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Board.Memory;

namespace MeshNode.Board.Bluetooth;

/// <summary>
/// The native half of the Bluetooth library with NimBLE below it, as ble.md has measured it. Every function named Native... of the managed
/// half ends here.
/// </summary>
internal sealed class BleStack
{
    private const int MaxConnections = 3;
    private const int NotificationBuffers = 18;
    private const int AttHeaderSize = 3;
    private const int HciErrorBase = 0x200;
    private const int RemoteUserTerminated = 0x13;
    private const int ConnectionTimeout = 0x08;
    private const int FailedToBeEstablished = 0x3E;
    private const int UnlikelyError = 0x0E;
    private const int AttributeNotFound = 0x0A;
    private const int UnknownCharacteristic = 1;
    private const int NoBuffers = 1;
    private const int NotConnected = 7;
    private const int SettleTime = 50;
    private const int FlagsType = 1;
    private const byte EventRead = 0;
    private const byte EventWrite = 1;
    private const byte EventSubscribed = 2;
    private const byte EventUnsubscribed = 3;
    private const byte EventConnected = 17;
    private const byte EventDisconnected = 18;
    private const byte EventSessionChanged = 19;

    private readonly Boot _boot;
    private readonly BleController _controller;
    private readonly BleHost _host;
    private readonly BleContext _context;
    private readonly List<BoardLink> _links = [];
    private NativeBlock? _stackBlock;
    private int _mode;
    private bool _isStarted;
    private bool _isStopping;
    private bool _isAdvertising;
    private GattTables? _registered;
    private bool _areTablesFreed;
    private bool _isFreeReported;
    private bool _isPoolFreed;
    private bool _dropsFlagless;
    private long _scanStopped = long.MinValue / 2;
    private string _lastNative = "";
    private string? _hazardousNative;

    public BleStack(Boot boot)
    {
        _boot = boot;
        _controller = new BleController(boot.Board);
        _host = new BleHost(boot);
        _context = new BleContext(boot.Board.Memory);
        _context.SetDeviceName("nanoFramework");
    }

    public bool IsStarted => _isStarted;

    public bool IsScanning => _controller.IsScanning;

    public bool IsAdvertising => _controller.IsAdvertising;

    public AdvertisingType AdvertisingType => _controller.Type;

    public byte[] AdvertisingData => _controller.Data;

    public byte[] ScanResponse => _controller.ScanResponse;

    public bool AreTablesRegistered => _registered != null;

    public bool IsMutexLocked => _host.IsMutexLocked;

    public IReadOnlyList<BoardLink> Links => _links;

    private VirtualBoard Board => _boot.Board;

    private BleCounters Counters => Board.Bluetooth.Counters;

    private bool IsConnectableNow => _isStarted && _controller.IsAdvertising && _controller.Type == AdvertisingType.Connectable && _links.Count < MaxConnections;

    // Modes

    /// <exception cref="InvalidOperationException">The stack already runs, or does not; the mode is taken over all the same.</exception>
    public void SetOperationMode(int mode, string deviceName)
    {
        OnNative(nameof(SetOperationMode));
        _context.SetDeviceName(deviceName);

        if (_mode != mode)
        {
            _mode = mode;
            bool done = mode == 0 ? StopStack() : StartStack();

            if (!done)
            {
                throw new InvalidOperationException();
            }
        }
    }

    private bool StartStack()
    {
        if (_isStarted)
        {
            return false;
        }

        _stackBlock = Board.Memory.Allocate("stack", Board.Profile.StackMemory);

        if (_stackBlock == null)
        {
            Board.Panic("no memory for the Bluetooth stack");
        }

        _boot.Scheduler.StayNative(Board.Profile.StackStartTime);
        _host.Reset();
        _isStarted = true;
        Counters.StackStarts++;

        return true;
    }

    private bool StopStack()
    {
        if (!_isStarted)
        {
            return false;
        }

        if (_host.HasReport)
        {
            Board.Violate("5", "the stack was stopped with a report queued: everything stands still for 2 s");
        }
        else if (_controller.IsScanning || Board.Clock.Now - _scanStopped < SettleTime)
        {
            Board.Violate("8", $"the stack was stopped while scanning, or less than {SettleTime} ms after it");
        }

        _isStopping = true;

        while (_host.IsBusy)
        {
            _boot.Scheduler.StayNative(1);
        }

        foreach (BoardLink link in _links.ToArray())
        {
            link.Drop(RemoteUserTerminated, link.Parameters.Interval);
        }

        _links.Clear();
        _controller.StopAdvertising();
        _controller.StopScan();
        _controller.Data = [];
        _controller.ScanResponse = [];
        _isAdvertising = false;
        _registered = null;
        _areTablesFreed = false;
        _isPoolFreed = false;
        _boot.Scheduler.StayNative(Board.Profile.StackStopTime);
        _host.Reset();
        Board.Memory.Release(_stackBlock);
        Board.Memory.Lose(Board.Memory.Allocate("stack restart", Board.Profile.StackLeak));
        _isStarted = false;
        _isStopping = false;

        return true;
    }

    // Advertising

    /// <returns>Whether advertising was started; not when it only got new data.</returns>
    public bool StartLegacyAdvertising(bool connectable, bool discoverable, byte[] data, byte[] scanResponse)
    {
        OnNative(nameof(StartLegacyAdvertising));

        if (_registered != null && _context.Tables == null && !_isPoolFreed)
        {
            ReportUseOfFreedTables("Publisher.Start");
        }

        if (!_context.SetAdvertisement(connectable, discoverable, data, scanResponse))
        {
            Board.Panic("no memory for advertising data: the native code writes to address 0");
        }

        return StartAdvertising();
    }

    public void StopAdvertising()
    {
        OnNative(nameof(StopAdvertising));
        _controller.StopAdvertising();
        _isAdvertising = false;
        FreeContext();
    }

    private bool StartAdvertising()
    {
        if (!_isStarted)
        {
            return false;
        }

        if (_context.AdvertisingData is { } data)
        {
            _controller.Data = data;
        }
        else
        {
            Board.Violate("2", "advertising was started with data that Publisher.Stop has freed");
        }

        if (_context.ScanResponse is { Length: > 0 } scanResponse)
        {
            _controller.ScanResponse = scanResponse;
        }

        if (_isAdvertising)
        {
            Counters.DataSwaps++;

            return false;
        }

        if (_context.IsConnectable && _links.Count >= MaxConnections)
        {
            return false;
        }

        _isAdvertising = true;
        _controller.StartAdvertising(_context.IsConnectable ? AdvertisingType.Connectable
            : _context.IsDiscoverable ? AdvertisingType.Scannable : AdvertisingType.NonConnectable);

        return true;
    }

    // Scanning

    public void StartScan()
    {
        string before = _lastNative;

        if (!_isStarted || _isStopping)
        {
            Board.Write("The scan was not started: the stack does not run.");

            return;
        }

        if (_controller.IsScanning)
        {
            return;
        }

        // What the uninitialised bit of the parameters is depends on the native call that used the stack before.
        _hazardousNative = Board.Bluetooth.HasObserverHazard ? _hazardousNative ?? before : null;
        _dropsFlagless = _hazardousNative == before;
        Counters.ScanStarts++;
        _controller.StartScan();
    }

    public void StopScan()
    {
        if (_controller.IsScanning)
        {
            _controller.StopScan();
            _scanStopped = Board.Clock.Now;
        }
    }

    public AdvertisingPdu? TakeReport(int eventId, bool isRaw)
    {
        OnNative(nameof(TakeReport));
        AdvertisingPdu? pdu = _host.TakeReport(eventId);

        if (pdu != null && isRaw)
        {
            Board.Allocations.RawReports++;
        }
        else if (pdu != null)
        {
            Board.Allocations.WatcherReports++;
        }

        return pdu;
    }

    // GATT server

    /// <returns>Whether the tables are registered.</returns>
    public bool InitializeServiceConfig(IReadOnlyList<ServiceDefinition> services)
    {
        OnNative(nameof(InitializeServiceConfig));

        if (!_context.SetTables(services))
        {
            Board.Panic("no memory for service tables");
        }

        if (services.Any(s => s.Characteristics.Any(c => c.Id > byte.MaxValue)))
        {
            Board.Violate("6", "characteristic ids have 8 bits: services were created too often since reset");
        }

        if (_registered != null)
        {
            Board.Violate("2.1", "StartAdvertising a second time: NimBLE frees the CCCD pool and the service list that are in use");
            _isPoolFreed = true;
            FreeContext();

            return false;
        }

        if (!_isStarted || _controller.IsScanning || _isAdvertising || _links.Count > 0)
        {
            string reason = _controller.IsScanning ? "while scanning" : _isAdvertising ? "while advertising" : _links.Count > 0 ? "while connected" : "without the stack";
            Board.Violate("2.1", $"StartAdvertising {reason}: the tables are not registered, and nobody is told");
            FreeContext();

            return false;
        }

        _registered = _context.Tables;
        _areTablesFreed = false;
        _isFreeReported = false;

        return true;
    }

    public void DisposeServiceConfig()
    {
        FreeContext();
    }

    public int Notify(ushort connection, ushort characteristic, byte[] value)
    {
        OnNative(nameof(Notify));
        Board.Allocations.Notifications++;

        if (_context.Tables is not { } tables || !tables.Has(characteristic))
        {
            return UnknownCharacteristic;
        }

        if (_links.Find(l => l.Handle == connection) is not { } link)
        {
            return NotConnected;
        }

        if (_links.Sum(l => l.QueuedNotifications) >= NotificationBuffers)
        {
            Counters.NotificationsRefused++;

            return NoBuffers;
        }

        if (value.Length > link.Mtu - AttHeaderSize)
        {
            Counters.NotificationsCut++;
            Board.Violate("6", $"a notification of {value.Length} octets was cut to ATT_MTU {link.Mtu} - 3, silently");
            value = value[..(link.Mtu - AttHeaderSize)];
        }

        Counters.Notifications++;
        link.Notify(tables.Services.SelectMany(s => s.Characteristics).First(c => c.Id == characteristic).Uuid, (byte[])value.Clone());

        return 0;
    }

    public byte[] TakeWritten(ushort eventId)
    {
        OnNative(nameof(TakeWritten));
        Board.Allocations.Writes++;

        return _host.TakeWritten(eventId);
    }

    public void AnswerWrite(ushort eventId, int result)
    {
        OnNative(nameof(AnswerWrite));
        _host.AnswerWrite(eventId, result);
    }

    public void AnswerRead(ushort eventId, int result, byte[] value)
    {
        OnNative(nameof(AnswerRead));
        _host.AnswerRead(eventId, result, value);
    }

    // From the air

    public void OnAdvert(AdvertisingPdu pdu)
    {
        if (!_isStarted || _isStopping || !_controller.IsScanning)
        {
            Counters.NotHeard++;

            return;
        }

        switch (_controller.Hears(pdu))
        {
            case Hearing.Blind:
                Counters.NotHeard++;
                break;

            case Hearing.Duplicate:
                Counters.Duplicates++;
                break;

            default:
                Counters.Heard++;

                if (_dropsFlagless && !HasFlags(pdu.Data))
                {
                    Counters.Flagless++;
                }
                else
                {
                    _host.Report(pdu);
                }

                break;
        }
    }

    public BoardLink? OnConnect(IBoardCentral central, LinkParameters parameters)
    {
        if (!IsConnectableNow || _isStopping)
        {
            return null;
        }

        ushort handle = 0;

        while (_links.Exists(l => l.Handle == handle))
        {
            handle++;
        }

        BoardLink link = new(this, Board, central, parameters, handle);
        _links.Add(link);
        _controller.StopAdvertising();
        _host.Do(() =>
        {
            _isAdvertising = false;

            if (_isPoolFreed)
            {
                Board.Violate("2.1", "a client has connected after a second StartAdvertising: NimBLE uses the freed CCCD pool");
            }

            _host.Post(EventConnected, handle, 0);
        });

        return link;
    }

    public void OnMtu(BoardLink link)
    {
        _host.Do(() => _host.Post(EventSessionChanged, link.Handle, (uint)link.Mtu << 16));
    }

    public bool OnDiscover(Guid service, Guid characteristic)
    {
        CheckTables("discovery");

        return _registered is { } tables
            && tables.Services.Any(s => s.Uuid == service && s.Characteristics.Any(c => c.Uuid == characteristic));
    }

    public void OnSubscribe(BoardLink link, Guid characteristic, bool enabled)
    {
        _host.Do(() =>
        {
            CheckTables("subscription");

            if (_registered?.Find(characteristic) is not { } definition)
            {
                link.Central.OnAnswered(characteristic, AttributeNotFound, []);

                return;
            }

            if (_isPoolFreed)
            {
                link.Central.OnAnswered(characteristic, UnlikelyError, []);

                return;
            }

            bool changes = enabled ? link.Subscriptions.Add(characteristic) : link.Subscriptions.Remove(characteristic);
            link.Central.OnAnswered(characteristic, 0, []);

            if (changes && _context.Tables != null)
            {
                _host.Post(enabled ? EventSubscribed : EventUnsubscribed, definition.Id, link.Handle);
            }
        });
    }

    /// <param name="value">What is written, or <see langword="null"/> to read.</param>
    public void OnAccess(BoardLink link, Guid characteristic, byte[]? value, bool withResponse)
    {
        _host.Do(() =>
        {
            CheckTables(value == null ? "read" : "write");

            if (_registered?.Find(characteristic) is not { } definition)
            {
                link.Central.OnAnswered(characteristic, AttributeNotFound, []);

                return;
            }

            _host.HandOver(value ?? (object)definition, value == null ? EventRead : EventWrite, definition.Id, handled =>
            {
                int error = handled ? _host.Result : UnlikelyError;

                if (value != null && error == 0)
                {
                    Counters.Writes++;
                }
                else if (value != null)
                {
                    Counters.WritesFailed++;
                }

                if (withResponse && link.IsOpen)
                {
                    link.Central.OnAnswered(characteristic, error, _host.ReadValue);
                }
            });
        });
    }

    public void OnDisconnect(BoardLink link, int reason)
    {
        _host.Do(() =>
        {
            _links.Remove(link);

            foreach (Guid characteristic in link.Subscriptions)
            {
                if (_context.Tables?.Find(characteristic) is { } definition)
                {
                    _host.Post(EventUnsubscribed, definition.Id, link.Handle);
                }
            }

            if (reason == FailedToBeEstablished && Board.Profile.ReattemptsConnection)
            {
                _controller.Data = [];
                _isAdvertising = true;
                _controller.StartAdvertising(AdvertisingType.Connectable);

                return;
            }

            _host.Post(EventDisconnected, link.Handle, (uint)(HciErrorBase + reason));
            StartAdvertising();
        });
    }

    public void OnPowerLost()
    {
        foreach (BoardLink link in _links)
        {
            link.Drop(ConnectionTimeout, link.Parameters.SupervisionTimeout);
        }

        _links.Clear();
        _controller.StopAdvertising();
        _controller.StopScan();
        _host.Reset();
        _isStarted = false;
    }

    /// <summary>The application has done what it wanted to do at this moment.</summary>
    public void AfterTurn()
    {
        if (_areTablesFreed && !_isFreeReported && !_isStopping)
        {
            ReportUseOfFreedTables("Publisher.Stop");
        }
    }

    private static bool HasFlags(byte[] data)
    {
        for (int i = 0; i + 1 < data.Length; i += data[i] + 1)
        {
            if (data[i] > 0 && data[i + 1] == FlagsType)
            {
                return true;
            }
        }

        return false;
    }

    private void FreeContext()
    {
        _areTablesFreed |= _registered != null && _context.Tables == _registered;
        _context.Free();
    }

    private void CheckTables(string what)
    {
        if (_areTablesFreed)
        {
            Board.Violate("2", $"a client's {what} uses tables that Publisher.Stop has freed");
        }
    }

    private void ReportUseOfFreedTables(string what)
    {
        _isFreeReported = true;
        Board.Violate("2", $"{what} with registered tables: NimBLE keeps pointers to the memory that Publisher.Stop frees");
    }

    public void OnNative(string name)
    {
        _boot.ThrowIfOver();
        _lastNative = name;
    }
}
