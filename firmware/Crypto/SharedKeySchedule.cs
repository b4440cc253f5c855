namespace MeshNode.Crypto
{
    /// <summary>
    /// One key schedule for all the keys that are used now and then. Each use expands its key anew.
    /// </summary>
    /// <remarks>
    /// A key takes 16 octets then instead of 216 and more, and each use 955 interpreted instructions more; those of CMAC 2,500. What is
    /// handed out is good until the next call; as the scratch of all ciphers it belongs to one thread. 324 octets, once per node.
    /// </remarks>
    public static class SharedKeySchedule
    {
        private static readonly AesCcm s_ccm = new AesCcm();
        private static readonly AesCmac s_cmac = new AesCmac(s_ccm);

        /// <summary>AES under a key.</summary>
        /// <param name="key">Holds the key. Not kept.</param>
        /// <param name="offset">Where in <paramref name="key"/> its 16 octets start.</param>
        public static Aes128 Aes(byte[] key, int offset)
        {
            s_ccm.SetKey(key, offset);

            return s_ccm;
        }

        /// <summary>AES-CCM under a key.</summary>
        /// <param name="key">Holds the key. Not kept.</param>
        /// <param name="offset">Where in <paramref name="key"/> its 16 octets start.</param>
        public static AesCcm Ccm(byte[] key, int offset)
        {
            s_ccm.SetKey(key, offset);

            return s_ccm;
        }

        /// <summary>AES-CMAC under a key.</summary>
        /// <param name="key">Holds the key. Not kept.</param>
        /// <param name="offset">Where in <paramref name="key"/> its 16 octets start.</param>
        public static AesCmac Cmac(byte[] key, int offset)
        {
            s_ccm.SetKey(key, offset);
            s_cmac.PrepareSubkeys();

            return s_cmac;
        }

        /// <summary>Zeroes what the key that was used last has left.</summary>
        public static void Clear()
        {
            s_cmac.Clear();
        }
    }
}
