namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>What a service provider does.</summary>
public enum GattServiceProviderAdvertisementStatus
{
    Created = 0,
    Stopped = 1,
    Started = 2,
    Aborted = 3,
    StartedWithoutAllAdvertisementData = 4,
}
