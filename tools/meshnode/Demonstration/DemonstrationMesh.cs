using System.Collections.Generic;
using MeshNode.Access;
using MeshNode.Kit.Networks;
using MeshNode.Models.Generic;
using MeshNode.Network;
using MeshNode.Simulation;

namespace MeshNode.Tool.Demonstration;

/// <summary>
/// The devices of the demonstration: a proxy, two rings of relays, and a far node that hears only the second ring. All of them are the same lamp
/// with a button, and none belongs to a network yet.
/// </summary>
internal sealed class DemonstrationMesh
{
    /// <summary>AppKey Index of all lamps and buttons.</summary>
    public const int LightAppKey = 0;

    /// <summary>The group of all lamps that a button switches.</summary>
    public const int LampGroup = 0xC001;

    private static readonly byte[] s_foreignNetKey = System.Convert.FromHexString("f7a2a44f8e8a8029064f173ddc1e2b00");

    private const int FlashSize = 8192;

    private readonly Dictionary<string, LampComposition> _lamps = [];
    private readonly Dictionary<VirtualNode, KnownNode> _known = [];

    public DemonstrationMesh(DemonstrationOptions options)
    {
        Mesh = new VirtualMesh(options.Seed);
        Mesh.Radio.Quality = options.Quality;
        Foreign = new NetworkKey(s_foreignNetKey);
        Network = new MeshNetwork(new SeededRandomSource(Mesh.CreateRandom()));
        Network.AddAppKey(LightAppKey, Subnet.PrimaryNetKeyIndex);
        Phone = new VirtualPhone(Mesh, "phone", Network);
        Installer = new VirtualCommissioner(Mesh, "PC", Network);
        Proxy = AddNode("P");
        int relays = options.Nodes - 2;
        int first = (relays + 1) / 2;

        for (int i = 0; i < first; i++)
        {
            FirstRing.Add(AddNode($"A{i + 1}"));
        }

        for (int i = 0; i < relays - first; i++)
        {
            SecondRing.Add(AddNode($"B{i + 1}"));
        }

        Far = AddNode("F");
        Intruder = new Intruder(Mesh, "X");
        Connect();
        Reader.Add(Network.NetKeys[0].Key, Network.IvIndex);
    }

    public VirtualMesh Mesh { get; }

    /// <summary>Keys and nodes, as their owner knows them.</summary>
    public MeshNetwork Network { get; }

    /// <summary>Owns the network and takes part in it through the proxy.</summary>
    public VirtualPhone Phone { get; }

    /// <summary>A computer with a radio, carried to each device to provision it.</summary>
    public VirtualCommissioner Installer { get; }

    public VirtualNode Proxy { get; }

    public List<VirtualNode> FirstRing { get; } = [];

    public List<VirtualNode> SecondRing { get; } = [];

    public VirtualNode Far { get; }

    public Intruder Intruder { get; }

    /// <summary>The key of another network.</summary>
    public NetworkKey Foreign { get; }

    /// <summary>Reads PDUs of this network on the air.</summary>
    public NetworkPduReader Reader { get; } = new();

    /// <summary>A node as the owner of the network knows it.</summary>
    public KnownNode Known(VirtualNode node)
    {
        return _known[node];
    }

    /// <summary>A device has become a node.</summary>
    public void Add(VirtualNode node, KnownNode known)
    {
        _known.Add(node, known);
    }

    /// <summary>Whether the lamp of a node is on.</summary>
    public bool IsOn(VirtualNode node)
    {
        return _lamps[node.Name].Lightness.Actual(Mesh.Clock.Now) > 0;
    }

    /// <summary>The button of a node.</summary>
    public GenericOnOffClient Button(VirtualNode node)
    {
        return _lamps[node.Name].Button;
    }

    private VirtualNode AddNode(string name)
    {
        return Mesh.AddNode(
            name,
            () => (_lamps[name] = new LampComposition(null, null, false)).Composition,
            new StackProfile(),
            new SimulatedFlash(FlashSize, true));
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

        foreach (VirtualNode node in Mesh.Nodes)
        {
            Mesh.Radio.Connect(Installer.Antenna, node.Antenna);
        }
    }
}
