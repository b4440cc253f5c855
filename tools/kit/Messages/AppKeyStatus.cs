using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config AppKey Status.</summary>
public sealed record AppKeyStatus(ConfigurationStatus Status, int NetKeyIndex, int AppKeyIndex) : IStatusMessage<AppKeyStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static AppKeyStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.AppKeyStatus);
        ConfigurationStatus status = reader.Status();
        int indexes = reader.UInt24();

        return reader.IsComplete ? new AppKeyStatus(status, indexes & 0xFFF, indexes >> 12) : null;
    }

    /// <inheritdoc/>
    public bool IsAnswerTo(ReadOnlySpan<byte> request)
    {
        return MessageReader.Of(request).UInt24() == (NetKeyIndex | (AppKeyIndex << 12));
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.AppKeyStatus).Octet((int)Status).KeyIndexList([NetKeyIndex, AppKeyIndex]).ToArray();
    }
}
