namespace MeshNode.Crypto
{
    /// <summary>
    /// The nonces of Mesh Protocol 1.1, section 3.9.5, 13 octets each.
    /// </summary>
    public static class Nonce
    {
        /// <summary>Octets in a nonce.</summary>
        public const int Size = 13;

        /// <summary>Nonce type of Network PDUs.</summary>
        public const int NetworkType = 0;

        /// <summary>Nonce type of messages secured with an application key.</summary>
        public const int ApplicationType = 1;

        /// <summary>Nonce type of messages secured with a device key.</summary>
        public const int DeviceType = 2;

        /// <summary>Nonce type of proxy configuration messages.</summary>
        public const int ProxyType = 3;

        /// <summary>Nonce type of solicitation PDUs.</summary>
        public const int ProxySolicitationType = 4;

        /// <summary>The network nonce.</summary>
        /// <param name="ctlTtlSeq">CTL 1 bit, TTL 7 bits, SEQ 24 bits.</param>
        public static void Network(uint ctlTtlSeq, int src, uint ivIndex, byte[] nonce)
        {
            nonce[0] = NetworkType;
            nonce[1] = (byte)(ctlTtlSeq >> 24);
            WriteRest(ctlTtlSeq, src, 0, ivIndex, nonce);
        }

        /// <summary>The application nonce.</summary>
        /// <param name="aszmic">Whether the TransMIC of a segmented message has 8 octets.</param>
        public static void Application(bool aszmic, uint seq, int src, int dst, uint ivIndex, byte[] nonce)
        {
            nonce[0] = ApplicationType;
            nonce[1] = (byte)(aszmic ? 0x80 : 0);
            WriteRest(seq, src, dst, ivIndex, nonce);
        }

        /// <summary>The device nonce.</summary>
        /// <param name="aszmic">Whether the TransMIC of a segmented message has 8 octets.</param>
        public static void Device(bool aszmic, uint seq, int src, int dst, uint ivIndex, byte[] nonce)
        {
            nonce[0] = DeviceType;
            nonce[1] = (byte)(aszmic ? 0x80 : 0);
            WriteRest(seq, src, dst, ivIndex, nonce);
        }

        /// <summary>The proxy nonce.</summary>
        public static void Proxy(uint seq, int src, uint ivIndex, byte[] nonce)
        {
            nonce[0] = ProxyType;
            nonce[1] = 0;
            WriteRest(seq, src, 0, ivIndex, nonce);
        }

        /// <summary>The proxy solicitation nonce.</summary>
        public static void ProxySolicitation(uint seq, int src, byte[] nonce)
        {
            nonce[0] = ProxySolicitationType;
            nonce[1] = 0;
            WriteRest(seq, src, 0, 0, nonce);
        }

        private static void WriteRest(uint seq, int src, int dst, uint ivIndex, byte[] nonce)
        {
            nonce[2] = (byte)(seq >> 16);
            nonce[3] = (byte)(seq >> 8);
            nonce[4] = (byte)seq;
            nonce[5] = (byte)(src >> 8);
            nonce[6] = (byte)src;
            nonce[7] = (byte)(dst >> 8);
            nonce[8] = (byte)dst;
            nonce[9] = (byte)(ivIndex >> 24);
            nonce[10] = (byte)(ivIndex >> 16);
            nonce[11] = (byte)(ivIndex >> 8);
            nonce[12] = (byte)ivIndex;
        }
    }
}
