namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>Outcome of a search for services.</summary>
public class GattDeviceServicesResult
{
    internal GattDeviceServicesResult(GattCommunicationStatus status)
    {
        Status = status;
    }

    public GattCommunicationStatus Status { get; }

    public byte ProtocolError => 0;
}
