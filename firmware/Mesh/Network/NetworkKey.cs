using MeshNode.Crypto;

namespace MeshNode.Network
{
    /// <summary>
    /// A network key and everything that is derived from it, computed once. See Mesh Protocol 1.1, section 3.9.6.3.
    /// </summary>
    /// <remarks>Five AES key schedules of 204 octets each; about 1.5 KB in all.</remarks>
    public sealed class NetworkKey
    {
        /// <summary>Octets of a network key.</summary>
        public const int Size = 16;

        /// <summary>Octets of a Network ID.</summary>
        public const int NetworkIdSize = 8;

        /// <summary>NID, EncryptionKey and PrivacyKey.</summary>
        public readonly NetworkCredentials Credentials;

        /// <summary>The public Network ID, 8 octets.</summary>
        public readonly byte[] NetworkId = new byte[NetworkIdSize];

        /// <summary>AES under the IdentityKey.</summary>
        public readonly Aes128 Identity;

        /// <summary>AES-CMAC under the BeaconKey.</summary>
        public readonly AesCmac Beacon;

        /// <summary>AES-CCM under the PrivateBeaconKey.</summary>
        public readonly AesCcm PrivateBeacon;

        /// <summary>The next key with the same NID, while this one is in a <see cref="SubnetTable"/>.</summary>
        internal NetworkKey NextCandidate;

        /// <summary>The subnet this key belongs to, while it is in a <see cref="SubnetTable"/>.</summary>
        internal Subnet Subnet;

        /// <param name="netKey">The NetKey, 16 octets. Not kept.</param>
        public NetworkKey(byte[] netKey)
            : this(netKey, NetworkCredentials.Flooding(netKey))
        {
        }

        /// <param name="netKey">The NetKey, 16 octets. Not kept.</param>
        /// <param name="credentials">Credentials other than those of managed flooding, derived from the same NetKey.</param>
        public NetworkKey(byte[] netKey, NetworkCredentials credentials)
        {
            byte[] derived = new byte[Size];

            Credentials = credentials;
            KeyDerivation.NetworkId(netKey, NetworkId);
            KeyDerivation.IdentityKey(netKey, derived);
            Identity = new Aes128(derived, 0);
            KeyDerivation.BeaconKey(netKey, derived);
            Beacon = new AesCmac(derived, 0);
            KeyDerivation.PrivateBeaconKey(netKey, derived);
            PrivateBeacon = new AesCcm(derived, 0);
            System.Array.Clear(derived, 0, Size);
        }

        /// <summary>Whether it is the key of these octets: the IdentityKey, 128 bits derived from it, is the same.</summary>
        public bool Matches(byte[] netKey)
        {
            byte[] derived = new byte[Size];
            KeyDerivation.IdentityKey(netKey, derived);
            bool same = Identity.HasKey(derived, 0);
            System.Array.Clear(derived, 0, Size);

            return same;
        }

        /// <summary>Zeroes all key material; the object is of no use afterwards.</summary>
        public void Clear()
        {
            Credentials.Clear();
            Identity.Clear();
            Beacon.Clear();
            PrivateBeacon.Clear();
        }
    }
}
