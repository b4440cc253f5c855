using System;

namespace MeshNode.Kit.Messages;

/// <summary>Config Key Refresh Phase Status.</summary>
public sealed record KeyRefreshPhaseStatus(StatusCode Status, int NetKeyIndex, int Phase) : IStatusMessage<KeyRefreshPhaseStatus>, IHasStatusCode
{
    /// <inheritdoc/>
    public static KeyRefreshPhaseStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.ConfigKeyRefreshPhaseStatus);
        KeyRefreshPhaseStatus status = new(reader.Status(), reader.KeyIndex(), reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.ConfigKeyRefreshPhaseStatus).Octet((int)Status).KeyIndex(NetKeyIndex).Octet(Phase).ToArray();
    }
}
