using System;
using System.Collections.Generic;

namespace MeshNode.Kit.Messages;

/// <summary>Config AppKey List.</summary>
public sealed record AppKeyList(StatusCode Status, int NetKeyIndex, IReadOnlyList<int> AppKeyIndexes) : IStatusMessage<AppKeyList>, IHasStatusCode
{
    /// <inheritdoc/>
    public static AppKeyList? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.ConfigAppKeyList);
        AppKeyList status = new(reader.Status(), reader.KeyIndex(), reader.KeyIndexList());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.ConfigAppKeyList).Octet((int)Status).KeyIndex(NetKeyIndex).KeyIndexList(AppKeyIndexes).ToArray();
    }
}
