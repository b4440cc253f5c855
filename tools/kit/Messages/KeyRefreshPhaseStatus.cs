using System;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>Config Key Refresh Phase Status.</summary>
public sealed record KeyRefreshPhaseStatus(ConfigurationStatus Status, int NetKeyIndex, int Phase) : IStatusMessage<KeyRefreshPhaseStatus>, IHasStatusCode
{
    private const int ToSecondPhase = 2;

    /// <inheritdoc/>
    public static KeyRefreshPhaseStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, ConfigurationOpcode.KeyRefreshPhaseStatus);
        KeyRefreshPhaseStatus status = new(reader.Status(), reader.KeyIndex(), reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public bool IsAnswerTo(ReadOnlySpan<byte> request)
    {
        MessageReader reader = MessageReader.Of(request);

        return reader.KeyIndex() == NetKeyIndex && (Status != ConfigurationStatus.Success || reader.Left == 0 || reader.Octet() == ToSecondPhase == (Phase == ToSecondPhase));
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(ConfigurationOpcode.KeyRefreshPhaseStatus).Octet((int)Status).KeyIndex(NetKeyIndex).Octet(Phase).ToArray();
    }
}
