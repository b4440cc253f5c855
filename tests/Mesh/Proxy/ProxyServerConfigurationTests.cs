using MeshNode.Crypto;
using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Proxy
{
    [TestClass]
    public class ProxyServerConfigurationTests
    {
        private const string SampleKey = "d1aafb2a1a3c281cbdb0e960edfad852";

        [TestMethod]
        public void SampleData_8_9_1()
        {
            ProxyNode node = new ProxyNode(SampleKey);
            node.Open(0);

            node.Write(ProxyVerdict.Accepted, 0, "0210386bd60efbbb8b8c28512e792d3711f4b526");

            node.CheckStatus(0, "03000000");
            Assert.AreEqual(0u, node.Peer.Sequence);
            Assert.AreEqual(1u, node.Stack.Sequence.Next);
        }

        // Derived from the sample, see tests/vectors/proxy.json.
        [TestMethod]
        public void OnWritten_TakesEachMessage()
        {
            ProxyNode node = new ProxyNode(SampleKey);
            node.Open(0);

            node.Write(ProxyVerdict.Accepted, 0, "02108b6d81d259a6a599c98910c142dbcd9ba866");
            node.CheckStatus(0, "03010000");
            node.Write(ProxyVerdict.Accepted, 0, "0210a0770d610cc9a1afc77722b48306e68928d0fe2c54f528");
            node.CheckStatus(0, "03010003");
            node.Write(ProxyVerdict.Accepted, 0, "0210753e826b8b6df99e5583e7028beec9dfbe");
            node.CheckStatus(0, "03010003");
            node.Write(ProxyVerdict.Accepted, 0, "021095d40ac562a0316d42f8c897e5f3c46296a5ab953c6c187ffe8eb4");
            node.CheckStatus(0, "03010007");
            node.Write(ProxyVerdict.Accepted, 0, "0210c6b89775b5370f5a487bbd5ebba717d9aca74dc2c7");
            node.CheckStatus(0, "03010005");
            Assert.AreEqual(4u, node.Peer.Sequence);
            node.Write(ProxyVerdict.Opcode, 0, "0210f49c617c254947d3ce29d305221c88a4ef2e77d3");
            Assert.AreEqual(0, node.Unseen);
        }

        [TestMethod]
        public void OnWritten_TakesAMessageInSegments()
        {
            ProxyNode node = new ProxyNode(SampleKey);
            node.Open(0);

            node.Write(ProxyVerdict.Incomplete, 0, "4210386bd60efbbb");
            node.Write(ProxyVerdict.Incomplete, 0, "828b8c28512e792d");
            node.Write(ProxyVerdict.Accepted, 0, "c23711f4b526");

            node.CheckStatus(0, "03000000");
        }

        [TestMethod]
        public void FilterStatus_TellsTheTrueSizeWhenTheListIsFull()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);

            for (int i = 0; i < 65; i += 5)
            {
                byte[] message = Hex.Decode("01c000c000c000c000c000");
                byte[] size = new byte[1];

                for (int j = 0; j < 5; j++)
                {
                    message[2 * j + 2] = (byte)(i + j);
                }

                node.Configure(ProxyVerdict.Accepted, 0, (uint)i, Hex.Encode(message));
                size[0] = (byte)(i == 60 ? 64 : i + 5);
                node.CheckStatus(0, "030000" + Hex.Encode(size));
            }

            Assert.AreEqual(1u, node.Proxy.FilterOverflows);
            node.Configure(ProxyVerdict.Accepted, 0, 70, "01c000c0010000");
            node.CheckStatus(0, "03000040");
            node.Configure(ProxyVerdict.Accepted, 0, 71, "0000");
            node.CheckStatus(0, "03000000");
        }

        [TestMethod]
        public void OnWritten_ChangesOnlyTheSendersFilter()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);
            node.Open(2);

            node.Configure(ProxyVerdict.Accepted, 2, 1, "0001");
            node.CheckStatus(2, "03010000");

            Assert.AreEqual(ProxyFilter.AcceptList, node.Filter(0).Type);
            Assert.AreEqual(ProxyFilter.RejectList, node.Filter(2).Type);
            Assert.AreEqual(0, node.Unseen);
        }

        [TestMethod]
        [DataRow(false, 0, 0x0000)]
        [DataRow(true, 1, 0x0000)]
        [DataRow(true, 127, 0x0000)]
        [DataRow(true, 0, 0x0100)]
        [DataRow(true, 0, 0xFFFF)]
        public void OnWritten_RefusesAnotherHeader(bool control, int ttl, int destination)
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);

            node.Write(ProxyVerdict.Header, 0, ProxyPduType.ProxyConfiguration, node.Peer.Secure(Nonce.ProxyType, control, ttl, 1, 0x1201, destination, "0001"));

            CheckUntouched(node);
            node.Configure(ProxyVerdict.Accepted, 0, 1, "0001");
        }

        [TestMethod]
        public void OnWritten_RefusesEveryChangedOctet()
        {
            ProxyNode node = new ProxyNode();
            byte[] message = node.Peer.Configuration(1, 0x1201, "0001");
            node.Open(0);

            for (int i = 0; i < message.Length; i++)
            {
                // The proxy nonce does not hold TTL.
                message[i] ^= 0x01;
                node.Write(i == 1 ? ProxyVerdict.Header : ProxyVerdict.NotAuthenticated, 0, ProxyPduType.ProxyConfiguration, message);
                message[i] ^= 0x01;
            }

            message[0] ^= 0x80;
            node.Write(ProxyVerdict.NotAuthenticated, 0, ProxyPduType.ProxyConfiguration, message);
            message[0] ^= 0x80;
            CheckUntouched(node);
            node.Write(ProxyVerdict.Accepted, 0, ProxyPduType.ProxyConfiguration, message);
        }

        [TestMethod]
        public void OnWritten_RefusesWhatIsNotAProxyConfigurationMessageOfAnother()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);

            // The network nonce, the node's own address, a group address, too short, and empty.
            node.Write(ProxyVerdict.NotAuthenticated, 0, ProxyPduType.ProxyConfiguration, node.Peer.Pdu(true, 0, 1, 0x1201, 0, "0001"));
            node.Write(ProxyVerdict.NotAuthenticated, 0, ProxyPduType.ProxyConfiguration, node.Peer.Configuration(1, ProxyNode.PrimaryAddress, "0001"));
            Assert.AreEqual((int)NetworkVerdict.OwnSource, (int)node.Proxy.LastNetworkVerdict);
            node.Write(ProxyVerdict.NotAuthenticated, 0, ProxyPduType.ProxyConfiguration, node.Peer.Configuration(1, 0xC000, "0001"));
            node.Write(ProxyVerdict.NotAuthenticated, 0, ProxyPduType.ProxyConfiguration, node.Peer.Configuration(1, 0x1201, ""));
            node.Write(ProxyVerdict.NotAuthenticated, 0, "0268386bd60efbbb8b8c28512e79");
            node.Write(ProxyVerdict.NotAuthenticated, 0, "02");

            // And the proxy nonce in a Network PDU.
            node.WritePdu(ProxyVerdict.NetworkPdu, 0, node.Peer.Configuration(1, 0x1201, "0001"));
            CheckUntouched(node);
        }

        [TestMethod]
        public void OnWritten_RefusesReplays()
        {
            ProxyNode node = new ProxyNode();
            byte[] first = node.Peer.Configuration(5, 0x1201, "0001");
            node.Open(0);
            node.Open(1);

            node.Write(ProxyVerdict.Accepted, 0, ProxyPduType.ProxyConfiguration, first);
            node.CheckStatus(0, "03010000");
            node.Write(ProxyVerdict.Replayed, 0, ProxyPduType.ProxyConfiguration, first);
            node.Write(ProxyVerdict.Replayed, 1, ProxyPduType.ProxyConfiguration, first);
            node.Configure(ProxyVerdict.Replayed, 0, 4, "0000");
            Assert.AreEqual(ProxyFilter.RejectList, node.Filter(0).Type);
            Assert.AreEqual(ProxyFilter.AcceptList, node.Filter(1).Type);
            Assert.AreEqual(0, node.Unseen);
            Assert.AreEqual(1u, node.Stack.Sequence.Next);

            node.Configure(ProxyVerdict.Accepted, 1, 6, "0001");
            node.Write(ProxyVerdict.Accepted, 0, ProxyPduType.ProxyConfiguration, node.Peer.Configuration(1, 0x1202, "0000"));

            // An older IV Index is a replay whatever its SEQ, a newer one is not.
            node.Peer.IvIndex--;
            node.Configure(ProxyVerdict.Replayed, 0, 0xFFFFFF, "0000");
            node.Peer.IvIndex += 2;
            node.Stack.IvIndex.Receive(node.Peer.IvIndex, false, true, 0);
            node.Configure(ProxyVerdict.Accepted, 0, 0, "0000");
        }

        [TestMethod]
        public void OnWritten_RefusesUnknownSourcesWhenTheReplayProtectionListIsFull()
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);

            for (int i = 1; i < 64; i++)
            {
                node.Stack.Replay.Commit(i, 0, 0);
            }

            node.Configure(ProxyVerdict.Accepted, 0, 1, "0000");
            node.Skip();
            node.Write(ProxyVerdict.ReplayListFull, 0, ProxyPduType.ProxyConfiguration, node.Peer.Configuration(1, 0x1202, "0001"));
            CheckUntouched(node);
            node.Configure(ProxyVerdict.Accepted, 0, 2, "0001");
        }

        [TestMethod]
        [DataRow("00", (int)ProxyVerdict.Parameters)]
        [DataRow("0002", (int)ProxyVerdict.Parameters)]
        [DataRow("00ff", (int)ProxyVerdict.Parameters)]
        [DataRow("000101", (int)ProxyVerdict.Parameters)]
        [DataRow("01c0", (int)ProxyVerdict.Parameters)]
        [DataRow("01c000c001c002c003c004c0", (int)ProxyVerdict.Parameters)]
        [DataRow("02c000c0", (int)ProxyVerdict.Parameters)]
        [DataRow("03000000", (int)ProxyVerdict.Opcode)]
        [DataRow("0300", (int)ProxyVerdict.Parameters)]
        [DataRow("040000", (int)ProxyVerdict.Opcode)]
        [DataRow("0500", (int)ProxyVerdict.Opcode)]
        [DataRow("06", (int)ProxyVerdict.Opcode)]
        [DataRow("ff0001", (int)ProxyVerdict.Opcode)]
        public void OnWritten_IgnoresWhatItDoesNotUnderstand(string message, int expected)
        {
            ProxyNode node = new ProxyNode();
            node.Open(0);

            node.Configure((ProxyVerdict)expected, 0, 1, message);

            CheckUntouched(node);
            Assert.AreEqual(0, node.Stack.Replay.Count);
        }

        [TestMethod]
        public void FilterStatus_IsSecuredWithTheKeyAndIvIndexForTransmitting()
        {
            ProxyNode node = new ProxyNode();
            node.Stack.Subnets.StartKeyRefresh(node.Subnet, new NetworkKey(Hex.Decode(SampleKey)));
            node.Stack.Subnets.EnterSecondPhase(node.Subnet);
            node.Stack.IvIndex.TestMode = true;
            node.Stack.IvIndex.StartUpdate(0);
            node.Open(0);
            Peer other = new Peer(SampleKey, node.Peer.IvIndex);

            node.Configure(ProxyVerdict.Accepted, 0, 1, "0001");

            byte[] value = node.Next(0);
            byte[] pdu = Hex.Decode(Hex.Encode(value, 1, value.Length - 1));
            Assert.IsTrue(other.Read(pdu, Nonce.ProxyType));
            Assert.AreEqual("03010000", other.Transport);
        }

        [TestMethod]
        public void OnWritten_WorksWhileTheProxyIsOffAndBeforeSubscribing()
        {
            ProxyNode node = new ProxyNode();
            node.Stack.SetProxyEnabled(false, 0);
            node.Stack.OnConnected(0, 0);
            node.Stack.OnMtuChanged(0, 517, 0);

            node.Configure(ProxyVerdict.Accepted, 0, 1, "01c000");
            Assert.AreEqual(0, node.Unseen);
            Assert.AreEqual(1, node.Filter(0).Count);

            node.Stack.OnSubscribed(0, true, 0);
            node.CheckStatus(0, "03000001");
            node.CheckBeacon(0, node.Peer, 0);
        }

        private static void CheckUntouched(ProxyNode node)
        {
            Assert.AreEqual(ProxyFilter.AcceptList, node.Filter(0).Type);
            Assert.AreEqual(0, node.Filter(0).Count);
            Assert.AreEqual(0, node.Unseen);
            Assert.AreEqual(0, node.Radio.Count);
        }
    }
}
