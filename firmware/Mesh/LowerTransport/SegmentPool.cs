namespace MeshNode.LowerTransport
{
    /// <summary>
    /// The memory for segments, which everything that is longer than one PDU shares: what is received, what is sent, and answers that wait.
    /// </summary>
    /// <remarks>
    /// A segment is known by its number. Who will need several asks for all of them with <see cref="Reserve"/>, so that two messages cannot
    /// wait for each other; segments that are reserved are there when they are taken. 12 octets a segment.
    /// </remarks>
    public sealed class SegmentPool
    {
        /// <summary>Octets of a segment.</summary>
        public const int SegmentSize = LowerTransportPdu.AccessSegmentSize;

        private int _freeCount;
        private byte _firstFree;
        private int _reserved;

        /// <summary>The segments: a segment starts at its number times <see cref="SegmentSize"/>. The first octet of a free one is the number of the next.</summary>
        internal readonly byte[] Data;

        /// <param name="capacity">Number of segments, 32 to 255.</param>
        public SegmentPool(int capacity)
        {
            Data = new byte[capacity * SegmentSize];
            _freeCount = capacity;

            for (int i = 0; i < capacity; i++)
            {
                Data[i * SegmentSize] = (byte)(i + 1);
            }
        }

        /// <summary>Segments that nobody has taken or reserved.</summary>
        public int Available
        {
            get { return _freeCount - _reserved; }
        }

        /// <summary>Reserves segments.</summary>
        /// <returns><see langword="false"/> when there are not so many.</returns>
        public bool Reserve(int count)
        {
            if (count > _freeCount - _reserved)
            {
                return false;
            }

            _reserved += count;

            return true;
        }

        /// <summary>Gives a reservation back for segments that were not taken.</summary>
        public void Unreserve(int count)
        {
            _reserved -= count;
        }

        /// <summary>Takes one of the segments that were reserved.</summary>
        public byte Take()
        {
            _reserved--;
            _freeCount--;
            byte segment = _firstFree;
            _firstFree = Data[segment * SegmentSize];

            return segment;
        }

        /// <summary>Gives a segment back. It is zeroed.</summary>
        public void Release(byte segment)
        {
            System.Array.Clear(Data, segment * SegmentSize, SegmentSize);
            Data[segment * SegmentSize] = _firstFree;
            _firstFree = segment;
            _freeCount++;
        }
    }
}
