using nanoFramework.TestFramework;

namespace MeshNode.Beacons
{
    [TestClass]
    public class UnprovisionedDeviceBeaconTests
    {
        private const string Uuid = "70cf7c9732a345b691494810d2e9cbf4";

        [TestMethod]
        public void SampleData_8_4_1_WithoutUri()
        {
            byte[] beacon = new byte[UnprovisionedDeviceBeacon.LengthWithUriHash];
            int length = UnprovisionedDeviceBeacon.Encode(Hex.Decode(Uuid), 0xA040, null, beacon);

            Assert.AreEqual("0070cf7c9732a345b691494810d2e9cbf4a040", Hex.Encode(beacon, 0, length));
        }

        [TestMethod]
        public void SampleData_8_4_2_WithUri()
        {
            byte[] uri = Hex.Decode("172f2f7777772e6578616d706c652e636f6d2f6d6573682f70726f64756374732f6c696768742d7377697463682d7633");
            byte[] beacon = new byte[UnprovisionedDeviceBeacon.LengthWithUriHash];
            int length = UnprovisionedDeviceBeacon.Encode(Hex.Decode(Uuid), 0x4020, UnprovisionedDeviceBeacon.UriHash(uri), beacon);

            Assert.AreEqual("0070cf7c9732a345b691494810d2e9cbf44020d97478b3", Hex.Encode(beacon, 0, length));
        }

        [TestMethod]
        public void IsValid_WithTwoLengths()
        {
            for (int count = 0; count < 32; count++)
            {
                Assert.AreEqual(count == 19 || count == 23, UnprovisionedDeviceBeacon.IsValid(count));
            }
        }
    }
}
