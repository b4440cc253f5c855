using System;

namespace MeshNode.Kit.Messages;

/// <summary>Health Fault Status.</summary>
public sealed record HealthFaultStatus(int TestId, int Company, byte[] Faults) : IStatusMessage<HealthFaultStatus>
{
    /// <inheritdoc/>
    public static HealthFaultStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.HealthFaultStatus);
        HealthFaultStatus status = new(reader.Octet(), reader.UInt16(), reader.Rest());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.HealthFaultStatus).Octet(TestId).UInt16(Company).Octets(Faults).ToArray();
    }
}
