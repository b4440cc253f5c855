using System;
using MeshNode.Crypto;

namespace MeshNode.Provisioning
{
    /// <summary>AuthValue: how it is made, and how it is written. See Mesh Protocol 1.1, section 5.4.2.4.</summary>
    public static class AuthValue
    {
        private const int Alphabet = 36;

        // The largest multiple of the alphabet's size that an octet can be below of.
        private const int AlphabetLimit = 252;

        /// <summary>10 to the power of the number of digits: the first number that has more.</summary>
        /// <param name="digits">1 to 8.</param>
        public static uint NumberLimit(int digits)
        {
            uint limit = 10;

            while (digits > 1)
            {
                limit *= 10;
                digits--;
            }

            return limit;
        }

        /// <summary>Draws a number without preference. What is counted, not read, is not zero.</summary>
        /// <param name="scratch">4 octets.</param>
        public static uint RandomNumber(int digits, bool counted, IRandomSource random, byte[] scratch)
        {
            uint limit = NumberLimit(digits);
            uint least = counted ? 1u : 0u;
            uint range = limit - least;
            uint fair = (uint.MaxValue / range) * range;
            uint number;

            do
            {
                random.Fill(scratch, 0, 4);
                number = BigEndian.ReadUInt32(scratch, 0);
            }
            while (number >= fair);

            Array.Clear(scratch, 0, 4);

            return least + (number % range);
        }

        /// <summary>Draws digits and upper-case letters without preference.</summary>
        /// <param name="text">Its first octets receive the text in ASCII.</param>
        public static void RandomText(int count, IRandomSource random, byte[] text)
        {
            for (int i = 0; i < count; i++)
            {
                do
                {
                    random.Fill(text, i, 1);
                }
                while (text[i] >= AlphabetLimit);

                int character = text[i] % Alphabet;
                text[i] = (byte)(character < 10 ? '0' + character : 'A' + character - 10);
            }
        }

        /// <summary>Whether a character is one of an alphanumeric value.</summary>
        public static bool IsAlphanumeric(int character)
        {
            return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z');
        }

        /// <summary>Writes a number: at the end, zeros before it.</summary>
        /// <param name="size">Octets of the AuthValue, 16 or 32.</param>
        public static void EncodeNumber(uint number, byte[] value, int size)
        {
            Array.Clear(value, 0, size);
            BigEndian.WriteUInt32(value, size - 4, number);
        }

        /// <summary>Writes a text or a static OOB value: at the beginning, zeros after it; what is too long is cut.</summary>
        /// <param name="size">Octets of the AuthValue, 16 or 32.</param>
        public static void EncodeOctets(byte[] octets, int count, byte[] value, int size)
        {
            Array.Clear(value, 0, size);
            Array.Copy(octets, 0, value, 0, count < size ? count : size);
        }
    }
}
