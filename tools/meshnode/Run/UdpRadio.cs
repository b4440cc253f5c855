using System;
using System.Net.Sockets;
using MeshNode.Bearers;

namespace MeshNode.Tool.Run;

/// <summary>
/// The advertising bearer as datagrams of this machine, for tests against other programs: a frame is the type of an AD structure and its
/// payload. Frames go to one port, and come back to the port they were sent from; an empty one says hello.
/// </summary>
internal sealed class UdpRadio : IAdvertisingBearer, IDisposable
{
    private const int AdvDelay = 10;

    private readonly UdpPort _port;
    private readonly RealTimeClock _clock;
    private readonly Action<int> _sent;
    private readonly Action<byte[], int> _connectable;
    private bool _busy;

    /// <param name="port">Where frames are sent, on the loopback interface.</param>
    /// <param name="loss">Probability that a frame is lost, in either direction.</param>
    /// <param name="sent">Is given the tag of what has been sent.</param>
    /// <param name="connectable">Is given the data and the length of the connectable advert.</param>
    public UdpRadio(RealTimeClock clock, int port, double loss, Action<int> sent, Action<byte[], int> connectable)
    {
        _clock = clock;
        _port = new UdpPort(port, loss);
        _sent = sent;
        _connectable = connectable;
        _port.SayHello(clock);
    }

    /// <summary>To wait on.</summary>
    public Socket Socket => _port.Socket;

    /// <inheritdoc/>
    public int TransmitCredit => _busy ? 0 : 1;

    /// <inheritdoc/>
    public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
    {
        _busy = true;
        byte[] frame = [(byte)type, .. payload.AsSpan(offset, count)];
        Transmit(frame, transmissions, interval, tag);
    }

    /// <inheritdoc/>
    public void SetConnectable(int service, byte[] data, int count, int interval)
    {
        _connectable(data, count);
    }

    /// <summary>Takes a frame that has arrived.</summary>
    /// <returns>Its length, 0 when it is lost or nobody listens at the other end.</returns>
    public int Receive(byte[] buffer)
    {
        return _port.Receive(buffer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _port.Dispose();
    }

    private void Transmit(byte[] frame, int left, int interval, int tag)
    {
        if (left == 0)
        {
            _busy = false;
            _sent(tag);

            return;
        }

        _port.Send(frame);
        _clock.After(interval + Random.Shared.Next(AdvDelay), () => Transmit(frame, left - 1, interval, tag));
    }
}
