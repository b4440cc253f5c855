namespace MeshNode.Bench
{
    /// <summary>
    /// One AES-128 block as FIPS 197 describes it, octet by octet: the baseline that the other times are divided by.
    /// </summary>
    internal sealed class BytewiseAesBlock : Operation
    {
        private static readonly byte[] s_sBox = CreateSBox();

        private readonly byte[] _roundKeys = new byte[176];
        private readonly byte[] _state = new byte[16];
        private readonly byte[] _shifted = new byte[16];

        public override string Name
        {
            get { return "AES block, bytewise"; }
        }

        public override void Setup()
        {
            byte[] w = _roundKeys;
            byte[] s = s_sBox;
            byte rcon = 1;

            for (int i = 0; i < 16; i++)
            {
                w[i] = (byte)i;
            }

            for (int i = 16; i < 176; i += 4)
            {
                byte a = w[i - 4];
                byte b = w[i - 3];
                byte c = w[i - 2];
                byte d = w[i - 1];

                if ((i & 15) == 0)
                {
                    byte first = a;

                    a = (byte)(s[b] ^ rcon);
                    b = s[c];
                    c = s[d];
                    d = s[first];
                    rcon = Double(rcon);
                }

                w[i] = (byte)(w[i - 16] ^ a);
                w[i + 1] = (byte)(w[i - 15] ^ b);
                w[i + 2] = (byte)(w[i - 14] ^ c);
                w[i + 3] = (byte)(w[i - 13] ^ d);
            }
        }

        public override void Run()
        {
            AddRoundKey(0);

            for (int round = 1; round < 10; round++)
            {
                SubBytesAndShiftRows();
                MixColumns();
                AddRoundKey(16 * round);
            }

            SubBytesAndShiftRows();
            AddRoundKey(160);
        }

        private void AddRoundKey(int offset)
        {
            for (int i = 0; i < 16; i++)
            {
                _state[i] ^= _roundKeys[offset + i];
            }
        }

        private void SubBytesAndShiftRows()
        {
            for (int i = 0; i < 16; i++)
            {
                _shifted[i] = s_sBox[_state[(5 * i) & 15]];
            }

            for (int i = 0; i < 16; i++)
            {
                _state[i] = _shifted[i];
            }
        }

        private void MixColumns()
        {
            for (int i = 0; i < 16; i += 4)
            {
                byte a = _state[i];
                byte b = _state[i + 1];
                byte c = _state[i + 2];
                byte d = _state[i + 3];

                _state[i] = (byte)(Double(a) ^ Double(b) ^ b ^ c ^ d);
                _state[i + 1] = (byte)(a ^ Double(b) ^ Double(c) ^ c ^ d);
                _state[i + 2] = (byte)(a ^ b ^ Double(c) ^ Double(d) ^ d);
                _state[i + 3] = (byte)(Double(a) ^ a ^ b ^ c ^ Double(d));
            }
        }

        private static byte Double(byte value)
        {
            return (byte)((value << 1) ^ ((value & 0x80) != 0 ? 0x1B : 0));
        }

        private static byte[] CreateSBox()
        {
            byte[] sBox = new byte[256];
            byte p = 1;
            byte q = 1;

            // p walks the powers of 3, which generate all elements but 0; q walks their inverses.
            do
            {
                p = (byte)(p ^ Double(p));
                q ^= (byte)(q << 1);
                q ^= (byte)(q << 2);
                q ^= (byte)(q << 4);

                if ((q & 0x80) != 0)
                {
                    q ^= 0x09;
                }

                sBox[p] = (byte)(q ^ Rotate(q, 1) ^ Rotate(q, 2) ^ Rotate(q, 3) ^ Rotate(q, 4) ^ 0x63);
            }
            while (p != 1);

            sBox[0] = 0x63;

            return sBox;
        }

        private static byte Rotate(byte value, int count)
        {
            return (byte)((value << count) | (value >> (8 - count)));
        }
    }
}
