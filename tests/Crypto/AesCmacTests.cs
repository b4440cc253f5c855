using nanoFramework.TestFramework;

namespace MeshNode.Crypto
{
    [TestClass]
    public class AesCmacTests
    {
        private const string Key = "2b7e151628aed2a6abf7158809cf4f3c";
        private const string Message =
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51" +
            "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

        [TestMethod]
        [DataRow(0, "bb1d6929e95937287fa37d129b756746")]
        [DataRow(16, "070a16b46b4d4144f79bdd9dd04a287c")]
        [DataRow(20, "7d85449ea6ea19c823a7bf78837dfade")]
        [DataRow(40, "dfa66747de9ae63030ca32611497c827")]
        [DataRow(64, "51f0bebf7e3b9d92fc49741779363cfe")]
        public void Compute_MatchesRfc4493Section4AndSp80038B(int count, string expected)
        {
            byte[] mac = new byte[AesCmac.MacSize];

            new AesCmac(Hex.Decode(Key), 0).Compute(Hex.Decode(Message), 0, count, mac);

            Assert.AreEqual(expected, Hex.Encode(mac));
        }

        [TestMethod]
        public void Compute_CanBeRepeated()
        {
            AesCmac cmac = new AesCmac(Hex.Decode(Key), 0);
            byte[] mac = new byte[AesCmac.MacSize];

            cmac.Compute(Hex.Decode(Message), 0, 40, mac);
            cmac.Compute(Hex.Decode(Message), 0, 16, mac);

            Assert.AreEqual("070a16b46b4d4144f79bdd9dd04a287c", Hex.Encode(mac));
        }

        [TestMethod]
        public void Compute_TakesNoOctetBeyondTheMessage()
        {
            AesCmac cmac = new AesCmac(Hex.Decode(Key), 0);
            byte[] exact = new byte[AesCmac.MacSize];
            byte[] inside = new byte[AesCmac.MacSize];

            for (int count = 0; count <= 34; count++)
            {
                byte[] message = new byte[count];
                byte[] larger = new byte[count + 40];

                for (int i = 0; i < larger.Length; i++)
                {
                    larger[i] = 0xE7;
                }

                for (int i = 0; i < count; i++)
                {
                    message[i] = (byte)(3 * i + 1);
                    larger[i + 20] = message[i];
                }

                cmac.Compute(message, 0, count, exact);
                cmac.Compute(larger, 20, count, inside);

                Assert.AreEqual(Hex.Encode(exact), Hex.Encode(inside));
            }
        }

        [TestMethod]
        public void Compute_MayWriteTheMacOverTheMessage()
        {
            byte[] buffer = Hex.Decode(Message);

            new AesCmac(Hex.Decode(Key), 0).Compute(buffer, 0, 40, buffer);

            Assert.AreEqual("dfa66747de9ae63030ca32611497c827", Hex.Encode(buffer, 0, 16));
        }

        [TestMethod]
        public void Constructor_TakesTheKeyAtItsOffset()
        {
            byte[] mac = new byte[AesCmac.MacSize];

            new AesCmac(Hex.Decode("ffffff" + Key + "ff"), 3).Compute(Hex.Decode(Message), 0, 16, mac);

            Assert.AreEqual("070a16b46b4d4144f79bdd9dd04a287c", Hex.Encode(mac));
        }

        [TestMethod]
        [DataRow(4)]
        [DataRow(8)]
        [DataRow(16)]
        public void Verify_RefusesEveryChangedOctet(int macSize)
        {
            AesCmac cmac = new AesCmac(Hex.Decode(Key), 0);
            byte[] message = Hex.Decode(Message);
            byte[] mac = Hex.Decode("00dfa66747de9ae63030ca32611497c827");

            Assert.IsTrue(cmac.Verify(message, 0, 40, mac, 1, macSize));

            for (int i = 0; i < 16; i++)
            {
                mac[1 + i] ^= (byte)(1 << (i & 7));
                Assert.AreEqual(i >= macSize, cmac.Verify(message, 0, 40, mac, 1, macSize));
                mac[1 + i] ^= (byte)(1 << (i & 7));
            }

            message[39] ^= 1;
            Assert.IsFalse(cmac.Verify(message, 0, 40, mac, 1, macSize));
        }

        [TestMethod]
        public void Clear_ForgetsTheKey()
        {
            AesCmac one = new AesCmac(Hex.Decode(Key), 0);
            AesCmac other = new AesCmac(new byte[16], 0);
            byte[] a = new byte[AesCmac.MacSize];
            byte[] b = new byte[AesCmac.MacSize];

            one.Clear();
            other.Clear();
            one.Compute(Hex.Decode(Message), 0, 20, a);
            other.Compute(Hex.Decode(Message), 0, 20, b);

            Assert.AreEqual(Hex.Encode(a), Hex.Encode(b));
        }
    }
}
