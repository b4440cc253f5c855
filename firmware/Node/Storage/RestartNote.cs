namespace MeshNode.Storage
{
    /// <summary>
    /// What a planned restart leaves behind for the start that follows: why, and how the lamp was, which would come up as after a loss of power.
    /// </summary>
    internal static class RestartNote
    {
        private const string Path = "I:\\restart";
        private const int Size = 3;

        /// <summary>Leaves a note.</summary>
        /// <param name="reason">See <see cref="RestartReason"/>.</param>
        /// <param name="level">How the lamp is, 0 to 65535.</param>
        public static void Leave(int reason, int level)
        {
            SmallFile.Write(Path, new byte[] { (byte)reason, (byte)(level >> 8), (byte)level });
        }

        /// <summary>Takes the note away.</summary>
        /// <returns>See <see cref="RestartReason"/>; <see cref="RestartReason.None"/> when the restart was not planned.</returns>
        public static int Take(out int level)
        {
            byte[] note = SmallFile.Read(Path);
            level = 0;

            if (note == null || !SmallFile.Delete(Path) || note.Length != Size)
            {
                return RestartReason.None;
            }

            level = (note[1] << 8) | note[2];

            return note[0];
        }
    }
}
