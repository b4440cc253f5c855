using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    [TestClass]
    public class AuthValueTests
    {
        [TestMethod]
        [DataRow(1, 10)]
        [DataRow(4, 10000)]
        [DataRow(8, 100000000)]
        public void NumberLimit_IsAPowerOfTen(int digits, int limit)
        {
            Assert.AreEqual(limit, (int)AuthValue.NumberLimit(digits));
        }

        [TestMethod]
        [DataRow("00000000", 1, false, 0)]
        [DataRow("00000009", 1, false, 9)]
        [DataRow("0000000a", 1, false, 0)]
        [DataRow("00000000", 1, true, 1)]
        [DataRow("00000008", 1, true, 9)]
        [DataRow("00000009", 1, true, 1)]
        [DataRow("05f5e0ff", 8, false, 99999999)]
        [DataRow("05f5e100", 8, false, 0)]
        public void RandomNumber_IsInRange(string octets, int digits, bool counted, int number)
        {
            ProvisioningRandom random = new ProvisioningRandom();
            random.Number = Hex.Decode(octets);
            Assert.AreEqual(number, (int)AuthValue.RandomNumber(digits, counted, random, new byte[4]));
        }

        [TestMethod]
        [DataRow(0, "3030")]
        [DataRow(9, "3939")]
        [DataRow(10, "4141")]
        [DataRow(35, "5a5a")]
        [DataRow(36, "3030")]
        [DataRow(251, "5a5a")]
        public void RandomText_IsDigitsAndCapitals(int octet, string text)
        {
            ProvisioningRandom random = new ProvisioningRandom();
            random.Octet = (byte)octet;
            byte[] octets = new byte[3];
            AuthValue.RandomText(2, random, octets);
            Assert.AreEqual(text + "00", Hex.Encode(octets));
        }

        [TestMethod]
        public void IsAlphanumeric_IsDigitsAndCapitals()
        {
            int count = 0;

            for (int i = 0; i < 256; i++)
            {
                count += AuthValue.IsAlphanumeric(i) ? 1 : 0;
            }

            Assert.AreEqual(36, count);
            Assert.IsTrue(AuthValue.IsAlphanumeric('0') && AuthValue.IsAlphanumeric('9') && AuthValue.IsAlphanumeric('A') && AuthValue.IsAlphanumeric('Z'));
        }

        [TestMethod]
        public void Encode_PutsNumbersAtTheEndAndTextAtTheBeginning()
        {
            byte[] value = Hex.Decode("eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");
            AuthValue.EncodeNumber(19655, value, 16);
            Assert.AreEqual("00000000000000000000000000004cc7", Hex.Encode(value));
            AuthValue.EncodeOctets(Hex.Decode("313233414243"), 6, value, 16);
            Assert.AreEqual("31323341424300000000000000000000", Hex.Encode(value));
            AuthValue.EncodeOctets(Hex.Decode("000102030405060708090a0b0c0d0e0f10"), 17, value, 16);
            Assert.AreEqual("000102030405060708090a0b0c0d0e0f", Hex.Encode(value));
        }
    }
}
