using MeshNode.Access;
using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.LowerTransport
{
    [TestClass]
    public class LowerTransportSendTests
    {
        private const int Pool = 96;
        private const int Peer = TransportNode.PeerAddress;
        private const int Node = TransportNode.Address;
        private const int Group = TransportNode.Group;

        // For TTL 5: 200 ms, and 50 ms for each of four hops.
        private const int Interval = 400;

        [TestMethod]
        public void Send_ShortMessagesGoUnsegmented()
        {
            TransportNode node = new TransportNode();

            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Send(Peer, 11, false, false));

            Assert.IsTrue(node.Next());
            Assert.AreEqual("66", node.Peer.Transport.Substring(0, 2));
            Assert.AreEqual(TransportNode.Payload(11), node.Decrypt(node.Application, null));
            Assert.AreEqual(5, node.Peer.Ttl);
            Assert.AreEqual(Node, node.Peer.Source);
            Assert.AreEqual(Peer, node.Peer.Destination);
            Assert.IsFalse(node.Lower.IsTransmitting);
            node.Run(5000);
            node.ExpectNothing();
        }

        [TestMethod]
        [DataRow(12, false, false)]
        [DataRow(1, true, false)]
        [DataRow(1, false, true)]
        [DataRow(380, false, false)]
        [DataRow(376, true, true)]
        [DataRow(20, false, false)]
        public void Send_SegmentsMakeUpTheMessage(int count, bool segmented, bool szmic)
        {
            TransportNode node = new TransportNode();
            int length = count + (szmic ? 8 : 4);
            int segN = (length - 1) / 12;

            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Send(Peer, count, segmented, szmic));
            node.ExpectPool(Pool - segN - 1);
            string upper = "";
            uint seqAuth = 0;

            for (int i = 0; i <= segN; i++)
            {
                Assert.IsTrue(node.Next());
                seqAuth = i == 0 ? node.Peer.Sequence : seqAuth;
                SegmentedMessage message = new SegmentedMessage();
                message.Header = 0x66;
                message.Szmic = szmic;
                message.SeqAuth = seqAuth;
                string octets = node.Peer.Transport.Substring(8);

                Assert.AreEqual(message.Segment(i, segN, octets), node.Peer.Transport);
                Assert.AreEqual(i < segN ? 24 : 2 * (length - 12 * segN), octets.Length);
                Assert.AreEqual(seqAuth + (uint)i, node.Peer.Sequence);
                upper += octets;
                node.Run(60);
            }

            Assert.AreEqual(TransportNode.Payload(count), node.Decrypt(node.Application, szmic, seqAuth, Node, Peer, null, upper));
            Assert.IsTrue(node.Lower.IsTransmitting);
            node.ReceiveAcknowledgment(10, Peer, Node, false, seqAuth, 0xFFFFFFFF >> (31 - segN));
            Assert.IsFalse(node.Lower.IsTransmitting);
            node.ExpectPool(Pool);
            node.Run(5000);
            node.ExpectNothing();
        }

        [TestMethod]
        public void Send_SegmentsAreApartFromWhenTheyWereSentNotQueued()
        {
            TransportNode node = new TransportNode();
            node.SendsAtOnce = false;
            node.Send(Peer, 30, false, false);
            node.ExpectSegment(0);
            node.Run(5000);
            node.ExpectNothing();

            Sent(node);
            node.Run(59);
            node.ExpectNothing();
            node.Run(1);
            node.ExpectSegment(1);
            Sent(node);
            node.Run(60);
            node.ExpectSegment(2);

            // And so does the time for the acknowledgment.
            node.Run(5000);
            node.ExpectNothing();
            Sent(node);
            node.Run(Interval - 1);
            node.ExpectNothing();
            node.Run(1);
            node.ExpectSegment(0);
        }

        [TestMethod]
        public void Send_ABearerThatSaysNothingDoesNotStopItForEver()
        {
            TransportNode node = new TransportNode();
            node.SendsAtOnce = false;
            node.Send(Peer, 20, false, false);
            node.ExpectSegment(0);

            node.Run(10060);
            node.ExpectSegment(1);
            node.Run(200000);

            Assert.IsFalse(node.Lower.IsTransmitting);
            Assert.AreEqual(1u, node.Lower.Timeouts);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        [DataRow(0, 10)]
        [DataRow(15, 160)]
        public void Send_SegmentIntervalIsThatOfTheState(int step, int interval)
        {
            TransportNode node = new TransportNode();
            node.Lower.SarTransmitter.Decode(new byte[] { (byte)(0x20 | step), 0x72, 0x21, 0x09 }, 0);
            node.Send(Peer, 30, false, false);
            node.ExpectSegment(0);
            node.Run(interval - 1);
            node.ExpectNothing();
            node.Run(1);
            node.ExpectSegment(1);
            node.Run(interval);
            node.ExpectSegment(2);
        }

        [TestMethod]
        public void Send_OnlyWhatIsMissingIsRepeatedAndAtOnce()
        {
            TransportNode node = new TransportNode();
            node.Send(Peer, 50, false, false);
            node.Run(4 * 60);
            Assert.AreEqual(5, node.Skip());
            node.Run(100);

            node.ReceiveAcknowledgment(10, Peer, Node, false, 0, 0x0A);
            Assert.AreEqual((int)LowerTransportVerdict.Acknowledgment, (int)node.Lower.LastVerdict);
            node.ExpectPool(Pool - 3);

            node.Run(0);
            node.ExpectSegment(0);
            node.Run(60);
            node.ExpectSegment(2);
            node.Run(60);
            node.ExpectSegment(4);
            Assert.AreEqual(7u, node.Peer.Sequence);
            node.Run(Interval - 1);
            node.ExpectNothing();
            node.ReceiveAcknowledgment(11, Peer, Node, false, 0, 0x1F);
            Assert.IsFalse(node.Lower.IsTransmitting);
            Assert.AreEqual(0u, node.Lower.Timeouts);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        [DataRow(2, 2, 5, 3)]
        [DataRow(0, 15, 5, 1)]
        [DataRow(15, 0, 5, 1)]
        [DataRow(15, 1, 5, 2)]
        [DataRow(3, 15, 0, 4)]
        [DataRow(2, 2, 127, 3)]
        public void Send_IsGivenUpAfterItsRetransmissions(int retransmissions, int withoutProgress, int ttl, int rounds)
        {
            TransportNode node = new TransportNode();
            node.Lower.SarTransmitter.Decode(new byte[] { (byte)((retransmissions << 4) | 0x05), (byte)(0x70 | withoutProgress), 0x21, 0x09 }, 0);
            int interval = ttl == 0 ? 200 : 200 + 50 * (ttl - 1);
            node.Send(Peer, 0, 20, ttl, false, false);

            for (int i = 0; i < rounds; i++)
            {
                node.ExpectSegment(0);
                node.Run(60);
                node.ExpectSegment(1);
                Assert.AreEqual(ttl, node.Peer.Ttl);
                node.Run(interval - 1);
                node.ExpectNothing();
                Assert.IsTrue(node.Lower.IsTransmitting);
                node.Run(1);
            }

            node.ExpectNothing();
            Assert.IsFalse(node.Lower.IsTransmitting);
            Assert.AreEqual(1u, node.Lower.Timeouts);
            Assert.AreEqual(0u, node.Lower.Cancellations);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void Send_ProgressAllowsFurtherRetransmissions()
        {
            TransportNode node = new TransportNode();
            node.Lower.SarTransmitter.Decode(new byte[] { 0xF5, 0x72, 0x21, 0x09 }, 0);
            node.Send(Peer, 50, false, false);
            node.Run(4 * 60 + Interval + 4 * 60 + Interval - 1);
            Assert.AreEqual(10, node.Skip());

            // One is left, and the next in vain would be the last.
            node.ReceiveAcknowledgment(10, Peer, Node, false, 0, 0x01);
            node.Run(3 * 60);
            Assert.AreEqual(4, node.Skip());
            node.Run(Interval + 3 * 60);
            Assert.AreEqual(4, node.Skip());
            node.Run(Interval + 3 * 60);
            Assert.AreEqual(4, node.Skip());
            node.Run(Interval);
            node.ExpectNothing();
            Assert.AreEqual(1u, node.Lower.Timeouts);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void Send_NoRetransmissionIsLeftForAnAcknowledgment()
        {
            TransportNode node = new TransportNode();
            node.Lower.SarTransmitter.Decode(new byte[] { 0x05, 0x72, 0x21, 0x09 }, 0);
            node.Send(Peer, 20, false, false);
            node.Run(100);
            Assert.AreEqual(2, node.Skip());

            node.ReceiveAcknowledgment(10, Peer, Node, false, 0, 0x01);
            node.Run(60 + Interval - 101);
            node.ExpectNothing();
            Assert.IsTrue(node.Lower.IsTransmitting);

            node.Run(1);
            Assert.IsFalse(node.Lower.IsTransmitting);
            Assert.AreEqual(1u, node.Lower.Timeouts);
        }

        // The late acknowledgment of one round comes in the middle of the next, when what is still missing has been sent again already.
        [TestMethod]
        public void Send_AcknowledgmentInTheMiddleOfARound()
        {
            TransportNode node = new TransportNode();
            node.Send(Peer, 30, false, false);
            node.Run(120 + Interval);
            Assert.AreEqual(4, node.Skip());

            node.ReceiveAcknowledgment(10, Peer, Node, false, 0, 0x06);
            node.Run(Interval - 1);
            node.ExpectNothing();
            node.Run(1);
            node.ExpectSegment(0);
            node.ReceiveAcknowledgment(11, Peer, Node, false, 0, 0x07);
            Assert.IsFalse(node.Lower.IsTransmitting);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void Send_AcknowledgmentInTheMiddleOfARoundSkipsWhatHasArrived()
        {
            TransportNode node = new TransportNode();
            node.Send(Peer, 50, false, false);
            node.Run(240 + Interval);
            Assert.AreEqual(6, node.Skip());

            node.ReceiveAcknowledgment(10, Peer, Node, false, 0, 0x0E);
            node.Run(60);
            node.ExpectSegment(4);
            node.Run(Interval);
            node.ExpectSegment(0);
            node.Run(60);
            node.ExpectSegment(4);
        }

        [TestMethod]
        public void Send_AcknowledgmentWhileTheBearerHasTheLastSegment()
        {
            TransportNode node = new TransportNode();
            node.Send(Peer, 30, false, false);
            node.Run(60);
            node.SendsAtOnce = false;
            node.Run(60);
            Assert.AreEqual(3, node.Skip());

            node.ReceiveAcknowledgment(10, Peer, Node, false, 0, 0x05);
            node.Run(5000);
            node.ExpectNothing();
            Sent(node);
            node.Run(Interval);
            node.ExpectSegment(1);

            // The whole of it may come before the bearer has sent it.
            node.ReceiveAcknowledgment(11, Peer, Node, false, 0, 0x07);
            Assert.IsFalse(node.Lower.IsTransmitting);
            Sent(node);
            node.Run(5000);
            node.ExpectNothing();
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void Send_IsCancelledByABlockAckOfZero()
        {
            TransportNode node = new TransportNode();
            node.Send(Peer, 50, false, false);
            node.Run(60);
            Assert.AreEqual(2, node.Skip());

            node.ReceiveAcknowledgment(10, Peer, Node, false, 0, 0);

            Assert.IsFalse(node.Lower.IsTransmitting);
            Assert.AreEqual(1u, node.Lower.Cancellations);
            Assert.AreEqual(0u, node.Lower.Timeouts);
            node.ExpectPool(Pool);
            node.Run(5000);
            node.ExpectNothing();
        }

        [TestMethod]
        public void Send_IsAcknowledgedByAFriend()
        {
            TransportNode node = new TransportNode();
            node.Send(Peer, 20, false, false);
            node.Run(60);

            node.ReceiveAcknowledgment(10, Peer + 5, Node, false, 0, 0x03);
            Assert.AreEqual((int)LowerTransportVerdict.UnknownAcknowledgment, (int)node.Lower.LastVerdict);
            Assert.IsTrue(node.Lower.IsTransmitting);

            node.ReceiveAcknowledgment(11, Peer + 5, Node, true, 0, 0x03);
            Assert.AreEqual((int)LowerTransportVerdict.Acknowledgment, (int)node.Lower.LastVerdict);
            Assert.IsFalse(node.Lower.IsTransmitting);
        }

        // Section 3.5.3.3.2, the conditions for a valid acknowledgment.
        [TestMethod]
        public void Acknowledgment_ThatFitsNothingIsIgnored()
        {
            TransportNode node = new TransportNode();
            uint sequence = 10;
            node.ReceiveAcknowledgment(sequence++, Peer, Node, false, 0, 0x01);
            node.Send(Peer, 30, false, false);
            node.Run(120);
            Assert.AreEqual(3, node.Skip());

            node.ReceiveAcknowledgment(sequence++, Peer, Node, false, 1, 0x01);
            node.ReceiveAcknowledgment(sequence++, Peer, TransportNode.SecondAddress, false, 0, 0x01);
            node.ReceiveAcknowledgment(sequence++, Peer, Node, false, 0, 0x09);
            node.ReceiveAcknowledgment(sequence++, Peer, Node, false, 0, 0x80000001);
            Assert.AreEqual(5u, node.Lower.Count(LowerTransportVerdict.UnknownAcknowledgment));
            node.Receive(true, 5, sequence++, Peer, Node, "00000000000001" + "00");
            node.Receive(true, 5, sequence++, Peer, Node, "000000000001");
            Assert.AreEqual(2u, node.Lower.Count(LowerTransportVerdict.Length));
            node.ExpectPool(Pool - 3);

            // It must tell something new: repeated, it makes nobody send anything.
            node.ReceiveAcknowledgment(sequence++, Peer, Node, false, 0, 0x01);
            node.Run(60);
            Assert.AreEqual(2, node.Skip());
            node.ReceiveAcknowledgment(sequence++, Peer, Node, false, 0, 0x01);
            Assert.AreEqual(6u, node.Lower.Count(LowerTransportVerdict.UnknownAcknowledgment));
            node.Run(Interval - 1);
            node.ExpectNothing();

            Subnet other = node.Node.Stack.Subnets.Add(1, new NetworkKey(Hex.Decode(TransportNode.AppKey)));
            node.Receive(other, Fakes.Peer.SampleIvIndex, true, 5, sequence++, Peer, Node, "00000000000007");
            Assert.AreEqual(7u, node.Lower.Count(LowerTransportVerdict.UnknownAcknowledgment));
            Assert.IsTrue(node.Lower.IsTransmitting);
        }

        [TestMethod]
        public void Acknowledgment_IsNotTakenTwice()
        {
            TransportNode node = new TransportNode();
            node.Send(Peer, 30, false, false);
            node.Run(120);
            node.ReceiveAcknowledgment(10, Peer, Node, false, 0, 0x01);

            node.ReceiveAcknowledgment(10, Peer, Node, false, 0, 0x07);

            Assert.AreEqual((int)LowerTransportVerdict.Replayed, (int)node.Lower.LastVerdict);
            Assert.IsTrue(node.Lower.IsTransmitting);
        }

        [TestMethod]
        [DataRow(2, 9)]
        [DataRow(0, 0)]
        [DataRow(7, 15)]
        public void SendToAGroup_RepeatsAllOfIt(int retransmissions, int step)
        {
            TransportNode node = new TransportNode();
            node.Lower.SarTransmitter.Decode(new byte[] { 0x25, 0x72, (byte)((retransmissions << 4) | 0x01), (byte)step }, 0);
            int interval = (step + 1) * 25;
            node.Send(Group, 30, false, false);

            for (int i = 0; i <= retransmissions; i++)
            {
                node.ExpectSegment(0);
                node.Run(60);
                node.ExpectSegment(1);
                node.Run(60);
                node.ExpectSegment(2);
                node.Run(interval - 1);
                node.ExpectNothing();
                node.Run(1);
            }

            node.ExpectNothing();
            Assert.IsFalse(node.Lower.IsTransmitting);
            Assert.AreEqual(0u, node.Lower.Timeouts);
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void SendToAGroup_IsNotAcknowledged()
        {
            TransportNode node = new TransportNode();
            node.Send(Group, 20, false, false);

            node.ReceiveAcknowledgment(10, Peer, Node, true, 0, 0x03);

            Assert.AreEqual((int)LowerTransportVerdict.UnknownAcknowledgment, (int)node.Lower.LastVerdict);
            Assert.IsTrue(node.Lower.IsTransmitting);
        }

        [TestMethod]
        public void IvUpdate_EndsWhenTheMessageHasEnded()
        {
            TransportNode node = new TransportNode();
            IvIndex ivIndex = node.Node.Stack.IvIndex;
            ivIndex.TestMode = true;
            Assert.IsTrue(ivIndex.StartUpdate(node.Now));
            node.Send(Peer, 20, false, false);
            node.Run(60);

            Assert.AreEqual((int)IvIndexVerdict.Deferred, (int)ivIndex.Receive(Fakes.Peer.SampleIvIndex + 1, false, true, node.Now));
            node.Run(300);
            Assert.IsTrue(ivIndex.UpdateInProgress);
            Assert.AreEqual(Fakes.Peer.SampleIvIndex, ivIndex.TransmitIndex);

            node.ReceiveAcknowledgment(10, Peer, Node, false, 0, 0x03);
            node.Run(1000);
            Assert.IsFalse(ivIndex.UpdateInProgress);
            Assert.AreEqual(0u, node.Lower.Cancellations);
        }

        [TestMethod]
        public void TransmitIndex_ThatChangesCancelsTheMessage()
        {
            TransportNode node = new TransportNode();
            node.Send(Peer, 50, false, false);
            node.Send(Group, 50, false, false);

            Assert.AreEqual(
                (int)IvIndexVerdict.Recover, (int)node.Node.Stack.IvIndex.Receive(Fakes.Peer.SampleIvIndex + 5, false, true, node.Now));

            Assert.IsFalse(node.Lower.IsTransmitting);
            Assert.IsFalse(node.Node.Stack.IvIndex.SegmentedTransmission);
            Assert.AreEqual(2u, node.Lower.Cancellations);
            node.ExpectPool(Pool);
            node.Skip();
            node.Run(5000);
            node.ExpectNothing();
        }

        [TestMethod]
        public void RemovedSubnet_CancelsItsMessages()
        {
            TransportNode node = new TransportNode();
            Subnet other = node.Node.Stack.Subnets.Add(1, new NetworkKey(Hex.Decode(TransportNode.AppKey)));
            node.Send(Peer, 50, false, false);
            node.Skip();

            node.Node.Stack.Subnets.Remove(other);
            Assert.IsTrue(node.Lower.IsTransmitting);
            node.Node.Stack.Subnets.Remove(node.Subnet);

            Assert.IsFalse(node.Lower.IsTransmitting);
            Assert.AreEqual(1u, node.Lower.Cancellations);
            node.ExpectPool(Pool);
            node.Run(5000);
            node.ExpectNothing();
        }

        // SeqZero tells SeqAuth for 8192 SEQ only. Section 3.5.3.1.
        [TestMethod]
        [DataRow(8190, true)]
        [DataRow(8191, false)]
        public void Send_IsCancelledWhenSeqZeroDoesNotTellSeqAuth(int taken, bool isSent)
        {
            TransportNode node = new TransportNode();
            node.Send(Peer, 20, false, false);
            node.ExpectSegment(0);
            uint sequence;

            for (int i = 0; i < taken; i++)
            {
                node.Node.Stack.Sequence.TryTake(out sequence);
            }

            node.Run(60);

            Assert.AreEqual(isSent ? 1 : 0, node.Skip());
            Assert.AreEqual(isSent, node.Lower.IsTransmitting);
            Assert.AreEqual(isSent ? 0u : 1u, node.Lower.Cancellations);
        }

        [TestMethod]
        public void Send_ToAnElementOfItsOwn()
        {
            TransportNode node = new TransportNode();

            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Send(TransportNode.SecondAddress, 4, false, false));
            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Send(TransportNode.SecondAddress, 50, false, false));
            node.Run(1000);

            Assert.AreEqual(2, node.Second.Count);
            Assert.AreEqual(TransportNode.Payload(50).Substring(4), node.Second.Parameters);
            Assert.AreEqual(Node, node.Second.Source);
            Assert.AreEqual(0, node.Node.Stack.Replay.Count);
            Assert.IsFalse(node.Lower.IsTransmitting);
            Assert.AreEqual(0u, node.Lower.Timeouts);
            node.ExpectPool(Pool);
            node.ExpectNothing();
        }

        [TestMethod]
        public void Send_ToAGroupOfItsOwn()
        {
            TransportNode node = new TransportNode();
            node.Node.Subscriptions.Add(node.Second, Group, UpperTransport.LabelTable.None);

            node.Send(Group, 30, false, false);
            node.Run(5000);

            Assert.AreEqual(1, node.Second.Count);
            Assert.AreEqual(9, node.Skip());
            node.ExpectPool(Pool);
        }

        [TestMethod]
        public void Send_OneMessageAtATimeToADestination()
        {
            TransportNode node = new TransportNode();
            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Send(Peer, 20, false, false));
            uint sequence = node.Node.Stack.Sequence.Next;

            Assert.AreEqual((int)SendVerdict.NoRoom, (int)node.Send(Peer, 20, false, false));
            Assert.AreEqual(sequence, node.Node.Stack.Sequence.Next);

            // What is refused stays as it was composed.
            Assert.AreEqual(TransportNode.Payload(20), Hex.Encode(node.Node.Access.Buffer, 0, 20));
            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Send(Peer, 4, false, false));
            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Send(Peer + 1, 20, false, false));
            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Send(Group, 20, false, false));
            Assert.AreEqual((int)SendVerdict.NoRoom, (int)node.Send(Peer + 2, 20, false, false));

            node.Run(60);
            node.ReceiveAcknowledgment(10, Peer, Node, false, 0, 0x03);
            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Send(Peer, 20, false, false));
        }

        [TestMethod]
        public void Send_NeedsSegments()
        {
            StackProfile profile = new StackProfile();
            profile.Segments = 32;
            TransportNode node = new TransportNode(profile);
            node.Send(Peer, 300, false, false);
            uint sequence = node.Node.Stack.Sequence.Next;

            Assert.AreEqual((int)SendVerdict.NoRoom, (int)node.Send(Peer + 1, 90, false, false));
            Assert.AreEqual(sequence, node.Node.Stack.Sequence.Next);
            Assert.AreEqual((int)SendVerdict.Sent, (int)node.Send(Peer + 1, 68, false, false));
            node.ExpectPool(0);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(20)]
        public void Send_WithTtlOneReachesNobodyElse(int count)
        {
            TransportNode node = new TransportNode();

            Assert.AreEqual((int)SendVerdict.Ttl, (int)node.Send(Peer, 0, count, 1, false, false));

            Assert.IsFalse(node.Lower.IsTransmitting);
            Assert.IsFalse(node.Node.Stack.IvIndex.SegmentedTransmission);
            node.ExpectPool(Pool);
            node.ExpectNothing();
        }

        [TestMethod]
        public void Send_WaitsForRoomBetweenSegments()
        {
            TransportNode node = new TransportNode();
            node.Send(Peer, 20, false, false);
            node.ExpectSegment(0);
            node.Bearer.Credit = 0;

            while (node.Node.Stack.Network.HasRoom)
            {
                node.Send(Peer + 1, 4, false, false);
            }

            node.Run(1000);
            node.ExpectNothing();
            Assert.IsTrue(node.Lower.IsTransmitting);
            node.Bearer.Credit = int.MaxValue;
            node.Run(200);
            Assert.AreEqual(13, node.Skip());
            Assert.AreEqual(1, node.SentSegO);
        }

        // The bearer has sent everything that it was given.
        private static void Sent(TransportNode node)
        {
            node.SendsAtOnce = true;
            node.Report();
            node.SendsAtOnce = false;
        }
    }
}
