using System;

namespace MeshNode.Crypto
{
    /// <summary>
    /// The security credentials of one network key: NID, encryption key and privacy key. See Mesh Protocol 1.1, section 3.9.6.3.1.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Secures and unsecures Network PDUs and what looks like them: proxy configuration and solicitation PDUs. Received ones go
    /// through <see cref="Deobfuscate"/> first and, unless the header already condemns them, through <see cref="Decrypt"/>.
    /// </para>
    /// <para>
    /// Nothing is allocated after construction. Nonce, header and privacy block are made as words, never as octets. The instances
    /// share their scratch: all of them belong to one thread. An instance takes 648 octets.
    /// </para>
    /// </remarks>
    public sealed class NetworkCredentials
    {
        /// <summary>Octets in front of the encrypted part: IVI and NID, CTL and TTL, SEQ, SRC.</summary>
        public const int HeaderSize = 7;

        /// <summary>Octets of the shortest PDU that <see cref="Deobfuscate"/> takes.</summary>
        public const int MinSize = 14;

        private const uint Ctl = 0x80000000;

        /// <summary>What obfuscates CTL, TTL and SEQ; filled by <see cref="EncryptPrivacyBlock"/>.</summary>
        private static uint s_pecb0;

        /// <summary>What obfuscates SRC.</summary>
        private static uint s_pecb1;

        /// <summary>The network identifier, 7 bits.</summary>
        public readonly byte Nid;

        /// <summary>What <see cref="Deobfuscate"/> found: CTL 1 bit, TTL 7 bits, SEQ 24 bits.</summary>
        public uint CtlTtlSeq;

        /// <summary>What <see cref="Deobfuscate"/> found: the source address.</summary>
        public int Src;

        private readonly AesCcm _encryption;
        private readonly Aes128 _privacy;

        /// <summary>
        /// Round 1 of the privacy block as far as it depends on key and IV index only: its four words without the Privacy Random,
        /// then the seven octets of the round key that the Privacy Random is added to.
        /// </summary>
        private readonly uint[] _privacyInput = new uint[11];

        /// <summary>The IV index that <see cref="_privacyInput"/> is for.</summary>
        private uint _privacyIvIndex;

        /// <summary>
        /// Derives the credentials with k2.
        /// </summary>
        /// <param name="netKey">The 16-octet network key. Not kept.</param>
        /// <param name="p">What tells the kinds of credentials apart.</param>
        /// <param name="pCount">Octets of <paramref name="p"/>.</param>
        public NetworkCredentials(byte[] netKey, byte[] p, int pCount)
        {
            byte[] material = new byte[33];

            KeyDerivation.K2(netKey, p, pCount, material);
            Nid = material[0];
            _encryption = new AesCcm(material, 1);
            _privacy = new Aes128(material, 17);
            PreparePrivacyBlock(0);
            Array.Clear(material, 0, 33);
        }

        /// <summary>
        /// The managed flooding security credentials.
        /// </summary>
        /// <param name="netKey">The 16-octet network key. Not kept.</param>
        public static NetworkCredentials Flooding(byte[] netKey)
        {
            return new NetworkCredentials(netKey, new byte[] { 0x00 }, 1);
        }

        /// <summary>
        /// The friendship security credentials.
        /// </summary>
        /// <param name="netKey">The 16-octet network key. Not kept.</param>
        public static NetworkCredentials Friendship(byte[] netKey, int lpnAddress, int friendAddress, int lpnCounter, int friendCounter)
        {
            byte[] p = new byte[9];

            p[0] = 0x01;
            p[1] = (byte)(lpnAddress >> 8);
            p[2] = (byte)lpnAddress;
            p[3] = (byte)(friendAddress >> 8);
            p[4] = (byte)friendAddress;
            p[5] = (byte)(lpnCounter >> 8);
            p[6] = (byte)lpnCounter;
            p[7] = (byte)(friendCounter >> 8);
            p[8] = (byte)friendCounter;

            return new NetworkCredentials(netKey, p, 9);
        }

        /// <summary>
        /// The directed security credentials.
        /// </summary>
        /// <param name="netKey">The 16-octet network key. Not kept.</param>
        public static NetworkCredentials Directed(byte[] netKey)
        {
            return new NetworkCredentials(netKey, new byte[] { 0x02 }, 1);
        }

        /// <summary>
        /// Takes the obfuscation off the header, into <see cref="CtlTtlSeq"/> and <see cref="Src"/>. See Mesh Protocol 1.1,
        /// section 3.9.7.3.
        /// </summary>
        /// <param name="pdu">Holds the PDU, <see cref="MinSize"/> octets or more. Not changed.</param>
        /// <param name="offset">Where in <paramref name="pdu"/> it starts.</param>
        /// <param name="ivIndex">The IV index that its IVI stands for; 0 for a solicitation PDU.</param>
        public void Deobfuscate(byte[] pdu, int offset, uint ivIndex)
        {
            EncryptPrivacyBlock(pdu, offset, ivIndex);
            CtlTtlSeq = s_pecb0 ^ (((uint)pdu[offset + 1] << 24) | ((uint)pdu[offset + 2] << 16) | ((uint)pdu[offset + 3] << 8) | pdu[offset + 4]);
            Src = (int)(s_pecb1 ^ (((uint)pdu[offset + 5] << 8) | pdu[offset + 6]));
        }

        /// <summary>
        /// Decrypts DST and TransportPDU of the PDU that was last deobfuscated and checks the NetMIC.
        /// </summary>
        /// <param name="pdu">Holds the PDU. Not changed.</param>
        /// <param name="offset">Where in <paramref name="pdu"/> it starts.</param>
        /// <param name="count">Its octets, from IVI and NID to the end of the NetMIC.</param>
        /// <param name="ivIndex">The IV index that its IVI stands for; not used for a solicitation PDU.</param>
        /// <param name="nonceType"><see cref="Nonce.NetworkType"/>, <see cref="Nonce.ProxyType"/> or <see cref="Nonce.ProxySolicitationType"/>.</param>
        /// <param name="output">Receives DST, 2 octets, and behind it the TransportPDU; zeros when the NetMIC is wrong.</param>
        /// <param name="outputOffset">Where in <paramref name="output"/> to write <paramref name="count"/> - 11 octets, 15 with CTL.</param>
        /// <returns>Whether the NetMIC is right; false as well for a PDU that is too short to have DST and NetMIC.</returns>
        public bool Decrypt(byte[] pdu, int offset, int count, uint ivIndex, int nonceType, byte[] output, int outputOffset)
        {
            uint ctlTtlSeq = CtlTtlSeq;
            int micSize = ctlTtlSeq >= Ctl ? 8 : 4;
            uint first = ctlTtlSeq >> 16;

            count -= HeaderSize + micSize;

            if (count < 2 || count > 255)
            {
                return false;
            }

            if (nonceType != Nonce.NetworkType)
            {
                first = (byte)first | ((uint)nonceType << 16);

                if (nonceType == Nonce.ProxySolicitationType)
                {
                    ivIndex = 0;
                }
            }

            return _encryption.Process(first, (ctlTtlSeq << 16) | (uint)Src, ivIndex >> 16, ivIndex << 16,
                false, false, pdu, offset + HeaderSize, count, output, outputOffset, micSize);
        }

        /// <summary>
        /// Secures a Network PDU: encrypts, appends the NetMIC and obfuscates the header.
        /// </summary>
        /// <param name="ctlTtlSeq">CTL 1 bit, TTL 7 bits, SEQ 24 bits.</param>
        /// <param name="src">The source address, 16 bits.</param>
        /// <param name="ivIndex">The IV index to secure it with; not used for a solicitation PDU.</param>
        /// <param name="nonceType"><see cref="Nonce.NetworkType"/>, <see cref="Nonce.ProxyType"/> or <see cref="Nonce.ProxySolicitationType"/>.</param>
        /// <param name="clear">Holds DST, 2 octets, and behind it the TransportPDU.</param>
        /// <param name="clearOffset">Where in <paramref name="clear"/> they start.</param>
        /// <param name="clearCount">Their octets, 3 to 255, or 2 with CTL.</param>
        /// <param name="pdu">
        /// Receives the PDU; may be <paramref name="clear"/> when <paramref name="pduOffset"/> + 7 is not beyond <paramref name="clearOffset"/>.
        /// </param>
        /// <param name="pduOffset">Where in <paramref name="pdu"/> to write it.</param>
        /// <returns>Octets of the PDU.</returns>
        public int Encrypt(uint ctlTtlSeq, int src, uint ivIndex, int nonceType, byte[] clear, int clearOffset, int clearCount, byte[] pdu, int pduOffset)
        {
            int micSize = ctlTtlSeq >= Ctl ? 8 : 4;
            uint first = ctlTtlSeq >> 16;

            if (clearCount > 255)
            {
                throw new ArgumentException();
            }

            if (nonceType != Nonce.NetworkType)
            {
                first = (byte)first | ((uint)nonceType << 16);

                if (nonceType == Nonce.ProxySolicitationType)
                {
                    ivIndex = 0;
                }
            }

            _encryption.Process(first, (ctlTtlSeq << 16) | (uint)src, ivIndex >> 16, ivIndex << 16,
                true, false, clear, clearOffset, clearCount, pdu, pduOffset + HeaderSize, micSize);
            EncryptPrivacyBlock(pdu, pduOffset, ivIndex);

            uint header = ctlTtlSeq ^ s_pecb0;

            pdu[pduOffset] = (byte)((ivIndex << 7) | Nid);
            pdu[pduOffset + 1] = (byte)(header >> 24);
            pdu[pduOffset + 2] = (byte)(header >> 16);
            pdu[pduOffset + 3] = (byte)(header >> 8);
            pdu[pduOffset + 4] = (byte)header;
            header = (uint)src ^ s_pecb1;
            pdu[pduOffset + 5] = (byte)(header >> 8);
            pdu[pduOffset + 6] = (byte)header;

            return HeaderSize + clearCount + micSize;
        }

        /// <summary>
        /// Zeroes everything that was derived from the key. The instance is of no use afterwards.
        /// </summary>
        public void Clear()
        {
            _encryption.Clear();
            _privacy.Clear();
            Array.Clear(_privacyInput, 0, 11);
            _privacyIvIndex = 0;
            CtlTtlSeq = 0;
            Src = 0;
        }

        /// <summary>
        /// e(PrivacyKey, 0000000000 || IV index || Privacy Random), the first 6 octets of it.
        /// </summary>
        private void EncryptPrivacyBlock(byte[] pdu, int offset, uint ivIndex)
        {
            uint[] w = _privacy.RoundKeys;
            uint[] t0 = AesTables.T0;
            uint[] t1 = AesTables.T1;
            uint[] t2 = AesTables.T2;
            uint[] t3 = AesTables.T3;

            uint[] p = _privacyInput;

            if (ivIndex != _privacyIvIndex)
            {
                PreparePrivacyBlock(ivIndex);
            }

            uint e = t2[pdu[offset + 8] ^ p[5]] ^ t3[pdu[offset + 13] ^ p[10]] ^ p[0];
            uint f = t1[pdu[offset + 7] ^ p[4]] ^ t2[pdu[offset + 12] ^ p[9]] ^ p[1];
            uint g = t1[pdu[offset + 11] ^ p[8]] ^ p[2];
            uint h = t0[pdu[offset + 10] ^ p[7]] ^ t3[pdu[offset + 9] ^ p[6]] ^ p[3];

            uint a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ w[8];
            uint b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ w[9];
            uint c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ w[10];
            uint d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ w[11];

            e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ w[12];
            f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ w[13];
            g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ w[14];
            h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ w[15];

            a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ w[16];
            b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ w[17];
            c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ w[18];
            d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ w[19];

            e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ w[20];
            f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ w[21];
            g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ w[22];
            h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ w[23];

            a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ w[24];
            b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ w[25];
            c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ w[26];
            d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ w[27];

            e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ w[28];
            f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ w[29];
            g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ w[30];
            h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ w[31];

            a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ w[32];
            b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ w[33];
            c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ w[34];
            d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ w[35];

            e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ w[36];
            f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ w[37];
            g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ w[38];
            h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ w[39];

            s_pecb0 = (t1[e >> 24] << 24) ^ (t3[(byte)(f >> 16)] & 0xFF0000) ^ (t0[(byte)(g >> 8)] & 0xFF00) ^ (byte)t1[(byte)h] ^ w[40];
            s_pecb1 = (t0[f >> 24] & 0xFF00) ^ (byte)t1[(byte)(g >> 16)] ^ (w[41] >> 16);
        }

        /// <summary>
        /// Fills <see cref="_privacyInput"/> for an IV index.
        /// </summary>
        private void PreparePrivacyBlock(uint ivIndex)
        {
            uint[] p = _privacyInput;
            uint[] w = _privacy.RoundKeys;
            uint[] t0 = AesTables.T0;
            uint[] t1 = AesTables.T1;
            uint[] t2 = AesTables.T2;
            uint[] t3 = AesTables.T3;
            uint a = w[0];
            uint b = w[1] ^ (ivIndex >> 8);
            uint c = w[2] ^ (ivIndex << 24);
            uint d = w[3];

            p[0] = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ w[4];
            p[1] = t0[b >> 24] ^ t3[(byte)a] ^ w[5];
            p[2] = t0[c >> 24] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ w[6];
            p[3] = t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ w[7];
            p[4] = (byte)(c >> 16);
            p[5] = (byte)(c >> 8);
            p[6] = (byte)c;
            p[7] = d >> 24;
            p[8] = (byte)(d >> 16);
            p[9] = (byte)(d >> 8);
            p[10] = (byte)d;
            _privacyIvIndex = ivIndex;
        }
    }
}
