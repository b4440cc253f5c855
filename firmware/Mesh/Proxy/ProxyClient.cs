using MeshNode.Bearers;

namespace MeshNode.Proxy
{
    /// <summary>What the proxy server knows of one connection. Allocated once and reused; about 1.4 KB.</summary>
    internal sealed class ProxyClient
    {
        public readonly ProxyFilter Filter = new ProxyFilter();
        public readonly ProxyReassembler Reassembler = new ProxyReassembler();
        public readonly ProxyQueue Queue;

        /// <summary>The message that is being notified.</summary>
        public readonly byte[] Outgoing = new byte[ProxyPduType.MaxLength(ProxyPduType.NetworkPdu)];

        public int OutgoingType;
        public int OutgoingLength;
        public int OutgoingPosition;
        public bool Connected;
        public bool Subscribed;

        /// <summary>The server has given the connection up; nothing is taken or sent any more.</summary>
        public bool Closing;

        /// <summary>Octets of the longest attribute value.</summary>
        public int MaxValue;

        /// <summary>Messages that the rate limit still allows.</summary>
        public int Tokens;

        public long TokensAt;

        /// <summary>When the client is evicted, unless it has sent something valid; <see cref="long.MaxValue"/> afterwards.</summary>
        public long EvictAt;

        /// <param name="queue">PDUs that can wait.</param>
        public ProxyClient(int queue)
        {
            Queue = new ProxyQueue(queue);
        }

        public void Connect(long now)
        {
            Filter.Reset();
            Reassembler.Reset();
            Queue.Reset();
            OutgoingLength = 0;
            OutgoingPosition = 0;
            Connected = true;
            Closing = false;
            Subscribed = false;
            MaxValue = GattService.MinMtu - GattService.AttHeaderSize;
            Tokens = ProxyServer.RateBurst;
            TokensAt = now;
            EvictAt = now + ProxyServer.EvictionTime;
        }

        /// <summary>Forgets what waits to be notified, but for the rest of a message that the client has the beginning of.</summary>
        public void ForgetWaiting()
        {
            Queue.Reset();

            if (OutgoingPosition == 0)
            {
                OutgoingLength = 0;
            }
        }

        /// <summary>Takes one message from the allowance, which refills evenly up to the burst.</summary>
        public bool TakeToken(long now)
        {
            long refill = (now - TokensAt) / ProxyServer.RateInterval;

            if (refill > 0)
            {
                Tokens = refill >= ProxyServer.RateBurst - Tokens ? ProxyServer.RateBurst : Tokens + (int)refill;
                TokensAt += refill * ProxyServer.RateInterval;
            }

            if (Tokens == 0)
            {
                return false;
            }

            Tokens--;

            return true;
        }
    }
}
