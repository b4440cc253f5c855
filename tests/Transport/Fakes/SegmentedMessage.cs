using MeshNode.UpperTransport;

namespace MeshNode.Fakes
{
    /// <summary>A segmented message of another node, written from section 3.5.2.2 and not with the firmware's encoder.</summary>
    internal sealed class SegmentedMessage
    {
        public int Source = TransportNode.PeerAddress;
        public int Destination = TransportNode.Address;
        public uint SeqAuth;
        public bool Control;
        public bool Szmic;
        public int Header;
        public int Ttl = 5;

        /// <summary>The Upper Transport PDU, as hexadecimal octets.</summary>
        public string Upper;

        public int SegmentSize
        {
            get { return Control ? 8 : 12; }
        }

        public int SegN
        {
            get { return (Upper.Length / 2 - 1) / SegmentSize; }
        }

        /// <summary>BlockAck for all of it.</summary>
        public uint All
        {
            get { return SegN == 31 ? 0xFFFFFFFF : (1u << (SegN + 1)) - 1; }
        }

        /// <summary>An access message, secured with a key of the other node's own.</summary>
        public static SegmentedMessage Access(TransportKey key, uint seqAuth, int source, int destination, bool szmic, string payload)
        {
            SegmentedMessage message = new SegmentedMessage();
            message.Source = source;
            message.Destination = destination;
            message.SeqAuth = seqAuth;
            message.Szmic = szmic;
            message.Header = key.IsApplicationKey ? 0x40 | key.Aid : 0;
            message.Upper = TransportNode.Encrypt(key, szmic, seqAuth, source, destination, null, payload);

            return message;
        }

        /// <summary>One segment, as a Lower Transport PDU.</summary>
        public string Segment(int segO)
        {
            int size = 2 * SegmentSize;
            int start = segO * size;
            int length = Upper.Length - start < size ? Upper.Length - start : size;

            return Segment(segO, SegN, Upper.Substring(start, length));
        }

        /// <summary>Any segment.</summary>
        public string Segment(int segO, int segN, string octets)
        {
            int fields = (Szmic ? 0x800000 : 0) | (((int)SeqAuth & 0x1FFF) << 10) | (segO << 5) | segN;
            byte[] header = new byte[4];
            header[0] = (byte)(0x80 | Header);
            header[1] = (byte)(fields >> 16);
            header[2] = (byte)(fields >> 8);
            header[3] = (byte)fields;

            return Hex.Encode(header) + octets;
        }
    }
}
