using MeshNode.Board.Bluetooth;

namespace MeshNode.Board;

/// <summary>The air around a board.</summary>
public interface IBoardRadio
{
    /// <summary>An advertising event of the board.</summary>
    void Advertise(AdvertisingPdu pdu);
}
