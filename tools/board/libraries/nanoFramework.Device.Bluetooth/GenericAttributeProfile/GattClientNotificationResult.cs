namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>Outcome of a notification.</summary>
public class GattClientNotificationResult
{
    internal GattClientNotificationResult(byte protocolError, GattSubscribedClient client, ushort bytesSent)
    {
        ProtocolError = protocolError;
        Status = protocolError == 0 ? GattCommunicationStatus.Success : GattCommunicationStatus.Unreachable;
        SubscribedClient = client;
        BytesSent = bytesSent;
    }

    public ushort BytesSent { get; }

    public byte ProtocolError { get; }

    public GattCommunicationStatus Status { get; }

    public GattSubscribedClient SubscribedClient { get; }
}
