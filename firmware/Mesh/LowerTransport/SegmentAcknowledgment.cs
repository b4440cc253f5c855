namespace MeshNode.LowerTransport
{
    /// <summary>The Segment Acknowledgment message. See Mesh Protocol 1.1, section 3.5.2.3.1.</summary>
    public static class SegmentAcknowledgment
    {
        /// <summary>Its opcode.</summary>
        public const int Opcode = 0x00;

        /// <summary>Octets of the Lower Transport PDU.</summary>
        public const int Length = 7;

        private const int OnBehalfOf = 0x8000;
        private const int SeqZeroShift = 2;

        /// <summary>Writes it as a Lower Transport PDU.</summary>
        /// <param name="onBehalfOf">OBO: whether a Friend sends it for its Low Power node.</param>
        /// <param name="seqZero">SeqZero of the message.</param>
        /// <param name="blockAck">A bit for each segment that was received; 0 to refuse the message.</param>
        /// <returns>Octets written.</returns>
        public static int Encode(bool onBehalfOf, int seqZero, uint blockAck, byte[] pdu)
        {
            pdu[0] = Opcode;
            BigEndian.WriteUInt16(pdu, 1, (onBehalfOf ? OnBehalfOf : 0) | (seqZero << SeqZeroShift));
            BigEndian.WriteUInt32(pdu, 3, blockAck);

            return Length;
        }

        /// <summary>OBO.</summary>
        public static bool IsOnBehalfOf(byte[] pdu, int offset)
        {
            return (BigEndian.ReadUInt16(pdu, offset + 1) & OnBehalfOf) != 0;
        }

        /// <summary>SeqZero.</summary>
        public static int SeqZero(byte[] pdu, int offset)
        {
            return (BigEndian.ReadUInt16(pdu, offset + 1) >> SeqZeroShift) & LowerTransportPdu.SeqZeroMask;
        }

        /// <summary>BlockAck.</summary>
        public static uint BlockAck(byte[] pdu, int offset)
        {
            return BigEndian.ReadUInt32(pdu, offset + 3);
        }
    }
}
