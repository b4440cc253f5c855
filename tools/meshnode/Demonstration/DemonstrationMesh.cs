using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Network;
using MeshNode.Simulation;
using MeshNode.UpperTransport;

namespace MeshNode.Tool.Demonstration;

/// <summary>
/// The mesh of the demonstration: a proxy, two rings of relays, and a far node that hears only the second ring.
/// </summary>
internal sealed class DemonstrationMesh
{
    public const int PhoneAddress = 0x0003;
    public const int FarAddress = 0x1201;
    public const int SensorAddress = 0x1234;
    public const int DefaultTtl = 7;

    private const int ProxyAddress = 0x0100;
    private const int FirstFreeAddress = 0x0200;
    private const int GuestNetKeyIndex = 1;

    // A few SEQ before that of sample 8.3.6, for what the phone sends before it.
    private const uint PhoneSequence = 0x3129A0;

    // Of the nodes that the samples call Friend.
    private static readonly int[] s_firstRingAddresses = [0x2345, 0x2FE3];
    private static readonly byte[] s_foreignNetKey = Convert.FromHexString("f7a2a44f8e8a8029064f173ddc1e2b00");

    private readonly Dictionary<VirtualNode, AccessEndpoint> _endpoints = [];

    public DemonstrationMesh(DemonstrationOptions options)
    {
        Mesh = new VirtualMesh(options.Seed);
        Mesh.Radio.Quality = options.Quality;
        AppKey = TransportKey.Application(SpecificationSamples.AppKey);
        DeviceKey = TransportKey.Device(SpecificationSamples.DeviceKey);
        Foreign = new NetworkKey(s_foreignNetKey);
        Reader.Add(SpecificationSamples.NetKey, SpecificationSamples.IvIndex);

        Proxy = AddNode("P", ProxyAddress);
        int relays = options.Nodes - 2;
        int first = (relays + 1) / 2;

        for (int i = 0; i < first; i++)
        {
            FirstRing.Add(AddNode($"A{i + 1}", i < s_firstRingAddresses.Length ? s_firstRingAddresses[i] : FirstFreeAddress + i));
        }

        for (int i = 0; i < relays - first; i++)
        {
            SecondRing.Add(AddNode($"B{i + 1}", i == 0 ? SensorAddress : FirstFreeAddress + first + i));
        }

        Far = AddNode("F", FarAddress);
        Phone = CreatePhone();
        Intruder = new Intruder(Mesh, "X");
        Connect();
        Configure();
        Lamp = new OnOffServer(Mesh, Far, Endpoint(Far), DefaultTtl);
        Switch = new OnOffClient(Phone.Endpoint, AppKey, DefaultTtl);
        Endpoint(Far).Received += AnswerAppKeyAdd;
    }

    public VirtualMesh Mesh { get; }

    public ProxyApplication Phone { get; }

    public VirtualNode Proxy { get; }

    public List<VirtualNode> FirstRing { get; } = [];

    public List<VirtualNode> SecondRing { get; } = [];

    public VirtualNode Far { get; }

    /// <summary>The node of the second ring that has the address of samples 8.3.20 to 8.3.22.</summary>
    public VirtualNode Sensor => SecondRing[0];

    public Intruder Intruder { get; }

    public TransportKey AppKey { get; }

    public TransportKey DeviceKey { get; }

    /// <summary>The key of another network.</summary>
    public NetworkKey Foreign { get; }

    public OnOffServer Lamp { get; }

    public OnOffClient Switch { get; }

    /// <summary>Reads PDUs of this network on the air.</summary>
    public NetworkPduReader Reader { get; } = new();

    public AccessEndpoint Endpoint(VirtualNode node)
    {
        return _endpoints[node];
    }

    private VirtualNode AddNode(string name, int address)
    {
        AccessEndpoint endpoint = new(Mesh, name);
        VirtualNode node = Mesh.AddNode(name, endpoint);
        endpoint.Bind(node.Stack.Network, node.Stack.Sequence, node.Stack.IvIndex, node.Stack.Subnets);
        endpoint.Add(AppKey);
        _endpoints.Add(node, endpoint);

        // Samples 8.3.20 to 8.3.22 are secured with the IV Index before: that node has begun an IV Update, which it may
        // do because it has been in the network for 96 hours.
        bool updating = address == SensorAddress;
        uint ivIndex = updating ? SpecificationSamples.IvIndex - 1 : SpecificationSamples.IvIndex;
        long joined = updating ? -IvIndex.MinStateTime : 0;

        node.Do((stack, now) =>
        {
            stack.Join(address, 1, ivIndex, false, Subnet.PrimaryNetKeyIndex, new NetworkKey(SpecificationSamples.NetKey), false, joined);

            if (updating)
            {
                stack.IvIndex.StartUpdate(now);
            }
        });

        return node;
    }

    private ProxyApplication CreatePhone()
    {
        ProxyApplication phone = new(Mesh, "phone", PhoneAddress, PhoneSequence, SpecificationSamples.IvIndex);
        phone.Subnets.Add(Subnet.PrimaryNetKeyIndex, new NetworkKey(SpecificationSamples.NetKey));
        phone.Subnets.Add(GuestNetKeyIndex, new NetworkKey(SpecificationSamples.ProxyNetKey));
        phone.Endpoint.Add(AppKey);
        phone.Endpoint.Add(DeviceKey);
        phone.Endpoint.Subscribe(SpecificationSamples.Label);

        return phone;
    }

    private void Connect()
    {
        Mesh.Radio.Connect(Phone.Antenna, Proxy.Antenna);

        foreach (VirtualNode first in FirstRing)
        {
            Mesh.Radio.Connect(Proxy.Antenna, first.Antenna);

            foreach (VirtualNode second in SecondRing)
            {
                Mesh.Radio.Connect(first.Antenna, second.Antenna);
            }
        }

        foreach (VirtualNode second in SecondRing)
        {
            Mesh.Radio.Connect(second.Antenna, Far.Antenna);
            Mesh.Radio.Connect(second.Antenna, Intruder.Antenna);
        }

        Mesh.Radio.Connect(Far.Antenna, Intruder.Antenna);
    }

    private void Configure()
    {
        Endpoint(Far).Add(DeviceKey);

        foreach (VirtualNode relay in FirstRing.Concat(SecondRing))
        {
            relay.Stack.Network.RelayEnabled = true;
        }

        Proxy.Do((stack, now) =>
        {
            stack.Subnets.Add(GuestNetKeyIndex, new NetworkKey(SpecificationSamples.ProxyNetKey));
            stack.Beacons.Enabled = true;
            stack.SetProxyEnabled(true, now);
        });
    }

    // What a Configuration Server does with the message, as far as the samples go: it answers Success with the key indexes.
    private void AnswerAppKeyAdd(AccessMessage message)
    {
        const int KeyIndexesEnd = 4;

        if (message.Key == DeviceKey && message.Payload[0] == 0x00 && message.Payload.Length > KeyIndexesEnd)
        {
            byte[] status = [0x80, 0x03, 0x00, .. message.Payload[1..KeyIndexesEnd]];

            Mesh.Clock.After(20, () => Far.Do((_, _) =>
            {
                Endpoint(Far).SkipTo(SpecificationSamples.AppKeyStatus.Sequence);
                Endpoint(Far).Send(DeviceKey, message.Source, SpecificationSamples.AppKeyStatus.Ttl, status);
            }));
        }
    }
}
