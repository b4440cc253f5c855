using System;
using System.Collections.Generic;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Simulation;

/// <summary>
/// One node: the firmware's <see cref="MeshStack"/> between a virtual antenna and a virtual GATT server, called as the device calls
/// it: one event at a time, each followed by a tick.
/// </summary>
public sealed class VirtualNode : IRadioListener
{
    private const int UuidSize = 16;

    private readonly VirtualMesh _mesh;
    private readonly Dictionary<int, ProxyReassembler> _written = [];
    private long _wakeAt = long.MaxValue;

    internal VirtualNode(VirtualMesh mesh, string name, INetworkLayerClient client, int connections)
    {
        _mesh = mesh;
        Name = name;
        Antenna = mesh.Radio.Attach(name, this);
        Gatt = new VirtualGattServer(mesh, this);
        SeededRandomSource random = new(mesh.CreateRandom());
        byte[] uuid = new byte[UuidSize];
        random.Fill(uuid, 0, UuidSize);
        Stack = new MeshStack(Antenna, Gatt, random, client, new StackProfile { ProxyClients = connections }, uuid, 0, null);
    }

    /// <summary>What the trace calls it.</summary>
    public string Name { get; }

    /// <summary>The firmware. Whoever changes something in it does so through <see cref="Do"/>.</summary>
    public MeshStack Stack { get; }

    /// <summary>The advertising bearer.</summary>
    public VirtualAntenna Antenna { get; }

    /// <summary>The GATT bearer.</summary>
    public VirtualGattServer Gatt { get; }

    /// <summary>Does something with the stack, and then what it brings with it.</summary>
    public void Do(Action<MeshStack, long> action)
    {
        action(Stack, _mesh.Clock.Now);
        Tick();
    }

    /// <inheritdoc/>
    public void OnReceived(VirtualAntenna from, int type, byte[] payload)
    {
        Do((stack, now) => stack.OnReceived(type, payload, 0, payload.Length, now));

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
        Do((stack, now) => stack.OnSent(tag, now));
    }

    internal void OnConnected(VirtualGattConnection connection)
    {
        _written[connection.Number] = new ProxyReassembler();
        Do((stack, now) => stack.OnConnected(connection.Number, now));
    }

    internal void OnMtuChanged(VirtualGattConnection connection, int mtu)
    {
        Do((stack, now) => stack.OnMtuChanged(connection.Number, mtu, now));
    }

    internal void OnSubscribed(VirtualGattConnection connection, bool enabled)
    {
        Do((stack, now) => stack.OnSubscribed(connection.Number, enabled, now));
    }

    internal void OnWritten(VirtualGattConnection connection, byte[] value)
    {
        Do((stack, now) => stack.OnWritten(connection.Number, value, 0, value.Length, now));
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
        Do((stack, now) => stack.OnNotified(connection.Number, now));
    }

    internal void OnDisconnected(VirtualGattConnection connection)
    {
        Gatt.Remove(connection);
        Do((stack, now) => stack.OnDisconnected(connection.Number, now));
    }

    private void TraceNetworkPdu(string from, byte[] pdu, NetworkVerdict verdict)
    {
        _mesh.Trace(new NetworkPduReceived(_mesh.Clock.Now, Name, from, pdu, verdict, AcceptedPdu.Of(verdict, Stack.Network.Received)));
    }

    private void Tick()
    {
        long now = _mesh.Clock.Now;
        long next = Math.Max(Stack.Tick(now), now + 1);

        if (next < _wakeAt || _wakeAt <= now)
        {
            _wakeAt = next;

            if (next != long.MaxValue)
            {
                _mesh.Clock.At(next, Wake);
            }
        }
    }

    // One of several calls may be out of date, because an earlier time was wanted meanwhile.
    private void Wake()
    {
        if (_mesh.Clock.Now == _wakeAt)
        {
            _wakeAt = long.MaxValue;
            Tick();
        }
    }
}
