namespace nanoFramework.Device.Bluetooth;

/// <summary>The library's run mode.</summary>
internal enum BluetoothMode
{
    NotRunning,
    Server,
    Client,
}
