using MeshNode.Board;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>A client has written; which one, nobody knows. See ble.md section 6.</summary>
public class GattWriteRequestedEventArgs
{
    private readonly ushort _eventID;

    internal GattWriteRequestedEventArgs(ushort eventID)
    {
        _eventID = eventID;
    }

    public GattSession Session => null;

    public GattWriteRequest GetRequest()
    {
        using AccountScope scope = Chip.EnterLibrary();

        return new GattWriteRequest(_eventID);
    }
}
