using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Beacon Status.</summary>
public sealed record BeaconStatus(int Beacon) : IStatusMessage<BeaconStatus>
{
    /// <inheritdoc/>
    public static BeaconStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.BeaconStatus);
        BeaconStatus status = new(reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.BeaconStatus).Octet(Beacon).ToArray();
    }
}
