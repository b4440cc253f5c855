using System;

namespace MeshNode.Kit.Messages;

/// <summary>Config AppKey Status.</summary>
public sealed record AppKeyStatus(StatusCode Status, int NetKeyIndex, int AppKeyIndex) : IStatusMessage<AppKeyStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static AppKeyStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.ConfigAppKeyStatus);
        StatusCode status = reader.Status();
        int indexes = reader.UInt24();

        return reader.IsComplete ? new AppKeyStatus(status, indexes & 0xFFF, indexes >> 12) : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.ConfigAppKeyStatus).Octet((int)Status).KeyIndexList([NetKeyIndex, AppKeyIndex]).ToArray();
    }
}
