using System;

namespace MeshNode.Kit.Messages;

/// <summary>Health Attention Status.</summary>
public sealed record HealthAttentionStatus(int Seconds) : IStatusMessage<HealthAttentionStatus>
{
    /// <inheritdoc/>
    public static HealthAttentionStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.HealthAttentionStatus);
        HealthAttentionStatus status = new(reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.HealthAttentionStatus).Octet(Seconds).ToArray();
    }
}
