using System;

namespace MeshNode.Crypto
{
    /// <summary>
    /// HMAC with SHA-256 (RFC 2104, FIPS 198-1). See Mesh Protocol 1.1, section 3.9.2.4.
    /// </summary>
    /// <remarks>
    /// Nothing is allocated after construction. An instance takes 984 octets.
    /// </remarks>
    public sealed class HmacSha256
    {
        /// <summary>Octets in a MAC.</summary>
        public const int MacSize = 32;

        private readonly Sha256 _sha = new Sha256();
        private readonly byte[] _key = new byte[64];
        private readonly byte[] _pad = new byte[64];

        /// <summary>
        /// Prepares the key; a key of more than 64 octets is hashed first.
        /// </summary>
        /// <param name="key">Holds the key. Copied.</param>
        /// <param name="offset">Where in <paramref name="key"/> it starts.</param>
        /// <param name="count">Its octets.</param>
        public HmacSha256(byte[] key, int offset, int count)
        {
            if (count > 64)
            {
                _sha.Update(key, offset, count);
                _sha.Finish(_key, 0);
            }
            else
            {
                Array.Copy(key, offset, _key, 0, count);
            }
        }

        /// <summary>
        /// Computes the MAC of a message.
        /// </summary>
        /// <param name="message">Holds the message.</param>
        /// <param name="offset">Where in <paramref name="message"/> it starts.</param>
        /// <param name="count">Its octets, zero included.</param>
        /// <param name="mac">Octets 0 to 31 receive the MAC.</param>
        public void Compute(byte[] message, int offset, int count, byte[] mac)
        {
            StartWith(0x36);
            _sha.Update(message, offset, count);
            _sha.Finish(mac, 0);
            StartWith(0x5C);
            _sha.Update(mac, 0, 32);
            _sha.Finish(mac, 0);
            Array.Clear(_pad, 0, 64);
        }

        /// <summary>
        /// Zeroes the key. The instance is of no use afterwards.
        /// </summary>
        public void Clear()
        {
            Array.Clear(_key, 0, 64);
            _sha.Reset();
        }

        private void StartWith(int fill)
        {
            for (int i = 0; i < 64; i++)
            {
                _pad[i] = (byte)(_key[i] ^ fill);
            }

            _sha.Update(_pad, 0, 64);
        }
    }
}
