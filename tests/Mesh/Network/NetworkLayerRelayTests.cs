using MeshNode.Bearers;
using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    /// <summary>What a node sends on, over which bearer, in which order. See Mesh Protocol 1.1, section 3.4.6.3.</summary>
    [TestClass]
    public class NetworkLayerRelayTests
    {
        private const string OtherNid = "00112233445566778899aabbccddeeff";
        private const int Adv = NetworkInterface.Advertising;
        private const int Gatt = 1;

        [TestMethod]
        [DataRow(0, false)]
        [DataRow(1, false)]
        [DataRow(2, true)]
        [DataRow(3, true)]
        [DataRow(127, true)]
        public void Relay_WithTtlOneLess(int ttl, bool relayed)
        {
            NetworkNode node = RelayNode();
            Peer peer = SamplePeer();
            RelayVerdict verdict = relayed ? RelayVerdict.Relayed : RelayVerdict.Ttl;

            node.ExpectSentOn(verdict, verdict, peer.Pdu(false, ttl, 0x123456, 0x0100, 0x0200, "0102030405"), Adv);

            Assert.AreEqual(relayed ? 1 : 0, node.Bearer.Count);
            Assert.AreEqual(relayed ? 1 : 0, node.Proxy.Count);

            if (relayed)
            {
                CheckSent(peer, node.Bearer.Payload(0), false, ttl - 1, 0x123456, 0x0100, 0x0200, "0102030405");
                CheckSent(peer, node.Proxy.LastPdu, false, ttl - 1, 0x123456, 0x0100, 0x0200, "0102030405");
                Assert.AreEqual(AdvertisingData.MeshMessage, node.Bearer.Type(0));
                Assert.AreEqual(0, node.Bearer.Tag(0));
            }
        }

        [TestMethod]
        public void Relay_ControlMessage()
        {
            NetworkNode node = RelayNode();
            Peer peer = SamplePeer();

            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.Relayed, peer.Pdu(true, 9, 7, 0x0100, 0xC123, "000102030405060708090a0b"), Adv);

            CheckSent(peer, node.Bearer.Payload(0), true, 8, 7, 0x0100, 0xC123, "000102030405060708090a0b");
        }

        // The friend relays the Low Power node's message.
        [TestMethod]
        public void SampleData_8_3_16_BecomesThatOf8_3_17()
        {
            NetworkNode node = RelayNode();
            node.Network.SetAddresses(0x2345, 1);

            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.Relayed, Hex.Decode("68e80e5da5af0e6b9be7f5a642f2f98680e61c3a8b47f228"), Adv);

            Assert.AreEqual("68b2bd2c1e1b6f2a80d381b91f824dd4f0a3cd54cea23b7a", node.Bearer.Text(0));
            Assert.AreEqual(node.Bearer.Text(0), Hex.Encode(node.Proxy.LastPdu));
        }

        [TestMethod]
        public void Relay_NotWhatIsForAnElementOfThisNode()
        {
            NetworkNode node = RelayNode();
            Peer peer = SamplePeer();

            node.ExpectSentOn(RelayVerdict.OwnDestination, RelayVerdict.OwnDestination, peer.Access(5, 1, 0x0100, 0x0001), Adv);
            node.ExpectSentOn(RelayVerdict.OwnDestination, RelayVerdict.OwnDestination, peer.Access(5, 2, 0x0100, 0x0002), Gatt);
            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.Relayed, peer.Access(5, 3, 0x0100, 0x0003), Adv);

            Assert.AreEqual(1, node.Bearer.Count);
            Assert.AreEqual(1, node.Proxy.Count);
        }

        [TestMethod]
        public void Relay_GroupsThatThisNodeHearsToo()
        {
            NetworkNode node = RelayNode();
            node.Client.Subscribe(0xC001);
            Peer peer = SamplePeer();

            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.Relayed, peer.Access(5, 1, 0x0100, 0xC001), Adv);
            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.Relayed, peer.Access(5, 2, 0x0100, 0xFFFF), Adv);
            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.Relayed, peer.Access(5, 3, 0x0100, 0xFFFC), Gatt);

            Assert.AreEqual(3, node.Client.Count);
            Assert.AreEqual(3, node.Bearer.Count);
        }

        // Relay is for advertising bearer to advertising bearer; whatever has to do with a proxy client is an affair of Proxy.
        [TestMethod]
        [DataRow(Adv, false, false, false, false)]
        [DataRow(Adv, true, false, true, false)]
        [DataRow(Adv, false, true, false, true)]
        [DataRow(Adv, true, true, true, true)]
        [DataRow(Gatt, false, true, true, true)]
        [DataRow(Gatt, true, true, true, true)]
        public void Relay_ByTheStatesOfRelayAndProxy(int networkInterface, bool relayState, bool proxyState, bool advertised, bool notified)
        {
            NetworkNode node = RelayNode();
            node.Network.RelayEnabled = relayState;
            node.Network.ProxyEnabled = proxyState;
            node.Network.NetworkTransmit = TransmitState.Of(1, 2);
            node.Network.RelayRetransmit = TransmitState.Of(4, 6);

            node.ExpectSentOn(
                advertised ? RelayVerdict.Relayed : RelayVerdict.Disabled,
                notified ? RelayVerdict.Relayed : RelayVerdict.Disabled,
                SamplePeer().Access(5, 1, 0x0100, 0x0200),
                networkInterface);

            Assert.AreEqual(advertised ? 1 : 0, node.Bearer.Count);
            Assert.AreEqual(notified ? 1 : 0, node.Proxy.Count);

            if (advertised)
            {
                Assert.AreEqual(networkInterface == Adv ? 5 : 2, node.Bearer.Transmissions(0));
                Assert.AreEqual(networkInterface == Adv ? 70 : 30, node.Bearer.Interval(0));
            }

            if (notified)
            {
                Assert.IsFalse(node.Proxy.LastOwn);
                Assert.AreEqual(0x0200, node.Proxy.LastDestination);
                Assert.AreEqual(networkInterface, node.Proxy.LastExcept);
            }
        }

        [TestMethod]
        public void Relay_ProxyClientsOnlyIfOneTakesIt()
        {
            NetworkNode node = RelayNode();
            Peer peer = SamplePeer();
            node.Proxy.Answer = RelayVerdict.Filtered;
            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.Filtered, peer.Access(5, 1, 0x0100, 0x0200), Adv);
            node.Proxy.Answer = RelayVerdict.NoClient;
            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.NoClient, peer.Access(5, 2, 0x0100, 0x0200), Adv);
            node.Network.Proxy = null;
            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.NoClient, peer.Access(5, 3, 0x0100, 0x0200), Adv);

            Assert.AreEqual(0, node.Proxy.Count);
            Assert.AreEqual(3, node.Bearer.Count);
        }

        [TestMethod]
        public void Relay_WithTheIvIndexItCameWith()
        {
            NetworkNode node = RelayNode();
            Peer peer = SamplePeer();
            peer.IvIndex--;

            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.Relayed, peer.Access(5, 1, 0x0100, 0x0200), Adv);
            Assert.IsTrue(peer.Read(node.Bearer.Payload(0)));

            node.IvIndex.Set(Peer.SampleIvIndex, true, 0);
            peer.IvIndex++;

            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.Relayed, peer.Access(5, 2, 0x0100, 0x0200), Adv);
            Assert.IsTrue(peer.Read(node.Bearer.Payload(1)));
        }

        [TestMethod]
        public void Relay_InTheSubnetItCameFrom()
        {
            NetworkNode node = RelayNode();
            node.Subnets.Add(1, new NetworkKey(Hex.Decode(OtherNid)));
            Peer other = new Peer(OtherNid, Peer.SampleIvIndex);

            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.Relayed, other.Access(5, 1, 0x0100, 0x0200), Adv);
            node.ExpectSentOn(RelayVerdict.Relayed, RelayVerdict.Relayed, SamplePeer().Access(5, 2, 0x0100, 0x0200), Adv);

            Assert.IsTrue(other.Read(node.Bearer.Payload(0)));
            Assert.IsTrue(SamplePeer().Read(node.Bearer.Payload(1)));
        }

        [TestMethod]
        public void Relay_WithTheKeyForTransmittingDuringAKeyRefresh()
        {
            NetworkNode node = RelayNode();
            Peer oldPeer = SamplePeer();
            Peer newPeer = new Peer(OtherNid, Peer.SampleIvIndex);
            node.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(OtherNid)));

            node.Expect(NetworkVerdict.Accepted, oldPeer.Access(5, 1, 0x0100, 0x0200));
            node.Expect(NetworkVerdict.Accepted, newPeer.Access(5, 2, 0x0100, 0x0200));
            Assert.IsTrue(oldPeer.Read(node.Bearer.Payload(0)));
            Assert.IsTrue(oldPeer.Read(node.Bearer.Payload(1)));

            node.Subnets.EnterSecondPhase(node.Subnet);

            node.Expect(NetworkVerdict.Accepted, oldPeer.Access(5, 3, 0x0100, 0x0200));
            node.Expect(NetworkVerdict.Accepted, newPeer.Access(5, 4, 0x0100, 0x0200));
            Assert.IsTrue(newPeer.Read(node.Bearer.Payload(2)));
            Assert.IsTrue(newPeer.Read(node.Bearer.Payload(3)));

            node.Subnets.RevokeOldKey(node.Subnet);

            node.Expect(NetworkVerdict.Accepted, newPeer.Access(5, 5, 0x0100, 0x0200));
            Assert.IsTrue(newPeer.Read(node.Bearer.Payload(4)));
        }

        // What a neighbour relays comes back with another TTL, a different header and a different MIC.
        [TestMethod]
        public void Relay_OnceHoweverOftenNeighboursRelayIt()
        {
            NetworkNode node = RelayNode();
            NetworkNode neighbour = RelayNode();
            neighbour.Network.SetAddresses(0x0300, 1);

            node.Expect(NetworkVerdict.Accepted, SamplePeer().Access(9, 1, 0x0100, 0x0200));
            neighbour.Expect(NetworkVerdict.Accepted, node.Bearer.Payload(0));
            node.Expect(NetworkVerdict.Cached, neighbour.Bearer.Payload(0));
            node.Expect(NetworkVerdict.Duplicate, neighbour.Bearer.Payload(0));
            node.Expect(NetworkVerdict.Cached, node.Bearer.Payload(0));
            neighbour.Expect(NetworkVerdict.Cached, neighbour.Bearer.Payload(0));

            Assert.AreEqual(1, node.Bearer.Count);
            Assert.AreEqual(1, neighbour.Bearer.Count);
            Assert.AreEqual(1, node.Proxy.Count);
        }

        [TestMethod]
        public void Relay_IsTakenBackWhenTheQueueIsFull()
        {
            NetworkNode node = RelayNode();
            node.Network.ProxyEnabled = false;
            node.Bearer.Credit = 0;
            Peer peer = SamplePeer();

            for (uint i = 0; i < NetworkNode.RelayCapacity; i++)
            {
                node.Expect(NetworkVerdict.Accepted, peer.Access(5, i, 0x0100, 0x0200));
            }

            node.Expect(NetworkVerdict.NoRoom, peer.Access(5, 100, 0x0100, 0x0200));
            node.Expect(NetworkVerdict.NoRoom, peer.Access(5, 100, 0x0100, 0x0200));
            Assert.AreEqual((int)RelayVerdict.NoRoom, (int)node.Network.Received.Relay);
            Assert.AreEqual(2u, node.Network.RelayCount(RelayVerdict.NoRoom));

            node.Bearer.Credit = 1;
            node.Transmitter.Pump();

            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 100, 0x0100, 0x0200));
            node.Expect(NetworkVerdict.Duplicate, peer.Access(5, 100, 0x0100, 0x0200));

            node.Bearer.Credit = 100;
            node.Transmitter.Pump();

            Assert.AreEqual(NetworkNode.RelayCapacity + 1, node.Bearer.Count);
            CheckSequences(node, peer, new uint[] { 0, 1, 2, 3, 100 });
        }

        [TestMethod]
        public void Relay_FullQueueIsNoReasonToDeliverAgain()
        {
            NetworkNode node = RelayNode();
            node.Network.ProxyEnabled = false;
            node.Bearer.Credit = 0;
            Peer peer = SamplePeer();

            for (uint i = 0; i < NetworkNode.RelayCapacity; i++)
            {
                node.Expect(NetworkVerdict.Accepted, peer.Access(5, i, 0x0100, 0x0200));
            }

            node.ExpectSentOn(RelayVerdict.NoRoom, RelayVerdict.Disabled, peer.Access(5, 100, 0x0100, 0xFFFF), Adv);
            node.Expect(NetworkVerdict.Duplicate, peer.Access(5, 100, 0x0100, 0xFFFF));

            node.Network.ProxyEnabled = true;

            node.ExpectSentOn(RelayVerdict.NoRoom, RelayVerdict.Relayed, peer.Access(5, 101, 0x0100, 0x0200), Adv);
            node.Expect(NetworkVerdict.Duplicate, peer.Access(5, 101, 0x0100, 0x0200));

            Assert.AreEqual(1, node.Client.Count);
        }

        [TestMethod]
        public void Relay_FromAProxyClientIsTakenBackWhenTheLocalQueueIsFull()
        {
            NetworkNode node = RelayNode();
            node.Proxy.Answer = RelayVerdict.NoClient;
            node.Bearer.Credit = 0;
            Peer peer = SamplePeer();

            for (uint i = 0; i < NetworkNode.LocalCapacity; i++)
            {
                node.Expect(NetworkVerdict.Accepted, peer.Access(5, i, 0x0100, 0x0200), Gatt);
            }

            node.Expect(NetworkVerdict.NoRoom, peer.Access(5, 100, 0x0100, 0x0200), Gatt);
            Assert.IsFalse(node.Network.HasRoom);
            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 100, 0x0101, 0x0200), Adv);
            node.Bearer.Credit = 100;
            node.Transmitter.Pump();
            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 100, 0x0100, 0x0200), Gatt);

            Assert.AreEqual(6, node.Bearer.Count);
        }

        [TestMethod]
        public void Order_OwnBeforeRelayed()
        {
            NetworkNode node = RelayNode();
            node.Bearer.Credit = 0;
            Peer peer = SamplePeer();
            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 1, 0x0100, 0x0200), Adv);
            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Network.Send(node.Subnet, false, 5, 2, 0x0001, 0x0200, new byte[1], 0, 1, 0));
            node.Expect(NetworkVerdict.Accepted, peer.Access(5, 3, 0x0101, 0x0200), Gatt);
            node.Bearer.Credit = 100;
            node.Transmitter.Pump();

            CheckSequences(node, peer, new uint[] { 2, 3, 1 });
        }

        // zephyr #81316: a source whose messages overtake one another is refused by the receivers' replay protection.
        [TestMethod]
        [DataRow("aaaa")]
        [DataRow("gggg")]
        [DataRow("agag")]
        [DataRow("gaga")]
        [DataRow("aagg")]
        [DataRow("ggaa")]
        [DataRow("gaag")]
        [DataRow("agga")]
        public void Order_OfOneSourceIsThatOfItsSequenceNumbers(string interfaces)
        {
            NetworkNode node = RelayNode();
            node.Bearer.Credit = 0;
            Peer peer = SamplePeer();

            for (int i = 0; i < interfaces.Length; i++)
            {
                node.Expect(NetworkVerdict.Accepted, peer.Access(5, (uint)i, 0x0100, 0x0200), interfaces[i] == 'a' ? Adv : Gatt);
            }

            node.Bearer.Credit = 100;
            node.Transmitter.Pump();

            CheckSequences(node, peer, new uint[] { 0, 1, 2, 3 });
        }

        private static NetworkNode RelayNode()
        {
            NetworkNode node = new NetworkNode();
            node.Network.Proxy = node.Proxy;
            node.Network.RelayEnabled = true;
            node.Network.ProxyEnabled = true;

            return node;
        }

        private static Peer SamplePeer()
        {
            return new Peer(Peer.SampleNetKey, Peer.SampleIvIndex);
        }

        private static void CheckSent(Peer peer, byte[] pdu, bool control, int ttl, uint sequence, int source, int destination, string transport)
        {
            Assert.IsTrue(peer.Read(pdu));
            Assert.AreEqual(control, peer.Control);
            Assert.AreEqual(ttl, peer.Ttl);
            Assert.AreEqual(sequence, peer.Sequence);
            Assert.AreEqual(source, peer.Source);
            Assert.AreEqual(destination, peer.Destination);
            Assert.AreEqual(transport, peer.Transport);
        }

        private static void CheckSequences(NetworkNode node, Peer peer, uint[] sequences)
        {
            Assert.AreEqual(sequences.Length, node.Bearer.Count);

            for (int i = 0; i < sequences.Length; i++)
            {
                Assert.IsTrue(peer.Read(node.Bearer.Payload(i)));
                Assert.AreEqual(sequences[i], peer.Sequence);
            }
        }
    }
}
