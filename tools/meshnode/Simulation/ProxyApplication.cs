using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Simulation;

/// <summary>
/// The phone: a proxy client. It looks for a proxy of its network, connects, checks the Secure Network beacon, sets its filter,
/// verifies each Filter Status, and then takes part in the mesh.
/// </summary>
/// <remarks>It is made of the firmware's own layers: only the bearer is another one, and nothing is relayed.</remarks>
public sealed class ProxyApplication : IRadioListener, IGattClient
{
    private const int Interface = 0;
    private const int QueueCapacity = 64;
    private const int ServiceDataOffset = 11;

    private readonly VirtualMesh _mesh;
    private readonly ProxyApplicationBearer _bearer = new();
    private readonly SequenceNumber _sequence;
    private readonly BeaconLayer _beacons;
    private readonly HashSet<int> _filter = [];
    private ProxyReassembler _reassembler = new();
    private bool _scanning;
    private int _filterType;

    /// <param name="name">What the trace calls it.</param>
    /// <param name="address">Its unicast address.</param>
    /// <param name="sequence">Its next SEQ.</param>
    /// <param name="ivIndex">The IV Index that it knows of.</param>
    public ProxyApplication(VirtualMesh mesh, string name, int address, uint sequence, uint ivIndex)
    {
        _mesh = mesh;
        Name = name;
        Antenna = mesh.Radio.Attach(name, this);
        Endpoint = new AccessEndpoint(mesh, name);
        _sequence = new SequenceNumber(sequence);
        AdvertisingTransmitter transmitter = new(_bearer, QueueCapacity, 1);
        Network = new NetworkLayer(Subnets, IvIndex, _sequence, transmitter, Endpoint);
        Network.SetAddresses(address, 1);
        IvIndex.Set(ivIndex, false, mesh.Clock.Now);
        _beacons = new BeaconLayer(Subnets, IvIndex, transmitter, new SeededRandomSource(mesh.CreateRandom()));
        Endpoint.Bind(Network, _sequence, IvIndex, Subnets);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>By which it hears connectable adverts.</summary>
    public VirtualAntenna Antenna { get; }

    /// <summary>The subnets whose keys it holds.</summary>
    public SubnetTable Subnets { get; } = new(4);

    /// <summary>The IV Index.</summary>
    public IvIndex IvIndex { get; } = new();

    /// <summary>The network layer.</summary>
    public NetworkLayer Network { get; }

    /// <summary>What stands above the network layer.</summary>
    public AccessEndpoint Endpoint { get; }

    /// <summary>The proxy of its network that was found by its Network ID.</summary>
    public VirtualNode? Found { get; private set; }

    /// <summary>The connection, or <see langword="null"/>.</summary>
    public VirtualGattConnection? Connection => _bearer.Connection;

    /// <summary>Subnets of which a Secure Network beacon was authenticated on this connection.</summary>
    public HashSet<Subnet> Beacons { get; } = [];

    /// <summary>Type and list size of the last Filter Status, if one has come since the last request.</summary>
    public (int Type, int ListSize)? FilterStatus { get; private set; }

    /// <summary>Whether that Filter Status says what this client has asked for.</summary>
    public bool IsFilterVerified => FilterStatus is (int type, int size) && type == _filterType && size == _filter.Count;

    /// <summary>The last proxy configuration message it has sent, as a Network PDU.</summary>
    public byte[] LastConfiguration { get; private set; } = [];

    /// <summary>Begins to look for a proxy.</summary>
    public void Scan()
    {
        Found = null;
        _scanning = true;
    }

    /// <summary>Connects to the proxy that was found.</summary>
    public void Connect(int mtu, GattParameters parameters)
    {
        _reassembler = new ProxyReassembler();
        _filter.Clear();
        _filterType = ProxyFilter.AcceptList;
        Beacons.Clear();
        _bearer.Connection = Found!.Gatt.Connect(this, parameters);
        _bearer.Connection.ExchangeMtu(mtu);
        _bearer.Connection.Subscribe(true);
    }

    /// <summary>Sets the filter type, which empties the list.</summary>
    public void SetFilterType(int type)
    {
        ExpectFilterType(type);
        Configure([ProxyConfigurationMessage.SetFilterType, (byte)type]);
    }

    /// <summary>Adds addresses to the filter.</summary>
    public void AddAddresses(params int[] addresses)
    {
        _filter.UnionWith(addresses);
        Configure([ProxyConfigurationMessage.AddAddresses, .. addresses.SelectMany(static a => new[] { (byte)(a >> 8), (byte)a })]);
    }

    /// <summary>Removes addresses from the filter.</summary>
    public void RemoveAddresses(params int[] addresses)
    {
        _filter.ExceptWith(addresses);
        Configure([ProxyConfigurationMessage.RemoveAddresses, .. addresses.SelectMany(static a => new[] { (byte)(a >> 8), (byte)a })]);
    }

    /// <summary>Sends a Set Filter Type that somebody else has secured.</summary>
    public void SendRecordedFilterType(byte[] pdu, int type)
    {
        ExpectFilterType(type);
        SendRecorded(ProxyPduType.ProxyConfiguration, pdu);
    }

    /// <summary>Writes a message as it is.</summary>
    /// <param name="type">See <see cref="ProxyPduType"/>.</param>
    public void SendRecorded(int type, byte[] message)
    {
        _bearer.Write(type, message);
    }

    /// <inheritdoc/>
    public void OnReceived(VirtualAntenna from, int type, byte[] payload)
    {
        // A phone's application does not get to see non-connectable adverts of the mesh.
    }

    /// <inheritdoc/>
    public void OnConnectable(VirtualAntenna from, byte[] data)
    {
        if (_scanning && HasNetworkIdOf(Subnets[0], data))
        {
            _scanning = false;
            Found = _mesh.Nodes.First(node => node.Antenna == from);
        }
    }

    /// <inheritdoc/>
    public void OnSent(int tag)
    {
    }

    /// <inheritdoc/>
    public void OnNotified(byte[] value)
    {
        if (_reassembler.Receive(value, 0, value.Length, _mesh.Clock.Now) != ProxyReassembly.Complete)
        {
            return;
        }

        byte[] message = _reassembler.Message.AsSpan(0, _reassembler.Length).ToArray();
        long now = _mesh.Clock.Now;

        switch (_reassembler.Type)
        {
            case ProxyPduType.NetworkPdu:
                NetworkVerdict verdict = Network.Receive(message, 0, message.Length, Interface, now);
                _mesh.Trace(new NetworkPduReceived(now, Name, Found!.Name, message, verdict, AcceptedPdu.Of(verdict, Network.Received)));
                break;

            case ProxyPduType.MeshBeacon:
                OnBeacon(message, now);
                break;

            case ProxyPduType.ProxyConfiguration:
                OnConfiguration(message);
                break;
        }
    }

    /// <inheritdoc/>
    public void OnDisconnected()
    {
        _bearer.Connection = null;
    }

    private static bool HasNetworkIdOf(Subnet subnet, byte[] data)
    {
        byte[] serviceData = new byte[ProxyServiceData.IdentityLength];
        byte[] expected = new byte[AdvertisingData.MaxLength];
        int count = ProxyServiceData.EncodeNetworkId(subnet.TransmitKey, serviceData);
        count = ConnectableAdvertisement.Encode(GattService.Proxy, serviceData, count, expected);

        return data.Length == count && data.AsSpan(ServiceDataOffset).SequenceEqual(expected.AsSpan(ServiceDataOffset, count - ServiceDataOffset));
    }

    private void ExpectFilterType(int type)
    {
        _filterType = type;
        _filter.Clear();
        FilterStatus = null;
    }

    private void Configure(byte[] message)
    {
        FilterStatus = null;
        byte[] pdu = new byte[NetworkPdu.MaxLength];
        int length = Network.EncodeProxyConfiguration(Subnets[0], message, message.Length, pdu);
        LastConfiguration = pdu[..length];
        SendRecorded(ProxyPduType.ProxyConfiguration, LastConfiguration);
    }

    private void OnBeacon(byte[] beacon, long now)
    {
        BeaconVerdict verdict = _beacons.Receive(beacon, 0, beacon.Length, Interface, now);
        bool authentic = verdict <= BeaconVerdict.Repeated;
        _mesh.Trace(new BeaconReceived(now, Name, Found!.Name, beacon, verdict, authentic ? _beacons.LastIvIndexVerdict : null));

        for (int i = 0; i < 4; i++)
        {
            if (authentic && Subnets[i] != null && SecureNetworkBeacon.HasNetworkId(Subnets[i].TransmitKey, beacon, 0))
            {
                Beacons.Add(Subnets[i]);
            }
        }
    }

    private void OnConfiguration(byte[] message)
    {
        NetworkPdu pdu = Network.ProxyConfiguration;

        if (Network.ReceiveProxyConfiguration(message, 0, message.Length, Interface) == NetworkVerdict.Accepted
            && pdu.Control
            && pdu.Payload[NetworkPdu.TransportOffset] == ProxyConfigurationMessage.FilterStatus
            && ProxyConfigurationMessage.Validate(pdu.Payload, NetworkPdu.TransportOffset, pdu.TransportLength) == ProxyVerdict.Accepted)
        {
            int parameters = NetworkPdu.TransportOffset + 1;
            FilterStatus = (pdu.Payload[parameters], BigEndian.ReadUInt16(pdu.Payload, parameters + 1));
        }
    }
}
