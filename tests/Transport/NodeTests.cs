using MeshNode.Access;
using MeshNode.Fakes;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode
{
    [TestClass]
    public class NodeTests
    {
        private const int PeerAddress = TransportNode.PeerAddress;
        private const int Address = TransportNode.Address;

        [TestMethod]
        public void Leave_KeepsNothing()
        {
            TransportNode node = Busy();

            node.Node.Leave(node.Now);

            Assert.AreEqual(1, node.Resets);
            Assert.AreEqual(Network.Address.Unassigned, node.Node.Stack.Network.PrimaryAddress);
            Assert.IsTrue(node.Node.UpperTransport.DeviceKey == null);
            Assert.AreEqual(-1, node.Node.AppKeys.Find(0));
            Assert.AreEqual(0u, node.First.Bindings | node.Second.Bindings);
            Assert.AreEqual(0, node.Node.Subscriptions.Count);
            Assert.AreEqual(LabelTable.None, node.Node.Labels.Find(new byte[16], 0));
            Assert.AreEqual(Network.Address.Unassigned, node.First.Publication.Address);
            Assert.AreEqual(Network.Address.Unassigned, node.Node.Heartbeat.Destination);
            Assert.AreEqual(Network.Address.Unassigned, node.Node.Heartbeat.SubscriptionSource);
            Assert.AreEqual(7, node.Node.Access.DefaultTtl);
            Assert.AreEqual(1, node.First.Resets);
            Assert.IsFalse(node.Lower.IsTransmitting);
            node.ExpectPool(96);
            node.Skip();
            node.Run(100000);
            node.ExpectNothing();
        }

        [TestMethod]
        public void Leave_LetsTheNodeJoinAgain()
        {
            TransportNode node = Busy();
            node.Node.Leave(node.Now);

            node.Join(Peer.SampleIvIndex, false);
            string transport = "66" + TransportNode.Encrypt(node.Application, false, 1, PeerAddress, Address, null, "8201");
            node.Receive(
                node.Node.Stack.Subnets.Find(0), Peer.SampleIvIndex, false, 5, 1, PeerAddress, Address, transport);

            Assert.AreEqual((int)LowerTransportVerdict.Accepted, (int)node.Lower.LastVerdict);
            Assert.AreEqual(0u, node.Node.Stack.Sequence.Next);
        }

        [TestMethod]
        public void LeaveSoon_LetsTheAnswerGoFirst()
        {
            TransportNode node = new TransportNode();
            node.Foundation.Answer = "804a";
            node.ReceiveAccess(node.Device, 10, PeerAddress, Address, 5, null, "8008");
            node.Node.LeaveSoon(node.Now);

            node.Run(999);
            Assert.IsTrue(node.Next());
            Assert.AreEqual("804a", node.Decrypt(node.Device, null));
            Assert.AreEqual(0, node.Resets);
            node.Run(1);
            Assert.AreEqual(1, node.Resets);
            node.Run(10000);
            Assert.AreEqual(1, node.Resets);
        }

        [TestMethod]
        public void RemovedSubnet_TakesItsApplicationKeysAlong()
        {
            TransportNode node = new TransportNode();
            Subnet other = node.Node.Stack.Subnets.Add(1, new NetworkKey(new byte[16]));
            node.Node.AppKeys.Add(0x10, 1, TransportKey.Application(new byte[16]));
            node.Node.AppKeys.Add(0x11, 0, TransportKey.Application(new byte[16]));
            node.First.Bindings = 7;
            node.First.Publication = new Publication();
            node.First.Publication.Address = TransportNode.Group;
            node.First.Publication.AppKeyIndex = 0x10;

            node.Node.Stack.Subnets.Remove(other);

            Assert.AreEqual(-1, node.Node.AppKeys.Find(0x10));
            Assert.AreEqual(5u, node.First.Bindings);
            Assert.AreEqual(Network.Address.Unassigned, node.First.Publication.Address);
            Assert.IsTrue(node.Node.AppKeys.Find(0x11) >= 0);
        }

        [TestMethod]
        public void Tick_AsksForTheNearestDeadline()
        {
            TransportNode node = new TransportNode();
            node.First.Answer = "8204";
            node.ReceiveAccess(10, PeerAddress, Address, "8201");
            Assert.AreEqual(21L, node.Node.Tick(0));

            node.Node.Heartbeat.SetPublication(TransportNode.Group, 5, 1, 5, 0, 0, 0);
            node.Node.Tick(0);
            node.Node.Tick(21);
            node.Node.LeaveSoon(0);
            Assert.AreEqual(1000L, node.Node.Tick(22));
        }

        [TestMethod]
        public void SarStates_OfTheSpecification()
        {
            TransportNode node = new TransportNode();
            byte[] octets = new byte[4];

            Assert.AreEqual(4, node.Lower.SarTransmitter.Encode(octets, 0));
            Assert.AreEqual("25722109", Hex.Encode(octets));
            node.Lower.SarTransmitter.Decode(Hex.Decode("fedcba95"), 0);
            node.Lower.SarTransmitter.Encode(octets, 0);
            Assert.AreEqual("fedcba05", Hex.Encode(octets));
            Assert.AreEqual(3, node.Lower.SarReceiver.Encode(octets, 0));
            Assert.AreEqual("235100", Hex.Encode(octets, 0, 3));
            node.Lower.SarReceiver.Decode(Hex.Decode("fedcff"), 0);
            node.Lower.SarReceiver.Encode(octets, 0);
            Assert.AreEqual("fedc03", Hex.Encode(octets, 0, 3));
            node.Lower.SarReceiver.Reset();
            Assert.AreEqual(60, node.Lower.SarReceiver.SegmentInterval);
            Assert.AreEqual(10000, node.Lower.SarReceiver.DiscardTimeout);
            Assert.AreEqual(150, node.Lower.SarReceiver.AcknowledgmentInterval);
        }

        // A node with something of everything.
        private static TransportNode Busy()
        {
            TransportNode node = new TransportNode();
            node.First.Answer = TransportNode.Payload(100);
            node.First.Publication = new Publication();
            node.First.Publication.Address = TransportNode.Group;
            node.First.Publication.Period = 0x01;
            node.Second.Publication = new Publication();
            node.Node.Access.OnPublicationChanged(node.First, node.Now);
            node.Node.Subscriptions.Add(node.First, 0xC001, LabelTable.None);
            node.Node.Subscriptions.Add(node.First, 0x8000, node.Node.Labels.Refer(new byte[16], 0));
            node.Node.Access.DefaultTtl = 9;
            node.Node.Heartbeat.SetPublication(TransportNode.Group, 0xFF, 1, 5, 3, 0, node.Now);
            node.Node.Heartbeat.SetSubscription(PeerAddress, Address, 5, node.Now);
            node.ReceiveAccess(10, PeerAddress, Address, "8201");
            node.Receive(node.Message(20, 100), 0, 20);
            node.Send(PeerAddress, 100, false, false);
            node.Send(TransportNode.SecondAddress, 4, false, false);

            return node;
        }
    }
}
