using System;

namespace MeshNode.Kit.Messages;

/// <summary>Config Heartbeat Publication Status.</summary>
public sealed record HeartbeatPublicationStatus(StatusCode Status, HeartbeatPublicationParameters Parameters)
    : IStatusMessage<HeartbeatPublicationStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static HeartbeatPublicationStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.ConfigHeartbeatPublicationStatus);
        HeartbeatPublicationStatus status = new(reader.Status(), HeartbeatPublicationParameters.Read(ref reader));

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return Parameters.Write(new MessageWriter(Opcodes.ConfigHeartbeatPublicationStatus).Octet((int)Status)).ToArray();
    }
}
