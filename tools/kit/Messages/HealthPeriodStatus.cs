using System;

namespace MeshNode.Kit.Messages;

/// <summary>Health Period Status.</summary>
public sealed record HealthPeriodStatus(int Divisor) : IStatusMessage<HealthPeriodStatus>
{
    /// <inheritdoc/>
    public static HealthPeriodStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.HealthPeriodStatus);
        HealthPeriodStatus status = new(reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.HealthPeriodStatus).Octet(Divisor).ToArray();
    }
}
