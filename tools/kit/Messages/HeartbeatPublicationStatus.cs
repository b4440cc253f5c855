using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Heartbeat Publication Status.</summary>
public sealed record HeartbeatPublicationStatus(ConfigurationStatus Status, HeartbeatPublicationParameters Parameters)
    : IStatusMessage<HeartbeatPublicationStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static HeartbeatPublicationStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.HeartbeatPublicationStatus);
        HeartbeatPublicationStatus status = new(reader.Status(), HeartbeatPublicationParameters.Read(ref reader));

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return Parameters.Write(new MessageWriter(ConfigurationOpcode.HeartbeatPublicationStatus).Octet((int)Status)).ToArray();
    }
}
