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
    /// A node with an element at 0x0100 and whatever models a test adds, all bound to one application key, and a peer that
    /// speaks to them through the bearer. Answers and publications are read from the bearer.
    /// </summary>
    internal sealed class ModelNode
    {
        public const int NodeAddress = 0x0100;
        public const int PeerAddress = 0x0200;
        public const int Company = 0x05F1;
        public const int Group = 0xC001;

        private const string AppKeyText = "63964771734fbd76e3b40519d1d94a48";
        private const string DeviceKeyText = "9d6dd0e96eb25dc19a40ed9914f8f03f";
        private const int AppKeyIndex = 0x123;
        private const int MaxAnswerDelay = 520;
        private const int Slice = 10;
        private const int MaxTicks = 10;

        public readonly FakeAdvertisingBearer Bearer = new FakeAdvertisingBearer();
        public readonly Composition Composition;
        public readonly Element Element;

        /// <summary>The node, once it was started.</summary>
        public Node Node;

        /// <summary>The simulated clock.</summary>
        public long Now = 1000;

        /// <summary>SRC of the peer.</summary>
        public int Source = PeerAddress;

        private readonly Peer _peer = new Peer(Peer.SampleNetKey, Peer.SampleIvIndex);
        private readonly TransportKey _appKey = TransportKey.Application(Hex.Decode(AppKeyText));
        private readonly TransportKey _deviceKey = TransportKey.Device(Hex.Decode(DeviceKeyText));
        private readonly byte[] _segments = new byte[UpperTransportAccessPdu.MaxLength];
        private uint _sequence = 1;
        private int _answered;
        private int _published;
        private int _sent;
        private long _mark;

        public ModelNode()
            : this(Company)
        {
        }

        public ModelNode(int company)
        {
            Composition = new Composition(company, 1, 1);
            Element = Composition.AddElement(0);
        }

        /// <summary>Puts the node together with the models that were added.</summary>
        public void Start()
        {
            Node = new Node(Bearer, new FakeGattBearer(), new CountingRandom(), Composition, StackProfile.Small());
            Node.Join(NodeAddress, Peer.SampleIvIndex, false, 0, new NetworkKey(Hex.Decode(Peer.SampleNetKey)), false, Hex.Decode(DeviceKeyText), Now);
            int place = Node.AppKeys.Add(AppKeyIndex, 0, TransportKey.Application(Hex.Decode(AppKeyText)));

            for (int i = 0; i < Element.Count; i++)
            {
                Element[i].Bindings = Element[i].UsesDeviceKey ? 0 : 1u << place;
            }

            Node.Tick(Now);
        }

        /// <summary>Lets a model publish to the group.</summary>
        public void Publish(Model model, int period)
        {
            model.Publication = new Publication();
            model.Publication.Address = Group;
            model.Publication.Label = LabelTable.None;
            model.Publication.AppKeyIndex = AppKeyIndex;
            model.Publication.Ttl = Publication.DefaultTtl;
            model.Publication.Period = period;
            Node.Access.OnPublicationChanged(model, Now);
        }

        /// <summary>Lets time pass, as often as the node wants to be called.</summary>
        public void Run(int milliseconds)
        {
            long end = Now + milliseconds;
            long next = Tick();

            while (next < end)
            {
                Now = next > Now ? next : Now + 1;
                next = Tick();
            }

            Now = end;
            Tick();
        }

        /// <summary>From now on <see cref="RunTo"/> counts.</summary>
        public void Mark()
        {
            _mark = Now;
        }

        /// <summary>Lets time pass until so many milliseconds after <see cref="Mark"/>.</summary>
        public void RunTo(int milliseconds)
        {
            Assert.IsTrue(_mark + milliseconds >= Now);
            Run((int)(_mark + milliseconds - Now));
        }

        /// <summary>Sends a message to the element, with the application key.</summary>
        public void Send(string message)
        {
            Send(message, NodeAddress, false);
        }

        /// <summary>Sends a message.</summary>
        /// <param name="message">Opcode and parameters.</param>
        /// <param name="device">Whether it is secured with the device key.</param>
        public void Send(string message, int destination, bool device)
        {
            TransportKey key = device ? _deviceKey : _appKey;
            int header = device ? 0 : LowerTransportPdu.ApplicationKeyFlag | key.Aid;
            byte[] payload = Hex.Decode(message);
            byte[] upper = new byte[UpperTransportAccessPdu.MaxLength];
            uint first = _sequence;
            int count = UpperTransportAccessPdu.Encrypt(key, false, first, Source, destination, Peer.SampleIvIndex, null, payload, payload.Length, upper);
            byte[] lower = new byte[16];

            if (count <= LowerTransportPdu.MaxUnsegmentedAccess)
            {
                int length = LowerTransportPdu.EncodeUnsegmented(header, upper, count, lower);
                Receive(_peer.Pdu(false, 5, _sequence++, Source, destination, Hex.Encode(lower, 0, length)));

                return;
            }

            int segN = (count - 1) / LowerTransportPdu.AccessSegmentSize;

            for (int i = 0; i <= segN; i++)
            {
                int offset = i * LowerTransportPdu.AccessSegmentSize;
                int size = count - offset < LowerTransportPdu.AccessSegmentSize ? count - offset : LowerTransportPdu.AccessSegmentSize;
                int length = LowerTransportPdu.EncodeSegment(header, false, (int)(first & LowerTransportPdu.SeqZeroMask), i, segN, upper, offset, size, lower);
                Receive(_peer.Pdu(false, 5, _sequence++, Source, destination, Hex.Encode(lower, 0, length)));
            }
        }

        /// <summary>Sends a message with the application key and expects an answer.</summary>
        public void Expect(string answer, string message)
        {
            Send(message);
            Assert.AreEqual(answer, Answer());
        }

        /// <summary>Sends a message with the application key that is accepted without an answer.</summary>
        public void ExpectSilence(string message)
        {
            ExpectVerdict(AccessVerdict.Accepted, message);
        }

        /// <summary>Sends a message with the application key that gets no answer, and checks verdict and counter.</summary>
        public void ExpectVerdict(AccessVerdict verdict, string message)
        {
            uint count = Node.Access.Count(verdict);
            Send(message);
            Assert.AreEqual((int)verdict, (int)Node.Access.LastVerdict, message);
            Assert.AreEqual(count + 1, Node.Access.Count(verdict));
            Assert.AreEqual("", Answer());
        }

        /// <summary>
        /// The next message that the node has sent to the peer, waiting as long as answers may take; empty when there is none. Time goes on.
        /// </summary>
        public string Answer()
        {
            string answer = NextAnswer();

            for (int waited = 0; answer.Length == 0 && waited < MaxAnswerDelay; waited += Slice)
            {
                Run(Slice);
                answer = NextAnswer();
            }

            return answer;
        }

        /// <summary>The next message that the node has published to the group; empty when there is none.</summary>
        public string Published()
        {
            Run(0);
            string message = "";

            while (message.Length == 0 && _published < Bearer.Count)
            {
                message = Read(_published++, Group);
            }

            return message;
        }

        /// <summary>The next segmented answer, which is acknowledged when it is complete; empty when none comes.</summary>
        public string SegmentedAnswer()
        {
            int length = -1;
            uint received = 0;

            for (int waited = 0; waited < 20000 && length < 0; waited += Slice)
            {
                Run(Slice);

                while (_answered < Bearer.Count)
                {
                    int index = _answered++;

                    if (Bearer.Type(index) != AdvertisingData.MeshMessage || !_peer.Read(Bearer.Payload(index)) || _peer.Control)
                    {
                        continue;
                    }

                    byte[] lower = Hex.Decode(_peer.Transport);
                    int fields = LowerTransportPdu.Fields(lower, 0);
                    Assert.IsTrue((lower[0] & LowerTransportPdu.Segmented) != 0);
                    Array.Copy(lower, 4, _segments, LowerTransportPdu.SegO(fields) * LowerTransportPdu.AccessSegmentSize, lower.Length - 4);
                    received |= 1u << LowerTransportPdu.SegO(fields);
                    uint sequence = (_peer.Sequence & ~(uint)LowerTransportPdu.SeqZeroMask) | (uint)LowerTransportPdu.SeqZero(fields);

                    if (LowerTransportPdu.SegO(fields) == LowerTransportPdu.SegN(fields))
                    {
                        length = LowerTransportPdu.SegO(fields) * LowerTransportPdu.AccessSegmentSize + lower.Length - 4;
                    }

                    if (length > 0 && received == LowerTransportPdu.AllSegments(LowerTransportPdu.SegN(fields)))
                    {
                        byte[] acknowledgment = new byte[SegmentAcknowledgment.Length];
                        SegmentAcknowledgment.Encode(false, LowerTransportPdu.SeqZero(fields), received, acknowledgment);
                        Receive(_peer.Pdu(true, 5, _sequence++, Source, NodeAddress, Hex.Encode(acknowledgment)));
                        int count = UpperTransportAccessPdu.Decrypt(_appKey, false, sequence, _peer.Source, _peer.Destination, Peer.SampleIvIndex, null, _segments, 0, length, _segments);

                        return Hex.Encode(_segments, 0, count);
                    }
                }
            }

            return "";
        }

        private void Receive(byte[] pdu)
        {
            Node.Stack.OnReceived(AdvertisingData.MeshMessage, pdu, 0, pdu.Length, Now);
        }

        // What is wanted at once is done at once.
        private long Tick()
        {
            long next = Node.Tick(Now);

            for (int i = 0; i < MaxTicks && (next <= Now || _sent < Bearer.Count); i++)
            {
                while (_sent < Bearer.Count)
                {
                    Node.Stack.OnSent(Bearer.Tag(_sent++), Now);
                }

                next = Node.Tick(Now);
            }

            return next;
        }

        private string NextAnswer()
        {
            string message = "";

            while (message.Length == 0 && _answered < Bearer.Count)
            {
                message = Read(_answered++, Source);
            }

            return message;
        }

        // Empty when it is no unsegmented access message to that destination.
        private string Read(int index, int destination)
        {
            if (Bearer.Type(index) != AdvertisingData.MeshMessage || !_peer.Read(Bearer.Payload(index)) || _peer.Control || _peer.Destination != destination)
            {
                return "";
            }

            byte[] lower = Hex.Decode(_peer.Transport);
            TransportKey key = (lower[0] & LowerTransportPdu.ApplicationKeyFlag) != 0 ? _appKey : _deviceKey;
            byte[] payload = new byte[lower.Length];
            int count = UpperTransportAccessPdu.Decrypt(key, false, _peer.Sequence, _peer.Source, _peer.Destination, Peer.SampleIvIndex, null, lower, 1, lower.Length - 1, payload);
            Assert.IsTrue(count > 0);

            return Hex.Encode(payload, 0, count);
        }
    }
}
