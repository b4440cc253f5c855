using System;
using MeshNode.LowerTransport;
using MeshNode.Network;

namespace MeshNode.Access
{
    /// <summary>An answer that waits for its delay, or for room. See Mesh Protocol 1.1, section 3.7.4.</summary>
    /// <remarks>The <see cref="AccessLayer"/> owns it. Its payload is in the <see cref="SegmentPool"/>. 132 octets.</remarks>
    internal sealed class PendingReply
    {
        private const int AppKeyIndexOffset = LowerTransportPdu.MaxSegments;
        private const int SourceOffset = AppKeyIndexOffset + 2;
        private const int DestinationOffset = SourceOffset + 2;
        private const int TtlOffset = DestinationOffset + 2;

        /// <summary>When it is sent; 0 when there is none.</summary>
        public long At;

        /// <summary>When it is given up.</summary>
        public long GiveUpAt;

        /// <summary>The subnet that the request came from.</summary>
        public Subnet Subnet;

        /// <summary>Octets of the access payload.</summary>
        public int Count;

        // The numbers of its segments, and behind them what the properties give: an octet here takes one octet of RAM, a field takes twelve.
        private readonly byte[] _octets = new byte[TtlOffset + 1];

        /// <summary>The key that the request was secured with.</summary>
        public int AppKeyIndex
        {
            get { return (short)BigEndian.ReadUInt16(_octets, AppKeyIndexOffset); }
            set { BigEndian.WriteUInt16(_octets, AppKeyIndexOffset, value); }
        }

        /// <summary>SRC.</summary>
        public int Source
        {
            get { return BigEndian.ReadUInt16(_octets, SourceOffset); }
            set { BigEndian.WriteUInt16(_octets, SourceOffset, value); }
        }

        /// <summary>DST.</summary>
        public int Destination
        {
            get { return BigEndian.ReadUInt16(_octets, DestinationOffset); }
            set { BigEndian.WriteUInt16(_octets, DestinationOffset, value); }
        }

        /// <summary>TTL.</summary>
        public int Ttl
        {
            get { return _octets[TtlOffset]; }
            set { _octets[TtlOffset] = (byte)value; }
        }

        /// <summary>Keeps an access payload.</summary>
        /// <returns><see langword="false"/> when there is no room.</returns>
        public bool Store(SegmentPool pool, byte[] payload, int count)
        {
            int segments = (count + SegmentPool.SegmentSize - 1) / SegmentPool.SegmentSize;

            if (!pool.Reserve(segments))
            {
                return false;
            }

            Count = count;

            for (int i = 0; i < segments; i++)
            {
                int left = count - i * SegmentPool.SegmentSize;
                byte number = pool.Take();
                _octets[i] = number;
                Array.Copy(
                    payload,
                    i * SegmentPool.SegmentSize,
                    pool.Data,
                    number * SegmentPool.SegmentSize,
                    left < SegmentPool.SegmentSize ? left : SegmentPool.SegmentSize);
            }

            return true;
        }

        /// <summary>Copies the access payload, which is kept.</summary>
        public void CopyTo(SegmentPool pool, byte[] payload)
        {
            for (int i = 0; i * SegmentPool.SegmentSize < Count; i++)
            {
                int left = Count - i * SegmentPool.SegmentSize;
                Array.Copy(
                    pool.Data,
                    _octets[i] * SegmentPool.SegmentSize,
                    payload,
                    i * SegmentPool.SegmentSize,
                    left < SegmentPool.SegmentSize ? left : SegmentPool.SegmentSize);
            }
        }

        /// <summary>It was sent, or is given up.</summary>
        public void Release(SegmentPool pool)
        {
            for (int i = 0; i * SegmentPool.SegmentSize < Count; i++)
            {
                pool.Release(_octets[i]);
            }

            At = 0;
            Count = 0;
        }
    }
}
