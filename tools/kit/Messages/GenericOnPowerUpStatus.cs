using System;

namespace MeshNode.Kit.Messages;

/// <summary>Generic OnPowerUp Status.</summary>
public sealed record GenericOnPowerUpStatus(int OnPowerUp) : IStatusMessage<GenericOnPowerUpStatus>
{
    /// <inheritdoc/>
    public static GenericOnPowerUpStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.GenericOnPowerUpStatus);
        GenericOnPowerUpStatus status = new(reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.GenericOnPowerUpStatus).Octet(OnPowerUp).ToArray();
    }
}
