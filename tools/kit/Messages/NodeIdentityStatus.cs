using System;

namespace MeshNode.Kit.Messages;

/// <summary>Config Node Identity Status.</summary>
public sealed record NodeIdentityStatus(StatusCode Status, int NetKeyIndex, int Identity) : IStatusMessage<NodeIdentityStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static NodeIdentityStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.ConfigNodeIdentityStatus);
        NodeIdentityStatus status = new(reader.Status(), reader.KeyIndex(), reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.ConfigNodeIdentityStatus).Octet((int)Status).KeyIndex(NetKeyIndex).Octet(Identity).ToArray();
    }
}
