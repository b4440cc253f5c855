namespace System.IO
{
    public static class Directory
    {
        public static extern bool Exists(string path);
        public static extern string[] GetDirectories(string path);
        public static extern string[] GetFiles(string path);
        public static extern void Delete(string path);
    }

    public static class File
    {
        public static extern FileStream Create(string path);
        public static extern FileStream Open(string path, FileMode mode);
        public static extern FileStream Open(string path, FileMode mode, FileAccess access);
        public static extern FileStream Open(string path, FileMode mode, FileAccess access, FileShare share);
        public static extern FileStream OpenRead(string path);
        public static extern FileStream OpenWrite(string path);
        public static extern bool Exists(string path);
        public static extern byte[] ReadAllBytes(string path);
        public static extern void Delete(string path);
        public static extern void Move(string sourceFileName, string destFileName);
        public static extern void WriteAllBytes(string path, byte[] bytes);
    }

    [Flags]
    public enum FileAccess
    {
        Read = 1,
        Write = 2,
        ReadWrite = 3,
    }

    public enum FileMode
    {
        CreateNew = 1,
        Create = 2,
        Open = 3,
        OpenOrCreate = 4,
        Truncate = 5,
        Append = 6,
    }

    [Flags]
    public enum FileShare
    {
        None = 0,
        Read = 1,
        Write = 2,
        ReadWrite = 3,
    }

    public class FileStream : Stream
    {
        protected override extern void Dispose(bool disposing);
        public extern FileStream(string path, FileMode mode);
        public extern FileStream(string path, FileMode mode, FileAccess access);
        public extern FileStream(string path, FileMode mode, FileAccess access, FileShare share);
        public override extern bool CanRead { get; }
        public override extern bool CanSeek { get; }
        public override extern bool CanWrite { get; }
        public override extern int Read(byte[] buffer, int offset, int count);
        public override extern int ReadByte();
        public override extern long Length { get; }
        public override extern long Position { get; set; }
        public override extern long Seek(long offset, SeekOrigin origin);
        public override extern void Close();
        public override extern void Flush();
        public override extern void SetLength(long value);
        public override extern void Write(byte[] buffer, int offset, int count);
        public override extern void WriteByte(byte value);
        public extern string Name { get; }
    }
}
