using System;

namespace MeshNode.Kit.Messages;

/// <summary>Light Lightness Range Status.</summary>
public sealed record LightLightnessRangeStatus(int Code, int Minimum, int Maximum) : IStatusMessage<LightLightnessRangeStatus>
{
    /// <inheritdoc/>
    public static LightLightnessRangeStatus? Decode(ReadOnlySpan<byte> payload)
    {
        MessageReader reader = new(payload, Opcodes.LightLightnessRangeStatus);
        LightLightnessRangeStatus status = new(reader.Octet(), reader.UInt16(), reader.UInt16());

        return reader.IsComplete ? status : null;
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        return new MessageWriter(Opcodes.LightLightnessRangeStatus).Octet(Code).UInt16(Minimum).UInt16(Maximum).ToArray();
    }
}
