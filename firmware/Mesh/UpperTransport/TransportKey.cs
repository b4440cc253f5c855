using MeshNode.Crypto;

namespace MeshNode.UpperTransport
{
    /// <summary>
    /// An application key or device key with what is derived from it, computed once. See Mesh Protocol 1.1, section 3.9.6.2.
    /// </summary>
    public sealed class TransportKey
    {
        /// <summary>Octets of a key.</summary>
        public const int Size = 16;

        /// <summary>Whether this is an application key.</summary>
        public readonly bool IsApplicationKey;

        /// <summary>AID of an application key, 0 for a device key.</summary>
        public readonly int Aid;

        /// <summary>AES-CCM under the key.</summary>
        internal readonly AesCcm Ccm;

        private TransportKey(byte[] key, int offset, bool isApplicationKey)
        {
            IsApplicationKey = isApplicationKey;
            Ccm = new AesCcm(key, offset);

            if (isApplicationKey)
            {
                byte[] copy = new byte[Size];
                System.Array.Copy(key, offset, copy, 0, Size);
                Aid = KeyDerivation.Aid(copy);
                System.Array.Clear(copy, 0, Size);
            }
        }

        /// <summary>An application key. The octets are not kept.</summary>
        public static TransportKey Application(byte[] appKey)
        {
            return new TransportKey(appKey, 0, true);
        }

        /// <summary>An application key, 16 octets from an offset on. The octets are not kept.</summary>
        public static TransportKey Application(byte[] appKey, int offset)
        {
            return new TransportKey(appKey, offset, true);
        }

        /// <summary>A device key. The octets are not kept.</summary>
        public static TransportKey Device(byte[] deviceKey)
        {
            return new TransportKey(deviceKey, 0, false);
        }

        /// <summary>Whether it is this key, in a time that does not depend on it.</summary>
        public bool Matches(byte[] key, int offset)
        {
            return Ccm.HasKey(key, offset);
        }

        /// <summary>Zeroes the key material; the object is of no use afterwards.</summary>
        public void Clear()
        {
            Ccm.Clear();
        }
    }
}
