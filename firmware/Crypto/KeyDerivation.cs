using System;

namespace MeshNode.Crypto
{
    /// <summary>
    /// The key derivation functions of Mesh Protocol 1.1, section 3.9.2, and the keys derived with them, section 3.9.6.3.
    /// </summary>
    /// <remarks>
    /// Keys change rarely: these functions allocate, and zero what of it is secret before they return.
    /// </remarks>
    public static class KeyDerivation
    {
        /// <summary>
        /// s1 SALT generation: AES-CMAC with a key of zeros.
        /// </summary>
        /// <param name="m">Holds the octets to make a salt of, at least one.</param>
        /// <param name="offset">Where in <paramref name="m"/> they start.</param>
        /// <param name="count">How many.</param>
        /// <param name="salt">Octets 0 to 15 receive the salt.</param>
        public static void S1(byte[] m, int offset, int count, byte[] salt)
        {
            Mac(new byte[16], m, offset, count, salt);
        }

        /// <summary>
        /// s2 SALT generation: HMAC-SHA-256 with a key of zeros.
        /// </summary>
        /// <param name="m">Holds the octets to make a salt of, at least one.</param>
        /// <param name="offset">Where in <paramref name="m"/> they start.</param>
        /// <param name="count">How many.</param>
        /// <param name="salt">Octets 0 to 31 receive the salt.</param>
        public static void S2(byte[] m, int offset, int count, byte[] salt)
        {
            Hmac(new byte[32], m, offset, count, salt);
        }

        /// <summary>
        /// k1 derivation.
        /// </summary>
        /// <param name="n">Holds N.</param>
        /// <param name="nOffset">Where in <paramref name="n"/> it starts.</param>
        /// <param name="nCount">Octets of N, 0 or more.</param>
        /// <param name="salt">16 octets.</param>
        /// <param name="p">Holds P.</param>
        /// <param name="pOffset">Where in <paramref name="p"/> it starts.</param>
        /// <param name="pCount">Octets of P, 0 or more.</param>
        /// <param name="result">Octets 0 to 15 receive the key.</param>
        public static void K1(byte[] n, int nOffset, int nCount, byte[] salt, byte[] p, int pOffset, int pCount, byte[] result)
        {
            byte[] t = new byte[16];

            Mac(salt, n, nOffset, nCount, t);
            Mac(t, p, pOffset, pCount, result);
            Array.Clear(t, 0, 16);
        }

        /// <summary>
        /// k2: network key material.
        /// </summary>
        /// <param name="n">The 16-octet network key.</param>
        /// <param name="p">Holds P, which tells the credentials apart.</param>
        /// <param name="pCount">Octets of P, 1 or more.</param>
        /// <param name="result">Octets 0 to 32 receive NID, EncryptionKey (16 octets) and PrivacyKey (16 octets).</param>
        public static void K2(byte[] n, byte[] p, int pCount, byte[] result)
        {
            byte[] salt = new byte[16];
            byte[] t = new byte[16];
            byte[] input = new byte[16 + pCount + 1];

            S1(Ascii("smk2"), 0, 4, salt);
            Mac(salt, n, 0, 16, t);

            AesCmac cmac = new AesCmac(t, 0);

            Array.Copy(p, 0, input, 16, pCount);

            input[16 + pCount] = 0x01;
            cmac.Compute(input, 16, pCount + 1, t);
            result[0] = (byte)(t[15] & 0x7F);

            Array.Copy(t, 0, input, 0, 16);
            input[16 + pCount] = 0x02;
            cmac.Compute(input, 0, input.Length, t);
            Array.Copy(t, 0, result, 1, 16);

            Array.Copy(t, 0, input, 0, 16);
            input[16 + pCount] = 0x03;
            cmac.Compute(input, 0, input.Length, t);
            Array.Copy(t, 0, result, 17, 16);

            cmac.Clear();
            Array.Clear(t, 0, 16);
            Array.Clear(input, 0, input.Length);
        }

        /// <summary>
        /// k3: 64 bits of public information about a key.
        /// </summary>
        /// <param name="n">The 16-octet key.</param>
        /// <param name="result">Octets 0 to 7 receive the result.</param>
        public static void K3(byte[] n, byte[] result)
        {
            byte[] t = Salted(n, "smk3", "id64\u0001");

            Array.Copy(t, 8, result, 0, 8);
            Array.Clear(t, 0, 16);
        }

        /// <summary>
        /// k4: 6 bits of public information about a key.
        /// </summary>
        /// <param name="n">The 16-octet key.</param>
        public static int K4(byte[] n)
        {
            byte[] t = Salted(n, "smk4", "id6\u0001");
            int result = t[15] & 0x3F;

            Array.Clear(t, 0, 16);

            return result;
        }

        /// <summary>
        /// k5 derivation.
        /// </summary>
        /// <param name="n">Holds N.</param>
        /// <param name="nOffset">Where in <paramref name="n"/> it starts.</param>
        /// <param name="nCount">Octets of N, 0 or more.</param>
        /// <param name="salt">32 octets.</param>
        /// <param name="p">Holds P.</param>
        /// <param name="pOffset">Where in <paramref name="p"/> it starts.</param>
        /// <param name="pCount">Octets of P, 0 or more.</param>
        /// <param name="result">Octets 0 to 31 receive the key.</param>
        public static void K5(byte[] n, int nOffset, int nCount, byte[] salt, byte[] p, int pOffset, int pCount, byte[] result)
        {
            byte[] t = new byte[32];

            Hmac(salt, n, nOffset, nCount, t);
            Hmac(t, p, pOffset, pCount, result);
            Array.Clear(t, 0, 32);
        }

        /// <summary>
        /// The Network ID, k3 of the network key. See Mesh Protocol 1.1, section 3.9.6.3.2.
        /// </summary>
        /// <param name="netKey">The 16-octet network key.</param>
        /// <param name="networkId">Octets 0 to 7 receive the identifier.</param>
        public static void NetworkId(byte[] netKey, byte[] networkId)
        {
            K3(netKey, networkId);
        }

        /// <summary>
        /// The identity key. See Mesh Protocol 1.1, section 3.9.6.3.3.
        /// </summary>
        /// <param name="netKey">The 16-octet network key.</param>
        /// <param name="identityKey">Octets 0 to 15 receive the key.</param>
        public static void IdentityKey(byte[] netKey, byte[] identityKey)
        {
            NetworkKeyFor(netKey, "nkik", identityKey);
        }

        /// <summary>
        /// The beacon key. See Mesh Protocol 1.1, section 3.9.6.3.4.
        /// </summary>
        /// <param name="netKey">The 16-octet network key.</param>
        /// <param name="beaconKey">Octets 0 to 15 receive the key.</param>
        public static void BeaconKey(byte[] netKey, byte[] beaconKey)
        {
            NetworkKeyFor(netKey, "nkbk", beaconKey);
        }

        /// <summary>
        /// The private beacon key. See Mesh Protocol 1.1, section 3.9.6.3.5.
        /// </summary>
        /// <param name="netKey">The 16-octet network key.</param>
        /// <param name="privateBeaconKey">Octets 0 to 15 receive the key.</param>
        public static void PrivateBeaconKey(byte[] netKey, byte[] privateBeaconKey)
        {
            NetworkKeyFor(netKey, "nkpk", privateBeaconKey);
        }

        /// <summary>
        /// The application key identifier, k4 of the application key. See Mesh Protocol 1.1, section 3.9.6.1.
        /// </summary>
        /// <param name="appKey">The 16-octet application key.</param>
        public static int Aid(byte[] appKey)
        {
            return K4(appKey);
        }

        /// <summary>
        /// The virtual address of a label UUID. See Mesh Protocol 1.1, section 3.4.2.3.
        /// </summary>
        /// <param name="label">Holds the label UUID.</param>
        /// <param name="offset">Where in <paramref name="label"/> its 16 octets start.</param>
        public static int VirtualAddress(byte[] label, int offset)
        {
            byte[] salt = new byte[16];
            byte[] hash = new byte[16];

            S1(Ascii("vtad"), 0, 4, salt);
            Mac(salt, label, offset, 16, hash);

            return 0x8000 | ((hash[14] & 0x3F) << 8) | hash[15];
        }

        /// <summary>k1(NetKey, s1(name), "id128" 0x01).</summary>
        private static void NetworkKeyFor(byte[] netKey, string name, byte[] result)
        {
            byte[] salt = new byte[16];

            S1(Ascii(name), 0, 4, salt);
            K1(netKey, 0, 16, salt, Ascii("id128\u0001"), 0, 6, result);
        }

        /// <summary>k1(N, s1(name), P).</summary>
        private static byte[] Salted(byte[] n, string name, string p)
        {
            byte[] salt = new byte[16];
            byte[] result = new byte[16];

            S1(Ascii(name), 0, 4, salt);
            K1(n, 0, 16, salt, Ascii(p), 0, p.Length, result);

            return result;
        }

        /// <summary>
        /// The octets of a name that the specification writes in quotation marks.
        /// </summary>
        /// <param name="text">Characters up to 0x7F.</param>
        public static byte[] Ascii(string text)
        {
            byte[] octets = new byte[text.Length];

            for (int i = 0; i < octets.Length; i++)
            {
                octets[i] = (byte)text[i];
            }

            return octets;
        }

        private static void Mac(byte[] key, byte[] message, int offset, int count, byte[] mac)
        {
            AesCmac cmac = new AesCmac(key, 0);

            cmac.Compute(message, offset, count, mac);
            cmac.Clear();
        }

        private static void Hmac(byte[] key, byte[] message, int offset, int count, byte[] mac)
        {
            HmacSha256 hmac = new HmacSha256(key, 0, 32);

            hmac.Compute(message, offset, count, mac);
            hmac.Clear();
        }
    }
}
