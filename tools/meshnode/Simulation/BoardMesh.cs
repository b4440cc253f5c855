using System;
using MeshNode.Board;
using MeshNode.Hardware;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Kit.Proxy;
using MeshNode.Network;

namespace MeshNode.Simulation;

/// <summary>Boards with the application of firmware/Node in the air of a simulation; a phone, and a PC with a radio, which make them a network.</summary>
public sealed class BoardMesh
{
    /// <summary>AppKey Index of all models.</summary>
    public const int AppKey = 0;

    /// <summary>The group of all lamps, which the buttons switch.</summary>
    public const int LampGroup = 0xC001;

    private const int RequestTimeout = 4000;
    private const int RequestTries = 20;
    private const int SeenTime = 60000;
    private const int PbGattTime = 120000;
    private const int PbAdvTime = 240000;
    private const int ProxyTime = 120000;
    private const int FilterTime = 20000;
    private const int ConfigurationTime = 600000;
    private const int OnOffServer = 0x1000;
    private const int OnOffClient = 0x1001;

    /// <param name="seed">Decides all chance.</param>
    public BoardMesh(int seed)
    {
        Mesh = new VirtualMesh(seed);
        Network = new MeshNetwork(new SeededRandomSource(Mesh.CreateRandom()));
        Network.AddAppKey(AppKey, Subnet.PrimaryNetKeyIndex);
        Phone = new VirtualPhone(Mesh, "phone", Network);
        Commissioner = new VirtualCommissioner(Mesh, "PC", Network);
    }

    /// <summary>Time and air.</summary>
    public VirtualMesh Mesh { get; }

    /// <summary>Keys and nodes, as their owner knows them.</summary>
    public MeshNetwork Network { get; }

    /// <summary>Provisions over PB-GATT, and takes part in the mesh through a proxy.</summary>
    public VirtualPhone Phone { get; }

    /// <summary>Provisions over PB-ADV.</summary>
    public VirtualCommissioner Commissioner { get; }

    /// <summary>ATT_MTU that the phone asks for.</summary>
    public int Mtu { get; set; } = 69;

    /// <summary>A board in range of the commissioner, without power.</summary>
    /// <param name="pins">What is connected where; asked at each boot.</param>
    /// <param name="settings">What its maker has decided; asked at each boot.</param>
    public ApplicationBoard AddBoard(string name, BoardProfile profile, Func<BoardPins> pins, Func<NodeSettings> settings)
    {
        ApplicationBoard board = new(Mesh, Mesh.AddBoard(name, profile), pins, settings);
        Mesh.Radio.Connect(board.Radio.Antenna, Commissioner.Antenna);

        return board;
    }

    /// <summary>A board as above, with the application of an image.</summary>
    public ApplicationBoard AddBoard(string name, BoardProfile profile, Func<BoardPins> pins, ApplicationImage image)
    {
        ApplicationBoard board = new(Mesh, Mesh.AddBoard(name, profile), pins, image);
        Mesh.Radio.Connect(board.Radio.Antenna, Commissioner.Antenna);

        return board;
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(int milliseconds)
    {
        Mesh.Clock.RunUntil(Mesh.Clock.Now + milliseconds);
    }

    /// <summary>Lets time pass until a condition holds.</summary>
    /// <returns>Whether it holds.</returns>
    public bool Until(Func<bool> condition, int milliseconds)
    {
        return Mesh.Clock.RunUntil(condition, Mesh.Clock.Now + milliseconds);
    }

    /// <summary>The phone makes a device a node, over PB-GATT.</summary>
    /// <returns><see langword="null"/> when it has not become one.</returns>
    public KnownNode? ProvisionOverGatt(ApplicationBoard board)
    {
        if (!Until(() => Phone.SeesDevice(board.Radio.Antenna, board.Uuid) && Phone.Connect(board.Radio, Mtu, new GattParameters()), SeenTime))
        {
            return null;
        }

        Phone.Provision(new ProvisioningPolicy());
        Until(() => Phone.IsFinished, PbGattTime);

        return Phone.Provisioned;
    }

    /// <summary>The commissioner makes a device a node, over PB-ADV.</summary>
    /// <returns><see langword="null"/> when it has not become one.</returns>
    public KnownNode? ProvisionOverAdvertising(ApplicationBoard board)
    {
        if (!Until(() => Commissioner.Hears(board.Uuid), SeenTime))
        {
            return null;
        }

        Commissioner.Provision(board.Uuid, new ProvisioningPolicy());
        Until(() => Commissioner.IsFinished, PbAdvTime);

        return Commissioner.Provisioned;
    }

    /// <summary>The phone connects to a proxy, as soon as it can. Before that, the first time, it joins the network.</summary>
    /// <returns>Whether the proxy has taken its filter.</returns>
    public bool OpenProxy(ApplicationBoard board)
    {
        if (!Phone.Client.Node.IsProvisioned)
        {
            Phone.Join();

            foreach (ClientModel client in new ClientModel[] { Phone.Client.Configuration, Phone.Client.OnOff })
            {
                client.Timeout = RequestTimeout;
                client.Tries = RequestTries;
            }
        }

        if (!Until(() => !Phone.IsConnected && Phone.SeesProxy(board.Radio.Antenna) && Phone.Connect(board.Radio, Mtu, new GattParameters()), ProxyTime))
        {
            return false;
        }

        Phone.OpenProxy();

        return Until(() => Phone.FilterState == FilterState.Verified, FilterTime);
    }

    /// <summary>The phone configures a node: all models are bound, the lamp subscribes to the group, the button publishes to it.</summary>
    /// <returns>Whether the node has said yes to all of it.</returns>
    public bool Configure(KnownNode known)
    {
        PublicationParameters parameters = new(AppKey, RetransmitCount: 2, RetransmitSteps: 1);

        return Perform(now => Phone.Configurator.SetUp(known, AppKey, now))
            && Perform(now => Phone.Configurator.Subscribe(known, known.Address, LampGroup, ModelId.Sig(OnOffServer), now))
            && Perform(now => Phone.Configurator.Publish(known, known.Address + 1, LampGroup, parameters, ModelId.Sig(OnOffClient), now));
    }

    /// <summary>The phone sets the lamp of a node and waits for its answer.</summary>
    /// <returns>Whether the node says that it is so.</returns>
    public bool SetLamp(int address, bool isOn)
    {
        Request<GenericOnOffStatus>? request = null;
        byte[] message = GenericMessages.OnOffSet(isOn, Phone.Client.OnOff.NextTransactionId());
        Phone.Do(now => request = Phone.Client.OnOff.Send<GenericOnOffStatus>(address, AppKey, message, now));
        Until(() => request!.IsFinished, RequestTimeout * RequestTries);

        return request!.Answer is { } answer && answer.Present == (isOn ? 1 : 0);
    }

    /// <summary>The phone does something with its configuration client.</summary>
    /// <returns>Whether it was done.</returns>
    public bool Perform(Func<long, Procedure> start)
    {
        Procedure? procedure = null;
        Phone.Do(now => procedure = start(now));
        Until(() => procedure!.IsFinished, ConfigurationTime);

        return procedure!.Succeeded;
    }
}
