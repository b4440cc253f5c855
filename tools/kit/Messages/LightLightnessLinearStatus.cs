using System;

namespace MeshNode.Kit.Messages;

/// <summary>Light Lightness Linear Status.</summary>
/// <param name="Target">Where the state is going, or <see langword="null"/>.</param>
/// <param name="RemainingTime">How long that takes: 6 bits of steps, 2 of resolution.</param>
public sealed record LightLightnessLinearStatus(int Present, int? Target, int RemainingTime) : IStatusMessage<LightLightnessLinearStatus>
{
    /// <inheritdoc/>
    public static LightLightnessLinearStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.LightLightnessLinearStatus);
        int present = reader.UInt16();
        LightLightnessLinearStatus status = reader.Left == 0 ? new(present, null, 0) : new(present, reader.UInt16(), reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        MessageWriter writer = new MessageWriter(Opcodes.LightLightnessLinearStatus).UInt16(Present);

        return (Target is { } target ? writer.UInt16(target).Octet(RemainingTime) : writer).ToArray();
    }
}
