#nullable enable
using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace MeshNode.Kit;

/// <summary>Carries the frames of all who send to a port, as the air would, on a thread of its own; a filter decides which.</summary>
internal sealed class HubAir : IDisposable
{
    private const int MaxSize = 600;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly HashSet<EndPoint> _peers = [];
    private readonly Thread _thread;
    private volatile Func<EndPoint, byte[], bool> _passes = static (_, _) => true;

    public HubAir(int port)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Is asked about each frame on the hub's thread: who sends it, AD type and payload.</summary>
    public Func<EndPoint, byte[], bool> Passes
    {
        get => _passes;
        set => _passes = value;
    }

    /// <summary>Sends a frame to one of those who were heard.</summary>
    public void Send(EndPoint peer, byte[] frame)
    {
        _socket.SendTo(frame, peer);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
    }

    private void Run()
    {
        byte[] buffer = new byte[MaxSize];

        while (true)
        {
            EndPoint from = new IPEndPoint(IPAddress.Loopback, 0);

            try
            {
                int count = _socket.ReceiveFrom(buffer, ref from);
                _peers.Add(from);
                byte[] frame = buffer[..count];

                if (count > 1 && Passes(from, frame))
                {
                    Carry(from, frame);
                }
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                // Somebody who was killed listens no more.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Carry(EndPoint from, byte[] frame)
    {
        foreach (EndPoint peer in _peers)
        {
            if (!peer.Equals(from))
            {
                Send(peer, frame);
            }
        }
    }
}
