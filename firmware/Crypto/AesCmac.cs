using System;

namespace MeshNode.Crypto
{
    /// <summary>
    /// AES-CMAC (RFC 4493). See Mesh Protocol 1.1, section 3.9.2.2.
    /// </summary>
    /// <remarks>
    /// Nothing is allocated after construction. The instances share their scratch: all of them belong to one thread. An instance
    /// takes 324 octets.
    /// </remarks>
    public sealed class AesCmac
    {
        /// <summary>Octets in a MAC.</summary>
        public const int MacSize = 16;

        private readonly Aes128 _aes;

        /// <summary>The subkeys K1 and K2, each with the first round key on top of it.</summary>
        private readonly uint[] _subkeys = new uint[8];

        /// <summary>
        /// Expands the key and prepares its two subkeys.
        /// </summary>
        /// <param name="key">Holds the key. Not kept.</param>
        /// <param name="offset">Where in <paramref name="key"/> its 16 octets start.</param>
        public AesCmac(byte[] key, int offset)
        {
            _aes = new Aes128(key, offset);
            PrepareSubkeys();
        }

        /// <summary>
        /// Shares a key schedule with others; <see cref="PrepareSubkeys"/> when there is a key in it.
        /// </summary>
        internal AesCmac(Aes128 aes)
        {
            _aes = aes;
        }

        /// <summary>
        /// Computes the subkeys of the key that is in the schedule (RFC 4493, section 2.3).
        /// </summary>
        internal void PrepareSubkeys()
        {
            byte[] l = Aes128.Scratch;

            Array.Clear(l, 0, 16);
            _aes.Encrypt(l, l);

            uint[] w = _aes.RoundKeys;
            uint[] subkeys = _subkeys;
            uint a = ((uint)l[0] << 24) | ((uint)l[1] << 16) | ((uint)l[2] << 8) | l[3];
            uint b = ((uint)l[4] << 24) | ((uint)l[5] << 16) | ((uint)l[6] << 8) | l[7];
            uint c = ((uint)l[8] << 24) | ((uint)l[9] << 16) | ((uint)l[10] << 8) | l[11];
            uint d = ((uint)l[12] << 24) | ((uint)l[13] << 16) | ((uint)l[14] << 8) | l[15];

            Array.Clear(l, 0, 16);

            for (int i = 0; i < 8; i += 4)
            {
                uint carry = a >> 31;

                a = (a << 1) | (b >> 31);
                b = (b << 1) | (c >> 31);
                c = (c << 1) | (d >> 31);
                d = (d << 1) ^ (carry * 0x87);
                subkeys[i] = a ^ w[0];
                subkeys[i + 1] = b ^ w[1];
                subkeys[i + 2] = c ^ w[2];
                subkeys[i + 3] = d ^ w[3];
            }
        }

        /// <summary>
        /// Computes the MAC of a message.
        /// </summary>
        /// <param name="message">Holds the message.</param>
        /// <param name="offset">Where in <paramref name="message"/> it starts.</param>
        /// <param name="count">Its octets, zero included.</param>
        /// <param name="mac">Octets 0 to 15 receive the MAC; may be <paramref name="message"/>.</param>
        public void Compute(byte[] message, int offset, int count, byte[] mac)
        {
            uint[] w = _aes.RoundKeys;
            uint[] subkeys = _subkeys;
            uint[] t0 = AesTables.T0;
            uint[] t1 = AesTables.T1;
            uint[] t2 = AesTables.T2;
            uint[] t3 = AesTables.T3;
            uint a = 0;
            uint b = 0;
            uint c = 0;
            uint d = 0;
            uint e;
            uint f;
            uint g;
            uint h;

            while (true)
            {
                if (count > 15)
                {
                    a ^= ((uint)message[offset] << 24) | ((uint)message[offset + 1] << 16) | ((uint)message[offset + 2] << 8) | message[offset + 3];
                    b ^= ((uint)message[offset + 4] << 24) | ((uint)message[offset + 5] << 16) |
                        ((uint)message[offset + 6] << 8) | message[offset + 7];
                    c ^= ((uint)message[offset + 8] << 24) | ((uint)message[offset + 9] << 16) |
                        ((uint)message[offset + 10] << 8) | message[offset + 11];
                    d ^= ((uint)message[offset + 12] << 24) | ((uint)message[offset + 13] << 16) |
                        ((uint)message[offset + 14] << 8) | message[offset + 15];

                    if (count > 16)
                    {
                        a ^= w[0];
                        b ^= w[1];
                        c ^= w[2];
                        d ^= w[3];
                    }
                    else
                    {
                        a ^= subkeys[0];
                        b ^= subkeys[1];
                        c ^= subkeys[2];
                        d ^= subkeys[3];
                    }
                }
                else
                {
                    uint p0 = 0;
                    uint p1 = 0;
                    uint p2 = 0;
                    uint p3 = 0;
                    uint padding = 0x80000000 >> (count << 3);

                    if (count < 8)
                    {
                        if (count < 4)
                        {
                            p0 = padding;
                        }
                        else
                        {
                            p1 = padding;
                        }
                    }
                    else if (count < 12)
                    {
                        p2 = padding;
                    }
                    else
                    {
                        p3 = padding;
                    }

                    switch (count)
                    {
                        case 15:
                            p3 |= (uint)message[offset + 14] << 8;
                            goto case 14;
                        case 14:
                            p3 |= (uint)message[offset + 13] << 16;
                            goto case 13;
                        case 13:
                            p3 |= (uint)message[offset + 12] << 24;
                            goto case 12;
                        case 12:
                            p2 |= message[offset + 11];
                            goto case 11;
                        case 11:
                            p2 |= (uint)message[offset + 10] << 8;
                            goto case 10;
                        case 10:
                            p2 |= (uint)message[offset + 9] << 16;
                            goto case 9;
                        case 9:
                            p2 |= (uint)message[offset + 8] << 24;
                            goto case 8;
                        case 8:
                            p1 |= message[offset + 7];
                            goto case 7;
                        case 7:
                            p1 |= (uint)message[offset + 6] << 8;
                            goto case 6;
                        case 6:
                            p1 |= (uint)message[offset + 5] << 16;
                            goto case 5;
                        case 5:
                            p1 |= (uint)message[offset + 4] << 24;
                            goto case 4;
                        case 4:
                            p0 |= message[offset + 3];
                            goto case 3;
                        case 3:
                            p0 |= (uint)message[offset + 2] << 8;
                            goto case 2;
                        case 2:
                            p0 |= (uint)message[offset + 1] << 16;
                            goto case 1;
                        case 1:
                            p0 |= (uint)message[offset] << 24;
                            break;
                    }

                    a ^= p0 ^ subkeys[4];
                    b ^= p1 ^ subkeys[5];
                    c ^= p2 ^ subkeys[6];
                    d ^= p3 ^ subkeys[7];
                }

                e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ w[4];
                f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ w[5];
                g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ w[6];
                h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ w[7];

                a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ w[8];
                b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ w[9];
                c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ w[10];
                d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ w[11];

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

                a = (t1[e >> 24] << 24) ^ (t3[(byte)(f >> 16)] & 0xFF0000) ^ (t0[(byte)(g >> 8)] & 0xFF00) ^ (byte)t1[(byte)h] ^ w[40];
                b = (t1[f >> 24] << 24) ^ (t3[(byte)(g >> 16)] & 0xFF0000) ^ (t0[(byte)(h >> 8)] & 0xFF00) ^ (byte)t1[(byte)e] ^ w[41];
                c = (t1[g >> 24] << 24) ^ (t3[(byte)(h >> 16)] & 0xFF0000) ^ (t0[(byte)(e >> 8)] & 0xFF00) ^ (byte)t1[(byte)f] ^ w[42];
                d = (t1[h >> 24] << 24) ^ (t3[(byte)(e >> 16)] & 0xFF0000) ^ (t0[(byte)(f >> 8)] & 0xFF00) ^ (byte)t1[(byte)g] ^ w[43];

                if (count <= 16)
                {
                    break;
                }

                offset += 16;
                count -= 16;
            }

            mac[0] = (byte)(a >> 24);
            mac[1] = (byte)(a >> 16);
            mac[2] = (byte)(a >> 8);
            mac[3] = (byte)a;
            mac[4] = (byte)(b >> 24);
            mac[5] = (byte)(b >> 16);
            mac[6] = (byte)(b >> 8);
            mac[7] = (byte)b;
            mac[8] = (byte)(c >> 24);
            mac[9] = (byte)(c >> 16);
            mac[10] = (byte)(c >> 8);
            mac[11] = (byte)c;
            mac[12] = (byte)(d >> 24);
            mac[13] = (byte)(d >> 16);
            mac[14] = (byte)(d >> 8);
            mac[15] = (byte)d;
        }

        /// <summary>
        /// Whether a MAC is that of a message, in a time that does not depend on where they differ.
        /// </summary>
        /// <param name="message">Holds the message.</param>
        /// <param name="offset">Where in <paramref name="message"/> it starts.</param>
        /// <param name="count">Its octets, zero included.</param>
        /// <param name="mac">Holds the MAC.</param>
        /// <param name="macOffset">Where in <paramref name="mac"/> it starts.</param>
        /// <param name="macSize">Its octets, 1 to 16: the first ones of the computed MAC are compared.</param>
        public bool Verify(byte[] message, int offset, int count, byte[] mac, int macOffset, int macSize)
        {
            if (macSize < 1 || macSize > 16)
            {
                throw new ArgumentException();
            }

            Compute(message, offset, count, Aes128.Scratch);

            return ConstantTime.Equal(Aes128.Scratch, 0, mac, macOffset, macSize);
        }

        /// <summary>
        /// Zeroes everything that was derived from the key. The instance is of no use afterwards.
        /// </summary>
        public void Clear()
        {
            _aes.Clear();
            Array.Clear(_subkeys, 0, 8);
        }
    }
}
