using System;

namespace MeshNode.Kit.Messages;

/// <summary>Config Beacon Status.</summary>
public sealed record BeaconStatus(int Beacon) : IStatusMessage<BeaconStatus>
{
    /// <inheritdoc/>
    public static BeaconStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.ConfigBeaconStatus);
        BeaconStatus status = new(reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.ConfigBeaconStatus).Octet(Beacon).ToArray();
    }
}
