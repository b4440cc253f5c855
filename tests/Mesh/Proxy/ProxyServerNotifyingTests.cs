using MeshNode.Beacons;
using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Proxy
{
    /// <summary>Beacons to clients, and how messages are cut and wait.</summary>
    [TestClass]
    public class ProxyServerNotifyingTests
    {
        private const string OtherKey = "d1aafb2a1a3c281cbdb0e960edfad852";
        private const int Other = 0x0007;

        [TestMethod]
        public void OnSubscribed_TellsTheStateOfEverySubnetAndNotBefore()
        {
            ProxyNode node = new ProxyNode();
            Peer second = new Peer(OtherKey, node.Peer.IvIndex);
            node.Stack.Subnets.Add(3, new NetworkKey(Hex.Decode(OtherKey)));

            node.Stack.OnConnected(0, 0);
            node.Stack.OnMtuChanged(0, 100, 0);
            node.Stack.OnSubscribed(0, false, 0);
            node.Stack.OnNotified(0, 0);
            node.Tick(0);
            Assert.AreEqual(0, node.Unseen);

            node.Stack.OnSubscribed(0, true, 0);
            node.CheckBeacon(0, node.Peer, 0);
            node.CheckBeacon(0, second, 0);
            node.Stack.OnSubscribed(0, true, 0);
            Assert.AreEqual(0, node.Unseen);

            node.Stack.OnSubscribed(0, false, 0);
            node.Stack.OnSubscribed(0, true, 0);
            Assert.AreEqual(2, node.Unseen);
        }

        [TestMethod]
        public void KeyRefresh_IsToldToAllClients()
        {
            ProxyNode node = new ProxyNode();
            Peer next = new Peer(OtherKey, node.Peer.IvIndex);
            node.Open(0);
            node.Open(2);
            node.Stack.OnConnected(1, 0);

            node.Stack.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(OtherKey)));
            node.CheckBeacon(0, node.Peer, 0);
            node.CheckBeacon(2, node.Peer, 0);
            node.Stack.Subnets.EnterSecondPhase(node.Subnet);
            node.CheckBeacon(0, next, BeaconFlags.KeyRefresh);
            node.CheckBeacon(2, next, BeaconFlags.KeyRefresh);
            node.Stack.Subnets.RevokeOldKey(node.Subnet);
            node.CheckBeacon(0, next, 0);
            node.CheckBeacon(2, next, 0);

            node.Stack.Subnets.Add(3, new NetworkKey(Hex.Decode(Peer.SampleNetKey)));
            node.CheckBeacon(0, node.Peer, 0);
            node.CheckBeacon(2, node.Peer, 0);
            Assert.AreEqual(0, node.Unseen);
        }

        [TestMethod]
        public void IvUpdate_IsToldToAllClientsForEverySubnet()
        {
            ProxyNode node = new ProxyNode();
            Peer second = new Peer(OtherKey, node.Peer.IvIndex + 1);
            node.Stack.Subnets.Add(3, new NetworkKey(Hex.Decode(OtherKey)));
            node.Stack.IvIndex.TestMode = true;
            node.Open(0);
            node.Peer.IvIndex++;

            node.Stack.IvIndex.StartUpdate(0);
            node.CheckBeacon(0, node.Peer, BeaconFlags.IvUpdate);
            node.CheckBeacon(0, second, BeaconFlags.IvUpdate);
            node.Stack.IvIndex.CompleteUpdate(0);
            node.CheckBeacon(0, node.Peer, 0);
            node.CheckBeacon(0, second, 0);
            Assert.AreEqual(0, node.Unseen);
        }

        [TestMethod]
        public void Messages_AreCutToEachClientsMtu()
        {
            ProxyNode node = new ProxyNode();
            byte[] sent = node.Peer.Pdu(false, 4, 1, Other, Address.AllNodes, "000102030405060708090a0b0c0d0e0f");
            int[] mtus = { 23, 27, 33 };

            for (int i = 0; i < 3; i++)
            {
                node.Open(i);
                node.Stack.OnMtuChanged(i, mtus[i], 0);
            }

            node.Hear(node.Peer.Pdu(false, 5, 1, Other, Address.AllNodes, "000102030405060708090a0b0c0d0e0f"));

            Assert.AreEqual("40" + Hex.Encode(sent, 0, 19), Hex.Encode(node.Next(0)));
            Assert.AreEqual("c0" + Hex.Encode(sent, 19, 10), Hex.Encode(node.Next(0)));
            Assert.AreEqual("40" + Hex.Encode(sent, 0, 23), Hex.Encode(node.Next(1)));
            Assert.AreEqual("c0" + Hex.Encode(sent, 23, 6), Hex.Encode(node.Next(1)));
            Assert.AreEqual("00" + Hex.Encode(sent), Hex.Encode(node.Next(2)));
            Assert.AreEqual(0, node.Unseen);
        }

        [TestMethod]
        public void Congestion_GoesOnWhereItStoppedAndInterruptsNoMessage()
        {
            ProxyNode node = new ProxyNode();
            ProxyReassembler client = new ProxyReassembler();
            node.Open(0);
            node.Stack.OnMtuChanged(0, 23, 0);

            node.Gatt.Credit = 1;
            node.Hear(node.Peer.Access(5, 1, Other, Address.AllNodes));
            node.Configure(ProxyVerdict.Accepted, 0, 1, "0000");
            node.Stack.OnNotified(0, 0);
            Assert.AreEqual(1, node.Unseen);
            Assert.AreEqual(3, node.Gatt.Refused);
            CheckReassembly(ProxyReassembly.Incomplete, client, node.Next(0));

            node.Gatt.Credit = 2;
            node.Stack.OnNotified(0, 0);
            CheckReassembly(ProxyReassembly.Complete, client, node.Next(0));
            Assert.AreEqual(ProxyPduType.NetworkPdu, client.Type);
            CheckReassembly(ProxyReassembly.Incomplete, client, node.Next(0));
            Assert.AreEqual(0, node.Unseen);

            node.Gatt.Credit = 1;
            Assert.AreEqual(long.MaxValue, node.Proxy.Tick(1));
            CheckReassembly(ProxyReassembly.Complete, client, node.Next(0));
            Assert.AreEqual(ProxyPduType.ProxyConfiguration, client.Type);
        }

        [TestMethod]
        public void Congestion_IsTriedAgainSoonWithoutAnEvent()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);
            node.Gatt.Credit = 0;
            node.Hear(node.Peer.Access(5, 1, Other, Address.AllNodes));

            Assert.AreEqual(1020L, node.Tick(1000));
            node.Gatt.Credit = 5;
            node.Tick(1020);
            node.CheckPdu(0, 4, 1, Other, Address.AllNodes);
        }

        [TestMethod]
        public void Congestion_OfOneClientDoesNotHoldTheOthersUp()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);
            node.Open(1);
            node.Gatt.Blocked = 1;

            for (uint i = 0; i < 30; i++)
            {
                node.Hear(node.Peer.Access(5, i, Other, Address.AllNodes));
                node.CheckPdu(1, 4, i, Other, Address.AllNodes);
            }

            // The blocked client has one message on its way, and the latest 16.
            Assert.AreEqual(13u, node.Proxy.QueueDrops);
            node.Gatt.Blocked = 0;
            node.Stack.OnNotified(0, 0);
            node.CheckPdu(0, 4, 0, Other, Address.AllNodes);

            for (uint i = 14; i < 30; i++)
            {
                node.CheckPdu(0, 4, i, Other, Address.AllNodes);
            }

            Assert.AreEqual(0, node.Unseen);
        }

        [TestMethod]
        public void Congestion_LetsWhatIsImportantPass()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);
            node.Gatt.Credit = 0;

            for (uint i = 0; i < 20; i++)
            {
                node.Hear(node.Peer.Access(5, i, Other, Address.AllNodes));
            }

            node.Stack.IvIndex.Receive(++node.Peer.IvIndex, false, true, 0);
            node.Configure(ProxyVerdict.Accepted, 0, 1, "0001");
            node.Gatt.Credit = 100;
            node.Tick(20);

            node.Peer.IvIndex--;
            node.CheckPdu(0, 4, 0, Other, Address.AllNodes);
            node.Peer.IvIndex++;
            node.CheckStatus(0, "03010000");
            node.CheckBeacon(0, node.Peer, 0);
            node.Peer.IvIndex--;
            node.CheckPdu(0, 4, 6, Other, Address.AllNodes);
            Assert.AreEqual(13, node.Unseen);
        }

        [TestMethod]
        public void Unsubscribing_HoldsAMessageUpAndDoesNotMixItWithAnother()
        {
            ProxyNode node = new ProxyNode();
            ProxyReassembler client = new ProxyReassembler();
            node.Open(0);
            node.Stack.OnMtuChanged(0, 23, 0);
            node.Gatt.Credit = 1;
            node.Hear(node.Peer.Access(5, 1, Other, Address.AllNodes));

            node.Stack.OnSubscribed(0, false, 0);
            node.Gatt.Credit = 100;
            node.Stack.OnNotified(0, 0);
            Assert.AreEqual((long)ProxyServer.EvictionTime, node.Proxy.Tick(0));
            Assert.AreEqual(1, node.Unseen);

            node.Stack.OnSubscribed(0, true, 0);
            CheckReassembly(ProxyReassembly.Incomplete, client, node.Next(0));
            CheckReassembly(ProxyReassembly.Complete, client, node.Next(0));
            CheckReassembly(ProxyReassembly.Incomplete, client, node.Next(0));
            CheckReassembly(ProxyReassembly.Complete, client, node.Next(0));
            Assert.AreEqual(ProxyPduType.MeshBeacon, client.Type);
        }

        private static void CheckReassembly(ProxyReassembly expected, ProxyReassembler client, byte[] value)
        {
            Assert.AreEqual((int)expected, (int)client.Receive(value, 0, value.Length, 0));
        }
    }
}
