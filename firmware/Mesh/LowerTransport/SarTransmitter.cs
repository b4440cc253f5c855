namespace MeshNode.LowerTransport
{
    /// <summary>
    /// The SAR Transmitter state: how segmented messages are sent. See Mesh Protocol 1.1, sections 3.5.3.3 and 4.2 (SAR Transmitter).
    /// </summary>
    public sealed class SarTransmitter
    {
        /// <summary>Octets of the state in a message.</summary>
        public const int Size = 4;

        private const int SegmentStep = 10;
        private const int RetransmissionStep = 25;
        private const int Mask = 0x0F;
        private const int Used = 0x0FFFFFFF;
        private const int Default = 0x09217225;

        // As in the messages, least significant octet first.
        private int _state;

        /// <summary>Two segments are this many steps of 10 ms, and one more, apart; 0 to 15.</summary>
        public int SegmentIntervalStep
        {
            get { return _state & Mask; }
        }

        /// <summary>Retransmissions of a message to a unicast address, 0 to 15.</summary>
        public int UnicastRetransmissions
        {
            get { return (_state >> 4) & Mask; }
        }

        /// <summary>How many of them in a row may bring no new acknowledgment, 0 to 15.</summary>
        public int UnicastRetransmissionsWithoutProgress
        {
            get { return (_state >> 8) & Mask; }
        }

        /// <summary>An acknowledgment is waited for this many steps of 25 ms, and one more; 0 to 15.</summary>
        public int UnicastRetransmissionsIntervalStep
        {
            get { return (_state >> 12) & Mask; }
        }

        /// <summary>And this many steps of 25 ms, and one more, longer for each hop that TTL allows after the first; 0 to 15.</summary>
        public int UnicastRetransmissionsIntervalIncrement
        {
            get { return (_state >> 16) & Mask; }
        }

        /// <summary>Retransmissions of a message to a group or virtual address, 0 to 15.</summary>
        public int MulticastRetransmissions
        {
            get { return (_state >> 20) & Mask; }
        }

        /// <summary>They are this many steps of 25 ms, and one more, apart; 0 to 15.</summary>
        public int MulticastRetransmissionsIntervalStep
        {
            get { return (_state >> 24) & Mask; }
        }

        /// <summary>Sets the state to its defaults.</summary>
        public SarTransmitter()
        {
            Reset();
        }

        /// <summary>Milliseconds between two segments.</summary>
        public int SegmentInterval
        {
            get { return (SegmentIntervalStep + 1) * SegmentStep; }
        }

        /// <summary>Milliseconds between two rounds to a group or virtual address.</summary>
        public int MulticastInterval
        {
            get { return (MulticastRetransmissionsIntervalStep + 1) * RetransmissionStep; }
        }

        /// <summary>Milliseconds that an acknowledgment is waited for.</summary>
        public int UnicastInterval(int ttl)
        {
            int interval = (UnicastRetransmissionsIntervalStep + 1) * RetransmissionStep;

            return ttl < 2 ? interval : interval + (UnicastRetransmissionsIntervalIncrement + 1) * RetransmissionStep * (ttl - 1);
        }

        /// <summary>Sets the state to its defaults: 60 ms, two retransmissions after 200 ms and 50 ms for each hop, for groups after 250 ms.</summary>
        public void Reset()
        {
            _state = Default;
        }

        /// <summary>Reads the state as in a SAR Transmitter Set message. All values are allowed.</summary>
        public void Decode(byte[] buffer, int offset)
        {
            _state = (LittleEndian.ReadUInt16(buffer, offset) | (LittleEndian.ReadUInt16(buffer, offset + 2) << 16)) & Used;
        }

        /// <summary>Writes the state as in a SAR Transmitter Status message.</summary>
        /// <returns>Octets written: 4.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            LittleEndian.WriteUInt16(buffer, offset, _state);
            LittleEndian.WriteUInt16(buffer, offset + 2, _state >> 16);

            return Size;
        }
    }
}
