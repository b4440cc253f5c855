using System;
using System.Net.Sockets;
using MeshNode.Bearers;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;
using MeshNode.Simulation;

namespace MeshNode.Tool.Run;

/// <summary>The air of a board as the datagrams of <see cref="UdpRadio"/>: what it sends to the mesh goes out, and comes in from senders with an address for each frame.</summary>
internal sealed class BoardAir : IBoardRadio, IDisposable
{
    private readonly UdpPort _port;
    private ulong _address;

    /// <param name="port">Where frames are sent, on the loopback interface.</param>
    /// <param name="loss">Probability that a frame is lost, in either direction.</param>
    public BoardAir(RealTimeClock clock, int port, double loss)
    {
        _port = new UdpPort(port, loss);
        _port.SayHello(clock);
    }

    /// <summary>Is told of each connectable advert.</summary>
    public Action<byte[]>? Connectable { get; set; }

    /// <summary>To wait on.</summary>
    public Socket Socket => _port.Socket;

    /// <inheritdoc/>
    public void Advertise(AdvertisingPdu pdu)
    {
        if (pdu.Type == AdvertisingType.Connectable)
        {
            Connectable?.Invoke(pdu.Data);
        }
        else if (pdu.Type == AdvertisingType.NonConnectable)
        {
            foreach ((int type, byte[] payload) in AdvertisingStructures.Of(pdu.Data))
            {
                _port.Send([(byte)type, .. payload]);
            }
        }
    }

    /// <summary>Lets the board hear a frame that has arrived.</summary>
    public void Receive(byte[] buffer, VirtualBoard board)
    {
        int count = _port.Receive(buffer);

        if (count is > 1 and <= AdvertisingData.MaxPayload + 1)
        {
            byte[] data = AdvertisingStructures.Encode(buffer[0], buffer[1..count]);
            board.Bluetooth.Hear(new AdvertisingPdu(++_address, true, AdvertisingType.NonConnectable, data));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _port.Dispose();
    }
}
