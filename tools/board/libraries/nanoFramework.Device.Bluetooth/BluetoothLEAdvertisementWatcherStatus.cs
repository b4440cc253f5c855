namespace nanoFramework.Device.Bluetooth;

/// <summary>What a watcher does.</summary>
public enum BluetoothLEAdvertisementWatcherStatus
{
    Created = 0,
    Started = 1,
    Stopping = 2,
    Stopped = 3,
    Aborted = 4,
}
