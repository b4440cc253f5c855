using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using nanoFramework.TestFramework;
using PlatformAesCcm = System.Security.Cryptography.AesCcm;

namespace MeshNode.Crypto
{
    /// <summary>
    /// Compares with the platform's own cryptography over seeded random cases.
    /// </summary>
    [TestClass]
    public class CryptoReferenceTests
    {
        private static readonly int[] s_lengths = { 0, 1, 2, 3, 4, 5, 15, 16, 17, 18, 31, 32, 33, 47, 48, 49, 255, 256, 257, 270, 271, 272, 273, 376, 380, 384, 400 };

        [TestMethod]
        public void Aes128_Encrypt()
        {
            Random random = new Random(1);

            for (int i = 0; i < 2000; i++)
            {
                byte[] key = Bytes(random, 16 + random.Next(4));
                byte[] input = Bytes(random, 16);
                byte[] output = new byte[16];

                new Aes128(key, key.Length - 16).Encrypt(input, output);
                CollectionAssert.AreEqual(Block(key.AsSpan(key.Length - 16).ToArray(), input), output);
            }
        }

        [TestMethod]
        public void AesCmac_EveryLength()
        {
            Random random = new Random(2);

            for (int count = 0; count <= 400; count++)
            {
                for (int offset = 0; offset < 4; offset++)
                {
                    byte[] key = Bytes(random, 16);
                    byte[] message = Bytes(random, count + offset + random.Next(3));
                    byte[] mac = new byte[16];
                    AesCmac cmac = new AesCmac(key, 0);
                    byte[] expected = Cmac(key, message.AsSpan(offset, count).ToArray());

                    cmac.Compute(message, offset, count, mac);
                    CollectionAssert.AreEqual(expected, mac);
                    Assert.IsTrue(cmac.Verify(message, offset, count, expected, 0, 16));
                    expected[random.Next(16)] ^= (byte)(1 << random.Next(8));
                    Assert.IsFalse(cmac.Verify(message, offset, count, expected, 0, 16));
                }
            }
        }

        [TestMethod]
        public void AesCcm_EveryLength()
        {
            Random random = new Random(3);

            for (int count = 0; count <= 400; count++)
            {
                foreach (int additional in new[] { 0, 0, 1 + random.Next(32), 14, 16, 30 })
                {
                    CheckCcm(random, count, additional, 4);
                    CheckCcm(random, count, additional, 8);
                }
            }
        }

        [TestMethod]
        public void AesCcm_EveryAdditionalLength()
        {
            Random random = new Random(4);

            for (int additional = 0; additional <= 255; additional++)
            {
                foreach (int count in s_lengths)
                {
                    CheckCcm(random, count, additional, (additional & 1) == 0 ? 4 : 8);
                }
            }
        }

        [TestMethod]
        public void AesCcm_LongestMessage()
        {
            Random random = new Random(5);

            for (int count = AesCcm.MaxCount - 20; count <= AesCcm.MaxCount; count++)
            {
                CheckCcm(random, count, 0, 8);
                CheckCcm(random, count, 16, 4);
            }
        }

        [TestMethod]
        public void NetworkCredentials_EveryLength()
        {
            Random random = new Random(6);

            for (int i = 0; i < 200; i++)
            {
                byte[] netKey = Bytes(random, 16);
                byte[] material = new byte[33];

                KeyDerivation.K2(netKey, new byte[1], 1, material);

                NetworkCredentials credentials = NetworkCredentials.Flooding(netKey);

                for (int count = 3; count <= 50; count++)
                {
                    CheckNetwork(random, credentials, material, count);
                }

                CheckNetwork(random, credentials, material, 254);
                CheckNetwork(random, credentials, material, 255);
            }
        }

        [TestMethod]
        public void Sha256_EveryLengthInPieces()
        {
            Random random = new Random(7);
            Sha256 sha = new Sha256();
            byte[] digest = new byte[32];

            for (int count = 0; count <= 400; count++)
            {
                byte[] message = Bytes(random, count + 3);
                int done = 0;

                while (done < count)
                {
                    int piece = random.Next(1, Math.Min(count - done, 90) + 1);

                    sha.Update(message, 3 + done, piece);
                    done += piece;
                }

                sha.Finish(digest, 0);
                CollectionAssert.AreEqual(SHA256.HashData(message.AsSpan(3)), digest);
            }
        }

        [TestMethod]
        public void HmacSha256_EveryKeyLength()
        {
            Random random = new Random(8);
            byte[] mac = new byte[32];

            for (int keyCount = 0; keyCount <= 140; keyCount++)
            {
                foreach (int count in s_lengths)
                {
                    byte[] key = Bytes(random, keyCount + 1);
                    byte[] message = Bytes(random, count + 2);

                    new HmacSha256(key, 1, keyCount).Compute(message, 2, count, mac);
                    CollectionAssert.AreEqual(HMACSHA256.HashData(key.AsSpan(1), message.AsSpan(2)), mac);
                }
            }
        }

        private static void CheckCcm(Random random, int count, int additionalCount, int micSize)
        {
            int offset = random.Next(5);
            int slack = random.Next(2) == 0 ? 0 : 20;
            byte[] key = Bytes(random, 16);
            byte[] nonce = Bytes(random, 13);
            byte[] additional = Bytes(random, additionalCount + slack);
            byte[] input = Bytes(random, offset + count + slack);
            byte[] output = Bytes(random, offset + count + micSize + slack);
            byte[] before = (byte[])output.Clone();
            byte[] cipher = new byte[count];
            byte[] mic = new byte[micSize];
            AesCcm ccm = new AesCcm(key, 0);

            using (PlatformAesCcm platform = new PlatformAesCcm(key))
            {
                platform.Encrypt(nonce, input.AsSpan(offset, count), cipher, mic, additional.AsSpan(0, additionalCount));
            }

            ccm.Encrypt(nonce, additional, additionalCount, input, offset, count, output, offset, micSize);
            CheckRange(output, before, offset, cipher, mic);

            byte[] secured = output;
            byte[] clear = Bytes(random, offset + count + slack);

            before = (byte[])clear.Clone();
            Assert.IsTrue(ccm.Decrypt(nonce, additional, additionalCount, secured, offset, count, clear, offset, micSize));
            CheckRange(clear, before, offset, input.AsSpan(offset, count).ToArray(), Array.Empty<byte>());

            int bit = random.Next(8 * (count + micSize));

            secured[offset + (bit >> 3)] ^= (byte)(1 << (bit & 7));
            Assert.IsFalse(ccm.Decrypt(nonce, additional, additionalCount, secured, offset, count, clear, offset, micSize));
            CheckRange(clear, before, offset, new byte[count], Array.Empty<byte>());
            secured[offset + (bit >> 3)] ^= (byte)(1 << (bit & 7));

            before = (byte[])secured.Clone();
            Assert.IsTrue(ccm.Decrypt(nonce, additional, additionalCount, secured, offset, count, secured, offset, micSize));
            CheckRange(secured, before, offset, input.AsSpan(offset, count).ToArray(), mic);
            ccm.Encrypt(nonce, additional, additionalCount, secured, offset, count, secured, offset, micSize);
            CheckRange(secured, before, offset, cipher, mic);
        }

        private static void CheckNetwork(Random random, NetworkCredentials credentials, byte[] material, int count)
        {
            int offset = random.Next(3);
            int slack = random.Next(2) == 0 ? 0 : 9;
            int nonceType = random.Next(3) == 0 ? 0 : random.Next(2) == 0 ? 3 : 4;
            uint ctlTtlSeq = (uint)random.NextInt64(1L << 32);
            int src = random.Next(0x10000);
            uint ivIndex = (uint)random.NextInt64(1L << 32);
            int micSize = ctlTtlSeq >> 31 == 1 ? 8 : 4;
            byte[] clear = Bytes(random, offset + count + slack);
            byte[] pdu = Bytes(random, offset + 7 + count + micSize + slack);
            byte[] before = (byte[])pdu.Clone();
            byte[] nonce = new byte[13];

            // The nonce of one type, written as the table of section 3.9.5 has it; the privacy block as in section 3.9.7.3.
            nonce[0] = (byte)nonceType;
            nonce[1] = nonceType == 0 ? (byte)(ctlTtlSeq >> 24) : (byte)0;
            nonce[2] = (byte)(ctlTtlSeq >> 16);
            nonce[3] = (byte)(ctlTtlSeq >> 8);
            nonce[4] = (byte)ctlTtlSeq;
            nonce[5] = (byte)(src >> 8);
            nonce[6] = (byte)src;

            uint iv = nonceType == 4 ? 0 : ivIndex;

            BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(9), iv);

            byte[] expected = new byte[7 + count + micSize];
            byte[] privacy = new byte[16];

            using (PlatformAesCcm platform = new PlatformAesCcm(material.AsSpan(1, 16)))
            {
                platform.Encrypt(nonce, clear.AsSpan(offset, count), expected.AsSpan(7, count), expected.AsSpan(7 + count, micSize));
            }

            BinaryPrimitives.WriteUInt32BigEndian(privacy.AsSpan(5), iv);
            expected.AsSpan(7, 7).CopyTo(privacy.AsSpan(9));

            byte[] pecb = Block(material.AsSpan(17, 16).ToArray(), privacy);

            expected[0] = (byte)((iv & 1) << 7 | material[0]);
            BinaryPrimitives.WriteUInt32BigEndian(expected.AsSpan(1), ctlTtlSeq);
            BinaryPrimitives.WriteUInt16BigEndian(expected.AsSpan(5), (ushort)src);

            for (int i = 0; i < 6; i++)
            {
                expected[1 + i] ^= pecb[i];
            }

            int length = credentials.Encrypt(ctlTtlSeq, src, ivIndex, nonceType, clear, offset, count, pdu, offset);

            Assert.AreEqual(expected.Length, length);
            CheckRange(pdu, before, offset, expected, Array.Empty<byte>());

            byte[] output = Bytes(random, offset + count + slack);
            byte[] outputBefore = (byte[])output.Clone();

            before = (byte[])pdu.Clone();
            credentials.Deobfuscate(pdu, offset, iv);
            Assert.AreEqual(ctlTtlSeq, credentials.CtlTtlSeq);
            Assert.AreEqual(src, credentials.Src);
            Assert.IsTrue(credentials.Decrypt(pdu, offset, length, ivIndex, nonceType, output, offset));
            CheckRange(output, outputBefore, offset, clear.AsSpan(offset, count).ToArray(), Array.Empty<byte>());
            CollectionAssert.AreEqual(before, pdu);

            int bit = 8 * (offset + 7) + random.Next(8 * (count + micSize));

            pdu[bit >> 3] ^= (byte)(1 << (bit & 7));
            Assert.IsFalse(credentials.Decrypt(pdu, offset, length, ivIndex, nonceType, output, offset));
            CheckRange(output, outputBefore, offset, new byte[count], Array.Empty<byte>());
        }

        /// <summary>Whether first and second stand at the offset and nothing else has changed.</summary>
        private static void CheckRange(byte[] actual, byte[] before, int offset, byte[] first, byte[] second)
        {
            byte[] expected = (byte[])before.Clone();

            first.CopyTo(expected, offset);
            second.CopyTo(expected, offset + first.Length);
            Assert.IsTrue(expected.AsSpan().SequenceEqual(actual));
        }

        private static byte[] Bytes(Random random, int count)
        {
            byte[] octets = new byte[count];

            random.NextBytes(octets);

            return octets;
        }

        private static byte[] Block(byte[] key, byte[] input)
        {
            using Aes aes = Aes.Create();

            aes.Key = key;

            return aes.EncryptEcb(input, PaddingMode.None);
        }

        private static byte[] Cmac(byte[] key, byte[] message)
        {
            using Aes aes = Aes.Create();

            aes.Key = key;

            byte[] k1 = Double(aes.EncryptEcb(new byte[16], PaddingMode.None));
            int blocks = Math.Max(1, (message.Length + 15) / 16);
            bool whole = message.Length == 16 * blocks;
            byte[] padded = new byte[16 * blocks];
            byte[] last = whole ? k1 : Double(k1);

            message.CopyTo(padded, 0);

            if (!whole)
            {
                padded[message.Length] = 0x80;
            }

            for (int i = 0; i < 16; i++)
            {
                padded[padded.Length - 16 + i] ^= last[i];
            }

            return aes.EncryptCbc(padded, new byte[16], PaddingMode.None).AsSpan(padded.Length - 16).ToArray();
        }

        private static byte[] Double(byte[] block)
        {
            byte[] doubled = new byte[16];

            for (int i = 0; i < 16; i++)
            {
                doubled[i] = (byte)((block[i] << 1) | (i < 15 ? block[i + 1] >> 7 : 0));
            }

            doubled[15] ^= (byte)((block[0] >> 7) * 0x87);

            return doubled;
        }
    }
}
