using System;
using MeshNode.Board;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace nanoFramework.Device.Bluetooth;

/// <summary>The GATT server, of which there is one.</summary>
public class BluetoothLEServer : IDisposable
{
    // Applications take it from here by reflection to put their own listener in front of it.
    internal static readonly BluetoothEventListener _bluetoothEventManager = new();

    private bool _disposedValue;

    private BluetoothLEServer()
    {
        Session = new GattSession(new BluetoothDeviceId(0));
        State.EventServer = this;
        _bluetoothEventManager.Reset();
    }

    ~BluetoothLEServer()
    {
    }

    public static BluetoothLEServer Instance
    {
        get
        {
            using AccountScope scope = Chip.EnterLibrary();

            return State.Instance ??= new BluetoothLEServer();
        }
    }

    public string DeviceName
    {
        get => State.DeviceName;
        set => State.DeviceName = value;
    }

    public ushort Appearance
    {
        get => State.Appearance;
        set => State.Appearance = value;
    }

    public GattSession Session { get; }

    public GattServiceProvider[] Services => (GattServiceProvider[])State.Services.ToArray(typeof(GattServiceProvider));

    private static BluetoothState State => BluetoothNanoDevice.State;

    public GattServiceProvider GetServiceByUUID(Guid serviceUuid)
    {
        return Array.Find(Services, s => s.Service.Uuid == serviceUuid);
    }

    public void Start()
    {
        using AccountScope scope = Chip.EnterLibrary();
        BluetoothNanoDevice.CheckMode(BluetoothMode.Server);
    }

    public void Stop()
    {
        using AccountScope scope = Chip.EnterLibrary();
        BluetoothNanoDevice.CheckMode(BluetoothMode.NotRunning);
    }

    public void Dispose()
    {
        using AccountScope scope = Chip.EnterLibrary();
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    internal void OnEvent(BluetoothSessionEvent ev)
    {
        Session.OnEvent(ev);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposedValue)
        {
            return;
        }

        _disposedValue = true;

        try
        {
            Stop();
        }
        catch (InvalidOperationException)
        {
            // It did not run.
        }

        if (disposing)
        {
            _bluetoothEventManager.Reset();
            State.EventServer = null;
            State.Services = [];
            State.Instance = null;
        }
    }
}
