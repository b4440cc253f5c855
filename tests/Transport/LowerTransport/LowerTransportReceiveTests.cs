using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.LowerTransport
{
    [TestClass]
    public class LowerTransportReceiveTests
    {
        private const int Pool = 96;
        private const int Peer = TransportNode.PeerAddress;
        private const int Node = TransportNode.Address;
        private const int Default = 7;

        [TestMethod]
        public void Unsegmented_IsDelivered()
        {
            TransportNode node = new TransportNode();

            node.ReceiveAccess(10, Peer, Node, "8201aabb");

            Assert.AreEqual(1, node.First.Count);
            Assert.AreEqual("aabb", node.First.Parameters);
            Assert.AreEqual(Peer, node.First.Source);
            Assert.AreEqual(Node, node.First.Destination);
            Assert.AreEqual(5, node.First.Ttl);
            Assert.AreEqual(1u, node.Lower.Count(LowerTransportVerdict.Accepted));
            Assert.AreEqual(0, node.Second.Count);
        }

        [TestMethod]
        [DataRow(false, "66")]
        [DataRow(true, "0a")]
        [DataRow(false, "e6000000")]
        [DataRow(true, "8a000000")]
        public void HeaderAlone_IsTooShort(bool control, string transport)
        {
            TransportNode node = new TransportNode();

            node.Receive(control, 5, 10, Peer, Node, transport);

            Assert.AreEqual((int)LowerTransportVerdict.Length, (int)node.Lower.LastVerdict);
            Assert.AreEqual(1u, node.Lower.Count(LowerTransportVerdict.Length));
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void Unsegmented_IsAcceptedOnce()
        {
            TransportNode node = new TransportNode();
            node.ReceiveAccess(10, Peer, Node, "820101");

            node.ReceiveAccess(10, Peer, Node, "820102");
            node.ReceiveAccess(9, Peer, Node, "820103");
            node.ReceiveAccess(10, Peer, TransportNode.Group, "820103");

            Assert.AreEqual(3u, node.Lower.Count(LowerTransportVerdict.Replayed));
            Assert.AreEqual(1, node.First.Count);

            node.ReceiveAccess(11, Peer, Node, "820104");
            node.ReceiveAccess(10, Peer + 1, Node, "820105");
            Assert.AreEqual(3, node.First.Count);
        }

        // A message of the IV Index before is older, whatever its SEQ.
        [TestMethod]
        public void Replay_IvIndexGoesBeforeSequence()
        {
            TransportNode node = new TransportNode();
            string transport = "66" + TransportNode.Encrypt(node.Application, false, 5, Peer, Node, null, "8201");
            node.Receive(node.Subnet, Fakes.Peer.SampleIvIndex, false, 5, 5, Peer, Node, transport);

            node.Receive(node.Subnet, Fakes.Peer.SampleIvIndex - 1, false, 5, 0xFFFFFF, Peer, Node, transport);

            Assert.AreEqual(1u, node.Lower.Count(LowerTransportVerdict.Accepted));
            Assert.AreEqual(1u, node.Lower.Count(LowerTransportVerdict.Replayed));

            // The TransMIC is that of another IV Index, but replay protection lets it through.
            node.Receive(node.Subnet, Fakes.Peer.SampleIvIndex + 1, false, 5, 0, Peer, Node, transport);
            Assert.AreEqual(1u, node.Lower.Count(LowerTransportVerdict.Refused));
        }

        [TestMethod]
        public void WrongTransMic_LeavesTheReplayListAlone()
        {
            TransportNode node = new TransportNode();

            node.Receive(false, 5, 1000, Peer, Node, "66" + "00112233445566");
            Assert.AreEqual((int)LowerTransportVerdict.Refused, (int)node.Lower.LastVerdict);
            Assert.AreEqual(0, node.Node.Stack.Replay.Count);

            node.ReceiveAccess(10, Peer, Node, "8201");
            Assert.AreEqual(1, node.First.Count);
        }

        [TestMethod]
        public void WrongTransMicOfASegmentedMessage_LeavesTheReplayListAlone()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(1000, 20);
            message.Upper = "00" + message.Upper.Substring(2);

            node.Receive(message, 0, 1000);
            node.Expect(LowerTransportVerdict.Refused, message, 1, 1001);

            Assert.AreEqual(0, node.Node.Stack.Replay.Count);
            node.ExpectPool(Pool);
            node.ReceiveAccess(10, Peer, Node, "8201");
            Assert.AreEqual(1, node.First.Count);
        }

        [TestMethod]
        [DataRow("0123")]
        [DataRow("3210")]
        [DataRow("2031")]
        [DataRow("1302")]
        public void Segments_InAnyOrder(string order)
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(10, 40);

            for (int i = 0; i < 4; i++)
            {
                Assert.AreEqual(0, node.First.Count);
                node.Receive(message, order[i] - '0', (uint)(10 + i));
            }

            Assert.AreEqual(1, node.First.Count);
            Assert.AreEqual(TransportNode.Payload(40).Substring(4), node.First.Parameters);
            node.ExpectAcknowledgment(Node, Peer, 10, 0x0F);
            node.Run(20000);
            node.ExpectNothing();
            node.ExpectPool(Pool);
        }

        [TestMethod]
        [DataRow(1, false)]
        [DataRow(376, true)]
        [DataRow(380, false)]
        public void Segments_ShortestAndLongest(int count, bool szmic)
        {
            TransportNode node = new TransportNode();
            string payload = count == 1 ? "01" : TransportNode.Payload(count);
            SegmentedMessage message = SegmentedMessage.Access(node.Application, 0xFFFF00, Peer, Node, szmic, payload);

            for (int i = 0; i <= message.SegN; i++)
            {
                node.Receive(message, i, (uint)(0xFFFF00 + i));
            }

            Assert.AreEqual(count == 1 ? 0 : 31, message.SegN);
            Assert.AreEqual(1u, node.Lower.Count(LowerTransportVerdict.Accepted));
            Assert.AreEqual(count == 1 ? 0 : 1, node.First.Count);
            node.ExpectAcknowledgment(Node, Peer, 0xFFFF00, message.All);
            node.ExpectPool(Pool);
        }

        // "min(SegN + 0.5, acknowledgment delay increment) * segment reception interval". Section 3.5.3.4.
        [TestMethod]
        [DataRow(1, 5, 20, 90)]
        [DataRow(1, 5, 30, 150)]
        [DataRow(1, 5, 380, 150)]
        [DataRow(0, 5, 30, 90)]
        [DataRow(7, 5, 60, 330)]
        [DataRow(7, 5, 380, 510)]
        [DataRow(1, 0, 380, 25)]
        [DataRow(7, 15, 380, 1360)]
        public void Acknowledgment_WaitsForFurtherSegments(int increment, int step, int count, int delay)
        {
            TransportNode node = new TransportNode();
            node.Lower.SarReceiver.Decode(new byte[] { (byte)((increment << 5) | 0x03), (byte)((step << 4) | 0x01), 0x00 }, 0);
            SegmentedMessage message = node.Message(10, count);

            node.Receive(message, 1, 11);

            node.Run(delay - 1);
            node.ExpectNothing();
            node.Run(1);
            node.ExpectAcknowledgment(Node, Peer, 10, 0x02);
            Assert.AreEqual(Default, node.Peer.Ttl);
            node.Run(9000);
            node.ExpectNothing();
        }

        [TestMethod]
        public void Acknowledgment_WaitsAnewAfterEachNewSegment()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(10, 60);
            node.Receive(message, 0, 10);
            node.Run(149);
            node.Receive(message, 1, 11);

            node.Run(149);
            node.ExpectNothing();
            node.Run(1);
            node.ExpectAcknowledgment(Node, Peer, 10, 0x03);
        }

        [TestMethod]
        public void RepeatedSegment_IsIgnored()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(10, 30);
            node.Receive(message, 0, 10);
            node.Run(100);
            node.Expect(LowerTransportVerdict.RepeatedSegment, message, 0, 13);
            node.Run(50);
            node.ExpectAcknowledgment(Node, Peer, 10, 0x01);

            node.Expect(LowerTransportVerdict.RepeatedSegment, message, 0, 14);
            node.Run(9849);
            node.ExpectNothing();
            node.ExpectPool(Pool - 3);

            // Nor does it keep the message from being discarded.
            node.Run(1);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void Acknowledgment_OfWhatIsNotRelayedIsNotRelayed()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(10, 20);
            message.Ttl = 0;

            node.Receive(message, 0, 10);
            node.Receive(message, 1, 11);

            node.ExpectAcknowledgment(Node, Peer, 10, 0x03);
            Assert.AreEqual(0, node.Peer.Ttl);
            Assert.AreEqual(0, node.First.Ttl);
        }

        [TestMethod]
        [DataRow(1, 10000)]
        [DataRow(0, 5000)]
        [DataRow(15, 80000)]
        public void Message_IsDiscardedAfterTheDiscardTimeout(int step, int timeout)
        {
            TransportNode node = new TransportNode();
            node.Lower.SarReceiver.Decode(new byte[] { 0x23, (byte)(0x50 | step), 0x00 }, 0);
            SegmentedMessage message = node.Message(10, 30);
            node.Receive(message, 0, 10);
            node.Run(1000);
            node.Receive(message, 1, 11);
            node.Run(timeout - 1);
            node.ExpectPool(Pool - 3);

            node.Run(1);

            node.ExpectPool(Pool);
            node.Skip();
            node.Expect(LowerTransportVerdict.Discarded, message, 2, 12);
            node.Run(timeout);
            node.ExpectNothing();
            Assert.AreEqual(0, node.First.Count);
        }

        [TestMethod]
        public void Message_IsCompletedOneTickBeforeTheDiscardTimeout()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(10, 20);
            node.Receive(message, 0, 10);
            node.Run(9999);

            node.Expect(LowerTransportVerdict.Accepted, message, 1, 11);

            Assert.AreEqual(1, node.First.Count);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void SegOAboveSegN_IsRefused()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(10, 30);

            for (int segN = 0; segN < 31; segN++)
            {
                node.Expect(LowerTransportVerdict.SegmentNumber, message, message.Segment(segN + 1, segN, "000102030405060708090a0b"), 10);
            }

            node.ExpectPool(Pool);
            Assert.AreEqual(0, node.Skip());
        }

        // Section 3.5.3.1, the two examples of SeqAuth, and a SeqZero that no SEQ can have had.
        [TestMethod]
        [DataRow(0x647262, 0x645849)]
        [DataRow(0x647262, 0x647262)]
        [DataRow(0x647262, 0x645263)]
        [DataRow(0x002001, 0x001FFE)]
        [DataRow(0x001FFF, 0x000000)]
        public void SeqAuth_IsTheLargestThatFits(int sequence, int seqAuth)
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message((uint)seqAuth, 5);

            node.Expect(LowerTransportVerdict.Accepted, message, 0, (uint)sequence);

            Assert.AreEqual(1, node.First.Count);
        }

        [TestMethod]
        public void SeqZero_OfASequenceBelowZeroIsRefused()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(0x1FFF, 20);

            node.Expect(LowerTransportVerdict.SegmentNumber, message, 0, 0x1FFE);
        }

        [TestMethod]
        public void ShortSegment_ThatIsNotTheLastIsRefused()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(10, 30);

            for (int count = 1; count < 12; count++)
            {
                node.Expect(LowerTransportVerdict.Length, message, message.Segment(0, 2, "000102030405060708090a0b".Substring(0, 2 * count)), 10);
            }

            message.Control = true;
            message.Header = 0x0A;
            node.Expect(LowerTransportVerdict.Length, message, message.Segment(0, 2, "00010203040506"), 10);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        [DataRow("segn")]
        [DataRow("destination")]
        [DataRow("akf")]
        [DataRow("aid")]
        [DataRow("szmic")]
        [DataRow("control")]
        [DataRow("subnet")]
        public void Segment_ThatContradictsTheOthersIsRefused(string field)
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(10, 30);
            node.Receive(message, 0, 10);
            SegmentedMessage other = node.Message(10, field == "segn" ? 50 : 30);
            Subnet subnet = node.Subnet;

            switch (field)
            {
                case "destination":
                    other.Destination = TransportNode.SecondAddress;
                    break;

                case "akf":
                    other.Header &= 0x3F;
                    break;

                case "aid":
                    other.Header ^= 0x01;
                    break;

                case "szmic":
                    other.Szmic = true;
                    break;

                case "control":
                    other.Control = true;
                    break;

                case "subnet":
                    subnet = node.Node.Stack.Subnets.Add(1, new NetworkKey(Hex.Decode(TransportNode.AppKey)));
                    break;
            }

            string transport = other.Control ? other.Segment(1, 2, "0001020304050607") : other.Segment(1);
            node.Receive(subnet, Fakes.Peer.SampleIvIndex, other.Control, 5, 11, Peer, other.Destination, transport);

            Assert.AreEqual(1u, node.Lower.Count(LowerTransportVerdict.Inconsistent));
            node.Receive(message, 1, 12);
            node.Receive(message, 2, 13);
            Assert.AreEqual(1, node.First.Count);
            Assert.AreEqual(TransportNode.Payload(30).Substring(4), node.First.Parameters);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void CompletedMessage_IsAcknowledgedAgainButNotTooOften()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(10, 20);
            node.Receive(message, 0, 10);
            node.Receive(message, 1, 11);
            node.ExpectAcknowledgment(Node, Peer, 10, 0x03);

            // "acknowledgment delay increment * segment reception interval". Section 3.5.3.4.
            node.Run(149);
            node.Expect(LowerTransportVerdict.Completed, message, 0, 12);
            node.ExpectNothing();
            node.Run(1);
            node.Expect(LowerTransportVerdict.Completed, message, 1, 13);
            node.ExpectAcknowledgment(Node, Peer, 10, 0x03);
            node.Expect(LowerTransportVerdict.Completed, message, 0, 14);
            node.ExpectNothing();
            node.Run(150);
            node.Expect(LowerTransportVerdict.Completed, message, 0, 15);
            node.ExpectAcknowledgment(Node, Peer, 10, 0x03);

            Assert.AreEqual(1, node.First.Count);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void CompletedMessage_WithAnotherSegNIsRefused()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(10, 20);
            node.Receive(message, 0, 10);
            node.Receive(message, 1, 11);
            node.Run(1000);
            node.Skip();

            node.Expect(LowerTransportVerdict.Inconsistent, node.Message(10, 40), 0, 12);

            node.ExpectNothing();
        }

        // A segment that its sender repeats late carries a SEQ that was never accepted: only SeqAuth gives it away.
        [TestMethod]
        public void SegmentedMessage_IsAcceptedOnceEvenWhenItWasForgotten()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage first = node.Message(10, 20);
            node.Receive(first, 0, 10);
            node.Receive(first, 1, 11);

            for (int i = 0; i < 8; i++)
            {
                SegmentedMessage other = SegmentedMessage.Access(node.Application, 10, Peer + 1 + i, Node, false, TransportNode.Payload(20));
                node.Receive(other, 0, 10);
                node.Receive(other, 1, 11);
            }

            Assert.AreEqual(9, node.First.Count);
            node.Expect(LowerTransportVerdict.Replayed, first, 0, 12);
            node.Expect(LowerTransportVerdict.Replayed, first, 1, 13);
            Assert.AreEqual(9, node.First.Count);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void SegmentedMessage_CommitsItsLargestSequence()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(10, 20);
            node.Receive(message, 1, 15);
            node.Receive(message, 0, 12);

            node.ReceiveAccess(15, Peer, Node, "8201");
            Assert.AreEqual((int)LowerTransportVerdict.Replayed, (int)node.Lower.LastVerdict);
            node.ReceiveAccess(16, Peer, Node, "8201");
            Assert.AreEqual((int)LowerTransportVerdict.Accepted, (int)node.Lower.LastVerdict);

            // And a smaller one does not take that back.
            SegmentedMessage second = node.Message(17, 20);
            second.Destination = TransportNode.SecondAddress;
            second.Upper = TransportNode.Encrypt(node.Application, false, 17, Peer, TransportNode.SecondAddress, null, TransportNode.Payload(20));
            node.Receive(second, 0, 17);
            node.ReceiveAccess(30, Peer, Node, "8201");
            node.Receive(second, 1, 18);
            Assert.AreEqual(1, node.Second.Count);
            node.ReceiveAccess(29, Peer, Node, "8201");
            Assert.AreEqual((int)LowerTransportVerdict.Replayed, (int)node.Lower.LastVerdict);
        }

        [TestMethod]
        public void NewerMessage_EndsTheOneBefore()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage first = node.Message(10, 60);
            SegmentedMessage second = node.Message(20, 20);
            node.Receive(first, 0, 10);

            node.Expect(LowerTransportVerdict.Segment, second, 0, 20);

            node.ExpectPool(Pool - 2);
            node.Expect(LowerTransportVerdict.Discarded, first, 1, 21);
            node.Expect(LowerTransportVerdict.Accepted, second, 1, 22);
            node.Run(20000);
            node.ExpectAcknowledgment(Node, Peer, 20, 0x03);
            node.ExpectNothing();
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void OlderMessage_DoesNotBeginBesideANewerOne()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage newer = node.Message(20, 60);
            SegmentedMessage older = node.Message(10, 20);
            node.Receive(newer, 0, 20);

            node.Expect(LowerTransportVerdict.Discarded, older, 0, 21);

            node.ExpectPool(Pool - 6);
            older.Destination = TransportNode.SecondAddress;
            node.Expect(LowerTransportVerdict.Segment, older, 0, 22);
        }

        [TestMethod]
        public void Messages_OfSeveralSourcesAtTheSameTime()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage[] messages = new SegmentedMessage[3];

            for (int i = 0; i < 3; i++)
            {
                messages[i] = SegmentedMessage.Access(
                    node.Application, (uint)(10 + i), Peer + i, Node, false, TransportNode.Payload(100 + i));
            }

            for (int segO = 0; segO <= messages[0].SegN; segO++)
            {
                for (int i = 0; i < 3; i++)
                {
                    node.Receive(messages[i], segO, (uint)(20 + segO));
                }
            }

            Assert.AreEqual(3, node.First.Count);
            Assert.AreEqual(TransportNode.Payload(102).Substring(4), node.First.Parameters);

            for (int i = 0; i < 3; i++)
            {
                node.ExpectAcknowledgment(Node, Peer + i, (uint)(10 + i), messages[i].All);
            }

            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void OneMessageTooMany_IsRefusedWithABlockAckOfZero()
        {
            TransportNode node = new TransportNode();

            for (int i = 1; i <= 3; i++)
            {
                node.Receive(SegmentedMessage.Access(node.Application, 10, Peer + i, Node, false, TransportNode.Payload(20)), 0, 10);
            }

            SegmentedMessage message = node.Message(10, 20);
            node.Expect(LowerTransportVerdict.Busy, message, 0, 10);
            node.ExpectAcknowledgment(Node, Peer, 10, 0);

            // To a group it is not acknowledged at all.
            message = SegmentedMessage.Access(node.Application, 20, Peer, TransportNode.Group, false, TransportNode.Payload(20));
            node.Expect(LowerTransportVerdict.Busy, message, 0, 20);
            node.ExpectNothing();

            // Nothing of it stays: it is accepted when there is room again.
            node.Run(10000);
            message = node.Message(30, 20);
            node.Skip();
            node.Receive(message, 0, 30);
            node.Expect(LowerTransportVerdict.Accepted, message, 1, 31);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void OneSegmentTooMany_IsRefusedWithABlockAckOfZero()
        {
            StackProfile profile = new StackProfile();
            profile.Segments = 40;
            TransportNode node = new TransportNode(profile);
            SegmentedMessage large = SegmentedMessage.Access(node.Application, 10, Peer + 1, Node, false, TransportNode.Payload(380));
            node.Receive(large, 0, 10);
            node.ExpectPool(8);

            node.Expect(LowerTransportVerdict.Busy, node.Message(10, 100), 0, 10);
            node.ExpectAcknowledgment(Node, Peer, 10, 0);
            node.Expect(LowerTransportVerdict.Segment, node.Message(20, 92), 0, 20);
            node.ExpectPool(0);
            node.Run(10000);
            node.ExpectPool(40);
        }

        [TestMethod]
        public void MessageToAGroup_IsNotAcknowledged()
        {
            TransportNode node = new TransportNode();
            node.Node.Subscriptions.Add(node.First, TransportNode.Group, UpperTransport.LabelTable.None);
            SegmentedMessage message = SegmentedMessage.Access(node.Application, 10, Peer, TransportNode.Group, false, TransportNode.Payload(30));

            node.Receive(message, 0, 10);
            node.Run(1000);
            node.Receive(message, 1, 11);
            node.Receive(message, 2, 12);
            node.Run(1000);
            node.Expect(LowerTransportVerdict.Completed, message, 2, 13);

            Assert.AreEqual(1, node.First.Count);
            node.ExpectNothing();
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void FullReplayList_RefusesNewSources()
        {
            StackProfile profile = new StackProfile();
            profile.ReplaySources = 1;
            TransportNode node = new TransportNode(profile);
            node.ReceiveAccess(10, Peer, Node, "8201");

            node.ReceiveAccess(10, Peer + 1, Node, "8201");
            SegmentedMessage message = SegmentedMessage.Access(node.Application, 10, Peer + 1, Node, false, TransportNode.Payload(20));
            node.Expect(LowerTransportVerdict.ReplayListFull, message, 0, 11);

            Assert.AreEqual(2u, node.Lower.Count(LowerTransportVerdict.ReplayListFull));
            Assert.AreEqual(1, node.First.Count);
            node.ReceiveAccess(11, Peer, Node, "8201");
            Assert.AreEqual(2, node.First.Count);
            node.ExpectPool(Pool);
            node.ExpectNothing();
        }

        // The list was filled while the message was put together.
        [TestMethod]
        public void FullReplayList_RefusesAMessageThatHasBegunBefore()
        {
            StackProfile profile = new StackProfile();
            profile.ReplaySources = 1;
            TransportNode node = new TransportNode(profile);
            SegmentedMessage message = node.Message(10, 20);
            node.Receive(message, 0, 10);
            node.ReceiveAccess(10, Peer + 1, Node, "8201");

            node.Expect(LowerTransportVerdict.Refused, message, 1, 11);

            Assert.AreEqual(1, node.First.Count);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void Acknowledgment_IsRepeatedForManySegments()
        {
            TransportNode node = new TransportNode();
            node.Lower.SarReceiver.Decode(new byte[] { 0x23, 0x51, 0x02 }, 0);
            SegmentedMessage few = node.Message(10, 40);
            SegmentedMessage many = SegmentedMessage.Access(node.Application, 20, Peer + 1, Node, false, TransportNode.Payload(50));

            for (int i = 0; i < 4; i++)
            {
                node.Receive(few, i, (uint)(10 + i));
            }

            node.ExpectAcknowledgment(Node, Peer, 10, 0x0F);
            node.Run(1000);
            node.ExpectNothing();

            for (int i = 0; i < 5; i++)
            {
                node.Receive(many, i, (uint)(20 + i));
            }

            Assert.AreEqual(2, node.First.Count);

            for (int i = 0; i < 3; i++)
            {
                node.ExpectAcknowledgment(Node, Peer + 1, 20, 0x1F);
                uint sequence = node.Peer.Sequence;
                node.Run(59);
                node.ExpectNothing();
                node.Run(1);
                Assert.AreEqual(sequence, node.Peer.Sequence);
            }

            node.ExpectNothing();
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void Acknowledgment_IsRepeatedWhileSegmentsAreMissing()
        {
            TransportNode node = new TransportNode();
            node.Lower.SarReceiver.Decode(new byte[] { 0x23, 0x51, 0x01 }, 0);
            SegmentedMessage message = node.Message(10, 60);
            node.Receive(message, 3, 13);

            node.Run(150);
            node.ExpectAcknowledgment(Node, Peer, 10, 0x08);
            node.Run(59);
            node.ExpectNothing();
            node.Run(1);
            node.ExpectAcknowledgment(Node, Peer, 10, 0x08);
            node.Run(5000);
            node.ExpectNothing();
        }

        [TestMethod]
        public void Acknowledgment_WaitsForRoom()
        {
            TransportNode node = new TransportNode();
            node.Receive(node.Message(10, 30), 0, 10);
            node.Bearer.Credit = 0;

            while (node.Node.Stack.Network.HasRoom)
            {
                Assert.AreEqual((int)SendVerdict.Sent, (int)node.Send(Peer + 1, 4, false, false));
            }

            node.Run(1000);
            node.Bearer.Credit = int.MaxValue;
            node.Run(200);

            Assert.AreEqual(13, node.Skip());
            Assert.IsTrue(node.Peer.Control);
        }

        [TestMethod]
        public void ControlMessage_InSegments()
        {
            TransportNode node = new TransportNode();
            node.Node.Heartbeat.SetSubscription(Peer, Node, 5, 0);
            SegmentedMessage message = new SegmentedMessage();
            message.Control = true;
            message.Header = 0x0A;
            message.SeqAuth = 10;
            message.Upper = "070003";

            node.Expect(LowerTransportVerdict.Accepted, message, 0, 10);

            Assert.AreEqual(1, node.Node.Heartbeat.Received);
            node.ExpectAcknowledgment(Node, Peer, 10, 0x01);

            // An acknowledgment cannot come so.
            message.Header = 0;
            message.SeqAuth = 20;
            message.Upper = "000000000000";
            node.Expect(LowerTransportVerdict.Refused, message, 0, 20);

            // The bit in the place of SZMIC is reserved.
            message.Header = 0x0A;
            message.SeqAuth = 30;
            message.Upper = "0700030000000000" + "00";
            node.Receive(message, 0, 30);
            message.Szmic = true;
            node.Expect(LowerTransportVerdict.Refused, message, 1, 31);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void RemovedSubnet_EndsItsMessages()
        {
            TransportNode node = new TransportNode();
            SegmentedMessage message = node.Message(10, 30);
            node.Receive(message, 0, 10);
            node.Node.Stack.Subnets.Add(1, new NetworkKey(Hex.Decode(TransportNode.AppKey)));

            node.Node.Stack.Subnets.Remove(node.Subnet);

            node.ExpectPool(Pool);
            node.Run(20000);
            node.ExpectNothing();
        }
    }
}
