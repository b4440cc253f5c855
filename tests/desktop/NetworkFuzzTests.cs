using System;
using System.Collections.Generic;
using System.Diagnostics;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Fakes;
using MeshNode.Network;
using MeshNode.Proxy;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>
/// Keyed fuzzing of everything that a stranger can send: what is mutated is secured again, so that the mutation reaches the layer behind the
/// encryption; besides, damaged and random octets. One million inputs, the same in every run; MESHNODE_FUZZ=100 makes a hundred
/// times as many.
/// </summary>
/// <remarks>
/// Whatever comes: no exception, no change of state by what is refused, each input counted once, and a genuine message is still accepted after
/// the forgeries made of it. Where the outcome can be told in advance it is compared, and every verdict must have been met.
/// </remarks>
[TestClass]
public class NetworkFuzzTests
{
    private const uint IvIndex = 0x12345678;
    private const string Primary = Peer.SampleNetKey;
    private const string Refreshed = "00112233445566778899aabbccddeeff";

    // Their NID is that of the primary key, 0x68.
    private const string Secondary = "00000000000000000000000000000033";
    private const string ForeignSameNid = "0000000000000000000000000000003a";
    private const string Foreign = "f7a2a44f8e8a8029064f173ddc1e2b00";

    private static readonly Dictionary<string, NetworkKey> s_keys = [];

    [TestMethod]
    public void NetworkPdu_AnyFieldsUnderAnyKey()
    {
        uint[] met = new uint[(int)NetworkVerdict.ProxyDisabled + 1];
        int mistaken = 0;

        int inputs = Run(300_000, random =>
        {
            FuzzNode node = new(random, random.Next(2) == 0);
            NetworkFields fields = new();
            NetworkFields last = null;

            for (int i = 0; i < 2000; i++)
            {
                node.Network.RelayEnabled = random.Next(3) != 0;
                node.Network.ProxyEnabled = random.Next(3) != 0;
                node.Client.HasRoom = random.Next(8) != 0;
                int networkInterface = random.Next(3) == 0 ? random.Next(2) : NetworkInterface.Advertising;
                bool again = last != null && random.Next(8) == 0;
                bool sameOctets = again && random.Next(2) == 0;

                if (!again)
                {
                    fields = NetworkFields.Random(random, node);
                }
                else if (!sameOctets)
                {
                    fields = last.WithOtherTtl(random);
                }
                else
                {
                    fields = last;
                }

                byte[] pdu = fields.Secure();
                NetworkVerdict expected = sameOctets ? NetworkVerdict.Duplicate : again && fields.Fits() ? NetworkVerdict.Cached : fields.Predict(node, networkInterface);
                bool exact = fields.KeyIsKnown && fields.IvIndexIsKnown && fields.Nonce == 0;
                Snapshot before = node.Snap();
                int onAir = node.Bearer.Count;
                RelayVerdict proxy = node.PredictProxy(fields.Destination, networkInterface);
                NetworkVerdict verdict = node.Receive(pdu, pdu.Length, networkInterface);

                if (verdict <= NetworkVerdict.Cached && verdict != NetworkVerdict.Accepted)
                {
                    node.CheckUnchanged(before);
                }

                // Taken for another one by its header: once in 134 million times.
                if (verdict == NetworkVerdict.Duplicate && expected != NetworkVerdict.Duplicate)
                {
                    mistaken++;
                    last = null;

                    continue;
                }

                if (exact && (expected == NetworkVerdict.Accepted || expected >= NetworkVerdict.Cached || !node.SeveralKeys))
                {
                    Check(expected, verdict);
                }
                else
                {
                    // A key that is tried in vain may find a later reason to refuse.
                    IsTrue(verdict != NetworkVerdict.Accepted && verdict >= (expected == NetworkVerdict.Cached ? NetworkVerdict.Length : expected) && verdict <= NetworkVerdict.Cached);
                }

                last = verdict is NetworkVerdict.Accepted or NetworkVerdict.DestinationUnassigned ? fields : null;

                if (verdict == NetworkVerdict.Accepted)
                {
                    CheckAccepted(node, fields, networkInterface, proxy, onAir);
                }
            }

            node.CheckCounters();

            for (int i = 0; i < met.Length; i++)
            {
                met[i] += node.Network.Count((NetworkVerdict)i);
            }

            return 2000;
        });

        CheckMet(met);
        Assert.IsTrue(mistaken <= inputs / 10_000_000);
    }

    [TestMethod]
    public void NetworkPdu_Damaged()
    {
        Run(400_000, random =>
        {
            FuzzNode node = new(random, random.Next(2) == 0);
            node.Network.RelayEnabled = true;
            node.Network.ProxyEnabled = true;
            byte[] previous = new byte[20];
            random.NextBytes(previous);
            int inputs = 0;

            for (int i = 0; i < 100; i++)
            {
                NetworkFields fields = NetworkFields.Genuine(random, node);
                fields.Source = random.Next(2) == 0 ? 0x0300 : fields.Source;
                byte[] pdu = fields.Secure();
                Snapshot before = node.Snap();

                for (int j = 0; j < 15; j++)
                {
                    byte[] damaged = Damage(random, pdu, previous);
                    NetworkVerdict verdict = node.Receive(damaged, damaged.Length, random.Next(-1, 2));
                    IsTrue(verdict is > NetworkVerdict.Accepted and <= NetworkVerdict.Cached);
                    inputs++;
                }

                node.CheckUnchanged(before);
                Check(NetworkVerdict.Accepted, node.Receive(pdu, pdu.Length, NetworkInterface.Advertising));
                previous = pdu;
                inputs++;
            }

            node.CheckCounters();

            return inputs;
        });
    }

    [TestMethod]
    public void NetworkPdu_RandomOctets()
    {
        Run(60_000, random =>
        {
            FuzzNode node = new(random, true);
            Snapshot before = node.Snap();

            for (int i = 0; i < 1000; i++)
            {
                byte[] pdu = new byte[random.Next(64)];
                random.NextBytes(pdu);

                if (pdu.Length > 0 && random.Next(4) != 0)
                {
                    pdu[0] = (byte)((pdu[0] & 0x80) | 0x68);
                }

                IsTrue(node.Receive(pdu, pdu.Length, random.Next(-1, 2)) != NetworkVerdict.Accepted);
            }

            node.CheckUnchanged(before);
            node.CheckCounters();

            return 1000;
        });
    }

    [TestMethod]
    public void Beacon_AnyFieldsUnderAnyKey()
    {
        uint[] met = new uint[(int)IvIndexVerdict.Deferred + 1];

        Run(80_000, random =>
        {
            FuzzNode node = new(random, true);

            for (int i = 0; i < 500; i++)
            {
                string name = OneOf(random, Primary, Primary, Refreshed, Refreshed, Secondary, Foreign);
                NetworkKey key = Key(name);
                int flags = random.Next(3) == 0 ? random.Next(256) : random.Next(4);
                uint current = node.IvIndex.Current;
                uint ivIndex = random.Next(8) == 0 ? (uint)random.NextInt64(1L << 32) : (uint)(current + random.Next(-2, 3) + (random.Next(20) == 0 ? 41 : 0));
                bool isPrivate = random.Next(2) == 0;
                byte[] beacon = Beacon(random, key, flags, ivIndex, isPrivate);
                node.Now += random.Next(2) == 0 ? random.Next(1000) : random.Next(100 * 3600000);
                node.IvIndex.SegmentedTransmission = random.Next(4) == 0;

                KeyRefreshPhase phase = node.Primary.Phase;
                bool updateInProgress = node.IvIndex.UpdateInProgress;
                bool isNew = phase != KeyRefreshPhase.Normal && name == Refreshed;
                bool isOld = name == (node.Refreshed ? Refreshed : Primary);
                bool known = isNew || isOld || name == Secondary;
                Snapshot before = node.Snap();
                BeaconVerdict verdict = node.ReceiveBeacon(beacon, beacon.Length, random.Next(-1, 2));

                if (!known)
                {
                    Check(isPrivate ? BeaconVerdict.Authentication : BeaconVerdict.UnknownNetworkId, verdict);
                    node.CheckUnchanged(before);

                    continue;
                }

                if (isOld && phase == KeyRefreshPhase.Second)
                {
                    Check(BeaconVerdict.OldKey, verdict);
                    node.CheckUnchanged(before);

                    continue;
                }

                IsTrue(verdict <= BeaconVerdict.Repeated);
                met[(int)node.LastIvIndexVerdict]++;

                // Key Refresh: only by the new key, forward only.
                KeyRefreshPhase expected = !isNew ? phase : (flags & 1) == 0 ? KeyRefreshPhase.Normal : KeyRefreshPhase.Second;
                IsTrue(node.Primary.Phase == expected);

                if (isNew && expected == KeyRefreshPhase.Normal)
                {
                    node.Refreshed = true;
                }

                // IV Index: by the primary subnet, never back, never more than 42, and as the beacon says.
                if (node.IvIndex.Current != current || node.IvIndex.UpdateInProgress != updateInProgress)
                {
                    IsTrue(name != Secondary);
                    IsTrue(node.IvIndex.Current == ivIndex && ivIndex >= current && ivIndex - current <= 42);
                    IsTrue(node.IvIndex.UpdateInProgress == ((flags & 2) != 0));
                    IsTrue(ivIndex != current || !node.IvIndex.UpdateInProgress);
                }
            }

            node.CheckCounters();

            return 500;
        });

        CheckMet(met);
    }

    [TestMethod]
    public void Beacon_DamagedAndRandomOctets()
    {
        Run(80_000, random =>
        {
            FuzzNode node = new(random, true);
            byte[] previous = Beacon(random, Key(Foreign), 0, IvIndex, false);
            Snapshot before = node.Snap();

            for (int i = 0; i < 500; i++)
            {
                byte[] beacon = Beacon(random, Key(OneOf(random, Primary, Secondary)), random.Next(4), node.IvIndex.Current + 1, random.Next(2) == 0);
                byte[] damaged = random.Next(4) == 0 ? new byte[random.Next(40)] : Damage(random, beacon, previous);

                if (random.Next(4) == 0)
                {
                    random.NextBytes(damaged);
                }

                if (damaged.Length > 0 && random.Next(2) == 0)
                {
                    damaged[0] = (byte)random.Next(4);
                }

                if (!damaged.AsSpan().SequenceEqual(beacon) && !damaged.AsSpan().SequenceEqual(previous))
                {
                    IsTrue(node.ReceiveBeacon(damaged, damaged.Length, random.Next(-1, 2)) > BeaconVerdict.Repeated);
                }

                previous = beacon;
            }

            node.CheckUnchanged(before);
            node.CheckCounters();

            return 500;
        });
    }

    [TestMethod]
    public void ProxyConfiguration_AnyFieldsUnderAnyKey()
    {
        uint[] met = new uint[(int)ProxyVerdict.NoRoom + 1];

        Run(100_000, random =>
        {
            FuzzNode node = new(random, random.Next(2) == 0);
            node.Network.ProxyEnabled = true;
            HashSet<int> list = [];
            int type = ProxyFilter.AcceptList;
            uint[] sequences = new uint[4];
            uint next = 1;

            for (int i = 0; i < 500; i++)
            {
                NetworkFields fields = NetworkFields.Configuration(random, node);
                bool isReplayed = random.Next(8) == 0;
                int source = fields.Source & 3;
                fields.Sequence = isReplayed ? (uint)random.NextInt64(sequences[source] + 1) : next++;
                byte[] pdu = fields.Secure();
                byte[] transport = fields.Transport;
                bool authentic = fields.Fits() && fields.IsFromAnotherNode(node) && fields.KeyIsKnown && fields.IvIndexIsKnown && fields.Nonce == 3;
                ProxyVerdict expected = pdu.Length > NetworkPdu.MaxLength ? ProxyVerdict.SarViolation
                    : !authentic ? ProxyVerdict.NotAuthenticated
                    : !fields.Control || fields.Ttl != 0 || fields.Destination != 0 ? ProxyVerdict.Header
                    : node.HasNoPlaceFor(fields.Source) ? ProxyVerdict.ReplayListFull
                    : fields.Number <= node.LastConfiguration(fields.Source) ? ProxyVerdict.Replayed
                    : PredictConfiguration(transport);

                Snapshot before = node.Snap();
                ProxyVerdict verdict = node.Write(0, ProxyPduType.ProxyConfiguration, pdu, pdu.Length, random);

                if (verdict != ProxyVerdict.Accepted)
                {
                    node.CheckUnchanged(before);
                }

                Check(expected, verdict);
                met[(int)verdict]++;

                if (verdict == ProxyVerdict.SarViolation)
                {
                    node.Reconnect();
                    list.Clear();
                    type = ProxyFilter.AcceptList;
                }
                else if (verdict == ProxyVerdict.Accepted)
                {
                    node.SetLastConfiguration(fields.Source, fields.Number);
                    sequences[source] = fields.Sequence;
                    Apply(transport, list, ref type);
                    CheckFilter(node, random, list, type, fields);
                }
            }

            node.CheckCounters();

            return 500;
        });

        foreach (ProxyVerdict verdict in (ReadOnlySpan<ProxyVerdict>)
            [
                ProxyVerdict.Accepted, ProxyVerdict.SarViolation, ProxyVerdict.NotAuthenticated, ProxyVerdict.Header, ProxyVerdict.Replayed,
                ProxyVerdict.ReplayListFull, ProxyVerdict.Opcode, ProxyVerdict.Parameters,
            ])
        {
            IsTrue(met[(int)verdict] > 100);
        }
    }

    [TestMethod]
    public void ProxyValue_DamagedAndRandomOctets()
    {
        Run(40_000, random =>
        {
            FuzzNode node = new(random, true);
            node.Network.ProxyEnabled = true;
            byte[] previous = new byte[29];

            for (int i = 0; i < 400; i++)
            {
                NetworkFields fields = NetworkFields.Genuine(random, node);
                byte[] message = random.Next(2) == 0 ? fields.Secure() : Beacon(random, Key(Primary), 2, node.IvIndex.Current + 1, random.Next(2) == 0);
                byte[] damaged = Damage(random, message, previous);
                Snapshot before = node.Snap();
                int connection = random.Next(-1, 4);
                ProxyVerdict verdict = node.Write(connection, random.Next(4) == 0 ? random.Next(256) : random.Next(3), damaged, damaged.Length, random);
                IsTrue(verdict != ProxyVerdict.Accepted);
                node.CheckUnchanged(before);
                node.Reconnect();
                previous = message;
            }

            byte[] genuine = NetworkFields.Genuine(random, node).Secure();
            Check(ProxyVerdict.Accepted, node.Write(0, ProxyPduType.NetworkPdu, genuine, genuine.Length, random));
            node.CheckCounters();

            return 401;
        });
    }

    [TestMethod]
    public void ProxyValue_MessagesInPieces()
    {
        Run(60_000, random =>
        {
            FuzzNode node = new(random, true);
            node.Network.ProxyEnabled = true;
            int inputs = 0;

            for (int i = 0; i < 100; i++)
            {
                NetworkFields fields = NetworkFields.Genuine(random, node);
                byte[] pdu = fields.Secure();

                // In order: it arrives, whatever the pieces.
                List<byte[]> values = Cut(random, ProxyPduType.NetworkPdu, pdu);
                ProxyVerdict verdict = ProxyVerdict.Incomplete;

                foreach (byte[] value in values)
                {
                    Check(ProxyVerdict.Incomplete, verdict);
                    verdict = node.WriteValue(0, value, random);
                    inputs++;
                }

                Check(ProxyVerdict.Accepted, verdict);

                // Pieces lost, doubled, swapped, damaged or of another message: it does not, unless nothing was changed.
                fields = NetworkFields.Genuine(random, node);
                pdu = fields.Secure();
                values = Cut(random, ProxyPduType.NetworkPdu, pdu);
                Disturb(random, values);
                int accepted = node.Client.Count + node.Bearer.Count;

                foreach (byte[] value in values)
                {
                    IsTrue(node.WriteValue(1, value, random) <= ProxyVerdict.NoRoom);
                    inputs++;
                }

                IsTrue(node.Client.Count + node.Bearer.Count <= accepted + 2);
                node.Reconnect();
            }

            node.CheckCounters();

            return inputs;
        });
    }

    private static void CheckMet(uint[] met)
    {
        for (int i = 0; i < met.Length; i++)
        {
            Assert.IsTrue(met[i] > 100, $"Verdict {i} met {met[i]} times");
        }
    }

    private static int Run(int inputs, Func<Random, int> round)
    {
        inputs *= int.Parse(Environment.GetEnvironmentVariable("MESHNODE_FUZZ") ?? "1");
        Random random = new(8086 + inputs);
        Stopwatch watch = Stopwatch.StartNew();
        int done = 0;

        while (done < inputs)
        {
            done += round(random);
        }

        OutputHelper.WriteLine($"{done} inputs in {watch.ElapsedMilliseconds} ms");

        return done;
    }

    private static void CheckAccepted(FuzzNode node, NetworkFields fields, int networkInterface, RelayVerdict proxy, int onAir)
    {
        NetworkPdu received = node.Network.Received;
        bool isElement = node.IsElement(fields.Destination);
        bool enabled = networkInterface == NetworkInterface.Advertising ? node.Network.RelayEnabled : node.Network.ProxyEnabled;
        RelayVerdict relay = isElement ? RelayVerdict.OwnDestination : fields.Ttl < 2 ? RelayVerdict.Ttl : enabled ? RelayVerdict.Relayed : RelayVerdict.Disabled;
        proxy = isElement ? RelayVerdict.OwnDestination : fields.Ttl < 2 ? RelayVerdict.Ttl : proxy;

        IsTrue(received.Source == fields.Source && received.Sequence == fields.Sequence && received.Ttl == fields.Ttl && received.Control == fields.Control);
        IsTrue(received.Destination == fields.Destination && received.IvIndex == fields.IvIndex && received.TransportLength == fields.Transport.Length);
        IsTrue(received.Payload.AsSpan(NetworkPdu.TransportOffset, received.TransportLength).SequenceEqual(fields.Transport));
        Check(node.IsForThisNode(fields.Destination), received.Delivered);
        Check(relay, received.Relay);
        Check(proxy, received.Proxy);
        Check(onAir + (relay == RelayVerdict.Relayed ? 1 : 0), node.Bearer.Count);

        if (relay == RelayVerdict.Relayed)
        {
            NetworkFields sent = fields.Copy();
            sent.Ttl--;
            sent.Key = node.TransmitKeyOf(fields.Key);
            IsTrue(node.Bearer.Payload(onAir).AsSpan().SequenceEqual(sent.Secure()));
        }
    }

    private static ProxyVerdict PredictConfiguration(byte[] transport)
    {
        int parameters = transport.Length - 1;

        switch (transport[0])
        {
            case 0:
                return parameters == 1 && transport[1] < 2 ? ProxyVerdict.Accepted : ProxyVerdict.Parameters;

            case 1:
            case 2:
                return parameters % 2 == 0 ? ProxyVerdict.Accepted : ProxyVerdict.Parameters;

            case 3:
                return parameters == 3 && transport[1] < 2 ? ProxyVerdict.Opcode : ProxyVerdict.Parameters;

            case 4:
                return parameters == 2 ? ProxyVerdict.Opcode : ProxyVerdict.Parameters;

            default:
                return ProxyVerdict.Opcode;
        }
    }

    private static void Apply(byte[] transport, HashSet<int> list, ref int type)
    {
        if (transport[0] == 0)
        {
            type = transport[1];
            list.Clear();
        }

        for (int i = 1; i + 1 < transport.Length; i += 2)
        {
            int address = (transport[i] << 8) | transport[i + 1];

            if (transport[0] == 2)
            {
                list.Remove(address);
            }
            else if (address != 0 && list.Count < ProxyFilter.Capacity)
            {
                list.Add(address);
            }
        }
    }

    private static void CheckFilter(FuzzNode node, Random random, HashSet<int> list, int type, NetworkFields fields)
    {
        ProxyFilter filter = node.Proxy.Filter(0);
        Check(type, filter.Type);
        Check(list.Count, filter.Count);

        for (int i = 0; i < 16; i++)
        {
            int address = random.Next(2) == 0 ? RandomAddress(random) : random.Next(0x10000);
            bool inList = list.Contains(address);
            Check(type == ProxyFilter.RejectList ? !inList : inList || address == 0xFFFF, filter.Accepts(address));
        }

        // The answer, with the true size of the list.
        byte[] value = node.Gatt.Value(node.Gatt.Count - 1);
        NetworkCredentials credentials = node.TransmitKeyOf(fields.Key).Credentials;
        byte[] clear = new byte[32];
        Check(ProxyPduType.ProxyConfiguration, (int)value[0]);
        credentials.Deobfuscate(value, 1, node.IvIndex.TransmitIndex);
        IsTrue(credentials.Decrypt(value, 1, value.Length - 1, node.IvIndex.TransmitIndex, Nonce.ProxyType, clear, 0));
        IsTrue(clear[2] == 3 && clear[3] == type && clear[4] == 0 && clear[5] == list.Count);
    }

    private static byte[] Damage(Random random, byte[] octets, byte[] other)
    {
        byte[] damaged;

        do
        {
            damaged = (byte[])octets.Clone();

            switch (random.Next(7))
            {
                case 0:
                    damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                    break;

                case 1:
                    for (int i = random.Next(1, 6); i > 0; i--)
                    {
                        damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                    }

                    break;

                case 2:
                    Array.Resize(ref damaged, random.Next(damaged.Length));
                    break;

                case 3:
                    Array.Resize(ref damaged, damaged.Length + random.Next(1, 20));
                    break;

                case 4:
                    // The end, with the MIC, of another one.
                    int end = random.Next(1, Math.Min(other.Length, damaged.Length));
                    Array.Copy(other, other.Length - end, damaged, damaged.Length - end, end);
                    break;

                case 5:
                    int first = random.Next(damaged.Length);
                    int second = random.Next(damaged.Length);
                    (damaged[first], damaged[second]) = (damaged[second], damaged[first]);
                    break;

                default:
                    // One octet less in the middle.
                    int gap = random.Next(damaged.Length);
                    Array.Copy(damaged, gap + 1, damaged, gap, damaged.Length - gap - 1);
                    Array.Resize(ref damaged, damaged.Length - 1);
                    break;
            }
        }
        while (damaged.AsSpan().SequenceEqual(octets) || damaged.AsSpan().SequenceEqual(other));

        return damaged;
    }

    private static List<byte[]> Cut(Random random, int type, byte[] message)
    {
        List<byte[]> values = [];
        int position = 0;

        do
        {
            int count = Math.Min(random.Next(3) == 0 ? message.Length : random.Next(12), message.Length - position);
            bool isLast = position + count == message.Length && (count > 0 || random.Next(2) == 0);
            int sar = values.Count == 0 ? (isLast ? ProxySar.Complete : ProxySar.First) : isLast ? ProxySar.Last : ProxySar.Continuation;
            byte[] value = new byte[count + 1];
            value[0] = (byte)((sar << 6) | type);
            Array.Copy(message, position, value, 1, count);
            values.Add(value);
            position += count;

            if (isLast)
            {
                return values;
            }
        }
        while (true);
    }

    private static void Disturb(Random random, List<byte[]> values)
    {
        int index = random.Next(values.Count);

        switch (random.Next(6))
        {
            case 0:
                values.RemoveAt(index);
                break;

            case 1:
                values.Insert(index, values[index]);
                break;

            case 2:
                values.Reverse();
                break;

            case 3:
                values[index][0] ^= (byte)(1 << random.Next(8));
                break;

            case 4:
                values.Insert(index, new byte[random.Next(518)]);
                random.NextBytes(values[index]);
                break;

            default:
                values[index] = [];
                break;
        }
    }

    private static byte[] Beacon(Random random, NetworkKey key, int flags, uint ivIndex, bool isPrivate)
    {
        byte[] beacon = new byte[isPrivate ? PrivateBeacon.Length : SecureNetworkBeacon.Length];

        if (isPrivate)
        {
            byte[] nonce = new byte[PrivateBeacon.RandomSize];
            random.NextBytes(nonce);
            PrivateBeacon.Encode(key, flags, ivIndex, nonce, beacon);
        }
        else
        {
            SecureNetworkBeacon.Encode(key, flags, ivIndex, beacon, 0, new byte[16]);
        }

        return beacon;
    }

    private static int RandomAddress(Random random)
    {
        return OneOf(random, 0x0000, 0x0001, 0x0100, 0x0101, 0x0102, 0x0200, 0x0201, 0x7FFF, 0x8000, 0x8001, 0xC000, 0xC001, 0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF);
    }

    private static NetworkKey Key(string netKey)
    {
        if (!s_keys.TryGetValue(netKey, out NetworkKey key))
        {
            key = new NetworkKey(Hex.Decode(netKey));
            s_keys.Add(netKey, key);
        }

        return key;
    }

    private static T OneOf<T>(Random random, params ReadOnlySpan<T> values) => values[random.Next(values.Length)];

    private static void IsTrue(bool condition)
    {
        if (!condition)
        {
            Assert.IsTrue(condition);
        }
    }

    private static void Check<T>(T expected, T actual)
        where T : IEquatable<T>
    {
        if (!expected.Equals(actual))
        {
            Assert.AreEqual(expected, actual);
        }
    }

    private static void Check(NetworkVerdict expected, NetworkVerdict actual) => Check((int)expected, (int)actual);

    private static void Check(RelayVerdict expected, RelayVerdict actual) => Check((int)expected, (int)actual);

    private static void Check(BeaconVerdict expected, BeaconVerdict actual) => Check((int)expected, (int)actual);

    private static void Check(ProxyVerdict expected, ProxyVerdict actual) => Check((int)expected, (int)actual);

    /// <summary>Everything that what is refused must not change.</summary>
    private readonly record struct Snapshot(
        uint IvIndex,
        uint TransmitIndex,
        bool UpdateInProgress,
        int Subnets,
        KeyRefreshPhase Phase,
        NetworkKey Key,
        NetworkKey NewKey,
        KeyRefreshPhase SecondaryPhase,
        int Replay,
        uint Sequence,
        int Waiting,
        bool Loopback,
        int OnAir,
        int Notified,
        int Delivered,
        int Refused,
        int Connections,
        int Filter0,
        int Filter1);

    /// <summary>The fields of a Network PDU, and what it is secured with.</summary>
    private sealed class NetworkFields
    {
        private static uint s_sequence;

        public NetworkKey Key;
        public bool KeyIsKnown;
        public uint IvIndex;
        public bool IvIndexIsKnown;
        public int Nonce;
        public bool Control;
        public int Ttl;
        public uint Sequence;
        public int Source;
        public int Destination;
        public byte[] Transport = [];

        /// <summary>What the replay protection compares.</summary>
        public long Number => ((long)IvIndex << 24) | Sequence;

        public static NetworkFields Genuine(Random random, FuzzNode node)
        {
            NetworkFields fields = new()
            {
                Key = NetworkFuzzTests.Key(Primary),
                KeyIsKnown = true,
                IvIndex = node.IvIndex.Current == 0 ? 0 : node.IvIndex.Current - (uint)random.Next(2),
                IvIndexIsKnown = true,
                Control = random.Next(2) == 0,
                Ttl = random.Next(128),
                Sequence = s_sequence++ & 0xFFFFFF,
                Source = random.Next(0x0200, 0x8000),
                Destination = random.Next(4) == 0 ? 0x0101 : random.Next(0x0200, 0x8000),
            };
            fields.Transport = new byte[random.Next(1, fields.Control ? 13 : 17)];
            random.NextBytes(fields.Transport);

            return fields;
        }

        public static NetworkFields Random(Random random, FuzzNode node)
        {
            NetworkFields fields = Genuine(random, node);

            if (random.Next(3) == 0)
            {
                string key = OneOf(random, Primary, Refreshed, Secondary, ForeignSameNid, Foreign);
                fields.Key = NetworkFuzzTests.Key(key);
                fields.KeyIsKnown = key == Primary || (key == Refreshed && node.Primary.NewKey != null) || (key == Secondary && node.SeveralKeys);
            }

            if (random.Next(8) == 0)
            {
                fields.IvIndex = node.IvIndex.Current + OneOf(random, 1u, 0xFFFFFFFEu, 2u);
                fields.IvIndexIsKnown = false;
            }

            if (random.Next(16) == 0)
            {
                fields.Nonce = 3;
            }

            if (random.Next(2) == 0)
            {
                fields.Ttl = random.Next(4);
            }

            if (random.Next(4) == 0)
            {
                fields.Source = RandomAddress(random);
            }

            if (random.Next(2) == 0)
            {
                fields.Destination = random.Next(2) == 0 ? RandomAddress(random) : random.Next(0x10000);
            }

            if (random.Next(8) == 0)
            {
                Array.Resize(ref fields.Transport, random.Next(24));
            }

            return fields;
        }

        public static NetworkFields Configuration(Random random, FuzzNode node)
        {
            NetworkFields fields = Genuine(random, node);
            fields.Nonce = 3;
            fields.Control = true;
            fields.Ttl = 0;
            fields.Source = 0x0400 + random.Next(4);
            fields.Destination = 0;
            fields.Transport[0] = (byte)(random.Next(8) == 0 ? random.Next(256) : random.Next(4));

            if (fields.Transport[0] == 0 && random.Next(4) != 0)
            {
                fields.Transport = [0, (byte)random.Next(3)];
            }
            else if (fields.Transport[0] is 1 or 2 && random.Next(4) != 0)
            {
                fields.Transport = new byte[1 + 2 * random.Next(6)];
                fields.Transport[0] = (byte)random.Next(1, 3);

                for (int i = 1; i < fields.Transport.Length; i += 2)
                {
                    int address = random.Next(4) == 0 ? random.Next(0x10000) : RandomAddress(random);
                    fields.Transport[i] = (byte)(address >> 8);
                    fields.Transport[i + 1] = (byte)address;
                }
            }

            switch (random.Next(16))
            {
                case 0:
                    fields.Control = false;
                    break;

                case 1:
                    fields.Ttl = random.Next(128);
                    break;

                case 2:
                    fields.Source = RandomAddress(random);
                    break;

                case 3:
                    fields.Destination = RandomAddress(random);
                    break;

                case 4:
                    fields.Nonce = 0;
                    break;

                case 5:
                    fields.Key = NetworkFuzzTests.Key(OneOf(random, ForeignSameNid, Foreign));
                    fields.KeyIsKnown = false;
                    break;

                case 6:
                    Array.Resize(ref fields.Transport, random.Next(24));
                    break;

                case 7:
                    fields.IvIndex = node.IvIndex.Current + OneOf(random, 1u, 0xFFFFFFFEu);
                    fields.IvIndexIsKnown = false;
                    break;
            }

            return fields;
        }

        public NetworkFields Copy() => (NetworkFields)MemberwiseClone();

        public NetworkFields WithOtherTtl(Random random)
        {
            NetworkFields copy = Copy();
            copy.Ttl = (copy.Ttl + random.Next(1, 128)) & 0x7F;

            return copy;
        }

        public byte[] Secure()
        {
            byte[] clear = [(byte)(Destination >> 8), (byte)Destination, .. Transport];
            byte[] pdu = new byte[64];
            uint header = (Control ? 0x80000000 : 0) | ((uint)Ttl << 24) | Sequence;
            Array.Resize(ref pdu, Key.Credentials.Encrypt(header, Source, IvIndex, Nonce, clear, 0, clear.Length, pdu, 0));

            return pdu;
        }

        public bool Fits()
        {
            return Transport.Length >= 1 && Transport.Length <= (Control ? 12 : 16);
        }

        public bool IsFromAnotherNode(FuzzNode node)
        {
            return Source is > 0 and < 0x8000 && !node.IsElement(Source);
        }

        public NetworkVerdict Predict(FuzzNode node, int networkInterface)
        {
            return !Fits() ? NetworkVerdict.Length
                : !KeyIsKnown ? (Key.Credentials.Nid == 0x68 ? NetworkVerdict.Length : NetworkVerdict.UnknownNid)
                : !IvIndexIsKnown ? (node.IvIndex.Current == 0 && (IvIndex & 1) == 1 ? NetworkVerdict.IvIndex : NetworkVerdict.Length)
                : Source is 0 or >= 0x8000 ? NetworkVerdict.SourceNotUnicast
                : node.IsElement(Source) ? NetworkVerdict.OwnSource
                : Nonce != 0 ? NetworkVerdict.NetMic
                : Destination == 0 ? NetworkVerdict.DestinationUnassigned
                : networkInterface >= 0 && !node.Network.ProxyEnabled && !node.IsForThisNode(Destination) ? NetworkVerdict.ProxyDisabled
                : node.IsForThisNode(Destination) && !node.Client.HasRoom ? NetworkVerdict.NoRoom
                : NetworkVerdict.Accepted;
        }
    }

    /// <summary>A node at 0x0100 to 0x0102 with two proxy clients, wired as the stack wires it.</summary>
    private sealed class FuzzNode : ISubnetTableClient, IIvIndexClient
    {
        private const int ReplayCapacity = 6;

        public readonly IvIndex IvIndex = new();
        public readonly FakeAdvertisingBearer Bearer = new();
        public readonly FakeGattBearer Gatt = new();
        public readonly FakeNetworkLayerClient Client = new();
        public readonly NetworkLayer Network;
        public readonly ProxyServer Proxy;
        public readonly Subnet Primary;

        /// <summary>Whether several keys have the NID 0x68.</summary>
        public readonly bool SeveralKeys;

        /// <summary>Whether the Key Refresh is over.</summary>
        public bool Refreshed;

        public long Now;

        private readonly SubnetTable _subnets = new(4);
        private readonly SequenceNumber _sequence = new(0);
        private readonly ReplayProtectionList _replay = new(ReplayCapacity);
        private readonly AdvertisingTransmitter _transmitter;
        private readonly BeaconLayer _beacons;
        private readonly Dictionary<int, long> _configurations = [];
        private readonly Subnet _secondary;
        private uint _pdus;
        private uint _beaconsReceived;
        private uint _values;

        public FuzzNode(Random random, bool severalKeys)
        {
            _transmitter = new AdvertisingTransmitter(Bearer, 12, 24);
            Network = new NetworkLayer(_subnets, IvIndex, _sequence, _transmitter, Client, 64);
            _beacons = new BeaconLayer(_subnets, IvIndex, _transmitter, new CountingRandom());
            Proxy = new ProxyServer(Gatt, Network, _beacons, _subnets, _replay, new StackProfile { ProxyClients = 3 });
            Network.Proxy = Proxy;
            Network.SetAddresses(0x0100, 3);
            IvIndex.Set(random.Next(8) == 0 ? 0 : NetworkFuzzTests.IvIndex, random.Next(2) == 0, 0);
            _subnets.Client = this;
            IvIndex.Client = this;
            Client.Subscribe(0xC001);
            Client.Subscribe(0x8001);
            Primary = _subnets.Add(0, new NetworkKey(Hex.Decode(NetworkFuzzTests.Primary)));
            SeveralKeys = severalKeys;

            if (severalKeys)
            {
                _secondary = _subnets.Add(1, new NetworkKey(Hex.Decode(Secondary)));
            }

            if (random.Next(3) != 0)
            {
                _subnets.StartKeyRefresh(Primary, new NetworkKey(Hex.Decode(NetworkFuzzTests.Refreshed)));

                if (random.Next(2) != 0)
                {
                    _subnets.EnterSecondPhase(Primary);
                }
            }

            Connect(0);
            Connect(1);
        }

        public IvIndexVerdict LastIvIndexVerdict => _beacons.LastIvIndexVerdict;

        public NetworkVerdict Receive(byte[] pdu, int count, int networkInterface)
        {
            _pdus++;

            return Network.Receive(pdu, 0, count, networkInterface, Now);
        }

        public BeaconVerdict ReceiveBeacon(byte[] beacon, int count, int networkInterface)
        {
            _beaconsReceived++;

            return _beacons.Receive(beacon, 0, count, networkInterface, Now);
        }

        public ProxyVerdict Write(int connection, int header, byte[] message, int count, Random random)
        {
            byte[] value = new byte[count + 1];
            value[0] = (byte)header;
            Array.Copy(message, 0, value, 1, count);

            return WriteValue(connection, value, random);
        }

        public ProxyVerdict WriteValue(int connection, byte[] value, Random random)
        {
            int offset = random.Next(3);
            byte[] buffer = new byte[offset + value.Length];
            Array.Copy(value, 0, buffer, offset, value.Length);
            Now += 20;
            _values++;
            uint pdus = Sum(Network);
            uint beacons = Sum(_beacons);
            ProxyVerdict verdict = Proxy.OnWritten(connection, buffer, offset, value.Length, Now);
            _pdus += Sum(Network) - pdus;
            _beaconsReceived += Sum(_beacons) - beacons;

            return verdict;
        }

        /// <summary>Connects again whom the server has disconnected.</summary>
        public void Reconnect()
        {
            for (int i = 0; i < 2; i++)
            {
                Proxy.OnDisconnected(i);
                Connect(i);
            }
        }

        public Snapshot Snap()
        {
            return new Snapshot(
                IvIndex.Current,
                IvIndex.TransmitIndex,
                IvIndex.UpdateInProgress,
                _subnets.Count,
                Primary.Phase,
                Primary.Key,
                Primary.NewKey,
                _secondary == null ? KeyRefreshPhase.Normal : _secondary.Phase,
                _replay.Count,
                _sequence.Next,
                _transmitter.Waiting,
                Network.HasLoopback,
                Bearer.Count,
                Gatt.Count,
                Client.Count,
                Client.Refused,
                Proxy.Connections,
                Hash(Proxy.Filter(0)),
                Hash(Proxy.Filter(1)));
        }

        public void CheckUnchanged(Snapshot before)
        {
            Check(before, Snap());
        }

        public void CheckCounters()
        {
            Check(_pdus, Sum(Network));
            Check(_beaconsReceived, Sum(_beacons));
            uint values = 0;

            for (ProxyVerdict verdict = ProxyVerdict.Accepted; verdict <= ProxyVerdict.NoRoom; verdict++)
            {
                values += Proxy.Count(verdict);
            }

            Check(_values, values);
        }

        public bool HasNoPlaceFor(int source) => _configurations.Count == ReplayCapacity && !_configurations.ContainsKey(source);

        public long LastConfiguration(int source) => _configurations.GetValueOrDefault(source, -1);

        public void SetLastConfiguration(int source, long number) => _configurations[source] = number;

        public bool IsElement(int address) => address is >= 0x0100 and <= 0x0102;

        public bool IsForThisNode(int address)
        {
            return IsElement(address)
                || address is 0xFFFF or 0xC001 or 0x8001
                || (address == 0xFFFE && Network.RelayEnabled)
                || (address == 0xFFFC && Network.ProxyEnabled);
        }

        public RelayVerdict PredictProxy(int destination, int networkInterface)
        {
            if (!Network.ProxyEnabled)
            {
                return RelayVerdict.Disabled;
            }

            for (int i = 0; i < 2; i++)
            {
                if (i != networkInterface && Proxy.Filter(i).Accepts(destination))
                {
                    return RelayVerdict.Relayed;
                }
            }

            return RelayVerdict.Filtered;
        }

        /// <summary>The key with which what came under a key is sent on.</summary>
        public NetworkKey TransmitKeyOf(NetworkKey key)
        {
            return key == NetworkFuzzTests.Key(Secondary) ? key
                : NetworkFuzzTests.Key(Primary.Phase == KeyRefreshPhase.Second ? NetworkFuzzTests.Refreshed : NetworkFuzzTests.Primary);
        }

        public void OnSubnetChanged(Subnet subnet)
        {
            _beacons.OnSubnetChanged(subnet);
            Proxy.SendBeacon(subnet);
        }

        public void OnSubnetRemoved(Subnet subnet) => _beacons.OnSubnetRemoved(subnet);

        public void OnIvIndexChanged(bool transmitIndexChanged, long now)
        {
            if (transmitIndexChanged)
            {
                _sequence.Reset();
            }

            _beacons.OnIvIndexChanged();
        }

        private static uint Sum(NetworkLayer network)
        {
            uint sum = 0;

            for (NetworkVerdict verdict = NetworkVerdict.Accepted; verdict <= NetworkVerdict.ProxyDisabled; verdict++)
            {
                sum += network.Count(verdict);
            }

            return sum;
        }

        private static uint Sum(BeaconLayer beacons)
        {
            uint sum = 0;

            for (BeaconVerdict verdict = BeaconVerdict.Accepted; verdict <= BeaconVerdict.OldKey; verdict++)
            {
                sum += beacons.Count(verdict);
            }

            return sum;
        }

        private static int Hash(ProxyFilter filter)
        {
            int hash = HashCode.Combine(filter.Type, filter.Count, filter.Overflows);

            foreach (int address in (ReadOnlySpan<int>)[0, 1, 0x0200, 0x0400, 0x0401, 0x0402, 0x0403, 0x7FFF, 0x8001, 0xC001, 0xFFFC, 0xFFFF])
            {
                hash = (hash << 1) ^ (hash >> 31) ^ (filter.Accepts(address) ? 1 : 0);
            }

            return hash;
        }

        private void Connect(int connection)
        {
            if (Proxy.OnConnected(connection, Now))
            {
                Proxy.OnMtuChanged(connection, GattService.MaxMtu);
                Proxy.OnSubscribed(connection, true, Now);
            }
        }
    }
}
