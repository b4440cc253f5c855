using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Beacons
{
    [TestClass]
    public class PrivateBeaconTests
    {
        [TestMethod]
        [DataRow("f7a2a44f8e8a8029064f173ddc1e2b00", 2, 0x1010ABCD, "435f18f85cf78a3121f58478a5", "02435f18f85cf78a3121f58478a561e488e7cbf3174f022a514741")]
        [DataRow("3bbb6f1fbd53e157417f308ce7aec58f", 0, 0, "1b998f82927535ea6f3076f422", "021b998f82927535ea6f3076f422ce827408ab2f0ffb94cf97f881")]
        public void SampleData_8_4_6(string netKey, int flags, int ivIndex, string random, string expected)
        {
            NetworkKey key = new NetworkKey(Hex.Decode(netKey));
            byte[] beacon = new byte[PrivateBeacon.Length];
            byte[] data = new byte[PrivateBeacon.DataSize];

            Assert.AreEqual(27, PrivateBeacon.Encode(key, flags, (uint)ivIndex, Hex.Decode(random), beacon));
            Assert.AreEqual(expected, Hex.Encode(beacon));

            byte[] shifted = Hex.Decode("ffff" + expected);

            Assert.IsTrue(PrivateBeacon.Decode(key, shifted, 2, new byte[PrivateBeacon.RandomSize], data));
            Assert.AreEqual(flags, (int)data[0]);
            Assert.AreEqual((uint)ivIndex, BigEndian.ReadUInt32(data, 1));
        }

        [TestMethod]
        public void Decode_RefusesEveryChangedBit()
        {
            NetworkKey key = new NetworkKey(Hex.Decode("f7a2a44f8e8a8029064f173ddc1e2b00"));
            byte[] beacon = Hex.Decode("02435f18f85cf78a3121f58478a561e488e7cbf3174f022a514741");
            byte[] random = new byte[PrivateBeacon.RandomSize];
            byte[] data = new byte[PrivateBeacon.DataSize];

            for (int i = 8; i < 8 * beacon.Length; i++)
            {
                beacon[i >> 3] ^= (byte)(1 << (i & 7));
                Assert.IsFalse(PrivateBeacon.Decode(key, beacon, 0, random, data));
                beacon[i >> 3] ^= (byte)(1 << (i & 7));
            }

            Assert.IsTrue(PrivateBeacon.Decode(key, beacon, 0, random, data));
        }
    }
}
