using System;
using MeshNode.Board.Bluetooth;

namespace MeshNode.Simulation;

/// <summary>
/// The air: carries adverts from an antenna to all antennas in range, each copy with its own luck.
/// </summary>
/// <remarks>Losses stand for everything that goes wrong on a real channel; collisions are not computed.</remarks>
public sealed class VirtualRadio
{
    private readonly VirtualMesh _mesh;
    private readonly Random _random;
    private ulong _lastAddress;

    internal VirtualRadio(VirtualMesh mesh)
    {
        _mesh = mesh;
        _random = mesh.CreateRandom();
    }

    /// <summary>Quality of the links that have none of their own.</summary>
    public LinkQuality Quality { get; set; } = new(0, 1, 0);

    /// <summary>Puts up an antenna, in range of nothing yet.</summary>
    /// <param name="name">What the trace calls it.</param>
    public VirtualAntenna Attach(string name, IRadioListener listener)
    {
        return new VirtualAntenna(_mesh, this, name, listener);
    }

    /// <summary>Brings two antennas into range of each other.</summary>
    public RadioLink Connect(VirtualAntenna first, VirtualAntenna second)
    {
        RadioLink link = new(first, second);
        first.Links.Add(link);
        second.Links.Add(link);

        return link;
    }

    /// <summary>Sends any advert, whatever is in it.</summary>
    public void Broadcast(VirtualAntenna from, AdvertisingPdu pdu)
    {
        foreach (RadioLink link in from.Links)
        {
            LinkQuality quality = link.Quality ?? Quality;

            if (_random.NextDouble() >= quality.Loss)
            {
                _mesh.Clock.At(
                    link.Arrival(from, _mesh.Clock.Now, quality, _random),
                    () => link.Other(from).Listener.OnAdvert(from, pdu));
            }
        }
    }

    internal ulong NextAddress()
    {
        return ++_lastAddress;
    }

    internal void Broadcast(VirtualAntenna from, int type, byte[] payload)
    {
        foreach (RadioLink link in from.Links)
        {
            VirtualAntenna to = link.Other(from);
            LinkQuality quality = link.Quality ?? Quality;

            if (_random.NextDouble() < quality.Loss)
            {
                _mesh.Trace(new FrameLost(_mesh.Clock.Now, to.Name, from.Name, type, payload));
            }
            else
            {
                _mesh.Clock.At(
                    link.Arrival(from, _mesh.Clock.Now, quality, _random),
                    () => to.Listener.OnReceived(from, type, (byte[])payload.Clone()));
            }
        }
    }

    internal void BroadcastConnectable(VirtualAntenna from, byte[] data)
    {
        foreach (RadioLink link in from.Links)
        {
            LinkQuality quality = link.Quality ?? Quality;

            if (_random.NextDouble() >= quality.Loss)
            {
                _mesh.Clock.At(
                    link.Arrival(from, _mesh.Clock.Now, quality, _random),
                    () => link.Other(from).Listener.OnConnectable(from, data));
            }
        }
    }
}
