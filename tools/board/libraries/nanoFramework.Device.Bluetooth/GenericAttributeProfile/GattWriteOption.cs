namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>Whether a write is answered.</summary>
public enum GattWriteOption
{
    WriteWithResponse = 0,
    WriteWithoutResponse = 1,
}
