using MeshNode.Board;

namespace System
{
    /// <summary>Stands in for .NET's.</summary>
    internal static class Environment
    {
        /// <summary>Milliseconds since reset.</summary>
        public static long TickCount64 => Chip.TickCount;
    }
}
