using MeshNode.Bearers;
using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Beacons
{
    /// <summary>When beacons are sent, and what they tell.</summary>
    [TestClass]
    public class BeaconLayerTransmitTests
    {
        private const string OtherKey = "00112233445566778899aabbccddeeff";
        private const long Hours96 = 96 * 3600000L;

        [TestMethod]
        public void Encode_TellsKeyRefreshAndIvUpdate()
        {
            BeaconNode node = new BeaconNode(0x12345678);
            Check(node, "01003ecaff672f673370123456788ea261582f364f6f");
            node.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(OtherKey)));
            Check(node, "01003ecaff672f673370123456788ea261582f364f6f");
            Assert.IsTrue(node.IvIndex.StartUpdate(Hours96));
            Check(node, "01023ecaff672f67337012345679c2af80ad072a135c");
            node.Subnets.EnterSecondPhase(node.Subnet);
            Check(node, Hex.Encode(new Peer(OtherKey, 0x12345679).SecureBeacon(3)));
            node.Subnets.RevokeOldKey(node.Subnet);
            Check(node, Hex.Encode(new Peer(OtherKey, 0x12345679).SecureBeacon(2)));
        }

        [TestMethod]
        public void Tick_AnnouncesANewSubnetAtOnce()
        {
            BeaconNode node = Enabled();
            node.Beacons.Tick(0);

            Assert.AreEqual(1, node.Bearer.Count);
            Assert.AreEqual("01003ecaff672f673370123456788ea261582f364f6f", node.Bearer.Text(0));
            Assert.AreEqual(AdvertisingData.MeshBeacon, node.Bearer.Type(0));
            Assert.AreEqual(1, node.Bearer.Transmissions(0));
            Assert.AreEqual(0, node.Bearer.Tag(0));
        }

        [TestMethod]
        public void Tick_EveryTenSecondsWhenNobodyElseIsHeard()
        {
            BeaconNode node = Enabled();
            long now = 1000;
            Tick(node, 1, 11000, now);

            for (int i = 1; i < 8; i++)
            {
                now += 10000;
                Tick(node, i, now, now - 1);
                Tick(node, i + 1, now + 10000, now);
                Tick(node, i + 1, now + 10000, now + 1);
            }
        }

        // "Observation Period * (Observed Number of Beacons + 1) / Expected Number of Beacons", 10 to 600 seconds.
        [TestMethod]
        [DataRow(1, 20)]
        [DataRow(2, 30)]
        [DataRow(9, 100)]
        [DataRow(58, 590)]
        [DataRow(59, 600)]
        [DataRow(60, 600)]
        public void Tick_RarelyWhenManyAreHeard(int heard, int seconds)
        {
            BeaconNode node = Enabled();
            byte[] beacon = new Peer(Peer.SampleNetKey, 0x12345678).SecureBeacon(0);
            node.Beacons.Tick(0);
            long before = RunUntilSent(node, 0, beacon, heard);
            before = RunUntilSent(node, before, beacon, heard);
            long after = RunUntilSent(node, before, beacon, heard);

            Assert.AreEqual(seconds * 1000L, after - before);
        }

        [TestMethod]
        public void Tick_ObservationPeriodEndsAfterTwentySeconds()
        {
            BeaconNode node = Enabled();
            byte[] beacon = new Peer(Peer.SampleNetKey, 0x12345678).SecureBeacon(0);
            Tick(node, 1, 10000, 0);

            for (int i = 0; i < 4; i++)
            {
                node.Receive(beacon, 1);
            }

            Tick(node, 2, 20000, 10000);
            Tick(node, 2, 20000, 19999);

            // Four heard in the period that ends: 50 seconds from the beacon at 10 seconds.
            Tick(node, 2, 40000, 20000);

            // None in this one: 10 seconds again.
            Tick(node, 3, 50000, 40000);
        }

        [TestMethod]
        public void Tick_CountsWhatIsHeardOnAirOnly()
        {
            BeaconNode node = Enabled();
            byte[] beacon = new Peer(Peer.SampleNetKey, 0x12345678).SecureBeacon(0);
            byte[] forged = new Peer(Peer.SampleNetKey, 0x12345678).SecureBeacon(0);
            forged[21] ^= 1;
            Tick(node, 1, 10000, 0);

            for (int i = 0; i < 4; i++)
            {
                node.Beacons.Receive(beacon, 0, beacon.Length, 0, 1);
                node.Receive(forged, 1);
            }

            Tick(node, 2, 20000, 10000);
            Tick(node, 3, 30000, 20000);
        }

        [TestMethod]
        public void Tick_UpToASecondLate()
        {
            BeaconNode node = Enabled();
            node.Random.Next = 255;
            Tick(node, 1, 11020, 0);
            Tick(node, 1, 11020, 11019);
            node.Random.Next = 1;
            Tick(node, 2, 20000, 11020);
            Tick(node, 2, 21024, 20000);
            Tick(node, 3, 31028, 21024);
        }

        [TestMethod]
        public void Tick_SubnetsOnTheirOwnClocks()
        {
            BeaconNode node = Enabled();
            Tick(node, 1, 10000, 0);
            node.Subnets.Add(7, new NetworkKey(Hex.Decode(OtherKey)));
            Tick(node, 2, 10000, 4000);
            Assert.AreEqual(Hex.Encode(new Peer(OtherKey, 0x12345678).SecureBeacon(0)), node.Bearer.Text(1));
            Tick(node, 3, 14000, 10000);
            Tick(node, 4, 20000, 14000);
            Assert.AreEqual(node.Bearer.Text(1), node.Bearer.Text(3));
        }

        [TestMethod]
        public void Tick_NothingWhenDisabled()
        {
            BeaconNode node = new BeaconNode(5);

            Assert.AreEqual(long.MaxValue, node.Beacons.Tick(0));
            Assert.AreEqual(long.MaxValue, node.Beacons.Tick(1000000));
            Assert.AreEqual(0, node.Bearer.Count);

            node.Beacons.Enabled = true;
            node.Beacons.Tick(1000001);

            Assert.AreEqual(1, node.Bearer.Count);
        }

        [TestMethod]
        public void Tick_NothingWithoutSubnets()
        {
            BeaconNode node = Enabled();
            node.Subnets.Remove(node.Subnet);

            Assert.AreEqual(long.MaxValue, node.Beacons.Tick(0));
            Assert.AreEqual(0, node.Bearer.Count);
        }

        [TestMethod]
        public void Tick_ComesBackWhenThereIsNoRoom()
        {
            BeaconNode node = Enabled();
            node.Bearer.Credit = 0;

            for (int i = 0; i < BeaconNode.LocalCapacity; i++)
            {
                node.Transmitter.SendOwn(AdvertisingData.MeshMessage, new byte[1], 0, 1, TransmitState.Of(0, 0), 1, 0);
            }

            Assert.AreEqual(1500L, node.Beacons.Tick(500));

            node.Bearer.Credit = 10;
            node.Transmitter.Pump();
            Tick(node, BeaconNode.LocalCapacity + 1, 11500, 1500);
        }

        [TestMethod]
        public void Tick_AnnouncesEveryChange()
        {
            BeaconNode node = Enabled();
            Tick(node, 1, 10000, 0);
            node.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(OtherKey)));
            Tick(node, 2, 10001, 1);
            node.Subnets.EnterSecondPhase(node.Subnet);
            Tick(node, 3, 10002, 2);
            node.Subnets.RevokeOldKey(node.Subnet);
            Tick(node, 4, 10003, 3);
            Tick(node, 4, 10003, 4);
            Subnet second = node.Subnets.Add(9, new NetworkKey(Hex.Decode(Peer.SampleNetKey)));
            node.Subnets.Remove(second);
            Tick(node, 4, 10003, 5);
            second = node.Subnets.Add(9, new NetworkKey(Hex.Decode(Peer.SampleNetKey)));
            node.Beacons.Tick(6);
            Assert.AreEqual(5, node.Bearer.Count);

            node.IvIndex.TestMode = true;
            node.IvIndex.StartUpdate(7);
            node.Beacons.Tick(7);
            Assert.AreEqual(7, node.Bearer.Count);
            node.IvIndex.CompleteUpdate(8);
            node.Beacons.Tick(8);
            Assert.AreEqual(9, node.Bearer.Count);
        }

        [TestMethod]
        public void StartIvUpdate_BeaconsUntilAnotherNodeHasJoinedIn()
        {
            BeaconNode node = new BeaconNode(5);
            Peer before = new Peer(Peer.SampleNetKey, 5);
            byte[] after = new Peer(Peer.SampleNetKey, 6).SecureBeacon(BeaconFlags.IvUpdate);

            Assert.IsFalse(node.Beacons.StartIvUpdate(Hours96 - 1));
            Assert.AreEqual(long.MaxValue, node.Beacons.Tick(Hours96 - 1));
            Assert.IsTrue(node.Beacons.StartIvUpdate(Hours96));
            node.CheckIvIndex(6, true);
            Assert.IsFalse(node.Beacons.StartIvUpdate(Hours96));

            Tick(node, 1, Hours96 + 10000, Hours96);
            Assert.AreEqual(Hex.Encode(after), node.Bearer.Text(0));
            node.Receive(before.SecureBeacon(0), Hours96 + 1);
            node.Receive(before.SecureBeacon(BeaconFlags.IvUpdate), Hours96 + 1);
            Tick(node, 2, Hours96 + 20000, Hours96 + 10000);
            node.Receive(after, Hours96 + 10001);

            Assert.AreEqual(long.MaxValue, node.Beacons.Tick(Hours96 + 20000));
            Assert.AreEqual(2, node.Bearer.Count);
        }

        [TestMethod]
        public void StartIvUpdate_AnotherSubnetDoesNotJoinIn()
        {
            BeaconNode node = new BeaconNode(5);
            node.Subnets.Add(1, new NetworkKey(Hex.Decode(OtherKey)));
            Assert.IsTrue(node.Beacons.StartIvUpdate(Hours96));
            node.Receive(new Peer(OtherKey, 6).SecureBeacon(BeaconFlags.IvUpdate), Hours96);

            Tick(node, 2, Hours96 + 10000, Hours96);
        }

        [TestMethod]
        public void StartIvUpdate_OnlyInThePrimarySubnet()
        {
            BeaconNode node = new BeaconNode(5, 1);

            Assert.IsFalse(node.Beacons.StartIvUpdate(Hours96));
            node.CheckIvIndex(5, false);
        }

        private static BeaconNode Enabled()
        {
            BeaconNode node = new BeaconNode(0x12345678);
            node.Beacons.Enabled = true;

            return node;
        }

        private static void Check(BeaconNode node, string expected)
        {
            byte[] beacon = new byte[SecureNetworkBeacon.Length];

            Assert.AreEqual(22, node.Beacons.Encode(node.Subnet, beacon));
            Assert.AreEqual(expected, Hex.Encode(beacon));
        }

        private static void Tick(BeaconNode node, int sent, long next, long now)
        {
            Assert.AreEqual(next, node.Beacons.Tick(now));
            Assert.AreEqual(sent, node.Bearer.Count);
        }

        // When the next beacon is sent, while so many are heard in each observation period.
        private static long RunUntilSent(BeaconNode node, long now, byte[] beacon, int heard)
        {
            int sent = node.Bearer.Count;

            while (node.Bearer.Count == sent)
            {
                now += 1000;
                Assert.IsTrue(now < 3600000);

                for (int i = heard; now % 20000 == 1000 && i > 0; i--)
                {
                    node.Receive(beacon, now);
                }

                node.Beacons.Tick(now);
            }

            return now;
        }
    }
}
