using MeshNode.Board;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>A write that has to be answered once, within two seconds. See ble.md section 5.</summary>
public class GattWriteRequest
{
    private readonly ushort _eventID;

    internal GattWriteRequest(ushort eventID)
    {
        _eventID = eventID;
        Value = new Buffer(Chip.Boot.Bluetooth.TakeWritten(eventID));
    }

    public uint Offset => 0;

    public GattWriteOption Option => GattWriteOption.WriteWithResponse;

    public Buffer Value { get; }

    public void Respond()
    {
        using AccountScope scope = Chip.EnterLibrary();
        Chip.Boot.Bluetooth.AnswerWrite(_eventID, 0);
    }

    public void RespondWithProtocolError(byte protocolError)
    {
        using AccountScope scope = Chip.EnterLibrary();
        Chip.Boot.Bluetooth.AnswerWrite(_eventID, protocolError);
    }
}
