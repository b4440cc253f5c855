namespace MeshNode
{
    /// <summary>Numbers in the octet order of the network, transport, beacon and provisioning formats. See Mesh Protocol 1.1, section 3.1.1.1.</summary>
    public static class BigEndian
    {
        /// <summary>Reads 2 octets.</summary>
        public static int ReadUInt16(byte[] buffer, int offset)
        {
            return (buffer[offset] << 8) | buffer[offset + 1];
        }

        /// <summary>Reads 4 octets.</summary>
        public static uint ReadUInt32(byte[] buffer, int offset)
        {
            return (uint)((buffer[offset] << 24) | (buffer[offset + 1] << 16) | (buffer[offset + 2] << 8) | buffer[offset + 3]);
        }

        /// <summary>Reads 8 octets.</summary>
        public static ulong ReadUInt64(byte[] buffer, int offset)
        {
            ulong high = ReadUInt32(buffer, offset);

            return (high << 32) | ReadUInt32(buffer, offset + 4);
        }

        /// <summary>Writes 2 octets.</summary>
        public static void WriteUInt16(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)(value >> 8);
            buffer[offset + 1] = (byte)value;
        }

        /// <summary>Writes 4 octets.</summary>
        public static void WriteUInt32(byte[] buffer, int offset, uint value)
        {
            buffer[offset] = (byte)(value >> 24);
            buffer[offset + 1] = (byte)(value >> 16);
            buffer[offset + 2] = (byte)(value >> 8);
            buffer[offset + 3] = (byte)value;
        }

        /// <summary>Writes 8 octets.</summary>
        public static void WriteUInt64(byte[] buffer, int offset, ulong value)
        {
            WriteUInt32(buffer, offset, (uint)(value >> 32));
            WriteUInt32(buffer, offset + 4, (uint)value);
        }
    }
}
