using System;
using MeshNode.Crypto;

namespace MeshNode.Network
{
    /// <summary>
    /// A network key and everything that is derived from it, computed once. See Mesh Protocol 1.1, section 3.9.6.3.
    /// </summary>
    /// <remarks>
    /// The two AES keys of Network PDUs are expanded, the others are expanded at each use: what is handed out of them is good until one of them is
    /// used again. 780 octets in all.
    /// </remarks>
    public sealed class NetworkKey
    {
        /// <summary>Octets of a network key.</summary>
        public const int Size = 16;

        /// <summary>Octets of a Network ID.</summary>
        public const int NetworkIdSize = 8;

        private const int IdentityOffset = 0;
        private const int BeaconOffset = IdentityOffset + Size;
        private const int PrivateBeaconOffset = BeaconOffset + Size;
        private const int NetKeyOffset = PrivateBeaconOffset + Size;

        /// <summary>NID, EncryptionKey and PrivacyKey.</summary>
        public readonly NetworkCredentials Credentials;

        /// <summary>The public Network ID, 8 octets.</summary>
        public readonly ulong NetworkId;

        /// <summary>The next key of the <see cref="SubnetTable"/>, while this one is in it.</summary>
        internal NetworkKey Next;

        /// <summary>The subnet this key belongs to, while it is in a <see cref="SubnetTable"/>.</summary>
        internal Subnet Subnet;

        /// <summary>IdentityKey, BeaconKey, PrivateBeaconKey, and the NetKey, which is kept in flash.</summary>
        private readonly byte[] _derived = new byte[NetKeyOffset + Size];

        /// <param name="netKey">The NetKey, 16 octets. Not kept.</param>
        public NetworkKey(byte[] netKey)
            : this(netKey, NetworkCredentials.Flooding(netKey))
        {
        }

        /// <param name="netKey">The NetKey, 16 octets. Not kept.</param>
        /// <param name="credentials">Credentials other than those of managed flooding, derived from the same NetKey.</param>
        public NetworkKey(byte[] netKey, NetworkCredentials credentials)
        {
            byte[] key = new byte[Size];

            Credentials = credentials;
            KeyDerivation.NetworkId(netKey, key);
            NetworkId = BigEndian.ReadUInt64(key, 0);
            KeyDerivation.IdentityKey(netKey, key);
            Array.Copy(key, 0, _derived, IdentityOffset, Size);
            KeyDerivation.BeaconKey(netKey, key);
            Array.Copy(key, 0, _derived, BeaconOffset, Size);
            KeyDerivation.PrivateBeaconKey(netKey, key);
            Array.Copy(key, 0, _derived, PrivateBeaconOffset, Size);
            Array.Copy(netKey, 0, _derived, NetKeyOffset, Size);
            Array.Clear(key, 0, Size);
        }

        /// <summary>AES under the IdentityKey.</summary>
        public Aes128 Identity
        {
            get { return SharedKeySchedule.Aes(_derived, IdentityOffset); }
        }

        /// <summary>AES-CMAC under the BeaconKey.</summary>
        public AesCmac Beacon
        {
            get { return SharedKeySchedule.Cmac(_derived, BeaconOffset); }
        }

        /// <summary>AES-CCM under the PrivateBeaconKey.</summary>
        public AesCcm PrivateBeacon
        {
            get { return SharedKeySchedule.Ccm(_derived, PrivateBeaconOffset); }
        }

        /// <summary>Whether it is the key of these octets, in a time that does not depend on it.</summary>
        public bool Matches(byte[] netKey, int offset)
        {
            return ConstantTime.Equal(netKey, offset, _derived, NetKeyOffset, Size);
        }

        /// <summary>Copies the NetKey, 16 octets, for storage.</summary>
        internal void CopyTo(byte[] destination, int offset)
        {
            Array.Copy(_derived, NetKeyOffset, destination, offset, Size);
        }

        /// <summary>Zeroes all key material; the object is of no use afterwards.</summary>
        public void Clear()
        {
            Credentials.Clear();
            Array.Clear(_derived, 0, _derived.Length);
            SharedKeySchedule.Clear();
        }
    }
}
