namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>Why a watcher has stopped; see ble.md section 1.3 for why nobody ever gets it.</summary>
public class BluetoothLEAdvertisementWatcherStoppedEventArgs
{
    internal BluetoothLEAdvertisementWatcherStoppedEventArgs()
    {
    }

    public BluetoothError Error => BluetoothError.Success;
}
