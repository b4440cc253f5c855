using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Heartbeat Subscription Status.</summary>
public sealed record HeartbeatSubscriptionStatus(ConfigurationStatus Status, int Source, int Destination, int PeriodLog, int CountLog, int MinHops, int MaxHops) : IStatusMessage<HeartbeatSubscriptionStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static HeartbeatSubscriptionStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.HeartbeatSubscriptionStatus);
        HeartbeatSubscriptionStatus status = new(reader.Status(), reader.UInt16(), reader.UInt16(), reader.Octet(), reader.Octet(), reader.Octet(), reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.HeartbeatSubscriptionStatus).Octet((int)Status).UInt16(Source).UInt16(Destination).Octet(PeriodLog).Octet(CountLog).Octet(MinHops).Octet(MaxHops).ToArray();
    }
}
