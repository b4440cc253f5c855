using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode
{
    /// <summary>The layers together: what one layer tells the others.</summary>
    [TestClass]
    public class MeshStackTests
    {
        private const string OtherKey = "00112233445566778899aabbccddeeff";
        private const string ThirdKey = "f7a2a44f8e8a8029064f173ddc1e2b00";
        private const long Hours96 = 96 * 3600000L;

        [TestMethod]
        public void OnReceived_LeadsEachTypeToItsLayer()
        {
            FakeNetworkLayerClient client = new FakeNetworkLayerClient();
            MeshStack stack = Stack(new FakeAdvertisingBearer(), client);
            Peer peer = new Peer(Peer.SampleNetKey, 5);

            Receive(stack, AdvertisingData.MeshMessage, peer.Access(5, 1, 0x0100, 0x0001), 10);
            Assert.AreEqual((int)NetworkVerdict.Accepted, (int)stack.LastNetworkVerdict);
            Assert.AreEqual(1, client.Count);

            Receive(stack, AdvertisingData.MeshBeacon, peer.SecureBeacon(0), 11);
            Assert.AreEqual((int)BeaconVerdict.Accepted, (int)stack.LastBeaconVerdict);
            Receive(stack, AdvertisingData.MeshBeacon, peer.Access(5, 2, 0x0100, 0x0001), 12);
            Assert.AreEqual((int)BeaconVerdict.UnknownType, (int)stack.LastBeaconVerdict);

            Receive(stack, AdvertisingData.PbAdv, peer.Access(5, 2, 0x0100, 0x0001), 13);
            Receive(stack, AdvertisingData.Flags, peer.Access(5, 2, 0x0100, 0x0001), 13);
            Assert.AreEqual(1, client.Count);
            Assert.AreEqual(2u, stack.Ignored);
            Receive(stack, AdvertisingData.MeshMessage, peer.Access(5, 2, 0x0100, 0x0001), 14);
            Assert.AreEqual(2, client.Count);
        }

        // "upon completing the IV Update procedure the sequence number is reset to 0x000000", and table 3.86. Section 3.11.
        [TestMethod]
        public void Sequence_StartsFromZeroExactlyWhenTheTransmitIndexChanges()
        {
            MeshStack stack = Stack(new FakeAdvertisingBearer(), new FakeNetworkLayerClient());
            stack.Sequence.TryTake(out uint _);

            Receive(stack, AdvertisingData.MeshBeacon, new Peer(Peer.SampleNetKey, 6).SecureBeacon(2), Hours96);
            Check(stack, 6, 5, 1);
            Receive(stack, AdvertisingData.MeshBeacon, new Peer(Peer.SampleNetKey, 6).SecureBeacon(0), 2 * Hours96);
            Check(stack, 6, 6, 0);

            stack.Sequence.TryTake(out uint _);
            Receive(stack, AdvertisingData.MeshBeacon, new Peer(Peer.SampleNetKey, 7).SecureBeacon(0), 2 * Hours96);
            Check(stack, 7, 7, 0);

            stack.Sequence.TryTake(out uint _);
            Receive(stack, AdvertisingData.MeshBeacon, new Peer(Peer.SampleNetKey, 40).SecureBeacon(2), 4 * Hours96);
            Check(stack, 40, 39, 0);

            stack.Sequence.TryTake(out uint _);
            Receive(stack, AdvertisingData.MeshBeacon, new Peer(Peer.SampleNetKey, 41).SecureBeacon(2), 6 * Hours96);
            Check(stack, 41, 40, 0);

            // What is known already.
            stack.Sequence.TryTake(out uint _);
            Receive(stack, AdvertisingData.MeshBeacon, new Peer(Peer.SampleNetKey, 41).SecureBeacon(2), 6 * Hours96);
            Check(stack, 41, 40, 1);
        }

        [TestMethod]
        public void Sequence_StartsFromZeroWhenTheUpdateEndsByItself()
        {
            MeshStack stack = Stack(new FakeAdvertisingBearer(), new FakeNetworkLayerClient());
            stack.Sequence.TryTake(out uint _);
            Assert.IsTrue(stack.Beacons.StartIvUpdate(Hours96));
            stack.Tick(Hours96);
            stack.Tick((2 * Hours96) - 1);
            Check(stack, 6, 5, 1);
            stack.Tick(2 * Hours96);
            Check(stack, 6, 6, 0);
        }

        [TestMethod]
        public void Sequence_StaysWhileASegmentedMessageDefersTheEnd()
        {
            MeshStack stack = Stack(new FakeAdvertisingBearer(), new FakeNetworkLayerClient());
            stack.Sequence.TryTake(out uint _);
            Assert.IsTrue(stack.Beacons.StartIvUpdate(Hours96));
            stack.IvIndex.SegmentedTransmission = true;
            Receive(stack, AdvertisingData.MeshBeacon, new Peer(Peer.SampleNetKey, 6).SecureBeacon(0), 2 * Hours96);
            Assert.AreEqual((int)IvIndexVerdict.Deferred, (int)stack.Beacons.LastIvIndexVerdict);
            stack.Tick(2 * Hours96);
            Check(stack, 6, 5, 1);

            stack.IvIndex.SegmentedTransmission = false;
            stack.Tick((2 * Hours96) + 1);
            Check(stack, 6, 6, 0);
        }

        [TestMethod]
        public void Receive_SecondarySubnetForKeyRefreshOnly()
        {
            MeshStack stack = Stack(new FakeAdvertisingBearer(), new FakeNetworkLayerClient());
            Subnet secondary = stack.Subnets.Add(1, new NetworkKey(Hex.Decode(OtherKey)));
            stack.Subnets.StartKeyRefresh(secondary, new NetworkKey(Hex.Decode(ThirdKey)));

            Receive(stack, AdvertisingData.MeshBeacon, new Peer(ThirdKey, 6).SecureBeacon(3), Hours96);
            Assert.AreEqual((int)KeyRefreshPhase.Second, (int)secondary.Phase);
            Check(stack, 5, 5, 0);
            Receive(stack, AdvertisingData.MeshBeacon, new Peer(ThirdKey, 6).SecureBeacon(2), Hours96);
            Assert.AreEqual((int)KeyRefreshPhase.Normal, (int)secondary.Phase);
            Check(stack, 5, 5, 0);
        }

        [TestMethod]
        public void Tick_AnnouncesChangesByBeacons()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            MeshStack stack = Stack(bearer, new FakeNetworkLayerClient());
            stack.Beacons.Enabled = true;
            stack.Tick(0);
            Assert.AreEqual(1, bearer.CountOf(AdvertisingData.MeshBeacon));
            stack.Subnets.Add(1, new NetworkKey(Hex.Decode(OtherKey)));
            stack.Tick(1);
            Assert.AreEqual(2, bearer.CountOf(AdvertisingData.MeshBeacon));
            Receive(stack, AdvertisingData.MeshBeacon, new Peer(Peer.SampleNetKey, 7).SecureBeacon(0), 2);
            stack.Tick(2);
            Assert.AreEqual(4, bearer.CountOf(AdvertisingData.MeshBeacon));
            Assert.AreEqual(Hex.Encode(new Peer(Peer.SampleNetKey, 7).SecureBeacon(0)), bearer.Text(2));
            Assert.AreEqual(Hex.Encode(new Peer(OtherKey, 7).SecureBeacon(0)), bearer.Text(3));
        }

        [TestMethod]
        public void Tick_DeliversToTheNodeItself()
        {
            FakeNetworkLayerClient client = new FakeNetworkLayerClient();
            MeshStack stack = Stack(new FakeAdvertisingBearer(), client);
            stack.Network.Send(stack.Subnets[0], false, 5, 1, 0x0001, 0x0001, new byte[1], 0, 1, 0);
            client.HasRoom = false;
            Assert.AreEqual(87L, stack.Tick(77));
            client.HasRoom = true;
            Assert.IsTrue(stack.Tick(78) > 78);
            Assert.AreEqual(1, client.Count);
        }

        [TestMethod]
        public void OnSent_GivesTheBearerMoreAndTellsTheTag()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            FakeNetworkLayerClient client = new FakeNetworkLayerClient();
            MeshStack stack = Stack(bearer, client);
            bearer.Credit = 1;
            stack.Network.Send(stack.Subnets[0], false, 5, 1, 0x0001, 0x0100, new byte[1], 0, 1, 7);
            stack.Network.Send(stack.Subnets[0], false, 5, 2, 0x0001, 0x0100, new byte[1], 0, 1, 0);
            Assert.AreEqual(1, bearer.Count);

            bearer.Credit = 1;
            stack.OnSent(bearer.Tag(0), 99);

            Assert.AreEqual(2, bearer.Count);
            Assert.AreEqual(7, client.LastTag);
            Assert.AreEqual(99L, client.LastTime);

            stack.OnSent(bearer.Tag(1), 100);

            Assert.AreEqual(1, client.TagsSent);
        }

        [TestMethod]
        public void Tick_AsksABearerAgainThatHasLostItsCreditWithoutAWord()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            MeshStack stack = Stack(bearer, new FakeNetworkLayerClient());
            bearer.Credit = 0;
            stack.Network.Send(stack.Subnets[0], false, 5, 1, 0x0001, 0x0100, new byte[1], 0, 1, 0);
            Assert.AreEqual(110L, stack.Tick(10));

            bearer.Credit = 1;
            stack.Tick(110);
            Assert.AreEqual(1, bearer.CountOf(AdvertisingData.MeshMessage));
        }

        [TestMethod]
        public void Leave_KeepsNothing()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            FakeNetworkLayerClient client = new FakeNetworkLayerClient();
            MeshStack stack = Stack(bearer, client);
            Peer peer = new Peer(Peer.SampleNetKey, 5);
            byte[] pdu = peer.Access(5, 1, 0x0100, 0x0001);
            Receive(stack, AdvertisingData.MeshMessage, pdu, 1);
            stack.Replay.Commit(0x0100, 5, 1);
            bearer.Credit = 0;
            Subnet left = stack.Subnets[0];
            stack.Network.Send(left, false, 5, 1, 0x0001, 0x0100, new byte[1], 0, 1, 0);
            stack.Network.Send(left, false, 5, 2, 0x0001, 0x0001, new byte[1], 0, 1, 0);
            stack.Leave(2);
            bearer.Credit = 100;
            stack.Tick(3);

            Assert.AreEqual(0, bearer.CountOf(AdvertisingData.MeshMessage));
            Assert.AreEqual(1, client.Count);
            Assert.AreEqual((int)SendVerdict.NoSubnet, (int)stack.Network.Send(left, false, 5, 3, 0x0001, 0x0100, new byte[1], 0, 1, 0));
            Receive(stack, AdvertisingData.MeshMessage, pdu, 4);
            Assert.AreEqual((int)NetworkVerdict.UnknownNid, (int)stack.LastNetworkVerdict);

            // In the same network again, what was heard before is new.
            stack.Join(0x0001, 1, 5, false, 0, new NetworkKey(Hex.Decode(Peer.SampleNetKey)), false, 5);
            Receive(stack, AdvertisingData.MeshMessage, pdu, 6);
            Assert.AreEqual((int)NetworkVerdict.Accepted, (int)stack.LastNetworkVerdict);
            Assert.AreEqual((int)ReplayVerdict.Fresh, (int)stack.Replay.Check(0x0100, 5, 1));
        }

        // A message to all nodes that makes this one leave must not be relayed under zeroed keys.
        [TestMethod]
        public void Leave_WithinAMessageEndsThatMessage()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            FakeNetworkLayerClient client = new FakeNetworkLayerClient();
            MeshStack stack = Stack(bearer, client);
            stack.Network.RelayEnabled = true;
            client.Leaves = stack;
            Receive(stack, AdvertisingData.MeshMessage, new Peer(Peer.SampleNetKey, 5).Access(5, 1, 0x0100, 0xFFFF), 1);

            Assert.AreEqual(1, client.Count);
            Assert.AreEqual((int)NetworkVerdict.Accepted, (int)stack.LastNetworkVerdict);
            Assert.AreEqual(0, bearer.CountOf(AdvertisingData.MeshMessage));
            Assert.AreEqual(1u, stack.Network.RelayCount(RelayVerdict.Disabled));
        }

        [TestMethod]
        public void Leave_EndsTheAnnouncementOfAnIvUpdate()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            MeshStack stack = Stack(bearer, new FakeNetworkLayerClient());
            Assert.IsTrue(stack.Beacons.StartIvUpdate(Hours96));
            stack.Tick(Hours96);
            Assert.AreEqual(1, bearer.CountOf(AdvertisingData.MeshBeacon));
            stack.Leave(Hours96);
            stack.Join(0x0001, 1, 5, false, 0, new NetworkKey(Hex.Decode(Peer.SampleNetKey)), false, Hours96);
            stack.Tick(2 * Hours96);

            Assert.AreEqual(1, bearer.CountOf(AdvertisingData.MeshBeacon));
        }

        [TestMethod]
        public void Subnets_RemovedOneIsNotUsedAnyMore()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            FakeNetworkLayerClient client = new FakeNetworkLayerClient();
            MeshStack stack = Stack(bearer, client);
            Subnet removed = stack.Subnets.Add(1, new NetworkKey(Hex.Decode(OtherKey)));
            stack.Network.Send(removed, false, 5, 1, 0x0001, 0x0001, new byte[1], 0, 1, 0);
            stack.Subnets.Remove(removed);
            stack.Tick(1);

            Assert.AreEqual(0, client.Count);
            Assert.AreEqual((int)SendVerdict.NoSubnet, (int)stack.Network.Send(removed, false, 5, 2, 0x0001, 0x0100, new byte[1], 0, 1, 0));
            Assert.AreEqual(0, stack.Network.EncodeProxyConfiguration(removed, new byte[4], 4, new byte[29]));
            Assert.AreEqual(0, bearer.CountOf(AdvertisingData.MeshMessage));
        }

        // Provisioned in the middle of a key refresh, the node is given the new key only.
        [TestMethod]
        public void Join_InKeyRefreshPhaseTwo()
        {
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            MeshStack stack = new MeshStack(bearer, new FakeGattBearer(), new CountingRandom(), new FakeNetworkLayerClient(), new StackProfile { ProxyClients = 2 });
            stack.Join(0x0001, 1, 5, false, 0, new NetworkKey(Hex.Decode(Peer.SampleNetKey)), true, 0);
            stack.Beacons.Enabled = true;
            stack.Tick(0);
            Peer peer = new Peer(Peer.SampleNetKey, 5);
            Assert.AreEqual(Hex.Encode(peer.SecureBeacon(BeaconFlags.KeyRefresh)), bearer.Text(0));

            Receive(stack, AdvertisingData.MeshMessage, peer.Access(5, 1, 0x0100, 0x0001), 1);
            Assert.AreEqual((int)NetworkVerdict.Accepted, (int)stack.LastNetworkVerdict);
            Receive(stack, AdvertisingData.MeshBeacon, peer.SecureBeacon(BeaconFlags.KeyRefresh), 2);
            Assert.AreEqual((int)KeyRefreshPhase.Second, (int)stack.Subnets[0].Phase);
            Receive(stack, AdvertisingData.MeshBeacon, peer.SecureBeacon(0), 3);
            Assert.AreEqual((int)KeyRefreshPhase.Normal, (int)stack.Subnets[0].Phase);
            Receive(stack, AdvertisingData.MeshMessage, peer.Access(5, 2, 0x0100, 0x0001), 4);
            Assert.AreEqual((int)NetworkVerdict.Accepted, (int)stack.LastNetworkVerdict);
        }

        private static MeshStack Stack(FakeAdvertisingBearer bearer, FakeNetworkLayerClient client)
        {
            MeshStack stack = new MeshStack(bearer, new FakeGattBearer(), new CountingRandom(), client, new StackProfile { ProxyClients = 2 });
            stack.Join(0x0001, 1, 5, false, 0, new NetworkKey(Hex.Decode(Peer.SampleNetKey)), false, 0);

            return stack;
        }

        private static void Receive(MeshStack stack, int type, byte[] payload, long now)
        {
            stack.OnReceived(type, payload, 0, payload.Length, now);
        }

        private static void Check(MeshStack stack, uint current, uint transmitIndex, uint sequence)
        {
            Assert.AreEqual(current, stack.IvIndex.Current);
            Assert.AreEqual(transmitIndex, stack.IvIndex.TransmitIndex);
            Assert.AreEqual(sequence, stack.Sequence.Next);
        }
    }
}
