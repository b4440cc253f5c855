using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    [TestClass]
    public class ProvisioningDataTests
    {
        private const string Key = "efb2255e6422d330088e09bb015ed707";

        [TestMethod]
        public void Decode_ReadsTheSample()
        {
            ProvisioningData data = new ProvisioningData();
            Assert.AreEqual(ProvisioningError.None, data.Decode(Hex.Decode(Exchange.Data), 0, 1));
            Assert.AreEqual(Key, Hex.Encode(data.NetKey));
            Assert.AreEqual(0x0567, data.NetKeyIndex);
            Assert.IsFalse(data.KeyRefresh);
            Assert.IsFalse(data.IvUpdate);
            Assert.IsTrue(data.IvIndex == 0x01020304);
            Assert.AreEqual(0x0B0C, data.UnicastAddress);
            data.Clear();
            Assert.AreEqual("00000000000000000000000000000000", Hex.Encode(data.NetKey));
        }

        [TestMethod]
        [DataRow("0fff", "00", "0001", 1, 0)]
        [DataRow("1000", "00", "0001", 1, 9)]
        [DataRow("8000", "00", "0001", 1, 9)]
        [DataRow("0000", "00", "0000", 1, 9)]
        [DataRow("0000", "00", "7fff", 1, 0)]
        [DataRow("0000", "00", "8000", 1, 9)]
        [DataRow("0000", "00", "c000", 1, 9)]
        [DataRow("0000", "00", "ffff", 1, 9)]
        [DataRow("0000", "00", "7ffe", 2, 0)]
        [DataRow("0000", "00", "7fff", 2, 8)]
        [DataRow("0000", "00", "7f01", 255, 0)]
        [DataRow("0000", "00", "7f02", 255, 8)]
        [DataRow("0000", "01", "0001", 1, 0)]
        [DataRow("0000", "02", "0001", 1, 0)]
        [DataRow("0000", "ff", "0001", 1, 0)]
        public void Decode_ChecksIndexAndAddresses(string index, string flags, string address, int elements, int error)
        {
            ProvisioningData data = new ProvisioningData();
            byte[] octets = Hex.Decode("ee" + Key + index + flags + "ffffffff" + address);
            Assert.AreEqual(error, data.Decode(octets, 1, elements));

            if (error == ProvisioningError.None)
            {
                Assert.IsTrue(data.IvIndex == 0xFFFFFFFF);
                Assert.AreEqual((octets[19] & 1) != 0, data.KeyRefresh);
                Assert.AreEqual((octets[19] & 2) != 0, data.IvUpdate);
            }
            else
            {
                Assert.AreEqual(0, data.UnicastAddress);
                Assert.AreEqual((byte)0, data.NetKey[0]);
            }
        }
    }
}
