using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Default TTL Status.</summary>
public sealed record DefaultTtlStatus(int Ttl) : IStatusMessage<DefaultTtlStatus>
{
    /// <inheritdoc/>
    public static DefaultTtlStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.DefaultTtlStatus);
        DefaultTtlStatus status = new(reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.DefaultTtlStatus).Octet(Ttl).ToArray();
    }
}
