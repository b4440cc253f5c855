using System;
using MeshNode.Board;

namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>
/// Sends adverts. Starting while something is advertised only replaces the data, and the status stays Waiting; stopping frees what registered
/// tables still need. See ble.md sections 2 and 3.
/// </summary>
public class BluetoothLEAdvertisementPublisher
{
    private BluetoothLEAdvertisementPublisherStatus _status;

    public BluetoothLEAdvertisementPublisher()
        : this(new BluetoothLEAdvertisement())
    {
    }

    public BluetoothLEAdvertisementPublisher(BluetoothLEAdvertisement advertisement)
    {
        Advertisement = advertisement;
    }

    public delegate void BluetoothLEAdvertisementPublisherHandler(object sender, BluetoothLEAdvertisementPublisherStatusChangedEventArgs args);

    public event BluetoothLEAdvertisementPublisherHandler StatusChanged;

    public BluetoothLEAdvertisement Advertisement { get; }

    public bool IncludeTransmitPowerLevel { get; set; }

    public bool IsAnonymous { get; set; }

    public short PreferredTransmitPowerLevelInDBm { get; set; }

    public BluetoothLEAdvertisementPublisherStatus Status => _status;

    public bool UseExtendedAdvertisement
    {
        get => false;
        set
        {
            if (value)
            {
                throw new PlatformNotSupportedException();
            }
        }
    }

    internal bool IsCut { get; private set; }

    public void Start()
    {
        using AccountScope scope = Chip.EnterLibrary();

        if (BluetoothNanoDevice.RunMode != BluetoothMode.Server)
        {
            BluetoothLEServer.Instance.Start();
        }

        SetStatus(BluetoothLEAdvertisementPublisherStatus.Waiting);
        IsCut = Advertisement.Encode(out byte[] data, out byte[] scanResponse);

        if (Chip.Boot.Bluetooth.StartLegacyAdvertising(Advertisement.IsConnectable, Advertisement.IsDiscoverable, data, scanResponse))
        {
            SetStatus(BluetoothLEAdvertisementPublisherStatus.Started);
        }
    }

    public void Stop()
    {
        using AccountScope scope = Chip.EnterLibrary();
        Chip.Boot.Bluetooth.StopAdvertising();
        SetStatus(BluetoothLEAdvertisementPublisherStatus.Stopped);
    }

    private void SetStatus(BluetoothLEAdvertisementPublisherStatus status)
    {
        if (_status != status)
        {
            _status = status;
            StatusChanged?.Invoke(this, new BluetoothLEAdvertisementPublisherStatusChangedEventArgs(status));
        }
    }
}
