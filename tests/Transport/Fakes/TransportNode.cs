using System;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode.Fakes
{
    /// <summary>
    /// A whole node with fakes at its bearers and recording models, a clock, and another node with keys of its own that speaks to its lower
    /// transport layer and reads what it sends.
    /// </summary>
    /// <remarks>
    /// Elements 0x0001 and 0x0002, the primary subnet with the sample NetKey, AppKey Index 0 with the sample AppKey, bound to
    /// <see cref="First"/>, <see cref="Other"/> and <see cref="Second"/>. Received PDUs are given to the lower transport layer, so that no
    /// cache of the network layer is in the way.
    /// </remarks>
    internal sealed class TransportNode : INodeClient
    {
        public const string AppKey = "63964771734fbd76e3b40519d1d94a48";
        public const string DeviceKey = "9d6dd0e96eb25dc19a40ed9914f8f03f";
        public const int Address = 0x0001;
        public const int SecondAddress = 0x0002;
        public const int PeerAddress = 0x0100;
        public const int Group = 0xC000;
        public const int Opcode = 0x8201;
        public const int OtherOpcode = 0x8202;
        public const int DeviceOpcode = 0x8008;

        public readonly FakeAdvertisingBearer Bearer = new FakeAdvertisingBearer();
        public readonly FakeGattBearer Gatt = new FakeGattBearer();
        public readonly CountingRandom Random = new CountingRandom();
        public readonly Peer Peer = new Peer(Peer.SampleNetKey, Peer.SampleIvIndex);
        public readonly TransportKey Application = TransportKey.Application(Hex.Decode(AppKey));
        public readonly TransportKey Device = TransportKey.Device(Hex.Decode(DeviceKey));

        /// <summary>Models of the first element.</summary>
        public readonly RecordingModel Foundation = new RecordingModel(Model.Sig, 0, DeviceOpcode) { DeviceKey = true };

        public readonly RecordingModel First = new RecordingModel(Model.Sig, 0x1000, Opcode);
        public readonly RecordingModel Other = new RecordingModel(0x0059, 1, OtherOpcode);

        /// <summary>The model of the second element.</summary>
        public readonly RecordingModel Second = new RecordingModel(Model.Sig, 0x1000, Opcode);

        public readonly Node Node;
        public readonly Subnet Subnet;

        public long Now;
        public int Resets;

        /// <summary>Whether the bearer says at once that it has sent what it was given.</summary>
        public bool SendsAtOnce = true;

        private static readonly byte[] s_upper = new byte[UpperTransportAccessPdu.MaxLength];

        private readonly NetworkPdu _pdu = new NetworkPdu();
        private int _reported;
        private int _read;

        public TransportNode()
            : this(new StackProfile())
        {
        }

        public TransportNode(StackProfile profile)
        {
            Composition composition = new Composition(0x0059, 1, 1);
            Element element = composition.AddElement(0);
            element.Add(Foundation);
            element.Add(First);
            element.Add(Other);
            composition.AddElement(0).Add(Second);
            Node = new Node(Bearer, Gatt, Random, composition, profile);
            Node.Client = this;
            Join(Peer.SampleIvIndex, false);
            Subnet = Node.Stack.Subnets.Find(0);
        }

        public LowerTransportLayer Lower
        {
            get { return Node.LowerTransport; }
        }

        /// <summary>Joins the network of the sample data.</summary>
        public void Join(uint ivIndex, bool ivUpdate)
        {
            Node.Join(Address, ivIndex, ivUpdate, 0, new NetworkKey(Hex.Decode(Peer.SampleNetKey)), false, Hex.Decode(DeviceKey), Now);
            Node.Stack.Beacons.Enabled = false;
            Node.AppKeys.Add(0, 0, TransportKey.Application(Hex.Decode(AppKey)));
            First.Bindings = 1;
            Other.Bindings = 1;
            Second.Bindings = 1;
        }

        public void OnReset(long now)
        {
            Resets++;
        }

        /// <summary>Lets time pass.</summary>
        public void Run(long time)
        {
            long until = Now + time;

            for (int i = 0; i < 100000; i++)
            {
                long next = Node.Tick(Now);

                if (Report() || next <= Now)
                {
                    continue;
                }

                if (next > until)
                {
                    Now = until;

                    return;
                }

                Now = next;
            }

            throw new InvalidOperationException();
        }

        /// <summary>Receives a Lower Transport PDU.</summary>
        public void Receive(bool control, int ttl, uint sequence, int source, int destination, string transport)
        {
            Receive(Subnet, Node.Stack.IvIndex.Current, control, ttl, sequence, source, destination, transport);
        }

        /// <summary>Receives a Lower Transport PDU by any subnet and IV Index.</summary>
        public void Receive(Subnet subnet, uint ivIndex, bool control, int ttl, uint sequence, int source, int destination, string transport)
        {
            byte[] octets = Hex.Decode(transport);
            NetworkPdu pdu = _pdu;
            pdu.Interface = NetworkInterface.Advertising;
            pdu.Subnet = subnet;
            pdu.Key = subnet.Key;
            pdu.IvIndex = ivIndex;
            pdu.Control = control;
            pdu.Ttl = ttl;
            pdu.Sequence = sequence;
            pdu.Source = source;
            pdu.Destination = destination;
            pdu.TransportLength = octets.Length;
            pdu.Payload[0] = (byte)(destination >> 8);
            pdu.Payload[1] = (byte)destination;
            Array.Copy(octets, 0, pdu.Payload, NetworkPdu.TransportOffset, octets.Length);
            Assert.IsTrue(Lower.OnNetworkPdu(pdu, Now));
            Report();
        }

        /// <summary>Receives an unsegmented access message secured with the application key.</summary>
        public void ReceiveAccess(uint sequence, int source, int destination, string payload)
        {
            ReceiveAccess(Application, sequence, source, destination, 5, null, payload);
        }

        /// <summary>Receives an unsegmented access message.</summary>
        public void ReceiveAccess(TransportKey key, uint sequence, int source, int destination, int ttl, byte[] label, string payload)
        {
            byte[] header = new byte[1];
            header[0] = (byte)(key.IsApplicationKey ? 0x40 | key.Aid : 0);
            string upper = Encrypt(key, false, sequence, source, destination, label, payload);
            Receive(false, ttl, sequence, source, destination, Hex.Encode(header) + upper);
        }

        /// <summary>Receives a segment.</summary>
        public void Receive(SegmentedMessage message, int segO, uint sequence)
        {
            Receive(message.Control, message.Ttl, sequence, message.Source, message.Destination, message.Segment(segO));
        }

        /// <summary>Receives a segment, and checks verdict and counter.</summary>
        public void Expect(LowerTransportVerdict verdict, SegmentedMessage message, int segO, uint sequence)
        {
            Expect(verdict, message, message.Segment(segO), sequence);
        }

        /// <summary>Receives any Lower Transport PDU of a segmented message, and checks verdict and counter.</summary>
        public void Expect(LowerTransportVerdict verdict, SegmentedMessage message, string transport, uint sequence)
        {
            uint count = Lower.Count(verdict);
            Receive(message.Control, message.Ttl, sequence, message.Source, message.Destination, transport);
            Assert.AreEqual((int)verdict, (int)Lower.LastVerdict);
            Assert.AreEqual(count + 1, Lower.Count(verdict));
        }

        /// <summary>Receives a Segment Acknowledgment.</summary>
        public void ReceiveAcknowledgment(uint sequence, int source, int destination, bool onBehalfOf, uint seqAuth, uint blockAck)
        {
            Receive(true, 5, sequence, source, destination, Acknowledgment(onBehalfOf, seqAuth, blockAck));
        }

        /// <summary>Segments that nobody has, as if nothing was under way.</summary>
        public void ExpectPool(int available)
        {
            Assert.AreEqual(available, Lower.Segments.Available);
        }

        /// <summary>Sends an access message of the first element with the application key.</summary>
        public SendVerdict Send(int destination, int count, bool segmented, bool szmic)
        {
            return Send(destination, 0, count, 5, segmented, szmic);
        }

        /// <summary>Sends an access message of the first element.</summary>
        public SendVerdict Send(int destination, int appKeyIndex, int count, int ttl, bool segmented, bool szmic)
        {
            byte[] payload = Hex.Decode(Payload(count));
            Array.Copy(payload, 0, Node.Access.Buffer, 0, count);
            SendVerdict verdict = Node.Access.Send(
                First.Element, destination, LabelTable.None, appKeyIndex, Subnet, ttl, segmented, szmic, count, Now);
            Report();

            return verdict;
        }

        /// <summary>The next message that the node has sent, as <see cref="Peer"/> has read it.</summary>
        /// <returns><see langword="false"/> when there is none.</returns>
        public bool Next()
        {
            while (_read < Bearer.Count)
            {
                _read++;

                if (Bearer.Type(_read - 1) == AdvertisingData.MeshMessage)
                {
                    Assert.IsTrue(Peer.Read(Bearer.Payload(_read - 1)));

                    return true;
                }
            }

            return false;
        }

        /// <summary>Number of messages that were sent and not read yet; they are read by that.</summary>
        public int Skip()
        {
            int count = 0;

            while (Next())
            {
                count++;
            }

            return count;
        }

        /// <summary>Checks that nothing more was sent.</summary>
        public void ExpectNothing()
        {
            Assert.AreEqual(0, Skip());
        }

        /// <summary>Checks that the next message sent is this segment.</summary>
        public void ExpectSegment(int segO)
        {
            Assert.IsTrue(Next());
            Assert.AreEqual(segO, SentSegO);
        }

        /// <summary>Checks that the next message sent is a Segment Acknowledgment.</summary>
        public void ExpectAcknowledgment(int source, int destination, uint seqAuth, uint blockAck)
        {
            Assert.IsTrue(Next());
            Assert.IsTrue(Peer.Control);
            Assert.AreEqual(source, Peer.Source);
            Assert.AreEqual(destination, Peer.Destination);
            Assert.AreEqual(Acknowledgment(false, seqAuth, blockAck), Peer.Transport);
        }

        /// <summary>SegO of the message read last.</summary>
        public int SentSegO
        {
            get { return ((Hex.Decode(Peer.Transport)[2] & 0x03) << 3) | (Hex.Decode(Peer.Transport)[3] >> 5); }
        }

        /// <summary>Reads the message read last as an unsegmented access message of the node.</summary>
        /// <returns>The access payload, or an empty string when the key does not fit.</returns>
        public string Decrypt(TransportKey key, byte[] label)
        {
            return Decrypt(key, false, Peer.Sequence, Peer.Source, Peer.Destination, label, Peer.Transport.Substring(2));
        }

        /// <summary>Reads an Upper Transport Access PDU of the node.</summary>
        public string Decrypt(TransportKey key, bool szmic, uint sequence, int source, int destination, byte[] label, string upper)
        {
            byte[] octets = Hex.Decode(upper);
            int count = UpperTransportAccessPdu.Decrypt(key, szmic, sequence, source, destination, Peer.IvIndex, label, octets, 0, octets.Length, s_upper);

            return Hex.Encode(s_upper, 0, count);
        }

        /// <summary>An Upper Transport Access PDU.</summary>
        public static string Encrypt(TransportKey key, bool szmic, uint sequence, int source, int destination, byte[] label, string payload)
        {
            byte[] octets = Hex.Decode(payload);
            int count = UpperTransportAccessPdu.Encrypt(
                key, szmic, sequence, source, destination, Peer.SampleIvIndex, label, octets, octets.Length, s_upper);

            return Hex.Encode(s_upper, 0, count);
        }

        /// <summary>An access payload of a length: the opcode that the models know, and octets that count up.</summary>
        public static string Payload(int count)
        {
            byte[] payload = new byte[count];

            for (int i = 0; i < count; i++)
            {
                payload[i] = (byte)i;
            }

            payload[0] = Opcode >> 8;

            if (count > 1)
            {
                payload[1] = Opcode & 0xFF;
            }

            return Hex.Encode(payload);
        }

        /// <summary>A segmented access message of the other node to the first element.</summary>
        public SegmentedMessage Message(uint seqAuth, int count)
        {
            return SegmentedMessage.Access(Application, seqAuth, PeerAddress, Address, false, Payload(count));
        }

        /// <summary>A Segment Acknowledgment as a Lower Transport PDU.</summary>
        private static string Acknowledgment(bool onBehalfOf, uint seqAuth, uint blockAck)
        {
            byte[] pdu = new byte[7];
            int field = (onBehalfOf ? 0x8000 : 0) | (((int)seqAuth & 0x1FFF) << 2);
            pdu[1] = (byte)(field >> 8);
            pdu[2] = (byte)field;
            pdu[3] = (byte)(blockAck >> 24);
            pdu[4] = (byte)(blockAck >> 16);
            pdu[5] = (byte)(blockAck >> 8);
            pdu[6] = (byte)blockAck;

            return Hex.Encode(pdu);
        }

        /// <summary>The bearer says that it has sent what it was given.</summary>
        /// <returns>Whether there was anything.</returns>
        public bool Report()
        {
            if (!SendsAtOnce || _reported == Bearer.Count)
            {
                return false;
            }

            while (_reported < Bearer.Count)
            {
                int tag = Bearer.Tag(_reported);
                _reported++;
                Node.Stack.OnSent(tag, Now);
            }

            return true;
        }
    }
}
