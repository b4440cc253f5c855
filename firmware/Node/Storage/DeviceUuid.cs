using MeshNode.Crypto;

namespace MeshNode.Storage
{
    /// <summary>
    /// The Device UUID: a random one, made at the first start and kept in a file of its own, which leaving the network does not touch. A maker who wants
    /// another one puts the file there. See Mesh Protocol 1.1, section 3.11.3, and RFC 4122, section 4.4.
    /// </summary>
    /// <remarks>No package for stock images tells an address of the chip, or anything else of which a UUID could be made. Erasing the flash makes another.</remarks>
    internal static class DeviceUuid
    {
        /// <summary>Octets of a UUID.</summary>
        public const int Size = 16;

        private const string Path = "I:\\uuid";
        private const int VersionOffset = 6;
        private const int VariantOffset = 8;
        private const int RandomVersion = 0x40;
        private const int Variant = 0x80;
        private const int VersionMask = 0xF0;
        private const int VariantMask = 0xC0;

        /// <summary>Reads the UUID, or makes it.</summary>
        /// <param name="isKept">Whether it will be the same at the next start.</param>
        public static byte[] Get(IRandomSource random, out bool isKept)
        {
            byte[] uuid = SmallFile.Read(Path);
            isKept = true;

            if (uuid != null && uuid.Length == Size)
            {
                return uuid;
            }

            uuid = new byte[Size];
            random.Fill(uuid, 0, Size);
            uuid[VersionOffset] = (byte)((uuid[VersionOffset] & ~VersionMask) | RandomVersion);
            uuid[VariantOffset] = (byte)((uuid[VariantOffset] & ~VariantMask) | Variant);
            isKept = SmallFile.Write(Path, uuid);

            return uuid;
        }
    }
}
