using System;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.LowerTransport;
using MeshNode.Models.Foundation;
using MeshNode.Network;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode.Fakes
{
    /// <summary>
    /// A node with the addresses and the device key of the sample data, and a configuration client that speaks to it over the advertising
    /// bearer. The first element has the Configuration Server and four models, the second two.
    /// </summary>
    internal sealed class ConfiguredNode
    {
        public const int Address = 0x1201;
        public const int Client = 0x0003;
        public const string OtherKey = "00112233445566778899aabbccddeeff";
        public const string AppKey = "63964771734fbd76e3b40519d1d94a48";

        private const string DeviceKeyText = "9d6dd0e96eb25dc19a40ed9914f8f03f";
        private const int AnswerTime = 2000;
        private const int Slice = 10;

        public readonly FakeAdvertisingBearer Bearer = new FakeAdvertisingBearer();
        public readonly FakeGattBearer Gatt = new FakeGattBearer();
        public readonly Node Node;

        /// <summary>0x1000: publishes and subscribes.</summary>
        public readonly PlainModel Model = new PlainModel(Access.Model.Sig, 0x1000, true, true);

        /// <summary>0x1001: extends <see cref="Model"/>, and does not publish.</summary>
        public readonly PlainModel Extending = new PlainModel(Access.Model.Sig, 0x1001, false, true);

        /// <summary>0x002A of company 0x003F: publishes and subscribes.</summary>
        public readonly PlainModel Vendor = new PlainModel(0x003F, 0x002A, true, true);

        /// <summary>0x1002: neither publishes nor subscribes.</summary>
        public readonly PlainModel Mute = new PlainModel(Access.Model.Sig, 0x1002, false, false);

        /// <summary>The network key that the client uses.</summary>
        public Peer Network = new Peer(Peer.SampleNetKey, Peer.SampleIvIndex);

        /// <summary>The device key that the client uses.</summary>
        public TransportKey DeviceKey = TransportKey.Device(Hex.Decode(DeviceKeyText));

        /// <summary>The simulated clock.</summary>
        public long Now = 1000;

        private readonly byte[] _upper = new byte[UpperTransportAccessPdu.MaxLength];
        private uint _sequence = 1;
        private int _sent;
        private int _read;
        private uint _segments;

        public ConfiguredNode()
            : this(StackProfile.Small())
        {
        }

        public ConfiguredNode(StackProfile profile)
        {
            Composition composition = new Composition(0x000C, 0x001A, 0x0001);
            Element first = composition.AddElement(0x0100);
            first.Add(new ConfigurationServer(true, true, true));
            first.Add(Model);
            first.Add(Extending.Extending(Model));
            first.Add(Vendor);
            first.Add(Mute);
            Element second = composition.AddElement(0x0101);
            PlainModel other = new PlainModel(Access.Model.Sig, 0x1000, true, true);
            second.Add(other);
            second.Add(new PlainModel(Access.Model.Sig, 0x1003, true, true).Extending(other).Extending(Model));
            Node = new Node(Bearer, Gatt, new CountingRandom(), composition, profile);
            Join();
        }

        public void Join()
        {
            NetworkKey key = new NetworkKey(Hex.Decode(Peer.SampleNetKey));
            Node.Join(Address, Peer.SampleIvIndex, false, 0, key, false, Hex.Decode(DeviceKeyText), Now);
            Run(Slice);
        }

        /// <summary>Sends a message and expects an answer: opcode and parameters of both.</summary>
        public void Expect(string answer, string message)
        {
            Send(message);
            Assert.AreEqual(answer, Answer(), message);
            Assert.AreEqual((int)AccessVerdict.Accepted, (int)Node.Access.LastVerdict);
        }

        /// <summary>Sends a message that is ignored, and checks verdict and counter.</summary>
        public void ExpectIgnored(AccessVerdict verdict, string message)
        {
            uint count = Node.Access.Count(verdict);
            Send(message);
            Assert.AreEqual("", Answer(), message);
            Assert.AreEqual((int)verdict, (int)Node.Access.LastVerdict, message);
            Assert.AreEqual(count + 1, Node.Access.Count(verdict));
        }

        /// <summary>Gives the node application key 0x123 of the primary subnet and binds models 0x1000 and 0x002A of the first element.</summary>
        public void AddAppKey()
        {
            Expect("800300003012", "00003012" + AppKey);
            Expect("803e00011223010010", "803d011223010010");
            Expect("803e00011223013f002a00", "803d011223013f002a00");
        }

        /// <summary>Sends a message to the first element.</summary>
        public void Send(string message)
        {
            byte[] payload = Hex.Decode(message);
            byte[] lower = new byte[NetworkPdu.MaxLength];
            uint first = _sequence;
            int count = UpperTransportAccessPdu.Encrypt(DeviceKey, false, first, Client, Address, Network.IvIndex, null, payload, payload.Length, _upper);

            if (count <= LowerTransportPdu.MaxUnsegmentedAccess)
            {
                Receive(false, lower, LowerTransportPdu.EncodeUnsegmented(0, _upper, count, lower));

                return;
            }

            int last = (count - 1) / LowerTransportPdu.AccessSegmentSize;
            int seqZero = (int)(first & LowerTransportPdu.SeqZeroMask);

            for (int i = 0; i <= last; i++)
            {
                int offset = i * LowerTransportPdu.AccessSegmentSize;
                int size = i == last ? count - offset : LowerTransportPdu.AccessSegmentSize;
                Receive(false, lower, LowerTransportPdu.EncodeSegment(0, false, seqZero, i, last, _upper, offset, size, lower));
            }
        }

        /// <summary>The next message to the client; empty when none comes in time.</summary>
        public string Answer()
        {
            for (int waited = 0; waited < AnswerTime; waited += Slice)
            {
                Run(Slice);

                while (_read < Bearer.Count)
                {
                    string answer = Read(_read++);

                    if (answer.Length != 0)
                    {
                        return answer;
                    }
                }
            }

            return "";
        }

        /// <summary>Lets time pass.</summary>
        public void Run(int milliseconds)
        {
            for (long end = Now + milliseconds; Now < end; Now += Slice)
            {
                Node.Tick(Now);

                while (_sent < Bearer.Count)
                {
                    Node.Stack.OnSent(Bearer.Tag(_sent++), Now);
                }
            }

            Node.Tick(Now);
        }

        private void Receive(bool control, byte[] lower, int count)
        {
            byte[] pdu = Network.Pdu(control, 5, _sequence++, Client, Address, Hex.Encode(lower, 0, count));
            Node.Stack.OnReceived(AdvertisingData.MeshMessage, pdu, 0, pdu.Length, Now);
        }

        // Segments are put together, and acknowledged when they are complete.
        private string Read(int index)
        {
            if (Bearer.Type(index) != AdvertisingData.MeshMessage
                || !Network.Read(Bearer.Payload(index))
                || Network.Control
                || Network.Destination != Client)
            {
                return "";
            }

            byte[] lower = Hex.Decode(Network.Transport);

            if ((lower[0] & LowerTransportPdu.Segmented) == 0)
            {
                Array.Copy(lower, 1, _upper, 0, lower.Length - 1);

                return Decrypt(Network.Sequence, lower.Length - 1);
            }

            int fields = LowerTransportPdu.Fields(lower, 0);
            int segO = LowerTransportPdu.SegO(fields);
            int segN = LowerTransportPdu.SegN(fields);
            _segments = segO == 0 ? 1 : _segments | (1u << segO);
            Array.Copy(lower, 4, _upper, segO * LowerTransportPdu.AccessSegmentSize, lower.Length - 4);

            if (segO != segN || _segments != LowerTransportPdu.AllSegments(segN))
            {
                return "";
            }

            byte[] acknowledgment = new byte[SegmentAcknowledgment.Length];
            SegmentAcknowledgment.Encode(false, LowerTransportPdu.SeqZero(fields), _segments, acknowledgment);
            uint first = Network.Sequence - (uint)segO;
            Receive(true, acknowledgment, acknowledgment.Length);

            return Decrypt(first, segO * LowerTransportPdu.AccessSegmentSize + lower.Length - 4);
        }

        private string Decrypt(uint sequence, int count)
        {
            byte[] payload = new byte[count];
            count = UpperTransportAccessPdu.Decrypt(DeviceKey, false, sequence, Address, Client, Network.IvIndex, null, _upper, 0, count, payload);
            Assert.IsTrue(count > 0);

            return Hex.Encode(payload, 0, count);
        }
    }
}
