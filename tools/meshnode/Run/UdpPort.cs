using System;
using System.Net;
using System.Net.Sockets;

namespace MeshNode.Tool.Run;

/// <summary>
/// The socket of a test transport: datagrams go to one port of this machine, and come back to where they were sent from. As on the air, a
/// sender does not know whether anybody listens.
/// </summary>
internal sealed class UdpPort : IDisposable
{
    /// <summary>Milliseconds between two hellos, so that whoever opens the port later learns of this side.</summary>
    public const int HelloInterval = 250;

    private readonly double _loss;

    /// <param name="number">Where datagrams are sent, on the loopback interface.</param>
    /// <param name="loss">Probability that a datagram is lost, in either direction.</param>
    public UdpPort(int number, double loss = 0)
    {
        _loss = loss;
        Socket.Connect(IPAddress.Loopback, number);
    }

    /// <summary>To wait on.</summary>
    public Socket Socket { get; } = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    /// <summary>Sends an empty datagram, now and from time to time.</summary>
    public void SayHello(RealTimeClock clock)
    {
        Send([]);
        clock.After(HelloInterval, () => SayHello(clock));
    }

    /// <summary>Sends a datagram.</summary>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        try
        {
            if (!IsLost())
            {
                Socket.Send(datagram);
            }
        }
        catch (SocketException)
        {
            // Nobody listens.
        }
    }

    /// <summary>Takes a datagram that has arrived.</summary>
    /// <returns>Its length, 0 when it is lost or nobody listens at the other end.</returns>
    public int Receive(byte[] buffer)
    {
        try
        {
            int count = Socket.Receive(buffer);

            return IsLost() ? 0 : count;
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Socket.Dispose();
    }

    private bool IsLost()
    {
        return _loss > 0 && Random.Shared.NextDouble() < _loss;
    }
}
