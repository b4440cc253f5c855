namespace MeshNode.Crypto
{
    /// <summary>
    /// Comparison whose work does not depend on what is compared.
    /// </summary>
    public static class ConstantTime
    {
        /// <summary>
        /// Whether <paramref name="count"/> octets are equal.
        /// </summary>
        public static bool Equal(byte[] a, int aOffset, byte[] b, int bOffset, int count)
        {
            int difference = 0;

            for (int i = 0; i < count; i++)
            {
                difference |= a[aOffset + i] ^ b[bOffset + i];
            }

            return difference == 0;
        }
    }
}
