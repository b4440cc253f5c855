using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Low Power Node PollTimeout Status.</summary>
public sealed record LowPowerNodePollTimeoutStatus(int Address, int PollTimeout) : IStatusMessage<LowPowerNodePollTimeoutStatus>
{
    /// <inheritdoc/>
    public static LowPowerNodePollTimeoutStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.LowPowerNodePollTimeoutStatus);
        LowPowerNodePollTimeoutStatus status = new(reader.UInt16(), reader.UInt24());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.LowPowerNodePollTimeoutStatus).UInt16(Address).UInt24(PollTimeout).ToArray();
    }
}
