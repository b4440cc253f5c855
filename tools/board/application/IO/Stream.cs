namespace System.IO
{
    /// <summary>Stands in for .NET's, without what needs a span.</summary>
    internal abstract class Stream : IDisposable
    {
        public abstract bool CanRead { get; }

        public abstract bool CanSeek { get; }

        public abstract bool CanWrite { get; }

        public abstract long Length { get; }

        public abstract long Position { get; set; }

        public abstract void Flush();

        public abstract int Read(byte[] buffer, int offset, int count);

        public abstract long Seek(long offset, SeekOrigin origin);

        public abstract void SetLength(long value);

        public abstract void Write(byte[] buffer, int offset, int count);

        public virtual int ReadByte()
        {
            byte[] octet = new byte[1];

            return Read(octet, 0, 1) == 1 ? octet[0] : -1;
        }

        public virtual void WriteByte(byte value)
        {
            Write(new byte[] { value }, 0, 1);
        }

        public virtual void Close()
        {
            Dispose(true);
        }

        public void Dispose()
        {
            Close();
        }

        protected virtual void Dispose(bool disposing)
        {
        }
    }
}
