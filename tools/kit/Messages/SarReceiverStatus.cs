using System;
using MeshNode.LowerTransport;

namespace MeshNode.Kit.Messages;

/// <summary>SAR Receiver Status.</summary>
public sealed record SarReceiverStatus(SarReceiver State) : IStatusMessage<SarReceiverStatus>
{
    /// <inheritdoc/>
    public static SarReceiverStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.SarReceiverStatus);
        byte[] octets = reader.Rest();

        if (!reader.IsComplete || octets.Length != SarReceiver.Size)
        {
            return null;
        }

        SarReceiver state = new();
        state.Decode(octets, 0);

        return new SarReceiverStatus(state);
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        byte[] octets = new byte[SarReceiver.Size];
        State.Encode(octets, 0);

        return new MessageWriter(Opcodes.SarReceiverStatus).Octets(octets).ToArray();
    }
}
