using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Proxy
{
    /// <summary>Connections, and which of them are closed; the rest is in the other test classes of the proxy server.</summary>
    [TestClass]
    public class ProxyServerTests
    {
        // A Network PDU of an unknown network.
        private const string Foreign = "000000000000000000000000000000";

        [TestMethod]
        [DataRow(-1)]
        [DataRow(ProxyNode.Connections)]
        public void OnConnected_TurnsNumbersOutOfRangeAway(int connection)
        {
            ProxyNode node = new ProxyNode();

            Assert.IsFalse(node.Proxy.OnConnected(connection, 0));

            Assert.AreEqual(connection, node.Gatt.LastDisconnected);
            Assert.AreEqual(1, node.Gatt.Disconnects);
            Assert.AreEqual(0, node.Proxy.Connections);
            CheckIgnored(node, connection);
        }

        [TestMethod]
        public void Events_OfConnectionsThatAreNotThereAreIgnored()
        {
            ProxyNode node = new ProxyNode();

            CheckIgnored(node, 0);
            node.Open(1);
            CheckIgnored(node, 2);
            node.Stack.OnDisconnected(1, 0);
            CheckIgnored(node, 1);

            Assert.AreEqual(0, node.Unseen);
            Assert.AreEqual(0, node.Proxy.Connections);
        }

        [TestMethod]
        public void Connections_AreCounted()
        {
            ProxyNode node = new ProxyNode();

            for (int i = 0; i < ProxyNode.Connections; i++)
            {
                Assert.IsTrue(node.Proxy.HasFreeConnection);
                Assert.IsTrue(node.Proxy.OnConnected(i, 0));
                Assert.IsTrue(node.Proxy.OnConnected(i, 0));
                Assert.AreEqual(i + 1, node.Proxy.Connections);
            }

            Assert.IsFalse(node.Proxy.HasFreeConnection);
            node.Proxy.OnDisconnected(1);
            node.Proxy.OnDisconnected(1);
            node.Proxy.OnDisconnected(7);
            Assert.AreEqual(2, node.Proxy.Connections);
            Assert.IsTrue(node.Proxy.HasFreeConnection);
        }

        [TestMethod]
        public void OnConnected_BeginsAnew()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);
            node.Configure(ProxyVerdict.Accepted, 0, 1, "0001");
            node.Configure(ProxyVerdict.Accepted, 0, 2, "01c000");
            node.Gatt.Blocked = 1;
            node.Configure(ProxyVerdict.Accepted, 0, 3, "01c001");
            node.Configure(ProxyVerdict.Accepted, 0, 4, "01c002");
            node.Write(ProxyVerdict.Incomplete, 0, "4001");
            node.Skip();

            node.Stack.OnDisconnected(0, 0);
            node.Stack.OnConnected(0, 0);
            node.Gatt.Blocked = 0;

            Assert.AreEqual(ProxyFilter.AcceptList, node.Filter(0).Type);
            Assert.AreEqual(0, node.Filter(0).Count);
            Assert.AreEqual(30000L, node.Proxy.Tick(0));
            node.Stack.OnNotified(0, 0);
            node.Tick(0);
            Assert.AreEqual(0, node.Unseen);
            node.Write(ProxyVerdict.UnknownType, 0, "03aa");
            node.Stack.OnSubscribed(0, true, 0);
            Assert.AreEqual(20, node.Next(0).Length);
            Assert.AreEqual(4, node.Next(0).Length);
            Assert.AreEqual(0, node.Unseen);
        }

        [TestMethod]
        [DataRow(0, 20)]
        [DataRow(22, 20)]
        [DataRow(23, 20)]
        [DataRow(24, 21)]
        [DataRow(26, 23)]
        [DataRow(517, 23)]
        [DataRow(65535, 23)]
        public void OnMtuChanged_BoundsTheValues(int mtu, int longest)
        {
            ProxyNode node = new ProxyNode();

            node.Stack.OnConnected(0, 0);
            node.Stack.OnMtuChanged(0, mtu, 0);
            node.Stack.OnSubscribed(0, true, 0);

            Assert.AreEqual(longest, node.Next(0).Length);
        }

        // Empty, and SAR rules and lengths broken.
        [TestMethod]
        [DataRow("")]
        [DataRow("8001")]
        [DataRow("c001")]
        [DataRow("01000102030405060708090a0b0c0d0e0f101112131415161718191a1b")]
        public void OnWritten_DisconnectsAtASarViolation(string value)
        {
            ProxyNode node = new ProxyNode();
            node.Open(1);
            node.Open(2);

            node.Write(ProxyVerdict.SarViolation, 2, value);
            Assert.AreEqual(1, node.Gatt.Disconnects);
            Assert.AreEqual(2, node.Gatt.LastDisconnected);

            // Until the bearer has done it, nothing is taken or sent any more.
            CheckIgnored(node, 2);
            node.Peer.IvIndex++;
            node.Stack.IvIndex.Receive(node.Peer.IvIndex, false, true, 0);
            node.CheckBeacon(1, node.Peer, 0);
            node.Hear(node.Peer.Access(5, 1, 0x1201, Address.AllNodes));
            Assert.AreEqual(1, node.Gatt.Connection(node.Gatt.Count - 1));
            node.Tick(100000);
            Assert.AreEqual(2, node.Proxy.Connections);
            node.Stack.OnDisconnected(2, 100000);
            Assert.AreEqual(1, node.Proxy.Connections);
        }

        [TestMethod]
        public void OnWritten_IgnoresUnknownTypesAndProvisioningPdus()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);

            node.Write(ProxyVerdict.UnknownType, 0, "04");
            node.Write(ProxyVerdict.UnknownType, 0, "ff000102");
            node.Write(ProxyVerdict.UnknownType, 0, "0300");
            node.Write(ProxyVerdict.Incomplete, 0, "4300");
            node.Write(ProxyVerdict.UnknownType, 0, "3f");
            node.Write(ProxyVerdict.UnknownType, 0, "c300");

            Assert.AreEqual(0, node.Gatt.Disconnects);
        }

        [TestMethod]
        public void Tick_DisconnectsTwentySecondsAfterTheLastSegment()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);
            node.Configure(ProxyVerdict.Accepted, 0, 1, "0000");

            node.Now = 1000;
            node.Write(ProxyVerdict.Incomplete, 0, "4001");
            node.Now = 2000;
            node.Write(ProxyVerdict.Incomplete, 0, "8002");
            Assert.AreEqual(22000L, node.Proxy.Tick(2000));
            Assert.AreEqual(22000L, node.Proxy.Tick(21999));
            Assert.AreEqual(0, node.Gatt.Disconnects);

            Assert.AreEqual(long.MaxValue, node.Proxy.Tick(22000));
            Assert.AreEqual(1, node.Gatt.Disconnects);
            Assert.AreEqual(1u, node.Proxy.Count(ProxyVerdict.SarViolation));
            node.Proxy.Tick(22001);
            Assert.AreEqual(1, node.Gatt.Disconnects);
        }

        [TestMethod]
        public void Tick_EvictsAClientThatHasSentNothingGenuine()
        {
            ProxyNode node = new ProxyNode();
            byte[] configuration = node.Peer.Configuration(1, 0x1201, "0000");
            byte[] pdu = node.Peer.Access(5, 1, 0x1201, 0x0003);
            node.Open(0);
            node.Write(ProxyVerdict.Accepted, 0, ProxyPduType.ProxyConfiguration, configuration);
            node.WritePdu(ProxyVerdict.Accepted, 0, pdu);
            node.Now = 500;
            node.Open(2);

            // What is replayed, foreign, forged or not understood does not help, nor does a beacon, which the node itself may have sent.
            node.Now = 20000;
            node.Write(ProxyVerdict.Replayed, 2, ProxyPduType.ProxyConfiguration, configuration);
            node.WritePdu(ProxyVerdict.NetworkPdu, 2, pdu);
            node.Write(ProxyVerdict.NetworkPdu, 2, Foreign);
            node.Write(ProxyVerdict.UnknownType, 2, "0301");
            node.Write(ProxyVerdict.Beacon, 2, "010000");
            node.Write(ProxyVerdict.Accepted, 2, ProxyPduType.MeshBeacon, node.Peer.PrivateNetworkBeacon(0, 7));
            node.Configure(ProxyVerdict.Opcode, 2, 9, "0500");
            pdu = node.Peer.Access(5, 2, 0x1201, 0x0003);
            pdu[14] ^= 1;
            node.WritePdu(ProxyVerdict.NetworkPdu, 2, pdu);

            Assert.AreEqual(30500L, node.Proxy.Tick(30499));
            Assert.AreEqual(0, node.Gatt.Disconnects);
            Assert.AreEqual(long.MaxValue, node.Proxy.Tick(30500));
            Assert.AreEqual(1, node.Gatt.Disconnects);
            Assert.AreEqual(2, node.Gatt.LastDisconnected);
            Assert.AreEqual(1u, node.Proxy.Evictions);
            node.Proxy.Tick(99000);
            Assert.AreEqual(1u, node.Proxy.Evictions);
        }

        [TestMethod]
        [DataRow(ProxyPduType.NetworkPdu)]
        [DataRow(ProxyPduType.ProxyConfiguration)]
        public void Tick_KeepsAClientThatHasSentSomethingGenuine(int type)
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);
            node.Now = 29999;

            if (type == ProxyPduType.NetworkPdu)
            {
                node.WritePdu(ProxyVerdict.Accepted, 0, node.Peer.Access(0, 1, 0x1201, 0x0003));
            }
            else
            {
                node.Configure(ProxyVerdict.Accepted, 0, 1, "01");
            }

            // A Network PDU may be a recorded one.
            long next = type == ProxyPduType.NetworkPdu ? 29999 + ProxyServer.GenuineTime : long.MaxValue;
            Assert.AreEqual(next, node.Proxy.Tick(30000));
            Assert.AreEqual(next, node.Proxy.Tick(29998 + ProxyServer.GenuineTime));
            Assert.AreEqual(0, node.Gatt.Disconnects);
            node.Proxy.Tick(29999 + ProxyServer.GenuineTime);
            Assert.AreEqual(type == ProxyPduType.NetworkPdu ? 1 : 0, node.Gatt.Disconnects);
        }

        [TestMethod]
        public void OnWritten_AfterTheTimeIsUpAndBeforeTheTick()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);
            node.Open(1);
            node.Configure(ProxyVerdict.Accepted, 1, 1, "01");
            node.Write(ProxyVerdict.Incomplete, 1, "4000");
            node.Now = 20000;
            node.Write(ProxyVerdict.SarViolation, 1, "8000");
            node.Now = 30000;
            node.Write(ProxyVerdict.NotConnected, 0, "04");

            Assert.AreEqual(2, node.Gatt.Disconnects);
            Assert.AreEqual(1u, node.Proxy.Evictions);
        }

        [TestMethod]
        public void OnWritten_LimitsTheRateOfEachClient()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);
            node.Open(1);
            node.Configure(ProxyVerdict.Accepted, 0, 1, "01");

            WriteForeign(node, ProxyServer.RateBurst - 1);
            node.Write(ProxyVerdict.RateLimited, 0, Foreign);
            node.Write(ProxyVerdict.NetworkPdu, 1, Foreign);
            node.Now = 19;
            node.Write(ProxyVerdict.RateLimited, 0, Foreign);
            node.Now = 20;
            WriteForeign(node, 1);
            node.Write(ProxyVerdict.RateLimited, 0, Foreign);
            node.Now = 79;
            WriteForeign(node, 2);
            node.Write(ProxyVerdict.RateLimited, 0, Foreign);
            node.Now = 80;
            WriteForeign(node, 1);
            node.Write(ProxyVerdict.RateLimited, 0, Foreign);

            // What is not a whole message of a known type costs nothing.
            node.Write(ProxyVerdict.UnknownType, 0, "04");
            node.Write(ProxyVerdict.Incomplete, 0, "4000");
            node.Write(ProxyVerdict.Incomplete, 0, "8000");
            node.Write(ProxyVerdict.RateLimited, 0, "c000");

            node.Now = 10000000;
            WriteForeign(node, ProxyServer.RateBurst);
            node.Write(ProxyVerdict.RateLimited, 0, Foreign);
        }

        [TestMethod]
        public void DisconnectAll_WhenTheProxyIsSwitchedOff()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);
            node.Open(2);

            node.Stack.SetProxyEnabled(true, 0);
            Assert.AreEqual(0, node.Gatt.Disconnects);
            node.Stack.SetProxyEnabled(false, 0);
            Assert.AreEqual(2, node.Gatt.Disconnects);
            CheckIgnored(node, 0);
            node.Stack.OnDisconnected(0, 0);
            node.Stack.OnDisconnected(2, 0);

            // A client that comes while it is off may stay.
            node.Open(1);
            node.Stack.SetProxyEnabled(false, 0);
            Assert.AreEqual(2, node.Gatt.Disconnects);
            Assert.AreEqual(1, node.Proxy.Connections);
        }

        [TestMethod]
        public void OnWritten_TakesBeacons()
        {
            ProxyNode node = new ProxyNode();
            byte[] beacon = node.Peer.SecureBeacon(0);
            node.Open(0);

            node.Write(ProxyVerdict.Accepted, 0, ProxyPduType.MeshBeacon, beacon);
            Assert.AreEqual((int)BeaconVerdict.Accepted, (int)node.Proxy.LastBeaconVerdict);
            node.Write(ProxyVerdict.Accepted, 0, ProxyPduType.MeshBeacon, beacon);
            Assert.AreEqual((int)BeaconVerdict.Repeated, (int)node.Proxy.LastBeaconVerdict);
            beacon[21] ^= 1;
            node.Write(ProxyVerdict.Beacon, 0, ProxyPduType.MeshBeacon, beacon);
            Assert.AreEqual((int)BeaconVerdict.Authentication, (int)node.Proxy.LastBeaconVerdict);
            node.Write(ProxyVerdict.Beacon, 0, ProxyPduType.MeshBeacon, new byte[UnprovisionedDeviceBeacon.Length]);
            node.Write(ProxyVerdict.Beacon, 0, "01");

            // An IV Index Recovery that a client brings.
            node.Peer.IvIndex += 2;
            node.Write(ProxyVerdict.Accepted, 0, ProxyPduType.MeshBeacon, node.Peer.SecureBeacon(BeaconFlags.IvUpdate));
            Assert.AreEqual(node.Peer.IvIndex, node.Stack.IvIndex.Current);
            node.CheckBeacon(0, node.Peer, BeaconFlags.IvUpdate);
        }

        private static void WriteForeign(ProxyNode node, int count)
        {
            for (int i = 0; i < count; i++)
            {
                node.Write(ProxyVerdict.NetworkPdu, 0, Foreign);
            }
        }

        private static void CheckIgnored(ProxyNode node, int connection)
        {
            int connections = node.Proxy.Connections;
            int disconnects = node.Gatt.Disconnects;
            int notifications = node.Gatt.Count;

            node.Stack.OnMtuChanged(connection, 100, node.Now);
            node.Stack.OnSubscribed(connection, true, node.Now);
            node.Stack.OnNotified(connection, node.Now);
            node.Write(ProxyVerdict.NotConnected, connection, "0001");
            node.Write(ProxyVerdict.NotConnected, connection, "");
            node.Tick(node.Now);

            if (connection < 0 || connection >= ProxyNode.Connections)
            {
                node.Stack.OnDisconnected(connection, node.Now);
            }

            Assert.AreEqual(connections, node.Proxy.Connections);
            Assert.AreEqual(disconnects, node.Gatt.Disconnects);
            Assert.AreEqual(notifications, node.Gatt.Count);
        }
    }
}
