using System;
using MeshNode.Network;

namespace MeshNode.Beacons
{
    /// <summary>The Secure Network beacon. See Mesh Protocol 1.1, section 3.10.3.</summary>
    public static class SecureNetworkBeacon
    {
        /// <summary>Octets of the beacon.</summary>
        public const int Length = 22;

        private const int FlagsOffset = 1;
        private const int NetworkIdOffset = 2;
        private const int IvIndexOffset = 10;
        private const int AuthenticationOffset = 14;
        private const int AuthenticationSize = 8;
        private const int AuthenticatedSize = AuthenticationOffset - FlagsOffset;

        /// <summary>Writes a beacon.</summary>
        /// <param name="flags">See <see cref="BeaconFlags"/>.</param>
        /// <param name="beacon">Takes <see cref="Length"/> octets from <paramref name="offset"/> on.</param>
        /// <param name="mac">Scratch, 16 octets.</param>
        /// <returns><see cref="Length"/>.</returns>
        public static int Encode(NetworkKey key, int flags, uint ivIndex, byte[] beacon, int offset, byte[] mac)
        {
            beacon[offset] = BeaconType.SecureNetwork;
            beacon[offset + FlagsOffset] = (byte)flags;
            BigEndian.WriteUInt64(beacon, offset + NetworkIdOffset, key.NetworkId);
            BigEndian.WriteUInt32(beacon, offset + IvIndexOffset, ivIndex);
            key.Beacon.Compute(beacon, offset + FlagsOffset, AuthenticatedSize, mac);
            Array.Copy(mac, 0, beacon, offset + AuthenticationOffset, AuthenticationSize);

            return Length;
        }

        /// <summary>Whether a beacon names the network of a key. It has <see cref="Length"/> octets.</summary>
        public static bool HasNetworkId(NetworkKey key, byte[] beacon, int offset)
        {
            return BigEndian.ReadUInt64(beacon, offset + NetworkIdOffset) == key.NetworkId;
        }

        /// <summary>Whether the Authentication Value is genuine. The beacon has <see cref="Length"/> octets.</summary>
        public static bool Authenticate(NetworkKey key, byte[] beacon, int offset)
        {
            return key.Beacon.Verify(
                beacon,
                offset + FlagsOffset,
                AuthenticatedSize,
                beacon,
                offset + AuthenticationOffset,
                AuthenticationSize);
        }

        /// <summary>The Flags field.</summary>
        public static int Flags(byte[] beacon, int offset)
        {
            return beacon[offset + FlagsOffset];
        }

        /// <summary>The IV Index field.</summary>
        public static uint IvIndex(byte[] beacon, int offset)
        {
            return BigEndian.ReadUInt32(beacon, offset + IvIndexOffset);
        }
    }
}
