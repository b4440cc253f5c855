using System;
using MeshNode.Storage;

namespace MeshNode.Tool.Heap
{
    /// <summary>Two files in RAM: what a <see cref="ConfiguredNode"/> is kept in. Not part of the account, as a device has them in flash.</summary>
    internal sealed class MemoryMedium : IJournalMedium
    {
        private readonly byte[][] _areas = { new byte[0], new byte[0] };
        private readonly int[] _lengths = new int[2];

        /// <inheritdoc/>
        public int Capacity
        {
            get { return 4096; }
        }

        /// <inheritdoc/>
        public int Length(int area)
        {
            return _lengths[area];
        }

        /// <inheritdoc/>
        public bool Read(int area, int position, byte[] buffer, int offset, int count)
        {
            Array.Copy(_areas[area], position, buffer, offset, count);

            return true;
        }

        /// <inheritdoc/>
        public bool Write(int area, int position, byte[] buffer, int offset, int count)
        {
            if (_areas[area].Length == 0)
            {
                _areas[area] = new byte[Capacity];
            }

            Array.Copy(buffer, offset, _areas[area], position, count);
            _lengths[area] = position + count;

            return true;
        }

        /// <inheritdoc/>
        public bool Flush(int area)
        {
            return true;
        }

        /// <inheritdoc/>
        public bool Erase(int area)
        {
            _areas[area] = new byte[0];
            _lengths[area] = 0;

            return true;
        }
    }
}
