using System;

namespace MeshNode.Crypto
{
    /// <summary>
    /// Key pairs and shared secrets on the curve P-256, computed in slices. See Mesh Protocol 1.1, section 5.4.2.3.
    /// </summary>
    /// <remarks>
    /// <para>
    /// An instance computes one thing at a time: start, <see cref="Step"/> until it returns true, fetch. It takes 1,430 octets and is
    /// allocated once; nothing is allocated after construction, but stack frames take 2.9 KB while it runs. A key pair or a secret
    /// takes 1.78 million interpreted instructions: 32,000 to start, the rest in 289 or 288 steps of one bit of up to 8,700 each.
    /// Neither a private key nor anything computed with it decides a branch or an index, and the number of steps is always the same.
    /// </para>
    /// <para>
    /// Secrets are zeroed when the computation ends, and the result when it is fetched. What the interpreter keeps in stack frames
    /// for reuse is out of reach. The caller keeps the private key and zeroes it.
    /// </para>
    /// </remarks>
    public sealed class P256
    {
        /// <summary>Octets of a private key, most significant first.</summary>
        public const int PrivateKeySize = 32;

        /// <summary>Octets of a public key: X and Y, each most significant first.</summary>
        public const int PublicKeySize = 64;

        /// <summary>Octets of a shared secret: the X coordinate.</summary>
        public const int SharedSecretSize = 32;

        /// <summary>Squarings of the inversion that count as one bit of the ladder.</summary>
        private const int SquaringsPerBit = 12;

        /// <summary>Bits of the scalar below the highest one, which is always set.</summary>
        private const int LadderBits = 257;

        // Elements, the first four as the ladder wants them.
        private const int Q = 0;
        private const int R = 9;
        private const int M = 18;
        private const int Y = 27;
        private const int PointX = 36;
        private const int PointY = 45;
        private const int E = 54;
        private const int A = 63;
        private const int Inverse = 72;
        private const int Powers = 81;

        /// <summary>
        /// The power p - 2: how often to square and which power of two ones to multiply by then (number i has 2^i ones); each of the
        /// first five products is the next of these powers.
        /// </summary>
        private readonly byte[] _inversion = new byte[]
        {
            1, 0, 2, 1, 4, 2, 8, 3, 16, 4, 32, 0, 128, 5, 32, 5, 16, 4, 8, 3, 4, 2, 2, 1, 2, 0
        };

        private readonly byte[] _constants = P256Field.Constants();

        /// <summary>Field elements; see the constants above for what is where.</summary>
        internal readonly long[] Elements = new long[P256Field.Elements];

        /// <summary>What the ladder multiplies by, least significant octet first.</summary>
        internal readonly byte[] Scalar = new byte[33];

        /// <summary>X and Y, once the computation is done.</summary>
        internal readonly byte[] Result = new byte[PublicKeySize];

        private Phase _phase;
        private bool _isKeyPair;
        private int _negate;
        private int _position;
        private int _squarings;

        private enum Phase : byte
        {
            Idle,
            Ladder,
            BeforeInversion,
            Inversion,
            ResultX,
            ResultY,
            Done
        }

        /// <summary>
        /// Whether octets are a public key: both coordinates below the prime and the point on the curve. The point at infinity has no
        /// such form. Allocates.
        /// </summary>
        /// <param name="publicKey">Holds the 64 octets. Not kept.</param>
        /// <param name="offset">Where in <paramref name="publicKey"/> they start.</param>
        public static bool IsValidPoint(byte[] publicKey, int offset)
        {
            return Load(P256Field.Constants(), publicKey, offset, new long[P256Field.Elements]);
        }

        /// <summary>
        /// Whether octets are a private key, 1 to n - 1. Allocates.
        /// </summary>
        /// <param name="key">Holds the 32 octets. Not kept.</param>
        /// <param name="offset">Where in <paramref name="key"/> they start.</param>
        public static bool IsValidPrivateKey(byte[] key, int offset)
        {
            return IsValidPrivateKey(P256Field.Constants(), key, offset);
        }

        private static bool IsValidPrivateKey(byte[] constants, byte[] key, int offset)
        {
            int any = 0;
            int borrow = 0;

            for (int i = 31; i >= 0; i--)
            {
                int octet = key[offset + i];

                any |= octet;
                borrow = ((octet - constants[P256Field.Order + i] - borrow) >> 8) & 1;
            }

            return any != 0 && borrow == 1;
        }

        /// <summary>
        /// Starts to compute the public key of a private key. Whatever was going on is given up.
        /// </summary>
        /// <param name="privateKey">Holds the 32 octets of a valid private key. Not kept.</param>
        /// <param name="offset">Where in <paramref name="privateKey"/> they start.</param>
        public void StartKeyPair(byte[] privateKey, int offset)
        {
            Clear();
            Load(_constants, _constants, P256Field.Generator, Elements);
            Start(privateKey, offset);
            _isKeyPair = true;
        }

        /// <summary>
        /// Starts to compute a shared secret. Whatever was going on is given up.
        /// </summary>
        /// <remarks>
        /// The two valid points with X = 0 are refused as well: the result cannot be found from what the ladder leaves of them, and
        /// nobody who draws a key at random gets one.
        /// </remarks>
        /// <param name="privateKey">Holds the 32 octets of a valid private key. Not kept.</param>
        /// <param name="privateOffset">Where in <paramref name="privateKey"/> they start.</param>
        /// <param name="peerPublicKey">Holds the 64 octets of the peer's public key. Not kept.</param>
        /// <param name="peerOffset">Where in <paramref name="peerPublicKey"/> they start.</param>
        /// <returns>False if the peer's public key is invalid or refused; then nothing was started.</returns>
        public bool StartSharedSecret(byte[] privateKey, int privateOffset, byte[] peerPublicKey, int peerOffset)
        {
            Clear();

            if (!Load(_constants, peerPublicKey, peerOffset, Elements))
            {
                return false;
            }

            Array.Copy(Elements, PointX, Elements, E, P256Field.Size);

            if (P256Field.IsZero(Elements, E))
            {
                return false;
            }

            Start(privateKey, privateOffset);

            return true;
        }

        /// <summary>
        /// Goes on with the computation.
        /// </summary>
        /// <param name="bits">How far: the ladder takes some 6,200 interpreted instructions a bit and 300 a call.</param>
        /// <returns>Whether the result can be fetched.</returns>
        public bool Step(int bits)
        {
            while (bits > 0 && _phase != Phase.Done)
            {
                int count = 1;

                switch (_phase)
                {
                    case Phase.Ladder:
                        count = bits < _position ? bits : _position;
                        P256Ladder.Run(Elements, Scalar, _position, count);
                        _position -= count;
                        _phase = _position > 0 ? Phase.Ladder : Phase.BeforeInversion;
                        break;

                    case Phase.BeforeInversion:
                        StartInversion();
                        break;

                    case Phase.Inversion:
                        Invert();
                        break;

                    case Phase.ResultX:
                        FinishX();
                        break;

                    case Phase.ResultY:
                        FinishY();
                        break;

                    default:
                        throw new InvalidOperationException();
                }

                bits -= count;
            }

            return _phase == Phase.Done;
        }

        /// <summary>
        /// Writes the public key that was computed, and clears.
        /// </summary>
        /// <param name="output">Receives the 64 octets.</param>
        /// <param name="offset">Where in <paramref name="output"/> to write them.</param>
        public void GetPublicKey(byte[] output, int offset)
        {
            Fetch(true, output, offset, PublicKeySize);
        }

        /// <summary>
        /// Writes the shared secret that was computed, and clears.
        /// </summary>
        /// <param name="output">Receives the 32 octets.</param>
        /// <param name="offset">Where in <paramref name="output"/> to write them.</param>
        public void GetSharedSecret(byte[] output, int offset)
        {
            Fetch(false, output, offset, SharedSecretSize);
        }

        /// <summary>
        /// Gives up what is going on and zeroes everything.
        /// </summary>
        public void Clear()
        {
            ClearSecrets();
            Array.Clear(Result, 0, PublicKeySize);
            _phase = Phase.Idle;
            _isKeyPair = false;
        }

        /// <summary>Decodes a point to PointX and PointY, times 2^261, and checks it. Q becomes 2^522.</summary>
        private static bool Load(byte[] constants, byte[] publicKey, int offset, long[] f)
        {
            P256Field.SetPrime(constants, f);
            P256Field.Decode(publicKey, offset, f, PointX);
            P256Field.Decode(publicKey, offset + 32, f, PointY);

            if (!P256Field.IsBelowPrime(f, PointX, E) || !P256Field.IsBelowPrime(f, PointY, E))
            {
                return false;
            }

            P256Field.Decode(constants, P256Field.Radix, f, Q);
            P256Field.Multiply(f, PointX, Q, PointX);
            P256Field.Multiply(f, PointY, Q, PointY);

            // y² - x³ + 3x - b, times something.
            P256Field.Multiply(f, PointX, PointX, R);
            P256Field.Multiply(f, R, PointX, R);
            P256Field.Multiply(f, PointY, PointY, M);
            P256Field.Decode(constants, P256Field.B, f, Y);
            P256Field.Multiply(f, Y, Q, Y);

            for (int i = 0; i < P256Field.Size; i++)
            {
                f[M + i] += 3 * f[PointX + i] - f[R + i] - f[Y + i];
            }

            P256Field.Carry(f, M);
            P256Field.Multiply(f, M, Q, M);

            return P256Field.IsZero(f, M);
        }

        /// <summary>Sets the scalar and the ladder up for the point at PointX and PointY.</summary>
        private void Start(byte[] privateKey, int offset)
        {
            if (!IsValidPrivateKey(_constants, privateKey, offset))
            {
                throw new ArgumentException();
            }

            SetScalar(privateKey, offset);

            long[] f = Elements;

            // Half of m, 3 (x² - 1). The line is the tangent at P, Z is 2 yP.
            P256Field.SetOne(f, R);
            P256Field.Multiply(f, R, Q, R);
            P256Field.Multiply(f, PointX, PointX, M);

            for (int i = 0; i < P256Field.Size; i++)
            {
                f[M + i] = 3 * (f[M + i] - f[R + i]);
                f[Y + i] = 2 * f[PointY + i];
            }

            P256Field.Carry(f, M);
            P256Field.Carry(f, Y);

            // x of 2P less that of P, and 0 that of P. The highest bit is set, so they are swapped.
            P256Field.Multiply(f, M, M, Q);
            P256Field.Multiply(f, Y, Y, Y);
            P256Field.Multiply(f, Y, PointX, R);

            for (int i = 0; i < P256Field.Size; i++)
            {
                f[Q + i] -= 3 * f[R + i];
                f[M + i] *= 2;
            }

            P256Field.Carry(f, Q);
            P256Field.Multiply(f, Y, Y, Y);
            Array.Clear(f, R, P256Field.Size);
            _position = LadderBits;
            _phase = Phase.Ladder;
        }

        /// <summary>
        /// k + 3n for the smaller one k of the private key and its negative. This has always 258 bits. With A the leading bits,
        /// the ladder fails where A or A + 1 is a multiple of n, or 2A + 1 before the last bit: this scalar has none of that.
        /// </summary>
        private void SetScalar(byte[] privateKey, int offset)
        {
            byte[] scalar = Scalar;
            byte[] constants = _constants;
            int borrow = 0;

            for (int i = 0, j = 31; i < 32; i++, j--)
            {
                int octet = constants[P256Field.Order + j] - privateKey[offset + j] - borrow;

                scalar[i] = (byte)octet;
                borrow = (octet >> 8) & 1;
            }

            borrow = 0;

            for (int i = 0, j = 31; i < 32; i++, j--)
            {
                borrow = ((scalar[i] - privateKey[offset + j] - borrow) >> 8) & 1;
            }

            int mask = -borrow;
            int carry = 0;

            for (int i = 0, j = 31; i < 32; i++, j--)
            {
                int octet = privateKey[offset + j];

                carry += (octet ^ ((octet ^ scalar[i]) & mask)) + 3 * constants[P256Field.Order + j];
                scalar[i] = (byte)carry;
                carry >>= 8;
            }

            scalar[32] = (byte)carry;
            _negate = mask;
        }

        /// <summary>
        /// Finds what to invert. m² - 4 (q + r) is 12 xP Z², y is 2 yP Z³, y + m q is 2 yQ Z³.
        /// </summary>
        private void StartInversion()
        {
            long[] f = Elements;
            long swap = -(Scalar[0] & 1);

            P256Field.Carry(f, M);
            P256Field.Multiply(f, M, M, E);

            for (int i = 0; i < P256Field.Size; i++)
            {
                long q = f[Q + i];
                long r = f[R + i];

                f[Q + i] = q + ((r - q) & swap);
                f[E + i] -= 4 * (q + r);
            }

            P256Field.Carry(f, E);
            P256Field.Multiply(f, M, Q, A);

            for (int i = 0; i < P256Field.Size; i++)
            {
                f[A + i] += f[Y + i];
            }

            P256Field.Carry(f, A);
            P256Field.Multiply(f, E, Y, Inverse);
            Array.Copy(f, Inverse, f, Powers, P256Field.Size);
            _position = 0;
            _squarings = _inversion[0];
            _phase = Phase.Inversion;
        }

        private void Invert()
        {
            int count = _squarings < SquaringsPerBit ? _squarings : SquaringsPerBit;

            P256Field.Square(Elements, Inverse, count);
            _squarings -= count;

            if (_squarings > 0)
            {
                return;
            }

            P256Field.Multiply(Elements, Inverse, Powers + P256Field.Size * _inversion[_position + 1], Inverse);
            _position += 2;

            if (_position <= 10)
            {
                Array.Copy(Elements, Inverse, Elements, Powers + P256Field.Size * _position / 2, P256Field.Size);
            }

            if (_position < _inversion.Length)
            {
                _squarings = _inversion[_position];
            }
            else
            {
                _phase = Phase.ResultX;
            }
        }

        /// <summary>xP + 12 xP q / (m² - 4 (q + r)).</summary>
        private void FinishX()
        {
            long[] f = Elements;

            P256Field.Multiply(f, Y, Inverse, Y);
            P256Field.Multiply(f, Y, Q, Y);
            P256Field.Multiply(f, Y, PointX, Y);

            for (int i = 0; i < P256Field.Size; i++)
            {
                f[Y + i] = f[PointX + i] + 12 * f[Y + i];
            }

            P256Field.Carry(f, Y);
            WriteResult(Y, 0, 0);

            if (_isKeyPair)
            {
                _phase = Phase.ResultY;
            }
            else
            {
                ClearSecrets();
                _phase = Phase.Done;
            }
        }

        /// <summary>yP (y + m q) / y.</summary>
        private void FinishY()
        {
            P256Field.Multiply(Elements, E, Inverse, E);
            P256Field.Multiply(Elements, E, A, E);
            P256Field.Multiply(Elements, E, PointY, E);
            WriteResult(E, _negate, 32);
            ClearSecrets();
            _phase = Phase.Done;
        }

        private void WriteResult(int element, long negate, int offset)
        {
            P256Field.SetOne(Elements, M);
            P256Field.Multiply(Elements, element, M, element);
            P256Field.Reduce(Elements, element);
            P256Field.Negate(Elements, element, negate);
            P256Field.Encode(Elements, element, Result, offset);
        }

        private void Fetch(bool isKeyPair, byte[] output, int offset, int count)
        {
            if (_phase != Phase.Done || _isKeyPair != isKeyPair)
            {
                throw new InvalidOperationException();
            }

            Array.Copy(Result, 0, output, offset, count);
            Clear();
        }

        private void ClearSecrets()
        {
            Array.Clear(Elements, 0, P256Field.Elements);
            Array.Clear(Scalar, 0, 33);
            _negate = 0;
        }
    }
}
