using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using MeshNode.Bearers;
using MeshNode.Tool.Run;

namespace MeshNode.Tool.Client;

/// <summary>
/// The advertising bearer as datagrams of this machine, on the other side of <see cref="UdpRadio"/>. Whoever opens the port first carries the frames of all who send to it, as the air would; whoever
/// comes later is one of them.
/// </summary>
internal sealed class UdpAir : IAdvertisingBearer, IDisposable
{
    private const int AdvDelay = 10;
    private const int MaxPeers = 256;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly RealTimeClock _clock;
    private readonly HashSet<EndPoint> _peers = [];
    private readonly byte[] _buffer = new byte[600];
    private bool _busy;
    private bool _closed;

    /// <param name="port">Of the loopback interface.</param>
    public UdpAir(RealTimeClock clock, int port)
    {
        _clock = clock;

        try
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            IsHub = true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            _socket.Connect(IPAddress.Loopback, port);
            Hello();
        }
    }

    /// <summary>Whether this side carries the frames.</summary>
    public bool IsHub { get; }

    /// <summary>To wait on.</summary>
    public Socket Socket => _socket;

    /// <summary>Told of what has come: AD type and payload.</summary>
    public Action<int, byte[]>? Received { get; set; }

    /// <summary>Told the tag of what was sent.</summary>
    public Action<int>? Sent { get; set; }

    /// <summary>Told of what has come and goes out, or <see langword="null"/>: AD type, payload, and whether it goes out.</summary>
    public Action<int, byte[], bool>? Observer { get; set; }

    /// <inheritdoc/>
    public int TransmitCredit => _busy ? 0 : 1;

    /// <inheritdoc/>
    public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
    {
        _busy = true;
        byte[] frame = [(byte)type, .. payload.AsSpan(offset, count)];
        Observer?.Invoke(type, frame[1..], true);
        Transmit(frame, transmissions, interval, tag);
    }

    /// <inheritdoc/>
    public void SetConnectable(int service, byte[] data, int count, int interval)
    {
    }

    /// <summary>Takes what has arrived.</summary>
    public void Receive()
    {
        EndPoint from = new IPEndPoint(IPAddress.Loopback, 0);
        int count;

        try
        {
            count = IsHub ? _socket.ReceiveFrom(_buffer, ref from) : _socket.Receive(_buffer);
        }
        catch (SocketException)
        {
            return;
        }

        if (IsHub && _peers.Count < MaxPeers)
        {
            _peers.Add(from);
        }

        if (count < 2)
        {
            return;
        }

        byte[] frame = _buffer[..count];

        if (IsHub)
        {
            Carry(frame, from);
        }

        Observer?.Invoke(frame[0], frame[1..], false);
        Received?.Invoke(frame[0], frame[1..]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
    }

    private void Hello()
    {
        if (_closed)
        {
            return;
        }

        Carry([], null);
        _clock.After(UdpPort.HelloInterval, Hello);
    }

    private void Transmit(byte[] frame, int left, int interval, int tag)
    {
        if (_closed)
        {
            return;
        }

        if (left == 0)
        {
            _busy = false;
            Sent?.Invoke(tag);

            return;
        }

        Carry(frame, null);
        _clock.After(interval + Random.Shared.Next(AdvDelay), () => Transmit(frame, left - 1, interval, tag));
    }

    private void Carry(byte[] frame, EndPoint? except)
    {
        if (!IsHub)
        {
            TrySend(() => _socket.Send(frame));

            return;
        }

        foreach (EndPoint peer in _peers)
        {
            if (!peer.Equals(except))
            {
                TrySend(() => _socket.SendTo(frame, peer));
            }
        }
    }

    private static void TrySend(Action send)
    {
        try
        {
            send();
        }
        catch (SocketException)
        {
            // Nobody listens: as on the air, the sender does not know.
        }
    }
}
