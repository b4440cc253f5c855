using MeshNode.Access;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode;

/// <summary>
/// Whole nodes that talk to each other over a radio that loses much, in simulated time: a mix of all there is to say. Every node is under
/// test, and none of what they talk through allocates once it is there.
/// </summary>
internal sealed class NodeSoak
{
    private const int Nodes = 4;
    private const int Slice = 10;
    private const int Second = 1000;
    private const int Pause = 300;
    private const int MinEcho = 5;
    private const int MaxEcho = 373;
    private const int Unknown = 0x0700;
    private const int AwayEvery = 400;
    private const int AwayFor = 45;
    private const int ReconnectEvery = 240;

    private static readonly string[] s_models =
    [
        "8201", "8202010000", "8202000102", "82020101020a", "820300000105", "8205", "8206ff3f0200", "8206000003", "82090010000004420a", "820b2000050201", "820d", "820e42",
        "8211", "821301", "824b", "824cff7f06", "824cff1f07420a", "824f", "8251ffff08", "8253", "8255", "8257", "825affff0200ff", "8205ff", "820202", "82020201", "825fff",
    ];

    private static readonly string[] s_health = ["8031f105", "802ff105", "803201f105", "803200f105", "8004", "800503", "8034", "803502", "803500", "8032"];

    private static readonly string[] s_filters = ["0000", "01c001", "02c001", "0001", "01c0020100", "07"];

    private readonly SoakRandom _random;
    private readonly SoakRadio _radio;
    private readonly byte[] _message = new byte[AccessLayer.MaxPayload];
    private readonly byte[][] _models = Decode(s_models);
    private readonly byte[][] _health = Decode(s_health);
    private readonly byte[][] _filters = Decode(s_filters);
    private readonly int _available;
    private long _now = Second;
    private byte _transaction;

    public NodeSoak(int lossPercent, int seed)
    {
        _random = new SoakRandom(seed);
        _radio = new SoakRadio(_random, lossPercent);
        All = new SoakNode[Nodes];

        for (int i = 0; i < Nodes; i++)
        {
            All[i] = new SoakNode(i, Nodes, _radio, _random, _now);
        }

        _available = All[0].Node.LowerTransport.Segments.Available;
        Client = new SoakProxyClient(All[0]);
        All[0].ProxyClient = Client;
        Client.Connect(Bearers.GattService.MinMtu, _now);
    }

    /// <summary>The nodes.</summary>
    public SoakNode[] All { get; }

    /// <summary>The proxy client of the first.</summary>
    public SoakProxyClient Client { get; }

    /// <summary>Messages that were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Messages that there was no room for.</summary>
    public int Refused { get; private set; }

    /// <summary>Messages that were not sent for another reason.</summary>
    public int Failed { get; private set; }

    /// <summary>Messages of more than one PDU, of those that were sent.</summary>
    public int LongSent { get; private set; }

    /// <summary>Payloads on the air.</summary>
    public int Payloads
    {
        get { return _radio.Count; }
    }

    /// <summary>Whether every node has all its segments, as in the beginning.</summary>
    public bool PoolsAreFull
    {
        get
        {
            foreach (SoakNode node in All)
            {
                if (node.Node.LowerTransport.Segments.Available != _available)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>One second of traffic.</summary>
    public void Step(int second)
    {
        int phase = second % AwayEvery;
        _radio.Away = phase < AwayFor ? second / AwayEvery % Nodes : -1;

        if (second % ReconnectEvery == ReconnectEvery - 1)
        {
            Client.Disconnect(_now);
            Client.Connect(_random.Next(2) == 0 ? Bearers.GattService.MinMtu : Bearers.GattService.MinMtu + _random.Next(50), _now);
        }

        for (int i = 0; i < Second / Slice; i++)
        {
            if (_now % Pause == 0)
            {
                Act();
            }

            Advance();
        }
    }

    /// <summary>Nobody says anything more of its own accord, and everybody hears everything.</summary>
    public void Settle(int seconds)
    {
        _radio.Away = -1;

        for (int i = 0; i < seconds * Second / Slice; i++)
        {
            Advance();
        }
    }

    /// <summary>Messages that met with a verdict, at all nodes.</summary>
    public uint Count(AccessVerdict verdict)
    {
        uint count = 0;

        foreach (SoakNode node in All)
        {
            count += node.Node.Access.Count(verdict);
        }

        return count;
    }

    /// <summary>PDUs that met with a verdict, at all nodes.</summary>
    public uint Count(LowerTransportVerdict verdict)
    {
        uint count = 0;

        foreach (SoakNode node in All)
        {
            count += node.Node.LowerTransport.Count(verdict);
        }

        return count;
    }

    /// <summary>PDUs that met with a verdict, at all nodes.</summary>
    public uint Count(NetworkVerdict verdict)
    {
        uint count = 0;

        foreach (SoakNode node in All)
        {
            count += node.Node.Stack.Network.Count(verdict);
        }

        return count;
    }

    private void Advance()
    {
        _now += Slice;
        _radio.Deliver(All, _now);
        Client.Tick(_now);

        foreach (SoakNode node in All)
        {
            if (node.WakeAt <= _now)
            {
                node.WakeAt = node.Node.Tick(_now);
            }
        }
    }

    private void Act()
    {
        int sender = _random.Next(Nodes);
        SoakNode from = All[sender];
        SoakNode to = All[(sender + 1 + _random.Next(Nodes - 1)) % Nodes];

        switch (_random.Next(17))
        {
            case 0:
            case 1:
            case 2:
                Send(from, to.Address, SoakNode.AppKeyIndex, Model());
                break;

            case 3:
                Send(from, SoakNode.Group, SoakNode.AppKeyIndex, Model());
                break;

            case 4:
            case 5:
                Send(from, to.Address, SoakNode.AppKeyIndex, Echo(MinEcho + _random.Next(MaxEcho - MinEcho + 1)));
                break;

            case 6:
                Send(from, to.Address, SoakNode.AppKeyIndex, Echo(_random.Next(8) == 0 ? MaxEcho : MinEcho + _random.Next(40)));
                break;

            case 7:
                bool isVirtual = _random.Next(2) == 0;
                int destination = isVirtual ? from.Node.Labels.Address(from.LabelPlace) : SoakNode.Group;
                Send(from, destination, isVirtual ? from.LabelPlace : LabelTable.None, SoakNode.AppKeyIndex, Echo(MinEcho + _random.Next(30)));
                break;

            case 8:
            case 9:
                Send(from, to.Address, AccessKey.RemoteDevice, Copy(to.Configuration[_random.Next(to.Configuration.Length)]));
                break;

            case 10:
                Send(from, _random.Next(8) == 0 ? SoakNode.Group : to.Address, SoakNode.AppKeyIndex, Copy(_health[_random.Next(_health.Length)]));
                break;

            case 11:
                Send(from, Unknown, SoakNode.AppKeyIndex, Echo(_random.Next(4) == 0 ? 60 : MinEcho));
                break;

            case 12:
                _radio.Garble(to, _random.Next(100), _now);
                break;

            case 13:
                _radio.Replay(to, 10 + _random.Next(2000), _now);
                break;

            case 14:
                Client.Send(to.Address, _message, _random.Next(2) == 0 ? Model() : Echo(MinEcho), _now);
                Client.Configure(_filters[_random.Next(_filters.Length)], _now);
                break;

            case 15:
                from.Button.Set(_random.Next(2) == 0, _random.Next(4) == 0, _now);
                from.WakeAt = _now;
                break;

            default:
                _random.Fill(_message, 0, 20);
                Client.Write(_message, 1 + _random.Next(19), _now);
                to.Health.SetFault(2 + _random.Next(3), _now);
                from.Health.ClearFault(2 + _random.Next(3), _now);
                break;
        }
    }

    private void Send(SoakNode from, int destination, int key, int count)
    {
        Send(from, destination, LabelTable.None, key, count);
    }

    private void Send(SoakNode from, int destination, int label, int key, int count)
    {
        bool segmented = _random.Next(8) == 0;
        bool szmic = _random.Next(8) == 0;

        // Nobody relays what has TTL 0, so that what is lost is lost.
        int ttl = _random.Next(2) == 0 ? 0 : Publication.DefaultTtl;

        switch (from.Send(destination, label, key, ttl, segmented, szmic, _message, count, _now))
        {
            case SendVerdict.Sent:
                Sent++;
                LongSent += segmented || szmic || count > LowerTransportPdu.MaxUnsegmentedControl ? 1 : 0;
                break;

            case SendVerdict.NoRoom:
                Refused++;
                break;

            default:
                Failed++;
                break;
        }
    }

    // A message to a lamp, of which most have a TID in their last octet.
    private int Model()
    {
        int count = Copy(_models[_random.Next(_models.Length)]);

        if (_random.Next(3) != 0 && count > 3 && count < 6)
        {
            _message[count - 1] = _transaction++;
        }

        return count;
    }

    private int Echo(int count)
    {
        int size = Opcode.Encode(Opcode.Vendor(0x01, SoakNode.Company), _message);

        for (int i = 0; i < count; i++)
        {
            _message[size + i] = (byte)(count + i);
        }

        return size + count;
    }

    private int Copy(byte[] message)
    {
        message.CopyTo(_message, 0);

        return message.Length;
    }

    private static byte[][] Decode(string[] texts)
    {
        byte[][] messages = new byte[texts.Length][];

        for (int i = 0; i < texts.Length; i++)
        {
            messages[i] = Hex.Decode(texts[i]);
        }

        return messages;
    }
}
