using System;
using System.Net.Sockets;
using MeshNode.Bearers;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;

namespace MeshNode.Tool.Run;

/// <summary>A client of a board as the datagrams of <see cref="UdpGatt"/>. Whoever wants to connect waits, as a phone does, until the board is connectable.</summary>
internal sealed class BoardGatt : IBoardCentral, IDisposable
{
    private const int RepeatAdvert = 1000;
    private const int ConnectTime = 60000;

    private readonly UdpPort _port;
    private readonly RealTimeClock _clock;
    private readonly Func<VirtualBoard> _board;
    private byte[] _advert = [];
    private long _advertised = -RepeatAdvert;
    private BoardLink? _link;
    private Guid _dataIn;
    private Guid _dataOut;
    private int _wantedMtu;
    private long _wantedUntil;

    /// <param name="port">Where datagrams are sent, on the loopback interface.</param>
    public BoardGatt(RealTimeClock clock, int port, Func<VirtualBoard> board)
    {
        _clock = clock;
        _board = board;
        _port = new UdpPort(port);
        _port.Send([(byte)'A']);
    }

    /// <summary>To wait on.</summary>
    public Socket Socket => _port.Socket;

    /// <summary>The board has advertised connectably.</summary>
    /// <param name="data">Complete advertising data.</param>
    public void OnConnectable(byte[] data)
    {
        byte[] advert = UdpGatt.Advert(data);

        if (!advert.AsSpan().SequenceEqual(_advert) || _clock.Now - _advertised >= RepeatAdvert)
        {
            _advert = advert;
            _advertised = _clock.Now;
            _port.Send(advert);
        }

        if (_wantedMtu != 0)
        {
            // Not from within the board's own action.
            _clock.After(0, Connect);
        }
    }

    /// <summary>Takes a datagram that has arrived.</summary>
    public void Receive(byte[] buffer)
    {
        int count = _port.Receive(buffer);
        switch (count == 0 ? '\0' : (char)buffer[0])
        {
            case 'C' when count >= 3:
                _wantedMtu = buffer[1] | (buffer[2] << 8);
                _wantedUntil = _clock.Now + ConnectTime;
                Connect();
                break;

            case 'S' when count >= 2:
                _link?.Subscribe(_dataOut, buffer[1] == 1);
                break;

            case 'W':
                _link?.Write(_dataIn, buffer[1..count], count - 1 > _link.Mtu - GattService.AttHeaderSize);
                break;

            case 'D':
                _wantedMtu = 0;
                _link?.Disconnect();
                break;
        }
    }

    /// <inheritdoc/>
    public void OnNotified(Guid characteristic, byte[] value)
    {
        _port.Send([(byte)'N', .. value]);
    }

    /// <inheritdoc/>
    public void OnDisconnected(int reason)
    {
        _link = null;
        _port.Send([(byte)'D']);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _port.Dispose();
    }

    private void Connect()
    {
        if (_wantedMtu == 0 || _link != null)
        {
            return;
        }

        if (_clock.Now >= _wantedUntil)
        {
            _wantedMtu = 0;
            _port.Send([(byte)'D']);

            return;
        }

        _link = _board().Bluetooth.Connect(this);

        if (_link == null)
        {
            return;
        }

        bool isProxy = _link.Discover(Uuid(GattService.Proxy), Uuid(0x2ADD));
        _dataIn = Uuid(isProxy ? 0x2ADD : 0x2ADB);
        _dataOut = Uuid(isProxy ? 0x2ADE : 0x2ADC);
        _link.ExchangeMtu(_wantedMtu);
        _wantedMtu = 0;
    }

    private static Guid Uuid(int number)
    {
        return new Guid(number, 0, 0x1000, 0x80, 0, 0, 0x80, 0x5F, 0x9B, 0x34, 0xFB);
    }
}
