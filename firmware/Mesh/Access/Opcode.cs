namespace MeshNode.Access
{
    /// <summary>
    /// Opcodes of access messages: 1 octet, 2 octets, or 3 with a company identifier. See Mesh Protocol 1.1, section 3.7.2.1.
    /// </summary>
    /// <remarks>As a number: the octets of a 1 or 2-octet opcode, most significant first; of a vendor opcode the first octet, then the company identifier.</remarks>
    public static class Opcode
    {
        /// <summary>Octet that begins no opcode.</summary>
        public const int Reserved = 0x7F;

        private const int TwoOctets = 0x80;
        private const int ThreeOctets = 0xC0;
        private const int CompanyBits = 16;

        /// <summary>A vendor opcode.</summary>
        /// <param name="opcode">0x00 to 0x3F.</param>
        /// <param name="company">Company identifier.</param>
        public static int Vendor(int opcode, int company)
        {
            return ((ThreeOctets | opcode) << CompanyBits) | company;
        }

        /// <summary>Octets of the opcode that an access payload begins with, 0 when there is none.</summary>
        public static int Size(byte[] payload, int offset, int count)
        {
            if (count < 1 || payload[offset] == Reserved)
            {
                return 0;
            }

            int size = payload[offset] < TwoOctets ? 1 : payload[offset] < ThreeOctets ? 2 : 3;

            return size <= count ? size : 0;
        }

        /// <summary>Reads an opcode of a known size.</summary>
        public static int Decode(byte[] payload, int offset, int size)
        {
            switch (size)
            {
                case 1:
                    return payload[offset];

                case 2:
                    return BigEndian.ReadUInt16(payload, offset);

                default:
                    return (payload[offset] << CompanyBits) | LittleEndian.ReadUInt16(payload, offset + 1);
            }
        }

        /// <summary>Writes an opcode at the beginning of an access payload.</summary>
        /// <returns>Octets written, 1 to 3.</returns>
        public static int Encode(int opcode, byte[] payload)
        {
            if (opcode < TwoOctets)
            {
                payload[0] = (byte)opcode;

                return 1;
            }

            if (opcode < ThreeOctets << CompanyBits)
            {
                BigEndian.WriteUInt16(payload, 0, opcode);

                return 2;
            }

            payload[0] = (byte)(opcode >> CompanyBits);
            LittleEndian.WriteUInt16(payload, 1, opcode);

            return 3;
        }
    }
}
