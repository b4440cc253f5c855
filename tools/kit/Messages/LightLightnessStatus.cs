using System;

namespace MeshNode.Kit.Messages;

/// <summary>Light Lightness Status.</summary>
/// <param name="Target">Where the state is going, or <see langword="null"/>.</param>
/// <param name="RemainingTime">How long that takes: 6 bits of steps, 2 of resolution.</param>
public sealed record LightLightnessStatus(int Present, int? Target, int RemainingTime) : IStatusMessage<LightLightnessStatus>
{
    /// <inheritdoc/>
    public static LightLightnessStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.LightLightnessStatus);
        int present = reader.UInt16();
        LightLightnessStatus status = reader.Left == 0 ? new(present, null, 0) : new(present, reader.UInt16(), reader.Octet());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        MessageWriter writer = new MessageWriter(Opcodes.LightLightnessStatus).UInt16(Present);

        return (Target is { } target ? writer.UInt16(target).Octet(RemainingTime) : writer).ToArray();
    }
}
