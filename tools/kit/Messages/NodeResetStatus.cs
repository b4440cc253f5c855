using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Node Reset Status.</summary>
public sealed record NodeResetStatus() : IStatusMessage<NodeResetStatus>
{
    /// <inheritdoc/>
    public static NodeResetStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.NodeResetStatus);
        NodeResetStatus status = new();

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.NodeResetStatus).ToArray();
    }
}
