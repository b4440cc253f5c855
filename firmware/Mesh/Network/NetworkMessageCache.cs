using System;

namespace MeshNode.Network
{
    /// <summary>
    /// The network message cache: SRC and SEQ of the Network PDUs that were processed lately, over whatever path they came.
    /// See Mesh Protocol 1.1, section 3.4.6.5.
    /// </summary>
    /// <remarks>Entries are in sets of 4; in a full set the oldest gives way. 64 entries take 636 octets.</remarks>
    public sealed class NetworkMessageCache
    {
        private const int Ways = 4;
        private const long Used = 1L << 40;

        private readonly long[] _entries;
        private readonly byte[] _next;
        private int _added;

        /// <param name="capacity">Number of entries, a power of two from 8 on.</param>
        public NetworkMessageCache(int capacity)
        {
            _entries = new long[capacity];
            _next = new byte[capacity / Ways];
        }

        /// <summary>The number under which a message is kept.</summary>
        /// <param name="ivi">Least significant bit of the IV Index it was secured with.</param>
        public static long Key(uint ivi, int source, uint sequence)
        {
            long key = (int)ivi;

            return Used | (key << 39) | ((long)source << 24) | sequence;
        }

        /// <summary>Whether the message is in the cache.</summary>
        public bool Contains(long key)
        {
            long[] entries = _entries;
            int first = Set(key);

            return entries[first] == key || entries[first + 1] == key || entries[first + 2] == key || entries[first + 3] == key;
        }

        /// <summary>Enters a message.</summary>
        public void Add(long key)
        {
            int first = Set(key);
            int way = _next[first >> 2];
            _next[first >> 2] = (byte)((way + 1) & (Ways - 1));
            _added = first + way;
            _entries[_added] = key;
        }

        /// <summary>Takes back what the last <see cref="Add"/> entered.</summary>
        public void TakeBack()
        {
            _next[_added >> 2] = (byte)(_added & (Ways - 1));
            _entries[_added] = 0;
        }

        /// <summary>Forgets everything.</summary>
        public void Clear()
        {
            Array.Clear(_entries, 0, _entries.Length);
        }

        // Consecutive SEQ of one source go to consecutive sets; sources are spread by their low bits.
        private int Set(long key)
        {
            int low = (int)key;

            return ((low + (int)(key >> 24)) << 2) & (_entries.Length - 1);
        }
    }
}
