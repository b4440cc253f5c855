namespace nanoFramework.Device.Bluetooth;

/// <summary>Number of a device; of a client it is the connection handle.</summary>
public class BluetoothDeviceId
{
    internal BluetoothDeviceId(int id)
    {
        Id = id;
    }

    public int Id { get; }

    public static BluetoothDeviceId FromId(int deviceId)
    {
        return new BluetoothDeviceId(deviceId);
    }
}
