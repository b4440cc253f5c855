using System;
using MeshNode.Board;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>A read that wants to be answered once.</summary>
public class GattReadRequest
{
    private readonly ushort _eventID;

    internal GattReadRequest(ushort eventID)
    {
        _eventID = eventID;
    }

    public void RespondWithValue(Buffer value)
    {
        using AccountScope scope = Chip.EnterLibrary();
        Chip.Boot.Bluetooth.AnswerRead(_eventID, 0, value.Data.AsSpan(0, (int)value.Length).ToArray());
    }

    public void RespondWithProtocolError(byte protocolError)
    {
        using AccountScope scope = Chip.EnterLibrary();
        Chip.Boot.Bluetooth.AnswerRead(_eventID, protocolError, []);
    }
}
