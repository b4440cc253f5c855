using MeshNode.Fakes;
using MeshNode.Network;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode.Access
{
    [TestClass]
    public class PublicationTests
    {
        private const int Group = TransportNode.Group;

        // Section 4.2.3: 6 bits of steps, 2 of resolution.
        [TestMethod]
        [DataRow(0x00, 0)]
        [DataRow(0x01, 100)]
        [DataRow(0x3F, 6300)]
        [DataRow(0x40, 0)]
        [DataRow(0x7F, 63000)]
        [DataRow(0xBF, 630000)]
        [DataRow(0xFF, 37800000)]
        public void PeriodMilliseconds_OfEachResolution(int period, int milliseconds)
        {
            Assert.AreEqual((long)milliseconds, Publication.PeriodMilliseconds(period));
        }

        [TestMethod]
        [DataRow(0x4A, 0, 10000)]
        [DataRow(0x4A, 3, 1250)]
        [DataRow(0x4A, 15, 100)]
        [DataRow(0x01, 1, 100)]
        [DataRow(0x00, 3, 0)]
        public void PeriodTime_IsDividedButNeverEndless(int period, int divisor, int milliseconds)
        {
            Publication publication = new Publication();
            publication.Period = period;

            Assert.AreEqual((long)milliseconds, publication.PeriodTime(divisor));
        }

        [TestMethod]
        public void Retransmit_CountAndInterval()
        {
            Publication publication = new Publication();
            publication.Retransmit = 0xFF;
            Assert.AreEqual(7, publication.RetransmitCount);
            Assert.AreEqual(1600, publication.RetransmitInterval);
            publication.Retransmit = 0x08;
            Assert.AreEqual(0, publication.RetransmitCount);
            Assert.AreEqual(100, publication.RetransmitInterval);
        }

        [TestMethod]
        public void Period_PublishesTheStateOfThatMoment()
        {
            TransportNode node = new TransportNode();
            Publication publication = Publish(node, 0x42, 0);
            publication.Ttl = 9;

            node.First.Published = "820401";
            node.Run(1999);
            node.ExpectNothing();
            node.Run(1);
            Assert.IsTrue(node.Next());
            Assert.AreEqual("820401", node.Decrypt(node.Application, null));
            Assert.AreEqual(Group, node.Peer.Destination);
            Assert.AreEqual(TransportNode.Address, node.Peer.Source);
            Assert.AreEqual(9, node.Peer.Ttl);
            node.ExpectNothing();

            node.First.Published = "820402";
            publication.Ttl = Publication.DefaultTtl;
            node.Run(2000);
            Assert.IsTrue(node.Next());
            Assert.AreEqual("820402", node.Decrypt(node.Application, null));
            Assert.AreEqual(7, node.Peer.Ttl);
            Assert.AreEqual(2, node.First.Encoded);
        }

        [TestMethod]
        public void Publish_IsAtOnceAndLeavesThePeriodAlone()
        {
            TransportNode node = new TransportNode();
            Publish(node, 0x42, 0);
            node.Run(500);

            node.Node.Access.Publish(node.First, node.Now);
            node.Run(0);
            Assert.AreEqual(1, node.Skip());
            node.Run(1499);
            node.ExpectNothing();
            node.Run(1);
            Assert.AreEqual(1, node.Skip());
        }

        // Published again is the state of the moment, and a new message ends the retransmissions of the one before.
        [TestMethod]
        public void Retransmissions_FollowAndEndWithANewMessage()
        {
            TransportNode node = new TransportNode();
            Publish(node, 0, 0x08 | 2);
            node.First.Published = "820401";
            node.Node.Access.Publish(node.First, node.Now);
            node.Run(0);
            Assert.AreEqual(1, node.Skip());
            node.Run(99);
            node.ExpectNothing();
            node.First.Published = "820402";
            node.Run(1);
            Assert.IsTrue(node.Next());
            Assert.AreEqual("820402", node.Decrypt(node.Application, null));

            node.Node.Access.Publish(node.First, node.Now);
            node.Run(0);
            Assert.AreEqual(1, node.Skip());
            node.Run(100);
            Assert.AreEqual(1, node.Skip());
            node.Run(100);
            Assert.AreEqual(1, node.Skip());
            node.Run(10000);
            node.ExpectNothing();
        }

        [TestMethod]
        public void PeriodDivisor_MakesItFaster()
        {
            TransportNode node = new TransportNode();
            Publish(node, 0x44, 0);
            node.First.Divisor = 2;
            node.Node.Access.OnPublicationChanged(node.First, node.Now);

            node.Run(10000);
            Assert.AreEqual(10, node.Skip());
            node.First.Divisor = 15;
            node.Run(1100);
            Assert.AreEqual(2, node.Skip());
        }

        [TestMethod]
        public void Publish_NeedsAnAddressAndSomethingToSay()
        {
            TransportNode node = new TransportNode();
            node.First.Published = "8204";
            node.Node.Access.Publish(node.First, node.Now);
            node.Run(1000);
            Publish(node, 0, 0);
            node.First.Publication.Address = Address.Unassigned;
            node.Node.Access.Publish(node.First, node.Now);
            node.Run(1000);
            Assert.AreEqual(0, node.First.Encoded);

            node.First.Publication.Address = Group;
            node.First.Publication.Retransmit = 7;
            node.First.Published = "";
            node.Node.Access.Publish(node.First, node.Now);
            node.Run(1000);
            Assert.AreEqual(1, node.First.Encoded);
            node.ExpectNothing();
        }

        [TestMethod]
        public void Publish_WaitsForRoom()
        {
            TransportNode node = new TransportNode();
            Publish(node, 0, 1);
            node.Bearer.Credit = 0;

            while (node.Node.Stack.Network.HasRoom)
            {
                node.Send(TransportNode.PeerAddress, 4, false, false);
            }

            node.Node.Access.Publish(node.First, node.Now);
            node.Run(1000);
            node.Bearer.Credit = int.MaxValue;
            node.Run(1000);
            Assert.AreEqual(14, node.Skip());
        }

        [TestMethod]
        public void RemovedKey_EndsPublicationAndBinding()
        {
            TransportNode node = new TransportNode();
            node.Node.AppKeys.Add(5, 0, TransportKey.Application(new byte[16]));
            node.Second.Bindings = 3;
            Publication publication = Publish(node, 0x41, 7);
            publication.Label = node.Node.Labels.Refer(new byte[16], 0);
            publication.Address = node.Node.Labels.Address(publication.Label);
            node.Second.Publication = new Publication();
            node.Second.Publication.Address = Group;
            node.Second.Publication.AppKeyIndex = 5;
            node.Run(1000);
            Assert.AreEqual(1, node.Skip());

            node.Node.RemoveAppKey(0, node.Now);

            Assert.AreEqual(0u, node.First.Bindings);
            Assert.AreEqual(2u, node.Second.Bindings);
            Assert.AreEqual(Address.Unassigned, publication.Address);
            Assert.AreEqual(0, publication.Period + publication.Retransmit + publication.Ttl + publication.AppKeyIndex);
            Assert.AreEqual(LabelTable.None, publication.Label);
            Assert.AreEqual(LabelTable.None, node.Node.Labels.Find(new byte[16], 0));
            Assert.AreEqual(Group, node.Second.Publication.Address);
            node.Run(10000);
            node.ExpectNothing();
        }

        [TestMethod]
        public void LongPublication_GoesInSegments()
        {
            TransportNode node = new TransportNode();
            Publish(node, 0, 0);
            node.First.Published = TransportNode.Payload(30);

            node.Node.Access.Publish(node.First, node.Now);
            node.Run(5000);

            Assert.AreEqual(9, node.Skip());
            node.ExpectPool(96);
        }

        private static Publication Publish(TransportNode node, int period, int retransmit)
        {
            Publication publication = new Publication();
            Assert.AreEqual(LabelTable.None, publication.Label);
            publication.Address = Group;
            publication.Ttl = 5;
            publication.Period = period;
            publication.Retransmit = retransmit;
            node.First.Publication = publication;
            node.First.Published = "8204";
            node.Node.Access.OnPublicationChanged(node.First, node.Now);

            return publication;
        }
    }
}
