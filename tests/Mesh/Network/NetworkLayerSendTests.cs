using MeshNode.Bearers;
using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    /// <summary>What a node sends itself, to others and to itself. See Mesh Protocol 1.1, section 3.4.6.4.</summary>
    [TestClass]
    public class NetworkLayerSendTests
    {
        private const string OtherNid = "00112233445566778899aabbccddeeff";

        [TestMethod]
        public void SampleData_8_3_17()
        {
            NetworkNode node = new NetworkNode();
            node.Network.SetAddresses(0x1201, 1);
            byte[] transport = Hex.Decode("0089511bf1d1a81c11dcef");

            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Network.Send(node.Subnet, false, 10, 6, 0x1201, 0x0003, transport, 0, 11, 77));

            Assert.AreEqual("68b2bd2c1e1b6f2a80d381b91f824dd4f0a3cd54cea23b7a", node.Bearer.Text(0));
            Assert.AreEqual(AdvertisingData.MeshMessage, node.Bearer.Type(0));
            Assert.AreEqual(77, node.Bearer.Tag(0));
        }

        [TestMethod]
        public void SampleData_8_3_1()
        {
            NetworkNode node = new NetworkNode();
            byte[] transport = Hex.Decode("ff034b50057e400000010000");

            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Network.Send(node.Subnet, true, 0, 1, 0x1201, 0xFFFD, transport, 1, 11, 0));

            Assert.AreEqual("68eca487516765b5e5bfdacbaf6cb7fb6bff871f035444ce83a670df", node.Bearer.Text(0));
        }

        [TestMethod]
        public void Send_WithNetworkTransmit()
        {
            NetworkNode node = new NetworkNode();
            node.Network.RelayRetransmit = TransmitState.Of(7, 31);
            node.Network.NetworkTransmit = TransmitState.Of(4, 2);
            Send(SendVerdict.Sent, node, 5, 0x0200);

            Assert.AreEqual(5, node.Bearer.Transmissions(0));
            Assert.AreEqual(30, node.Bearer.Interval(0));
        }

        [TestMethod]
        public void Send_WithThePreviousIvIndexDuringAnUpdate()
        {
            NetworkNode node = new NetworkNode();
            node.IvIndex.Set(Peer.SampleIvIndex, true, 0);
            Send(SendVerdict.Sent, node, 5, 0xFFFF);
            node.Network.Tick(0);

            Assert.IsTrue(new Peer(Peer.SampleNetKey, Peer.SampleIvIndex - 1).Read(node.Bearer.Payload(0)));
            Assert.AreEqual(Peer.SampleIvIndex - 1, node.Client.Last.IvIndex);
        }

        [TestMethod]
        public void Send_WithTheKeyForTransmittingDuringAKeyRefresh()
        {
            NetworkNode node = new NetworkNode();
            Peer oldPeer = new Peer(Peer.SampleNetKey, Peer.SampleIvIndex);
            Peer newPeer = new Peer(OtherNid, Peer.SampleIvIndex);
            node.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(OtherNid)));
            Send(SendVerdict.Sent, node, 5, 0x0200);
            node.Subnets.EnterSecondPhase(node.Subnet);
            Send(SendVerdict.Sent, node, 5, 0xFFFF);
            node.Network.Tick(0);
            Assert.AreSame(node.Subnet.NewKey, node.Client.Last.Key);
            node.Subnets.RevokeOldKey(node.Subnet);
            Send(SendVerdict.Sent, node, 5, 0x0200);

            Assert.IsTrue(oldPeer.Read(node.Bearer.Payload(0)));
            Assert.IsTrue(newPeer.Read(node.Bearer.Payload(1)));
            Assert.IsTrue(newPeer.Read(node.Bearer.Payload(2)));
        }

        [TestMethod]
        public void Send_ToProxyClientsAsWell()
        {
            NetworkNode node = new NetworkNode();
            node.Network.Proxy = node.Proxy;
            Send(SendVerdict.Sent, node, 5, 0x0200);

            Assert.AreEqual(NetworkInterface.Local, node.Proxy.LastExcept);
            Assert.IsTrue(node.Proxy.LastOwn);
            Assert.AreEqual(node.Bearer.Text(0), Hex.Encode(node.Proxy.LastPdu));

            node.Proxy.Answer = RelayVerdict.Filtered;
            Send(SendVerdict.Sent, node, 5, 0x0200);

            Assert.AreEqual(1, node.Proxy.Count);
            Assert.AreEqual(2, node.Bearer.Count);
        }

        [TestMethod]
        [DataRow(false, 5, 0x0200, 0)]
        [DataRow(false, 5, 0x0200, 17)]
        [DataRow(true, 5, 0x0200, 0)]
        [DataRow(true, 5, 0x0200, 13)]
        [DataRow(false, -1, 0x0200, 1)]
        [DataRow(false, 128, 0x0200, 1)]
        [DataRow(false, 5, 0x0000, 1)]
        public void Send_RefusesWhatTheFormatHasNoRoomFor(bool control, int ttl, int destination, int count)
        {
            NetworkNode node = new NetworkNode();

            Assert.AreEqual((int)SendVerdict.Invalid, (int)node.Network.Send(node.Subnet, control, ttl, 1, 0x0001, destination, new byte[20], 0, count, 0));
            Assert.AreEqual(0, node.Bearer.Count);
        }

        [TestMethod]
        [DataRow(false, 0, 1)]
        [DataRow(false, 127, 16)]
        [DataRow(true, 2, 12)]
        public void Send_TakesTheExtremes(bool control, int ttl, int count)
        {
            NetworkNode node = new NetworkNode();

            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Network.Send(node.Subnet, control, ttl, 0xFFFFFF, 0x0002, 0x0200, new byte[20], 0, count, 0));

            Peer peer = new Peer(Peer.SampleNetKey, Peer.SampleIvIndex);
            Assert.IsTrue(peer.Read(node.Bearer.Payload(0)));
            Assert.AreEqual(ttl, peer.Ttl);
            Assert.AreEqual(control, peer.Control);
            Assert.AreEqual(2 * count, peer.Transport.Length);
        }

        [TestMethod]
        public void Send_TtlOneGoesNowhereElse()
        {
            NetworkNode node = new NetworkNode();
            node.Network.Proxy = node.Proxy;
            Send(SendVerdict.Ttl, node, 1, 0x0200);
            Send(SendVerdict.Ttl, node, 1, 0xC000);
            Send(SendVerdict.Sent, node, 1, 0xFFFF);

            Assert.AreEqual(0, node.Bearer.Count);
            Assert.AreEqual(0, node.Proxy.Count);
            node.Network.Tick(5);
            Assert.AreEqual(1, node.Client.Count);
        }

        [TestMethod]
        public void Send_RefusesWhenTheQueueIsFull()
        {
            NetworkNode node = new NetworkNode();
            node.Network.Proxy = node.Proxy;
            node.Bearer.Credit = 0;

            for (int i = 0; i < NetworkNode.LocalCapacity; i++)
            {
                Assert.IsTrue(node.Network.HasRoom);
                Send(SendVerdict.Sent, node, 5, 0x0200);
            }

            Assert.IsFalse(node.Network.HasRoom);
            Send(SendVerdict.NoRoom, node, 5, 0x0200);
            Send(SendVerdict.NoRoom, node, 5, 0xFFFF);
            Assert.AreEqual(NetworkNode.LocalCapacity, node.Proxy.Count);
            Assert.IsFalse(node.Network.HasLoopback);
            Send(SendVerdict.Sent, node, 5, 0x0001);

            node.Bearer.Credit = 1;
            node.Transmitter.Pump();

            Assert.IsTrue(node.Network.HasRoom);
            Send(SendVerdict.Sent, node, 5, 0x0200);
        }

        [TestMethod]
        public void Send_ToOwnElementIsNotOnAir()
        {
            NetworkNode node = new NetworkNode();
            node.Network.Proxy = node.Proxy;
            byte[] transport = Hex.Decode("ff0102030405");
            node.Network.Send(node.Subnet, true, 5, 0x123456, 0x0001, 0x0002, transport, 1, 5, 0);

            Assert.AreEqual(0, node.Client.Count);
            Assert.IsTrue(node.Network.HasLoopback);

            node.Network.Tick(42);

            Assert.IsFalse(node.Network.HasLoopback);
            Assert.AreEqual(0, node.Bearer.Count);
            Assert.AreEqual(0, node.Proxy.Matches);
            Assert.AreEqual(1, node.Client.Count);
            Assert.AreEqual(42L, node.Client.LastTime);
            NetworkPdu pdu = node.Client.Last;
            Assert.AreEqual(NetworkInterface.Local, pdu.Interface);
            Assert.AreSame(node.Subnet, pdu.Subnet);
            Assert.AreSame(node.Subnet.Key, pdu.Key);
            Assert.AreEqual(Peer.SampleIvIndex, pdu.IvIndex);
            Assert.IsTrue(pdu.Control);
            Assert.AreEqual(5, pdu.Ttl);
            Assert.AreEqual(0x123456u, pdu.Sequence);
            Assert.AreEqual(0x0001, pdu.Source);
            Assert.AreEqual(0x0002, pdu.Destination);
            Assert.AreEqual("00020102030405", Hex.Encode(pdu.Payload, 0, 7));
            Assert.AreEqual(5, pdu.TransportLength);
        }

        [TestMethod]
        [DataRow(0xFFFF, true)]
        [DataRow(0xFFFE, false)]
        [DataRow(0xFFFD, false)]
        [DataRow(0xFFFC, true)]
        [DataRow(0xC001, true)]
        [DataRow(0xC002, false)]
        [DataRow(0x8001, true)]
        public void Send_ToAGroupOfThisNodeGoesBothWays(int destination, bool local)
        {
            NetworkNode node = new NetworkNode();
            node.Network.ProxyEnabled = true;
            node.Client.Subscribe(0xC001);
            node.Client.Subscribe(0x8001);
            Send(SendVerdict.Sent, node, 5, destination);
            node.Network.Tick(0);

            Assert.AreEqual(1, node.Bearer.Count);
            Assert.AreEqual(local ? 1 : 0, node.Client.Count);
        }

        [TestMethod]
        public void Send_RefusesWhenTheLoopbackIsFull()
        {
            NetworkNode node = new NetworkNode();
            node.Client.HasRoom = false;

            for (uint i = 0; i < 2; i++)
            {
                Assert.IsTrue(node.Network.HasRoom);
                Send(SendVerdict.Sent, node, 5, 0x0001);
            }

            Assert.IsFalse(node.Network.HasRoom);
            Send(SendVerdict.NoRoom, node, 5, 0x0001);
            Send(SendVerdict.NoRoom, node, 5, 0xFFFF);
            Assert.AreEqual(0, node.Bearer.Count);
            node.Network.Tick(0);
            Assert.AreEqual(1, node.Client.Refused);
            Assert.IsTrue(node.Network.HasLoopback);

            node.Client.HasRoom = true;
            node.Network.Tick(0);

            Assert.AreEqual(2, node.Client.Count);
            Assert.IsFalse(node.Network.HasLoopback);
            Assert.IsTrue(node.Network.HasRoom);
        }

        [TestMethod]
        public void Send_OwnMessageComingBackIsNotReceived()
        {
            NetworkNode node = new NetworkNode();
            node.Network.RelayEnabled = true;
            Send(SendVerdict.Sent, node, 5, 0xFFFF);

            node.Expect(NetworkVerdict.OwnSource, node.Bearer.Payload(0));
            Assert.AreEqual(1, node.Bearer.Count);
        }

        private static void Send(SendVerdict expected, NetworkNode node, int ttl, int destination)
        {
            node.Sequence.TryTake(out uint sequence);

            Assert.AreEqual((int)expected, (int)node.Network.Send(node.Subnet, false, ttl, sequence, 0x0001, destination, new byte[2], 0, 2, 0));
        }
    }
}
