using System;
using System.Collections.Generic;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config NetKey List.</summary>
public sealed record NetKeyList(IReadOnlyList<int> NetKeyIndexes) : IStatusMessage<NetKeyList>
{
    /// <inheritdoc/>
    public static NetKeyList? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.NetKeyList);
        NetKeyList status = new(reader.KeyIndexList());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.NetKeyList).KeyIndexList(NetKeyIndexes).ToArray();
    }
}
