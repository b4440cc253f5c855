using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Relay Status.</summary>
public sealed record RelayStatus(int Relay, int Count, int Steps) : IStatusMessage<RelayStatus>
{
    /// <inheritdoc/>
    public static RelayStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.RelayStatus);
        int relay = reader.Octet();
        int transmit = reader.Octet();

        return reader.IsComplete ? new RelayStatus(relay, TransmitParameters.Count(transmit), TransmitParameters.Steps(transmit)) : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.RelayStatus).Octet(Relay).Transmit(Count, Steps).ToArray();
    }
}
