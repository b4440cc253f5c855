using System;

namespace MeshNode.Kit.Messages;

/// <summary>Config NetKey Status.</summary>
public sealed record NetKeyStatus(StatusCode Status, int NetKeyIndex) : IStatusMessage<NetKeyStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static NetKeyStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.ConfigNetKeyStatus);
        NetKeyStatus status = new(reader.Status(), reader.KeyIndex());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.ConfigNetKeyStatus).Octet((int)Status).KeyIndex(NetKeyIndex).ToArray();
    }
}
