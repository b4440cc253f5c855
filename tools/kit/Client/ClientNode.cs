using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Kit.Ledger;
using MeshNode.Kit.Networks;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode.Kit.Client;

/// <summary>
/// A node of the client's side: the firmware's own <see cref="Node"/> with client models, on an advertising bearer or behind a proxy
/// server. It knows the device keys of the other nodes, relays nothing and serves nobody.
/// </summary>
public sealed class ClientNode : IRemoteDeviceKeys
{
    private readonly MeshNetwork _network;
    private readonly Dictionary<int, TransportKey> _deviceKeys = [];
    private readonly List<Procedure> _procedures = [];
    private readonly List<ClientModel> _clients;

    /// <param name="network">What it belongs to.</param>
    /// <param name="bearer">An advertising bearer, or a <see cref="Proxy.ProxyClientBearer"/>, which is then bound to <see cref="Node"/>'s stack.</param>
    /// <param name="models">Further models of its primary element.</param>
    public ClientNode(MeshNetwork network, IAdvertisingBearer bearer, IRandomSource random, params Model[] models)
    {
        _network = network;
        _clients = [Configuration, SarConfiguration, Health, OnOff, Level, DefaultTransitionTime, PowerOnOff, Lightness];
        Composition composition = new(0xFFFF, 0, 0);
        Element element = composition.AddElement(0);
        _clients.ForEach(element.Add);
        _clients.ForEach(client => client.SubnetOf = SubnetOf);
        _clients.ForEach(client => client.HeardDevice = Settle);
        Array.ForEach(models, element.Add);
        StackProfile profile = new()
        {
            Subnets = 32,
            AppKeys = 32,
            ReplaySources = 4096,
            LocalQueue = 64,
            RelayQueue = 1,
            Segments = 254,
            Reassemblies = 8,
            Transmissions = 8,
        };
        Node = new Node(bearer, new NoGattBearer(), random, composition, profile);
        Node.UpperTransport.RemoteDeviceKeys = this;
        Node.Stack.Network.RelayEnabled = false;
        Node.Stack.Beacons.Enabled = false;
    }

    /// <summary>The firmware's node.</summary>
    public Node Node { get; }

    /// <summary>Configures other nodes.</summary>
    public ConfigurationClient Configuration { get; } = new();

    /// <summary>Configures segmentation and reassembly of other nodes.</summary>
    public SarConfigurationClient SarConfiguration { get; } = new();

    /// <summary>The Health Client model.</summary>
    public ApplicationClient Health { get; } = ApplicationClient.Health();

    /// <summary>The Generic OnOff Client model.</summary>
    public ApplicationClient OnOff { get; } = ApplicationClient.GenericOnOff();

    /// <summary>The Generic Level Client model.</summary>
    public ApplicationClient Level { get; } = ApplicationClient.GenericLevel();

    /// <summary>The Generic Default Transition Time Client model.</summary>
    public ApplicationClient DefaultTransitionTime { get; } = ApplicationClient.GenericDefaultTransitionTime();

    /// <summary>The Generic Power OnOff Client model.</summary>
    public ApplicationClient PowerOnOff { get; } = ApplicationClient.GenericPowerOnOff();

    /// <summary>The Light Lightness Client model.</summary>
    public ApplicationClient Lightness { get; } = ApplicationClient.LightLightness();

    /// <summary>Takes part in the network with a source address and SEQ of the ledger.</summary>
    /// <param name="deviceKey">16 octets. Not kept.</param>
    public void Join(SourceLease lease, byte[] deviceKey, long now)
    {
        Join(lease.Address, deviceKey, now);
        lease.Bind(Node.Stack);
    }

    /// <summary>Takes part in the network.</summary>
    /// <param name="address">Its unicast address, which no other node has had under this IV Index: its SEQ begin at 0.</param>
    /// <param name="deviceKey">16 octets. Not kept.</param>
    public void Join(int address, byte[] deviceKey, long now)
    {
        NetKeyEntry primary = _network.NetKeys[0];
        NetworkKey key = new(primary.TransmitKey);
        Node.Join(address, _network.IvIndex, _network.IvUpdate, primary.Index, key, primary.Phase == KeyRefreshPhase.Second, deviceKey, now);
        Node.Stack.SetProxyEnabled(false, now);
        SynchronizeKeys();
    }

    /// <summary>Brings its keys in line with those of the network.</summary>
    public void SynchronizeKeys()
    {
        foreach (NetKeyEntry entry in _network.NetKeys)
        {
            SynchronizeSubnet(entry);
        }

        foreach (AppKeyEntry entry in _network.AppKeys)
        {
            SynchronizeAppKey(entry);
        }

        foreach (NetKeyEntry entry in _network.NetKeys.Where(static entry => entry.Phase == KeyRefreshPhase.Normal))
        {
            if (Node.Stack.Subnets.Find(entry.Index) is { Phase: not KeyRefreshPhase.Normal } subnet)
            {
                Node.Stack.Subnets.RevokeOldKey(subnet);
            }
        }
    }

    /// <summary>Runs a procedure with each <see cref="Tick"/> until it is finished.</summary>
    public Procedure Run(Procedure procedure, long now)
    {
        _procedures.Add(procedure);
        procedure.Tick(now);

        return procedure;
    }

    /// <summary>Does what time brings.</summary>
    /// <returns>When to call again.</returns>
    public long Tick(long now)
    {
        foreach (Procedure procedure in _procedures.ToArray())
        {
            procedure.Tick(now);
        }

        _procedures.RemoveAll(static procedure => procedure.IsFinished);
        long next = Node.Tick(now);
        Follow();

        return next;
    }

    /// <inheritdoc/>
    TransportKey? IRemoteDeviceKeys.Find(int address)
    {
        KnownNode? node = _network.FindNode(address);

        if (node is not { HasDeviceKey: true })
        {
            return null;
        }

        if (!_deviceKeys.TryGetValue(node.Address, out TransportKey? key) || !key.Matches(node.DeviceKey, 0))
        {
            key = TransportKey.Device(node.DeviceKey);
            _deviceKeys[node.Address] = key;
        }

        return key;
    }

    // What beacons have told the stack, the network's owner has to know as well.
    private void Follow()
    {
        if (Node.Stack.Network.PrimaryAddress == Address.Unassigned)
        {
            return;
        }

        _network.IvIndex = Node.Stack.IvIndex.Current;
        _network.IvUpdate = Node.Stack.IvIndex.UpdateInProgress;

        foreach (NetKeyEntry entry in _network.NetKeys.Where(static entry => entry.Phase != KeyRefreshPhase.Normal))
        {
            switch (Node.Stack.Subnets.Find(entry.Index)?.Phase)
            {
                case KeyRefreshPhase.Second:
                    entry.Phase = KeyRefreshPhase.Second;
                    break;

                case KeyRefreshPhase.Normal:
                    _network.EndKeyRefresh(entry);
                    _network.RetireExcluded(entry.Index);
                    SynchronizeKeys();
                    break;
            }
        }
    }

    // Whoever knows the device key has received Provisioning Data.
    private void Settle(int source)
    {
        _network.FindNode(source)?.IsProvisional = false;
    }

    private Subnet? SubnetOf(int destination)
    {
        return _network.FindNode(destination)?.NetKeys.Select(Node.Stack.Subnets.Find).FirstOrDefault(static subnet => subnet != null);
    }

    private void SynchronizeSubnet(NetKeyEntry entry)
    {
        SubnetTable subnets = Node.Stack.Subnets;
        Subnet? subnet = subnets.Find(entry.Index) ?? subnets.Add(entry.Index, new NetworkKey(entry.Key));

        // A network with more keys than the node has room for: those that are left over cannot be used.
        if (subnet == null)
        {
            return;
        }

        if (subnet.Phase == KeyRefreshPhase.Normal && entry.Phase != KeyRefreshPhase.Normal)
        {
            subnets.StartKeyRefresh(subnet, new NetworkKey(entry.NewKey!));
        }

        if (subnet.Phase == KeyRefreshPhase.First && entry.Phase == KeyRefreshPhase.Second)
        {
            subnets.EnterSecondPhase(subnet);
        }
    }

    private void SynchronizeAppKey(AppKeyEntry entry)
    {
        AppKeyTable keys = Node.AppKeys;
        int place = keys.Find(entry.Index);

        if (place < 0)
        {
            place = keys.Add(entry.Index, entry.NetKeyIndex, TransportKey.Application(entry.Key));

            if (place < 0)
            {
                return;
            }

            _clients.ForEach(client => client.Bindings |= client.UsesDeviceKey ? 0 : 1u << place);
        }

        if (entry.NewKey != null && keys.NewKey(place) == null)
        {
            keys.Update(place, TransportKey.Application(entry.NewKey));
        }
    }
}
