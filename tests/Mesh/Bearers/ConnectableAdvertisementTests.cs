using nanoFramework.TestFramework;

namespace MeshNode.Bearers
{
    [TestClass]
    public class ConnectableAdvertisementTests
    {
        // The AD structures of service data are those of sections 8.5.1 and 8.6.
        [TestMethod]
        [DataRow(GattService.Provisioning, "70cf7c9732a345b691494810d2e9cbf44020", "020106030327181516271870cf7c9732a345b691494810d2e9cbf44020")]
        [DataRow(GattService.Proxy, "003ecaff672f673370", "020106030328180c162818003ecaff672f673370")]
        [DataRow(GattService.Proxy, "0100861765aefcc57b34ae608fbbc1f2c6", "02010603032818141628180100861765aefcc57b34ae608fbbc1f2c6")]
        public void Encode_FlagsServiceUuidAndServiceData(int service, string serviceData, string expected)
        {
            byte[] octets = Hex.Decode(serviceData);
            byte[] data = new byte[AdvertisingData.MaxLength];
            int count = ConnectableAdvertisement.Encode(service, octets, octets.Length, data);

            Assert.AreEqual(expected, Hex.Encode(data, 0, count));
        }

        [TestMethod]
        public void Encode_LongestFillsTheAdvert()
        {
            byte[] data = new byte[AdvertisingData.MaxLength];

            Assert.AreEqual(31, ConnectableAdvertisement.Encode(GattService.Proxy, new byte[20], ConnectableAdvertisement.MaxServiceData, data));
        }
    }
}
