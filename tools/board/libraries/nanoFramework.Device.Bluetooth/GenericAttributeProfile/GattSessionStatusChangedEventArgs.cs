namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>A session was opened or closed.</summary>
public class GattSessionStatusChangedEventArgs
{
    internal GattSessionStatusChangedEventArgs(GattSessionStatus status)
    {
        Status = status;
    }

    public BluetoothError Error => BluetoothError.Success;

    public GattSessionStatus Status { get; }
}
