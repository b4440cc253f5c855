using System;
using MeshNode.Network;

namespace MeshNode.LowerTransport
{
    /// <summary>
    /// A segmented message that is sent. See Mesh Protocol 1.1, section 3.5.3.3.
    /// </summary>
    /// <remarks>Plain fields, because a property costs a call on the interpreter; the <see cref="LowerTransportLayer"/> owns them. 276 octets.</remarks>
    internal sealed class Transmission
    {
        /// <summary>The message that is sent, else <see langword="null"/>: the subnet it goes to.</summary>
        public Subnet Subnet;

        /// <summary>SRC.</summary>
        public int Source;

        /// <summary>DST.</summary>
        public int Destination;

        /// <summary>CTL.</summary>
        public bool Control;

        /// <summary>AKF and AID, or the opcode.</summary>
        public int Header;

        /// <summary>SZMIC.</summary>
        public bool Szmic;

        /// <summary>TTL.</summary>
        public int Ttl;

        /// <summary>SEQ of SeqAuth.</summary>
        public uint SeqAuth;

        /// <summary>Last segment number.</summary>
        public int SegN;

        /// <summary>Octets of the last segment.</summary>
        public int LastLength;

        /// <summary>A bit for each segment that still has to arrive.</summary>
        public uint Missing;

        /// <summary>The segment to be sent next; one more than SegN when this round is over.</summary>
        public int Next;

        /// <summary>Tag of the segment that the bearer has, 0 for none.</summary>
        public int Tag;

        /// <summary>When something happens: the next segment, the end of waiting; with a tag, when the bearer must have lost it.</summary>
        public long At;

        /// <summary>Rounds that are left.</summary>
        public int Rounds;

        /// <summary>Rounds that may still go by without a new acknowledgment.</summary>
        public int RoundsWithoutProgress;

        private readonly byte[] _segments = new byte[LowerTransportPdu.MaxSegments];

        /// <summary>Keeps the segments of an Upper Transport PDU, for which memory was reserved.</summary>
        public void Fill(SegmentPool pool, byte[] upper, int count)
        {
            int size = Control ? LowerTransportPdu.ControlSegmentSize : LowerTransportPdu.AccessSegmentSize;
            SegN = (count - 1) / size;
            LastLength = count - SegN * size;
            Missing = LowerTransportPdu.AllSegments(SegN);

            for (int i = 0; i <= SegN; i++)
            {
                byte number = pool.Take();
                Array.Copy(upper, i * size, pool.Data, number * SegmentPool.SegmentSize, i == SegN ? LastLength : size);
                _segments[i] = number;
            }
        }

        /// <summary>Writes a segment as a Lower Transport PDU.</summary>
        /// <returns>Octets written.</returns>
        public int Encode(SegmentPool pool, int segO, byte[] pdu)
        {
            int size = Control ? LowerTransportPdu.ControlSegmentSize : LowerTransportPdu.AccessSegmentSize;
            int count = segO == SegN ? LastLength : size;
            int seqZero = (int)SeqAuth & LowerTransportPdu.SeqZeroMask;
            int position = _segments[segO] * SegmentPool.SegmentSize;

            return LowerTransportPdu.EncodeSegment(Header, Szmic, seqZero, segO, SegN, pool.Data, position, count, pdu);
        }

        /// <summary>Lets <see cref="Next"/> be the next segment that still has to arrive, or one more than SegN.</summary>
        public void SkipArrived()
        {
            while (Next <= SegN && (Missing & (1u << Next)) == 0)
            {
                Next++;
            }
        }

        /// <summary>Gives back the memory of the segments that still had to arrive.</summary>
        public void ReleaseSegments(SegmentPool pool)
        {
            for (int i = 0; i <= SegN; i++)
            {
                ReleaseSegment(pool, i);
            }
        }

        /// <summary>A segment has arrived.</summary>
        public void ReleaseSegment(SegmentPool pool, int segO)
        {
            if ((Missing & (1u << segO)) != 0)
            {
                Missing &= ~(1u << segO);
                pool.Release(_segments[segO]);
            }
        }
    }
}
