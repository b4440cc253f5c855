using MeshNode.Crypto;

namespace MeshNode.UpperTransport
{
    /// <summary>
    /// An application key or device key with what is derived from it, computed once. See Mesh Protocol 1.1, section 3.9.6.2.
    /// </summary>
    public sealed class TransportKey
    {
        /// <summary>Whether this is an application key.</summary>
        public readonly bool IsApplicationKey;

        /// <summary>AID of an application key, 0 for a device key.</summary>
        public readonly int Aid;

        /// <summary>AES-CCM under the key.</summary>
        internal readonly AesCcm Ccm;

        private TransportKey(byte[] key, bool isApplicationKey)
        {
            IsApplicationKey = isApplicationKey;
            Aid = isApplicationKey ? KeyDerivation.Aid(key) : 0;
            Ccm = new AesCcm(key, 0);
        }

        /// <summary>An application key. The octets are not kept.</summary>
        public static TransportKey Application(byte[] appKey)
        {
            return new TransportKey(appKey, true);
        }

        /// <summary>A device key. The octets are not kept.</summary>
        public static TransportKey Device(byte[] deviceKey)
        {
            return new TransportKey(deviceKey, false);
        }

        /// <summary>Zeroes the key material; the object is of no use afterwards.</summary>
        public void Clear()
        {
            Ccm.Clear();
        }
    }
}
