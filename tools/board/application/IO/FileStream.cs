using MeshNode.Board;
using MeshNode.Board.Files;

namespace System.IO
{
    /// <summary>
    /// Stands in for .NET's: a file on the board's drive. What is written becomes durable when it is closed, not when it is flushed.
    /// </summary>
    internal class FileStream : Stream
    {
        private readonly OpenFile _file;
        private readonly bool _canRead;
        private readonly bool _canWrite;
        private readonly long _seekLimit;
        private bool _isClosed;

        public FileStream(string path, FileMode mode)
            : this(path, mode, mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access)
            : this(path, mode, access, FileShare.Read)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access, FileShare share)
            : this(path, mode, access, share, 0)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize)
        {
            using AccountScope scope = Chip.EnterLibrary();
            Name = path;
            _canRead = (access & FileAccess.Read) != 0;
            _canWrite = (access & FileAccess.Write) != 0;

            if ((!_canWrite && mode != FileMode.Open && mode != FileMode.OpenOrCreate) || (_canRead && mode == FileMode.Append))
            {
                throw new ArgumentException();
            }

            bool exists = Chip.Files.FileExists(path);

            if (exists ? mode == FileMode.CreateNew : mode == FileMode.Open || mode == FileMode.Truncate)
            {
                throw new IOException(path);
            }

            _file = Chip.Files.Open(path);

            if (exists && (mode == FileMode.Create || mode == FileMode.Truncate))
            {
                _file.SetLength(0);
            }

            if (mode == FileMode.Append)
            {
                _seekLimit = _file.Length;
                _file.Position = _file.Length;
            }
        }

        public string Name { get; }

        public override bool CanRead => _canRead && !_isClosed;

        public override bool CanSeek => !_isClosed;

        public override bool CanWrite => _canWrite && !_isClosed;

        public override long Length
        {
            get
            {
                Check(true);

                return _file.Length;
            }
        }

        public override long Position
        {
            get
            {
                Check(true);

                return _file.Position;
            }

            set
            {
                Check(true);

                if (value < _seekLimit)
                {
                    throw new IOException();
                }

                _file.Position = (int)value;
            }
        }

        /// <summary>Hands the octets to littlefs, which keeps them to itself until the file is closed.</summary>
        public override void Flush()
        {
            Check(true);
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Check(_canRead);

            return _file.Read(buffer, offset, count);
        }

        public override long Seek(long offset, SeekOrigin origin)
        {
            Check(true);
            Position = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? _file.Position : _file.Length);

            return Position;
        }

        public override void SetLength(long value)
        {
            Check(_canWrite);
            using AccountScope scope = Chip.EnterLibrary();
            _file.SetLength((int)value);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Check(_canWrite);
            using AccountScope scope = Chip.EnterLibrary();
            _file.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                using AccountScope scope = Chip.EnterLibrary();
                _file.Close();
            }
        }

        private void Check(bool isSupported)
        {
            if (_isClosed)
            {
                throw new ObjectDisposedException(Name);
            }

            if (!isSupported)
            {
                throw new NotSupportedException();
            }
        }
    }
}
