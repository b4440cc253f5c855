using System;

namespace MeshNode.Kit.Messages;

/// <summary>Light Lightness Default Status.</summary>
public sealed record LightLightnessDefaultStatus(int Lightness) : IStatusMessage<LightLightnessDefaultStatus>
{
    /// <inheritdoc/>
    public static LightLightnessDefaultStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.LightLightnessDefaultStatus);
        LightLightnessDefaultStatus status = new(reader.UInt16());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.LightLightnessDefaultStatus).UInt16(Lightness).ToArray();
    }
}
