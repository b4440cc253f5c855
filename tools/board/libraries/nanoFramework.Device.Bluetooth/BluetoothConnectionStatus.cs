namespace nanoFramework.Device.Bluetooth;

/// <summary>Whether there is a connection.</summary>
public enum BluetoothConnectionStatus
{
    Disconnected = 0,
    Connected = 1,
}
