using System;

namespace MeshNode.Kit.Messages;

/// <summary>Config Relay Status.</summary>
public sealed record RelayStatus(int Relay, int Count, int Steps) : IStatusMessage<RelayStatus>
{
    /// <inheritdoc/>
    public static RelayStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.ConfigRelayStatus);
        int relay = reader.Octet();
        int transmit = reader.Octet();

        return reader.IsComplete ? new RelayStatus(relay, TransmitParameters.Count(transmit), TransmitParameters.Steps(transmit)) : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.ConfigRelayStatus).Octet(Relay).Transmit(Count, Steps).ToArray();
    }
}
