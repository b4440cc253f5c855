using System;

namespace MeshNode.Kit.Messages;

/// <summary>Health Current Status.</summary>
public sealed record HealthCurrentStatus(int TestId, int Company, byte[] Faults) : IStatusMessage<HealthCurrentStatus>
{
    /// <inheritdoc/>
    public static HealthCurrentStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.HealthCurrentStatus);
        HealthCurrentStatus status = new(reader.Octet(), reader.UInt16(), reader.Rest());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.HealthCurrentStatus).Octet(TestId).UInt16(Company).Octets(Faults).ToArray();
    }
}
