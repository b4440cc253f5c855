using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Kit.Client;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Kit.Proxy;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Simulation;

/// <summary>A phone: provisions devices over PB-GATT, and takes part in the mesh through a proxy, with the kit's client node.</summary>
public sealed class VirtualPhone : IRadioListener, IGattClient, IGattConnection
{
    private const int KeySize = 16;
    private const int ServiceOffset = 9;
    private const int ServiceDataOffset = 11;
    private const int SarShift = 6;
    private const int Complete = 0;
    private const int FirstSegment = 1;
    private const int LastSegment = 3;
    private const int TypeMask = 0x3F;

    private readonly VirtualMesh _mesh;
    private readonly IRandomSource _random;
    private readonly ProxyClientBearer _bearer = new();
    private readonly VirtualTimer _timer;
    private readonly Dictionary<VirtualAntenna, byte[]> _adverts = [];
    private IGattLink? _connection;
    private PbGattClient? _pbGatt;
    private Provisioner? _provisioner;
    private NetworkProvisioning? _provisioning;

    /// <param name="name">What the trace calls it.</param>
    /// <param name="network">The network that it owns.</param>
    public VirtualPhone(VirtualMesh mesh, string name, MeshNetwork network)
    {
        _mesh = mesh;
        _random = new SeededRandomSource(mesh.CreateRandom());
        Name = name;
        Network = network;
        Antenna = mesh.Radio.Attach(name, this);
        Client = new ClientNode(network, _bearer, _random);
        Configurator = new Configurator(network, Client);
        _bearer.Bind(Client.Node.Stack);
        _timer = new VirtualTimer(mesh.Clock, Tick);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>By which it hears connectable adverts.</summary>
    public VirtualAntenna Antenna { get; }

    /// <summary>The network.</summary>
    public MeshNetwork Network { get; }

    /// <summary>Its node, with client models.</summary>
    public ClientNode Client { get; }

    /// <summary>Configures other nodes.</summary>
    public Configurator Configurator { get; }

    /// <summary>What the proxy is known to send.</summary>
    public FilterState FilterState => _bearer.FilterState;

    /// <summary>Whether it is connected.</summary>
    public bool IsConnected => _connection is { IsOpen: true };

    /// <inheritdoc/>
    public int Mtu => _connection?.Mtu ?? GattService.MinMtu;

    /// <summary>The node that the last device has become, or <see langword="null"/>.</summary>
    public KnownNode? Provisioned => _provisioning?.Node;

    /// <summary>Whether the last device is a node or will not become one.</summary>
    public bool IsFinished => _provisioner is { IsFinished: true };

    /// <summary>Why the last device has not become a node.</summary>
    public ProvisionerFailure Failure => _provisioning?.Failure ?? ProvisionerFailure.None;

    /// <summary>What the provisioner has settled with the device.</summary>
    public ProvisioningChoice? Choice => _provisioner?.Choice;

    /// <summary>Proxy configuration messages that it has written.</summary>
    public long Configurations { get; private set; }

    /// <summary>The values of the last message that it has written.</summary>
    public List<byte[]> LastMessage { get; } = [];

    /// <summary>Takes an address of its own in the network.</summary>
    public void Join()
    {
        byte[] deviceKey = new byte[KeySize];
        _random.Fill(deviceKey, 0, KeySize);
        int address = Network.AllocateAddress(1)!.Value;
        Do(now =>
        {
            Client.Join(address, deviceKey, now);
            _bearer.SetFilter(ProxyFilter.AcceptList, [address], now);
        });
    }

    /// <summary>Tells the proxy what it is to send, or not to send.</summary>
    /// <param name="type"><see cref="ProxyFilter.AcceptList"/>, which its own address is added to, or <see cref="ProxyFilter.RejectList"/>.</param>
    public void SetFilter(int type, params int[] addresses)
    {
        int[] own = type == ProxyFilter.AcceptList ? [Client.Node.Stack.Network.PrimaryAddress] : [];
        Do(now => _bearer.SetFilter(type, [.. own, .. addresses], now));
    }

    /// <summary>Whether a device advertises the Mesh Provisioning Service.</summary>
    public bool SeesDevice(VirtualNode node)
    {
        return SeesDevice(node.Antenna, node.Uuid);
    }

    /// <inheritdoc cref="SeesDevice(VirtualNode)"/>
    public bool SeesDevice(VirtualAntenna antenna, byte[] uuid)
    {
        byte[] expected = new byte[ProxyServiceData.ProvisioningLength];
        ProxyServiceData.EncodeProvisioning(uuid, 0, expected);

        return Shows(antenna, GattService.Provisioning, expected);
    }

    /// <summary>The last connectable advert of an antenna since the phone has connected last, or <see langword="null"/>.</summary>
    public byte[]? AdvertOf(VirtualAntenna antenna)
    {
        return _adverts.GetValueOrDefault(antenna);
    }

    /// <summary>Whether a node advertises the Mesh Proxy Service with the Network ID of this network, or its identity.</summary>
    public bool SeesProxy(VirtualNode node)
    {
        return SeesProxy(node.Antenna);
    }

    /// <inheritdoc cref="SeesProxy(VirtualNode)"/>
    public bool SeesProxy(VirtualAntenna antenna)
    {
        NetworkKey key = Client.Node.Stack.Subnets[0].TransmitKey;
        byte[] expected = new byte[ProxyServiceData.IdentityLength];
        ProxyServiceData.EncodeNetworkId(key, expected);

        return Shows(antenna, GattService.Proxy, expected[..ProxyServiceData.NetworkIdLength])
            || (_adverts.TryGetValue(antenna, out byte[]? advert)
                && advert.Length >= ServiceDataOffset + ProxyServiceData.IdentityLength
                && Network.Nodes.Any(known => HasIdentity(key, known.Address, advert.AsSpan(ServiceDataOffset))));
    }

    /// <summary>Connects to a node or device.</summary>
    public void Connect(VirtualNode node, int mtu, GattParameters parameters)
    {
        SetUp(node.Gatt.Connect(this, parameters), mtu);
    }

    /// <summary>Connects to a board.</summary>
    /// <returns>Whether it was connectable.</returns>
    public bool Connect(MeshBoard board, int mtu, GattParameters parameters)
    {
        if (board.Connect(this, parameters) is not { } link)
        {
            return false;
        }

        SetUp(link, mtu);

        return true;
    }

    /// <summary>Uses the connection for the Mesh Proxy Service.</summary>
    public void OpenProxy()
    {
        Do(now => _bearer.OnConnected(this, now));
    }

    /// <summary>Uses the connection to provision the device.</summary>
    public void Provision(ProvisioningPolicy policy)
    {
        _pbGatt = new PbGattClient(this);
        _provisioning = new NetworkProvisioning(Network);
        _provisioner = new Provisioner(_random, policy, _provisioning);
        Do(now => _provisioner.Start(_pbGatt, 0, now));
    }

    /// <summary>Does something, and then what it brings with it.</summary>
    public void Do(Action<long> action)
    {
        action(_mesh.Clock.Now);
        _timer.Tick();
    }

    /// <inheritdoc/>
    public bool Write(byte[] value, int offset, int count)
    {
        if (_connection is not { IsOpen: true })
        {
            return false;
        }

        byte[] copy = value[offset..(offset + count)];

        if (copy[0] >> SarShift is Complete or FirstSegment)
        {
            LastMessage.Clear();
        }

        LastMessage.Add(copy);

        if ((copy[0] & TypeMask) == ProxyPduType.ProxyConfiguration && (copy[0] >> SarShift is Complete or LastSegment))
        {
            Configurations++;
        }

        _connection.Write(copy);

        return true;
    }

    /// <inheritdoc/>
    public void Disconnect()
    {
        _connection?.Close();
    }

    /// <inheritdoc/>
    public void OnReceived(VirtualAntenna from, int type, byte[] payload)
    {
        // A phone's application does not get to see non-connectable adverts of the mesh.
    }

    /// <inheritdoc/>
    public void OnConnectable(VirtualAntenna from, byte[] data)
    {
        _adverts[from] = data;
    }

    /// <inheritdoc/>
    public void OnSent(int tag)
    {
    }

    /// <inheritdoc/>
    public void OnNotified(byte[] value)
    {
        Do(now =>
        {
            if (_pbGatt != null)
            {
                _pbGatt.OnNotified(value, 0, value.Length, now);
            }
            else
            {
                _bearer.OnNotified(value, 0, value.Length, now);
            }
        });
    }

    /// <inheritdoc/>
    public void OnDisconnected()
    {
        _connection = null;
        Do(now =>
        {
            _pbGatt?.OnDisconnected(now);
            _pbGatt = null;
            _bearer.OnDisconnected();
        });
    }

    private static bool HasIdentity(NetworkKey key, int address, ReadOnlySpan<byte> serviceData)
    {
        byte[] expected = new byte[ProxyServiceData.IdentityLength];
        byte[] random = serviceData.Slice(ProxyServiceData.IdentityLength - ProxyServiceData.RandomSize, ProxyServiceData.RandomSize).ToArray();
        ProxyServiceData.EncodeNodeIdentity(key, ProxyServiceData.NodeIdentity, address, random, expected, new byte[KeySize]);

        return serviceData[..ProxyServiceData.IdentityLength].SequenceEqual(expected);
    }

    private void SetUp(IGattLink connection, int mtu)
    {
        _adverts.Clear();
        _connection = connection;
        connection.ExchangeMtu(mtu);
        connection.Subscribe(true);
    }

    private bool Shows(VirtualAntenna antenna, int service, byte[] serviceData)
    {
        return _adverts.TryGetValue(antenna, out byte[]? advert)
            && advert.Length >= ServiceDataOffset + serviceData.Length
            && LittleEndian.ReadUInt16(advert, ServiceOffset) == service
            && advert.AsSpan(ServiceDataOffset, serviceData.Length).SequenceEqual(serviceData);
    }

    private long Tick(long now)
    {
        long next = Math.Min(Client.Tick(now), _bearer.Tick(now));

        return Math.Min(next, _provisioner?.Tick(now) ?? long.MaxValue);
    }
}
