using MeshNode.Bearers;
using MeshNode.Fakes;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.Proxy;
using nanoFramework.TestFramework;

namespace MeshNode
{
    /// <summary>Published attacks on the transport layers and faults of other stacks, by their names.</summary>
    [TestClass]
    public class TransportAttackTests
    {
        private const int Pool = 96;
        private const int PeerAddress = TransportNode.PeerAddress;
        private const int Address = TransportNode.Address;

        // Segments through the proxy that lie beyond their message.
        [TestMethod]
        public void EspIdf5026_SegmentsThroughTheProxyStayInTheirMessage()
        {
            TransportNode node = Proxy();
            SegmentedMessage message = node.Message(0x100, 30);
            uint sequence = 0x100;

            for (int segO = 0; segO < 32; segO++)
            {
                Write(node, sequence++, message.Segment(segO, 2, "000102030405060708090a0b"));
            }

            // The first three have made up a message that is not genuine.
            Assert.AreEqual(29u, node.Lower.Count(LowerTransportVerdict.SegmentNumber));
            Assert.AreEqual(1u, node.Lower.Count(LowerTransportVerdict.Refused));
            message = node.Message(sequence, 30);

            for (int length = 1; length <= 12; length++)
            {
                Write(node, sequence++, message.Segment(0, 2, "000102030405060708090a0b".Substring(0, 2 * length)));
            }

            Assert.AreEqual(11u, node.Lower.Count(LowerTransportVerdict.Length));
            message = node.Message(sequence, 380);

            for (int segO = 31; segO >= 0; segO--)
            {
                Write(node, sequence++, message.Segment(segO));
            }

            Assert.AreEqual(1, node.First.Count);
            Assert.AreEqual(TransportNode.Payload(380).Substring(4), node.First.Parameters);
            node.ExpectPool(Pool);
        }

        // SegN or SeqZero that differ between the segments of a message.
        [TestMethod]
        [DataRow(0, 31)]
        [DataRow(31, 0)]
        [DataRow(1, 2)]
        [DataRow(2, 1)]
        public void Cve2022_31363_And_31364_SegNStaysWhatItWas(int segN, int other)
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(0x100, segN == 0 ? 5 : 12 * segN);
            node.Receive(message, 0, 0x100);

            for (int segO = 0; segO <= other; segO++)
            {
                node.Expect(
                    LowerTransportVerdict.Inconsistent, message, message.Segment(segO, other, "000102030405060708090a0b"), (uint)(0x101 + segO));
            }

            // Another SeqZero is another message: it ends this one, and shares nothing with it.
            SegmentedMessage second = node.Message(0x180, 20);
            node.Expect(LowerTransportVerdict.Segment, second, 1, 0x180);
            node.Expect(LowerTransportVerdict.Accepted, second, 0, 0x181);
            Assert.AreEqual(segN == 0 ? 2 : 1, node.First.Count);
            Assert.AreEqual(TransportNode.Payload(20).Substring(4), node.First.Parameters);
            node.Run(20000);
            node.ExpectPool(Pool);
        }

        // Lengths, segment numbers and shifts that nobody had thought of: all of them.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Cve2022_25635_26527_26528_26529_EverySegmentOfEveryLength(bool control)
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = new SegmentedMessage();
            message.Control = control;
            message.Header = control ? 0x0B : 0x66;
            uint sequence = 1;
            uint count = 0;

            for (int segN = 0; segN < 32; segN++)
            {
                for (int segO = 0; segO < 32; segO += 1 + segN % 3)
                {
                    for (int length = 0; length <= (control ? 8 : 12); length += 1 + segO % 2)
                    {
                        message.SeqAuth = sequence;
                        node.Receive(
                            control, 5, sequence++, PeerAddress, Address, message.Segment(segO, segN, "000102030405060708090a0b".Substring(0, 2 * length)));
                        count++;
                    }
                }
            }

            uint all = 0;

            for (int i = 0; i <= (int)LowerTransportVerdict.Refused; i++)
            {
                all += node.Lower.Count((LowerTransportVerdict)i);
            }

            Assert.AreEqual(count, all);
            Assert.AreEqual(0u, node.Lower.Count(LowerTransportVerdict.Accepted));
            node.Run(20000);
            node.ExpectPool(Pool);
        }

        // A message whose last segments come again while others are under way.
        [TestMethod]
        public void Zephyr32991_CompletedMessageIsProcessedOnce()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage first = node.Message(0x100, 30);
            SegmentedMessage second = SegmentedMessage.Access(
                node.Application, 0x101, PeerAddress, TransportNode.SecondAddress, false, TransportNode.Payload(30));
            uint sequence = 0x101;

            for (int i = 0; i < 3; i++)
            {
                node.Receive(first, i, sequence++);
                node.Receive(second, i, sequence++);
            }

            Assert.AreEqual(1, node.First.Count);
            Assert.AreEqual(1, node.Second.Count);

            for (int i = 0; i < 3; i++)
            {
                node.Expect(LowerTransportVerdict.Completed, first, i, sequence++);
                node.Expect(LowerTransportVerdict.Completed, second, i, sequence++);
                node.Run(5000);
            }

            Assert.AreEqual(1, node.First.Count);
            Assert.AreEqual(1, node.Second.Count);
            node.ExpectPool(Pool);
        }

        // The list must outlive an IV Update, for messages of either IV Index.
        [TestMethod]
        public void Zephyr29858_46202_49130_ReplayListOutlivesIvUpdates()
        {
            TransportNode node = new TransportNode();
            uint ivIndex = Peer.SampleIvIndex;
            node.ReceiveAccess(100, PeerAddress, Address, "8201");
            node.ReceiveAccess(100, PeerAddress + 1, Address, "8201");
            node.Node.Stack.IvIndex.TestMode = true;
            node.Node.Stack.IvIndex.StartUpdate(node.Now);
            Assert.AreEqual(ivIndex + 1, node.Node.Stack.IvIndex.Current);

            ExpectReplayed(node, ivIndex, 100, PeerAddress);
            node.Node.Stack.IvIndex.CompleteUpdate(node.Now);
            ExpectReplayed(node, ivIndex, 100, PeerAddress);

            // Messages under way with the IV Index before are still taken, those of the new one end that.
            string late = "66" + TransportNode.Encrypt(node.Application, false, 101, PeerAddress, Address, null, "8201");
            node.Receive(node.Subnet, ivIndex, false, 5, 101, PeerAddress, Address, late);
            Assert.AreEqual(3, node.First.Count);
            SegmentedMessage message = new SegmentedMessage();
            message.Header = 0x0A;
            message.Control = true;
            message.Upper = "070000";
            message.SeqAuth = 5;
            node.Receive(message, 0, 5);
            Assert.AreEqual((int)LowerTransportVerdict.Accepted, (int)node.Lower.LastVerdict);
            ExpectReplayed(node, ivIndex, 0xFFFFFF, PeerAddress);
            ExpectReplayed(node, ivIndex + 1, 5, PeerAddress);
            ExpectReplayed(node, ivIndex, 100, PeerAddress + 1);
        }

        // Own messages leave in the order of their SEQ, or the others take the later ones for replays.
        [TestMethod]
        public void Zephyr81316_OwnMessagesLeaveInTheOrderOfTheirSequences()
        {
            TransportNode node = new TransportNode();
            node.First.Answer = "8204";
            node.SendsAtOnce = false;
            node.Bearer.Credit = 1;
            node.Send(PeerAddress, 40, false, false);
            long last = -1;

            for (int i = 0; i < 40; i++)
            {
                node.ReceiveAccess((uint)(2 * i), PeerAddress + 1 + i % 3, Address, "8201");
                node.Receive(SegmentedMessage.Access(node.Application, (uint)(2 * i + 1), PeerAddress + 5, Address, false, "8203"), 0, (uint)(2 * i + 1));
                node.Run(35);

                if (node.Next())
                {
                    Assert.IsTrue(node.Peer.Sequence > last);
                    last = node.Peer.Sequence;
                    node.Bearer.Credit = 1;
                    node.SendsAtOnce = true;
                    node.Report();
                    node.SendsAtOnce = false;
                }
            }

            Assert.IsTrue(last > 20);
        }

        // Whoever knows the network key alone cannot make the node act, send more than he sent, or forget whom it knows.
        [TestMethod]
        public void NetworkKeyAlone_OpensNothing()
        {
            TransportNode node = new TransportNode();
            node.ReceiveAccess(10, PeerAddress, Address, "8201");

            for (uint i = 0; i < 200; i++)
            {
                SegmentedMessage forged = new SegmentedMessage();
                forged.Header = i % 2 == 0 ? 0x66 : 0x00;
                forged.SeqAuth = 1000 + i;
                forged.Upper = "00112233445566778899";
                node.Receive(forged, 0, 1000 + i);
                node.Receive(false, 5, 2000 + i, PeerAddress, Address, "66" + "0011223344556677");
                Assert.AreEqual(1, node.Skip());
            }

            Assert.AreEqual(400u, node.Lower.Count(LowerTransportVerdict.Refused));
            node.ReceiveAccess(11, PeerAddress, Address, "8201");
            Assert.AreEqual(2, node.First.Count);
            Assert.AreEqual(1, node.Node.Stack.Replay.Count);
            Assert.AreEqual(0, node.Foundation.Count);
        }

        private static void ExpectReplayed(TransportNode node, uint ivIndex, uint sequence, int source)
        {
            uint count = node.Lower.Count(LowerTransportVerdict.Replayed);
            string transport = "66" + TransportNode.Encrypt(node.Application, false, sequence, source, Address, null, "8201");
            node.Receive(node.Subnet, ivIndex, false, 5, sequence, source, Address, transport);
            Assert.AreEqual(count + 1, node.Lower.Count(LowerTransportVerdict.Replayed));
        }

        private static TransportNode Proxy()
        {
            TransportNode node = new TransportNode();
            node.Node.Stack.SetProxyEnabled(true, 0);
            node.Node.Stack.OnConnected(0, 0);
            node.Node.Stack.OnMtuChanged(0, GattService.MaxMtu, 0);
            node.Node.Stack.OnSubscribed(0, true, 0);

            return node;
        }

        // A client of the proxy writes a Network PDU.
        private static void Write(TransportNode node, uint sequence, string transport)
        {
            byte[] value = Hex.Decode("00" + Hex.Encode(node.Peer.Pdu(false, 5, sequence, PeerAddress, Address, transport)));
            node.Node.Stack.OnWritten(0, value, 0, value.Length, node.Now);
            Assert.AreEqual((int)ProxyVerdict.Accepted, (int)node.Node.Stack.LastProxyVerdict);

            // The proxy takes so many in a second.
            node.Run(100);
        }
    }
}
