using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Network Transmit Status.</summary>
public sealed record NetworkTransmitStatus(int Count, int Steps) : IStatusMessage<NetworkTransmitStatus>
{
    /// <inheritdoc/>
    public static NetworkTransmitStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.NetworkTransmitStatus);
        int transmit = reader.Octet();

        return reader.IsComplete ? new NetworkTransmitStatus(TransmitParameters.Count(transmit), TransmitParameters.Steps(transmit)) : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.NetworkTransmitStatus).Transmit(Count, Steps).ToArray();
    }
}
