using MeshNode.Board;

namespace System
{
    /// <summary>Stands in for .NET's: writes to the board's debug channel.</summary>
    internal static class Console
    {
        public static void Write(string value)
        {
            Chip.Write(value);
        }

        public static void WriteLine()
        {
            Chip.Write("");
        }

        public static void WriteLine(string value)
        {
            Chip.Write(value);
        }
    }
}
