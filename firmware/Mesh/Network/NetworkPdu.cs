namespace MeshNode.Network
{
    /// <summary>
    /// A Network PDU in the clear. See Mesh Protocol 1.1, section 3.4.4.
    /// </summary>
    /// <remarks>
    /// One object is filled anew for each PDU received: whoever needs something of it after the call that handed it over
    /// copies it. Plain fields, because a property costs a call on the interpreter.
    /// </remarks>
    public sealed class NetworkPdu
    {
        /// <summary>Shortest Network PDU: header, DST, one octet of TransportPDU and a NetMIC of 32 bits.</summary>
        public const int MinLength = 14;

        /// <summary>Shortest Network PDU with CTL 1, whose NetMIC has 64 bits.</summary>
        public const int MinControlLength = 18;

        /// <summary>Longest Network PDU on the advertising bearer.</summary>
        public const int MaxLength = 29;

        /// <summary>Octets of IVI, NID, CTL, TTL, SEQ and SRC.</summary>
        public const int HeaderSize = 7;

        /// <summary>Where the TransportPDU begins in <see cref="Payload"/>, behind DST.</summary>
        public const int TransportOffset = 2;

        /// <summary>Most octets of a TransportPDU with CTL 0.</summary>
        public const int MaxAccessTransportLength = 16;

        /// <summary>Most octets of a TransportPDU with CTL 1.</summary>
        public const int MaxControlTransportLength = 12;

        /// <summary>Largest TTL.</summary>
        public const int MaxTtl = 0x7F;

        /// <summary>The network interface it came in by, see <see cref="NetworkInterface"/>.</summary>
        public int Interface;

        /// <summary>The subnet whose key authenticated it.</summary>
        public Subnet Subnet;

        /// <summary>The key that authenticated it, old or new.</summary>
        public NetworkKey Key;

        /// <summary>The IV Index it was secured with.</summary>
        public uint IvIndex;

        /// <summary>CTL: whether the TransportPDU is a control message.</summary>
        public bool Control;

        /// <summary>TTL, as received.</summary>
        public int Ttl;

        /// <summary>SEQ.</summary>
        public uint Sequence;

        /// <summary>SRC, a unicast address.</summary>
        public int Source;

        /// <summary>DST.</summary>
        public int Destination;

        /// <summary>DST and, from <see cref="TransportOffset"/> on, the TransportPDU.</summary>
        public readonly byte[] Payload = new byte[MaxLength];

        /// <summary>Octets of the TransportPDU.</summary>
        public int TransportLength;

        /// <summary>Whether it was handed to the lower transport layer.</summary>
        public bool Delivered;

        /// <summary>Whether it was sent on over the advertising bearer.</summary>
        public RelayVerdict Relay;

        /// <summary>Whether it was sent on to proxy clients.</summary>
        public RelayVerdict Proxy;
    }
}
