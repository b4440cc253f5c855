using MeshNode.Board;

namespace System.Diagnostics
{
    /// <summary>Stands in for .NET's: writes to the board's debug channel.</summary>
    internal static class Debug
    {
        [Conditional("DEBUG")]
        public static void Assert(bool condition)
        {
            if (!condition)
            {
                Chip.Write("Assertion failed");
            }
        }

        [Conditional("DEBUG")]
        public static void Assert(bool condition, string message)
        {
            if (!condition)
            {
                Chip.Write("Assertion failed: " + message);
            }
        }

        [Conditional("DEBUG")]
        public static void Write(string message)
        {
            Chip.Write(message);
        }

        [Conditional("DEBUG")]
        public static void WriteLine()
        {
            Chip.Write("");
        }

        [Conditional("DEBUG")]
        public static void WriteLine(string message)
        {
            Chip.Write(message);
        }
    }
}
