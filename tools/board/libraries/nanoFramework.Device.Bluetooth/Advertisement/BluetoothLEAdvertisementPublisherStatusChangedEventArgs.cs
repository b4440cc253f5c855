namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>A new status of a publisher.</summary>
public class BluetoothLEAdvertisementPublisherStatusChangedEventArgs
{
    internal BluetoothLEAdvertisementPublisherStatusChangedEventArgs(BluetoothLEAdvertisementPublisherStatus status)
    {
        Status = status;
    }

    public BluetoothError Error => BluetoothError.Success;

    public short SelectedTransmitPowerLevelInDBm => 0;

    public BluetoothLEAdvertisementPublisherStatus Status { get; }
}
