using System;
using System.Net.Sockets;
using MeshNode.Bearers;

namespace MeshNode.Tool.Run;

/// <summary>
/// The GATT bearer with one connection as datagrams of this machine, for tests against other programs. The first octet tells the kind:
/// to the other side <c>A</c> UUID (least significant octet first) and service data, <c>A</c> alone for no advert, <c>N</c> notification,
/// <c>D</c> disconnect; from there <c>C</c> ATT_MTU (least significant octet first) connected, <c>S</c> 0 or 1 written to the Client Characteristic Configuration,
/// <c>W</c> written value, <c>D</c> disconnected.
/// </summary>
internal sealed class UdpGatt : IGattBearer, IDisposable
{
    private const int Connection = 0;
    private const int RepeatAdvert = 1000;

    private readonly UdpPort _port;
    private readonly RealTimeClock _clock;
    private readonly Func<IGattBearerClient> _client;
    private byte[] _advert = [(byte)'A'];
    private bool _connected;

    /// <param name="port">Where datagrams are sent, on the loopback interface.</param>
    /// <param name="client">The stack.</param>
    public UdpGatt(RealTimeClock clock, int port, Func<IGattBearerClient> client)
    {
        _clock = clock;
        _client = client;
        _port = new UdpPort(port);
        Advertise();
    }

    /// <summary>To wait on.</summary>
    public Socket Socket => _port.Socket;

    /// <summary>The datagram of a connectable advert.</summary>
    /// <param name="data">Complete advertising data; empty for none.</param>
    public static byte[] Advert(ReadOnlySpan<byte> data)
    {
        byte[] advert = [(byte)'A'];

        for (int i = 0; i + 1 < data.Length && data[i] != 0; i += data[i] + 1)
        {
            if (data[i + 1] == AdvertisingData.ServiceData16)
            {
                advert = [(byte)'A', .. data.Slice(i + 2, data[i] - 1)];
            }
        }

        return advert;
    }

    /// <summary>Shows another connectable advert.</summary>
    /// <param name="data">Complete advertising data.</param>
    public void SetConnectable(byte[] data, int count)
    {
        _advert = Advert(data.AsSpan(0, count));
        _port.Send(_advert);
    }

    /// <inheritdoc/>
    public bool Notify(int connection, byte[] value, int offset, int count)
    {
        _port.Send([(byte)'N', .. value.AsSpan(offset, count)]);

        return true;
    }

    /// <inheritdoc/>
    public void Disconnect(int connection)
    {
        _port.Send([(byte)'D']);
        _clock.After(0, Disconnected);
    }

    /// <summary>Takes a datagram that has arrived.</summary>
    public void Receive(byte[] buffer)
    {
        int count = _port.Receive(buffer);
        long now = _clock.Now;

        switch (count == 0 ? '\0' : (char)buffer[0])
        {
            case 'C' when count >= 3:
                _connected = true;
                _client().OnConnected(Connection, now);
                _client().OnMtuChanged(Connection, buffer[1] | (buffer[2] << 8), now);
                break;

            case 'S' when count >= 2:
                _client().OnSubscribed(Connection, buffer[1] == 1, now);
                break;

            case 'W':
                _client().OnWritten(Connection, buffer, 1, count - 1, now);
                break;

            case 'D':
                Disconnected();
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _port.Dispose();
    }

    private void Disconnected()
    {
        if (_connected)
        {
            _connected = false;
            _client().OnDisconnected(Connection, _clock.Now);
        }
    }

    // Whoever starts later has to learn of the advert as well.
    private void Advertise()
    {
        _port.Send(_advert);
        _clock.After(RepeatAdvert, Advertise);
    }
}
