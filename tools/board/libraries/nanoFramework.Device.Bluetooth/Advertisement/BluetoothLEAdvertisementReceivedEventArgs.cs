using System;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;

namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>A received advert.</summary>
public class BluetoothLEAdvertisementReceivedEventArgs
{
    private ulong _bluetoothAddress;
    private BluetoothAddressType _bluetoothAddressType;
    private BluetoothLEAdvertisementType _advertisementType;
    private short _rawSignalStrengthInDBm;

    // Applications read it by reflection.
    private byte[] _rawAdvertData;

    // Internal on the device, where Type.GetConstructor finds it all the same.
    public BluetoothLEAdvertisementReceivedEventArgs()
    {
        Advertisement = new BluetoothLEAdvertisement();
        _advertisementType = BluetoothLEAdvertisementType.ConnectableDirected;
        _rawSignalStrengthInDBm = -99;
    }

    public BluetoothLEAdvertisement Advertisement { get; }

    public BluetoothLEAdvertisementType AdvertisementType => _advertisementType;

    public ulong BluetoothAddress => _bluetoothAddress;

    public BluetoothAddressType BluetoothAddressType => _bluetoothAddressType;

    public short RawSignalStrengthInDBm => _rawSignalStrengthInDBm;

    public DateTime Timestamp { get; private set; }

    internal static BluetoothLEAdvertisementReceivedEventArgs CreateFromEvent(int eventID)
    {
        BluetoothLEAdvertisementReceivedEventArgs args = new();

        if (args.Fetch(eventID, false))
        {
            args.Advertisement.Parse(args._rawAdvertData);
            args._rawAdvertData = null;
        }

        args.Timestamp = DateTime.UnixEpoch.AddMilliseconds(Chip.TickCount);

        return args;
    }

    // Applications call it by reflection, on one object for all reports. See ble.md section 1.7.
    private bool NativeCreateFromEvent(int eventID)
    {
        using AccountScope scope = Chip.EnterLibrary();

        return Fetch(eventID, true);
    }

    private bool Fetch(int eventID, bool isRaw)
    {
        if (Chip.Boot.Bluetooth.TakeReport(eventID, isRaw) is not { } pdu)
        {
            return false;
        }

        _bluetoothAddress = pdu.Address;
        _bluetoothAddressType = pdu.IsRandomAddress ? BluetoothAddressType.Random : BluetoothAddressType.Public;
        _advertisementType = (BluetoothLEAdvertisementType)pdu.Type;
        _rawSignalStrengthInDBm = pdu.Rssi;
        _rawAdvertData = (byte[])pdu.Data.Clone();

        return true;
    }
}
