using System;

namespace MeshNode.Crypto
{
    /// <summary>
    /// AES-CCM with 13-octet nonces (RFC 3610, L = 2). See Mesh Protocol 1.1, section 3.9.2.3.
    /// </summary>
    /// <remarks>
    /// Nothing is allocated after construction. The instances share their scratch: all of them belong to one thread. Input and
    /// output may be the same array when the output starts where the input does or before. An instance takes 216 octets.
    /// </remarks>
    public sealed class AesCcm : Aes128
    {
        /// <summary>Octets in a nonce.</summary>
        public const int NonceSize = 13;

        /// <summary>Octets in the longest message: 255 counter blocks, so that only the last octet of the counter changes.</summary>
        public const int MaxCount = 4080;

        /// <summary>Octets of additional data, at most: what is announced in two octets.</summary>
        public const int MaxAdditionalDataCount = 0xFEFF;

        /// <summary>
        /// Expands the key.
        /// </summary>
        /// <param name="key">Holds the key. Not kept.</param>
        /// <param name="offset">Where in <paramref name="key"/> its 16 octets start.</param>
        public AesCcm(byte[] key, int offset)
            : base(key, offset)
        {
        }

        /// <summary>
        /// Leaves the key to <see cref="Aes128.SetKey"/>.
        /// </summary>
        internal AesCcm()
        {
        }

        /// <summary>
        /// Encrypts and appends the MIC.
        /// </summary>
        /// <param name="nonce">13 octets.</param>
        /// <param name="additionalData">Authenticated but not encrypted; may be null when there is none.</param>
        /// <param name="additionalDataCount">Its octets, at most <see cref="MaxAdditionalDataCount"/>.</param>
        /// <param name="input">Holds the plaintext.</param>
        /// <param name="inputOffset">Where in <paramref name="input"/> it starts.</param>
        /// <param name="count">Its octets, at most <see cref="MaxCount"/>.</param>
        /// <param name="output">Receives the ciphertext, as long as the plaintext, and the MIC behind it.</param>
        /// <param name="outputOffset">Where in <paramref name="output"/> to write.</param>
        /// <param name="micSize">4 or 8.</param>
        public void Encrypt(byte[] nonce, byte[] additionalData, int additionalDataCount,
            byte[] input, int inputOffset, int count, byte[] output, int outputOffset, int micSize)
        {
            Start(true, nonce, additionalData, additionalDataCount, input, inputOffset, count, output, outputOffset, micSize);
        }

        /// <summary>
        /// Decrypts and checks the MIC.
        /// </summary>
        /// <param name="nonce">13 octets.</param>
        /// <param name="additionalData">Authenticated but not encrypted; may be null when there is none.</param>
        /// <param name="additionalDataCount">Its octets, at most <see cref="MaxAdditionalDataCount"/>.</param>
        /// <param name="input">Holds the ciphertext and the MIC behind it.</param>
        /// <param name="inputOffset">Where in <paramref name="input"/> the ciphertext starts.</param>
        /// <param name="count">Octets of the ciphertext, at most <see cref="MaxCount"/>, the MIC not counted.</param>
        /// <param name="output">Receives the plaintext, or zeros when the MIC is wrong.</param>
        /// <param name="outputOffset">Where in <paramref name="output"/> to write.</param>
        /// <param name="micSize">4 or 8.</param>
        /// <returns>Whether the MIC is right.</returns>
        public bool Decrypt(byte[] nonce, byte[] additionalData, int additionalDataCount,
            byte[] input, int inputOffset, int count, byte[] output, int outputOffset, int micSize)
        {
            return Start(false, nonce, additionalData, additionalDataCount, input, inputOffset, count, output, outputOffset, micSize);
        }

        /// <summary>
        /// Encrypts and appends the MIC, or decrypts and checks it, for a nonce given as words.
        /// </summary>
        /// <param name="w0">Octets 0 to 2 of the nonce; the top octet is zero.</param>
        /// <param name="w1">Octets 3 to 6 of the nonce.</param>
        /// <param name="w2">Octets 7 to 10 of the nonce.</param>
        /// <param name="w3">Octets 11 and 12 of the nonce; the low octets are zero.</param>
        /// <param name="encrypt">Whether to encrypt.</param>
        /// <param name="started">
        /// Whether B0 and the additional data have been put through the cipher already, into <see cref="Aes128.Scratch"/>.
        /// </param>
        /// <param name="input">Holds the text.</param>
        /// <param name="inputOffset">Where in <paramref name="input"/> it starts.</param>
        /// <param name="count">Its octets; 255 at most unless started.</param>
        /// <param name="output">Receives the other text.</param>
        /// <param name="outputOffset">Where in <paramref name="output"/> to write.</param>
        /// <param name="micSize">4 or 8.</param>
        /// <returns>Whether the MIC is right; true when encrypting.</returns>
        /// <remarks>
        /// The round keys are copied into variables, which takes 176 instructions and saves 88 in each block. B0 and the counter
        /// blocks A0, A1, ... differ in octets 0 and 15 only. Both enter column 0 of round 1, so that the rest of round 1 and three
        /// quarters of round 2 are computed once (q0 to q3). Of the last round no more words are computed than are needed.
        /// </remarks>
        internal bool Process(uint w0, uint w1, uint w2, uint w3, bool encrypt, bool started,
            byte[] input, int inputOffset, int count, byte[] output, int outputOffset, int micSize)
        {
            uint[] w = RoundKeys;
            uint[] t0 = AesTables.T0;
            uint[] t1 = AesTables.T1;
            uint[] t2 = AesTables.T2;
            uint[] t3 = AesTables.T3;
            uint k0 = w[0];
            uint k1 = w[1];
            uint k2 = w[2];
            uint k3 = w[3];
            uint k4 = w[4];
            uint k5 = w[5];
            uint k6 = w[6];
            uint k7 = w[7];
            uint k8 = w[8];
            uint k9 = w[9];
            uint k10 = w[10];
            uint k11 = w[11];
            uint k12 = w[12];
            uint k13 = w[13];
            uint k14 = w[14];
            uint k15 = w[15];
            uint k16 = w[16];
            uint k17 = w[17];
            uint k18 = w[18];
            uint k19 = w[19];
            uint k20 = w[20];
            uint k21 = w[21];
            uint k22 = w[22];
            uint k23 = w[23];
            uint k24 = w[24];
            uint k25 = w[25];
            uint k26 = w[26];
            uint k27 = w[27];
            uint k28 = w[28];
            uint k29 = w[29];
            uint k30 = w[30];
            uint k31 = w[31];
            uint k32 = w[32];
            uint k33 = w[33];
            uint k34 = w[34];
            uint k35 = w[35];
            uint k36 = w[36];
            uint k37 = w[37];
            uint k38 = w[38];
            uint k39 = w[39];
            uint k40 = w[40];
            uint k41 = w[41];
            uint k42 = w[42];
            uint k43 = w[43];

            w0 ^= k0;
            w1 ^= k1;
            w2 ^= k2;
            w3 ^= k3;

            uint flags = w0 >> 24;
            uint counter = (byte)w3;
            uint column = t1[(byte)(w1 >> 16)] ^ t2[(byte)(w2 >> 8)] ^ k4;
            uint f = t0[w1 >> 24] ^ t1[(byte)(w2 >> 16)] ^ t2[(byte)(w3 >> 8)] ^ t3[(byte)w0] ^ k5;
            uint g = t0[w2 >> 24] ^ t1[(byte)(w3 >> 16)] ^ t2[(byte)(w0 >> 8)] ^ t3[(byte)w1] ^ k6;
            uint h = t0[w3 >> 24] ^ t1[(byte)(w0 >> 16)] ^ t2[(byte)(w1 >> 8)] ^ t3[(byte)w2] ^ k7;

            uint q0 = t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k8;
            uint q1 = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ k9;
            uint q2 = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t3[(byte)f] ^ k10;
            uint q3 = t0[h >> 24] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k11;

            // What the chain is whitened with from one block to the next: the last round key and the first.
            uint y0 = k40 ^ k0;
            uint y1 = k41 ^ k1;
            uint y2 = k42 ^ k2;
            uint y3 = k43 ^ k3;

            uint a;
            uint b;
            uint c;
            uint d;
            uint e;
            uint x0;
            uint x1;
            uint x2;
            uint x3;

            if (started)
            {
                byte[] block = Aes128.Scratch;

                x0 = (((uint)block[0] << 24) | ((uint)block[1] << 16) | ((uint)block[2] << 8) | block[3]) ^ k0;
                x1 = (((uint)block[4] << 24) | ((uint)block[5] << 16) | ((uint)block[6] << 8) | block[7]) ^ k1;
                x2 = (((uint)block[8] << 24) | ((uint)block[9] << 16) | ((uint)block[10] << 8) | block[11]) ^ k2;
                x3 = (((uint)block[12] << 24) | ((uint)block[13] << 16) | ((uint)block[14] << 8) | block[15]) ^ k3;

                Array.Clear(block, 0, 16);
            }
            else
            {
                e = column ^ t0[flags ^ (uint)((micSize << 2) - 7)] ^ t3[counter ^ (uint)count];
                a = t0[e >> 24] ^ q0;
                b = t3[(byte)e] ^ q1;
                c = t2[(byte)(e >> 8)] ^ q2;
                d = t1[(byte)(e >> 16)] ^ q3;

                e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k12;
                f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k13;
                g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k14;
                h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k15;

                a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k16;
                b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k17;
                c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k18;
                d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k19;

                e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k20;
                f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k21;
                g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k22;
                h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k23;

                a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k24;
                b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k25;
                c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k26;
                d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k27;

                e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k28;
                f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k29;
                g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k30;
                h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k31;

                a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k32;
                b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k33;
                c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k34;
                d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k35;

                e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k36;
                f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k37;
                g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k38;
                h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k39;

                x0 = (t1[e >> 24] << 24) ^ (t3[(byte)(f >> 16)] & 0xFF0000) ^ (t0[(byte)(g >> 8)] & 0xFF00) ^ (byte)t1[(byte)h] ^ y0;
                x1 = (t1[f >> 24] << 24) ^ (t3[(byte)(g >> 16)] & 0xFF0000) ^ (t0[(byte)(h >> 8)] & 0xFF00) ^ (byte)t1[(byte)e] ^ y1;
                x2 = (t1[g >> 24] << 24) ^ (t3[(byte)(h >> 16)] & 0xFF0000) ^ (t0[(byte)(e >> 8)] & 0xFF00) ^ (byte)t1[(byte)f] ^ y2;
                x3 = (t1[h >> 24] << 24) ^ (t3[(byte)(e >> 16)] & 0xFF0000) ^ (t0[(byte)(f >> 8)] & 0xFF00) ^ (byte)t1[(byte)g] ^ y3;
            }

            int left = count;
            uint z0;
            uint z1 = 0;

            column ^= t0[flags ^ 1];

            if (count == 0)
            {
                z0 = x0 ^ y0;
                z1 = x1 ^ y1;
            }
            else
            {
                uint p0;
                uint p1;
                uint p2;
                uint p3;
                uint o0;
                uint o1;
                uint o2;
                uint o3;

                for (uint i = 1; ; i++)
                {
                    e = column ^ t3[counter ^ i];
                    a = t0[e >> 24] ^ q0;
                    b = t3[(byte)e] ^ q1;
                    c = t2[(byte)(e >> 8)] ^ q2;
                    d = t1[(byte)(e >> 16)] ^ q3;

                    e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k12;
                    f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k13;
                    g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k14;
                    h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k15;

                    a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k16;
                    b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k17;
                    c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k18;
                    d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k19;

                    e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k20;
                    f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k21;
                    g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k22;
                    h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k23;

                    a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k24;
                    b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k25;
                    c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k26;
                    d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k27;

                    e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k28;
                    f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k29;
                    g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k30;
                    h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k31;

                    a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k32;
                    b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k33;
                    c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k34;
                    d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k35;

                    e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k36;
                    f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k37;

                    if (left > 2)
                    {
                        g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k38;
                        h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k39;
                    }

                    if (left > 15)
                    {
                        p0 = ((uint)input[inputOffset] << 24) | ((uint)input[inputOffset + 1] << 16) |
                            ((uint)input[inputOffset + 2] << 8) | input[inputOffset + 3];
                        p1 = ((uint)input[inputOffset + 4] << 24) | ((uint)input[inputOffset + 5] << 16) |
                            ((uint)input[inputOffset + 6] << 8) | input[inputOffset + 7];
                        p2 = ((uint)input[inputOffset + 8] << 24) | ((uint)input[inputOffset + 9] << 16) |
                            ((uint)input[inputOffset + 10] << 8) | input[inputOffset + 11];
                        p3 = ((uint)input[inputOffset + 12] << 24) | ((uint)input[inputOffset + 13] << 16) |
                            ((uint)input[inputOffset + 14] << 8) | input[inputOffset + 15];

                        o0 = (t1[e >> 24] << 24) ^ (t3[(byte)(f >> 16)] & 0xFF0000) ^ (t0[(byte)(g >> 8)] & 0xFF00) ^ (byte)t1[(byte)h] ^ k40 ^ p0;
                        o1 = (t1[f >> 24] << 24) ^ (t3[(byte)(g >> 16)] & 0xFF0000) ^ (t0[(byte)(h >> 8)] & 0xFF00) ^ (byte)t1[(byte)e] ^ k41 ^ p1;
                        o2 = (t1[g >> 24] << 24) ^ (t3[(byte)(h >> 16)] & 0xFF0000) ^ (t0[(byte)(e >> 8)] & 0xFF00) ^ (byte)t1[(byte)f] ^ k42 ^ p2;
                        o3 = (t1[h >> 24] << 24) ^ (t3[(byte)(e >> 16)] & 0xFF0000) ^ (t0[(byte)(f >> 8)] & 0xFF00) ^ (byte)t1[(byte)g] ^ k43 ^ p3;

                        output[outputOffset] = (byte)(o0 >> 24);
                        output[outputOffset + 1] = (byte)(o0 >> 16);
                        output[outputOffset + 2] = (byte)(o0 >> 8);
                        output[outputOffset + 3] = (byte)o0;
                        output[outputOffset + 4] = (byte)(o1 >> 24);
                        output[outputOffset + 5] = (byte)(o1 >> 16);
                        output[outputOffset + 6] = (byte)(o1 >> 8);
                        output[outputOffset + 7] = (byte)o1;
                        output[outputOffset + 8] = (byte)(o2 >> 24);
                        output[outputOffset + 9] = (byte)(o2 >> 16);
                        output[outputOffset + 10] = (byte)(o2 >> 8);
                        output[outputOffset + 11] = (byte)o2;
                        output[outputOffset + 12] = (byte)(o3 >> 24);
                        output[outputOffset + 13] = (byte)(o3 >> 16);
                        output[outputOffset + 14] = (byte)(o3 >> 8);
                        output[outputOffset + 15] = (byte)o3;

                        if (encrypt)
                        {
                            a = x0 ^ p0;
                            b = x1 ^ p1;
                            c = x2 ^ p2;
                            d = x3 ^ p3;
                        }
                        else
                        {
                            a = x0 ^ o0;
                            b = x1 ^ o1;
                            c = x2 ^ o2;
                            d = x3 ^ o3;
                        }

                        inputOffset += 16;
                        outputOffset += 16;
                        left -= 16;
                    }
                    else if (left > 4)
                    {
                        p0 = 0;
                        p1 = 0;
                        p2 = 0;
                        p3 = 0;

                        switch (left)
                        {
                            case 15:
                                p3 |= (uint)input[inputOffset + 14] << 8;
                                goto case 14;
                            case 14:
                                p3 |= (uint)input[inputOffset + 13] << 16;
                                goto case 13;
                            case 13:
                                p3 |= (uint)input[inputOffset + 12] << 24;
                                goto case 12;
                            case 12:
                                p2 |= input[inputOffset + 11];
                                goto case 11;
                            case 11:
                                p2 |= (uint)input[inputOffset + 10] << 8;
                                goto case 10;
                            case 10:
                                p2 |= (uint)input[inputOffset + 9] << 16;
                                goto case 9;
                            case 9:
                                p2 |= (uint)input[inputOffset + 8] << 24;
                                goto case 8;
                            case 8:
                                p1 |= input[inputOffset + 7];
                                goto case 7;
                            case 7:
                                p1 |= (uint)input[inputOffset + 6] << 8;
                                goto case 6;
                            case 6:
                                p1 |= (uint)input[inputOffset + 5] << 16;
                                goto case 5;
                            case 5:
                                p1 |= (uint)input[inputOffset + 4] << 24;
                                goto case 4;
                            case 4:
                                p0 |= input[inputOffset + 3];
                                goto case 3;
                            case 3:
                                p0 |= (uint)input[inputOffset + 2] << 8;
                                goto case 2;
                            case 2:
                                p0 |= (uint)input[inputOffset + 1] << 16;
                                goto case 1;
                            case 1:
                                p0 |= (uint)input[inputOffset] << 24;
                                break;
                        }

                        // Octets behind the end count as zero in the chain.
                        uint mask = 0xFFFFFFFF << -(left << 3);

                        o0 = (t1[e >> 24] << 24) ^ (t3[(byte)(f >> 16)] & 0xFF0000) ^ (t0[(byte)(g >> 8)] & 0xFF00) ^ (byte)t1[(byte)h] ^ k40 ^ p0;
                        o1 = (t1[f >> 24] << 24) ^ (t3[(byte)(g >> 16)] & 0xFF0000) ^ (t0[(byte)(h >> 8)] & 0xFF00) ^ (byte)t1[(byte)e] ^ k41 ^ p1;
                        o2 = 0;
                        o3 = 0;

                        if (left <= 8)
                        {
                            o1 &= mask;
                        }
                        else
                        {
                            o2 = (t1[g >> 24] << 24) ^ (t3[(byte)(h >> 16)] & 0xFF0000) ^ (t0[(byte)(e >> 8)] & 0xFF00) ^ (byte)t1[(byte)f] ^ k42 ^ p2;

                            if (left <= 12)
                            {
                                o2 &= mask;
                            }
                            else
                            {
                                o3 = ((t1[h >> 24] << 24) ^ (t3[(byte)(e >> 16)] & 0xFF0000) ^
                                    (t0[(byte)(f >> 8)] & 0xFF00) ^ (byte)t1[(byte)g] ^ k43 ^ p3) & mask;
                            }
                        }

                        switch (left)
                        {
                            case 15:
                                output[outputOffset + 14] = (byte)(o3 >> 8);
                                goto case 14;
                            case 14:
                                output[outputOffset + 13] = (byte)(o3 >> 16);
                                goto case 13;
                            case 13:
                                output[outputOffset + 12] = (byte)(o3 >> 24);
                                goto case 12;
                            case 12:
                                output[outputOffset + 11] = (byte)o2;
                                goto case 11;
                            case 11:
                                output[outputOffset + 10] = (byte)(o2 >> 8);
                                goto case 10;
                            case 10:
                                output[outputOffset + 9] = (byte)(o2 >> 16);
                                goto case 9;
                            case 9:
                                output[outputOffset + 8] = (byte)(o2 >> 24);
                                goto case 8;
                            case 8:
                                output[outputOffset + 7] = (byte)o1;
                                goto case 7;
                            case 7:
                                output[outputOffset + 6] = (byte)(o1 >> 8);
                                goto case 6;
                            case 6:
                                output[outputOffset + 5] = (byte)(o1 >> 16);
                                goto case 5;
                            case 5:
                                output[outputOffset + 4] = (byte)(o1 >> 24);
                                goto case 4;
                            case 4:
                                output[outputOffset + 3] = (byte)o0;
                                goto case 3;
                            case 3:
                                output[outputOffset + 2] = (byte)(o0 >> 8);
                                goto case 2;
                            case 2:
                                output[outputOffset + 1] = (byte)(o0 >> 16);
                                goto case 1;
                            case 1:
                                output[outputOffset] = (byte)(o0 >> 24);
                                break;
                        }

                        if (encrypt)
                        {
                            a = x0 ^ p0;
                            b = x1 ^ p1;
                            c = x2 ^ p2;
                            d = x3 ^ p3;
                        }
                        else
                        {
                            a = x0 ^ o0;
                            b = x1 ^ o1;
                            c = x2 ^ o2;
                            d = x3 ^ o3;
                        }

                        inputOffset += left;
                        outputOffset += left;
                        left = 0;
                    }
                    else
                    {
                        p0 = 0;

                        switch (left)
                        {
                            case 4:
                                p0 |= input[inputOffset + 3];
                                goto case 3;
                            case 3:
                                p0 |= (uint)input[inputOffset + 2] << 8;
                                goto case 2;
                            case 2:
                                p0 |= (uint)input[inputOffset + 1] << 16;
                                goto case 1;
                            case 1:
                                p0 |= (uint)input[inputOffset] << 24;
                                break;
                        }

                        o0 = ((t1[e >> 24] << 24) ^ (t3[(byte)(f >> 16)] & 0xFF0000) ^ (t0[(byte)(g >> 8)] & 0xFF00) ^
                            (byte)t1[(byte)h] ^ k40 ^ p0) & (0xFFFFFFFF << -(left << 3));

                        switch (left)
                        {
                            case 4:
                                output[outputOffset + 3] = (byte)o0;
                                goto case 3;
                            case 3:
                                output[outputOffset + 2] = (byte)(o0 >> 8);
                                goto case 2;
                            case 2:
                                output[outputOffset + 1] = (byte)(o0 >> 16);
                                goto case 1;
                            case 1:
                                output[outputOffset] = (byte)(o0 >> 24);
                                break;
                        }

                        a = x0 ^ (encrypt ? p0 : o0);
                        b = x1;
                        c = x2;
                        d = x3;

                        inputOffset += left;
                        outputOffset += left;
                        left = 0;
                    }

                    e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k4;
                    f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k5;
                    g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k6;
                    h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k7;

                    a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k8;
                    b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k9;
                    c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k10;
                    d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k11;

                    e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k12;
                    f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k13;
                    g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k14;
                    h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k15;

                    a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k16;
                    b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k17;
                    c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k18;
                    d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k19;

                    e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k20;
                    f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k21;
                    g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k22;
                    h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k23;

                    a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k24;
                    b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k25;
                    c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k26;
                    d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k27;

                    e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k28;
                    f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k29;
                    g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k30;
                    h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k31;

                    a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k32;
                    b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k33;
                    c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k34;
                    d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k35;

                    e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k36;
                    f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k37;
                    g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k38;
                    h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k39;

                    if (left == 0)
                    {
                        break;
                    }

                    x0 = (t1[e >> 24] << 24) ^ (t3[(byte)(f >> 16)] & 0xFF0000) ^ (t0[(byte)(g >> 8)] & 0xFF00) ^ (byte)t1[(byte)h] ^ y0;
                    x1 = (t1[f >> 24] << 24) ^ (t3[(byte)(g >> 16)] & 0xFF0000) ^ (t0[(byte)(h >> 8)] & 0xFF00) ^ (byte)t1[(byte)e] ^ y1;
                    x2 = (t1[g >> 24] << 24) ^ (t3[(byte)(h >> 16)] & 0xFF0000) ^ (t0[(byte)(e >> 8)] & 0xFF00) ^ (byte)t1[(byte)f] ^ y2;
                    x3 = (t1[h >> 24] << 24) ^ (t3[(byte)(e >> 16)] & 0xFF0000) ^ (t0[(byte)(f >> 8)] & 0xFF00) ^ (byte)t1[(byte)g] ^ y3;
                }

                z0 = (t1[e >> 24] << 24) ^ (t3[(byte)(f >> 16)] & 0xFF0000) ^ (t0[(byte)(g >> 8)] & 0xFF00) ^ (byte)t1[(byte)h];

                if (micSize == 8)
                {
                    z1 = (t1[f >> 24] << 24) ^ (t3[(byte)(g >> 16)] & 0xFF0000) ^ (t0[(byte)(h >> 8)] & 0xFF00) ^ (byte)t1[(byte)e];
                }
            }

            e = column ^ t3[counter];
            a = t0[e >> 24] ^ q0;
            b = t3[(byte)e] ^ q1;
            c = t2[(byte)(e >> 8)] ^ q2;
            d = t1[(byte)(e >> 16)] ^ q3;

            e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k12;
            f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k13;
            g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k14;
            h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k15;

            a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k16;
            b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k17;
            c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k18;
            d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k19;

            e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k20;
            f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k21;
            g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k22;
            h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k23;

            a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k24;
            b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k25;
            c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k26;
            d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k27;

            e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k28;
            f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k29;
            g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k30;
            h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k31;

            a = t0[e >> 24] ^ t1[(byte)(f >> 16)] ^ t2[(byte)(g >> 8)] ^ t3[(byte)h] ^ k32;
            b = t0[f >> 24] ^ t1[(byte)(g >> 16)] ^ t2[(byte)(h >> 8)] ^ t3[(byte)e] ^ k33;
            c = t0[g >> 24] ^ t1[(byte)(h >> 16)] ^ t2[(byte)(e >> 8)] ^ t3[(byte)f] ^ k34;
            d = t0[h >> 24] ^ t1[(byte)(e >> 16)] ^ t2[(byte)(f >> 8)] ^ t3[(byte)g] ^ k35;

            e = t0[a >> 24] ^ t1[(byte)(b >> 16)] ^ t2[(byte)(c >> 8)] ^ t3[(byte)d] ^ k36;
            f = t0[b >> 24] ^ t1[(byte)(c >> 16)] ^ t2[(byte)(d >> 8)] ^ t3[(byte)a] ^ k37;
            g = t0[c >> 24] ^ t1[(byte)(d >> 16)] ^ t2[(byte)(a >> 8)] ^ t3[(byte)b] ^ k38;
            h = t0[d >> 24] ^ t1[(byte)(a >> 16)] ^ t2[(byte)(b >> 8)] ^ t3[(byte)c] ^ k39;

            // The last round key is in both and cancels out.
            z0 ^= (t1[e >> 24] << 24) ^ (t3[(byte)(f >> 16)] & 0xFF0000) ^ (t0[(byte)(g >> 8)] & 0xFF00) ^ (byte)t1[(byte)h];

            if (micSize == 8)
            {
                z1 ^= (t1[f >> 24] << 24) ^ (t3[(byte)(g >> 16)] & 0xFF0000) ^ (t0[(byte)(h >> 8)] & 0xFF00) ^ (byte)t1[(byte)e];
            }

            if (encrypt)
            {
                output[outputOffset] = (byte)(z0 >> 24);
                output[outputOffset + 1] = (byte)(z0 >> 16);
                output[outputOffset + 2] = (byte)(z0 >> 8);
                output[outputOffset + 3] = (byte)z0;

                if (micSize == 8)
                {
                    output[outputOffset + 4] = (byte)(z1 >> 24);
                    output[outputOffset + 5] = (byte)(z1 >> 16);
                    output[outputOffset + 6] = (byte)(z1 >> 8);
                    output[outputOffset + 7] = (byte)z1;
                }

                return true;
            }

            z0 ^= ((uint)input[inputOffset] << 24) | ((uint)input[inputOffset + 1] << 16) |
                ((uint)input[inputOffset + 2] << 8) | input[inputOffset + 3];

            if (micSize == 8)
            {
                z0 |= z1 ^ (((uint)input[inputOffset + 4] << 24) | ((uint)input[inputOffset + 5] << 16) |
                    ((uint)input[inputOffset + 6] << 8) | input[inputOffset + 7]);
            }

            if (z0 == 0)
            {
                return true;
            }

            Array.Clear(output, outputOffset - count, count);

            return false;
        }

        private bool Start(bool encrypt, byte[] nonce, byte[] additionalData, int additionalDataCount,
            byte[] input, int inputOffset, int count, byte[] output, int outputOffset, int micSize)
        {
            if ((micSize != 4 && micSize != 8) || count < 0 || count > MaxCount || additionalDataCount < 0 ||
                additionalDataCount > MaxAdditionalDataCount)
            {
                throw new ArgumentException();
            }

            bool started = additionalDataCount != 0 || count > 255;

            if (started)
            {
                Authenticate(nonce, additionalData, additionalDataCount, count, micSize);
            }

            return Process(
                ((uint)nonce[0] << 16) | ((uint)nonce[1] << 8) | nonce[2],
                ((uint)nonce[3] << 24) | ((uint)nonce[4] << 16) | ((uint)nonce[5] << 8) | nonce[6],
                ((uint)nonce[7] << 24) | ((uint)nonce[8] << 16) | ((uint)nonce[9] << 8) | nonce[10],
                ((uint)nonce[11] << 24) | ((uint)nonce[12] << 16),
                encrypt, started, input, inputOffset, count, output, outputOffset, micSize);
        }

        /// <summary>
        /// Puts B0 and the additional data through the cipher, for messages that <see cref="Process"/> cannot start itself.
        /// </summary>
        private void Authenticate(byte[] nonce, byte[] additionalData, int additionalDataCount, int count, int micSize)
        {
            byte[] block = Aes128.Scratch;

            block[0] = (byte)((additionalDataCount != 0 ? 0x40 : 0) + (micSize << 2) - 7);
            Array.Copy(nonce, 0, block, 1, NonceSize);
            block[14] = (byte)(count >> 8);
            block[15] = (byte)count;
            Encrypt(block, block);

            if (additionalDataCount == 0)
            {
                return;
            }

            block[0] ^= (byte)(additionalDataCount >> 8);
            block[1] ^= (byte)additionalDataCount;

            int position = 2;

            for (int i = 0; i < additionalDataCount; i++)
            {
                if (position == 16)
                {
                    Encrypt(block, block);
                    position = 0;
                }

                block[position] ^= additionalData[i];
                position++;
            }

            Encrypt(block, block);
        }
    }
}
