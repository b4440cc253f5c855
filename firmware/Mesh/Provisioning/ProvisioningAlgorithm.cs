namespace MeshNode.Provisioning
{
    /// <summary>The provisioning algorithms. See Mesh Protocol 1.1, section 5.4.1.3.</summary>
    public static class ProvisioningAlgorithm
    {
        /// <summary>BTM_ECDH_P256_CMAC_AES128_AES_CCM.</summary>
        public const int Cmac = 0x00;

        /// <summary>BTM_ECDH_P256_HMAC_SHA256_AES_CCM.</summary>
        public const int HmacSha256 = 0x01;

        /// <summary>Bit of <see cref="Cmac"/> in the Algorithms field of the capabilities.</summary>
        public const int CmacFlag = 1 << Cmac;

        /// <summary>Bit of <see cref="HmacSha256"/> in the Algorithms field of the capabilities.</summary>
        public const int HmacSha256Flag = 1 << HmacSha256;

        /// <summary>Octets of the longest AuthValue, Random and Confirmation.</summary>
        public const int MaxValueSize = 32;

        /// <summary>Octets of AuthValue, Random and Confirmation.</summary>
        public static int ValueSize(int algorithm)
        {
            return algorithm == Cmac ? 16 : MaxValueSize;
        }
    }
}
