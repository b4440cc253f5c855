using MeshNode.Board;

namespace System.IO
{
    /// <summary>Stands in for .NET's: files on the board's drive.</summary>
    internal static class File
    {
        public static FileStream Create(string path)
        {
            return new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        }

        public static FileStream Open(string path, FileMode mode)
        {
            return new FileStream(path, mode);
        }

        public static FileStream Open(string path, FileMode mode, FileAccess access)
        {
            return new FileStream(path, mode, access);
        }

        public static FileStream OpenRead(string path)
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read);
        }

        public static FileStream OpenWrite(string path)
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write);
        }

        public static bool Exists(string path)
        {
            using AccountScope scope = Chip.EnterLibrary();

            try
            {
                return Chip.Files.FileExists(path);
            }
            catch (IOException)
            {
                return false;
            }
        }

        public static void Delete(string path)
        {
            using AccountScope scope = Chip.EnterLibrary();
            Chip.Files.Delete(path);
        }

        public static void Move(string sourceFileName, string destFileName)
        {
            using AccountScope scope = Chip.EnterLibrary();
            Chip.Files.Move(sourceFileName, destFileName);
        }

        public static byte[] ReadAllBytes(string path)
        {
            using FileStream file = OpenRead(path);
            byte[] octets = new byte[(int)file.Length];
            file.Read(octets, 0, octets.Length);

            return octets;
        }

        public static void WriteAllBytes(string path, byte[] bytes)
        {
            using FileStream file = Create(path);
            file.Write(bytes, 0, bytes.Length);
        }
    }
}
