using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    [TestClass]
    public class NetworkKeyTests
    {
        [TestMethod]
        public void SampleData_8_2_AllOfIt()
        {
            byte[] netKey = Hex.Decode(Peer.SampleNetKey);
            NetworkKey key = new NetworkKey(netKey);
            byte[] mac = new byte[16];
            byte[] block = new byte[16];
            key.Beacon.Compute(Hex.Decode("003ecaff672f67337012345678"), 0, 13, mac);
            key.Identity.Encrypt(Hex.Decode("00000000000034ae608fbbc1f2c61201"), block);

            Assert.AreEqual(0x68, (int)key.Credentials.Nid);
            Assert.IsTrue(key.NetworkId == 0x3ecaff672f673370);
            Assert.AreEqual("8ea261582f364f6f3c74ef80336ca17e", Hex.Encode(mac));
            Assert.AreEqual("00861765aefcc57b", Hex.Encode(block, 8, 8));
            Assert.AreEqual(Peer.SampleNetKey, Hex.Encode(netKey));
        }

        [TestMethod]
        public void Clear_LeavesNoKeyMaterial()
        {
            NetworkKey key = new NetworkKey(Hex.Decode(Peer.SampleNetKey));
            byte[] before = new byte[16];
            byte[] after = new byte[16];
            key.Beacon.Compute(before, 0, 13, before);
            key.Clear();
            key.Beacon.Compute(after, 0, 13, after);

            Assert.IsFalse(Hex.Encode(before) == Hex.Encode(after));
        }
    }
}
