using System;
using System.Collections.Generic;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config AppKey List.</summary>
public sealed record AppKeyList(ConfigurationStatus Status, int NetKeyIndex, IReadOnlyList<int> AppKeyIndexes) : IStatusMessage<AppKeyList>, IHasStatusCode
{
    /// <inheritdoc/>
    public static AppKeyList? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.AppKeyList);
        AppKeyList status = new(reader.Status(), reader.KeyIndex(), reader.KeyIndexList());

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
        return new MessageWriter(ConfigurationOpcode.AppKeyList).Octet((int)Status).KeyIndex(NetKeyIndex).KeyIndexList(AppKeyIndexes).ToArray();
    }
}
