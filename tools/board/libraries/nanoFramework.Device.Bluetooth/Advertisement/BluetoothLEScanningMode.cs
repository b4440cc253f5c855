namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>Whether the scanner asks for scan responses.</summary>
public enum BluetoothLEScanningMode
{
    Passive = 0,
    Active = 1,
}
