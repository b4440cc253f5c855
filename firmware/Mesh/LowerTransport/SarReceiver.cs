namespace MeshNode.LowerTransport
{
    /// <summary>
    /// The SAR Receiver state: how segmented messages are acknowledged. See Mesh Protocol 1.1, sections 3.5.3.4 and 4.2 (SAR Receiver).
    /// </summary>
    public sealed class SarReceiver
    {
        /// <summary>Octets of the state in a message.</summary>
        public const int Size = 3;

        private const int SegmentStep = 10;
        private const int DiscardStep = 5000;
        private const int Used = 0x03FFFF;
        private const int Default = 0x005123;

        // As in the messages, least significant octet first.
        private int _state;

        /// <summary>With a SegN above this, acknowledgments are repeated; 0 to 31.</summary>
        public int SegmentsThreshold
        {
            get { return _state & 0x1F; }
        }

        /// <summary>Segment intervals, and one and a half more, that an acknowledgment waits for further segments; 0 to 7.</summary>
        public int AcknowledgmentDelayIncrement
        {
            get { return (_state >> 5) & 0x07; }
        }

        /// <summary>How often an acknowledgment is repeated, 0 to 3.</summary>
        public int AcknowledgmentRetransmissions
        {
            get { return (_state >> 16) & 0x03; }
        }

        /// <summary>A message that gets no new segment for this many steps of 5 s, and one more, is discarded; 0 to 15.</summary>
        public int DiscardTimeoutStep
        {
            get { return (_state >> 8) & 0x0F; }
        }

        /// <summary>Segments are expected to be this many steps of 10 ms, and one more, apart; 0 to 15.</summary>
        public int SegmentIntervalStep
        {
            get { return (_state >> 12) & 0x0F; }
        }

        /// <summary>Sets the state to its defaults.</summary>
        public SarReceiver()
        {
            Reset();
        }

        /// <summary>Milliseconds that segments are expected to be apart.</summary>
        public int SegmentInterval
        {
            get { return (SegmentIntervalStep + 1) * SegmentStep; }
        }

        /// <summary>Milliseconds after which a message that gets no new segment is discarded.</summary>
        public int DiscardTimeout
        {
            get { return (DiscardTimeoutStep + 1) * DiscardStep; }
        }

        /// <summary>Milliseconds in which a message that was received before is acknowledged once: increment + 1.5 segment intervals.</summary>
        public int AcknowledgmentInterval
        {
            get { return (2 * AcknowledgmentDelayIncrement + 3) * SegmentInterval / 2; }
        }

        /// <summary>Milliseconds that an acknowledgment waits after the last new segment: min(SegN + 0.5, increment + 1.5) segment intervals.</summary>
        public int AcknowledgmentDelay(int segN)
        {
            int halves = segN < AcknowledgmentDelayIncrement + 1 ? 2 * segN + 1 : 2 * AcknowledgmentDelayIncrement + 3;

            return halves * SegmentInterval / 2;
        }

        /// <summary>Sets the state to its defaults: 150 ms, no repetition, 10 s.</summary>
        public void Reset()
        {
            _state = Default;
        }

        /// <summary>Reads the state as in a SAR Receiver Set message. All values are allowed.</summary>
        public void Decode(byte[] buffer, int offset)
        {
            _state = (LittleEndian.ReadUInt16(buffer, offset) | (buffer[offset + 2] << 16)) & Used;
        }

        /// <summary>Writes the state as in a SAR Receiver Status message.</summary>
        /// <returns>Octets written: 3.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            LittleEndian.WriteUInt24(buffer, offset, _state);

            return Size;
        }
    }
}
