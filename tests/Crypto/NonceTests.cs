using nanoFramework.TestFramework;

namespace MeshNode.Crypto
{
    [TestClass]
    public class NonceTests
    {
        private const int IvIndex = 0x12345678;

        [TestMethod]
        [DataRow(0x000001, 0x1201, 1, 0, "00800000011201000012345678")]
        [DataRow(0x014820, 0x2345, 1, 0, "00800148202345000012345678")]
        [DataRow(0x000006, 0x1201, 0, 11, "000b0000061201000012345678")]
        public void Network_MatchesSampleData8_3(int seq, int src, int ctl, int ttl, string expected)
        {
            byte[] nonce = Used();

            Nonce.Network(((uint)ctl << 31) | ((uint)ttl << 24) | (uint)seq, src, IvIndex, nonce);

            Assert.AreEqual(expected, Hex.Encode(nonce));
        }

        [TestMethod]
        [DataRow(false, 0x000007, 0x1201, 0xFFFF, 0x12345678, "01000000071201ffff12345678")]
        [DataRow(true, 0x07080D, 0x1234, 0x9736, 0x12345677, "018007080d1234973612345677")]
        public void Application_MatchesSampleData8_3(bool aszmic, int seq, int src, int dst, int ivIndex, string expected)
        {
            byte[] nonce = Used();

            Nonce.Application(aszmic, (uint)seq, src, dst, (uint)ivIndex, nonce);

            Assert.AreEqual(expected, Hex.Encode(nonce));
        }

        [TestMethod]
        [DataRow(0x3129AB, 0x0003, 0x1201, "02003129ab0003120112345678")]
        [DataRow(0x000006, 0x1201, 0x0003, "02000000061201000312345678")]
        public void Device_MatchesSampleData8_3(int seq, int src, int dst, string expected)
        {
            byte[] nonce = Used();

            Nonce.Device(false, (uint)seq, src, dst, IvIndex, nonce);

            Assert.AreEqual(expected, Hex.Encode(nonce));
        }

        [TestMethod]
        public void Device_CarriesAszmic()
        {
            byte[] nonce = Used();

            Nonce.Device(true, 0x3129AB, 0x0003, 0x1201, IvIndex, nonce);

            Assert.AreEqual("02803129ab0003120112345678", Hex.Encode(nonce));
        }

        [TestMethod]
        public void Proxy_MatchesSampleData8_9_1()
        {
            byte[] nonce = Used();

            Nonce.Proxy(1, 1, IvIndex, nonce);

            Assert.AreEqual("03000000010001000012345678", Hex.Encode(nonce));
        }

        [TestMethod]
        public void ProxySolicitation_HasNoIvIndex()
        {
            byte[] nonce = Used();

            Nonce.ProxySolicitation(1, 0x0031, nonce);

            Assert.AreEqual("04000000010031000000000000", Hex.Encode(nonce));
        }

        [TestMethod]
        public void All_TakeNoBitsBeyondTheirFields()
        {
            byte[] nonce = Used();

            Nonce.Proxy(0xFF000001, 0x70001, IvIndex, nonce);
            Assert.AreEqual("03000000010001000012345678", Hex.Encode(nonce));

            Nonce.Application(false, 0xFF000007, 0x71201, 0x7FFFF, IvIndex, nonce);
            Assert.AreEqual("01000000071201ffff12345678", Hex.Encode(nonce));
        }

        private static byte[] Used()
        {
            return Hex.Decode("ffffffffffffffffffffffffff");
        }
    }
}
