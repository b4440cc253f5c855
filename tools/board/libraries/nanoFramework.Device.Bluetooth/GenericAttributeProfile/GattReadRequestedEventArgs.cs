using MeshNode.Board;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>A client wants to read.</summary>
public class GattReadRequestedEventArgs
{
    private readonly ushort _eventID;

    internal GattReadRequestedEventArgs(ushort eventID)
    {
        _eventID = eventID;
    }

    public GattSession Session => null;

    public GattReadRequest GetRequest()
    {
        using AccountScope scope = Chip.EnterLibrary();

        return new GattReadRequest(_eventID);
    }
}
