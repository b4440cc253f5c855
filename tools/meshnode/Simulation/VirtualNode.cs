using System;
using System.Collections.Generic;
using MeshNode.Access;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Network;
using MeshNode.Proxy;
using MeshNode.Storage;

namespace MeshNode.Simulation;

/// <summary>
/// One node: the firmware's <see cref="MeshNode.Node"/> between a virtual antenna and a virtual GATT server, called as the device calls
/// it: one event at a time, each followed by a tick. With a flash it can lose its power and start again.
/// </summary>
public sealed class VirtualNode : IRadioListener
{
    private const int UuidSize = 16;

    private readonly VirtualMesh _mesh;
    private readonly Dictionary<int, ProxyReassembler> _written = [];
    private readonly VirtualTimer _timer;
    private readonly Func<Composition> _composition;
    private readonly StackProfile _profile;
    private readonly SeededRandomSource _random;

    internal VirtualNode(VirtualMesh mesh, string name, Func<Composition> composition, StackProfile profile, SimulatedFlash? flash)
    {
        _mesh = mesh;
        _composition = composition;
        _profile = profile;
        Name = name;
        Flash = flash;
        Antenna = mesh.Radio.Attach(name, this);
        Gatt = new VirtualGattServer(mesh, this);
        _random = new SeededRandomSource(mesh.CreateRandom());
        _random.Fill(Uuid, 0, UuidSize);
        _timer = new VirtualTimer(mesh.Clock, Tick);
        Node = Start();
    }

    /// <summary>What the trace calls it.</summary>
    public string Name { get; }

    /// <summary>Device UUID.</summary>
    public byte[] Uuid { get; } = new byte[UuidSize];

    /// <summary>The firmware. Whoever changes something in it does so through <see cref="Do"/>.</summary>
    public Node Node { get; private set; }

    /// <summary>Where its state is kept, or <see langword="null"/>: then it cannot start again.</summary>
    public SimulatedFlash? Flash { get; }

    /// <summary>Whether it has power. It loses that when its flash does.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Its stack up to the network layer.</summary>
    public MeshStack Stack => Node.Stack;

    /// <summary>The advertising bearer.</summary>
    public VirtualAntenna Antenna { get; }

    /// <summary>The GATT bearer.</summary>
    public VirtualGattServer Gatt { get; }

    /// <summary>Does something with the node, and then what it brings with it.</summary>
    public void Do(Action<Node, long> action)
    {
        if (!IsOn)
        {
            return;
        }

        try
        {
            action(Node, _mesh.Clock.Now);
        }
        catch (PowerCutException)
        {
            CutPower();
        }

        _timer.Tick();
    }

    /// <summary>Cuts the power: nothing is left but what is in the flash.</summary>
    public void CutPower()
    {
        IsOn = false;
        Antenna.Stop();
        Gatt.Stop();
    }

    /// <summary>Switches the power on again.</summary>
    public void Restart()
    {
        Flash!.Restart();
        Node = Start();
        _timer.Tick();
    }

    /// <inheritdoc/>
    public void OnReceived(VirtualAntenna from, int type, byte[] payload)
    {
        if (!IsOn)
        {
            return;
        }

        Do((node, now) => node.Stack.OnReceived(type, payload, 0, payload.Length, now));

        switch (type)
        {
            case AdvertisingData.MeshMessage:
                TraceNetworkPdu(from.Name, payload, Stack.LastNetworkVerdict);
                break;

            case AdvertisingData.MeshBeacon:
                BeaconVerdict verdict = Stack.LastBeaconVerdict;
                IvIndexVerdict? ivIndexVerdict = verdict <= BeaconVerdict.Repeated ? Stack.Beacons.LastIvIndexVerdict : null;
                _mesh.Trace(new BeaconReceived(_mesh.Clock.Now, Name, from.Name, payload, verdict, ivIndexVerdict));
                break;
        }
    }

    /// <inheritdoc/>
    public void OnConnectable(VirtualAntenna from, byte[] data)
    {
    }

    /// <inheritdoc/>
    public void OnSent(int tag)
    {
        Do((node, now) => node.Stack.OnSent(tag, now));
    }

    internal void OnConnected(VirtualGattConnection connection)
    {
        _written[connection.Number] = new ProxyReassembler();
        Do((node, now) => node.Stack.OnConnected(connection.Number, now));
    }

    internal void OnMtuChanged(VirtualGattConnection connection, int mtu)
    {
        Do((node, now) => node.Stack.OnMtuChanged(connection.Number, mtu, now));
    }

    internal void OnSubscribed(VirtualGattConnection connection, bool enabled)
    {
        Do((node, now) => node.Stack.OnSubscribed(connection.Number, enabled, now));
    }

    internal void OnWritten(VirtualGattConnection connection, byte[] value)
    {
        if (!IsOn)
        {
            return;
        }

        Do((node, now) => node.Stack.OnWritten(connection.Number, value, 0, value.Length, now));
        ProxyVerdict verdict = Stack.LastProxyVerdict;
        _mesh.Trace(new ValueWritten(_mesh.Clock.Now, Name, connection.ClientName, value, verdict));

        // The trace wants the whole PDU, which the stack does not give away: it is put together here once more.
        ProxyReassembler whole = _written[connection.Number];
        bool complete = whole.Receive(value, 0, value.Length, _mesh.Clock.Now) == ProxyReassembly.Complete;

        if (complete && whole.Type == ProxyPduType.NetworkPdu && verdict != ProxyVerdict.RateLimited)
        {
            TraceNetworkPdu(connection.ClientName, whole.Message.AsSpan(0, whole.Length).ToArray(), Stack.Proxy.LastNetworkVerdict);
        }
    }

    internal void OnNotified(VirtualGattConnection connection)
    {
        Do((node, now) => node.Stack.OnNotified(connection.Number, now));
    }

    internal void OnDisconnected(VirtualGattConnection connection)
    {
        Gatt.Remove(connection);
        Do((node, now) => node.Stack.OnDisconnected(connection.Number, now));
    }

    private Node Start()
    {
        Node node = new(Antenna, Gatt, _random, _composition(), _profile);
        IsOn = true;

        if (Flash != null)
        {
            new NodeStore(node, Flash).Open(_mesh.Clock.Now);
        }

        return node;
    }

    private long Tick(long now)
    {
        try
        {
            return IsOn ? Node.Tick(now) : long.MaxValue;
        }
        catch (PowerCutException)
        {
            CutPower();

            return long.MaxValue;
        }
    }

    private void TraceNetworkPdu(string from, byte[] pdu, NetworkVerdict verdict)
    {
        _mesh.Trace(new NetworkPduReceived(_mesh.Clock.Now, Name, from, pdu, verdict, AcceptedPdu.Of(verdict, Stack.Network.Received)));
    }
}
