using System;
using MeshNode.LowerTransport;
using MeshNode.Network;

namespace MeshNode.Access
{
    /// <summary>An answer that waits for its delay, or for room. See Mesh Protocol 1.1, section 3.7.4.</summary>
    /// <remarks>Plain fields; the <see cref="AccessLayer"/> owns them. Its payload is in the <see cref="SegmentPool"/>. 230 octets.</remarks>
    internal sealed class PendingReply
    {
        /// <summary>When it is sent; 0 when there is none.</summary>
        public long At;

        /// <summary>When it is given up.</summary>
        public long GiveUpAt;

        /// <summary>The subnet that the request came from.</summary>
        public Subnet Subnet;

        /// <summary>The key that the request was secured with.</summary>
        public int AppKeyIndex;

        /// <summary>SRC.</summary>
        public int Source;

        /// <summary>DST.</summary>
        public int Destination;

        /// <summary>TTL.</summary>
        public int Ttl;

        /// <summary>Octets of the access payload.</summary>
        public int Count;

        private readonly byte[] _segments = new byte[LowerTransportPdu.MaxSegments];

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
                _segments[i] = number;
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
                    _segments[i] * SegmentPool.SegmentSize,
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
                pool.Release(_segments[i]);
            }

            At = 0;
            Count = 0;
        }
    }
}
