using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Beacons
{
    [TestClass]
    public class SecureNetworkBeaconTests
    {
        [TestMethod]
        [DataRow(0, 0x12345678, "01003ecaff672f673370123456788ea261582f364f6f")]
        [DataRow(2, 0x12345679, "01023ecaff672f67337012345679c2af80ad072a135c")]
        [DataRow(0, 0x12345679, "01003ecaff672f67337012345679c62f09e4c957f59d")]
        [DataRow(1, 0x12345678, "01013ecaff672f67337012345678f8ed9c4f4d3adaf6")]
        [DataRow(3, 0x12345678, "01033ecaff672f67337012345678519763aacc5de67e")]
        public void SampleData_8_4_3_To_8_4_5(int flags, int ivIndex, string expected)
        {
            NetworkKey key = new NetworkKey(Hex.Decode(Peer.SampleNetKey));
            byte[] beacon = new byte[SecureNetworkBeacon.Length + 5];

            Assert.AreEqual(22, SecureNetworkBeacon.Encode(key, flags, (uint)ivIndex, beacon, 3, new byte[16]));

            Assert.AreEqual(expected, Hex.Encode(beacon, 3, SecureNetworkBeacon.Length));
            Assert.IsTrue(SecureNetworkBeacon.HasNetworkId(key, beacon, 3));
            Assert.IsTrue(SecureNetworkBeacon.Authenticate(key, beacon, 3));
            Assert.AreEqual(flags, SecureNetworkBeacon.Flags(beacon, 3));
            Assert.AreEqual((uint)ivIndex, SecureNetworkBeacon.IvIndex(beacon, 3));
        }

        [TestMethod]
        public void Authenticate_RefusesEveryChangedBit()
        {
            NetworkKey key = new NetworkKey(Hex.Decode(Peer.SampleNetKey));
            byte[] beacon = Hex.Decode("01003ecaff672f673370123456788ea261582f364f6f");

            for (int i = 8; i < 8 * beacon.Length; i++)
            {
                beacon[i >> 3] ^= (byte)(1 << (i & 7));
                Assert.IsFalse(SecureNetworkBeacon.Authenticate(key, beacon, 0));
                Assert.AreEqual(i < 16 || i >= 80, SecureNetworkBeacon.HasNetworkId(key, beacon, 0));
                beacon[i >> 3] ^= (byte)(1 << (i & 7));
            }

            Assert.IsTrue(SecureNetworkBeacon.Authenticate(key, beacon, 0));
        }
    }
}
