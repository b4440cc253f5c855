using System;

namespace MeshNode.Board.Bluetooth;

/// <summary>The client at the other end of a <see cref="BoardLink"/>.</summary>
public interface IBoardCentral
{
    /// <summary>The board has notified a characteristic.</summary>
    void OnNotified(Guid characteristic, byte[] value);

    /// <summary>The connection is gone.</summary>
    /// <param name="reason">HCI error code.</param>
    void OnDisconnected(int reason);

    /// <summary>The board has answered a write, a read or a subscription.</summary>
    /// <param name="error">ATT error code; 0 for success.</param>
    /// <param name="value">What was read; empty otherwise.</param>
    void OnAnswered(Guid characteristic, int error, byte[] value)
    {
    }
}
