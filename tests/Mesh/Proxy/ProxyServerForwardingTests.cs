using MeshNode.Bearers;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Proxy
{
    [TestClass]
    public class ProxyServerForwardingTests
    {
        private const int Group = 0xC123;
        private const int Other = 0x0007;

        [TestMethod]
        [DataRow(2)]
        [DataRow(127)]
        public void Written_GoesToTheMeshWhateverTheRelayState(int ttl)
        {
            ProxyNode node = new ProxyNode();
            node.Stack.Network.NetworkTransmit = TransmitState.Of(4, 2);
            node.Open(0);

            node.WritePdu(ProxyVerdict.Accepted, 0, node.Peer.Access(ttl, 9, 0x1201, Other));

            Assert.AreEqual(1, node.Radio.Count);
            node.CheckSent(ttl - 1, 9, 0x1201, Other);
            Assert.AreEqual("0001020304050607080910", node.Peer.Transport);
            Assert.AreEqual(5, node.Radio.Transmissions(0));
            Assert.AreEqual(30, node.Radio.Interval(0));
            Assert.AreEqual(0, node.Transport.Count);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        public void Written_GoesNowhereWithTtlZeroOrOne(int ttl)
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);
            node.Open(1);
            node.Configure(ProxyVerdict.Accepted, 1, 1, "0001");
            node.Skip();

            node.WritePdu(ProxyVerdict.Accepted, 0, node.Peer.Access(ttl, 9, 0x1202, Group));
            node.WritePdu(ProxyVerdict.Accepted, 0, node.Peer.Access(ttl, 10, 0x1202, Address.AllNodes));

            Assert.AreEqual(0, node.Radio.Count);
            Assert.AreEqual(0, node.Unseen);
            Assert.AreEqual(1, node.Transport.Count);
            Assert.AreEqual(ttl, node.Transport.Last.Ttl);
        }

        [TestMethod]
        public void Written_ReachesOtherClientsThatAcceptAndNotItsSender()
        {
            ProxyNode node = new ProxyNode();
            OpenAll(node);
            node.Configure(ProxyVerdict.Accepted, 0, 1, "01c123");
            node.Configure(ProxyVerdict.Accepted, 2, 2, "01c123");
            node.Skip();

            node.WritePdu(ProxyVerdict.Accepted, 0, node.Peer.Access(5, 10, 0x1201, Group));
            node.CheckPdu(2, 4, 10, 0x1201, Group);
            Assert.AreEqual(0, node.Unseen);
            node.CheckSent(4, 10, 0x1201, Group);

            // Written again, by whomever, it goes nowhere.
            node.WritePdu(ProxyVerdict.NetworkPdu, 1, node.Peer.Access(5, 10, 0x1201, Group));
            Assert.AreEqual((int)NetworkVerdict.Duplicate, (int)node.Proxy.LastNetworkVerdict);
            Assert.AreEqual(0, node.Unseen);
            Assert.AreEqual(1, node.Radio.Count);
        }

        [TestMethod]
        public void Written_IsLearnedSoThatAnswersComeBack()
        {
            ProxyNode node = new ProxyNode();
            OpenAll(node);

            node.Hear(node.Peer.Access(5, 1, Other, 0x1201));
            Assert.AreEqual(0, node.Unseen);
            node.WritePdu(ProxyVerdict.Accepted, 1, node.Peer.Access(5, 1, 0x1201, Other));
            node.Hear(node.Peer.Access(5, 2, Other, 0x1201));
            node.CheckPdu(1, 4, 2, Other, 0x1201);
            Assert.AreEqual(0, node.Unseen);

            // And unlearned with a reject list.
            node.Configure(ProxyVerdict.Accepted, 1, 2, "0001");
            node.Configure(ProxyVerdict.Accepted, 1, 3, "011201");
            node.Skip();
            node.Hear(node.Peer.Access(5, 3, Other, 0x1201));
            Assert.AreEqual(0, node.Unseen);
            node.WritePdu(ProxyVerdict.Accepted, 1, node.Peer.Access(5, 4, 0x1201, Other));
            node.Hear(node.Peer.Access(5, 4, Other, 0x1201));
            node.CheckPdu(1, 4, 4, Other, 0x1201);
        }

        [TestMethod]
        public void Heard_ObeysTheFilters()
        {
            ProxyNode node = new ProxyNode();
            OpenAll(node);
            node.Configure(ProxyVerdict.Accepted, 0, 1, "01c1230001b529");
            node.Configure(ProxyVerdict.Accepted, 1, 2, "0001");
            node.Configure(ProxyVerdict.Accepted, 1, 3, "01c123ffff");
            node.Skip();

            node.Hear(node.Peer.Access(2, 1, Other, Group));
            node.CheckPdu(0, 1, 1, Other, Group);
            node.Hear(node.Peer.Access(3, 2, Other, 0xB529));
            node.CheckPdu(0, 2, 2, Other, 0xB529);
            node.CheckPdu(1, 2, 2, Other, 0xB529);
            node.Hear(node.Peer.Access(3, 3, Other, 0x0002));
            node.CheckPdu(1, 2, 3, Other, 0x0002);
            node.Hear(node.Peer.Access(3, 4, Other, Address.AllNodes));
            node.CheckPdu(0, 2, 4, Other, Address.AllNodes);
            node.CheckPdu(2, 2, 4, Other, Address.AllNodes);
            Assert.AreEqual(0, node.Unseen);
            Assert.AreEqual(0, node.Radio.Count);
        }

        [TestMethod]
        public void Heard_DoesNotPassWithTtlZeroOrOneOrForThisNode()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);
            node.Configure(ProxyVerdict.Accepted, 0, 1, "0001");
            node.Skip();

            node.Hear(node.Peer.Access(0, 1, Other, Group));
            node.Hear(node.Peer.Access(1, 2, Other, Group));
            node.Hear(node.Peer.Access(5, 3, Other, ProxyNode.PrimaryAddress));
            node.Hear(node.Peer.Access(5, 4, Other, ProxyNode.PrimaryAddress + 1));
            Assert.AreEqual(0, node.Unseen);
            node.Hear(node.Peer.Access(5, 5, Other, ProxyNode.PrimaryAddress + 2));
            Assert.AreEqual(1, node.Unseen);
            Assert.AreEqual(2, node.Transport.Count);
        }

        [TestMethod]
        public void Heard_GoesToNoClientThatHasNotSubscribed()
        {
            ProxyNode node = new ProxyNode();
            node.Stack.OnConnected(0, 0);
            node.Hear(node.Peer.Access(5, 1, Other, Address.AllNodes));
            node.Stack.Tick(0);
            Assert.AreEqual(0, node.Unseen);
            Assert.AreEqual((int)RelayVerdict.NoClient, (int)node.Stack.Network.Received.Proxy);

            node.Open(0);
            node.Hear(node.Peer.Access(5, 2, Other, Address.AllNodes));
            node.CheckPdu(0, 4, 2, Other, Address.AllNodes);

            node.Stack.OnSubscribed(0, false, 0);
            node.Hear(node.Peer.Access(5, 3, Other, Address.AllNodes));
            node.Stack.IvIndex.Receive(node.Peer.IvIndex + 1, false, true, 0);
            node.Stack.OnNotified(0, 0);
            Assert.AreEqual(0, node.Unseen);
        }

        [TestMethod]
        public void Own_GoesToClientsThatAccept()
        {
            ProxyNode node = new ProxyNode();
            OpenAll(node);
            node.Configure(ProxyVerdict.Accepted, 1, 1, "01c1230002");
            node.Skip();

            Send(node, 5, 100, Group);
            node.CheckPdu(1, 5, 100, ProxyNode.PrimaryAddress, Group);
            node.CheckSent(5, 100, ProxyNode.PrimaryAddress, Group);
            Send(node, 0, 101, 0x0002);
            node.CheckPdu(1, 0, 101, ProxyNode.PrimaryAddress, 0x0002);
            Send(node, 5, 102, 0x0003);
            Assert.AreEqual(0, node.Unseen);
            Assert.AreEqual(3, node.Radio.Count);
        }

        [TestMethod]
        public void ProxyOff_StopsForwardingOnly()
        {
            ProxyNode node = new ProxyNode();
            node.Stack.SetProxyEnabled(false, 0);
            node.Open(0);
            node.Open(1);
            node.Transport.Subscribe(0xC200);
            node.Configure(ProxyVerdict.Accepted, 0, 1, "0001");
            node.Configure(ProxyVerdict.Accepted, 1, 2, "0001");
            node.Skip();

            // Neither way, nor between clients.
            node.Hear(node.Peer.Access(5, 1, Other, Group));
            node.Hear(node.Peer.Access(5, 2, Other, Address.AllNodes));
            node.WritePdu(ProxyVerdict.NetworkPdu, 0, node.Peer.Access(5, 3, 0x1201, Other));
            Assert.AreEqual((int)NetworkVerdict.ProxyDisabled, (int)node.Proxy.LastNetworkVerdict);
            node.WritePdu(ProxyVerdict.NetworkPdu, 0, node.Peer.Access(5, 4, 0x1201, Address.AllProxies));
            Assert.AreEqual(1, node.Transport.Count);

            // What is for this node arrives, and goes no further.
            node.WritePdu(ProxyVerdict.Accepted, 0, node.Peer.Access(5, 5, 0x1201, ProxyNode.PrimaryAddress));
            node.WritePdu(ProxyVerdict.Accepted, 0, node.Peer.Access(5, 6, 0x1201, 0xC200));
            node.WritePdu(ProxyVerdict.Accepted, 0, node.Peer.Access(5, 7, 0x1201, Address.AllNodes));
            Assert.AreEqual(4, node.Transport.Count);
            Assert.AreEqual(0, node.Radio.Count);
            Assert.AreEqual(0, node.Unseen);

            // Own messages do, and configuration has worked above.
            Send(node, 5, 100, 0x1201);
            node.CheckPdu(0, 5, 100, ProxyNode.PrimaryAddress, 0x1201);
            node.CheckPdu(1, 5, 100, ProxyNode.PrimaryAddress, 0x1201);
        }

        [TestMethod]
        public void Written_ForThisNodeIsRefusedWithoutRoomAndTakenLater()
        {
            ProxyNode node = new ProxyNode();
            byte[] pdu = node.Peer.Access(5, 1, 0x1201, ProxyNode.PrimaryAddress);
            node.Open(0);

            node.Transport.HasRoom = false;
            node.WritePdu(ProxyVerdict.NoRoom, 0, pdu);
            node.Transport.HasRoom = true;
            node.WritePdu(ProxyVerdict.Accepted, 0, pdu);

            Assert.AreEqual(1, node.Transport.Count);
            Assert.AreEqual(0, node.Transport.Last.Interface);
        }

        [TestMethod]
        public void Written_ForTheMeshIsRefusedWhenTheQueueIsFull()
        {
            ProxyNode node = new ProxyNode();
            node.Radio.Credit = 0;
            node.Open(0);

            for (uint i = 0; i < 12; i++)
            {
                node.WritePdu(ProxyVerdict.Accepted, 0, node.Peer.Access(5, i, 0x1201, Other));
            }

            byte[] pdu = node.Peer.Access(5, 50, 0x1201, Other);
            node.WritePdu(ProxyVerdict.NoRoom, 0, pdu);
            node.Radio.Credit = 1;
            node.Stack.OnSent(0, 0);
            node.WritePdu(ProxyVerdict.Accepted, 0, pdu);
            node.Radio.Credit = 100;
            node.Stack.OnSent(0, 0);
            node.CheckSent(4, 50, 0x1201, Other);
        }

        private static void OpenAll(ProxyNode node)
        {
            for (int i = 0; i < ProxyNode.Connections; i++)
            {
                node.Open(i);
            }
        }

        private static void Send(ProxyNode node, int ttl, uint sequence, int destination)
        {
            SendVerdict verdict = node.Stack.Network.Send(
                node.Subnet, false, ttl, sequence, ProxyNode.PrimaryAddress, destination, Hex.Decode("660102030405"), 0, 6, 0);

            Assert.AreEqual((int)SendVerdict.Sent, (int)verdict);
        }
    }
}
