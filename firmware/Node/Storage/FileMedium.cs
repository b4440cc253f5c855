using System;
using System.IO;

namespace MeshNode.Storage
{
    /// <summary>The two areas of a journal as files of the internal drive.</summary>
    /// <remarks>
    /// Flush of a FileStream does not make anything last on a stock image: closing the file does, as a whole or not at all. So the file that is
    /// written stays open until <see cref="Flush"/> only.
    /// </remarks>
    internal sealed class FileMedium : IJournalMedium
    {
        private static readonly string[] s_paths = new string[] { "I:\\journal0", "I:\\journal1" };

        private readonly int _capacity;
        private FileStream _stream;
        private int _area;

        /// <param name="capacity">Octets of each file at most, a multiple of 4.</param>
        public FileMedium(int capacity)
        {
            _capacity = capacity;
        }

        /// <inheritdoc/>
        public int Capacity
        {
            get { return _capacity; }
        }

        /// <inheritdoc/>
        public int Length(int area)
        {
            try
            {
                if (!File.Exists(s_paths[area]))
                {
                    return 0;
                }

                long length = Open(area).Length;

                return length < _capacity ? (int)length : _capacity;
            }
            catch (Exception)
            {
                // Not 0, which is a file that is not there: reading fails then.
                return _capacity;
            }
        }

        /// <inheritdoc/>
        public bool Read(int area, int position, byte[] buffer, int offset, int count)
        {
            try
            {
                FileStream stream = Open(area);
                stream.Position = position;

                while (count > 0)
                {
                    int read = stream.Read(buffer, offset, count);

                    if (read <= 0)
                    {
                        return false;
                    }

                    offset += read;
                    count -= read;
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Write(int area, int position, byte[] buffer, int offset, int count)
        {
            try
            {
                FileStream stream = Open(area);

                if (stream.Length != position)
                {
                    return false;
                }

                stream.Position = position;
                stream.Write(buffer, offset, count);

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Flush(int area)
        {
            return _stream == null || _area != area || Close();
        }

        /// <inheritdoc/>
        public bool Erase(int area)
        {
            try
            {
                Close();

                if (File.Exists(s_paths[area]))
                {
                    File.Delete(s_paths[area]);
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private FileStream Open(int area)
        {
            if (_stream == null || _area != area)
            {
                Close();
                _stream = new FileStream(s_paths[area], FileMode.OpenOrCreate, FileAccess.ReadWrite);
                _area = area;
            }

            return _stream;
        }

        private bool Close()
        {
            FileStream stream = _stream;
            _stream = null;

            try
            {
                if (stream != null)
                {
                    stream.Close();
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
