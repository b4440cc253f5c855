using MeshNode.Board;

namespace System.IO
{
    /// <summary>Stands in for .NET's: folders on the board's drive.</summary>
    internal static class Directory
    {
        public static bool Exists(string path)
        {
            return Chip.Files.DirectoryExists(path);
        }

        public static string[] GetFiles(string path)
        {
            return Chip.Files.FilesIn(path);
        }

        public static string[] GetDirectories(string path)
        {
            return Chip.Files.DirectoriesIn(path);
        }

        public static void Delete(string path)
        {
            using AccountScope scope = Chip.EnterLibrary();
            Chip.Files.DeleteDirectory(path);
        }

        /// <summary>The library also returns the folder.</summary>
        public static void CreateDirectory(string path)
        {
            using AccountScope scope = Chip.EnterLibrary();
            Chip.Files.CreateDirectory(path);
        }
    }
}
