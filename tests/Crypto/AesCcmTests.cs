using System;
using nanoFramework.TestFramework;

namespace MeshNode.Crypto
{
    [TestClass]
    public class AesCcmTests
    {
        private const string Key = "0123456789abcdef0123456789abcdef";
        private const string NonceText = "00112233445566778899aabbcc";

        [TestMethod]
        [DataRow("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", "00000003020100a0a1a2a3a4a5", "0001020304050607",
            "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e", "588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0")]
        [DataRow("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", "00000004030201a0a1a2a3a4a5", "0001020304050607",
            "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "72c91a36e135f8cf291ca894085c87e3cc15c439c9e43a3ba091d56e10400916")]
        [DataRow("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", "00000007060504a0a1a2a3a4a5", "000102030405060708090a0b",
            "0c0d0e0f101112131415161718191a1b1c1d1e1f", "dcf1fb7b5d9e23fb9d4e131253658ad86ebdca3e51e83f077d9c2d93")]
        [DataRow("d7828d13b2b0bdc325a76236df93cc6b", "00d560912d3f703c9696766cfa", "cd9044d2b71fdb8120ea60c0",
            "6435acbafb11a82e2f071d7ca4a5ebd93a803ba87f", "009769ecabdf48625594c59251e6035722675e04c847099e5ae0704551")]
        public void Encrypt_MatchesRfc3610Section8(string key, string nonce, string additionalData, string plaintext, string expected)
        {
            CheckBothWays(key, nonce, additionalData, plaintext, expected, 8);
        }

        [TestMethod]
        public void Encrypt_MatchesCavpVariableTag()
        {
            CheckBothWays("43b1a6bc8d0d22d6d1ca95c18593cca5", "9882578e750b9682c6ca7f8f86",
                "2084f3861c9ad0ccee7c63a7e05aece5db8b34bd8724cc06b4ca99a7f9c4914f", "a2b381c7d1545c408fe29817a21dc435a154c87256346b05",
                "cc69ed76985e0ed4c8365a72775e5a19bfccc71aeb116c85a8c74677", 4);
        }

        [TestMethod]
        [DataRow(4, "", "6c7854c1e573cd62155bfa987c70673d273ab343")]
        [DataRow(8, "", "6c7854c1e573cd62155bfa987c70673d5cfcb5ac7e3cea62")]
        [DataRow(4, "1234567812341234123412345678abcd", "6c7854c1e573cd62155bfa987c70673d19f0c64d")]
        [DataRow(8, "1234567812341234123412345678abcd", "6c7854c1e573cd62155bfa987c70673d37d0cc6caef67cfc")]
        public void Encrypt_MatchesBothMicSizesWithAndWithoutLabel(int micSize, string additionalData, string expected)
        {
            CheckBothWays(Key, NonceText, additionalData, "00112233445566778899aabbccddeeff", expected, micSize);
        }

        [TestMethod]
        [DataRow("eec1fce5", "59d0ebabbda447fbe81b37cc1b65cc9d", "f8b6c3fce76ed2e87e9b1cd0dd", "", 4)]
        [DataRow("1d0e841d", "d6452d5c97c3b27bf02b5ca1134fe032", "0e7fb7c6251d09075bd945a692", "861a6caa89d6adea1dbe7e4513817c40", 4)]
        [DataRow("67f4f5ede241dd5a", "18d33bc65782087ecca49a880ae17196", "d7f275c70e783c34cfe1751cab", "", 8)]
        public void Encrypt_OfNothingIsTheMic(string expected, string key, string nonce, string additionalData, int micSize)
        {
            CheckBothWays(key, nonce, additionalData, "", expected, micSize);
        }

        [TestMethod]
        public void SampleData_8_4_6_1()
        {
            CheckBothWays("6be76842460b2d3a5850d4698409f1bb", "435f18f85cf78a3121f58478a5", "", "021010abcd", "61e488e7cbf3174f022a514741", 8);
        }

        [TestMethod]
        public void SampleData_8_4_6_2()
        {
            CheckBothWays("ca478cdac626b7a8522d7272dd124f26", "1b998f82927535ea6f3076f422", "", "0000000000", "ce827408ab2f0ffb94cf97f881", 8);
        }

        [TestMethod]
        public void Decrypt_RefusesEveryChangedMicOctetAndZeroesItsOutput()
        {
            RefuseEveryChangedOctet(4);
            RefuseEveryChangedOctet(8);
        }

        [TestMethod]
        public void Decrypt_RefusesAnotherNonceOrLabel()
        {
            AesCcm ccm = new AesCcm(Hex.Decode(Key), 0);
            byte[] nonce = Hex.Decode(NonceText);
            byte[] label = Hex.Decode("1234567812341234123412345678abcd");
            byte[] pdu = Hex.Decode("6c7854c1e573cd62155bfa987c70673d37d0cc6caef67cfc");
            byte[] output = new byte[16];

            Assert.IsTrue(ccm.Decrypt(nonce, label, 16, pdu, 0, 16, output, 0, 8));

            label[15] ^= 0x80;
            Assert.IsFalse(ccm.Decrypt(nonce, label, 16, pdu, 0, 16, output, 0, 8));
            label[15] ^= 0x80;

            Assert.IsFalse(ccm.Decrypt(nonce, label, 15, pdu, 0, 16, output, 0, 8));
            Assert.IsFalse(ccm.Decrypt(nonce, null, 0, pdu, 0, 16, output, 0, 8));

            for (int i = 0; i < 13; i++)
            {
                nonce[i] ^= 1;
                Assert.IsFalse(ccm.Decrypt(nonce, label, 16, pdu, 0, 16, output, 0, 8));
                nonce[i] ^= 1;
            }

            Assert.IsTrue(ccm.Decrypt(nonce, label, 16, pdu, 0, 16, output, 0, 8));
        }

        [TestMethod]
        public void BothWays_InPlaceAndAtOffsetsForEveryLength()
        {
            byte[] nonce = Hex.Decode(NonceText);
            AesCcm ccm = new AesCcm(Hex.Decode(Key), 0);

            for (int count = 0; count <= 50; count++)
            {
                int micSize = (count & 1) == 0 ? 4 : 8;
                byte[] plain = Filled(count, 7);
                byte[] apart = new byte[count + micSize];
                byte[] guarded = Filled(count + 24, 7);

                ccm.Encrypt(nonce, null, 0, plain, 0, count, apart, 0, micSize);

                Array.Copy(plain, 0, guarded, 5, count);
                ccm.Encrypt(nonce, null, 0, guarded, 5, count, guarded, 5, micSize);
                Assert.AreEqual(Hex.Encode(apart), Hex.Encode(guarded, 5, count + micSize));
                CheckGuards(guarded, 5, count + micSize);

                Assert.IsTrue(ccm.Decrypt(nonce, null, 0, guarded, 5, count, guarded, 5, micSize));
                Assert.AreEqual(Hex.Encode(plain), Hex.Encode(guarded, 5, count));
                Assert.AreEqual(Hex.Encode(apart, count, micSize), Hex.Encode(guarded, 5 + count, micSize));
                CheckGuards(guarded, 5, count + micSize);
            }
        }

        [TestMethod]
        public void Decrypt_MayMoveTheTextDown()
        {
            byte[] nonce = Hex.Decode(NonceText);
            byte[] plain = Filled(45, 7);
            byte[] buffer = new byte[60];
            AesCcm ccm = new AesCcm(Hex.Decode(Key), 0);

            ccm.Encrypt(nonce, null, 0, plain, 0, 45, buffer, 7, 8);

            Assert.IsTrue(ccm.Decrypt(nonce, null, 0, buffer, 7, 45, buffer, 0, 8));
            Assert.AreEqual(Hex.Encode(plain), Hex.Encode(buffer, 0, 45));
        }

        [TestMethod]
        public void Clear_ForgetsTheKey()
        {
            AesCcm one = new AesCcm(Hex.Decode(Key), 0);
            AesCcm other = new AesCcm(new byte[16], 0);
            byte[] plain = Filled(20, 7);
            byte[] a = new byte[24];
            byte[] b = new byte[24];

            one.Clear();
            other.Clear();
            one.Encrypt(Hex.Decode(NonceText), null, 0, plain, 0, 20, a, 0, 4);
            other.Encrypt(Hex.Decode(NonceText), null, 0, plain, 0, 20, b, 0, 4);

            Assert.AreEqual(Hex.Encode(a), Hex.Encode(b));
        }

        private static void CheckBothWays(string key, string nonce, string additionalData, string plaintext, string expected, int micSize)
        {
            AesCcm ccm = new AesCcm(Hex.Decode(key), 0);
            byte[] n = Hex.Decode(nonce);
            byte[] a = additionalData.Length == 0 ? null : Hex.Decode(additionalData);
            byte[] plain = Hex.Decode(plaintext);
            byte[] secured = new byte[plain.Length + micSize];
            byte[] back = new byte[plain.Length];

            ccm.Encrypt(n, a, additionalData.Length / 2, plain, 0, plain.Length, secured, 0, micSize);
            Assert.AreEqual(expected, Hex.Encode(secured));

            Assert.IsTrue(ccm.Decrypt(n, a, additionalData.Length / 2, secured, 0, plain.Length, back, 0, micSize));
            Assert.AreEqual(plaintext, Hex.Encode(back));
        }

        private static void RefuseEveryChangedOctet(int micSize)
        {
            AesCcm ccm = new AesCcm(Hex.Decode(Key), 0);
            byte[] nonce = Hex.Decode(NonceText);
            byte[] pdu = new byte[19 + micSize];

            ccm.Encrypt(nonce, null, 0, Filled(19, 7), 0, 19, pdu, 0, micSize);

            for (int i = 0; i < pdu.Length; i++)
            {
                byte[] output = Filled(25, 7);

                pdu[i] ^= (byte)(0x80 >> (i & 7));
                Assert.IsFalse(ccm.Decrypt(nonce, null, 0, pdu, 0, 19, output, 3, micSize));
                Assert.AreEqual("00000000000000000000000000000000000000", Hex.Encode(output, 3, 19));
                CheckGuards(output, 3, 19);
                pdu[i] ^= (byte)(0x80 >> (i & 7));
            }
        }

        private static byte[] Filled(int count, int seed)
        {
            byte[] octets = new byte[count];

            for (int i = 0; i < count; i++)
            {
                octets[i] = (byte)(seed + 13 * i);
            }

            return octets;
        }

        private static void CheckGuards(byte[] buffer, int offset, int count)
        {
            byte[] expected = Filled(buffer.Length, 7);

            Assert.AreEqual(Hex.Encode(expected, 0, offset), Hex.Encode(buffer, 0, offset));
            Assert.AreEqual(Hex.Encode(expected, offset + count, buffer.Length - offset - count), Hex.Encode(buffer, offset + count, buffer.Length - offset - count));
        }
    }
}
