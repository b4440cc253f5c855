namespace MeshNode.Crypto
{
    /// <summary>
    /// A Montgomery ladder on P-256 that keeps differences of x coordinates and a slope instead of points.
    /// </summary>
    /// <remarks>
    /// <para>
    /// P is the point to multiply, Q = A P and R = -(A + 1) P, so that P, Q and R lie on one line. All are scaled by a common unknown
    /// Z: q and r are (xQ - xP) Z² and (xR - xP) Z², m is twice the slope of the line times Z, y is 2 yP Z³. A bit doubles Q and
    /// replaces R by R - Q, or the other way round; the new Z is 2 yQ (xQ - xR) times the old one, up to the sign. See M. Hamburg,
    /// "Faster Montgomery and double-add ladders for short Weierstrass curves", 2020: 8 multiplications and 3 squarings per bit.
    /// </para>
    /// <para>
    /// Everything is written out with the limbs in locals, a sixth less work than calls with arrays, for 9.4 KB.
    /// See <see cref="P256Field"/> for the limbs and for the columns of a multiplication. What is added in the last nine columns is
    /// added to the product. A column does not overflow as long as one factor's limbs are below 2^29 in size and the other's below
    /// 2^30, which is m only. With values in multiples of p, a product of s and t lies between s t / 32 and s t / 32 + 1, which keeps
    /// every value between -8 and 8.
    /// </para>
    /// </remarks>
    internal static class P256Ladder
    {
        /// <summary>
        /// Runs the ladder for some bits.
        /// </summary>
        /// <param name="f">Limbs 0 to 35 are q, r, m and y. If bit <paramref name="position"/> is set, q and r are swapped.</param>
        /// <param name="scalar">The scalar, little-endian.</param>
        /// <param name="position">Bits of the scalar that are left.</param>
        /// <param name="count">How many of them to take.</param>
        internal static void Run(long[] f, byte[] scalar, int position, int count)
        {
            long mask = 0x1FFFFFFF;
            long t;
            long u0, u1, u2, u3, u4, u5, u6, u7, u8;
            long q0 = f[0]; long q1 = f[1]; long q2 = f[2];
            long q3 = f[3]; long q4 = f[4]; long q5 = f[5];
            long q6 = f[6]; long q7 = f[7]; long q8 = f[8];
            long r0 = f[9]; long r1 = f[10]; long r2 = f[11];
            long r3 = f[12]; long r4 = f[13]; long r5 = f[14];
            long r6 = f[15]; long r7 = f[16]; long r8 = f[17];
            long m0 = f[18]; long m1 = f[19]; long m2 = f[20];
            long m3 = f[21]; long m4 = f[22]; long m5 = f[23];
            long m6 = f[24]; long m7 = f[25]; long m8 = f[26];
            long y0 = f[27]; long y1 = f[28]; long y2 = f[29];
            long y3 = f[30]; long y4 = f[31]; long y5 = f[32];
            long y6 = f[33]; long y7 = f[34]; long y8 = f[35];
            long a0, a1, a2, a3, a4, a5, a6, a7, a8;
            long d0, d1, d2, d3, d4, d5, d6, d7, d8;
            long e0, e1, e2, e3, e4, e5, e6, e7, e8;
            int last = (scalar[position >> 3] >> (position & 7)) & 1;

            for (int end = position - count; position > end;)
            {
                position--;

                int bit = (scalar[position >> 3] >> (position & 7)) & 1;
                long choose = -(bit ^ last);
                long sign = choose | 1;

                last = bit;

                // Swaps Q and R if this bit differs from the last one: d = ±(r - q), its sign is given to z below.
                d0 = r0 - q0; q0 += d0 & choose;
                d1 = r1 - q1; q1 += d1 & choose;
                d2 = r2 - q2; q2 += d2 & choose;
                d3 = r3 - q3; q3 += d3 & choose;
                d4 = r4 - q4; q4 += d4 & choose;
                d5 = r5 - q5; q5 += d5 & choose;
                d6 = r6 - q6; q6 += d6 & choose;
                d7 = r7 - q7; q7 += d7 & choose;
                d8 = r8 - q8; q8 += d8 & choose;

                // a = y + m q
                t = m0 * q0;
                u0 = t & mask;
                t = (t >> 29) + m0 * q1 + m1 * q0;
                u1 = t & mask;
                t = (t >> 29) + m0 * q2 + m1 * q1 + m2 * q0;
                u2 = t & mask;
                t = (t >> 29) + m0 * q3 + m1 * q2 + m2 * q1 + m3 * q0 + (u0 << 9);
                u3 = t & mask;
                t = (t >> 29) + m0 * q4 + m1 * q3 + m2 * q2 + m3 * q1 + m4 * q0 + (u1 << 9);
                u4 = t & mask;
                t = (t >> 29) + m0 * q5 + m1 * q4 + m2 * q3 + m3 * q2 + m4 * q1 + m5 * q0 + (u2 << 9);
                u5 = t & mask;
                t = (t >> 29) + m0 * q6 + m1 * q5 + m2 * q4 + m3 * q3 + m4 * q2 + m5 * q1 + m6 * q0 + (u3 << 9) + (u0 << 18);
                u6 = t & mask;
                t = (t >> 29) + m0 * q7 + m1 * q6 + m2 * q5 + m3 * q4 + m4 * q3 + m5 * q2 + m6 * q1 + m7 * q0 + (u4 << 9) + (u1 << 18) - (u0 << 21);
                u7 = t & mask;
                t = (t >> 29) + m0 * q8 + m1 * q7 + m2 * q6 + m3 * q5 + m4 * q4 + m5 * q3 + m6 * q2 + m7 * q1 + m8 * q0 + (u5 << 9) + (u2 << 18) - (u1 << 21) + (u0 << 24);
                u8 = t & mask;
                t = (t >> 29) + m1 * q8 + m2 * q7 + m3 * q6 + m4 * q5 + m5 * q4 + m6 * q3 + m7 * q2 + m8 * q1 + (u6 << 9) + (u3 << 18) - (u2 << 21) + (u1 << 24) + y0;
                a0 = t & mask;
                t = (t >> 29) + m2 * q8 + m3 * q7 + m4 * q6 + m5 * q5 + m6 * q4 + m7 * q3 + m8 * q2 + (u7 << 9) + (u4 << 18) - (u3 << 21) + (u2 << 24) + y1;
                a1 = t & mask;
                t = (t >> 29) + m3 * q8 + m4 * q7 + m5 * q6 + m6 * q5 + m7 * q4 + m8 * q3 + (u8 << 9) + (u5 << 18) - (u4 << 21) + (u3 << 24) + y2;
                a2 = t & mask;
                t = (t >> 29) + m4 * q8 + m5 * q7 + m6 * q6 + m7 * q5 + m8 * q4 + (u6 << 18) - (u5 << 21) + (u4 << 24) + y3;
                a3 = t & mask;
                t = (t >> 29) + m5 * q8 + m6 * q7 + m7 * q6 + m8 * q5 + (u7 << 18) - (u6 << 21) + (u5 << 24) + y4;
                a4 = t & mask;
                t = (t >> 29) + m6 * q8 + m7 * q7 + m8 * q6 + (u8 << 18) - (u7 << 21) + (u6 << 24) + y5;
                a5 = t & mask;
                t = (t >> 29) + m7 * q8 + m8 * q7 - (u8 << 21) + (u7 << 24) + y6;
                a6 = t & mask;
                t = (t >> 29) + m8 * q8 + (u8 << 24) + y7;
                a7 = t & mask;
                a8 = (t >> 29) + y8;

                // e = a²
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
                e0 = t & mask;
                t = (t >> 29) + ((a2 * a8 + a3 * a7 + a4 * a6) << 1) + a5 * a5 + (u7 << 9) + (u4 << 18) - (u3 << 21) + (u2 << 24);
                e1 = t & mask;
                t = (t >> 29) + ((a3 * a8 + a4 * a7 + a5 * a6) << 1) + (u8 << 9) + (u5 << 18) - (u4 << 21) + (u3 << 24);
                e2 = t & mask;
                t = (t >> 29) + ((a4 * a8 + a5 * a7) << 1) + a6 * a6 + (u6 << 18) - (u5 << 21) + (u4 << 24);
                e3 = t & mask;
                t = (t >> 29) + ((a5 * a8 + a6 * a7) << 1) + (u7 << 18) - (u6 << 21) + (u5 << 24);
                e4 = t & mask;
                t = (t >> 29) + ((a6 * a8) << 1) + a7 * a7 + (u8 << 18) - (u7 << 21) + (u6 << 24);
                e5 = t & mask;
                t = (t >> 29) + ((a7 * a8) << 1) - (u8 << 21) + (u7 << 24);
                e6 = t & mask;
                t = (t >> 29) + a8 * a8 + (u8 << 24);
                e7 = t & mask;
                e8 = t >> 29;

                // z = ±a d
                t = a0 * d0;
                u0 = t & mask;
                t = (t >> 29) + a0 * d1 + a1 * d0;
                u1 = t & mask;
                t = (t >> 29) + a0 * d2 + a1 * d1 + a2 * d0;
                u2 = t & mask;
                t = (t >> 29) + a0 * d3 + a1 * d2 + a2 * d1 + a3 * d0 + (u0 << 9);
                u3 = t & mask;
                t = (t >> 29) + a0 * d4 + a1 * d3 + a2 * d2 + a3 * d1 + a4 * d0 + (u1 << 9);
                u4 = t & mask;
                t = (t >> 29) + a0 * d5 + a1 * d4 + a2 * d3 + a3 * d2 + a4 * d1 + a5 * d0 + (u2 << 9);
                u5 = t & mask;
                t = (t >> 29) + a0 * d6 + a1 * d5 + a2 * d4 + a3 * d3 + a4 * d2 + a5 * d1 + a6 * d0 + (u3 << 9) + (u0 << 18);
                u6 = t & mask;
                t = (t >> 29) + a0 * d7 + a1 * d6 + a2 * d5 + a3 * d4 + a4 * d3 + a5 * d2 + a6 * d1 + a7 * d0 + (u4 << 9) + (u1 << 18) - (u0 << 21);
                u7 = t & mask;
                t = (t >> 29) + a0 * d8 + a1 * d7 + a2 * d6 + a3 * d5 + a4 * d4 + a5 * d3 + a6 * d2 + a7 * d1 + a8 * d0 + (u5 << 9) + (u2 << 18) - (u1 << 21) + (u0 << 24);
                u8 = t & mask;
                t = (t >> 29) + a1 * d8 + a2 * d7 + a3 * d6 + a4 * d5 + a5 * d4 + a6 * d3 + a7 * d2 + a8 * d1 + (u6 << 9) + (u3 << 18) - (u2 << 21) + (u1 << 24);
                a0 = (t & mask) * sign;
                t = (t >> 29) + a2 * d8 + a3 * d7 + a4 * d6 + a5 * d5 + a6 * d4 + a7 * d3 + a8 * d2 + (u7 << 9) + (u4 << 18) - (u3 << 21) + (u2 << 24);
                a1 = (t & mask) * sign;
                t = (t >> 29) + a3 * d8 + a4 * d7 + a5 * d6 + a6 * d5 + a7 * d4 + a8 * d3 + (u8 << 9) + (u5 << 18) - (u4 << 21) + (u3 << 24);
                a2 = (t & mask) * sign;
                t = (t >> 29) + a4 * d8 + a5 * d7 + a6 * d6 + a7 * d5 + a8 * d4 + (u6 << 18) - (u5 << 21) + (u4 << 24);
                a3 = (t & mask) * sign;
                t = (t >> 29) + a5 * d8 + a6 * d7 + a7 * d6 + a8 * d5 + (u7 << 18) - (u6 << 21) + (u5 << 24);
                a4 = (t & mask) * sign;
                t = (t >> 29) + a6 * d8 + a7 * d7 + a8 * d6 + (u8 << 18) - (u7 << 21) + (u6 << 24);
                a5 = (t & mask) * sign;
                t = (t >> 29) + a7 * d8 + a8 * d7 - (u8 << 21) + (u7 << 24);
                a6 = (t & mask) * sign;
                t = (t >> 29) + a8 * d8 + (u8 << 24);
                a7 = (t & mask) * sign;
                a8 = (t >> 29) * sign;

                // d = d²
                t = d0 * d0;
                u0 = t & mask;
                t = (t >> 29) + ((d0 * d1) << 1);
                u1 = t & mask;
                t = (t >> 29) + ((d0 * d2) << 1) + d1 * d1;
                u2 = t & mask;
                t = (t >> 29) + ((d0 * d3 + d1 * d2) << 1) + (u0 << 9);
                u3 = t & mask;
                t = (t >> 29) + ((d0 * d4 + d1 * d3) << 1) + d2 * d2 + (u1 << 9);
                u4 = t & mask;
                t = (t >> 29) + ((d0 * d5 + d1 * d4 + d2 * d3) << 1) + (u2 << 9);
                u5 = t & mask;
                t = (t >> 29) + ((d0 * d6 + d1 * d5 + d2 * d4) << 1) + d3 * d3 + (u3 << 9) + (u0 << 18);
                u6 = t & mask;
                t = (t >> 29) + ((d0 * d7 + d1 * d6 + d2 * d5 + d3 * d4) << 1) + (u4 << 9) + (u1 << 18) - (u0 << 21);
                u7 = t & mask;
                t = (t >> 29) + ((d0 * d8 + d1 * d7 + d2 * d6 + d3 * d5) << 1) + d4 * d4 + (u5 << 9) + (u2 << 18) - (u1 << 21) + (u0 << 24);
                u8 = t & mask;
                t = (t >> 29) + ((d1 * d8 + d2 * d7 + d3 * d6 + d4 * d5) << 1) + (u6 << 9) + (u3 << 18) - (u2 << 21) + (u1 << 24);
                d0 = t & mask;
                t = (t >> 29) + ((d2 * d8 + d3 * d7 + d4 * d6) << 1) + d5 * d5 + (u7 << 9) + (u4 << 18) - (u3 << 21) + (u2 << 24);
                d1 = t & mask;
                t = (t >> 29) + ((d3 * d8 + d4 * d7 + d5 * d6) << 1) + (u8 << 9) + (u5 << 18) - (u4 << 21) + (u3 << 24);
                d2 = t & mask;
                t = (t >> 29) + ((d4 * d8 + d5 * d7) << 1) + d6 * d6 + (u6 << 18) - (u5 << 21) + (u4 << 24);
                d3 = t & mask;
                t = (t >> 29) + ((d5 * d8 + d6 * d7) << 1) + (u7 << 18) - (u6 << 21) + (u5 << 24);
                d4 = t & mask;
                t = (t >> 29) + ((d6 * d8) << 1) + d7 * d7 + (u8 << 18) - (u7 << 21) + (u6 << 24);
                d5 = t & mask;
                t = (t >> 29) + ((d7 * d8) << 1) - (u8 << 21) + (u7 << 24);
                d6 = t & mask;
                t = (t >> 29) + d8 * d8 + (u8 << 24);
                d7 = t & mask;
                d8 = t >> 29;

                // w = e + m z
                t = m0 * a0;
                u0 = t & mask;
                t = (t >> 29) + m0 * a1 + m1 * a0;
                u1 = t & mask;
                t = (t >> 29) + m0 * a2 + m1 * a1 + m2 * a0;
                u2 = t & mask;
                t = (t >> 29) + m0 * a3 + m1 * a2 + m2 * a1 + m3 * a0 + (u0 << 9);
                u3 = t & mask;
                t = (t >> 29) + m0 * a4 + m1 * a3 + m2 * a2 + m3 * a1 + m4 * a0 + (u1 << 9);
                u4 = t & mask;
                t = (t >> 29) + m0 * a5 + m1 * a4 + m2 * a3 + m3 * a2 + m4 * a1 + m5 * a0 + (u2 << 9);
                u5 = t & mask;
                t = (t >> 29) + m0 * a6 + m1 * a5 + m2 * a4 + m3 * a3 + m4 * a2 + m5 * a1 + m6 * a0 + (u3 << 9) + (u0 << 18);
                u6 = t & mask;
                t = (t >> 29) + m0 * a7 + m1 * a6 + m2 * a5 + m3 * a4 + m4 * a3 + m5 * a2 + m6 * a1 + m7 * a0 + (u4 << 9) + (u1 << 18) - (u0 << 21);
                u7 = t & mask;
                t = (t >> 29) + m0 * a8 + m1 * a7 + m2 * a6 + m3 * a5 + m4 * a4 + m5 * a3 + m6 * a2 + m7 * a1 + m8 * a0 + (u5 << 9) + (u2 << 18) - (u1 << 21) + (u0 << 24);
                u8 = t & mask;
                t = (t >> 29) + m1 * a8 + m2 * a7 + m3 * a6 + m4 * a5 + m5 * a4 + m6 * a3 + m7 * a2 + m8 * a1 + (u6 << 9) + (u3 << 18) - (u2 << 21) + (u1 << 24) + e0;
                r0 = t & mask;
                t = (t >> 29) + m2 * a8 + m3 * a7 + m4 * a6 + m5 * a5 + m6 * a4 + m7 * a3 + m8 * a2 + (u7 << 9) + (u4 << 18) - (u3 << 21) + (u2 << 24) + e1;
                r1 = t & mask;
                t = (t >> 29) + m3 * a8 + m4 * a7 + m5 * a6 + m6 * a5 + m7 * a4 + m8 * a3 + (u8 << 9) + (u5 << 18) - (u4 << 21) + (u3 << 24) + e2;
                r2 = t & mask;
                t = (t >> 29) + m4 * a8 + m5 * a7 + m6 * a6 + m7 * a5 + m8 * a4 + (u6 << 18) - (u5 << 21) + (u4 << 24) + e3;
                r3 = t & mask;
                t = (t >> 29) + m5 * a8 + m6 * a7 + m7 * a6 + m8 * a5 + (u7 << 18) - (u6 << 21) + (u5 << 24) + e4;
                r4 = t & mask;
                t = (t >> 29) + m6 * a8 + m7 * a7 + m8 * a6 + (u8 << 18) - (u7 << 21) + (u6 << 24) + e5;
                r5 = t & mask;
                t = (t >> 29) + m7 * a8 + m8 * a7 - (u8 << 21) + (u7 << 24) + e6;
                r6 = t & mask;
                t = (t >> 29) + m8 * a8 + (u8 << 24) + e7;
                r7 = t & mask;
                r8 = (t >> 29) + e8;

                // u = q d
                t = q0 * d0;
                u0 = t & mask;
                t = (t >> 29) + q0 * d1 + q1 * d0;
                u1 = t & mask;
                t = (t >> 29) + q0 * d2 + q1 * d1 + q2 * d0;
                u2 = t & mask;
                t = (t >> 29) + q0 * d3 + q1 * d2 + q2 * d1 + q3 * d0 + (u0 << 9);
                u3 = t & mask;
                t = (t >> 29) + q0 * d4 + q1 * d3 + q2 * d2 + q3 * d1 + q4 * d0 + (u1 << 9);
                u4 = t & mask;
                t = (t >> 29) + q0 * d5 + q1 * d4 + q2 * d3 + q3 * d2 + q4 * d1 + q5 * d0 + (u2 << 9);
                u5 = t & mask;
                t = (t >> 29) + q0 * d6 + q1 * d5 + q2 * d4 + q3 * d3 + q4 * d2 + q5 * d1 + q6 * d0 + (u3 << 9) + (u0 << 18);
                u6 = t & mask;
                t = (t >> 29) + q0 * d7 + q1 * d6 + q2 * d5 + q3 * d4 + q4 * d3 + q5 * d2 + q6 * d1 + q7 * d0 + (u4 << 9) + (u1 << 18) - (u0 << 21);
                u7 = t & mask;
                t = (t >> 29) + q0 * d8 + q1 * d7 + q2 * d6 + q3 * d5 + q4 * d4 + q5 * d3 + q6 * d2 + q7 * d1 + q8 * d0 + (u5 << 9) + (u2 << 18) - (u1 << 21) + (u0 << 24);
                u8 = t & mask;
                t = (t >> 29) + q1 * d8 + q2 * d7 + q3 * d6 + q4 * d5 + q5 * d4 + q6 * d3 + q7 * d2 + q8 * d1 + (u6 << 9) + (u3 << 18) - (u2 << 21) + (u1 << 24);
                q0 = t & mask;
                t = (t >> 29) + q2 * d8 + q3 * d7 + q4 * d6 + q5 * d5 + q6 * d4 + q7 * d3 + q8 * d2 + (u7 << 9) + (u4 << 18) - (u3 << 21) + (u2 << 24);
                q1 = t & mask;
                t = (t >> 29) + q3 * d8 + q4 * d7 + q5 * d6 + q6 * d5 + q7 * d4 + q8 * d3 + (u8 << 9) + (u5 << 18) - (u4 << 21) + (u3 << 24);
                q2 = t & mask;
                t = (t >> 29) + q4 * d8 + q5 * d7 + q6 * d6 + q7 * d5 + q8 * d4 + (u6 << 18) - (u5 << 21) + (u4 << 24);
                q3 = t & mask;
                t = (t >> 29) + q5 * d8 + q6 * d7 + q7 * d6 + q8 * d5 + (u7 << 18) - (u6 << 21) + (u5 << 24);
                q4 = t & mask;
                t = (t >> 29) + q6 * d8 + q7 * d7 + q8 * d6 + (u8 << 18) - (u7 << 21) + (u6 << 24);
                q5 = t & mask;
                t = (t >> 29) + q7 * d8 + q8 * d7 - (u8 << 21) + (u7 << 24);
                q6 = t & mask;
                t = (t >> 29) + q8 * d8 + (u8 << 24);
                q7 = t & mask;
                q8 = t >> 29;

                // y d
                t = y0 * d0;
                u0 = t & mask;
                t = (t >> 29) + y0 * d1 + y1 * d0;
                u1 = t & mask;
                t = (t >> 29) + y0 * d2 + y1 * d1 + y2 * d0;
                u2 = t & mask;
                t = (t >> 29) + y0 * d3 + y1 * d2 + y2 * d1 + y3 * d0 + (u0 << 9);
                u3 = t & mask;
                t = (t >> 29) + y0 * d4 + y1 * d3 + y2 * d2 + y3 * d1 + y4 * d0 + (u1 << 9);
                u4 = t & mask;
                t = (t >> 29) + y0 * d5 + y1 * d4 + y2 * d3 + y3 * d2 + y4 * d1 + y5 * d0 + (u2 << 9);
                u5 = t & mask;
                t = (t >> 29) + y0 * d6 + y1 * d5 + y2 * d4 + y3 * d3 + y4 * d2 + y5 * d1 + y6 * d0 + (u3 << 9) + (u0 << 18);
                u6 = t & mask;
                t = (t >> 29) + y0 * d7 + y1 * d6 + y2 * d5 + y3 * d4 + y4 * d3 + y5 * d2 + y6 * d1 + y7 * d0 + (u4 << 9) + (u1 << 18) - (u0 << 21);
                u7 = t & mask;
                t = (t >> 29) + y0 * d8 + y1 * d7 + y2 * d6 + y3 * d5 + y4 * d4 + y5 * d3 + y6 * d2 + y7 * d1 + y8 * d0 + (u5 << 9) + (u2 << 18) - (u1 << 21) + (u0 << 24);
                u8 = t & mask;
                t = (t >> 29) + y1 * d8 + y2 * d7 + y3 * d6 + y4 * d5 + y5 * d4 + y6 * d3 + y7 * d2 + y8 * d1 + (u6 << 9) + (u3 << 18) - (u2 << 21) + (u1 << 24);
                y0 = t & mask;
                t = (t >> 29) + y2 * d8 + y3 * d7 + y4 * d6 + y5 * d5 + y6 * d4 + y7 * d3 + y8 * d2 + (u7 << 9) + (u4 << 18) - (u3 << 21) + (u2 << 24);
                y1 = t & mask;
                t = (t >> 29) + y3 * d8 + y4 * d7 + y5 * d6 + y6 * d5 + y7 * d4 + y8 * d3 + (u8 << 9) + (u5 << 18) - (u4 << 21) + (u3 << 24);
                y2 = t & mask;
                t = (t >> 29) + y4 * d8 + y5 * d7 + y6 * d6 + y7 * d5 + y8 * d4 + (u6 << 18) - (u5 << 21) + (u4 << 24);
                y3 = t & mask;
                t = (t >> 29) + y5 * d8 + y6 * d7 + y7 * d6 + y8 * d5 + (u7 << 18) - (u6 << 21) + (u5 << 24);
                y4 = t & mask;
                t = (t >> 29) + y6 * d8 + y7 * d7 + y8 * d6 + (u8 << 18) - (u7 << 21) + (u6 << 24);
                y5 = t & mask;
                t = (t >> 29) + y7 * d8 + y8 * d7 - (u8 << 21) + (u7 << 24);
                y6 = t & mask;
                t = (t >> 29) + y8 * d8 + (u8 << 24);
                y7 = t & mask;
                y8 = t >> 29;

                // t = y d z
                t = y0 * a0;
                u0 = t & mask;
                t = (t >> 29) + y0 * a1 + y1 * a0;
                u1 = t & mask;
                t = (t >> 29) + y0 * a2 + y1 * a1 + y2 * a0;
                u2 = t & mask;
                t = (t >> 29) + y0 * a3 + y1 * a2 + y2 * a1 + y3 * a0 + (u0 << 9);
                u3 = t & mask;
                t = (t >> 29) + y0 * a4 + y1 * a3 + y2 * a2 + y3 * a1 + y4 * a0 + (u1 << 9);
                u4 = t & mask;
                t = (t >> 29) + y0 * a5 + y1 * a4 + y2 * a3 + y3 * a2 + y4 * a1 + y5 * a0 + (u2 << 9);
                u5 = t & mask;
                t = (t >> 29) + y0 * a6 + y1 * a5 + y2 * a4 + y3 * a3 + y4 * a2 + y5 * a1 + y6 * a0 + (u3 << 9) + (u0 << 18);
                u6 = t & mask;
                t = (t >> 29) + y0 * a7 + y1 * a6 + y2 * a5 + y3 * a4 + y4 * a3 + y5 * a2 + y6 * a1 + y7 * a0 + (u4 << 9) + (u1 << 18) - (u0 << 21);
                u7 = t & mask;
                t = (t >> 29) + y0 * a8 + y1 * a7 + y2 * a6 + y3 * a5 + y4 * a4 + y5 * a3 + y6 * a2 + y7 * a1 + y8 * a0 + (u5 << 9) + (u2 << 18) - (u1 << 21) + (u0 << 24);
                u8 = t & mask;
                t = (t >> 29) + y1 * a8 + y2 * a7 + y3 * a6 + y4 * a5 + y5 * a4 + y6 * a3 + y7 * a2 + y8 * a1 + (u6 << 9) + (u3 << 18) - (u2 << 21) + (u1 << 24);
                y0 = t & mask;
                t = (t >> 29) + y2 * a8 + y3 * a7 + y4 * a6 + y5 * a5 + y6 * a4 + y7 * a3 + y8 * a2 + (u7 << 9) + (u4 << 18) - (u3 << 21) + (u2 << 24);
                y1 = t & mask;
                t = (t >> 29) + y3 * a8 + y4 * a7 + y5 * a6 + y6 * a5 + y7 * a4 + y8 * a3 + (u8 << 9) + (u5 << 18) - (u4 << 21) + (u3 << 24);
                y2 = t & mask;
                t = (t >> 29) + y4 * a8 + y5 * a7 + y6 * a6 + y7 * a5 + y8 * a4 + (u6 << 18) - (u5 << 21) + (u4 << 24);
                y3 = t & mask;
                t = (t >> 29) + y5 * a8 + y6 * a7 + y7 * a6 + y8 * a5 + (u7 << 18) - (u6 << 21) + (u5 << 24);
                y4 = t & mask;
                t = (t >> 29) + y6 * a8 + y7 * a7 + y8 * a6 + (u8 << 18) - (u7 << 21) + (u6 << 24);
                y5 = t & mask;
                t = (t >> 29) + y7 * a8 + y8 * a7 - (u8 << 21) + (u7 << 24);
                y6 = t & mask;
                t = (t >> 29) + y8 * a8 + (u8 << 24);
                y7 = t & mask;
                y8 = t >> 29;

                // m' = 2u - e - w
                m0 = q0 + q0 - e0 - r0;
                m1 = q1 + q1 - e1 - r1;
                m2 = q2 + q2 - e2 - r2;
                m3 = q3 + q3 - e3 - r3;
                m4 = q4 + q4 - e4 - r4;
                m5 = q5 + q5 - e5 - r5;
                m6 = q6 + q6 - e6 - r6;
                m7 = q7 + q7 - e7 - r7;
                m8 = q8 + q8 - e8 - r8;

                // q' = u² + t
                t = q0 * q0;
                u0 = t & mask;
                t = (t >> 29) + ((q0 * q1) << 1);
                u1 = t & mask;
                t = (t >> 29) + ((q0 * q2) << 1) + q1 * q1;
                u2 = t & mask;
                t = (t >> 29) + ((q0 * q3 + q1 * q2) << 1) + (u0 << 9);
                u3 = t & mask;
                t = (t >> 29) + ((q0 * q4 + q1 * q3) << 1) + q2 * q2 + (u1 << 9);
                u4 = t & mask;
                t = (t >> 29) + ((q0 * q5 + q1 * q4 + q2 * q3) << 1) + (u2 << 9);
                u5 = t & mask;
                t = (t >> 29) + ((q0 * q6 + q1 * q5 + q2 * q4) << 1) + q3 * q3 + (u3 << 9) + (u0 << 18);
                u6 = t & mask;
                t = (t >> 29) + ((q0 * q7 + q1 * q6 + q2 * q5 + q3 * q4) << 1) + (u4 << 9) + (u1 << 18) - (u0 << 21);
                u7 = t & mask;
                t = (t >> 29) + ((q0 * q8 + q1 * q7 + q2 * q6 + q3 * q5) << 1) + q4 * q4 + (u5 << 9) + (u2 << 18) - (u1 << 21) + (u0 << 24);
                u8 = t & mask;
                t = (t >> 29) + ((q1 * q8 + q2 * q7 + q3 * q6 + q4 * q5) << 1) + (u6 << 9) + (u3 << 18) - (u2 << 21) + (u1 << 24) + y0;
                q0 = t & mask;
                t = (t >> 29) + ((q2 * q8 + q3 * q7 + q4 * q6) << 1) + q5 * q5 + (u7 << 9) + (u4 << 18) - (u3 << 21) + (u2 << 24) + y1;
                q1 = t & mask;
                t = (t >> 29) + ((q3 * q8 + q4 * q7 + q5 * q6) << 1) + (u8 << 9) + (u5 << 18) - (u4 << 21) + (u3 << 24) + y2;
                q2 = t & mask;
                t = (t >> 29) + ((q4 * q8 + q5 * q7) << 1) + q6 * q6 + (u6 << 18) - (u5 << 21) + (u4 << 24) + y3;
                q3 = t & mask;
                t = (t >> 29) + ((q5 * q8 + q6 * q7) << 1) + (u7 << 18) - (u6 << 21) + (u5 << 24) + y4;
                q4 = t & mask;
                t = (t >> 29) + ((q6 * q8) << 1) + q7 * q7 + (u8 << 18) - (u7 << 21) + (u6 << 24) + y5;
                q5 = t & mask;
                t = (t >> 29) + ((q7 * q8) << 1) - (u8 << 21) + (u7 << 24) + y6;
                q6 = t & mask;
                t = (t >> 29) + q8 * q8 + (u8 << 24) + y7;
                q7 = t & mask;
                q8 = (t >> 29) + y8;

                // r' = e w
                t = e0 * r0;
                u0 = t & mask;
                t = (t >> 29) + e0 * r1 + e1 * r0;
                u1 = t & mask;
                t = (t >> 29) + e0 * r2 + e1 * r1 + e2 * r0;
                u2 = t & mask;
                t = (t >> 29) + e0 * r3 + e1 * r2 + e2 * r1 + e3 * r0 + (u0 << 9);
                u3 = t & mask;
                t = (t >> 29) + e0 * r4 + e1 * r3 + e2 * r2 + e3 * r1 + e4 * r0 + (u1 << 9);
                u4 = t & mask;
                t = (t >> 29) + e0 * r5 + e1 * r4 + e2 * r3 + e3 * r2 + e4 * r1 + e5 * r0 + (u2 << 9);
                u5 = t & mask;
                t = (t >> 29) + e0 * r6 + e1 * r5 + e2 * r4 + e3 * r3 + e4 * r2 + e5 * r1 + e6 * r0 + (u3 << 9) + (u0 << 18);
                u6 = t & mask;
                t = (t >> 29) + e0 * r7 + e1 * r6 + e2 * r5 + e3 * r4 + e4 * r3 + e5 * r2 + e6 * r1 + e7 * r0 + (u4 << 9) + (u1 << 18) - (u0 << 21);
                u7 = t & mask;
                t = (t >> 29) + e0 * r8 + e1 * r7 + e2 * r6 + e3 * r5 + e4 * r4 + e5 * r3 + e6 * r2 + e7 * r1 + e8 * r0 + (u5 << 9) + (u2 << 18) - (u1 << 21) + (u0 << 24);
                u8 = t & mask;
                t = (t >> 29) + e1 * r8 + e2 * r7 + e3 * r6 + e4 * r5 + e5 * r4 + e6 * r3 + e7 * r2 + e8 * r1 + (u6 << 9) + (u3 << 18) - (u2 << 21) + (u1 << 24);
                r0 = t & mask;
                t = (t >> 29) + e2 * r8 + e3 * r7 + e4 * r6 + e5 * r5 + e6 * r4 + e7 * r3 + e8 * r2 + (u7 << 9) + (u4 << 18) - (u3 << 21) + (u2 << 24);
                r1 = t & mask;
                t = (t >> 29) + e3 * r8 + e4 * r7 + e5 * r6 + e6 * r5 + e7 * r4 + e8 * r3 + (u8 << 9) + (u5 << 18) - (u4 << 21) + (u3 << 24);
                r2 = t & mask;
                t = (t >> 29) + e4 * r8 + e5 * r7 + e6 * r6 + e7 * r5 + e8 * r4 + (u6 << 18) - (u5 << 21) + (u4 << 24);
                r3 = t & mask;
                t = (t >> 29) + e5 * r8 + e6 * r7 + e7 * r6 + e8 * r5 + (u7 << 18) - (u6 << 21) + (u5 << 24);
                r4 = t & mask;
                t = (t >> 29) + e6 * r8 + e7 * r7 + e8 * r6 + (u8 << 18) - (u7 << 21) + (u6 << 24);
                r5 = t & mask;
                t = (t >> 29) + e7 * r8 + e8 * r7 - (u8 << 21) + (u7 << 24);
                r6 = t & mask;
                t = (t >> 29) + e8 * r8 + (u8 << 24);
                r7 = t & mask;
                r8 = t >> 29;

                // y' = e t
                t = e0 * y0;
                u0 = t & mask;
                t = (t >> 29) + e0 * y1 + e1 * y0;
                u1 = t & mask;
                t = (t >> 29) + e0 * y2 + e1 * y1 + e2 * y0;
                u2 = t & mask;
                t = (t >> 29) + e0 * y3 + e1 * y2 + e2 * y1 + e3 * y0 + (u0 << 9);
                u3 = t & mask;
                t = (t >> 29) + e0 * y4 + e1 * y3 + e2 * y2 + e3 * y1 + e4 * y0 + (u1 << 9);
                u4 = t & mask;
                t = (t >> 29) + e0 * y5 + e1 * y4 + e2 * y3 + e3 * y2 + e4 * y1 + e5 * y0 + (u2 << 9);
                u5 = t & mask;
                t = (t >> 29) + e0 * y6 + e1 * y5 + e2 * y4 + e3 * y3 + e4 * y2 + e5 * y1 + e6 * y0 + (u3 << 9) + (u0 << 18);
                u6 = t & mask;
                t = (t >> 29) + e0 * y7 + e1 * y6 + e2 * y5 + e3 * y4 + e4 * y3 + e5 * y2 + e6 * y1 + e7 * y0 + (u4 << 9) + (u1 << 18) - (u0 << 21);
                u7 = t & mask;
                t = (t >> 29) + e0 * y8 + e1 * y7 + e2 * y6 + e3 * y5 + e4 * y4 + e5 * y3 + e6 * y2 + e7 * y1 + e8 * y0 + (u5 << 9) + (u2 << 18) - (u1 << 21) + (u0 << 24);
                u8 = t & mask;
                t = (t >> 29) + e1 * y8 + e2 * y7 + e3 * y6 + e4 * y5 + e5 * y4 + e6 * y3 + e7 * y2 + e8 * y1 + (u6 << 9) + (u3 << 18) - (u2 << 21) + (u1 << 24);
                y0 = t & mask;
                t = (t >> 29) + e2 * y8 + e3 * y7 + e4 * y6 + e5 * y5 + e6 * y4 + e7 * y3 + e8 * y2 + (u7 << 9) + (u4 << 18) - (u3 << 21) + (u2 << 24);
                y1 = t & mask;
                t = (t >> 29) + e3 * y8 + e4 * y7 + e5 * y6 + e6 * y5 + e7 * y4 + e8 * y3 + (u8 << 9) + (u5 << 18) - (u4 << 21) + (u3 << 24);
                y2 = t & mask;
                t = (t >> 29) + e4 * y8 + e5 * y7 + e6 * y6 + e7 * y5 + e8 * y4 + (u6 << 18) - (u5 << 21) + (u4 << 24);
                y3 = t & mask;
                t = (t >> 29) + e5 * y8 + e6 * y7 + e7 * y6 + e8 * y5 + (u7 << 18) - (u6 << 21) + (u5 << 24);
                y4 = t & mask;
                t = (t >> 29) + e6 * y8 + e7 * y7 + e8 * y6 + (u8 << 18) - (u7 << 21) + (u6 << 24);
                y5 = t & mask;
                t = (t >> 29) + e7 * y8 + e8 * y7 - (u8 << 21) + (u7 << 24);
                y6 = t & mask;
                t = (t >> 29) + e8 * y8 + (u8 << 24);
                y7 = t & mask;
                y8 = t >> 29;
            }

            f[0] = q0; f[1] = q1; f[2] = q2;
            f[3] = q3; f[4] = q4; f[5] = q5;
            f[6] = q6; f[7] = q7; f[8] = q8;
            f[9] = r0; f[10] = r1; f[11] = r2;
            f[12] = r3; f[13] = r4; f[14] = r5;
            f[15] = r6; f[16] = r7; f[17] = r8;
            f[18] = m0; f[19] = m1; f[20] = m2;
            f[21] = m3; f[22] = m4; f[23] = m5;
            f[24] = m6; f[25] = m7; f[26] = m8;
            f[27] = y0; f[28] = y1; f[29] = y2;
            f[30] = y3; f[31] = y4; f[32] = y5;
            f[33] = y6; f[34] = y7; f[35] = y8;
        }
    }
}
