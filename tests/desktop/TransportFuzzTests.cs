using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Fakes;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>
/// Keyed fuzzing of the layers above the network layer: what whoever has the keys can send to a node. One million inputs to each of the lower
/// transport, upper transport and access layers, the same in every run; MESHNODE_FUZZ=100 makes a hundred times as many.
/// </summary>
/// <remarks>
/// Whatever comes: no exception, nothing allocated, each input counted once, no message acted on twice, and when time has passed, all memory
/// given back. Where the outcome can be told in advance it is compared, and every verdict must have been met.
/// </remarks>
[TestClass]
public class TransportFuzzTests
{
    private const int RoundInputs = 50_000;
    private const int Inputs = 1_000_000;

    private static readonly byte[] s_label = Hex.Decode("0073e7e4d8b9440faf8415df4c56c0e1");
    private static readonly byte[] s_sameHash = Hex.Decode("0073e7e4d8b9440faf8415df000017d6");
    private static readonly byte[] s_unknownLabel = new byte[16];

    [TestMethod]
    public void LowerTransport_SegmentsAcknowledgmentsAndReplays()
    {
        uint[] met = new uint[(int)LowerTransportVerdict.Refused + 1];
        uint timeouts = 0;
        uint cancellations = 0;
        long delivered = 0;

        Run(31, (random, check) =>
        {
            FuzzNode node = new(random, 5);
            Sender[] senders = Enumerable.Range(0, 6).Select(i => new Sender(node, 0x0100 + 16 * i)).ToArray();
            uint before = node.CountAllLower();
            check.Start();

            for (int i = 0; i < RoundInputs; i++)
            {
                Sender sender = senders[random.Next(senders.Length)];

                switch (random.Next(24))
                {
                    case 0:
                        sender.SendUnsegmented(random);
                        break;

                    case 1:
                        sender.SendRandom(random);
                        break;

                    case 2:
                        sender.SendControl(random);
                        break;

                    case 3:
                    case 4:
                        sender.Repeat(random);
                        break;

                    case 5:
                    case 6:
                        sender.SendAcknowledgment(random);
                        break;

                    case 7:
                        sender.SendMutatedSegment(random);
                        break;

                    default:
                        sender.SendSegment(random);
                        break;
                }

                if (random.Next(4) == 0)
                {
                    node.Pass(random.Next(20) == 0 ? random.Next(12000) : random.Next(200));
                }

                if (random.Next(16) == 0)
                {
                    node.SendSomething(random, senders[random.Next(senders.Length)].Source);
                }
            }

            check.Stop();
            Assert.AreEqual(before + RoundInputs, node.CountAllLower());
            node.CheckQuiet();

            for (int i = 0; i < met.Length; i++)
            {
                met[i] += node.Node.LowerTransport.Count((LowerTransportVerdict)i);
            }

            timeouts += node.Node.LowerTransport.Timeouts;
            cancellations += node.Node.LowerTransport.Cancellations;
            delivered += node.Model.Count;
        });

        CheckMet(met);
        Assert.IsTrue(timeouts > 0 && cancellations > 0 && delivered > Inputs / 100);
    }

    [TestMethod]
    public void UpperTransport_AnyPduUnderAnyKey()
    {
        uint[] met = new uint[(int)UpperTransportVerdict.UnknownOpcode + 1];

        Run(32, (random, check) =>
        {
            FuzzNode node = new(random, 255);
            TransportKey[] keys =
            [
                FuzzNode.Key(FuzzNode.FirstKey), FuzzNode.Key(FuzzNode.SameAidKey), FuzzNode.Key(FuzzNode.OtherSubnetKey), FuzzNode.Key(FuzzNode.ForeignKey),
                TransportKey.Device(Hex.Decode(TransportNode.DeviceKey)), TransportKey.Device(Hex.Decode(FuzzNode.ForeignKey)),
            ];
            byte[][] labels = [s_label, s_sameHash, s_unknownLabel, null];
            int[] destinations = [0x0001, 0x0002, 0xC000, 0xFFFF, 0xB529, 0xB52A, 0xBFFF, 0x8000];
            UpperTransportPdu pdu = new() { Buffer = new byte[400] };
            byte[] payload = new byte[400];
            check.Start();

            for (int i = 0; i < RoundInputs; i++)
            {
                pdu.Subnet = random.Next(4) == 0 ? node.Other : node.Subnet;
                pdu.IvIndex = Peer.SampleIvIndex - (uint)random.Next(2);
                pdu.Source = random.Next(1, 0x8000);
                pdu.Destination = destinations[random.Next(destinations.Length)];
                pdu.Ttl = random.Next(128);
                pdu.Sequence = (uint)random.Next(0x1000000);
                pdu.Control = random.Next(8) == 0;
                pdu.Szmic = !pdu.Control && random.Next(2) == 0;
                pdu.Offset = random.Next(8);
                UpperTransportVerdict expected;

                if (pdu.Control)
                {
                    pdu.Header = random.Next(2) == 0 ? Heartbeat.Opcode : random.Next(128);
                    pdu.Count = random.Next(2) == 0 ? Heartbeat.Length : random.Next(1, 257);
                    random.NextBytes(pdu.Buffer);
                    expected = pdu.Header != 0x0A ? UpperTransportVerdict.UnknownOpcode
                        : pdu.Count == 3 ? UpperTransportVerdict.Control : UpperTransportVerdict.Length;
                }
                else
                {
                    int key = random.Next(keys.Length);
                    byte[] label = pdu.Destination is >= 0x8000 and < 0xC000 || random.Next(16) == 0 ? labels[random.Next(4)] : null;
                    int count = random.Next(4) == 0 ? random.Next(1, 377) : random.Next(1, 12);
                    random.NextBytes(payload);
                    pdu.Count = UpperTransportAccessPdu.Encrypt(
                        keys[key], pdu.Szmic, pdu.Sequence, pdu.Source, pdu.Destination, pdu.IvIndex, label, payload, count, payload);
                    Array.Copy(payload, 0, pdu.Buffer, pdu.Offset, pdu.Count);
                    pdu.Header = keys[key].IsApplicationKey ? 0x40 | keys[key].Aid : 0;
                    expected = Predict(pdu, key, label);

                    switch (random.Next(6))
                    {
                        case 0:
                            // One octet is another.
                            pdu.Buffer[pdu.Offset + random.Next(pdu.Count)] ^= (byte)random.Next(1, 256);
                            expected = expected == UpperTransportVerdict.Accepted ? UpperTransportVerdict.TransMic : expected;
                            break;

                        case 1:
                            pdu.Count = random.Next(1, pdu.Count);
                            expected = pdu.Count <= (pdu.Szmic ? 8 : 4) ? UpperTransportVerdict.Length
                                : expected == UpperTransportVerdict.Accepted ? UpperTransportVerdict.TransMic : expected;
                            break;
                    }
                }

                uint before = node.Node.UpperTransport.Count(expected);
                bool accepted = node.Node.UpperTransport.Authenticate(pdu);

                // A TransMIC of 32 bits may fit by chance: not in these runs.
                if (node.Node.UpperTransport.LastVerdict != expected || node.Node.UpperTransport.Count(expected) != before + 1)
                {
                    throw new InvalidOperationException($"{expected}, not {node.Node.UpperTransport.LastVerdict}");
                }

                IsTrue(accepted == (expected is UpperTransportVerdict.Accepted or UpperTransportVerdict.Control));

                if (accepted)
                {
                    node.Node.UpperTransport.Deliver(pdu, node.Now);
                }

                if (random.Next(64) == 0)
                {
                    node.Pass(random.Next(1000));
                }
            }

            check.Stop();
            uint all = 0;

            for (int i = 0; i < met.Length; i++)
            {
                all += node.Node.UpperTransport.Count((UpperTransportVerdict)i);
                met[i] += node.Node.UpperTransport.Count((UpperTransportVerdict)i);
            }

            Assert.AreEqual((uint)RoundInputs, all);
            node.CheckQuiet();
        });

        CheckMet(met);
    }

    [TestMethod]
    public void Access_AnyPayload()
    {
        uint[] met = new uint[(int)AccessVerdict.Prohibited + 1];
        uint dropped = 0;

        Run(33, (random, check) =>
        {
            FuzzNode node = new(random, 2);
            UpperTransportPdu pdu = new() { Subnet = node.Subnet };
            byte[] payload = new byte[UpperTransportAccessPdu.MaxLength];
            int[] destinations = [0x0001, 0x0002, 0xC000, 0xFFFF, 0xFFFE, 0xFFFD, 0xB529, 0xB529, 0xD000];
            int[] keys = [0, 0, 1, 2, 3, AccessKey.Device, AccessKey.RemoteDevice];
            check.Start();

            for (int i = 0; i < RoundInputs; i++)
            {
                random.NextBytes(payload);
                int count = random.Next(3) == 0 ? random.Next(1, 381) : random.Next(1, 12);

                if (random.Next(4) != 0)
                {
                    payload[0] = (byte)(random.Next(2) == 0 ? 0x82 : 0x80);
                    payload[1] = (byte)random.Next(1, 9);
                }

                pdu.Source = 0x0100 + random.Next(8);
                pdu.Destination = destinations[random.Next(destinations.Length)];
                pdu.Ttl = random.Next(128);
                int label = pdu.Destination == 0xB529 ? random.Next(2) : LabelTable.None;
                int key = keys[random.Next(keys.Length)];
                AccessVerdict expected = node.PredictAccess(payload, count, pdu.Destination, label, key);
                uint before = node.Node.Access.Count(expected);
                node.Node.Access.OnAccessPayload(pdu, payload, count, key, label, node.Now);

                if (node.Node.Access.LastVerdict != expected || node.Node.Access.Count(expected) != before + 1)
                {
                    throw new InvalidOperationException($"{expected}, not {node.Node.Access.LastVerdict}");
                }

                if (random.Next(4) == 0)
                {
                    node.Pass(random.Next(20) == 0 ? random.Next(5000) : random.Next(100));
                }
            }

            check.Stop();
            uint all = 0;

            for (int i = 0; i < met.Length; i++)
            {
                all += node.Node.Access.Count((AccessVerdict)i);
                met[i] += node.Node.Access.Count((AccessVerdict)i);
            }

            Assert.AreEqual((uint)RoundInputs, all);
            dropped += node.Node.Access.RepliesDropped;
            node.CheckQuiet();
        });

        CheckMet(met);
        Assert.IsTrue(dropped > 0);
    }

    // Written from section 3.6.4.2, not from the firmware.
    private static UpperTransportVerdict Predict(UpperTransportPdu pdu, int key, byte[] label)
    {
        bool primary = pdu.Subnet.NetKeyIndex == 0;
        bool known = key switch { 0 or 1 => primary, 2 => !primary, 4 => true, _ => false };

        // The node knows a key with that AID in that subnet, or a device key, so that the TransMIC is looked at.
        bool candidate = known || key == 5;

        if (pdu.Destination is >= 0x8000 and < 0xC000)
        {
            if (!candidate)
            {
                return UpperTransportVerdict.UnknownKey;
            }

            return pdu.Destination != 0xB529 ? UpperTransportVerdict.UnknownLabel
                : known && (label == s_label || label == s_sameHash) ? UpperTransportVerdict.Accepted : UpperTransportVerdict.TransMic;
        }

        return !candidate ? UpperTransportVerdict.UnknownKey
            : known && label == null ? UpperTransportVerdict.Accepted : UpperTransportVerdict.TransMic;
    }

    private static void Run(int seed, Action<Random, AllocationCheck> round)
    {
        int factor = int.Parse(Environment.GetEnvironmentVariable("MESHNODE_FUZZ") ?? "1");
        Random random = new(seed);
        Stopwatch watch = Stopwatch.StartNew();
        List<long> allocated = [];

        for (int i = 0; i < Inputs / RoundInputs * factor; i++)
        {
            AllocationCheck check = new();
            round(random, check);
            allocated.Add(check.Allocated);
        }

        // In the first round .NET itself allocates, and once more when it compiles what has become hot.
        Assert.IsTrue(allocated.Skip(1).Count(static octets => octets != 0) <= 1, string.Join(", ", allocated));
        OutputHelper.WriteLine($"{(long)Inputs * factor} inputs in {watch.ElapsedMilliseconds} ms");
    }

    private static void CheckMet(uint[] met)
    {
        Assert.AreEqual("", string.Join(' ', Enumerable.Range(0, met.Length).Where(verdict => met[verdict] == 0)));
    }

    private static void IsTrue(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException();
        }
    }

    /// <summary>Tells what is allocated from start to stop.</summary>
    private sealed class AllocationCheck
    {
        private long _before;

        public long Allocated { get; private set; }

        public void Start()
        {
            _before = GC.GetAllocatedBytesForCurrentThread();
        }

        public void Stop()
        {
            Allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
        }
    }

    /// <summary>Knows opcodes by their second octet: what it says to them, and whether it answers.</summary>
    private sealed class FuzzModel(Random random, int id) : Model(Sig, id)
    {
        /// <summary>How often each message, known by the number that it begins with, has come.</summary>
        public readonly byte[] Seen = new byte[RoundInputs + 1];

        public int Count;
        public bool Counts;
        public bool DeviceKey;

        public override bool UsesDeviceKey => DeviceKey;

        public override ModelVerdict Receive(AccessMessage message, long now)
        {
            switch (message.Opcode - Id)
            {
                case 0:
                    Count++;

                    if (Counts && message.Count >= 3)
                    {
                        int number = (message.Buffer[message.Offset] << 16) | (message.Buffer[message.Offset + 1] << 8) | message.Buffer[message.Offset + 2];

                        if (number >= Seen.Length || ++Seen[number] > 1)
                        {
                            throw new InvalidOperationException("Twice.");
                        }
                    }

                    if (random.Next(4) == 0)
                    {
                        int count = random.Next(8) == 0 ? random.Next(1, 381) : random.Next(1, 20);
                        Node.Access.Reply(message, count, now);
                    }

                    return ModelVerdict.Accepted;

                case 1:
                    return ModelVerdict.Length;

                case 2:
                    return ModelVerdict.Prohibited;

                default:
                    return ModelVerdict.UnknownOpcode;
            }
        }
    }

    private sealed class FuzzNode
    {
        public const string FirstKey = TransportNode.AppKey;
        public const string SameAidKey = "0000000000000000000000000000004a";
        public const string OtherSubnetKey = "11223344556677889900aabbccddeeff";
        public const string ForeignKey = "00112233445566778899aabbccddeeff";

        public readonly Node Node;
        public readonly FuzzModel Foundation;
        public readonly FuzzModel Model;
        public readonly FuzzModel Second;
        public readonly Subnet Subnet;
        public readonly Subnet Other;
        public readonly StackProfile Profile = new();
        public long Now;

        /// <summary>SEQ of the messages that it has sent last in segments, and where to.</summary>
        public readonly uint[] SentSequences = new uint[4];
        public readonly int[] SentDestinations = new int[4];
        public int Sent;

        /// <summary>Messages of the others so far: each has a number of its own.</summary>
        public int Messages;

        private readonly FakeAdvertisingBearer _bearer = new();
        private readonly Random _random;
        private int _reported;

        public FuzzNode(Random random, int replaySources)
        {
            _random = random;
            Profile.ReplaySources = replaySources;
            Foundation = new FuzzModel(random, 0x8001) { DeviceKey = true };
            Model = new FuzzModel(random, 0x8201);
            Second = new FuzzModel(random, 0x8204);
            Composition composition = new(1, 2, 3);
            Element element = composition.AddElement(0);
            element.Add(Foundation);
            element.Add(Model);
            composition.AddElement(0).Add(Second);
            Node = new Node(_bearer, new FakeGattBearer(), new CountingRandom { Step = 77 }, composition, Profile);
            Node.Join(1, Peer.SampleIvIndex, false, 0, new NetworkKey(Hex.Decode(Peer.SampleNetKey)), false, Hex.Decode(TransportNode.DeviceKey), 0);
            Node.Stack.Beacons.Enabled = false;
            Subnet = Node.Stack.Subnets.Find(0);
            Other = Node.Stack.Subnets.Add(1, new NetworkKey(Hex.Decode(OtherSubnetKey)));
            Node.AppKeys.Add(0, 0, Key(FirstKey));
            Node.AppKeys.Add(1, 0, Key(SameAidKey));
            Node.AppKeys.Add(2, 1, Key(OtherSubnetKey));
            Model.Bindings = 1;
            Second.Bindings = 3;
            Node.Subscriptions.Add(Model, 0xC000, LabelTable.None);
            Node.Subscriptions.Add(Model, 0xB529, Node.Labels.Refer(s_label, 0));
            Node.Subscriptions.Add(Second, 0xB529, Node.Labels.Refer(s_sameHash, 0));
            Node.Heartbeat.SetSubscription(0x0100, 0xC000, 0x11, 0);
        }

        public static TransportKey Key(string key)
        {
            return TransportKey.Application(Hex.Decode(key));
        }

        public uint CountAllLower()
        {
            uint count = 0;

            for (LowerTransportVerdict verdict = 0; verdict <= LowerTransportVerdict.Refused; verdict++)
            {
                count += Node.LowerTransport.Count(verdict);
            }

            return count;
        }

        /// <summary>Lets time pass.</summary>
        public void Pass(long time)
        {
            long until = Now + time;

            while (true)
            {
                long next = Node.Tick(Now);

                if (_reported < _bearer.Count)
                {
                    while (_reported < _bearer.Count)
                    {
                        int tag = _bearer.Tag(_reported++);

                        // Some bearers forget.
                        if (_random.Next(64) != 0)
                        {
                            Node.Stack.OnSent(tag, Now);
                        }
                    }

                    continue;
                }

                if (next > until)
                {
                    Now = until;

                    return;
                }

                Now = Math.Max(Now, next);
            }
        }

        /// <summary>Starts a segmented message to one of the others or to a group.</summary>
        public void SendSomething(Random random, int destination)
        {
            uint sequence = Node.Stack.Sequence.Next;
            destination = random.Next(8) == 0 ? 0xC100 : destination;
            int count = random.Next(1, 200);

            if (Node.Access.Send(Model.Element, destination, LabelTable.None, 0, null, random.Next(8), true, random.Next(2) == 0, count, Now) == SendVerdict.Sent)
            {
                SentSequences[Sent % 4] = sequence;
                SentDestinations[Sent % 4] = destination;
                Sent++;
            }
        }

        /// <summary>When time has passed, nothing is under way and all memory is there.</summary>
        public void CheckQuiet()
        {
            Pass(500_000);
            Assert.IsFalse(Node.LowerTransport.IsTransmitting);
            Assert.IsFalse(Node.Stack.IvIndex.SegmentedTransmission);
            Assert.AreEqual(Profile.Segments, Node.LowerTransport.Segments.Available);
            Assert.IsTrue(Node.Stack.Network.HasRoom);
        }

        /// <summary>Written from section 3.7.3.2, not from the firmware.</summary>
        public AccessVerdict PredictAccess(byte[] payload, int count, int destination, int label, int key)
        {
            int size = payload[0] < 0x7F ? 1 : payload[0] == 0x7F ? 0 : payload[0] < 0xC0 ? 2 : 3;

            if (size == 0 || size > count)
            {
                return AccessVerdict.Opcode;
            }

            int opcode = size == 2 ? (payload[0] << 8) | payload[1] : -1;
            bool primary = destination is 1 or 0xFFFF;
            int best = 0;
            Meet(Foundation, primary, key == AccessKey.Device, 0x8001);
            Meet(Model, primary || destination == 0xC000 || label == 0, key == 0, 0x8201);
            Meet(Second, destination == 2 || label == 1, key is 0 or 1, 0x8204);

            return best switch
            {
                0 => AccessVerdict.NotSubscribed,
                1 => AccessVerdict.NotBound,
                2 => AccessVerdict.UnknownOpcode,
                3 => AccessVerdict.Prohibited,
                4 => AccessVerdict.Length,
                _ => AccessVerdict.Accepted,
            };

            void Meet(FuzzModel model, bool addressed, bool bound, int first)
            {
                int met = !addressed ? 0 : !bound ? 1 : (opcode - first) switch { 0 => 5, 1 => 4, 2 => 3, _ => 2 };
                best = Math.Max(best, met);
            }
        }
    }

    /// <summary>Another node that has the keys, and a segmented message that it is sending.</summary>
    private sealed class Sender
    {
        public readonly int Source;

        private const int Kept = 32;

        private readonly FuzzNode _node;
        private readonly NetworkPdu _pdu = new();
        private readonly NetworkPdu[] _history = new NetworkPdu[Kept];
        private readonly TransportKey _key = FuzzNode.Key(FuzzNode.FirstKey);
        private readonly byte[] _upper = new byte[UpperTransportAccessPdu.MaxLength];
        private uint _sequence = 1;
        private uint _seqAuth;
        private int _count;
        private int _destination;
        private bool _szmic;
        private int _header;
        private int _historyCount;

        public Sender(FuzzNode node, int source)
        {
            _node = node;
            _node.Model.Counts = true;
            _node.Second.Counts = true;
            Source = source;

            for (int i = 0; i < Kept; i++)
            {
                _history[i] = new NetworkPdu();
            }
        }

        public void SendUnsegmented(Random random)
        {
            uint sequence = _sequence++;
            int destination = Destination(random);
            int count = Secure(sequence, destination, false, random.Next(5, 12), random.Next(8) != 0);
            _pdu.Payload[2] = (byte)_header;
            Array.Copy(_upper, 0, _pdu.Payload, 3, count);
            _count = 0;
            Give(random, false, sequence, destination, count + 1);
        }

        public void SendSegment(Random random)
        {
            if (_count == 0 || _sequence - _seqAuth > 60 || random.Next(80) == 0)
            {
                _seqAuth = _sequence;
                _destination = Destination(random);
                _szmic = random.Next(2) == 0;
                _count = Secure(_seqAuth, _destination, _szmic, random.Next(3) == 0 ? random.Next(5, 377) : random.Next(5, 60), random.Next(8) != 0);
            }

            int segN = (_count - 1) / 12;
            int segO = random.Next(segN + 1);
            int length = Math.Min(12, _count - 12 * segO);
            SetSegment(_header, _szmic, _seqAuth, segO, segN);
            Array.Copy(_upper, 12 * segO, _pdu.Payload, 6, length);
            Give(random, false, _sequence++, _destination, 4 + length);
        }

        public void SendMutatedSegment(Random random)
        {
            int segN = Math.Max(0, (_count - 1) / 12);
            int segO = random.Next(segN + 1);
            int length = 12;
            int header = _header;
            uint seqAuth = _seqAuth;
            int destination = _destination == 0 ? 1 : _destination;
            bool szmic = _szmic;
            bool control = false;

            switch (random.Next(8))
            {
                case 0:
                    segN = random.Next(32);
                    break;

                case 1:
                    segO = random.Next(32);
                    break;

                case 2:
                    header = random.Next(128);
                    break;

                case 3:
                    seqAuth = (uint)random.Next(0x2000);
                    break;

                case 4:
                    destination = Destination(random);
                    break;

                case 5:
                    szmic = !szmic;
                    break;

                case 6:
                    control = true;
                    length = 8;
                    break;

                default:
                    length = random.Next(1, 13);
                    break;
            }

            SetSegment(header, szmic, seqAuth, segO, segN);

            for (int i = 0; i < 12; i++)
            {
                _pdu.Payload[6 + i] = (byte)random.Next(256);
            }

            Give(random, control, _sequence++, destination, 4 + length);
        }

        public void SendControl(Random random)
        {
            _pdu.Payload[2] = (byte)(random.Next(2) == 0 ? 0x0A : random.Next(128));
            int count = random.Next(2) == 0 ? 4 : random.Next(1, 13);
            Give(random, true, _sequence++, Destination(random), count);
        }

        public void SendRandom(Random random)
        {
            for (int i = 2; i < 18; i++)
            {
                _pdu.Payload[i] = (byte)random.Next(256);
            }

            bool control = random.Next(2) == 0;
            uint sequence = random.Next(2) == 0 ? _sequence++ : _sequence > 100 ? _sequence - (uint)random.Next(100) : 0;
            Give(random, control, sequence, Destination(random), random.Next(1, control ? 13 : 17));
        }

        public void SendAcknowledgment(Random random)
        {
            int index = random.Next(4);
            int source = _node.SentDestinations[index];
            bool friend = random.Next(8) == 0;
            uint field = ((_node.SentSequences[index] + (uint)(random.Next(16) == 0 ? 1 : 0)) & 0x1FFF) << 2;
            uint blockAck = random.Next(4) switch
            {
                0 => 0,
                1 => (uint)random.Next(),
                2 => (1u << random.Next(20)) - 1,
                _ => 1u << random.Next(8),
            };
            _pdu.Payload[2] = 0;
            _pdu.Payload[3] = (byte)((friend ? 0x80u : 0u) | (field >> 8));
            _pdu.Payload[4] = (byte)field;
            _pdu.Payload[5] = (byte)(blockAck >> 24);
            _pdu.Payload[6] = (byte)(blockAck >> 16);
            _pdu.Payload[7] = (byte)(blockAck >> 8);
            _pdu.Payload[8] = (byte)blockAck;

            // Only the one that it went to, or a friend of that, has something to say about it.
            Give(random, true, source == Source || friend ? _sequence++ : _sequence, 1, random.Next(16) == 0 ? random.Next(1, 13) : 7);
        }

        /// <summary>Something that was sent before: as it was, or with a SEQ of its own.</summary>
        public void Repeat(Random random)
        {
            NetworkPdu old = _history[random.Next(Kept)];

            if (old.TransportLength == 0)
            {
                SendControl(random);

                return;
            }

            Array.Copy(old.Payload, 0, _pdu.Payload, 0, NetworkPdu.MaxLength);
            Give(random, old.Control, random.Next(2) == 0 ? old.Sequence : _sequence++, old.Destination, old.TransportLength);
        }

        private static int Destination(Random random)
        {
            return random.Next(8) switch { 0 => 2, 1 => 0xC000, 2 => 0xFFFF, _ => 1 };
        }

        // A message with a number of its own; one whose TransMIC does not fit has none.
        private int Secure(uint sequence, int destination, bool szmic, int count, bool genuine)
        {
            bool second = destination == 2;
            Array.Clear(_upper);
            _upper[0] = 0x82;
            _upper[1] = (byte)(second ? 0x04 : 0x01);
            _node.Messages++;
            _upper[2] = (byte)(_node.Messages >> 16);
            _upper[3] = (byte)(_node.Messages >> 8);
            _upper[4] = (byte)_node.Messages;
            _header = 0x40 | _key.Aid;
            count = UpperTransportAccessPdu.Encrypt(_key, szmic, sequence, Source, destination, Peer.SampleIvIndex, null, _upper, count, _upper);

            if (!genuine)
            {
                _upper[0] ^= 1;
            }

            return count;
        }

        private void SetSegment(int header, bool szmic, uint seqAuth, int segO, int segN)
        {
            int fields = (szmic ? 0x800000 : 0) | (((int)seqAuth & 0x1FFF) << 10) | (segO << 5) | segN;
            _pdu.Payload[2] = (byte)(0x80 | header);
            _pdu.Payload[3] = (byte)(fields >> 16);
            _pdu.Payload[4] = (byte)(fields >> 8);
            _pdu.Payload[5] = (byte)fields;
        }

        private void Give(Random random, bool control, uint sequence, int destination, int count)
        {
            NetworkPdu pdu = _pdu;
            pdu.Interface = random.Next(4) == 0 ? 0 : NetworkInterface.Advertising;
            pdu.Subnet = random.Next(64) == 0 ? _node.Other : _node.Subnet;
            pdu.Key = pdu.Subnet.Key;
            pdu.IvIndex = Peer.SampleIvIndex;
            pdu.Control = control;
            pdu.Ttl = random.Next(4) == 0 ? random.Next(128) : 5;
            pdu.Sequence = sequence;
            pdu.Source = Source;
            pdu.Destination = destination;
            pdu.TransportLength = count;
            pdu.Payload[0] = (byte)(destination >> 8);
            pdu.Payload[1] = (byte)destination;
            NetworkPdu kept = _history[_historyCount++ % Kept];
            kept.Control = control;
            kept.Sequence = sequence;
            kept.Destination = destination;
            kept.TransportLength = count;
            Array.Copy(pdu.Payload, 0, kept.Payload, 0, NetworkPdu.MaxLength);

            if (!_node.Node.LowerTransport.OnNetworkPdu(pdu, _node.Now))
            {
                throw new InvalidOperationException();
            }
        }
    }
}
