using System;

namespace MeshNode.Proxy
{
    /// <summary>
    /// Puts the Proxy PDUs that a client writes in pieces back together. See Mesh Protocol 1.1, section 6.3.
    /// </summary>
    /// <remarks>
    /// One instance serves one connection and holds one message at a time. Its buffer of 84 octets is allocated once. The caller
    /// closes the connection on <see cref="ProxyReassembly.Violation"/> and when <see cref="Expired"/> turns true.
    /// </remarks>
    public sealed class ProxyReassembler
    {
        /// <summary>"The timeout for the SAR transfer is 20 seconds." Section 6.3.2.2. In milliseconds.</summary>
        public const int SarTimeout = 20000;

        private const int TypeMask = 0x3F;
        private const int SarShift = 6;

        /// <summary>The reassembled message; the first <see cref="Length"/> octets are valid.</summary>
        public readonly byte[] Message = new byte[ProxyPduType.MaxLength(ProxyPduType.ProvisioningPdu)];

        private int _type;
        private int _length;
        private bool _inProgress;
        private long _deadline;

        /// <summary>Octets of the message.</summary>
        public int Length
        {
            get { return _length; }
        }

        /// <summary>Message type, see <see cref="ProxyPduType"/>.</summary>
        public int Type
        {
            get { return _type; }
        }

        /// <summary>When a started message has waited too long for its next segment, on the node's clock.</summary>
        public long Deadline
        {
            get { return _inProgress ? _deadline : long.MaxValue; }
        }

        /// <summary>Takes one attribute value, as written to Mesh Proxy Data In.</summary>
        /// <param name="now">Milliseconds on the node's clock.</param>
        public ProxyReassembly Receive(byte[] value, int offset, int count, long now)
        {
            if (count == 0 || Expired(now))
            {
                return ProxyReassembly.Violation;
            }

            int sar = value[offset] >> SarShift;
            int type = value[offset] & TypeMask;
            int maxLength = ProxyPduType.MaxLength(type);

            if (maxLength == 0)
            {
                return ProxyReassembly.UnknownType;
            }

            bool starts = sar == ProxySar.Complete || sar == ProxySar.First;

            if (starts == _inProgress || (!starts && type != _type))
            {
                return ProxyReassembly.Violation;
            }

            int length = starts ? 0 : _length;
            count--;

            if (count > maxLength - length)
            {
                return ProxyReassembly.Violation;
            }

            Array.Copy(value, offset + 1, Message, length, count);
            _type = type;
            _length = length + count;
            _inProgress = sar == ProxySar.First || sar == ProxySar.Continuation;
            _deadline = now + SarTimeout;

            return _inProgress ? ProxyReassembly.Incomplete : ProxyReassembly.Complete;
        }

        /// <summary>Whether a started message has waited too long for its next segment.</summary>
        public bool Expired(long now)
        {
            return _inProgress && now >= _deadline;
        }

        /// <summary>Forgets everything: a new connection begins.</summary>
        public void Reset()
        {
            _inProgress = false;
            _length = 0;
            Array.Clear(Message, 0, Message.Length);
        }
    }
}
