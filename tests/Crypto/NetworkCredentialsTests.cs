using System;
using nanoFramework.TestFramework;

namespace MeshNode.Crypto
{
    [TestClass]
    public class NetworkCredentialsTests
    {
        private const string NetKey = "7dd7364cd842ad18c17c2b820c84c3d6";
        private const string ProxyNetKey = "d1aafb2a1a3c281cbdb0e960edfad852";
        private const string SolicitationNetKey = "18eed9c2a56add85049ffc3c59ad0e12";
        private const uint IvIndex = 0x12345678;

        private static readonly NetworkCredentials s_flooding = NetworkCredentials.Flooding(Hex.Decode(NetKey));

        [TestMethod]
        public void Nid_MatchesSampleData8_2()
        {
            Assert.AreEqual(0x68, (int)s_flooding.Nid);
            Assert.AreEqual(0x5E, (int)NetworkCredentials.Friendship(Hex.Decode(NetKey), 0x1201, 0x2345, 0x0000, 0x072F).Nid);
            Assert.AreEqual(0x0D, (int)NetworkCredentials.Directed(Hex.Decode(NetKey)).Nid);
        }

        [TestMethod]
        public void SampleData_8_3_1()
        {
            Check(s_flooding, 0x80000001, 0x1201, IvIndex, 0, "fffd034b50057e400000010000", "68eca487516765b5e5bfdacbaf6cb7fb6bff871f035444ce83a670df");
        }

        [TestMethod]
        public void SampleData_8_3_2()
        {
            Check(s_flooding, 0x80014820, 0x2345, IvIndex, 0, "120104320308ba072f", "68d4c826296d7979d7dbc0c9b4d43eebec129d20a620d01e");
        }

        [TestMethod]
        public void SampleData_8_3_4()
        {
            Check(NetworkCredentials.Friendship(Hex.Decode(NetKey), 0x1201, 0x2345, 0x0000, 0x072F), 0x80000002, 0x1201, IvIndex, 0,
                "23450100", "5e84eba092380fb0e5d0ad970d579a4e88051c");
        }

        [TestMethod]
        public void SampleData_8_3_6()
        {
            Check(s_flooding, 0x043129AB, 0x0003, IvIndex, 0, "12018026ac01ee9dddfd2169326d23f3afdf", "68cab5c5348a230afba8c63d4e686364979deaf4fd40961145939cda0e");
            Check(s_flooding, 0x043129AC, 0x0003, IvIndex, 0, "12018026ac21cfdc18c52fdef772e0e17308", "681615b5dd4a846cae0c032bf0746f44f1b8cc8ce5edc57e55beed49c0");
        }

        [TestMethod]
        public void SampleData_8_3_18()
        {
            Check(s_flooding, 0x03000007, 0x1201, IvIndex, 0, "ffff665a8bde6d9106ea078a", "6848cba437860e5673728a627fb938535508e21a6baf57");
        }

        [TestMethod]
        public void SampleData_8_3_20_OddIvIndex()
        {
            Check(s_flooding, 0x03070809, 0x1234, 0x12345677, 0, "ffff669c9803e110fea929e9542d", "e85cca51e2e8998c3dc87344a16c787f6b08cc897c941a5368");
        }

        [TestMethod]
        public void SampleData_8_3_24()
        {
            Check(s_flooding, 0x0307080D, 0x1234, 0x12345677, 0, "9736e6a03401c3c51d8e476b28e3aa5001f3", "e8624e65bb8c1794e998b4081f47a35251fdd3896d99e4db489b918599");
            Check(s_flooding, 0x0307080E, 0x1234, 0x12345677, 0, "9736e6a034211c01cea6", "e8a7d0f0a2ea42dc2f4dd6fb4db33a6c088d023b47");
        }

        [TestMethod]
        public void SampleData_8_9_1_ProxyNonce()
        {
            Check(NetworkCredentials.Flooding(Hex.Decode(ProxyNetKey)), 0x80000001, 0x0001, IvIndex, 3, "00000000", "10386bd60efbbb8b8c28512e792d3711f4b526");
        }

        [TestMethod]
        public void Solicitation_HasNoIvIndex()
        {
            NetworkCredentials credentials = NetworkCredentials.Flooding(Hex.Decode(SolicitationNetKey));

            Check(credentials, 0x80000001, 0x0031, 0, 4, "0100", "7415fd26d31ba53425f13b423508c0019a");
            Check(credentials, 0x80000001, 0x0031, 0, 4, "0000", "743abfe811ce29352563afe281ff9497ef");
        }

        [TestMethod]
        public void Encrypt_IgnoresTheIvIndexOfASolicitation()
        {
            byte[] pdu = new byte[17];

            int length = NetworkCredentials.Flooding(Hex.Decode(SolicitationNetKey)).Encrypt(0x80000001, 0x0031, 0xFFFFFFFF, 4, Hex.Decode("0100"), 0, 2, pdu, 0);

            Assert.AreEqual(17, length);
            Assert.AreEqual("7415fd26d31ba53425f13b423508c0019a", Hex.Encode(pdu));
        }

        [TestMethod]
        public void Deobfuscate_FollowsEachIvIndex()
        {
            byte[] even = Hex.Decode("68cab5c5348a230afba8c63d4e686364979deaf4fd40961145939cda0e");
            byte[] odd = Hex.Decode("e8624e65bb8c1794e998b4081f47a35251fdd3896d99e4db489b918599");

            for (int i = 0; i < 3; i++)
            {
                s_flooding.Deobfuscate(even, 0, IvIndex);
                Assert.AreEqual(0x043129ABu, s_flooding.CtlTtlSeq);
                Assert.AreEqual(0x0003, s_flooding.Src);

                s_flooding.Deobfuscate(odd, 0, IvIndex - 1);
                Assert.AreEqual(0x0307080Du, s_flooding.CtlTtlSeq);
                Assert.AreEqual(0x1234, s_flooding.Src);
            }
        }

        [TestMethod]
        public void Decrypt_RefusesEveryChangedOctetAndZeroesItsOutput()
        {
            RefuseEveryChangedOctet("68cab5c5348a230afba8c63d4e686364979deaf4fd40961145939cda0e", 18);
            RefuseEveryChangedOctet("68eca487516765b5e5bfdacbaf6cb7fb6bff871f035444ce83a670df", 13);
        }

        [TestMethod]
        public void Decrypt_RefusesAnotherIvIndexOrNonce()
        {
            byte[] pdu = Hex.Decode("68cab5c5348a230afba8c63d4e686364979deaf4fd40961145939cda0e");
            byte[] output = new byte[18];

            s_flooding.Deobfuscate(pdu, 0, IvIndex);

            Assert.IsTrue(s_flooding.Decrypt(pdu, 0, pdu.Length, IvIndex, 0, output, 0));
            Assert.IsFalse(s_flooding.Decrypt(pdu, 0, pdu.Length, IvIndex - 1, 0, output, 0));
            Assert.IsFalse(s_flooding.Decrypt(pdu, 0, pdu.Length, IvIndex + 0x10000, 0, output, 0));
            Assert.IsFalse(s_flooding.Decrypt(pdu, 0, pdu.Length, IvIndex, 3, output, 0));
            Assert.IsFalse(s_flooding.Decrypt(pdu, 0, pdu.Length, IvIndex, 4, output, 0));
        }

        [TestMethod]
        public void Decrypt_RefusesEveryShorterCount()
        {
            RefuseEveryShorterCount("68cab5c5348a230afba8c63d4e686364979deaf4fd40961145939cda0e");
            RefuseEveryShorterCount("68eca487516765b5e5bfdacbaf6cb7fb6bff871f035444ce83a670df");
        }

        [TestMethod]
        public void Decrypt_LeavesThePdu()
        {
            byte[] pdu = Hex.Decode("68cab5c5348a230afba8c63d4e686364979deaf4fd40961145939cda0e");
            byte[] output = new byte[18];

            s_flooding.Deobfuscate(pdu, 0, IvIndex);
            s_flooding.Decrypt(pdu, 0, pdu.Length, IvIndex, 0, output, 0);

            Assert.AreEqual("68cab5c5348a230afba8c63d4e686364979deaf4fd40961145939cda0e", Hex.Encode(pdu));
        }

        [TestMethod]
        public void Encrypt_InPlaceWhenTheTextLiesWhereItGoes()
        {
            byte[] buffer = new byte[32];

            Array.Copy(Hex.Decode("12018026ac01ee9dddfd2169326d23f3afdf"), 0, buffer, 8, 18);

            Assert.AreEqual(29, s_flooding.Encrypt(0x043129AB, 0x0003, IvIndex, 0, buffer, 8, 18, buffer, 1));
            Assert.AreEqual("0068cab5c5348a230afba8c63d4e686364979deaf4fd40961145939cda0e0000", Hex.Encode(buffer));
        }

        [TestMethod]
        public void Clear_ForgetsTheKeys()
        {
            NetworkCredentials one = NetworkCredentials.Flooding(Hex.Decode(NetKey));
            NetworkCredentials other = NetworkCredentials.Directed(Hex.Decode(ProxyNetKey));
            byte[] clear = Hex.Decode("12018026ac01ee9dddfd2169326d23f3afdf");
            byte[] a = new byte[29];
            byte[] b = new byte[29];

            one.Deobfuscate(Hex.Decode("68cab5c5348a230afba8c63d4e686364979deaf4fd40961145939cda0e"), 0, IvIndex);
            one.Clear();
            other.Clear();

            Assert.AreEqual(0u, one.CtlTtlSeq);
            Assert.AreEqual(0, one.Src);

            one.Encrypt(0x043129AB, 0x0003, IvIndex, 0, clear, 0, 18, a, 0);
            other.Encrypt(0x043129AB, 0x0003, IvIndex, 0, clear, 0, 18, b, 0);
            Assert.AreEqual(Hex.Encode(a, 1, 28), Hex.Encode(b, 1, 28));
        }

        private static void Check(NetworkCredentials credentials, uint ctlTtlSeq, int src, uint ivIndex, int nonceType, string clear, string pdu)
        {
            int count = clear.Length / 2;
            byte[] secured = new byte[pdu.Length / 2 + 2];
            byte[] input = Hex.Decode("eeee" + pdu + "ee");
            byte[] output = Hex.Decode("aaaaaa" + clear + "aa");

            int length = credentials.Encrypt(ctlTtlSeq, src, ivIndex, nonceType, output, 3, count, secured, 1);
            Assert.AreEqual(pdu.Length / 2, length);
            Assert.AreEqual("00" + pdu + "00", Hex.Encode(secured));

            Array.Clear(output, 3, count);
            credentials.Deobfuscate(input, 2, ivIndex);
            Assert.AreEqual(ctlTtlSeq, credentials.CtlTtlSeq);
            Assert.AreEqual(src, credentials.Src);
            Assert.IsTrue(credentials.Decrypt(input, 2, length, ivIndex, nonceType, output, 3));
            Assert.AreEqual("aaaaaa" + clear + "aa", Hex.Encode(output));
        }

        private static void RefuseEveryChangedOctet(string text, int count)
        {
            byte[] pdu = Hex.Decode(text);

            // The first octet selects the credentials and is not authenticated here.
            for (int i = 1; i < pdu.Length; i++)
            {
                byte[] output = Hex.Decode("5555555555555555555555555555555555555555555555");

                pdu[i] ^= 0x01;
                s_flooding.Deobfuscate(pdu, 0, IvIndex);
                Assert.IsFalse(s_flooding.Decrypt(pdu, 0, pdu.Length, IvIndex, 0, output, 1));
                Assert.AreEqual("55", Hex.Encode(output, 0, 1));
                pdu[i] ^= 0x01;

                // With the header changed, CTL may be as well, and with it where the text ends.
                if (i >= 14)
                {
                    Assert.AreEqual(Hex.Encode(new byte[count]), Hex.Encode(output, 1, count));
                    Assert.AreEqual("55", Hex.Encode(output, 1 + count, 1));
                }
            }
        }

        private static void RefuseEveryShorterCount(string text)
        {
            byte[] pdu = Hex.Decode(text);
            byte[] output = new byte[18];

            s_flooding.Deobfuscate(pdu, 0, IvIndex);

            for (int count = 0; count < pdu.Length; count++)
            {
                Assert.IsFalse(s_flooding.Decrypt(pdu, 0, count, IvIndex, 0, output, 0));
            }
        }
    }
}
