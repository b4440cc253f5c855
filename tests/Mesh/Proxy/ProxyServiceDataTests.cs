using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Proxy
{
    [TestClass]
    public class ProxyServiceDataTests
    {
        private const string Random = "34ae608fbbc1f2c6";

        private static readonly NetworkKey s_key = new NetworkKey(Hex.Decode(Peer.SampleNetKey));

        [TestMethod]
        public void SampleData_8_5_1_Provisioning()
        {
            byte[] serviceData = new byte[20];

            Assert.AreEqual(18, ProxyServiceData.EncodeProvisioning(Hex.Decode("70cf7c9732a345b691494810d2e9cbf4"), 0x4020, serviceData));
            Assert.AreEqual("70cf7c9732a345b691494810d2e9cbf420400000", Hex.Encode(serviceData));
        }

        [TestMethod]
        public void SampleData_8_6_1_NetworkId()
        {
            byte[] serviceData = new byte[20];

            Assert.AreEqual(9, ProxyServiceData.EncodeNetworkId(s_key, serviceData));
            Assert.AreEqual("003ecaff672f6733700000000000000000000000", Hex.Encode(serviceData));
        }

        [TestMethod]
        [DataRow(ProxyServiceData.NodeIdentity, "0100861765aefcc57b34ae608fbbc1f2c6")]
        [DataRow(ProxyServiceData.PrivateNodeIdentity, "032c64a8cbca65bfe134ae608fbbc1f2c6")]
        public void SampleData_8_6_2_and_8_6_4_NodeIdentity(int type, string expected)
        {
            byte[] serviceData = new byte[17];

            // The scratch block has been used before.
            Assert.AreEqual(17, ProxyServiceData.EncodeNodeIdentity(s_key, type, 0x1201, Hex.Decode(Random), serviceData, Hex.Decode("ffffffffffffffffffffffffffffffff")));
            Assert.AreEqual(expected, Hex.Encode(serviceData));
        }

        [TestMethod]
        public void SampleData_8_6_3_PrivateNetworkIdentity()
        {
            byte[] serviceData = new byte[17];

            Assert.AreEqual(17, ProxyServiceData.EncodePrivateNetworkIdentity(s_key, Hex.Decode(Random), serviceData, Hex.Decode("ffffffffffffffffffffffffffffffff")));
            Assert.AreEqual("02d30f7229ef04543534ae608fbbc1f2c6", Hex.Encode(serviceData));
        }
    }
}
