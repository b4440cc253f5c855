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
/// On each new connection the filter is set again, and the Filter Status compared; a list that is too short for an accept list is replaced by an
/// empty reject list. One connection is written to, in the order of SEQ, so that no later one overtakes an earlier one and makes it a replay. A second one listens as
/// well: when the first is lost it takes over, and <see cref="HandOver"/> changes to it without a gap. While there is no connection, nothing is taken.
/// </remarks>
public sealed class ProxyClientBearer : IAdvertisingBearer
{
    /// <summary>Milliseconds that Filter Status is waited for before the filter is set again.</summary>
    public const int FilterTimeout = 5000;

    private const int Capacity = 64;
    private const int NoRoomRetry = 20;
    private const int LingerTime = 1000;

    private readonly List<ProxyLink> _links = [];
    private readonly List<int> _filter = [];
    private readonly List<int> _dropped = [];
    private MeshStack? _stack;
    private int _filterType = ProxyFilter.AcceptList;
    private bool _handsOver;
    private IGattConnection? _closing;
    private long _closeAt;

    /// <summary>Whether there is a connection.</summary>
    public bool IsConnected => _links.Count > 0;

    /// <summary>Number of connections.</summary>
    public int Connections => _links.Count;

    /// <summary>What is known of the filter of the connection that is written to.</summary>
    public FilterState FilterState => _links.Count == 0 ? FilterState.Unknown : _links[0].Filter;

    /// <summary>The connection that is written to, or <see langword="null"/>.</summary>
    public IGattConnection? Active => _links.Count == 0 ? null : _links[0].Server;

    /// <summary>Whether there is a second connection whose filter is set.</summary>
    public bool HasStandby => _links.Count > 1 && _links[1].IsReady;

    /// <summary>Values that broke the SAR rules; the connection was closed.</summary>
    public int Violations { get; private set; }

    /// <summary>Told of each whole Proxy PDU that has come or goes out, or <see langword="null"/>: its type and octets, and whether it goes out.</summary>
    public Action<int, byte[], bool>? Observer { get; set; }

    /// <inheritdoc/>
    public int TransmitCredit => _links.Count == 0 || (_handsOver && HasStandby) ? 0 : Math.Max(0, Capacity - _links[0].Writer.Count);

    /// <summary>Binds it to the stack above, which is told what has come and what was sent.</summary>
    public void Bind(MeshStack stack)
    {
        _stack = stack;
    }

    /// <inheritdoc/>
    public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
    {
        if (type is AdvertisingData.MeshMessage or AdvertisingData.MeshBeacon && _links.Count > 0)
        {
            int pduType = type == AdvertisingData.MeshMessage ? ProxyPduType.NetworkPdu : ProxyPduType.MeshBeacon;
            byte[] pdu = payload[offset..(offset + count)];
            Observer?.Invoke(pduType, [.. pdu], true);
            _links[0].Writer.Add(pduType, pdu, tag);
        }
        else
        {
            _dropped.Add(tag);
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
        _links.ForEach(link => link.SetFilter(_filterType, [.. _filter], now));
    }

    /// <summary>A proxy server is connected, and notifications are enabled. It is written to if it is the only one.</summary>
    /// <param name="netKeyIndex">The subnet that it was recognised by.</param>
    public void OnConnected(IGattConnection connection, long now, int netKeyIndex = Subnet.PrimaryNetKeyIndex)
    {
        ProxyLink link = new(_stack!, connection, netKeyIndex, Take);
        link.SetFilter(_filterType, [.. _filter], now);
        _links.Add(link);
    }

    /// <summary>A connection is gone; if it was written to, the other one is from now on.</summary>
    public void OnDisconnected(IGattConnection connection)
    {
        _links.RemoveAll(link =>
        {
            if (link.Server == connection)
            {
                link.Drop(_dropped.Add);
            }

            return link.Server == connection;
        });
        _handsOver &= _links.Count > 1;
    }

    /// <summary>All connections are gone.</summary>
    public void OnDisconnected()
    {
        _links.ForEach(link => link.Drop(_dropped.Add));
        _links.Clear();
        _handsOver = false;
    }

    /// <summary>Writes to the second connection from now on, and closes the first: once the filter of the second is set, and the first has written what waits.</summary>
    public void HandOver()
    {
        _handsOver = _links.Count > 1;
    }

    /// <summary>Data Out of the only connection was notified. The value is not kept.</summary>
    public void OnNotified(byte[] value, int offset, int count, long now)
    {
        if (_links.Count > 0)
        {
            OnNotified(_links[0].Server, value, offset, count, now);
        }
    }

    /// <summary>Data Out was notified. The value is not kept.</summary>
    public void OnNotified(IGattConnection connection, byte[] value, int offset, int count, long now)
    {
        if (_links.Find(link => link.Server == connection) is { } link && !link.OnNotified(value, offset, count, now))
        {
            Violations++;
            connection.Disconnect();
        }
    }

    /// <summary>Writes what waits, and sets the filter when that is due.</summary>
    /// <returns>When to call again.</returns>
    public long Tick(long now)
    {
        long next = long.MaxValue;

        foreach (int tag in _dropped.ToArray())
        {
            _dropped.Remove(tag);
            _stack!.OnSent(tag, now);
            next = now + NoRoomRetry;
        }

        foreach (ProxyLink link in _links.ToArray())
        {
            next = Math.Min(next, link.Tick(now, out bool expired));

            if (expired)
            {
                Violations++;
                link.Server.Disconnect();
            }
        }

        if (_handsOver && HasStandby && _links[0].Writer.Count == 0)
        {
            ProxyLink first = _links[0];
            _links.RemoveAt(0);
            _links.Add(first);
            _handsOver = false;
            _closing?.Disconnect();
            _closing = first.Server;
            _closeAt = now + LingerTime;
        }

        // What was written last, and what comes back, is still under way.
        if (_closing != null && now >= _closeAt)
        {
            _closing.Disconnect();
            _closing = null;
        }

        next = _closing == null ? next : Math.Min(next, _closeAt);

        return _handsOver ? Math.Min(next, now + NoRoomRetry) : next;
    }

    private void Take(ProxyLink link, int type, byte[] message, int length, long now)
    {
        Observer?.Invoke(type, message[..length], false);

        switch (type)
        {
            case ProxyPduType.NetworkPdu:
                _stack!.OnReceived(AdvertisingData.MeshMessage, message, 0, length, now);
                break;

            case ProxyPduType.MeshBeacon:
                _stack!.OnReceived(AdvertisingData.MeshBeacon, message, 0, length, now);
                break;
        }
    }
}
