using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Kit.Proxy;

/// <summary>A connection to a proxy server: what waits to be written, what is being put together, and the filter.</summary>
internal sealed class ProxyLink
{
    private const int Connection = 0;
    private const int NoRoomRetry = 20;
    private const int AddressesInMessage = 5;
    private const int Untagged = -1;

    private readonly ProxyReassembler _reassembler = new();
    private readonly List<int> _sent = [];
    private readonly byte[] _pdu = new byte[NetworkPdu.MaxLength];
    private readonly MeshStack _stack;
    private readonly Action<ProxyLink, int, byte[], int, long> _received;
    private int _wantedType;
    private int[] _wanted = [];
    private int[] _addresses = [];
    private int _type;
    private int _statusesLeft;
    private long _filterDue;

    /// <param name="netKeyIndex">The subnet that the server was recognised by.</param>
    /// <param name="received">Takes Network PDUs and beacons.</param>
    public ProxyLink(MeshStack stack, IGattConnection connection, int netKeyIndex, Action<ProxyLink, int, byte[], int, long> received)
    {
        _stack = stack;
        _received = received;
        Server = connection;
        NetKeyIndex = netKeyIndex;
    }

    /// <summary>The connection.</summary>
    public IGattConnection Server { get; }

    /// <summary>The subnet that the server was recognised by.</summary>
    public int NetKeyIndex { get; }

    /// <summary>What waits.</summary>
    public ProxyPduWriter Writer { get; } = new();

    /// <summary>What is known of the filter.</summary>
    public FilterState Filter { get; private set; }

    /// <summary>Whether the filter lets through what was asked for.</summary>
    public bool IsReady => Filter is FilterState.Verified or FilterState.FallenBack;

    /// <summary>What the server is to send.</summary>
    public void SetFilter(int type, int[] addresses, long now)
    {
        _wantedType = type;
        _wanted = addresses;
        _filterDue = now;
        Filter = FilterState.Unknown;
    }

    /// <summary>Takes a value.</summary>
    /// <returns><see langword="false"/> when it breaks the SAR rules.</returns>
    public bool OnNotified(byte[] value, int offset, int count, long now)
    {
        switch (_reassembler.Receive(value, offset, count, now))
        {
            case ProxyReassembly.Incomplete:
                return true;

            case ProxyReassembly.Complete when _reassembler.Type == ProxyPduType.ProxyConfiguration:
                TakeConfiguration(_reassembler.Message, _reassembler.Length, now);

                return true;

            case ProxyReassembly.Complete:
                _received(this, _reassembler.Type, _reassembler.Message, _reassembler.Length, now);

                return true;

            default:
                return false;
        }
    }

    /// <summary>Writes what waits, and sets the filter when that is due.</summary>
    /// <param name="expired">Whether a message of the server has remained a fragment for too long.</param>
    /// <returns>When to call again.</returns>
    public long Tick(long now, out bool expired)
    {
        expired = _reassembler.Expired(now);

        if (now >= _filterDue)
        {
            Request(_wantedType, _wanted, now);
        }

        bool pumped = Writer.Pump(Server, _sent.Add);
        int[] sent = [.. _sent];
        _sent.Clear();

        foreach (int tag in sent)
        {
            if (tag != Untagged)
            {
                _stack.OnSent(tag, now);
            }
        }

        long next = Math.Min(_filterDue, _reassembler.Deadline);

        return Math.Min(next, pumped && sent.Length == 0 ? long.MaxValue : now + NoRoomRetry);
    }

    /// <summary>The connection is gone: what waits is not written any more.</summary>
    /// <param name="dropped">Told the tag of each PDU of the stack.</param>
    public void Drop(Action<int> dropped)
    {
        Writer.Clear(tag =>
        {
            if (tag != Untagged)
            {
                dropped(tag);
            }
        });
    }

    private void TakeConfiguration(byte[] message, int length, long now)
    {
        NetworkPdu pdu = _stack.Network.ProxyConfiguration;

        if (Filter != FilterState.Requested
            || _stack.Network.ReceiveProxyConfiguration(message, 0, length, Connection) != NetworkVerdict.Accepted
            || !pdu.Control
            || pdu.Payload[NetworkPdu.TransportOffset] != ProxyConfigurationMessage.FilterStatus
            || ProxyConfigurationMessage.Validate(pdu.Payload, NetworkPdu.TransportOffset, pdu.TransportLength) != ProxyVerdict.Accepted
            || --_statusesLeft > 0)
        {
            return;
        }

        // The server adds to an accept list the addresses that this client sends from.
        int type = pdu.Payload[NetworkPdu.TransportOffset + 1];
        int size = BigEndian.ReadUInt16(pdu.Payload, NetworkPdu.TransportOffset + 2);
        bool enough = type == ProxyFilter.AcceptList ? size >= _addresses.Length : size == _addresses.Length;
        bool asWanted = _type == _wantedType && _addresses == _wanted;
        _filterDue = long.MaxValue;

        if (type == _type && enough)
        {
            Filter = asWanted ? FilterState.Verified : FilterState.FallenBack;
        }
        else if (_wantedType == ProxyFilter.AcceptList && asWanted)
        {
            // Its list is too short: rather everything than too little.
            Request(ProxyFilter.RejectList, [], now);
        }
        else
        {
            Filter = FilterState.Incomplete;
        }
    }

    private void Request(int type, int[] addresses, long now)
    {
        if ((_stack.Subnets.Find(NetKeyIndex) ?? _stack.Subnets[0]) is not { } subnet)
        {
            _filterDue = long.MaxValue;

            return;
        }

        _type = type;
        _addresses = addresses;
        Configure(subnet, [ProxyConfigurationMessage.SetFilterType, (byte)type]);
        _statusesLeft = 1;

        foreach (int[] part in addresses.Chunk(AddressesInMessage))
        {
            Configure(subnet, [ProxyConfigurationMessage.AddAddresses, .. part.SelectMany(static a => new[] { (byte)(a >> 8), (byte)a })]);
            _statusesLeft++;
        }

        Filter = FilterState.Requested;
        _filterDue = now + ProxyClientBearer.FilterTimeout;
    }

    private void Configure(Subnet subnet, byte[] message)
    {
        int count = _stack.Network.EncodeProxyConfiguration(subnet, message, message.Length, _pdu);

        if (count != 0)
        {
            Writer.Add(ProxyPduType.ProxyConfiguration, _pdu[..count], Untagged);
        }
    }
}
