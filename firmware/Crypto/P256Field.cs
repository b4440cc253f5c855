using System;

namespace MeshNode.Crypto
{
    /// <summary>
    /// Arithmetic modulo the prime p of P-256 (FIPS 186-4, section D.1.2.3), on elements that lie in one array.
    /// </summary>
    /// <remarks>
    /// <para>
    /// An element has nine limbs of 29 bits, least significant first: the first eight from 0 to 2^29 - 1, the last one with a sign.
    /// Values need not be below p. Products are Montgomery products, divided by 2^261. A product is computed column by column; as
    /// p = -1 modulo 2^96, the multiple of p that clears a column is the column's own low limb u, added at 2^96, 2^192 and 2^256 and
    /// subtracted at 2^224. All of this is signed from end to end: what comes from a <c>ulong</c> the interpreter shifts logically.
    /// </para>
    /// <para>
    /// No branch and no index depends on a value, except where a remark says so.
    /// </para>
    /// </remarks>
    internal static class P256Field
    {
        /// <summary>Limbs of an element.</summary>
        internal const int Size = 9;

        /// <summary>The element that holds p, once <see cref="SetPrime"/> was called.</summary>
        internal const int Prime = 135;

        /// <summary>The limbs of an array of elements.</summary>
        internal const int Elements = Prime + Size;

        /// <summary>Where in <see cref="Constants"/> the coordinates of the generator are.</summary>
        internal const int Generator = 32;

        /// <summary>The order n of the generator.</summary>
        internal const int Order = 96;

        /// <summary>The curve's b.</summary>
        internal const int B = 128;

        /// <summary>2^522 modulo p: a product with it is 2^261 times the other factor.</summary>
        internal const int Radix = 160;

        /// <summary>The constants of the curve, most significant octet first; p is the first one. A new array: they are in RAM while somebody computes.</summary>
        internal static byte[] Constants()
        {
            return new byte[]
            {
                0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,

                0x6B, 0x17, 0xD1, 0xF2, 0xE1, 0x2C, 0x42, 0x47, 0xF8, 0xBC, 0xE6, 0xE5, 0x63, 0xA4, 0x40, 0xF2,
                0x77, 0x03, 0x7D, 0x81, 0x2D, 0xEB, 0x33, 0xA0, 0xF4, 0xA1, 0x39, 0x45, 0xD8, 0x98, 0xC2, 0x96,

                0x4F, 0xE3, 0x42, 0xE2, 0xFE, 0x1A, 0x7F, 0x9B, 0x8E, 0xE7, 0xEB, 0x4A, 0x7C, 0x0F, 0x9E, 0x16,
                0x2B, 0xCE, 0x33, 0x57, 0x6B, 0x31, 0x5E, 0xCE, 0xCB, 0xB6, 0x40, 0x68, 0x37, 0xBF, 0x51, 0xF5,

                0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,

                0x5A, 0xC6, 0x35, 0xD8, 0xAA, 0x3A, 0x93, 0xE7, 0xB3, 0xEB, 0xBD, 0x55, 0x76, 0x98, 0x86, 0xBC,
                0x65, 0x1D, 0x06, 0xB0, 0xCC, 0x53, 0xB0, 0xF6, 0x3B, 0xCE, 0x3C, 0x3E, 0x27, 0xD2, 0x60, 0x4B,

                0x00, 0x00, 0x13, 0xFF, 0xFF, 0xFF, 0xF7, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFB, 0xFF,
                0xFF, 0xFF, 0xEF, 0xFF, 0xFF, 0xFF, 0xFC, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x0C, 0x00
            };
        }

        /// <summary>Sets the element that <see cref="Reduce"/> needs.</summary>
        internal static void SetPrime(byte[] constants, long[] f)
        {
            Decode(constants, 0, f, Prime);
        }

        /// <summary>Makes an element 1, which is not 1 times 2^261.</summary>
        internal static void SetOne(long[] f, int element)
        {
            Array.Clear(f, element, Size);
            f[element] = 1;
        }

        /// <summary>An element from 32 octets, most significant first.</summary>
        internal static void Decode(byte[] octets, int offset, long[] f, int element)
        {
            long rest = 0;
            int bits = 0;

            for (int i = offset + 31; i >= offset; i--)
            {
                long octet = octets[i];

                rest += octet << bits;
                bits += 8;

                if (bits >= 29)
                {
                    f[element++] = rest & 0x1FFFFFFF;
                    rest >>= 29;
                    bits -= 29;
                }
            }

            f[element] = rest;
        }

        /// <summary>32 octets, most significant first, from an element that <see cref="Reduce"/> was used on.</summary>
        internal static void Encode(long[] f, int element, byte[] octets, int offset)
        {
            long rest = 0;
            int bits = 0;

            for (int i = offset + 31; i >= offset; i--)
            {
                if (bits < 8)
                {
                    rest += f[element++] << bits;
                    bits += 29;
                }

                octets[i] = (byte)rest;
                rest >>= 8;
                bits -= 8;
            }
        }

        /// <summary>Brings the limbs of a sum back to their range.</summary>
        internal static void Carry(long[] f, int element)
        {
            long mask = 0x1FFFFFFF;
            long t = 0;

            for (int end = element + 8; element < end; element++)
            {
                t += f[element];
                f[element] = t & mask;
                t >>= 29;
            }

            f[element] += t;
        }

        /// <summary>Brings a value above -p and below 2 p to its place from 0 to p - 1.</summary>
        internal static void Reduce(long[] f, int element)
        {
            AddPrime(f, element, 1);
            SubtractPrimeIfNotBelow(f, element);
            SubtractPrimeIfNotBelow(f, element);
        }

        /// <summary>Whether a value that was carried is below p. The answer is not secret.</summary>
        internal static bool IsBelowPrime(long[] f, int element, int scratch)
        {
            Array.Copy(f, element, f, scratch, Size);
            AddPrime(f, scratch, -1);

            return f[scratch + 8] < 0;
        }

        /// <summary>Whether a value is a multiple of p; the element is lost. The answer is not secret.</summary>
        internal static bool IsZero(long[] f, int element)
        {
            long any = 0;

            Reduce(f, element);

            for (int i = 0; i < Size; i++)
            {
                any |= f[element + i];
            }

            return any == 0;
        }

        /// <summary>p - value if the mask is -1, the value if it is 0. The value is above 0 and below p.</summary>
        internal static void Negate(long[] f, int element, long mask)
        {
            for (int i = 0; i < Size; i++)
            {
                long limb = f[element + i];

                f[element + i] = limb + ((f[Prime + i] - limb - limb) & mask);
            }

            Carry(f, element);
        }

        /// <summary>The product of two elements; it may replace one of them.</summary>
        internal static void Multiply(long[] f, int a, int b, int product)
        {
            long mask = 0x1FFFFFFF;
            long a0 = f[a]; long a1 = f[a + 1]; long a2 = f[a + 2];
            long a3 = f[a + 3]; long a4 = f[a + 4]; long a5 = f[a + 5];
            long a6 = f[a + 6]; long a7 = f[a + 7]; long a8 = f[a + 8];
            long t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, t6 = 0, t7 = 0;

            for (int end = b + Size; b < end; b++)
            {
                long x = f[b];
                long u;

                t0 += a0 * x;
                u = t0 & mask;
                t0 = (t0 >> 29) + t1 + a1 * x;
                t1 = t2 + a2 * x;
                t2 = t3 + a3 * x + (u << 9);
                t3 = t4 + a4 * x;
                t4 = t5 + a5 * x;
                t5 = t6 + a6 * x + (u << 18);
                t6 = t7 + a7 * x - (u << 21);
                t7 = a8 * x + (u << 24);
            }

            f[product] = t0; f[product + 1] = t1; f[product + 2] = t2;
            f[product + 3] = t3; f[product + 4] = t4; f[product + 5] = t5;
            f[product + 6] = t6; f[product + 7] = t7; f[product + 8] = 0;
            Carry(f, product);
        }

        /// <summary>Squares an element a number of times.</summary>
        internal static void Square(long[] f, int a, int times)
        {
            long mask = 0x1FFFFFFF;
            long t;
            long a0 = f[a]; long a1 = f[a + 1]; long a2 = f[a + 2];
            long a3 = f[a + 3]; long a4 = f[a + 4]; long a5 = f[a + 5];
            long a6 = f[a + 6]; long a7 = f[a + 7]; long a8 = f[a + 8];
            long u0, u1, u2, u3, u4, u5, u6, u7, u8;

            for (int i = 0; i < times; i++)
            {
                t = a0 * a0;
                u0 = t & mask;
                t = (t >> 29) + ((a0 * a1) << 1);
                u1 = t & mask;
                t = (t >> 29) + ((a0 * a2) << 1) + a1 * a1;
                u2 = t & mask;
                t = (t >> 29) + ((a0 * a3 + a1 * a2) << 1) + (u0 << 9);
                u3 = t & mask;
                t = (t >> 29) + ((a0 * a4 + a1 * a3) << 1) + a2 * a2 + (u1 << 9);
                u4 = t & mask;
                t = (t >> 29) + ((a0 * a5 + a1 * a4 + a2 * a3) << 1) + (u2 << 9);
                u5 = t & mask;
                t = (t >> 29) + ((a0 * a6 + a1 * a5 + a2 * a4) << 1) + a3 * a3 + (u3 << 9) + (u0 << 18);
                u6 = t & mask;
                t = (t >> 29) + ((a0 * a7 + a1 * a6 + a2 * a5 + a3 * a4) << 1) + (u4 << 9) + (u1 << 18) - (u0 << 21);
                u7 = t & mask;
                t = (t >> 29) + ((a0 * a8 + a1 * a7 + a2 * a6 + a3 * a5) << 1) + a4 * a4 + (u5 << 9) + (u2 << 18) - (u1 << 21) + (u0 << 24);
                u8 = t & mask;
                t = (t >> 29) + ((a1 * a8 + a2 * a7 + a3 * a6 + a4 * a5) << 1) + (u6 << 9) + (u3 << 18) - (u2 << 21) + (u1 << 24);
                a0 = t & mask;
                t = (t >> 29) + ((a2 * a8 + a3 * a7 + a4 * a6) << 1) + a5 * a5 + (u7 << 9) + (u4 << 18) - (u3 << 21) + (u2 << 24);
                a1 = t & mask;
                t = (t >> 29) + ((a3 * a8 + a4 * a7 + a5 * a6) << 1) + (u8 << 9) + (u5 << 18) - (u4 << 21) + (u3 << 24);
                a2 = t & mask;
                t = (t >> 29) + ((a4 * a8 + a5 * a7) << 1) + a6 * a6 + (u6 << 18) - (u5 << 21) + (u4 << 24);
                a3 = t & mask;
                t = (t >> 29) + ((a5 * a8 + a6 * a7) << 1) + (u7 << 18) - (u6 << 21) + (u5 << 24);
                a4 = t & mask;
                t = (t >> 29) + ((a6 * a8) << 1) + a7 * a7 + (u8 << 18) - (u7 << 21) + (u6 << 24);
                a5 = t & mask;
                t = (t >> 29) + ((a7 * a8) << 1) - (u8 << 21) + (u7 << 24);
                a6 = t & mask;
                t = (t >> 29) + a8 * a8 + (u8 << 24);
                a7 = t & mask;
                a8 = t >> 29;
            }

            f[a] = a0; f[a + 1] = a1; f[a + 2] = a2;
            f[a + 3] = a3; f[a + 4] = a4; f[a + 5] = a5;
            f[a + 6] = a6; f[a + 7] = a7; f[a + 8] = a8;
        }

        private static void AddPrime(long[] f, int element, int times)
        {
            for (int i = 0; i < Size; i++)
            {
                f[element + i] += times * f[Prime + i];
            }

            Carry(f, element);
        }

        private static void SubtractPrimeIfNotBelow(long[] f, int element)
        {
            AddPrime(f, element, -1);

            long sign = f[element + 8] >> 63;

            for (int i = 0; i < Size; i++)
            {
                f[element + i] += f[Prime + i] & sign;
            }

            Carry(f, element);
        }
    }
}
