using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Bearers;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Kit.Proxy;

/// <summary>
/// The client's end of the GATT Mesh Proxy Service, which a stack takes for its advertising bearer: Network PDUs and beacons go to
/// the proxy server and come from it. See Mesh Protocol 1.1, section 6.
/// </summary>
/// <remarks>
/// On each new connection the filter is set again, and the Filter Status compared. Everything is written in the order of its SEQ, so
/// that the server does not take the later one for a replay. While there is no connection it takes nothing.
/// </remarks>
public sealed class ProxyClientBearer : IAdvertisingBearer
{
    /// <summary>Milliseconds that Filter Status is waited for before the filter is set again.</summary>
    public const int FilterTimeout = 5000;

    private const int Connection = 0;
    private const int Capacity = 64;
    private const int NoRoomRetry = 20;
    private const int Untagged = -1;
    private const int AddressesInMessage = 5;

    private readonly ProxyPduWriter _writer = new();
    private readonly ProxyReassembler _reassembler = new();
    private readonly List<int> _filter = [];
    private readonly List<int> _sent = [];
    private readonly byte[] _pdu = new byte[NetworkPdu.MaxLength];
    private MeshStack? _stack;
    private IGattConnection? _connection;
    private int _filterType = ProxyFilter.AcceptList;
    private int _statusesLeft;
    private long _filterDue = long.MaxValue;

    /// <summary>Whether there is a connection.</summary>
    public bool IsConnected => _connection != null;

    /// <summary>What is known of the filter.</summary>
    public FilterState FilterState { get; private set; }

    /// <summary>Values that broke the SAR rules; the connection was closed.</summary>
    public int Violations { get; private set; }

    /// <inheritdoc/>
    public int TransmitCredit => _connection == null ? 0 : Math.Max(0, Capacity - _writer.Count);

    /// <summary>Binds it to the stack above, which is told what has come and what was sent.</summary>
    public void Bind(MeshStack stack)
    {
        _stack = stack;
    }

    /// <inheritdoc/>
    public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
    {
        if (type is AdvertisingData.MeshMessage or AdvertisingData.MeshBeacon)
        {
            int pduType = type == AdvertisingData.MeshMessage ? ProxyPduType.NetworkPdu : ProxyPduType.MeshBeacon;
            _writer.Add(pduType, payload[offset..(offset + count)], tag);
        }
        else
        {
            _sent.Add(tag);
        }
    }

    /// <inheritdoc/>
    public void SetConnectable(int service, byte[] data, int count, int interval)
    {
    }

    /// <summary>What the server is to send to this client, now and after each new connection.</summary>
    /// <param name="type"><see cref="ProxyFilter.AcceptList"/> or <see cref="ProxyFilter.RejectList"/>.</param>
    /// <param name="addresses">In an accept list, this client's own addresses among them.</param>
    public void SetFilter(int type, IEnumerable<int> addresses, long now)
    {
        _filterType = type;
        _filter.Clear();
        _filter.AddRange(addresses.Distinct());
        _filterDue = IsConnected ? now : long.MaxValue;
    }

    /// <summary>A proxy server is connected, and notifications are enabled.</summary>
    public void OnConnected(IGattConnection connection, long now)
    {
        _connection = connection;
        _writer.Clear();
        _reassembler.Reset();
        FilterState = FilterState.Unknown;
        _filterDue = now;
    }

    /// <summary>The connection is gone.</summary>
    public void OnDisconnected()
    {
        _connection = null;
        _writer.Clear();
        FilterState = FilterState.Unknown;
        _filterDue = long.MaxValue;
    }

    /// <summary>Data Out was notified. The value is not kept.</summary>
    public void OnNotified(byte[] value, int offset, int count, long now)
    {
        if (_connection == null)
        {
            return;
        }

        ProxyReassembly reassembly = _reassembler.Receive(value, offset, count, now);

        if (reassembly == ProxyReassembly.Violation)
        {
            Violations++;
            _connection.Disconnect();
        }
        else if (reassembly == ProxyReassembly.Complete)
        {
            Take(now);
        }
    }

    /// <summary>Writes what waits, and sets the filter when that is due.</summary>
    /// <returns>When to call again.</returns>
    public long Tick(long now)
    {
        if (_connection == null)
        {
            return long.MaxValue;
        }

        if (now >= _filterDue)
        {
            RequestFilter(now);
        }

        bool pumped = _writer.Pump(_connection, _sent.Add);
        int[] sent = [.. _sent];
        _sent.Clear();

        foreach (int tag in sent)
        {
            if (tag != Untagged)
            {
                _stack!.OnSent(tag, now);
            }
        }

        return Math.Min(_filterDue, pumped && sent.Length == 0 ? long.MaxValue : now + NoRoomRetry);
    }

    private void Take(long now)
    {
        byte[] message = _reassembler.Message;
        int length = _reassembler.Length;

        switch (_reassembler.Type)
        {
            case ProxyPduType.NetworkPdu:
                _stack!.OnReceived(AdvertisingData.MeshMessage, message, 0, length, now);
                break;

            case ProxyPduType.MeshBeacon:
                _stack!.OnReceived(AdvertisingData.MeshBeacon, message, 0, length, now);
                break;

            case ProxyPduType.ProxyConfiguration:
                TakeConfiguration(message, length);
                break;
        }
    }

    private void TakeConfiguration(byte[] message, int length)
    {
        NetworkPdu pdu = _stack!.Network.ProxyConfiguration;

        if (FilterState != FilterState.Requested
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
        bool enough = type == ProxyFilter.AcceptList ? size >= _filter.Count : size == _filter.Count;
        FilterState = type == _filterType && enough ? FilterState.Verified : FilterState.Incomplete;
        _filterDue = long.MaxValue;
    }

    private void RequestFilter(long now)
    {
        if (_stack!.Subnets[0] == null)
        {
            _filterDue = long.MaxValue;

            return;
        }

        Configure([ProxyConfigurationMessage.SetFilterType, (byte)_filterType]);
        _statusesLeft = 1;

        foreach (int[] addresses in _filter.Chunk(AddressesInMessage))
        {
            Configure([ProxyConfigurationMessage.AddAddresses, .. addresses.SelectMany(static a => new[] { (byte)(a >> 8), (byte)a })]);
            _statusesLeft++;
        }

        FilterState = FilterState.Requested;
        _filterDue = now + FilterTimeout;
    }

    private void Configure(byte[] message)
    {
        int count = _stack!.Network.EncodeProxyConfiguration(_stack.Subnets[0], message, message.Length, _pdu);

        if (count != 0)
        {
            _writer.Add(ProxyPduType.ProxyConfiguration, _pdu[..count], Untagged);
        }
    }
}
