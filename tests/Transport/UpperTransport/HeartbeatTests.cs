using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.UpperTransport
{
    [TestClass]
    public class HeartbeatTests
    {
        private const int Peer = TransportNode.PeerAddress;
        private const int Node = TransportNode.Address;
        private const int Group = TransportNode.Group;

        [TestMethod]
        public void Publication_IsSentAtOnceAndByThePeriod()
        {
            TransportNode node = new TransportNode();
            Heartbeat heartbeat = node.Node.Heartbeat;
            heartbeat.SetPublication(Group, 0x02, 0x04, 9, 0, 0, node.Now);
            Assert.AreEqual(0x02, heartbeat.CountLog);

            node.Run(0);
            Assert.IsTrue(node.Next());
            Assert.IsTrue(node.Peer.Control);
            Assert.AreEqual("0a090000", node.Peer.Transport);
            Assert.AreEqual(Group, node.Peer.Destination);
            Assert.AreEqual(Node, node.Peer.Source);
            Assert.AreEqual(9, node.Peer.Ttl);
            Assert.AreEqual(0x01, heartbeat.CountLog);

            node.Run(7999);
            node.ExpectNothing();
            node.Run(1);
            Assert.AreEqual(1, node.Skip());
            Assert.AreEqual(0, heartbeat.CountLog);
            node.Run(100000);
            node.ExpectNothing();
            Assert.AreEqual(Group, heartbeat.Destination);
        }

        [TestMethod]
        public void Publication_WithoutLimit()
        {
            TransportNode node = new TransportNode();
            node.Node.Heartbeat.SetPublication(Peer, Heartbeat.Unlimited, 0x01, 5, 0, 0, node.Now);

            for (int i = 0; i < 100; i++)
            {
                node.Run(1000);
                Assert.IsTrue(node.Skip() > 0);
            }

            Assert.AreEqual(Heartbeat.Unlimited, node.Node.Heartbeat.CountLog);
        }

        [TestMethod]
        [DataRow(0, 5)]
        [DataRow(5, 0)]
        public void Publication_WithoutCountOrPeriodIsNotPeriodic(int countLog, int periodLog)
        {
            TransportNode node = new TransportNode();

            node.Node.Heartbeat.SetPublication(Group, countLog, periodLog, 5, Heartbeat.RelayFeature, 0, node.Now);
            node.Run(100000);
            node.ExpectNothing();

            node.Node.Stack.Network.RelayEnabled = true;
            node.Run(0);
            Assert.AreEqual(1, node.Skip());
            Assert.AreEqual("0a050001", node.Peer.Transport);
        }

        [TestMethod]
        public void Publication_IsTriggeredByAChangeOfItsFeatures()
        {
            TransportNode node = new TransportNode();
            NetworkLayer network = node.Node.Stack.Network;
            node.Node.Heartbeat.SetPublication(Group, 0, 0, 5, Heartbeat.RelayFeature, 0, node.Now);

            network.ProxyEnabled = true;
            node.Run(1000);
            node.ExpectNothing();

            network.RelayEnabled = true;
            node.Run(0);
            Assert.AreEqual(1, node.Skip());
            Assert.AreEqual("0a050003", node.Peer.Transport);
            node.Run(1000);
            node.ExpectNothing();

            network.RelayEnabled = false;
            node.Run(0);
            Assert.AreEqual(1, node.Skip());
            Assert.AreEqual("0a050002", node.Peer.Transport);
        }

        [TestMethod]
        public void Publication_TriggeredDoesNotCount()
        {
            TransportNode node = new TransportNode();
            node.Node.Heartbeat.SetPublication(Group, 0x02, 0x04, 5, Heartbeat.RelayFeature, 0, node.Now);
            node.Run(0);
            Assert.AreEqual(1, node.Skip());

            node.Node.Stack.Network.RelayEnabled = true;
            node.Run(100);

            Assert.AreEqual(1, node.Skip());
            Assert.AreEqual(0x01, node.Node.Heartbeat.CountLog);
            node.Run(7900);
            Assert.AreEqual(1, node.Skip());
            Assert.AreEqual(0, node.Node.Heartbeat.CountLog);
        }

        [TestMethod]
        public void Publication_ToNobodyIsEmpty()
        {
            TransportNode node = new TransportNode();
            Heartbeat heartbeat = node.Node.Heartbeat;
            heartbeat.SetPublication(Group, 5, 5, 5, 3, 0, node.Now);

            heartbeat.SetPublication(Address.Unassigned, 5, 5, 5, 3, 7, node.Now);

            Assert.AreEqual(0, heartbeat.Destination + heartbeat.CountLog + heartbeat.PeriodLog + heartbeat.Ttl + heartbeat.Features + heartbeat.NetKeyIndex);
            node.Node.Stack.Network.RelayEnabled = true;
            node.Run(100000);
            node.ExpectNothing();
        }

        [TestMethod]
        public void Publication_EndsWithItsSubnet()
        {
            TransportNode node = new TransportNode();
            node.Node.Stack.Subnets.Add(1, new NetworkKey(Hex.Decode(TransportNode.AppKey)));
            node.Node.Heartbeat.SetPublication(Group, 5, 5, 5, 3, 1, node.Now);

            node.Node.Stack.Subnets.Remove(node.Node.Stack.Subnets.Find(1));

            Assert.AreEqual(Address.Unassigned, node.Node.Heartbeat.Destination);
            node.Run(100000);
            node.ExpectNothing();
        }

        [TestMethod]
        public void Publication_WaitsForRoom()
        {
            TransportNode node = new TransportNode();
            node.Bearer.Credit = 0;

            while (node.Node.Stack.Network.HasRoom)
            {
                node.Send(Peer, 4, false, false);
            }

            node.Node.Heartbeat.SetPublication(Group, 1, 5, 5, 0, 0, node.Now);
            node.Run(1000);
            Assert.AreEqual(1, node.Node.Heartbeat.CountLog);
            node.Bearer.Credit = int.MaxValue;
            node.Run(1000);
            Assert.AreEqual(13, node.Skip());
            Assert.IsTrue(node.Peer.Control);
            Assert.AreEqual(0, node.Node.Heartbeat.CountLog);
        }

        // Section 4.2.18.2, with its example.
        [TestMethod]
        [DataRow(0x00, 0, 0x00)]
        [DataRow(0x01, 0, 0x01)]
        [DataRow(0x02, 0, 0x02)]
        [DataRow(0x03, 1, 0x03)]
        [DataRow(0x03, 2, 0x02)]
        [DataRow(0x03, 3, 0x01)]
        [DataRow(0x0C, 647, 0x0C)]
        [DataRow(0x0C, 1023, 0x0C)]
        [DataRow(0x0C, 1024, 0x0B)]
        [DataRow(0x11, 0, 0x11)]
        [DataRow(0xFF, 5, 0xFF)]
        public void Publication_CountLogIsRoundedUp(int countLog, int sent, int left)
        {
            TransportNode node = new TransportNode();
            node.Node.Heartbeat.SetPublication(Group, countLog, 0x01, 5, 0, 0, node.Now);

            for (int i = 0; i < sent; i++)
            {
                node.Node.Heartbeat.Tick(1000 * i);
            }

            Assert.AreEqual(left, node.Node.Heartbeat.CountLog);
        }

        [TestMethod]
        public void Subscription_CountsHops()
        {
            TransportNode node = new TransportNode();
            Heartbeat heartbeat = node.Node.Heartbeat;
            heartbeat.SetSubscription(Peer, Group, 0x05, node.Now);
            Assert.AreEqual(0x7F, heartbeat.MinHops);
            Assert.AreEqual(0, heartbeat.MaxHops);
            Assert.IsTrue(node.Node.UpperTransport.IsSubscribed(Group));
            Assert.IsFalse(node.Node.UpperTransport.IsSubscribed(Group + 1));

            Receive(node, 5, 10, Peer, Group, 7);
            Assert.AreEqual(3, heartbeat.MinHops);
            Assert.AreEqual(3, heartbeat.MaxHops);
            Receive(node, 7, 11, Peer, Group, 7);
            Receive(node, 1, 12, Peer, Group, 127);
            Receive(node, 0, 13, Peer, Group, 0x80);
            Assert.AreEqual(1, heartbeat.MinHops);
            Assert.AreEqual(127, heartbeat.MaxHops);
            Assert.AreEqual(4, heartbeat.Received);

            // From another, to another, and with hops that there cannot be.
            Receive(node, 5, 14, Peer + 1, Group, 7);
            Receive(node, 5, 15, Peer, Node, 7);
            Receive(node, 5, 16, Peer, Group + 1, 7);
            Receive(node, 8, 17, Peer, Group, 7);
            Receive(node, 0, 18, Peer, Group, 127);
            Assert.AreEqual(4, heartbeat.Received);
            Assert.AreEqual(127, heartbeat.MaxHops);
            Assert.AreEqual(1, heartbeat.MinHops);
        }

        [TestMethod]
        public void Subscription_EndsWithItsPeriod()
        {
            TransportNode node = new TransportNode();
            Heartbeat heartbeat = node.Node.Heartbeat;
            heartbeat.SetSubscription(Peer, Node, 0x05, node.Now);
            Assert.AreEqual(0x05, heartbeat.SubscriptionPeriodLog(node.Now));

            node.Run(15999);
            Receive(node, 5, 10, Peer, Node, 5);
            Assert.AreEqual(0x01, heartbeat.SubscriptionPeriodLog(node.Now));
            node.Run(1);
            Receive(node, 5, 11, Peer, Node, 5);

            Assert.AreEqual(1, heartbeat.Received);
            Assert.AreEqual(0x00, heartbeat.SubscriptionPeriodLog(node.Now));
            Assert.AreEqual(Peer, heartbeat.SubscriptionSource);
            Assert.AreEqual(1, heartbeat.MinHops);
        }

        [TestMethod]
        public void Subscription_OfPeriodZeroKeepsWhatWasCounted()
        {
            TransportNode node = new TransportNode();
            Heartbeat heartbeat = node.Node.Heartbeat;
            heartbeat.SetSubscription(Peer, Node, 0x05, node.Now);
            Receive(node, 5, 10, Peer, Node, 5);

            heartbeat.SetSubscription(Peer, Node, 0, node.Now);
            Receive(node, 5, 11, Peer, Node, 5);
            Assert.AreEqual(1, heartbeat.Received);
            Assert.AreEqual(1, heartbeat.MaxHops);
            Assert.AreEqual(0, heartbeat.SubscriptionPeriodLog(node.Now));

            heartbeat.SetSubscription(Address.Unassigned, Node, 5, node.Now);
            Assert.AreEqual(0, heartbeat.Received + heartbeat.MinHops + heartbeat.MaxHops);
            Assert.AreEqual(0, heartbeat.SubscriptionSource + heartbeat.SubscriptionDestination);
        }

        // Table 4.1.
        [TestMethod]
        [DataRow(0, 0x00)]
        [DataRow(1, 0x01)]
        [DataRow(2, 0x02)]
        [DataRow(3, 0x02)]
        [DataRow(4, 0x03)]
        [DataRow(7, 0x03)]
        [DataRow(8, 0x04)]
        [DataRow(0x7FFF, 0x0F)]
        [DataRow(0x8000, 0x10)]
        [DataRow(0xFFFF, 0x10)]
        [DataRow(0x10000, 0x11)]
        public void Log_IsThatOfTheTable(int value, int log)
        {
            Assert.AreEqual(log, Heartbeat.Log(value));
        }

        [TestMethod]
        public void Subscription_CountStopsAtItsLargestValue()
        {
            TransportNode node = new TransportNode();
            Heartbeat heartbeat = node.Node.Heartbeat;
            heartbeat.SetSubscription(Peer, Node, 0x11, node.Now);
            UpperTransportPdu pdu = new UpperTransportPdu();
            pdu.Source = Peer;
            pdu.Destination = Node;
            pdu.Ttl = 5;
            pdu.Buffer = Hex.Decode("050000");

            for (int i = 0; i < 0xFFFE; i++)
            {
                heartbeat.Receive(pdu, node.Now);
            }

            Assert.AreEqual(0x10, heartbeat.ReceivedLog);
            heartbeat.Receive(pdu, node.Now);
            heartbeat.Receive(pdu, node.Now);
            Assert.AreEqual(0xFFFF, heartbeat.Received);
            Assert.AreEqual(Heartbeat.Unlimited, heartbeat.ReceivedLog);
            Assert.AreEqual(0x11, heartbeat.SubscriptionPeriodLog(node.Now));
            Assert.AreEqual(0x10, heartbeat.SubscriptionPeriodLog(node.Now + 1000));
        }

        private static void Receive(TransportNode node, int ttl, uint sequence, int source, int destination, int initTtl)
        {
            byte[] parameters = new byte[3];
            Heartbeat.Encode(initTtl, 0, parameters, 0);
            node.Receive(true, ttl, sequence, source, destination, "0a" + Hex.Encode(parameters));
        }
    }
}
