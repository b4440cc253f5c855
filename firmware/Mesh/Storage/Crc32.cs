namespace MeshNode.Storage
{
    /// <summary>The CRC-32 of IEEE 802.3, with a table for half an octet: 96 octets of RAM.</summary>
    internal static class Crc32
    {
        /// <summary>Start value of the CRC as others compute it.</summary>
        public const uint Start = 0xFFFFFFFF;

        private static readonly uint[] s_table =
        {
            0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
            0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
        };

        /// <summary>Continues a CRC. The result is not inverted.</summary>
        public static uint Update(uint crc, byte[] buffer, int offset, int count)
        {
            uint[] table = s_table;

            for (int end = offset + count; offset < end; offset++)
            {
                crc ^= buffer[offset];
                crc = (crc >> 4) ^ table[crc & 15];
                crc = (crc >> 4) ^ table[crc & 15];
            }

            return crc;
        }
    }
}
