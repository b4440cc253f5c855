using System;

namespace MeshNode.Kit.Messages;

/// <summary>Count and interval steps in one octet. See Mesh Protocol 1.1, section 4.2 (Network Transmit, Relay Retransmit, Publish Retransmit).</summary>
public static class TransmitParameters
{
    private const int CountBits = 3;
    private const int MaxCount = 7;
    private const int MaxSteps = 31;

    /// <summary>The octet.</summary>
    /// <param name="count">0 to 7.</param>
    /// <param name="steps">0 to 31.</param>
    public static int Encode(int count, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)MaxCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)steps, (uint)MaxSteps);

        return count | (steps << CountBits);
    }

    /// <summary>The count, 0 to 7.</summary>
    public static int Count(int octet)
    {
        return octet & MaxCount;
    }

    /// <summary>The steps, 0 to 31.</summary>
    public static int Steps(int octet)
    {
        return octet >> CountBits;
    }
}
