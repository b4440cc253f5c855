using System;
using MeshNode.LowerTransport;

namespace MeshNode.Kit.Messages;

/// <summary>SAR Transmitter Status.</summary>
public sealed record SarTransmitterStatus(SarTransmitter State) : IStatusMessage<SarTransmitterStatus>
{
    /// <inheritdoc/>
    public static SarTransmitterStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.SarTransmitterStatus);
        byte[] octets = reader.Rest();

        if (!reader.IsComplete || octets.Length != SarTransmitter.Size)
        {
            return null;
        }

        SarTransmitter state = new();
        state.Decode(octets, 0);

        return new SarTransmitterStatus(state);
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        byte[] octets = new byte[SarTransmitter.Size];
        State.Encode(octets, 0);

        return new MessageWriter(Opcodes.SarTransmitterStatus).Octets(octets).ToArray();
    }
}
