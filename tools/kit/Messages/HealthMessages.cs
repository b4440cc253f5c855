namespace MeshNode.Kit.Messages;

/// <summary>The messages of a Health Client. See Mesh Protocol 1.1, section 4.3.3.</summary>
public static class HealthMessages
{
    public static byte[] FaultGet(int company)
    {
        return new MessageWriter(Opcodes.HealthFaultGet).UInt16(company).ToArray();
    }

    public static byte[] FaultClear(int company, bool acknowledged = true)
    {
        return new MessageWriter(acknowledged ? Opcodes.HealthFaultClear : Opcodes.HealthFaultClearUnacknowledged).UInt16(company).ToArray();
    }

    public static byte[] FaultTest(int testId, int company, bool acknowledged = true)
    {
        return new MessageWriter(acknowledged ? Opcodes.HealthFaultTest : Opcodes.HealthFaultTestUnacknowledged).Octet(testId).UInt16(company).ToArray();
    }

    public static byte[] PeriodGet()
    {
        return ConfigurationMessages.Get(Opcodes.HealthPeriodGet);
    }

    /// <param name="divisor">Fast Period Divisor, 0 to 15.</param>
    public static byte[] PeriodSet(int divisor, bool acknowledged = true)
    {
        return ConfigurationMessages.Set(acknowledged ? Opcodes.HealthPeriodSet : Opcodes.HealthPeriodSetUnacknowledged, divisor);
    }

    public static byte[] AttentionGet()
    {
        return ConfigurationMessages.Get(Opcodes.HealthAttentionGet);
    }

    /// <param name="seconds">0 to 255.</param>
    public static byte[] AttentionSet(int seconds, bool acknowledged = true)
    {
        return ConfigurationMessages.Set(acknowledged ? Opcodes.HealthAttentionSet : Opcodes.HealthAttentionSetUnacknowledged, seconds);
    }
}
