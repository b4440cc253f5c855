using System;
using System.Collections.Generic;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;

namespace MeshNode.Simulation;

/// <summary>A provisioner with a radio of its own: it hears the beacons of devices, and makes them nodes over PB-ADV.</summary>
public sealed class VirtualCommissioner : IRadioListener
{
    private readonly VirtualMesh _mesh;
    private readonly MeshNetwork _network;
    private readonly IRandomSource _random;
    private readonly VirtualTimer _timer;
    private readonly HashSet<string> _devices = [];
    private Provisioner? _provisioner;
    private PbAdvClient? _bearer;
    private NetworkProvisioning? _provisioning;

    public VirtualCommissioner(VirtualMesh mesh, string name, MeshNetwork network)
    {
        _mesh = mesh;
        _network = network;
        _random = new SeededRandomSource(mesh.CreateRandom());
        _timer = new VirtualTimer(mesh.Clock, now => _provisioner?.Tick(now) ?? long.MaxValue);
        Antenna = mesh.Radio.Attach(name, this);
    }

    /// <summary>Its radio.</summary>
    public VirtualAntenna Antenna { get; }

    /// <summary>The node that the last device has become, or <see langword="null"/>.</summary>
    public KnownNode? Provisioned => _provisioning?.Node;

    /// <summary>Whether the last device is a node or will not become one.</summary>
    public bool IsFinished => _provisioner is { IsFinished: true };

    /// <summary>What the provisioner has settled with the device.</summary>
    public ProvisioningChoice? Choice => _provisioner?.Choice;

    /// <summary>Whether the Unprovisioned Device beacon of a device was heard.</summary>
    public bool Hears(byte[] uuid)
    {
        return _devices.Contains(Convert.ToHexString(uuid));
    }

    /// <summary>Begins to provision a device.</summary>
    public void Provision(byte[] uuid, ProvisioningPolicy policy)
    {
        _bearer = new PbAdvClient(Antenna, _random, uuid);
        _provisioning = new NetworkProvisioning(_network);
        _provisioner = new Provisioner(_random, policy, _provisioning);
        _provisioner.Start(_bearer, 0, _mesh.Clock.Now);
        _timer.Tick();
    }

    /// <inheritdoc/>
    public void OnReceived(VirtualAntenna from, int type, byte[] payload)
    {
        if (type == AdvertisingData.MeshBeacon && payload.Length >= 1 + 16 && payload[0] == 0)
        {
            _devices.Add(Convert.ToHexString(payload, 1, 16));
        }
        else if (type == AdvertisingData.PbAdv && _bearer != null)
        {
            _bearer.Receive(payload, 0, payload.Length, _mesh.Clock.Now);
            _timer.Tick();
        }
    }

    /// <inheritdoc/>
    public void OnConnectable(VirtualAntenna from, byte[] data)
    {
    }

    /// <inheritdoc/>
    public void OnSent(int tag)
    {
        _timer.Tick();
    }
}
