namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>A client that has subscribed.</summary>
public class GattSubscribedClient
{
    internal GattSubscribedClient(GattSession session)
    {
        Session = session;
    }

    /// <summary>A constant that means nothing. See ble.md section 6.</summary>
    public ushort MaxNotificationSize => 1024;

    public GattSession Session { get; }
}
