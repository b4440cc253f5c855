using System;
using MeshNode.Crypto;

namespace MeshNode.Beacons
{
    /// <summary>The Unprovisioned Device beacon. See Mesh Protocol 1.1, section 3.10.2.</summary>
    public static class UnprovisionedDeviceBeacon
    {
        /// <summary>Octets of a beacon without URI Hash.</summary>
        public const int Length = 19;

        /// <summary>Octets of a beacon with URI Hash.</summary>
        public const int LengthWithUriHash = Length + UriHashSize;

        /// <summary>Octets of a Device UUID.</summary>
        public const int UuidSize = 16;

        /// <summary>Octets of a URI Hash.</summary>
        public const int UriHashSize = 4;

        private const int UuidOffset = 1;
        private const int OobOffset = UuidOffset + UuidSize;
        private const int UriHashOffset = OobOffset + 2;
        private const int SaltSize = 16;

        /// <summary>Writes a beacon.</summary>
        /// <param name="uuid">Device UUID, 16 octets.</param>
        /// <param name="oobInformation">OOB Information, 16 bits.</param>
        /// <param name="uriHash">URI Hash, 4 octets, or <see langword="null"/>.</param>
        /// <param name="beacon">Takes 19 or 23 octets.</param>
        /// <returns>Octets written.</returns>
        public static int Encode(byte[] uuid, int oobInformation, byte[] uriHash, byte[] beacon)
        {
            beacon[0] = BeaconType.UnprovisionedDevice;
            Array.Copy(uuid, 0, beacon, UuidOffset, UuidSize);
            BigEndian.WriteUInt16(beacon, OobOffset, oobInformation);

            if (uriHash == null)
            {
                return Length;
            }

            Array.Copy(uriHash, 0, beacon, UriHashOffset, UriHashSize);

            return LengthWithUriHash;
        }

        /// <summary>Whether a beacon has one of the two lengths; its fields are free.</summary>
        public static bool IsValid(int count)
        {
            return count == Length || count == LengthWithUriHash;
        }

        /// <summary>Computes the URI Hash: the first 4 octets of s1 of the URI data.</summary>
        /// <param name="uriData">The URI as in its AD structure: scheme code, then the rest in UTF-8.</param>
        public static byte[] UriHash(byte[] uriData)
        {
            byte[] salt = new byte[SaltSize];
            byte[] hash = new byte[UriHashSize];
            KeyDerivation.S1(uriData, 0, uriData.Length, salt);
            Array.Copy(salt, 0, hash, 0, UriHashSize);

            return hash;
        }
    }
}
