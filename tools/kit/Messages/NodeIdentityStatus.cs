using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Node Identity Status.</summary>
public sealed record NodeIdentityStatus(ConfigurationStatus Status, int NetKeyIndex, int Identity) : IStatusMessage<NodeIdentityStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static NodeIdentityStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.NodeIdentityStatus);
        NodeIdentityStatus status = new(reader.Status(), reader.KeyIndex(), reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public bool IsAnswerTo(ReadOnlySpan<byte> request)
    {
        return MessageReader.Of(request).KeyIndex() == NetKeyIndex;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.NodeIdentityStatus).Octet((int)Status).KeyIndex(NetKeyIndex).Octet(Identity).ToArray();
    }
}
