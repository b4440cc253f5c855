using MeshNode.Access;

namespace MeshNode.Models.Foundation
{
    /// <summary>Key indexes of 12 bits, two in three octets. See Mesh Protocol 1.1, section 4.3.1.1.</summary>
    public static class KeyIndexes
    {
        /// <summary>Octets of two indexes.</summary>
        public const int PairSize = 3;

        private const int Bits = 12;
        private const int HalfOctet = 4;

        /// <summary>Reads the first index of a pair.</summary>
        public static int First(byte[] buffer, int offset)
        {
            return LittleEndian.ReadUInt16(buffer, offset) & AccessKey.MaxIndex;
        }

        /// <summary>Reads the second index of a pair.</summary>
        public static int Second(byte[] buffer, int offset)
        {
            return LittleEndian.ReadUInt16(buffer, offset + 1) >> HalfOctet;
        }

        /// <summary>Adds an index to a list: each second one shares an octet with the one before.</summary>
        /// <param name="start">Where the list begins.</param>
        /// <param name="end">Where it ends so far.</param>
        /// <returns>Where it ends.</returns>
        public static int Append(int index, byte[] list, int start, int end)
        {
            if ((end - start) % PairSize == 0)
            {
                LittleEndian.WriteUInt16(list, end, index);

                return end + 2;
            }

            LittleEndian.WriteUInt24(list, end - 2, LittleEndian.ReadUInt16(list, end - 2) | (index << Bits));

            return end + 1;
        }
    }
}
