namespace MeshNode
{
    /// <summary>Numbers in the octet order of access messages. See Mesh Protocol 1.1, section 3.1.1.2.</summary>
    public static class LittleEndian
    {
        /// <summary>Reads 2 octets.</summary>
        public static int ReadUInt16(byte[] buffer, int offset)
        {
            return buffer[offset] | (buffer[offset + 1] << 8);
        }

        /// <summary>Writes 2 octets.</summary>
        public static void WriteUInt16(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
        }

        /// <summary>Writes 3 octets.</summary>
        public static void WriteUInt24(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
            buffer[offset + 2] = (byte)(value >> 16);
        }
    }
}
