using MeshNode.Fakes;
using MeshNode.Network;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode.Access
{
    [TestClass]
    public class AccessLayerTests
    {
        private const int PeerAddress = TransportNode.PeerAddress;
        private const int Node = TransportNode.Address;
        private const int SecondElement = TransportNode.SecondAddress;
        private const int Group = TransportNode.Group;

        [TestMethod]
        [DataRow("8201", TransportNode.Address, (int)AccessVerdict.Accepted)]
        [DataRow("8202aabbcc", TransportNode.Address, (int)AccessVerdict.Accepted)]
        [DataRow("8203", TransportNode.Address, (int)AccessVerdict.UnknownOpcode)]
        [DataRow("04", TransportNode.Address, (int)AccessVerdict.UnknownOpcode)]
        [DataRow("c18201", TransportNode.Address, (int)AccessVerdict.UnknownOpcode)]
        [DataRow("8202", TransportNode.SecondAddress, (int)AccessVerdict.UnknownOpcode)]
        [DataRow("8201", 0xC000, (int)AccessVerdict.NotSubscribed)]
        [DataRow("7f", TransportNode.Address, (int)AccessVerdict.Opcode)]
        [DataRow("82", TransportNode.Address, (int)AccessVerdict.Opcode)]
        [DataRow("c159", TransportNode.Address, (int)AccessVerdict.Opcode)]
        public void Receive_Verdicts(string payload, int destination, int verdict)
        {
            TransportNode node = new TransportNode();

            node.ReceiveAccess(10, PeerAddress, destination, payload);

            Assert.AreEqual(verdict, (int)node.Node.Access.LastVerdict);
            Assert.AreEqual(1u, node.Node.Access.Count((AccessVerdict)verdict));
        }

        [TestMethod]
        [DataRow((int)ModelVerdict.Accepted, (int)AccessVerdict.Accepted)]
        [DataRow((int)ModelVerdict.UnknownOpcode, (int)AccessVerdict.UnknownOpcode)]
        [DataRow((int)ModelVerdict.Length, (int)AccessVerdict.Length)]
        [DataRow((int)ModelVerdict.Prohibited, (int)AccessVerdict.Prohibited)]
        public void Receive_VerdictOfTheModel(int model, int verdict)
        {
            TransportNode node = new TransportNode();
            node.First.Verdict = (ModelVerdict)model;

            node.ReceiveAccess(10, PeerAddress, Node, "8201");

            Assert.AreEqual(verdict, (int)node.Node.Access.LastVerdict);
            Assert.AreEqual(1u, node.Node.Access.Count((AccessVerdict)verdict));
        }

        [TestMethod]
        [DataRow(1, "04", 0x04)]
        [DataRow(2, "8203", 0x8203)]
        [DataRow(3, "c55900", 0xC50059)]
        public void Receive_OpcodesOfEachSize(int size, string opcode, int number)
        {
            Composition composition = new Composition(1, 2, 3);
            RecordingModel model = new RecordingModel(Model.Sig, 1, number);
            composition.AddElement(0).Add(model);
            Node node = new Node(
                new FakeAdvertisingBearer(), new FakeGattBearer(), new CountingRandom(), composition, new StackProfile());
            node.Join(Node, 0, false, 0, new NetworkKey(new byte[16]), false, new byte[16], 0);
            node.AppKeys.Add(0, 0, TransportKey.Application(new byte[16]));
            model.Bindings = 1;
            UpperTransportPdu pdu = new UpperTransportPdu();
            pdu.Source = PeerAddress;
            pdu.Destination = Node;
            pdu.Subnet = node.Stack.Subnets[0];
            byte[] payload = Hex.Decode(opcode + "aabb");

            node.Access.OnAccessPayload(pdu, payload, payload.Length, 0, LabelTable.None, 0);

            Assert.AreEqual(1, model.Count);
            Assert.AreEqual("aabb", model.Parameters);
            Assert.AreEqual(size + 2, payload.Length);
        }

        // "A message shall be delivered to each instance of a model": a server and a client may know the same message. Section 3.7.3.2.
        [TestMethod]
        public void Receive_EveryModelOfTheElementThatKnowsTheOpcode()
        {
            Composition composition = new Composition(1, 2, 3);
            Element element = composition.AddElement(0);
            RecordingModel server = new RecordingModel(Model.Sig, 1, 0x8201);
            RecordingModel client = new RecordingModel(Model.Sig, 2, 0x8201);
            RecordingModel unbound = new RecordingModel(Model.Sig, 3, 0x8201);
            element.Add(server);
            element.Add(client);
            element.Add(unbound);
            Node node = new Node(
                new FakeAdvertisingBearer(), new FakeGattBearer(), new CountingRandom(), composition, new StackProfile());
            node.Join(Node, 0, false, 0, new NetworkKey(new byte[16]), false, new byte[16], 0);
            node.AppKeys.Add(0, 0, TransportKey.Application(new byte[16]));
            server.Bindings = 1;
            client.Bindings = 1;
            server.Verdict = ModelVerdict.Accepted;
            client.Verdict = ModelVerdict.Prohibited;
            UpperTransportPdu pdu = new UpperTransportPdu();
            pdu.Source = PeerAddress;
            pdu.Destination = Node;
            pdu.Subnet = node.Stack.Subnets[0];

            node.Access.OnAccessPayload(pdu, Hex.Decode("8201"), 2, 0, LabelTable.None, 0);

            Assert.AreEqual(1, server.Count);
            Assert.AreEqual(1, client.Count);
            Assert.AreEqual(0, unbound.Count);
            Assert.AreEqual((int)AccessVerdict.Accepted, (int)node.Access.LastVerdict);
        }

        [TestMethod]
        public void Receive_OnlyModelsThatAreBoundToTheKey()
        {
            TransportNode node = new TransportNode();
            node.First.Bindings = 0;

            node.ReceiveAccess(10, PeerAddress, Node, "8201");
            Assert.AreEqual(0, node.First.Count);

            // A bound model beside it does not know the opcode, which is farther than not to be bound.
            Assert.AreEqual((int)AccessVerdict.UnknownOpcode, (int)node.Node.Access.LastVerdict);
            node.Other.Bindings = 2;
            node.ReceiveAccess(11, PeerAddress, Node, "8201");
            Assert.AreEqual((int)AccessVerdict.NotBound, (int)node.Node.Access.LastVerdict);
        }

        [TestMethod]
        public void Receive_GroupGoesToEveryModelThatSubscribes()
        {
            TransportNode node = new TransportNode();
            node.Node.Subscriptions.Add(node.Second, Group, LabelTable.None);
            node.ReceiveAccess(10, PeerAddress, Group, "8201");
            Assert.AreEqual(0, node.First.Count);
            Assert.AreEqual(1, node.Second.Count);
            Assert.AreEqual(Group, node.Second.Destination);
            Assert.AreEqual(1, node.Second.ElementIndex);

            node.Node.Subscriptions.Add(node.First, Group, LabelTable.None);
            node.ReceiveAccess(11, PeerAddress, Group, "8201");
            Assert.AreEqual(1, node.First.Count);
            Assert.AreEqual(2, node.Second.Count);

            // One refuses it, the other accepts: it was accepted.
            node.Second.Verdict = ModelVerdict.Length;
            node.ReceiveAccess(12, PeerAddress, Group, "8201");
            Assert.AreEqual((int)AccessVerdict.Accepted, (int)node.Node.Access.LastVerdict);

            node.Second.Bindings = 0;
            node.ReceiveAccess(13, PeerAddress, Group, "8201");
            Assert.AreEqual(3, node.Second.Count);
            Assert.AreEqual(3, node.First.Count);
        }

        // Section 3.4.2.4: fixed groups are for the primary element.
        [TestMethod]
        [DataRow(0xFFFF, false, false, true)]
        [DataRow(0xFFFE, true, false, true)]
        [DataRow(0xFFFE, false, true, false)]
        [DataRow(0xFFFC, false, true, true)]
        [DataRow(0xFFFC, true, false, false)]
        [DataRow(0xFFFD, true, true, false)]
        [DataRow(0xFFFB, true, true, false)]
        [DataRow(0xFF00, true, true, false)]
        public void Receive_FixedGroups(int destination, bool relay, bool proxy, bool isReceived)
        {
            TransportNode node = new TransportNode();
            node.Node.Stack.Network.RelayEnabled = relay;
            node.Node.Stack.Network.ProxyEnabled = proxy;

            node.ReceiveAccess(10, PeerAddress, destination, "8201");

            Assert.AreEqual(isReceived ? 1 : 0, node.First.Count);
            Assert.AreEqual(0, node.Second.Count);
        }

        [TestMethod]
        public void Receive_FixedGroupThatAModelSubscribesTo()
        {
            TransportNode node = new TransportNode();
            node.Node.Subscriptions.Add(node.Second, Address.AllFriends, LabelTable.None);

            node.ReceiveAccess(10, PeerAddress, Address.AllFriends, "8201");

            Assert.AreEqual(0, node.First.Count);
            Assert.AreEqual(1, node.Second.Count);
        }

        [TestMethod]
        public void Receive_ModelsWithDeviceKeysDoNotSubscribe()
        {
            TransportNode node = new TransportNode();
            node.Node.Subscriptions.Add(node.Foundation, Group, LabelTable.None);

            node.ReceiveAccess(node.Device, 10, PeerAddress, Group, 5, null, "8008");

            Assert.AreEqual(0, node.Foundation.Count);
            Assert.AreEqual((int)AccessVerdict.NotSubscribed, (int)node.Node.Access.LastVerdict);
        }

        // "a random delay between 20 and 50 milliseconds", "between 20 and 500". Section 3.7.4.
        [TestMethod]
        [DataRow(false, 0x00, 0x00, 20)]
        [DataRow(false, 0x00, 0x1E, 50)]
        [DataRow(false, 0x00, 0x1F, 20)]
        [DataRow(false, 0x00, 0x0A, 30)]
        [DataRow(true, 0x00, 0x00, 20)]
        [DataRow(true, 0x01, 0xE0, 500)]
        [DataRow(true, 0x01, 0xE1, 20)]
        [DataRow(true, 0x00, 0x64, 120)]
        public void Reply_WaitsARandomTime(bool group, int high, int low, int delay)
        {
            TransportNode node = new TransportNode();
            node.Node.Subscriptions.Add(node.First, Group, LabelTable.None);
            node.First.Answer = "820455";
            node.Random.Next = (byte)high;
            node.Random.Step = (byte)(low - high);
            node.ReceiveAccess(10, PeerAddress, group ? Group : Node, "8201");

            node.Run(delay - 1);
            node.ExpectNothing();
            node.Run(1);

            Assert.IsTrue(node.Next());
            Assert.AreEqual("820455", node.Decrypt(node.Application, null));
            Assert.AreEqual(PeerAddress, node.Peer.Destination);
            Assert.AreEqual(Node, node.Peer.Source);
            Assert.AreEqual(7, node.Peer.Ttl);
            node.ExpectNothing();
            node.ExpectPool(96);
        }

        [TestMethod]
        public void Reply_ComesFromTheElementThatWasAsked()
        {
            TransportNode node = new TransportNode();
            node.Second.Answer = "8204";

            node.ReceiveAccess(10, PeerAddress, SecondElement, "8201");
            node.Run(50);

            Assert.IsTrue(node.Next());
            Assert.AreEqual(SecondElement, node.Peer.Source);
        }

        [TestMethod]
        [DataRow(0, 5, 0)]
        [DataRow(1, 5, 5)]
        [DataRow(127, 0, 0)]
        [DataRow(7, 127, 127)]
        public void Reply_Ttl(int ttl, int defaultTtl, int expected)
        {
            TransportNode node = new TransportNode();
            node.Node.Access.DefaultTtl = defaultTtl;
            node.First.Answer = "8204";

            node.ReceiveAccess(node.Application, 10, PeerAddress, Node, ttl, null, "8201");
            node.Run(50);

            Assert.IsTrue(node.Next());
            Assert.AreEqual(expected, node.Peer.Ttl);
        }

        [TestMethod]
        public void Reply_TooManyAreCounted()
        {
            TransportNode node = new TransportNode();
            node.First.Answer = "8204";

            for (int i = 0; i < 7; i++)
            {
                node.ReceiveAccess(10, PeerAddress + i, Node, "8201");
            }

            Assert.AreEqual(1, node.First.Refused);
            Assert.AreEqual(1u, node.Node.Access.RepliesDropped);
            node.ExpectPool(96 - 6);
            node.Run(50);
            Assert.AreEqual(6, node.Skip());
            node.ExpectPool(96);
        }

        // Long answers wait for each other, but never for the memory that they hold themselves.
        [TestMethod]
        public void Reply_LongOnesDoNotHoldWhatTheyNeed()
        {
            StackProfile profile = new StackProfile();
            profile.Segments = 72;
            TransportNode node = new TransportNode(profile);
            node.First.Answer = TransportNode.Payload(380);
            node.Second.Answer = TransportNode.Payload(380);

            node.ReceiveAccess(10, PeerAddress, Node, "8201");
            node.ReceiveAccess(10, PeerAddress + 1, SecondElement, "8201");
            node.ExpectPool(8);

            node.Run(50);
            Assert.IsTrue(node.Lower.IsTransmitting);
            Assert.AreEqual(2, node.Skip());
            node.Run(30000);
            Assert.AreEqual(0u, node.Node.Access.RepliesDropped);
            Assert.AreEqual(2u, node.Lower.Timeouts);
            node.ExpectPool(72);
        }

        [TestMethod]
        public void Reply_WaitsForThePreviousMessageToTheSameDestination()
        {
            TransportNode node = new TransportNode();
            node.First.Answer = TransportNode.Payload(20);
            node.ReceiveAccess(10, PeerAddress, Node, "8201");
            node.ReceiveAccess(11, PeerAddress, Node, "8201");
            node.Run(110);
            Assert.AreEqual(2, node.Skip());
            Assert.AreEqual(1u, node.Peer.Sequence);

            node.ReceiveAcknowledgment(12, PeerAddress, Node, false, 0, 0x03);
            node.Run(80);
            Assert.AreEqual(2, node.Skip());
            Assert.AreEqual(3u, node.Peer.Sequence);
            node.ReceiveAcknowledgment(13, PeerAddress, Node, false, 2, 0x03);
            Assert.AreEqual(0u, node.Node.Access.RepliesDropped);
            node.ExpectPool(96);
        }

        [TestMethod]
        public void Reply_IsGivenUpWhenThereIsNoRoomForTooLong()
        {
            TransportNode node = new TransportNode();
            node.Bearer.Credit = 0;

            while (node.Node.Stack.Network.HasRoom)
            {
                node.Send(PeerAddress, 4, false, false);
            }

            node.First.Answer = "8204";
            node.ReceiveAccess(10, PeerAddress, Node, "8201");
            node.Run(19999);
            Assert.AreEqual(0u, node.Node.Access.RepliesDropped);
            node.Run(100);
            Assert.AreEqual(1u, node.Node.Access.RepliesDropped);
            node.ExpectPool(96);
        }

        [TestMethod]
        public void Reply_IsNotSentWithAKeyThatIsGone()
        {
            TransportNode node = new TransportNode();
            node.First.Answer = "8204";
            node.ReceiveAccess(10, PeerAddress, Node, "8201");

            node.Node.RemoveAppKey(0, node.Now);
            node.Run(100);

            node.ExpectNothing();
            Assert.AreEqual(1u, node.Node.Access.RepliesDropped);
            node.ExpectPool(96);
        }

        // The answer is due 20 to 50 ms after the message has been delivered, not when something else happens.
        [TestMethod]
        public void Reply_ToTheNodeItself()
        {
            TransportNode node = new TransportNode();
            node.Second.Answer = "8202aa";
            node.Send(SecondElement, 4, false, false);

            node.Run(60);

            Assert.AreEqual(1, node.Second.Count);
            Assert.AreEqual(1, node.Other.Count);
            Assert.AreEqual("aa", node.Other.Parameters);
            Assert.AreEqual(SecondElement, node.Other.Source);
            node.ExpectNothing();
        }

        [TestMethod]
        public void Receive_AllTheWayFromTheBearer()
        {
            TransportNode node = new TransportNode();
            node.Node.Subscriptions.Add(node.Second, Group, LabelTable.None);
            node.First.Answer = "820401";
            SegmentedMessage message = node.Message(0x100, 30);
            byte[] pdu;

            for (int i = 0; i < 3; i++)
            {
                pdu = node.Peer.Pdu(false, 4, (uint)(0x100 + i), PeerAddress, Node, message.Segment(i));
                node.Node.Stack.OnReceived(Bearers.AdvertisingData.MeshMessage, pdu, 0, pdu.Length, node.Now);
                node.Node.Stack.OnReceived(Bearers.AdvertisingData.MeshMessage, pdu, 0, pdu.Length, node.Now);
            }

            Assert.AreEqual(1, node.First.Count);
            Assert.AreEqual(4, node.First.Ttl);
            node.Run(50);
            node.ExpectAcknowledgment(Node, PeerAddress, 0x100, 0x07);
            Assert.IsTrue(node.Next());
            Assert.AreEqual("820401", node.Decrypt(node.Application, null));

            string transport = "66" + TransportNode.Encrypt(node.Application, false, 0x200, PeerAddress, Group + 1, null, "8201");
            pdu = node.Peer.Pdu(false, 4, 0x200, PeerAddress, Group + 1, transport);
            node.Node.Stack.OnReceived(Bearers.AdvertisingData.MeshMessage, pdu, 0, pdu.Length, node.Now);
            Assert.AreEqual(0, node.Second.Count);
            transport = "66" + TransportNode.Encrypt(node.Application, false, 0x201, PeerAddress, Group, null, "8201");
            pdu = node.Peer.Pdu(false, 4, 0x201, PeerAddress, Group, transport);
            node.Node.Stack.OnReceived(Bearers.AdvertisingData.MeshMessage, pdu, 0, pdu.Length, node.Now);
            Assert.AreEqual(1, node.Second.Count);
        }
    }
}
