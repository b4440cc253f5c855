#nullable enable
using System;
using System.Linq;
using MeshNode.Board;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Kit.Proxy;
using MeshNode.Network;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>The application of firmware/Node on virtual boards in the air of the simulation, and a phone beside them.</summary>
internal sealed class NodeBench
{
    public const int Lamp = 2;
    public const int Status = 4;
    public const int Button = 0;
    public const int AppKey = 0;
    public const int LampGroup = 0xC001;

    private const int Mtu = 69;
    private const int RequestTimeout = 4000;
    private const int RequestTries = 20;
    private const int OnOffServer = 0x1000;
    private const int OnOffClient = 0x1001;

    public NodeBench(int seed = 1)
    {
        Mesh = new VirtualMesh(seed);
        Network = new MeshNetwork(new SeededRandomSource(Mesh.CreateRandom()));
        Network.AddAppKey(AppKey, Subnet.PrimaryNetKeyIndex);
        Phone = new VirtualPhone(Mesh, "phone", Network);
        Commissioner = new VirtualCommissioner(Mesh, "PC", Network);
    }

    public VirtualMesh Mesh { get; }

    public MeshNetwork Network { get; }

    public VirtualPhone Phone { get; }

    public VirtualCommissioner Commissioner { get; }

    /// <summary>A board in range of the phone and of the commissioner, without power.</summary>
    public NodeBoard AddBoard(string name = "B", BoardProfile? profile = null, NodeSettings? settings = null)
    {
        NodeBoard board = new(Mesh, name, profile ?? BoardProfile.Esp32, settings);
        Mesh.Radio.Connect(board.Radio.Antenna, Phone.Antenna);
        Mesh.Radio.Connect(board.Radio.Antenna, Commissioner.Antenna);

        return board;
    }

    public void Pass(int milliseconds)
    {
        Mesh.Clock.RunUntil(Mesh.Clock.Now + milliseconds);
    }

    public void Until(Func<bool> condition, int milliseconds, string what)
    {
        Assert.IsTrue(Mesh.Clock.RunUntil(condition, Mesh.Clock.Now + milliseconds), what);
    }

    /// <summary>The phone makes the device a node, over PB-GATT.</summary>
    public KnownNode ProvisionOverGatt(NodeBoard board)
    {
        Until(
            () => Phone.SeesDevice(board.Radio.Antenna, board.Uuid) && Phone.Connect(board.Radio, Mtu, new GattParameters()),
            60000,
            "device is not seen, or not connectable");
        Phone.Provision(new ProvisioningPolicy());
        Until(() => Phone.IsFinished, 120000, "PB-GATT does not come to an end");

        return Known(board, Phone.Provisioned);
    }

    /// <summary>The commissioner makes the device a node, over PB-ADV.</summary>
    public KnownNode ProvisionOverAdvertising(NodeBoard board)
    {
        Until(() => Commissioner.Hears(board.Uuid), 60000, "beacon is not heard");
        Commissioner.Provision(board.Uuid, new ProvisioningPolicy());
        Until(() => Commissioner.IsFinished, 240000, "PB-ADV does not come to an end");

        return Known(board, Commissioner.Provisioned);
    }

    /// <summary>The phone connects to a proxy, when it can.</summary>
    public void OpenProxy(NodeBoard board)
    {
        if (!Phone.Client.Node.IsProvisioned)
        {
            Phone.Join();
            Phone.Client.Configuration.Timeout = RequestTimeout;
            Phone.Client.Configuration.Tries = RequestTries;
            Phone.Client.OnOff.Timeout = RequestTimeout;
            Phone.Client.OnOff.Tries = RequestTries;
        }

        Until(
            () => !Phone.IsConnected && Phone.SeesProxy(board.Radio.Antenna) && Phone.Connect(board.Radio, Mtu, new GattParameters()),
            120000,
            "proxy is not seen, or not connectable");
        Phone.OpenProxy();
        Until(() => Phone.FilterState == FilterState.Verified, 20000, "no Filter Status");
    }

    /// <summary>The phone configures a node: all models are bound, the lamp subscribes to the group, the button publishes to it.</summary>
    public void Configure(KnownNode known)
    {
        Perform(now => Phone.Configurator.SetUp(known, AppKey, now), "SetUp");
        Perform(now => Phone.Configurator.Subscribe(known, known.Address, LampGroup, ModelId.Sig(OnOffServer), now), "Subscribe");
        Perform(
            now => Phone.Configurator.Publish(known, known.Address + 1, LampGroup, new PublicationParameters(AppKey, RetransmitCount: 2, RetransmitSteps: 1), ModelId.Sig(OnOffClient), now),
            "Publish");
    }

    /// <summary>A board with a node that is provisioned over PB-GATT and configured; the phone is connected to it.</summary>
    public NodeBoard AddNode(BoardProfile? profile = null, NodeSettings? settings = null)
    {
        NodeBoard board = AddBoard("B", profile, settings);
        board.PowerOn();
        Pass(2000);
        KnownNode known = ProvisionOverGatt(board);
        OpenProxy(board);
        Configure(known);

        return board;
    }

    /// <summary>The same, alone after that, and connectable only when something asks for it.</summary>
    public NodeBoard AddNodeWithoutWindows()
    {
        NodeSettings settings = new();
        settings.Bearer.BootWindow = 0;
        settings.Bearer.WindowPeriod = 0;
        settings.Bearer.ReturnWindow = 0;
        NodeBoard board = AddNode(null, settings);
        Phone.Disconnect();
        Pass(90000);

        return board;
    }

    /// <summary>A board in range of another, but not of the phone: it is provisioned over PB-ADV, and configured through the other, to which the phone is connected.</summary>
    public NodeBoard AddNeighbour(NodeBoard proxy, BoardProfile? profile = null, NodeSettings? settings = null)
    {
        NodeBoard board = new(Mesh, "N", profile ?? BoardProfile.Esp32, settings);
        Mesh.Radio.Connect(board.Radio.Antenna, proxy.Radio.Antenna);
        Mesh.Radio.Connect(board.Radio.Antenna, Commissioner.Antenna);
        board.PowerOn();
        Pass(2000);
        Configure(ProvisionOverAdvertising(board));

        return board;
    }

    /// <summary>The phone sets the lamp of a node and waits for its answer.</summary>
    public bool SetLamp(int address, bool isOn)
    {
        Request<GenericOnOffStatus>? request = null;
        byte[] message = GenericMessages.OnOffSet(isOn, Phone.Client.OnOff.NextTransactionId());
        Phone.Do(now => request = Phone.Client.OnOff.Send<GenericOnOffStatus>(address, AppKey, message, now));
        Mesh.Clock.RunUntil(() => request!.IsFinished, Mesh.Clock.Now + (RequestTimeout * RequestTries));

        return request!.Answer is { } answer && answer.Present == (isOn ? 1 : 0);
    }

    public void Perform(Func<long, Procedure> start, string what)
    {
        Procedure? procedure = null;
        Phone.Do(now => procedure = start(now));
        Until(() => procedure!.IsFinished, 600000, what);
        Assert.IsTrue(procedure!.Succeeded, what);
    }

    private static KnownNode Known(NodeBoard board, KnownNode? known)
    {
        Assert.IsNotNull(known, string.Join("\n", board.Board.Log.Select(l => l.Text)));
        Assert.AreEqual(known!.Address, board.Node.Stack.Network.PrimaryAddress);

        return known;
    }
}
