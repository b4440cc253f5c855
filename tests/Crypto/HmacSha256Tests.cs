using nanoFramework.TestFramework;

namespace MeshNode.Crypto
{
    [TestClass]
    public class HmacSha256Tests
    {
        [TestMethod]
        [DataRow("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
        [DataRow("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
        [DataRow("0102030405060708090a0b0c0d0e0f10111213141516171819",
            "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b")]
        public void Compute_MatchesRfc4231Section4(string key, string message, string expected)
        {
            Assert.AreEqual(expected, Mac(Hex.Decode(key), Hex.Decode(message)));
        }

        [TestMethod]
        public void Compute_HashesALongKey()
        {
            byte[] key = new byte[131];

            for (int i = 0; i < key.Length; i++)
            {
                key[i] = 0xAA;
            }

            Assert.AreEqual("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
                Mac(key, Hex.Decode("54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374")));
        }

        [TestMethod]
        public void Compute_TakesOffsetsAndCanBeRepeated()
        {
            HmacSha256 hmac = new HmacSha256(Hex.Decode("004a65666500"), 1, 4);
            byte[] message = Hex.Decode("ff7768617420646f2079612077616e7420666f72206e6f7468696e673fff");
            byte[] mac = new byte[HmacSha256.MacSize];

            hmac.Compute(message, 0, 5, mac);
            hmac.Compute(message, 1, 28, mac);

            Assert.AreEqual("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", Hex.Encode(mac));
        }

        [TestMethod]
        public void Compute_MayWriteTheMacOverTheMessage()
        {
            byte[] buffer = Hex.Decode("7768617420646f2079612077616e7420666f72206e6f7468696e673f00000000");

            new HmacSha256(Hex.Decode("4a656665"), 0, 4).Compute(buffer, 0, 28, buffer);

            Assert.AreEqual("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", Hex.Encode(buffer));
        }

        [TestMethod]
        public void Clear_ForgetsTheKey()
        {
            HmacSha256 hmac = new HmacSha256(Hex.Decode("4a656665"), 0, 4);
            byte[] mac = new byte[HmacSha256.MacSize];

            hmac.Clear();
            hmac.Compute(mac, 0, 0, mac);

            // HMAC_SHA256("", ""), as the empty key is a key of zeros.
            Assert.AreEqual("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad", Hex.Encode(mac));
        }

        private static string Mac(byte[] key, byte[] message)
        {
            byte[] mac = new byte[HmacSha256.MacSize];

            new HmacSha256(key, 0, key.Length).Compute(message, 0, message.Length, mac);

            return Hex.Encode(mac);
        }
    }
}
