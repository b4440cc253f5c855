using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Beacons
{
    /// <summary>What a received beacon means. What is sent: <see cref="BeaconLayerTransmitTests"/>.</summary>
    [TestClass]
    public class BeaconLayerTests
    {
        private const string OtherKey = "00112233445566778899aabbccddeeff";
        private const string PrivateKey = "f7a2a44f8e8a8029064f173ddc1e2b00";
        private const long Hours96 = 96 * 3600000L;

        [TestMethod]
        public void SampleData_8_4_3_To_8_4_5_OneUpdate()
        {
            BeaconNode node = new BeaconNode(0x12345678);

            node.Expect(IvIndexVerdict.Unchanged, Hex.Decode("01003ecaff672f673370123456788ea261582f364f6f"), 0);
            node.Expect(IvIndexVerdict.StartUpdate, Hex.Decode("01023ecaff672f67337012345679c2af80ad072a135c"), Hours96);
            node.CheckIvIndex(0x12345679, true);
            node.Expect(IvIndexVerdict.CompleteUpdate, Hex.Decode("01003ecaff672f67337012345679c62f09e4c957f59d"), 2 * Hours96);
            node.CheckIvIndex(0x12345679, false);
            Assert.AreEqual(2, node.IvIndexChanges);
            Assert.AreEqual(1, node.TransmitIndexChanges);
        }

        [TestMethod]
        public void SampleData_8_4_6_PrivateBeacon()
        {
            BeaconNode node = new BeaconNode(0x1010ABCC);
            node.Subnets.Remove(node.Subnet);
            node.Subnets.Add(0, new NetworkKey(Hex.Decode(PrivateKey)));

            node.Expect(IvIndexVerdict.StartUpdate, Hex.Decode("02435f18f85cf78a3121f58478a561e488e7cbf3174f022a514741"), Hours96);
            node.CheckIvIndex(0x1010ABCD, true);
        }

        [TestMethod]
        public void Receive_RefusesOtherLengthsAndTypes()
        {
            BeaconNode node = new BeaconNode(5);
            byte[] beacon = new byte[40];

            for (int type = 0; type < 256; type++)
            {
                beacon[0] = (byte)type;

                for (int count = 0; count < (type < 4 ? beacon.Length : 2); count++)
                {
                    int expected = (int)(count == 0 ? BeaconVerdict.Length
                        : type > 2 ? BeaconVerdict.UnknownType
                        : type == 0 && (count == 19 || count == 23) ? BeaconVerdict.UnprovisionedDevice
                        : type == 1 && count == 22 ? BeaconVerdict.UnknownNetworkId
                        : type == 2 && count == 27 ? BeaconVerdict.Authentication
                        : BeaconVerdict.Length);
                    BeaconVerdict verdict = node.Beacons.Receive(beacon, 0, count, NetworkInterface.Advertising, 0);

                    if (expected != (int)verdict)
                    {
                        Assert.AreEqual(expected, (int)verdict);
                    }
                }
            }

            Assert.AreEqual(2u, node.Beacons.Count(BeaconVerdict.UnprovisionedDevice));
            Assert.AreEqual(1u, node.Beacons.Count(BeaconVerdict.UnknownNetworkId));
            Assert.AreEqual(1u, node.Beacons.Count(BeaconVerdict.Authentication));
            Assert.AreEqual(369u, node.Beacons.Count(BeaconVerdict.Length));
            Assert.AreEqual(291u, node.Beacons.Count(BeaconVerdict.UnknownType));
        }

        [TestMethod]
        public void Receive_UnprovisionedDevice()
        {
            BeaconNode node = new BeaconNode(5);

            node.Expect(BeaconVerdict.UnprovisionedDevice, Hex.Decode("0070cf7c9732a345b691494810d2e9cbf4a040"), 0);
            node.Expect(BeaconVerdict.UnprovisionedDevice, Hex.Decode("0070cf7c9732a345b691494810d2e9cbf44020d97478b3"), 0);
        }

        [TestMethod]
        public void Receive_AnywhereInABuffer()
        {
            BeaconNode node = new BeaconNode(0x12345678);
            byte[] buffer = Hex.Decode("ffffff01003ecaff672f673370123456788ea261582f364f6fff");

            Assert.AreEqual((int)BeaconVerdict.Accepted, (int)node.Beacons.Receive(buffer, 3, 22, NetworkInterface.Advertising, 0));
            Assert.AreEqual((int)BeaconVerdict.Repeated, (int)node.Beacons.Receive(buffer, 3, 22, NetworkInterface.Advertising, 0));
        }

        [TestMethod]
        public void Receive_RefusesForgeriesWithoutAnyEffect()
        {
            BeaconNode node = new BeaconNode(5);
            Peer peer = new Peer(Peer.SampleNetKey, 6);
            byte[] beacon = peer.SecureBeacon(BeaconFlags.IvUpdate);

            for (int i = 1; i < beacon.Length; i++)
            {
                beacon[i] ^= 0x02;
                node.Expect(i < 2 || i > 9 ? BeaconVerdict.Authentication : BeaconVerdict.UnknownNetworkId, beacon, Hours96);
                beacon[i] ^= 0x02;
            }

            byte[] privateBeacon = peer.PrivateNetworkBeacon(BeaconFlags.IvUpdate, 1);

            for (int i = 1; i < privateBeacon.Length; i++)
            {
                privateBeacon[i] ^= 0x02;
                node.Expect(BeaconVerdict.Authentication, privateBeacon, Hours96);
                privateBeacon[i] ^= 0x02;
            }

            node.CheckIvIndex(5, false);
            Assert.AreEqual(0, node.IvIndexChanges);
            node.Expect(IvIndexVerdict.StartUpdate, beacon, Hours96);
            node.Expect(IvIndexVerdict.Unchanged, privateBeacon, Hours96);
        }

        // A repeated beacon is compared, not authenticated: its key may even be gone.
        [TestMethod]
        public void Receive_RepeatedBeaconCostsNoCryptography()
        {
            byte[] beacon = new Peer(Peer.SampleNetKey, 5).SecureBeacon(0);
            byte[] privateBeacon = new Peer(Peer.SampleNetKey, 5).PrivateNetworkBeacon(0, 1);

            CheckRepeated(beacon, privateBeacon);
            CheckRepeated(privateBeacon, beacon);
        }

        [TestMethod]
        public void Receive_OneLastBeaconForEachSubnet()
        {
            BeaconNode node = new BeaconNode(5);
            node.Subnets.Add(1, new NetworkKey(Hex.Decode(OtherKey)));
            byte[] first = new Peer(Peer.SampleNetKey, 5).SecureBeacon(0);
            byte[] second = new Peer(OtherKey, 5).PrivateNetworkBeacon(0, 1);

            node.Expect(BeaconVerdict.Accepted, first, 0);
            node.Expect(BeaconVerdict.Accepted, second, 0);
            node.Expect(BeaconVerdict.Repeated, first, 0);
            node.Expect(BeaconVerdict.Repeated, second, 0);
            Assert.AreEqual((int)IvIndexVerdict.NotPrimary, (int)node.Beacons.LastIvIndexVerdict);
        }

        [TestMethod]
        public void Receive_RepeatedBeaconIsWeighedAgain()
        {
            BeaconNode node = new BeaconNode(5);
            byte[] beacon = new Peer(Peer.SampleNetKey, 6).SecureBeacon(BeaconFlags.IvUpdate);
            node.IvIndex.Set(5, true, 0);
            node.IvIndex.CompleteUpdate(0);

            node.Expect(IvIndexVerdict.TooEarly, beacon, Hours96 - 1);
            node.Expect(BeaconVerdict.Repeated, beacon, Hours96 - 1);
            Assert.AreEqual((int)IvIndexVerdict.TooEarly, (int)node.Beacons.LastIvIndexVerdict);
            node.Expect(BeaconVerdict.Repeated, beacon, Hours96);
            Assert.AreEqual((int)IvIndexVerdict.StartUpdate, (int)node.Beacons.LastIvIndexVerdict);
            node.CheckIvIndex(6, true);
        }

        [TestMethod]
        public void Receive_LastBeaconIsVoidWhenKeysChange()
        {
            BeaconNode node = new BeaconNode(5);
            byte[] beacon = new Peer(Peer.SampleNetKey, 5).SecureBeacon(0);
            node.Expect(BeaconVerdict.Accepted, beacon, 0);
            node.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(OtherKey)));
            node.Expect(BeaconVerdict.Accepted, beacon, 0);
            node.Subnets.EnterSecondPhase(node.Subnet);
            node.Expect(BeaconVerdict.OldKey, beacon, 0);
            node.Subnets.RevokeOldKey(node.Subnet);
            node.Expect(BeaconVerdict.UnknownNetworkId, beacon, 0);
            beacon = new Peer(OtherKey, 5).SecureBeacon(0);
            node.Expect(BeaconVerdict.Accepted, beacon, 0);
            node.Subnets.Remove(node.Subnet);
            node.Expect(BeaconVerdict.UnknownNetworkId, beacon, 0);
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Receive_IgnoresRfuFlags(bool isPrivate)
        {
            BeaconNode node = new BeaconNode(5);

            node.Expect(IvIndexVerdict.Unchanged, Beacon(Peer.SampleNetKey, 5, 0xFC, isPrivate), Hours96);
            node.Expect(IvIndexVerdict.StartUpdate, Beacon(Peer.SampleNetKey, 6, 0xFE, isPrivate), Hours96);
        }

        // "If this node is a member of a primary subnet ... on a secondary subnet ... shall be ignored." Section 3.11.5.
        [TestMethod]
        public void Receive_SecondarySubnetDoesNotMoveTheIvIndex()
        {
            BeaconNode node = new BeaconNode(5);
            node.Subnets.Add(1, new NetworkKey(Hex.Decode(OtherKey)));

            node.Expect(IvIndexVerdict.NotPrimary, new Peer(OtherKey, 6).SecureBeacon(BeaconFlags.IvUpdate), Hours96);
            node.Expect(IvIndexVerdict.NotPrimary, new Peer(OtherKey, 40).PrivateNetworkBeacon(0, 1), 3 * Hours96);
            node.CheckIvIndex(5, false);

            node.Subnets.Remove(node.Subnet);

            node.Expect(IvIndexVerdict.StartUpdate, new Peer(OtherKey, 6).SecureBeacon(BeaconFlags.IvUpdate), Hours96);
        }

        [TestMethod]
        public void Receive_SecondarySubnetRefreshesItsKey()
        {
            BeaconNode node = new BeaconNode(5);
            Subnet secondary = node.Subnets.Add(1, new NetworkKey(Hex.Decode(OtherKey)));
            node.Subnets.StartKeyRefresh(secondary, new NetworkKey(Hex.Decode(PrivateKey)));

            node.Expect(IvIndexVerdict.NotPrimary, new Peer(PrivateKey, 9).SecureBeacon(BeaconFlags.KeyRefresh), 0);
            Assert.AreEqual((int)KeyRefreshPhase.Second, (int)secondary.Phase);
            node.Expect(IvIndexVerdict.NotPrimary, new Peer(PrivateKey, 9).SecureBeacon(0), 0);
            Assert.AreEqual((int)KeyRefreshPhase.Normal, (int)secondary.Phase);
            Assert.AreEqual((int)KeyRefreshPhase.Normal, (int)node.Subnet.Phase);
            node.CheckIvIndex(5, false);
        }

        // Of the flag only a beacon under the new key can tell. Section 3.11.4.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void KeyRefresh_ByBeacons(bool isPrivate)
        {
            BeaconNode node = new BeaconNode(5);
            CheckPhase(node, KeyRefreshPhase.Normal, Beacon(Peer.SampleNetKey, 5, BeaconFlags.KeyRefresh, isPrivate), BeaconVerdict.Accepted);
            node.Receive(Beacon(OtherKey, 5, BeaconFlags.KeyRefresh, isPrivate), 0);
            node.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(OtherKey)));

            CheckPhase(node, KeyRefreshPhase.First, Beacon(Peer.SampleNetKey, 5, 0, isPrivate), BeaconVerdict.Accepted);
            CheckPhase(node, KeyRefreshPhase.First, Beacon(Peer.SampleNetKey, 5, BeaconFlags.KeyRefresh, isPrivate), BeaconVerdict.Accepted);
            CheckPhase(node, KeyRefreshPhase.Second, Beacon(OtherKey, 5, BeaconFlags.KeyRefresh, isPrivate), BeaconVerdict.Accepted);
            CheckPhase(node, KeyRefreshPhase.Second, Beacon(OtherKey, 5, BeaconFlags.KeyRefresh, isPrivate), BeaconVerdict.Accepted);
            CheckPhase(node, KeyRefreshPhase.Second, Beacon(OtherKey, 5, BeaconFlags.KeyRefresh, isPrivate), BeaconVerdict.Repeated);
            CheckPhase(node, KeyRefreshPhase.Second, Beacon(Peer.SampleNetKey, 5, 0, isPrivate), BeaconVerdict.OldKey);
            CheckPhase(node, KeyRefreshPhase.Second, Beacon(Peer.SampleNetKey, 5, BeaconFlags.KeyRefresh, isPrivate), BeaconVerdict.OldKey);
            CheckPhase(node, KeyRefreshPhase.Normal, Beacon(OtherKey, 5, 0, isPrivate), BeaconVerdict.Accepted);
            Assert.IsNull(node.Subnet.NewKey);

            // "It shall ignore Secure Network beacons ... using the new NetKey with the Key Refresh Flag set to 1."
            CheckPhase(node, KeyRefreshPhase.Normal, Beacon(OtherKey, 5, BeaconFlags.KeyRefresh, isPrivate), BeaconVerdict.Accepted);
            node.Expect(isPrivate ? BeaconVerdict.Authentication : BeaconVerdict.UnknownNetworkId, Beacon(Peer.SampleNetKey, 5, 0, isPrivate), 0);
        }

        // "... set to 0 using the new NetKey in Phase 1, the node shall immediately transition to Phase 3." Section 3.11.4.1.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void KeyRefresh_ByBeaconsWithoutTheSecondPhase(bool isPrivate)
        {
            BeaconNode node = new BeaconNode(5);
            node.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(OtherKey)));

            CheckPhase(node, KeyRefreshPhase.Normal, Beacon(OtherKey, 5, 0, isPrivate), BeaconVerdict.Accepted);
            Assert.IsTrue(node.Subnet.Key.NetworkId == new Peer(OtherKey, 0).Key.NetworkId);
        }

        [TestMethod]
        public void KeyRefresh_OldKeyInTheSecondPhaseMovesNoIvIndexEither()
        {
            BeaconNode node = new BeaconNode(5);
            node.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(OtherKey)));
            node.Subnets.EnterSecondPhase(node.Subnet);

            node.Expect(BeaconVerdict.OldKey, new Peer(Peer.SampleNetKey, 6).SecureBeacon(BeaconFlags.IvUpdate), Hours96);
            node.CheckIvIndex(5, false);
            node.Expect(IvIndexVerdict.StartUpdate, new Peer(OtherKey, 6).SecureBeacon(BeaconFlags.IvUpdate | BeaconFlags.KeyRefresh), Hours96);
        }

        [TestMethod]
        public void KeyRefresh_AndIvUpdateInOneBeacon()
        {
            BeaconNode node = new BeaconNode(5);
            node.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(OtherKey)));

            node.Expect(IvIndexVerdict.StartUpdate, new Peer(OtherKey, 6).SecureBeacon(BeaconFlags.IvUpdate | BeaconFlags.KeyRefresh), Hours96);
            Assert.AreEqual((int)KeyRefreshPhase.Second, (int)node.Subnet.Phase);
            node.CheckIvIndex(6, true);
        }

        private static byte[] Beacon(string netKey, uint ivIndex, int flags, bool isPrivate)
        {
            Peer peer = new Peer(netKey, ivIndex);

            return isPrivate ? peer.PrivateNetworkBeacon(flags, 7) : peer.SecureBeacon(flags);
        }

        private static void CheckPhase(BeaconNode node, KeyRefreshPhase phase, byte[] beacon, BeaconVerdict verdict)
        {
            node.Expect(verdict, beacon, 0);
            Assert.AreEqual((int)phase, (int)node.Subnet.Phase);
        }

        private static void CheckRepeated(byte[] beacon, byte[] other)
        {
            BeaconNode node = new BeaconNode(5);

            node.Expect(BeaconVerdict.Accepted, beacon, 0);
            node.Subnet.Key.Clear();
            node.Expect(BeaconVerdict.Repeated, beacon, 0);
            node.Expect(BeaconVerdict.Repeated, beacon, Hours96);
            node.Expect(BeaconVerdict.Authentication, other, 0);
        }
    }
}
