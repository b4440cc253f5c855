using System;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;

namespace MeshNode.Simulation;

/// <summary>A virtual board in the air of a mesh.</summary>
public sealed class MeshBoard : IBoardRadio, IRadioListener
{
    private readonly VirtualMesh _mesh;
    private byte[] _last = [];
    private int _transmission;

    internal MeshBoard(VirtualMesh mesh, string name, BoardProfile profile)
    {
        _mesh = mesh;
        Antenna = mesh.Radio.Attach(name, this);
        Board = new VirtualBoard(name, profile, mesh.Clock, this, Antenna.Address, mesh.CreateRandom());
    }

    /// <summary>The board.</summary>
    public VirtualBoard Board { get; }

    /// <summary>Its antenna.</summary>
    public VirtualAntenna Antenna { get; }

    /// <summary>Adverts that have reached the antenna.</summary>
    public long Arrived { get; private set; }

    /// <summary>Connects a client.</summary>
    /// <returns><see langword="null"/> when the board does not advertise connectably.</returns>
    public IGattLink? Connect(IGattClient client, GattParameters parameters)
    {
        return BoardGattLink.Connect(_mesh, this, client, parameters);
    }

    /// <inheritdoc/>
    public void Advertise(AdvertisingPdu pdu)
    {
        if (pdu.Type == AdvertisingType.NonConnectable)
        {
            _transmission = _last.AsSpan().SequenceEqual(pdu.Data) ? _transmission + 1 : 1;
            _last = pdu.Data;

            foreach ((int type, byte[] payload) in AdvertisingStructures.Of(pdu.Data))
            {
                _mesh.Trace(new FrameSent(_mesh.Clock.Now, Board.Name, type, payload, _transmission, _transmission));
            }
        }

        _mesh.Radio.Broadcast(Antenna, pdu);
    }

    /// <inheritdoc/>
    public void OnReceived(VirtualAntenna from, int type, byte[] payload)
    {
        OnAdvert(from, Pdu(from, AdvertisingType.NonConnectable, AdvertisingStructures.Encode(type, payload)));
    }

    /// <inheritdoc/>
    public void OnConnectable(VirtualAntenna from, byte[] data)
    {
        OnAdvert(from, Pdu(from, AdvertisingType.Connectable, data));
    }

    /// <inheritdoc/>
    public void OnAdvert(VirtualAntenna from, AdvertisingPdu pdu)
    {
        Arrived++;
        Board.Bluetooth.Hear(pdu);
    }

    /// <inheritdoc/>
    public void OnSent(int tag)
    {
    }

    private static AdvertisingPdu Pdu(VirtualAntenna from, AdvertisingType type, byte[] data)
    {
        return new AdvertisingPdu(from.Address, from.HasFreshAddresses, type, data);
    }
}
