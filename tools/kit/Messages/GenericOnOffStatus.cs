using System;

namespace MeshNode.Kit.Messages;

/// <summary>Generic OnOff Status.</summary>
/// <param name="Target">Where the state is going, or <see langword="null"/>.</param>
/// <param name="RemainingTime">How long that takes: 6 bits of steps, 2 of resolution.</param>
public sealed record GenericOnOffStatus(int Present, int? Target, int RemainingTime) : IStatusMessage<GenericOnOffStatus>
{
    /// <inheritdoc/>
    public static GenericOnOffStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.GenericOnOffStatus);
        int present = reader.Octet();
        GenericOnOffStatus status = reader.Left == 0 ? new(present, null, 0) : new(present, reader.Octet(), reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        MessageWriter writer = new MessageWriter(Opcodes.GenericOnOffStatus).Octet(Present);

        return (Target is { } target ? writer.Octet(target).Octet(RemainingTime) : writer).ToArray();
    }
}
