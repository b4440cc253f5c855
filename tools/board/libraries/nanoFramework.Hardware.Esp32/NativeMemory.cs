using MeshNode.Board;
using MeshNode.Board.Memory;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Tells how much native memory there is.</summary>
public class NativeMemory
{
    public enum MemoryType
    {
        All = 0,
        Internal = 1,
        SpiRam = 2,
    }

    /// <remarks>A virtual board has no SPI RAM, and its memory is never fragmented.</remarks>
    public static void GetMemoryInfo(MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
    {
        NativeHeap heap = Chip.Board.Memory;
        bool isInternal = memType != MemoryType.SpiRam;
        Chip.Boot.Bluetooth.OnNative(nameof(GetMemoryInfo));
        totalSize = isInternal ? (uint)heap.Total : 0;
        totalFreeSize = isInternal ? (uint)heap.Free : 0;
        largestFreeBlock = totalFreeSize;
    }
}
