using System;

namespace MeshNode.Kit.Messages;

/// <summary>Light Lightness Last Status.</summary>
public sealed record LightLightnessLastStatus(int Lightness) : IStatusMessage<LightLightnessLastStatus>
{
    /// <inheritdoc/>
    public static LightLightnessLastStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.LightLightnessLastStatus);
        LightLightnessLastStatus status = new(reader.UInt16());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.LightLightnessLastStatus).UInt16(Lightness).ToArray();
    }
}
