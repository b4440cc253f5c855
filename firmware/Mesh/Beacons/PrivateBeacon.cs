using System;
using MeshNode.Network;

namespace MeshNode.Beacons
{
    /// <summary>The Mesh Private beacon. See Mesh Protocol 1.1, section 3.10.4.</summary>
    public static class PrivateBeacon
    {
        /// <summary>Octets of the beacon.</summary>
        public const int Length = 27;

        /// <summary>Octets of the Random field, which is the nonce.</summary>
        public const int RandomSize = 13;

        /// <summary>Octets of the private beacon data: Flags and IV Index.</summary>
        public const int DataSize = 5;

        private const int RandomOffset = 1;
        private const int DataOffset = RandomOffset + RandomSize;
        private const int TagSize = 8;

        /// <summary>Writes a beacon.</summary>
        /// <param name="flags">See <see cref="BeaconFlags"/>.</param>
        /// <param name="random">13 octets.</param>
        /// <param name="beacon">Takes <see cref="Length"/> octets.</param>
        /// <returns><see cref="Length"/>.</returns>
        public static int Encode(NetworkKey key, int flags, uint ivIndex, byte[] random, byte[] beacon)
        {
            beacon[0] = BeaconType.Private;
            Array.Copy(random, 0, beacon, RandomOffset, RandomSize);
            beacon[DataOffset] = (byte)flags;
            BigEndian.WriteUInt32(beacon, DataOffset + 1, ivIndex);
            key.PrivateBeacon.Encrypt(random, null, 0, beacon, DataOffset, DataSize, beacon, DataOffset, TagSize);

            return Length;
        }

        /// <summary>Decrypts and authenticates a beacon of <see cref="Length"/> octets.</summary>
        /// <param name="random">Scratch, 13 octets.</param>
        /// <param name="data">Takes the private beacon data, 5 octets.</param>
        /// <returns>Whether the Authentication Tag is genuine.</returns>
        public static bool Decode(NetworkKey key, byte[] beacon, int offset, byte[] random, byte[] data)
        {
            Array.Copy(beacon, offset + RandomOffset, random, 0, RandomSize);

            return key.PrivateBeacon.Decrypt(random, null, 0, beacon, offset + DataOffset, DataSize, data, 0, TagSize);
        }
    }
}
