using System;

namespace MeshNode.Crypto
{
    /// <summary>
    /// SHA-256 (FIPS 180-4), for octets that arrive in pieces.
    /// </summary>
    /// <remarks>
    /// An instance takes 768 octets; the constants are among them, as hashes are needed during provisioning only. Nothing is
    /// allocated after construction. Messages may have up to 256 MB.
    /// </remarks>
    public sealed class Sha256
    {
        /// <summary>Octets in a block.</summary>
        public const int BlockSize = 64;

        /// <summary>Octets in a digest.</summary>
        public const int DigestSize = 32;

        private readonly uint[] _k = new uint[]
        {
            0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
            0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
            0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
            0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
            0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
            0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
            0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
            0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2
        };

        private readonly uint[] _hash = new uint[8];
        private readonly uint[] _schedule = new uint[64];
        private readonly byte[] _block = new byte[64];
        private int _count;

        public Sha256()
        {
            Reset();
        }

        /// <summary>
        /// Starts a new message; what was taken of the last one is forgotten and zeroed.
        /// </summary>
        public void Reset()
        {
            uint[] h = _hash;

            h[0] = 0x6A09E667;
            h[1] = 0xBB67AE85;
            h[2] = 0x3C6EF372;
            h[3] = 0xA54FF53A;
            h[4] = 0x510E527F;
            h[5] = 0x9B05688C;
            h[6] = 0x1F83D9AB;
            h[7] = 0x5BE0CD19;
            Array.Clear(_schedule, 0, 64);
            Array.Clear(_block, 0, 64);
            _count = 0;
        }

        /// <summary>
        /// Takes the next octets of the message.
        /// </summary>
        /// <param name="data">Holds the octets. Not kept.</param>
        /// <param name="offset">Where in <paramref name="data"/> they start.</param>
        /// <param name="count">How many.</param>
        public void Update(byte[] data, int offset, int count)
        {
            while (count > 0)
            {
                int used = _count & 63;
                int take = 64 - used < count ? 64 - used : count;

                Array.Copy(data, offset, _block, used, take);
                _count += take;
                offset += take;
                count -= take;

                if (used + take == 64)
                {
                    Compress();
                }
            }
        }

        /// <summary>
        /// Ends the message, writes its digest and resets.
        /// </summary>
        /// <param name="digest">Receives the 32 octets of the digest.</param>
        /// <param name="offset">Where in <paramref name="digest"/> to write them.</param>
        public void Finish(byte[] digest, int offset)
        {
            byte[] block = _block;
            uint[] h = _hash;
            int used = _count & 63;

            block[used++] = 0x80;

            if (used > 56)
            {
                Array.Clear(block, used, 64 - used);
                Compress();
                used = 0;
            }

            Array.Clear(block, used, 60 - used);
            block[60] = (byte)(_count >> 21);
            block[61] = (byte)(_count >> 13);
            block[62] = (byte)(_count >> 5);
            block[63] = (byte)(_count << 3);
            Compress();

            for (int i = 0; i < 8; i++)
            {
                uint word = h[i];

                digest[offset] = (byte)(word >> 24);
                digest[offset + 1] = (byte)(word >> 16);
                digest[offset + 2] = (byte)(word >> 8);
                digest[offset + 3] = (byte)word;
                offset += 4;
            }

            Reset();
        }

        private void Compress()
        {
            byte[] block = _block;
            uint[] w = _schedule;
            uint[] h = _hash;
            uint[] k = _k;

            for (int i = 0, j = 0; i < 16; i++, j += 4)
            {
                w[i] = ((uint)block[j] << 24) | ((uint)block[j + 1] << 16) | ((uint)block[j + 2] << 8) | block[j + 3];
            }

            for (int i = 16; i < 64; i++)
            {
                uint x = w[i - 15];
                uint y = w[i - 2];

                w[i] = w[i - 16] + w[i - 7] +
                    (((x >> 7) | (x << 25)) ^ ((x >> 18) | (x << 14)) ^ (x >> 3)) +
                    (((y >> 17) | (y << 15)) ^ ((y >> 19) | (y << 13)) ^ (y >> 10));
            }

            uint a = h[0];
            uint b = h[1];
            uint c = h[2];
            uint d = h[3];
            uint e = h[4];
            uint f = h[5];
            uint g = h[6];
            uint last = h[7];

            for (int i = 0; i < 64; i++)
            {
                uint t = last + (((e >> 6) | (e << 26)) ^ ((e >> 11) | (e << 21)) ^ ((e >> 25) | (e << 7))) + (g ^ (e & (f ^ g))) + k[i] + w[i];

                last = g;
                g = f;
                f = e;
                e = d + t;
                t += (((a >> 2) | (a << 30)) ^ ((a >> 13) | (a << 19)) ^ ((a >> 22) | (a << 10))) + ((a & b) | (c & (a | b)));
                d = c;
                c = b;
                b = a;
                a = t;
            }

            h[0] += a;
            h[1] += b;
            h[2] += c;
            h[3] += d;
            h[4] += e;
            h[5] += f;
            h[6] += g;
            h[7] += last;
        }
    }
}
