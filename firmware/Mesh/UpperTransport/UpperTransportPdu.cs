using MeshNode.Network;

namespace MeshNode.UpperTransport
{
    /// <summary>
    /// An Upper Transport PDU with what the layers below know of it. See Mesh Protocol 1.1, section 3.6.2.
    /// </summary>
    /// <remarks>One object is filled anew for each PDU received. Plain fields, because a property costs a call on the interpreter.</remarks>
    public sealed class UpperTransportPdu
    {
        /// <summary>The subnet whose key authenticated it.</summary>
        public Subnet Subnet;

        /// <summary>The IV Index it was secured with.</summary>
        public uint IvIndex;

        /// <summary>SRC.</summary>
        public int Source;

        /// <summary>DST.</summary>
        public int Destination;

        /// <summary>TTL as received, of a segmented one the least of its segments.</summary>
        public int Ttl;

        /// <summary>CTL.</summary>
        public bool Control;

        /// <summary>Opcode of a control message, or AKF and AID as in the Lower Transport PDU.</summary>
        public int Header;

        /// <summary>Whether the TransMIC has 64 bits.</summary>
        public bool Szmic;

        /// <summary>SEQ, of a segmented one that of SeqAuth.</summary>
        public uint Sequence;

        /// <summary>Holds the PDU.</summary>
        public byte[] Buffer;

        /// <summary>Where in <see cref="Buffer"/> it starts.</summary>
        public int Offset;

        /// <summary>Its octets.</summary>
        public int Count;
    }
}
