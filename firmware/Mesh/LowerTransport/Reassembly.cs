using System;
using MeshNode.Network;

namespace MeshNode.LowerTransport
{
    /// <summary>
    /// A segmented message that is received. See Mesh Protocol 1.1, section 3.5.3.4.
    /// </summary>
    /// <remarks>Plain fields, because a property costs a call on the interpreter; the <see cref="LowerTransportLayer"/> owns them. 276 octets.</remarks>
    internal sealed class Reassembly
    {
        /// <summary>The message that is received, else <see langword="null"/>: the subnet it came from.</summary>
        public Subnet Subnet;

        /// <summary>SRC.</summary>
        public int Source;

        /// <summary>DST.</summary>
        public int Destination;

        /// <summary>CTL.</summary>
        public bool Control;

        /// <summary>The first octet of each segment: SEG, and AKF and AID or the opcode.</summary>
        public int Header;

        /// <summary>SZMIC.</summary>
        public bool Szmic;

        /// <summary>IV Index.</summary>
        public uint IvIndex;

        /// <summary>SEQ of SeqAuth.</summary>
        public uint SeqAuth;

        /// <summary>Last segment number.</summary>
        public int SegN;

        /// <summary>A bit for each segment that was received.</summary>
        public uint Received;

        /// <summary>Octets of the last segment, once it was received.</summary>
        public int LastLength;

        /// <summary>Largest SEQ of a segment.</summary>
        public uint LastSequence;

        /// <summary>Least TTL of a segment.</summary>
        public int Ttl;

        /// <summary>When the message is discarded.</summary>
        public long DiscardAt;

        /// <summary>When an acknowledgment is sent.</summary>
        public long AcknowledgeAt;

        /// <summary>Repetitions of the acknowledgment that are left.</summary>
        public int Repetitions;

        private readonly byte[] _segments = new byte[LowerTransportPdu.MaxSegments];

        /// <summary>Whether all segments were received.</summary>
        public bool IsComplete
        {
            get { return Received == LowerTransportPdu.AllSegments(SegN); }
        }

        /// <summary>Octets of a segment other than the last.</summary>
        public int SegmentSize
        {
            get { return Control ? LowerTransportPdu.ControlSegmentSize : LowerTransportPdu.AccessSegmentSize; }
        }

        /// <summary>Keeps a segment.</summary>
        public void Add(SegmentPool pool, int segO, byte[] segment, int offset, int count)
        {
            byte number = pool.Take();
            Array.Copy(segment, offset, pool.Data, number * SegmentPool.SegmentSize, count);
            _segments[segO] = number;
            Received |= 1u << segO;

            if (segO == SegN)
            {
                LastLength = count;
            }
        }

        /// <summary>Puts the segments together. All of them were received.</summary>
        /// <returns>Octets written.</returns>
        public int CopyTo(SegmentPool pool, byte[] destination)
        {
            int size = SegmentSize;

            for (int i = 0; i <= SegN; i++)
            {
                Array.Copy(pool.Data, _segments[i] * SegmentPool.SegmentSize, destination, i * size, i == SegN ? LastLength : size);
            }

            return SegN * size + LastLength;
        }

        /// <summary>Gives back the memory of the segments, and the reservation for those that were not received.</summary>
        public void ReleaseSegments(SegmentPool pool)
        {
            int missing = 0;

            for (int i = 0; i <= SegN; i++)
            {
                if ((Received & (1u << i)) != 0)
                {
                    pool.Release(_segments[i]);
                }
                else
                {
                    missing++;
                }
            }

            pool.Unreserve(missing);
        }
    }
}
