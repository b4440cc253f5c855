namespace MeshNode.Kit.Messages;

/// <summary>The messages of a Light Lightness Client. See Mesh Model 1.1, section 6.3.1.</summary>
public static class LightnessMessages
{
    public static byte[] Get()
    {
        return ConfigurationMessages.Get(Opcodes.LightLightnessGet);
    }

    /// <param name="lightness">Light Lightness Actual, 0 to 65535.</param>
    public static byte[] Set(int lightness, int transactionId, Transition? transition = null, bool acknowledged = true)
    {
        return new MessageWriter(acknowledged ? Opcodes.LightLightnessSet : Opcodes.LightLightnessSetUnacknowledged)
            .UInt16(lightness)
            .Transition(transactionId, transition)
            .ToArray();
    }

    public static byte[] LinearGet()
    {
        return ConfigurationMessages.Get(Opcodes.LightLightnessLinearGet);
    }

    /// <param name="lightness">Light Lightness Linear, 0 to 65535.</param>
    public static byte[] LinearSet(int lightness, int transactionId, Transition? transition = null, bool acknowledged = true)
    {
        return new MessageWriter(acknowledged ? Opcodes.LightLightnessLinearSet : Opcodes.LightLightnessLinearSetUnacknowledged)
            .UInt16(lightness)
            .Transition(transactionId, transition)
            .ToArray();
    }

    public static byte[] LastGet()
    {
        return ConfigurationMessages.Get(Opcodes.LightLightnessLastGet);
    }

    public static byte[] DefaultGet()
    {
        return ConfigurationMessages.Get(Opcodes.LightLightnessDefaultGet);
    }

    /// <param name="lightness">0 to use the Light Lightness Last state.</param>
    public static byte[] DefaultSet(int lightness, bool acknowledged = true)
    {
        return new MessageWriter(acknowledged ? Opcodes.LightLightnessDefaultSet : Opcodes.LightLightnessDefaultSetUnacknowledged)
            .UInt16(lightness)
            .ToArray();
    }

    public static byte[] RangeGet()
    {
        return ConfigurationMessages.Get(Opcodes.LightLightnessRangeGet);
    }

    public static byte[] RangeSet(int minimum, int maximum, bool acknowledged = true)
    {
        return new MessageWriter(acknowledged ? Opcodes.LightLightnessRangeSet : Opcodes.LightLightnessRangeSetUnacknowledged)
            .UInt16(minimum)
            .UInt16(maximum)
            .ToArray();
    }
}
