using System;

namespace MeshNode.LowerTransport
{
    /// <summary>
    /// The formats of Lower Transport PDUs. See Mesh Protocol 1.1, section 3.5.2.
    /// </summary>
    public static class LowerTransportPdu
    {
        /// <summary>SEG, in the first octet.</summary>
        public const int Segmented = 0x80;

        /// <summary>AKF, in the first octet of an access message.</summary>
        public const int ApplicationKeyFlag = 0x40;

        /// <summary>AID, in the first octet of an access message.</summary>
        public const int AidMask = 0x3F;

        /// <summary>Opcode, in the first octet of a control message.</summary>
        public const int OpcodeMask = 0x7F;

        /// <summary>Octets in front of the Upper Transport PDU of an unsegmented message.</summary>
        public const int UnsegmentedHeaderSize = 1;

        /// <summary>Octets in front of a segment.</summary>
        public const int SegmentedHeaderSize = 4;

        /// <summary>Most octets of an Upper Transport Access PDU that goes unsegmented.</summary>
        public const int MaxUnsegmentedAccess = 15;

        /// <summary>Most octets of an Upper Transport Control PDU that goes unsegmented.</summary>
        public const int MaxUnsegmentedControl = 11;

        /// <summary>Octets of every segment but the last of an access message.</summary>
        public const int AccessSegmentSize = 12;

        /// <summary>Octets of every segment but the last of a control message.</summary>
        public const int ControlSegmentSize = 8;

        /// <summary>Most segments of a message.</summary>
        public const int MaxSegments = 32;

        /// <summary>Mask of SeqZero.</summary>
        public const int SeqZeroMask = 0x1FFF;

        private const int SzmicShift = 23;
        private const int SeqZeroShift = 10;
        private const int SegOShift = 5;
        private const int SegMask = 0x1F;

        /// <summary>A bit for each segment of a message.</summary>
        public static uint AllSegments(int segN)
        {
            return uint.MaxValue >> (MaxSegments - 1 - segN);
        }

        /// <summary>Reads the fields of a segment's header, to be given to the next four methods.</summary>
        public static int Fields(byte[] pdu, int offset)
        {
            return (pdu[offset + 1] << 16) | (pdu[offset + 2] << 8) | pdu[offset + 3];
        }

        /// <summary>SZMIC.</summary>
        public static bool Szmic(int fields)
        {
            return (fields >> SzmicShift) != 0;
        }

        /// <summary>SeqZero.</summary>
        public static int SeqZero(int fields)
        {
            return (fields >> SeqZeroShift) & SeqZeroMask;
        }

        /// <summary>SegO.</summary>
        public static int SegO(int fields)
        {
            return (fields >> SegOShift) & SegMask;
        }

        /// <summary>SegN.</summary>
        public static int SegN(int fields)
        {
            return fields & SegMask;
        }

        /// <summary>
        /// Writes one segment. See Mesh Protocol 1.1, sections 3.5.2.2 and 3.5.2.4.
        /// </summary>
        /// <param name="header">AKF and AID, or the opcode of a control message.</param>
        /// <param name="szmic">Whether the TransMIC has 64 bits; <see langword="false"/> for control messages.</param>
        /// <param name="seqZero">The 13 least significant bits of the first segment's SEQ.</param>
        /// <param name="segO">Segment offset number, 0 to <paramref name="segN"/>.</param>
        /// <param name="segN">Last segment number, 0 to 31.</param>
        /// <param name="segment">Holds the segment.</param>
        /// <param name="offset">Where in <paramref name="segment"/> it starts.</param>
        /// <param name="count">Its octets, 1 to 12.</param>
        /// <param name="pdu">Takes at most 16 octets.</param>
        /// <returns>Octets written.</returns>
        public static int EncodeSegment(
            int header,
            bool szmic,
            int seqZero,
            int segO,
            int segN,
            byte[] segment,
            int offset,
            int count,
            byte[] pdu)
        {
            int fields = (seqZero << SeqZeroShift) | (segO << SegOShift) | segN;

            if (szmic)
            {
                fields |= 1 << SzmicShift;
            }

            pdu[0] = (byte)(Segmented | header);
            pdu[1] = (byte)(fields >> 16);
            pdu[2] = (byte)(fields >> 8);
            pdu[3] = (byte)fields;
            Array.Copy(segment, offset, pdu, SegmentedHeaderSize, count);

            return SegmentedHeaderSize + count;
        }

        /// <summary>Writes an unsegmented Lower Transport PDU.</summary>
        /// <param name="header">AKF and AID, or the opcode of a control message.</param>
        /// <param name="pdu">Takes one octet more than <paramref name="upperCount"/>.</param>
        /// <returns>Octets written.</returns>
        public static int EncodeUnsegmented(int header, byte[] upper, int upperCount, byte[] pdu)
        {
            pdu[0] = (byte)header;
            Array.Copy(upper, 0, pdu, UnsegmentedHeaderSize, upperCount);

            return UnsegmentedHeaderSize + upperCount;
        }
    }
}
