using System;

namespace MeshNode.Crypto
{
    /// <summary>
    /// AES-128 forward cipher (FIPS 197), the function e of Mesh Protocol 1.1, section 3.9.2.1.
    /// </summary>
    /// <remarks>
    /// Mesh only ever encrypts: CMAC, CCM and the privacy block all run the cipher forwards, so there is no inverse. An instance
    /// takes 216 octets. The rounds are written out, as a loop around them costs the interpreter 15 % more.
    /// </remarks>
    public class Aes128
    {
        /// <summary>Octets in a block.</summary>
        public const int BlockSize = 16;

        /// <summary>Octets in a key.</summary>
        public const int KeySize = 16;

        /// <summary>A block for whoever needs one for a moment; zeroed when it held a secret.</summary>
        internal static readonly byte[] Scratch = new byte[16];

        /// <summary>The 44 words of the key schedule.</summary>
        internal readonly uint[] RoundKeys = new uint[44];

        /// <summary>
        /// Expands the key.
        /// </summary>
        /// <param name="key">Holds the key. Not kept.</param>
        /// <param name="offset">Where in <paramref name="key"/> its 16 octets start.</param>
        public Aes128(byte[] key, int offset)
        {
            SetKey(key, offset);
        }

        /// <summary>
        /// Leaves the key to <see cref="SetKey"/>.
        /// </summary>
        internal Aes128()
        {
        }

        /// <summary>
        /// Expands another key in place of the one before.
        /// </summary>
        /// <param name="key">Holds the key. Not kept.</param>
        /// <param name="offset">Where in <paramref name="key"/> its 16 octets start.</param>
        internal void SetKey(byte[] key, int offset)
        {
            uint[] w = RoundKeys;
            uint[] t0 = AesTables.T0;
            uint[] t1 = AesTables.T1;
            uint[] t3 = AesTables.T3;
            uint a = ((uint)key[offset] << 24) | ((uint)key[offset + 1] << 16) | ((uint)key[offset + 2] << 8) | key[offset + 3];
            uint b = ((uint)key[offset + 4] << 24) | ((uint)key[offset + 5] << 16) | ((uint)key[offset + 6] << 8) | key[offset + 7];
            uint c = ((uint)key[offset + 8] << 24) | ((uint)key[offset + 9] << 16) | ((uint)key[offset + 10] << 8) | key[offset + 11];
            uint d = ((uint)key[offset + 12] << 24) | ((uint)key[offset + 13] << 16) | ((uint)key[offset + 14] << 8) | key[offset + 15];
            uint rcon = 0x01000000;

            w[0] = a;
            w[1] = b;
            w[2] = c;
            w[3] = d;

            for (int i = 4; i < 44; i += 4)
            {
                a ^= (t1[(byte)(d >> 16)] << 24) ^ (t3[(byte)(d >> 8)] & 0xFF0000) ^ (t0[(byte)d] & 0xFF00) ^ (byte)t1[d >> 24] ^ rcon;
                b ^= a;
                c ^= b;
                d ^= c;
                w[i] = a;
                w[i + 1] = b;
                w[i + 2] = c;
                w[i + 3] = d;
                rcon = rcon == 0x80000000 ? 0x1B000000 : rcon << 1;
            }
        }

        /// <summary>
        /// Encrypts one block.
        /// </summary>
        /// <param name="input">Octets 0 to 15 are the plaintext.</param>
        /// <param name="output">Octets 0 to 15 receive the ciphertext; may be <paramref name="input"/>.</param>
        public void Encrypt(byte[] input, byte[] output)
        {
            uint[] w = RoundKeys;
            uint[] t0 = AesTables.T0;
            uint[] t1 = AesTables.T1;
            uint[] t2 = AesTables.T2;
            uint[] t3 = AesTables.T3;

            uint a = (((uint)input[0] << 24) | ((uint)input[1] << 16) | ((uint)input[2] << 8) | input[3]) ^ w[0];
            uint b = (((uint)input[4] << 24) | ((uint)input[5] << 16) | ((uint)input[6] << 8) | input[7]) ^ w[1];
            uint c = (((uint)input[8] << 24) | ((uint)input[9] << 16) | ((uint)input[10] << 8) | input[11]) ^ w[2];
            uint d = (((uint)input[12] << 24) | ((uint)input[13] << 16) | ((uint)input[14] << 8) | input[15]) ^ w[3];

            uint e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ w[4];
            uint f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ w[5];
            uint g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ w[6];
            uint h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ w[7];

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

            uint k0 = w[40];
            uint k1 = w[41];
            uint k2 = w[42];
            uint k3 = w[43];

            output[0] = (byte)(t1[e >> 24] ^ (k0 >> 24));
            output[1] = (byte)(t1[(byte)(f >> 16)] ^ (k0 >> 16));
            output[2] = (byte)(t1[(byte)(g >> 8)] ^ (k0 >> 8));
            output[3] = (byte)(t1[(byte)h] ^ k0);
            output[4] = (byte)(t1[f >> 24] ^ (k1 >> 24));
            output[5] = (byte)(t1[(byte)(g >> 16)] ^ (k1 >> 16));
            output[6] = (byte)(t1[(byte)(h >> 8)] ^ (k1 >> 8));
            output[7] = (byte)(t1[(byte)e] ^ k1);
            output[8] = (byte)(t1[g >> 24] ^ (k2 >> 24));
            output[9] = (byte)(t1[(byte)(h >> 16)] ^ (k2 >> 16));
            output[10] = (byte)(t1[(byte)(e >> 8)] ^ (k2 >> 8));
            output[11] = (byte)(t1[(byte)f] ^ k2);
            output[12] = (byte)(t1[h >> 24] ^ (k3 >> 24));
            output[13] = (byte)(t1[(byte)(e >> 16)] ^ (k3 >> 16));
            output[14] = (byte)(t1[(byte)(f >> 8)] ^ (k3 >> 8));
            output[15] = (byte)(t1[(byte)g] ^ k3);
        }

        /// <summary>
        /// Zeroes the key schedule. The instance is of no use afterwards.
        /// </summary>
        public void Clear()
        {
            Array.Clear(RoundKeys, 0, 44);
        }
    }
}
