using System;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Fakes;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.Proxy;
using MeshNode.UpperTransport;

namespace MeshNode;

/// <summary>A proxy client that sends messages of its own and counts what it is told. Allocates in its constructor only.</summary>
internal sealed class SoakProxyClient
{
    public const int Address = 0x0300;

    private const int Connection = 0;
    private const int Ttl = 5;
    private const int Credit = 4;

    private readonly NetworkKey _key = new(Hex.Decode(Peer.SampleNetKey));
    private readonly TransportKey _appKey = TransportKey.Application(Hex.Decode(SoakNode.AppKeyText));
    private readonly ProxyReassembler _reassembler = new();
    private readonly byte[] _upper = new byte[UpperTransportAccessPdu.MaxLength];
    private readonly byte[] _lower = new byte[16];
    private readonly byte[] _clear = new byte[64];
    private readonly byte[] _pdu = new byte[64];
    private readonly byte[] _value = new byte[GattService.MaxMtu];
    private readonly SoakNode _node;
    private uint _sequence = 1;
    private int _maxValue;
    private int _credit = Credit;
    private long _now;
    private bool _isClosed;

    public SoakProxyClient(SoakNode node)
    {
        _node = node;
    }

    /// <summary>Network PDUs to this client.</summary>
    public int Answers { get; private set; }

    /// <summary>Other Network PDUs.</summary>
    public int Forwarded { get; private set; }

    /// <summary>Beacons.</summary>
    public int Beacons { get; private set; }

    /// <summary>Filter Status messages.</summary>
    public int FilterStatuses { get; private set; }

    /// <summary>Values that make no sense.</summary>
    public int Violations { get; private set; }

    /// <summary>Values refused for want of room.</summary>
    public int Refused { get; private set; }

    /// <summary>Connections that the node has closed.</summary>
    public int Closed { get; private set; }

    public void Connect(int mtu, long now)
    {
        _reassembler.Reset();
        _maxValue = mtu - GattService.AttHeaderSize;
        _node.Node.Stack.OnConnected(Connection, now);

        if (mtu != GattService.MinMtu)
        {
            _node.Node.Stack.OnMtuChanged(Connection, mtu, now);
        }

        _node.Node.Stack.OnSubscribed(Connection, true, now);
        _node.WakeAt = now;
    }

    public void Disconnect(long now)
    {
        _node.Node.Stack.OnDisconnected(Connection, now);
        _node.WakeAt = now;
    }

    /// <summary>The node closes the connection.</summary>
    public void OnClosed()
    {
        Closed++;
        _isClosed = true;
    }

    /// <summary>Has room again, and connects again when the node has closed the connection.</summary>
    public void Tick(long now)
    {
        _now = now;

        if (_isClosed)
        {
            _isClosed = false;
            Disconnect(now);
            Connect(GattService.MinMtu, now);
        }

        if (_credit < Credit)
        {
            _credit = Credit;
            _node.Node.Stack.OnNotified(Connection, now);
        }
    }

    /// <summary>Sends an access message of at most 11 octets.</summary>
    public void Send(int destination, byte[] message, int count, long now)
    {
        count = UpperTransportAccessPdu.Encrypt(_appKey, false, _sequence, Address, destination, Peer.SampleIvIndex, null, message, count, _upper);
        count = LowerTransportPdu.EncodeUnsegmented(LowerTransportPdu.ApplicationKeyFlag | _appKey.Aid, _upper, count, _lower);
        Write(ProxyPduType.NetworkPdu, Nonce.NetworkType, (uint)Ttl << 24, destination, _lower, count, now);
    }

    /// <summary>Sends a proxy configuration message.</summary>
    public void Configure(byte[] message, long now)
    {
        Write(ProxyPduType.ProxyConfiguration, Nonce.ProxyType, 0x80000000, Network.Address.Unassigned, message, message.Length, now);
    }

    /// <summary>Writes octets as they are.</summary>
    public void Write(byte[] value, int count, long now)
    {
        _node.Node.Stack.OnWritten(Connection, value, 0, count, now);
        _node.WakeAt = now;
    }

    public bool Notify(byte[] value, int offset, int count)
    {
        if (_credit == 0)
        {
            Refused++;

            return false;
        }

        _credit--;
        ProxyReassembly result = count > _maxValue ? ProxyReassembly.Violation : _reassembler.Receive(value, offset, count, _now);

        if (result == ProxyReassembly.Complete)
        {
            Count(_reassembler.Type);
        }
        else if (result != ProxyReassembly.Incomplete)
        {
            Violations++;
        }

        return true;
    }

    private void Count(int type)
    {
        switch (type)
        {
            case ProxyPduType.MeshBeacon:
                Beacons++;
                break;

            case ProxyPduType.ProxyConfiguration:
                FilterStatuses++;
                break;

            default:
                byte[] pdu = _reassembler.Message;
                _key.Credentials.Deobfuscate(pdu, 0, Peer.SampleIvIndex);

                if (!_key.Credentials.Decrypt(pdu, 0, _reassembler.Length, Peer.SampleIvIndex, Nonce.NetworkType, _clear, 0))
                {
                    Violations++;
                }
                else if (((_clear[0] << 8) | _clear[1]) == Address)
                {
                    Answers++;
                }
                else
                {
                    Forwarded++;
                }

                break;
        }
    }

    private void Write(int type, int nonce, uint header, int destination, byte[] transport, int count, long now)
    {
        _clear[0] = (byte)(destination >> 8);
        _clear[1] = (byte)destination;
        Array.Copy(transport, 0, _clear, 2, count);
        int length = _key.Credentials.Encrypt(header | _sequence++, Address, Peer.SampleIvIndex, nonce, _clear, 0, 2 + count, _pdu, 0);

        for (int position = 0; position < length;)
        {
            int size = ProxySegmenter.Encode(type, _pdu, length, position, _value, _maxValue);
            position += size - 1;
            Write(_value, size, now);
        }
    }
}
