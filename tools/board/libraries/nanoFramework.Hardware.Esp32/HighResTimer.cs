using MeshNode.Board;

namespace nanoFramework.Hardware.Esp32;

/// <summary>The microseconds of the chip.</summary>
public class HighResTimer
{
    private const ulong MicrosecondsPerMillisecond = 1000;

    public static ulong GetCurrent()
    {
        return (ulong)Chip.TickCount * MicrosecondsPerMillisecond;
    }
}
