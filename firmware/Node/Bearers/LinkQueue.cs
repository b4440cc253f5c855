using System;

namespace MeshNode.Bearers
{
    /// <summary>
    /// What happens to the connection of a client, in order, on its way from the thread of native events to the thread that owns the stack.
    /// </summary>
    /// <remarks>One thread adds, one takes, as with <see cref="ReportQueue"/>. A value that finds no room is dropped; other events nearly always find it.</remarks>
    internal sealed class LinkQueue
    {
        /// <summary>
        /// Octets of a value that are kept: more than the longest Proxy PDU has, so that the stack sees that a longer one is none.
        /// </summary>
        public const int MaxValue = 72;

        private const int Capacity = 512;
        private const int HeaderSize = 3;

        // Kept free of values, for the short events.
        private const int Reserve = 48;

        private readonly byte[] _ring = new byte[Capacity];
        private readonly byte[] _header = new byte[HeaderSize];
        private int _added;
        private int _taken;
        private int _dropped;

        /// <summary>Values that found no room.</summary>
        public int Dropped
        {
            get { return _dropped; }
        }

        /// <summary>Adds an event.</summary>
        /// <param name="type">See <see cref="LinkEvent"/>.</param>
        /// <param name="value">0 to 65535.</param>
        public void Add(int type, int value)
        {
            if (Capacity - (_added - _taken) >= HeaderSize)
            {
                Write(type, value, null);
            }
        }

        /// <summary>Adds a value that was written. It is copied, as far as it is kept.</summary>
        public void AddWritten(byte[] value, int count)
        {
            count = count < MaxValue ? count : MaxValue;

            if (Capacity - (_added - _taken) < HeaderSize + count + Reserve)
            {
                _dropped++;

                return;
            }

            Write(LinkEvent.Written, count, value);
        }

        /// <summary>Takes the oldest event.</summary>
        /// <param name="value">Its value, or the number of octets written.</param>
        /// <param name="octets">Takes the octets written, up to <see cref="MaxValue"/>.</param>
        /// <returns>See <see cref="LinkEvent"/>; 0 when there is none.</returns>
        public int Take(out int value, byte[] octets)
        {
            value = 0;

            if (_taken == _added)
            {
                return 0;
            }

            int taken = _taken;
            int type = _ring[taken & (Capacity - 1)];
            value = (_ring[(taken + 1) & (Capacity - 1)] << 8) | _ring[(taken + 2) & (Capacity - 1)];
            taken += HeaderSize;

            if (type == LinkEvent.Written)
            {
                int start = taken & (Capacity - 1);
                int first = value < Capacity - start ? value : Capacity - start;
                Array.Copy(_ring, start, octets, 0, first);
                Array.Copy(_ring, 0, octets, first, value - first);
                taken += value;
            }

            _taken = taken;

            return type;
        }

        private void Write(int type, int value, byte[] octets)
        {
            _header[0] = (byte)type;
            _header[1] = (byte)(value >> 8);
            _header[2] = (byte)value;
            int added = Copy(_header, HeaderSize, _added);

            if (octets != null)
            {
                added = Copy(octets, value, added);
            }

            _added = added;
        }

        private int Copy(byte[] source, int count, int position)
        {
            int start = position & (Capacity - 1);
            int first = count < Capacity - start ? count : Capacity - start;
            Array.Copy(source, 0, _ring, start, first);
            Array.Copy(source, first, _ring, 0, count - first);

            return position + count;
        }
    }
}
