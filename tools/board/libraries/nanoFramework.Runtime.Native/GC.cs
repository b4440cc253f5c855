using MeshNode.Board;

namespace nanoFramework.Runtime.Native;

/// <summary>Collects garbage, of which a virtual board has none.</summary>
public static class GC
{
    /// <returns>Octets of managed heap that are free.</returns>
    public static uint Run(bool compactHeap)
    {
        return Chip.Board.Profile.ManagedHeap;
    }

    public static void EnableGCMessages(bool enable)
    {
    }
}
