using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Fakes;
using MeshNode.Network;
using MeshNode.Proxy;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>
/// A node with three proxy clients and a mesh around it, of which every step is drawn at random, and what must hold after each.
/// </summary>
internal sealed class ProxySoak : IGattBearer
{
    public const string OtherKey = "d1aafb2a1a3c281cbdb0e960edfad852";

    private const int Connections = ProxyNode.Connections;
    private const int Own = 0x0100;
    private const int FirstMesh = 0x0200;
    private const int MeshSources = 6;
    private const int FirstClient = 0x0300;
    private const int ClientSources = 90;

    private static readonly int[] s_destinations = [0x0002, Own, Own + 1, FirstMesh, FirstClient, FirstClient + 1, 0xC000, 0xC001, 0x8001, 0xFFFF, 0xFFFE, 0xFFFC, 0x0000];

    private readonly Random _random;
    private readonly FakeAdvertisingBearer _radio = new();
    private readonly FakeNetworkLayerClient _transport = new();
    private readonly MeshStack _stack;
    private readonly Client[] _clients = [new(), new(), new()];
    private readonly ProxyClient[] _inner;
    private readonly List<Peer> _peers = [];
    private readonly Dictionary<(int Source, ulong Number), (int Ttl, int Destination)> _sent = [];
    private readonly Dictionary<int, uint> _sequences = [];
    private readonly Dictionary<int, ulong> _onRadio = [];
    private readonly List<byte[]> _configurations = [];
    private Peer _primary;
    private Peer _next;
    private byte[] _lastHeard;
    private long _now;
    private int _pace;
    private long _due;
    private long _writes;
    private long _timeouts;
    private long _evictedOnWriting;
    private long _notified;
    private int _seen;
    private int _sessions;
    private bool _ticking;

    public ProxySoak(int seed)
    {
        _random = new Random(seed);
        _primary = NewPeer(Peer.SampleNetKey);
        NewPeer(OtherKey);
        _stack = new MeshStack(_radio, this, new CountingRandom(), _transport, new StackProfile { ProxyClients = Connections });
        _stack.Join(Own, 2, Peer.SampleIvIndex, false, 0, new NetworkKey(Hex.Decode(Peer.SampleNetKey)), false, 0);
        _stack.Subnets.Add(1, new NetworkKey(Hex.Decode(OtherKey)));
        _stack.SetProxyEnabled(true, 0);
        _stack.Network.RelayEnabled = true;
        _stack.Beacons.Enabled = true;
        _stack.IvIndex.TestMode = true;
        _transport.Subscribe(0xC001);
        _inner = (ProxyClient[])typeof(ProxyServer).GetField("_clients", BindingFlags.Instance | BindingFlags.NonPublic).GetValue(_stack.Proxy);
    }

    /// <summary>One event, the tick that follows it, and the checks.</summary>
    public void Step()
    {
        if (_random.Next(300) == 0)
        {
            _pace = _random.Next(3) * 10;
        }

        int time = _random.Next(1000);
        _now += time < 900 ? _random.Next(_pace + 1) : time < 997 ? time % 100 * _pace / 10 : _random.Next(25_000);
        Act(_random.Next(1000), _random.Next(Connections));

        if (_now >= _due || _random.Next(10) != 0)
        {
            Tick();
        }

        Check();
    }

    /// <summary>Everything that waits leaves, and the clients go.</summary>
    public void Finish()
    {
        _radio.Credit = int.MaxValue;
        _transport.HasRoom = true;
        Tick();

        for (int i = 0; i < Connections; i++)
        {
            _clients[i].Room = int.MaxValue;
            _stack.OnNotified(i, _now);

            if (_clients[i].Subscribed && !_clients[i].Closing)
            {
                Assert.AreEqual(0, _inner[i].Queue.Count);
                Assert.AreEqual(_inner[i].OutgoingLength, _inner[i].OutgoingPosition);
            }

            Disconnect(i, _clients[i]);
        }

        Check();
        Assert.AreEqual(0, _stack.Proxy.Connections);

        foreach (ProxyVerdict verdict in Enum.GetValues<ProxyVerdict>())
        {
            Assert.IsTrue(_stack.Proxy.Count(verdict) > 0, verdict.ToString());
        }

        Assert.IsTrue(_stack.Proxy.Evictions > 0 && _timeouts > _stack.Proxy.Evictions && _stack.Proxy.QueueDrops > 0);
        Assert.IsTrue(_notified > _writes / 10);
    }

    /// <summary>What has happened.</summary>
    public string Summary()
    {
        return $"{_sessions} connections, {_writes} writes, {_notified} messages notified, {_stack.Proxy.Evictions} evictions, {_stack.Proxy.QueueDrops} drops: "
            + string.Join(", ", Enum.GetValues<ProxyVerdict>().Select(v => $"{v} {_stack.Proxy.Count(v)}"));
    }

    /// <inheritdoc/>
    public bool Notify(int connection, byte[] value, int offset, int count)
    {
        Client client = _clients[connection];
        byte[] copy = value[offset..(offset + count)];
        Assert.IsTrue(client.Connected && client.Subscribed && !client.Closing, "Notified without a subscription");
        Assert.IsTrue(count >= 2 && count <= client.Mtu - 3, $"{count} octets with an ATT_MTU of {client.Mtu}");
        Assert.IsTrue(client.Refused == null || client.Refused.AsSpan().SequenceEqual(copy), "Another value than the one that was refused");

        if (client.Room == 0)
        {
            client.Refused = copy;

            return false;
        }

        client.Refused = null;
        client.Room--;

        switch (client.Reassembler.Receive(copy, 0, count, 0))
        {
            case ProxyReassembly.Incomplete:
                break;

            case ProxyReassembly.Complete:
                _notified++;
                CheckMessage(client, client.Reassembler.Type, client.Reassembler.Message[..client.Reassembler.Length]);
                break;

            default:
                throw new InvalidOperationException($"The client cannot reassemble {Hex.Encode(copy)}");
        }

        return true;
    }

    /// <inheritdoc/>
    public void Disconnect(int connection)
    {
        if (connection >= 0 && connection < Connections)
        {
            Assert.IsTrue(_clients[connection].Connected && !_clients[connection].Closing, "Disconnects twice");
            _clients[connection].Closing = true;
            _timeouts += _ticking ? 1 : 0;
        }
    }

    private void Act(int dice, int connection)
    {
        Client client = _clients[connection];

        switch (dice)
        {
            case < 60:
                if (client.Closing)
                {
                    Disconnect(connection, client);
                }
                else if (!client.Connected)
                {
                    Connect(connection, client);
                }

                break;

            case < 64:
                Disconnect(connection, client);
                break;

            case < 90:
                client.Subscribed = client.Connected && (!client.Subscribed || _random.Next(4) != 0);

                // A message that has not been begun is forgotten then.
                if (!client.Subscribed && client.Refused != null && client.Refused[0] >> 6 <= ProxySar.First)
                {
                    client.Refused = null;
                }

                _stack.OnSubscribed(connection, client.Subscribed, _now);
                break;

            case < 110:
                if (client.Connected && client.Refused == null)
                {
                    client.Mtu = _random.Next(4) == 0 ? GattService.MaxMtu : _random.Next(GattService.MinMtu, 40);
                    _stack.OnMtuChanged(connection, client.Mtu, _now);
                }

                break;

            case < 480:
                Write(connection, client);
                break;

            case < 700:
                Hear();
                break;

            case < 760:
                SendOwn();
                break;

            case < 920:
                client.Room = _random.Next(8);
                _stack.OnNotified(connection, _now);
                break;

            case < 980:
                _radio.Credit = _random.Next(12);
                _stack.OnSent(_random.Next(3), _now);
                break;

            case < 990:
                _transport.HasRoom = _random.Next(3) != 0;
                break;

            case < 992:
                _stack.SetProxyEnabled(_random.Next(3) != 0, _now);
                break;

            case < 996:
                RefreshKeys();
                break;

            default:
                if (!_stack.IvIndex.StartUpdate(_now))
                {
                    _stack.IvIndex.CompleteUpdate(_now);
                }

                break;
        }
    }

    private void Connect(int connection, Client client)
    {
        client.Connected = true;
        client.Subscribed = false;
        client.Closing = false;
        client.Mtu = GattService.MinMtu;
        client.Room = _random.Next(8);
        client.Refused = null;
        client.Reassembler.Reset();
        client.Last.Clear();
        client.Values.Clear();
        client.Source = FirstClient + _sessions % ClientSources;
        client.Manners = _random.Next(5);
        _sessions++;
        _stack.OnConnected(connection, _now);
    }

    private void Disconnect(int connection, Client client)
    {
        client.Connected = false;
        client.Subscribed = false;
        client.Closing = false;
        _stack.OnDisconnected(connection, _now);
    }

    private void Write(int connection, Client client)
    {
        if (_random.Next(100) == 0)
        {
            connection = _random.Next(-2, 6);
            client = connection >= 0 && connection < Connections ? _clients[connection] : new Client();
        }

        if (client.Values.Count == 0)
        {
            Compose(client);
        }

        byte[] value = client.Values.Dequeue();
        _writes++;

        // Only what is written may be read.
        byte[] buffer = new byte[value.Length + 8];
        _random.NextBytes(buffer);
        value.CopyTo(buffer, 5);
        uint evictions = _stack.Proxy.Evictions;
        _stack.OnWritten(connection, buffer, 5, value.Length, _now);
        _evictedOnWriting += _stack.Proxy.Evictions - evictions;

        bool connected = client.Connected && connection >= 0 && connection < Connections;
        Assert.IsTrue(connected || _stack.LastProxyVerdict == ProxyVerdict.NotConnected);
        Assert.IsTrue(_stack.LastProxyVerdict != ProxyVerdict.SarViolation || client.Closing);
    }

    private void Compose(Client client)
    {
        int dice = client.Manners switch
        {
            0 => _random.Next(64, 79),
            1 => _random.Next(68, 100),
            _ => _random.Next(80),
        };

        switch (dice)
        {
            case < 40:
                Cut(client, ProxyPduType.NetworkPdu, Pdu(client.Source));
                break;

            case < 60:
                Cut(client, ProxyPduType.ProxyConfiguration, Configuration(client.Source));
                break;

            case < 63:
                Cut(client, ProxyPduType.MeshBeacon, AnyPeer().SecureBeacon(_random.Next(4)));
                break;

            case < 66:
                Cut(client, ProxyPduType.ProxyConfiguration, _configurations.Count == 0 ? [1] : _configurations[_random.Next(_configurations.Count)]);
                break;

            case < 68:
                Cut(client, ProxyPduType.ProxyConfiguration, AnyPeer().Secure(_random.Next(5), _random.Next(2) == 0, _random.Next(2), NextSequence(client.Source), client.Source, _random.Next(2), "0001"));
                break;

            case < 76:
                byte[] message = _random.Next(3) switch
                {
                    0 => Configuration(client.Source),
                    1 => AnyPeer().SecureBeacon(0),
                    _ => AnyPeer().Access(5, NextSequence(client.Source), client.Source, Own),
                };
                message[_random.Next(message.Length)] ^= (byte)(1 << _random.Next(8));
                Cut(client, _random.Next(3), message[.._random.Next(1, message.Length + 1)]);
                break;

            case < 79:
                client.Values.Enqueue([(byte)_random.Next(4, 64), .. Noise(20)]);
                break;

            case < 90:
                client.Values.Enqueue([(byte)_random.Next(4), .. Noise(30)]);
                break;

            default:
                client.Values.Enqueue(Noise(40));
                break;
        }
    }

    private void Cut(Client client, int type, byte[] message)
    {
        byte[] value = new byte[100];
        int maxValue = _random.Next(2) == 0 ? 90 : _random.Next(4, 30);

        for (int position = 0; position < message.Length;)
        {
            int count = ProxySegmenter.Encode(type, message, message.Length, position, value, maxValue);
            client.Values.Enqueue(value[..count]);
            position += count - 1;
        }
    }

    private byte[] Configuration(int source)
    {
        int addresses = _random.Next(6);
        string message = _random.Next(8) switch
        {
            0 => $"000{_random.Next(3)}",
            1 or 2 => "02",
            3 => Hex.Encode(Noise(11)) + "03",
            _ => "01",
        };

        for (int i = 0; i < addresses && message.Length == 2; i++)
        {
            message += _random.Next(4) == 0 ? $"{_random.Next(65536):x4}" : $"{s_destinations[_random.Next(s_destinations.Length)]:x4}";
        }

        byte[] pdu = AnyPeer().Configuration(NextSequence(source), source, message);
        _configurations.Add(pdu);

        if (_configurations.Count > 50)
        {
            _configurations.RemoveAt(_random.Next(50));
        }

        return pdu;
    }

    // A genuine PDU of another node, with the next SEQ of its source.
    private byte[] Pdu(int source)
    {
        int ttl = _random.Next(4) == 0 ? _random.Next(3) : _random.Next(128);
        int destination = s_destinations[_random.Next(s_destinations.Length)];
        uint sequence = NextSequence(source);
        Peer peer = AnyPeer();
        _sent[(source, Number(peer.IvIndex, sequence))] = (ttl, destination);

        return peer.Pdu(false, ttl, sequence, source, destination, Hex.Encode(Noise(15)) + "00");
    }

    private void Hear()
    {
        int dice = _random.Next(20);
        byte[] pdu = dice == 0 && _lastHeard != null ? _lastHeard : Pdu(FirstMesh + _random.Next(MeshSources));
        int type = AdvertisingData.MeshMessage;

        switch (dice)
        {
            case 1:
                pdu[_random.Next(pdu.Length)] ^= (byte)(1 << _random.Next(8));
                break;

            case 2:
                pdu = Noise(40);
                break;

            case 3:
                type = AdvertisingData.MeshBeacon;
                pdu = AnyPeer().SecureBeacon(_stack.IvIndex.UpdateInProgress ? 2 : 0);
                break;

            default:
                _lastHeard = pdu;
                break;
        }

        _stack.OnReceived(type, pdu, 0, pdu.Length, _now);
    }

    private void SendOwn()
    {
        if (_stack.Network.HasRoom && _stack.Sequence.TryTake(out uint sequence))
        {
            int ttl = _random.Next(6);
            int destination = s_destinations[_random.Next(s_destinations.Length - 1)];
            _sent[(Own, Number(_stack.IvIndex.TransmitIndex, sequence))] = (ttl + 1, destination);
            SendVerdict verdict = _stack.Network.Send(_stack.Subnets[_random.Next(2)], false, ttl, sequence, Own, destination, new byte[8], 0, 8, 0);
            Assert.IsTrue(verdict == SendVerdict.Sent || (verdict == SendVerdict.Ttl && ttl == 1));
        }
    }

    private void RefreshKeys()
    {
        Subnet subnet = _stack.Subnets[0];

        switch (subnet.Phase)
        {
            case KeyRefreshPhase.Normal:
                byte[] key = new byte[16];
                _random.NextBytes(key);
                _next = NewPeer(Hex.Encode(key));
                _stack.Subnets.StartKeyRefresh(subnet, new NetworkKey(key));
                break;

            case KeyRefreshPhase.First:
                _stack.Subnets.EnterSecondPhase(subnet);
                break;

            default:
                _stack.Subnets.RevokeOldKey(subnet);
                _primary = _next;
                break;
        }
    }

    private void Tick()
    {
        _ticking = true;
        _due = _stack.Tick(_now);
        _ticking = false;
        Assert.IsTrue(_due > _now || (_due == _now && !_transport.HasRoom), $"{_due} at {_now}");
        Assert.AreEqual(_stack.Network.ProxyEnabled && _stack.Proxy.HasFreeConnection, _radio.ConnectableLength > 0);
    }

    private void Check()
    {
        long sum = Enum.GetValues<ProxyVerdict>().Sum(v => _stack.Proxy.Count(v));
        Assert.AreEqual(_clients.Count(c => c.Connected), _stack.Proxy.Connections);
        Assert.AreEqual(_writes + _timeouts + _evictedOnWriting - _stack.Proxy.Evictions, sum, "Sum of the counters");

        for (int i = 0; i < Connections; i++)
        {
            Assert.IsTrue(_inner[i].Queue.Count <= 16 && _inner[i].Filter.Count <= ProxyFilter.Capacity);
        }

        for (; _seen < _radio.Count; _seen++)
        {
            if (_radio.Type(_seen) == AdvertisingData.MeshMessage)
            {
                CheckGenuine(_radio.Payload(_seen), _onRadio);
            }
        }
    }

    private void CheckMessage(Client client, int type, byte[] message)
    {
        switch (type)
        {
            case ProxyPduType.NetworkPdu:
                Peer peer = CheckGenuine(message, client.Last);
                Assert.AreNotEqual(client.Source, peer.Source, "Its own PDU");
                break;

            case ProxyPduType.MeshBeacon:
                Assert.IsTrue(_peers.Any(p => SecureNetworkBeacon.HasNetworkId(p.Key, message, 0) && SecureNetworkBeacon.Authenticate(p.Key, message, 0)));
                break;

            default:
                peer = Read(message, Nonce.ProxyType);
                CheckOrder(peer, client.Last);
                Assert.IsTrue(peer.Control && peer.Ttl == 0 && peer.Source == Own && peer.Destination == 0 && peer.Transport.StartsWith("03", StringComparison.Ordinal));
                break;
        }
    }

    // What leaves has been sent by somebody, with TTL one more, and leaves in the order of its source's SEQ.
    private Peer CheckGenuine(byte[] pdu, Dictionary<int, ulong> last)
    {
        Peer peer = Read(pdu, Nonce.NetworkType);
        ulong number = Number(peer.IvIndex, peer.Sequence);
        Assert.IsTrue(_sent.TryGetValue((peer.Source, number), out (int Ttl, int Destination) sent), "Never sent");
        Assert.AreEqual(sent.Ttl - 1, peer.Ttl);
        Assert.AreEqual(sent.Destination, peer.Destination);
        CheckOrder(peer, last);

        return peer;
    }

    private static void CheckOrder(Peer peer, Dictionary<int, ulong> last)
    {
        ulong number = Number(peer.IvIndex, peer.Sequence);
        Assert.IsTrue(!last.TryGetValue(peer.Source, out ulong before) || before < number, $"SEQ of {peer.Source:x4} out of order");
        last[peer.Source] = number;
    }

    private Peer Read(byte[] pdu, int nonce)
    {
        uint current = _stack.IvIndex.Current;

        for (uint ivIndex = current; ivIndex + 20 > current; ivIndex--)
        {
            foreach (Peer peer in _peers)
            {
                peer.IvIndex = ivIndex;

                if (peer.Read(pdu, nonce))
                {
                    return peer;
                }
            }
        }

        throw new InvalidOperationException($"Not genuine: {Hex.Encode(pdu)}");
    }

    // One with a key that the node receives.
    private Peer AnyPeer()
    {
        Peer peer = _random.Next(3) == 0 ? _peers[1] : _stack.Subnets[0].Phase == KeyRefreshPhase.Second ? _next : _primary;
        peer.IvIndex = _stack.IvIndex.TransmitIndex;

        return peer;
    }

    private Peer NewPeer(string netKey)
    {
        Peer peer = new(netKey, Peer.SampleIvIndex);
        _peers.Add(peer);

        return peer;
    }

    private uint NextSequence(int source)
    {
        _sequences.TryGetValue(source, out uint sequence);
        _sequences[source] = sequence + 1;

        return sequence;
    }

    private byte[] Noise(int most)
    {
        byte[] noise = new byte[_random.Next(most + 1)];
        _random.NextBytes(noise);

        return noise;
    }

    private static ulong Number(uint ivIndex, uint sequence)
    {
        return ((ulong)ivIndex << 24) | sequence;
    }

    /// <summary>The other end of a connection.</summary>
    private sealed class Client
    {
        public readonly ProxyReassembler Reassembler = new();
        public readonly Dictionary<int, ulong> Last = [];
        public readonly Queue<byte[]> Values = [];
        public bool Connected;
        public bool Subscribed;
        public bool Closing;
        public int Manners;
        public int Mtu;
        public int Room;
        public int Source;
        public byte[] Refused;
    }
}
