namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>Whether a session is open.</summary>
public enum GattSessionStatus
{
    Closed = 0,
    Active = 1,
}
