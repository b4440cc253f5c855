using System;
using MeshNode.Board;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace nanoFramework.Device.Bluetooth;

/// <summary>
/// A remote device. A virtual board does not connect as a client: all that a device is good for is to keep
/// <see cref="BluetoothLEAdvertisementWatcher.Stop"/> from stopping the stack. See ble.md section 1.4.
/// </summary>
public class BluetoothLEDevice : IDisposable
{
    private BluetoothLEDevice(ulong address, BluetoothAddressType type)
    {
        BluetoothAddress = address;
        BluetoothAddressType = type;
    }

    ~BluetoothLEDevice()
    {
    }

    public ulong BluetoothAddress { get; }

    public BluetoothAddressType BluetoothAddressType { get; }

    public BluetoothConnectionStatus ConnectionStatus => BluetoothConnectionStatus.Disconnected;

    public static BluetoothLEDevice FromBluetoothAddress(ulong bluetoothAddress)
    {
        return FromBluetoothAddress(bluetoothAddress, BluetoothAddressType.Public);
    }

    public static BluetoothLEDevice FromBluetoothAddress(ulong bluetoothAddress, BluetoothAddressType bluetoothAddressType)
    {
        return new BluetoothLEDevice(bluetoothAddress, bluetoothAddressType);
    }

    /// <remarks>NimBLE refuses to connect while it scans; the device stays in the library's list.</remarks>
    public GattDeviceServicesResult GetGattServices()
    {
        using AccountScope scope = Chip.EnterLibrary();
        BluetoothNanoDevice.CheckMode(BluetoothMode.Client);

        if (!Chip.Boot.Bluetooth.IsScanning)
        {
            throw new NotSupportedException("A virtual board does not connect to others");
        }

        if (!BluetoothNanoDevice.State.Devices.Contains(this))
        {
            BluetoothNanoDevice.State.Devices.Add(this);
        }

        return new GattDeviceServicesResult(GattCommunicationStatus.Success);
    }

    public void Dispose()
    {
        using AccountScope scope = Chip.EnterLibrary();
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    internal static void IdleOnLastConnection()
    {
        if (BluetoothNanoDevice.State.Devices.Count > 0)
        {
            return;
        }

        if (BluetoothNanoDevice.State.Instance != null)
        {
            Chip.Board.Violate("1.4", "watcher.Stop() stops the whole stack, the GATT server with it");
        }

        BluetoothNanoDevice.RunMode = BluetoothMode.NotRunning;
    }

    protected virtual void Dispose(bool disposing)
    {
        BluetoothNanoDevice.State.Devices.Remove(this);
        IdleOnLastConnection();
    }
}
