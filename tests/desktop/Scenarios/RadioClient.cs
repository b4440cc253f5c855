#nullable enable
using System;
using MeshNode.Kit.Client;
using MeshNode.Kit.Networks;
using MeshNode.Simulation;

namespace MeshNode.Scenarios;

/// <summary>The kit's client node with a radio of its own.</summary>
internal sealed class RadioClient : IRadioListener
{
    private readonly VirtualMesh _mesh;
    private long _wakeAt = long.MaxValue;

    public RadioClient(VirtualMesh mesh, string name, MeshNetwork network)
    {
        _mesh = mesh;
        Antenna = mesh.Radio.Attach(name, this);
        Node = new ClientNode(network, Antenna, new SeededRandomSource(mesh.CreateRandom()), Echo);
    }

    public VirtualAntenna Antenna { get; }

    public ClientNode Node { get; }

    public EchoClient Echo { get; } = new();

    /// <summary>Does something, and then what it brings with it.</summary>
    public void Do(Action<long> action)
    {
        action(_mesh.Clock.Now);
        Tick();
    }

    public void OnReceived(VirtualAntenna from, int type, byte[] payload)
    {
        Do(now => Node.Node.Stack.OnReceived(type, payload, 0, payload.Length, now));
    }

    public void OnConnectable(VirtualAntenna from, byte[] data)
    {
    }

    public void OnSent(int tag)
    {
        Do(now => Node.Node.Stack.OnSent(tag, now));
    }

    private void Tick()
    {
        long now = _mesh.Clock.Now;
        long next = Math.Max(Node.Tick(now), now + 1);

        if (next != long.MaxValue && (next < _wakeAt || _wakeAt <= now))
        {
            _wakeAt = next;
            _mesh.Clock.At(next, () =>
            {
                if (_mesh.Clock.Now == _wakeAt)
                {
                    _wakeAt = long.MaxValue;
                    Tick();
                }
            });
        }
    }
}
