using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config NetKey Status.</summary>
public sealed record NetKeyStatus(ConfigurationStatus Status, int NetKeyIndex) : IStatusMessage<NetKeyStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static NetKeyStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.NetKeyStatus);
        NetKeyStatus status = new(reader.Status(), reader.KeyIndex());

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
        return new MessageWriter(ConfigurationOpcode.NetKeyStatus).Octet((int)Status).KeyIndex(NetKeyIndex).ToArray();
    }
}
