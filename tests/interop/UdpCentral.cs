using System;
using System.Net;
using System.Net.Sockets;
using MeshNode.Kit.Proxy;

namespace MeshNode.Interop;

/// <summary>The GATT client at the other end of a node's test transport: one node.</summary>
internal sealed class UdpCentral : IGattConnection, IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _buffer = new byte[600];
    private EndPoint? _node;

    public UdpCentral(int mtu)
    {
        Mtu = mtu;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    /// <summary>Where the node sends.</summary>
    public int Port { get; }

    /// <summary>To wait on.</summary>
    public Socket Socket => _socket;

    /// <inheritdoc/>
    public int Mtu { get; }

    /// <summary>The service that is advertised, 0 for none.</summary>
    public int Service { get; private set; }

    /// <summary>Told of a notification.</summary>
    public Action<byte[]>? Notified { get; set; }

    /// <summary>Told that the connection is gone.</summary>
    public Action? Disconnected { get; set; }

    /// <summary>Connects and subscribes to Data Out.</summary>
    public void Connect()
    {
        Send([(byte)'C', (byte)Mtu, (byte)(Mtu >> 8)]);
        Send([(byte)'S', 1]);
    }

    /// <summary>Takes what has arrived.</summary>
    public void Receive()
    {
        _node ??= new IPEndPoint(IPAddress.Loopback, 0);
        int count = _socket.ReceiveFrom(_buffer, ref _node);

        switch (count == 0 ? '\0' : (char)_buffer[0])
        {
            case 'A':
                Service = count < 3 ? 0 : _buffer[1] | (_buffer[2] << 8);
                break;

            case 'N':
                Notified?.Invoke(_buffer[1..count]);
                break;

            case 'D':
                Disconnected?.Invoke();
                break;
        }
    }

    /// <inheritdoc/>
    public bool Write(byte[] value, int offset, int count)
    {
        Send([(byte)'W', .. value.AsSpan(offset, count)]);

        return true;
    }

    /// <inheritdoc/>
    public void Disconnect()
    {
        Send([(byte)'D']);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
    }

    private void Send(byte[] datagram)
    {
        _socket.SendTo(datagram, _node!);
    }
}
