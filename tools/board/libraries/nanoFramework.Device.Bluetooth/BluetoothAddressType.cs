namespace nanoFramework.Device.Bluetooth;

/// <summary>Kind of address.</summary>
public enum BluetoothAddressType
{
    Public = 0,
    Random = 1,
    Unspecified = 2,
}
