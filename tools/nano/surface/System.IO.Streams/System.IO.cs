namespace System.IO
{
    public enum SeekOrigin
    {
        Begin = 0,
        Current = 1,
        End = 2,
    }

    public abstract class Stream : MarshalByRefObject, IDisposable
    {
        protected extern Stream();
        protected virtual extern void Dispose(bool disposing);
        public abstract bool CanRead { get; }
        public abstract bool CanSeek { get; }
        public abstract bool CanWrite { get; }
        public abstract int Read(byte[] buffer, int offset, int count);
        public abstract long Length { get; }
        public abstract long Position { get; set; }
        public abstract long Seek(long offset, SeekOrigin origin);
        public abstract void Flush();
        public abstract void SetLength(long value);
        public abstract void Write(byte[] buffer, int offset, int count);
        public virtual extern int ReadByte();
        public virtual extern void Close();
        public virtual extern void WriteByte(byte value);
        public extern void Dispose();
    }
}
