namespace MeshNode
{
    /// <summary>
    /// Octets as the lower-case hexadecimal that the specification prints its sample data in.
    /// </summary>
    internal static class Hex
    {
        private const string Digits = "0123456789abcdef";

        public static byte[] Decode(string text)
        {
            byte[] octets = new byte[text.Length / 2];

            for (int i = 0; i < octets.Length; i++)
            {
                octets[i] = (byte)((Value(text[2 * i]) << 4) | Value(text[2 * i + 1]));
            }

            return octets;
        }

        public static string Encode(byte[] buffer)
        {
            return Encode(buffer, 0, buffer.Length);
        }

        public static string Encode(byte[] buffer, int offset, int count)
        {
            char[] text = new char[2 * count];

            for (int i = 0; i < count; i++)
            {
                text[2 * i] = Digits[buffer[offset + i] >> 4];
                text[2 * i + 1] = Digits[buffer[offset + i] & 0x0F];
            }

            return new string(text);
        }

        private static int Value(char digit)
        {
            return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
        }
    }
}
