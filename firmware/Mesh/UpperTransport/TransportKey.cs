using System;
using MeshNode.Crypto;

namespace MeshNode.UpperTransport
{
    /// <summary>
    /// An application key or device key with what is derived from it, computed once. See Mesh Protocol 1.1, section 3.9.6.2.
    /// </summary>
    /// <remarks>The key is expanded at each use. 84 octets.</remarks>
    public sealed class TransportKey
    {
        /// <summary>Octets of a key.</summary>
        public const int Size = 16;

        /// <summary>Whether this is an application key.</summary>
        public readonly bool IsApplicationKey;

        /// <summary>AID of an application key, 0 for a device key.</summary>
        public readonly int Aid;

        private readonly byte[] _key = new byte[Size];

        private TransportKey(byte[] key, int offset, bool isApplicationKey)
        {
            Array.Copy(key, offset, _key, 0, Size);
            IsApplicationKey = isApplicationKey;

            if (isApplicationKey)
            {
                Aid = KeyDerivation.Aid(_key);
            }
        }

        /// <summary>AES-CCM under the key, good until another key is used.</summary>
        internal AesCcm Ccm
        {
            get { return SharedKeySchedule.Ccm(_key, 0); }
        }

        /// <summary>An application key. The octets are copied.</summary>
        public static TransportKey Application(byte[] appKey)
        {
            return new TransportKey(appKey, 0, true);
        }

        /// <summary>An application key, 16 octets from an offset on. The octets are copied.</summary>
        public static TransportKey Application(byte[] appKey, int offset)
        {
            return new TransportKey(appKey, offset, true);
        }

        /// <summary>A device key. The octets are copied.</summary>
        public static TransportKey Device(byte[] deviceKey)
        {
            return new TransportKey(deviceKey, 0, false);
        }

        /// <summary>A device key, 16 octets from an offset on. The octets are copied.</summary>
        public static TransportKey Device(byte[] deviceKey, int offset)
        {
            return new TransportKey(deviceKey, offset, false);
        }

        /// <summary>Whether it is this key, in a time that does not depend on it.</summary>
        public bool Matches(byte[] key, int offset)
        {
            return ConstantTime.Equal(key, offset, _key, 0, Size);
        }

        /// <summary>Copies the key, 16 octets, for storage.</summary>
        internal void CopyTo(byte[] destination, int offset)
        {
            Array.Copy(_key, 0, destination, offset, Size);
        }

        /// <summary>Zeroes the key material; the object is of no use afterwards.</summary>
        public void Clear()
        {
            Array.Clear(_key, 0, Size);
            SharedKeySchedule.Clear();
        }
    }
}
