using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using MeshNode.Kit.Proxy;
using MeshNode.Tool.Run;

namespace MeshNode.Tool.Client;

/// <summary>The GATT client as datagrams of this machine, on the other side of <see cref="UdpGatt"/>.</summary>
internal sealed class UdpCentral : IGattCentral, IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly RealTimeClock _clock;
    private readonly int _mtu;
    private readonly Dictionary<string, EndPoint> _advertisers = [];
    private readonly Dictionary<string, Connection> _connections = [];
    private readonly byte[] _buffer = new byte[600];

    /// <param name="port">Of the loopback interface; 0 for one that is free.</param>
    public UdpCentral(RealTimeClock clock, int port, int mtu)
    {
        _clock = clock;
        _mtu = mtu;

        try
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new CommandFailure(ExitCode.Usage, $"Port {port} is in use.", "End the other command that uses --gatt with this port: one at a time can.");
        }
    }

    /// <summary>Where nodes send.</summary>
    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>To wait on.</summary>
    public Socket Socket => _socket;

    /// <summary>Told of an advert: who, service, service data.</summary>
    public Action<string, int, byte[]>? Advert { get; set; }

    /// <summary>Told of a connection that is there.</summary>
    public Action<string, IGattConnection>? Connected { get; set; }

    /// <summary>Told of a value.</summary>
    public Action<IGattConnection, byte[]>? Notified { get; set; }

    /// <summary>Told of a connection that is gone.</summary>
    public Action<IGattConnection>? Disconnected { get; set; }

    /// <summary>Told of values that have come and go out, or <see langword="null"/>.</summary>
    public Action<byte[], bool, int>? Observer { get; set; }

    /// <inheritdoc/>
    public void Connect(string advertiser, long now)
    {
        if (!_advertisers.TryGetValue(advertiser, out EndPoint? server))
        {
            return;
        }

        Connection connection = new(this, server, _mtu, _connections.Count);
        _connections[advertiser] = connection;

        // A client that was killed has left its connection open.
        Send(server, [(byte)'D']);
        Send(server, [(byte)'C', (byte)_mtu, (byte)(_mtu >> 8)]);
        Send(server, [(byte)'S', 1]);
        _clock.After(0, () => Connected?.Invoke(advertiser, connection));
    }

    /// <summary>Takes what has arrived.</summary>
    public void Receive()
    {
        EndPoint from = new IPEndPoint(IPAddress.Loopback, 0);
        int count;

        try
        {
            count = _socket.ReceiveFrom(_buffer, ref from);
        }
        catch (SocketException)
        {
            return;
        }

        string advertiser = from.ToString()!;
        _connections.TryGetValue(advertiser, out Connection? connection);

        switch (count == 0 ? '\0' : (char)_buffer[0])
        {
            case 'A' when count >= 3:
                _advertisers[advertiser] = from;
                Advert?.Invoke(advertiser, _buffer[1] | (_buffer[2] << 8), _buffer[3..count]);
                break;

            case 'A':
                _advertisers.Remove(advertiser);
                break;

            case 'N' when connection != null:
                Observer?.Invoke(_buffer[1..count], false, connection.Number);
                Notified?.Invoke(connection, _buffer[1..count]);
                break;

            case 'D' when connection != null:
                _connections.Remove(advertiser);
                Disconnected?.Invoke(connection);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Connection connection in _connections.Values)
        {
            Send(connection.Server, [(byte)'D']);
        }

        _socket.Dispose();
    }

    private void Send(EndPoint server, byte[] datagram)
    {
        try
        {
            _socket.SendTo(datagram, server);
        }
        catch (SocketException)
        {
            // The node is gone.
        }
    }

    private void Disconnect(Connection connection)
    {
        string advertiser = connection.Server.ToString()!;

        if (_connections.TryGetValue(advertiser, out Connection? open) && open == connection)
        {
            _connections.Remove(advertiser);
            Send(connection.Server, [(byte)'D']);
            _clock.After(0, () => Disconnected?.Invoke(connection));
        }
    }

    private sealed class Connection(UdpCentral central, EndPoint server, int mtu, int number) : IGattConnection
    {
        public EndPoint Server { get; } = server;

        public int Number { get; } = number;

        public int Mtu => mtu;

        public bool Write(byte[] value, int offset, int count)
        {
            central.Observer?.Invoke(value[offset..(offset + count)], true, Number);
            central.Send(Server, [(byte)'W', .. value.AsSpan(offset, count)]);

            return true;
        }

        public void Disconnect()
        {
            central.Disconnect(this);
        }
    }
}
