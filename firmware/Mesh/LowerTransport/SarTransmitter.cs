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

        /// <summary>Two segments are this many steps of 10 ms, and one more, apart; 0 to 15.</summary>
        public int SegmentIntervalStep;

        /// <summary>Retransmissions of a message to a unicast address, 0 to 15.</summary>
        public int UnicastRetransmissions;

        /// <summary>How many of them in a row may bring no new acknowledgment, 0 to 15.</summary>
        public int UnicastRetransmissionsWithoutProgress;

        /// <summary>An acknowledgment is waited for this many steps of 25 ms, and one more; 0 to 15.</summary>
        public int UnicastRetransmissionsIntervalStep;

        /// <summary>And this many steps of 25 ms, and one more, longer for each hop that TTL allows after the first; 0 to 15.</summary>
        public int UnicastRetransmissionsIntervalIncrement;

        /// <summary>Retransmissions of a message to a group or virtual address, 0 to 15.</summary>
        public int MulticastRetransmissions;

        /// <summary>They are this many steps of 25 ms, and one more, apart; 0 to 15.</summary>
        public int MulticastRetransmissionsIntervalStep;

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
            SegmentIntervalStep = 5;
            UnicastRetransmissions = 2;
            UnicastRetransmissionsWithoutProgress = 2;
            UnicastRetransmissionsIntervalStep = 7;
            UnicastRetransmissionsIntervalIncrement = 1;
            MulticastRetransmissions = 2;
            MulticastRetransmissionsIntervalStep = 9;
        }

        /// <summary>Reads the state as in a SAR Transmitter Set message. All values are allowed.</summary>
        public void Decode(byte[] buffer, int offset)
        {
            SegmentIntervalStep = buffer[offset] & 0x0F;
            UnicastRetransmissions = buffer[offset] >> 4;
            UnicastRetransmissionsWithoutProgress = buffer[offset + 1] & 0x0F;
            UnicastRetransmissionsIntervalStep = buffer[offset + 1] >> 4;
            UnicastRetransmissionsIntervalIncrement = buffer[offset + 2] & 0x0F;
            MulticastRetransmissions = buffer[offset + 2] >> 4;
            MulticastRetransmissionsIntervalStep = buffer[offset + 3] & 0x0F;
        }

        /// <summary>Writes the state as in a SAR Transmitter Status message.</summary>
        /// <returns>Octets written: 4.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(SegmentIntervalStep | (UnicastRetransmissions << 4));
            buffer[offset + 1] = (byte)(UnicastRetransmissionsWithoutProgress | (UnicastRetransmissionsIntervalStep << 4));
            buffer[offset + 2] = (byte)(UnicastRetransmissionsIntervalIncrement | (MulticastRetransmissions << 4));
            buffer[offset + 3] = (byte)MulticastRetransmissionsIntervalStep;

            return Size;
        }
    }
}
