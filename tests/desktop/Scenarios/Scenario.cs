#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Bearers;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Kit.Proxy;
using MeshNode.Network;
using MeshNode.Provisioning;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.Scenarios;

/// <summary>
/// A mesh on the virtual radio: whole nodes, and a client of the kit that configures them through their Configuration Servers. Simulated
/// time; the same seed gives the same run.
/// </summary>
internal sealed class Scenario
{
    public const int AppKey = 0;
    public const int Group = 0xC001;
    public const int LampModel = 0x1000;
    public const int ButtonModel = 0x1001;
    public const int HealthModel = 0x0002;

    private const int ProcedureTime = 900000;
    private const int ConnectTime = 20000;

    private readonly Dictionary<string, int> _beacons = [];

    /// <param name="loss">Percentage of transmissions that are lost.</param>
    public Scenario(int seed, int loss)
    {
        Mesh = new VirtualMesh(seed);
        Mesh.Radio.Quality = new LinkQuality(loss / 100.0, 2, 3);
        Mesh.Traced += Count;
        Network = new MeshNetwork(new SeededRandomSource(Mesh.CreateRandom()));
        Network.AddAppKey(AppKey, Subnet.PrimaryNetKeyIndex);
        Client = AddClient("client");
    }

    public VirtualMesh Mesh { get; }

    public MeshNetwork Network { get; }

    /// <summary>Has the device keys of all nodes. The first node of a chain is in its range.</summary>
    public RadioClient Client { get; }

    public List<ScenarioNode> Nodes { get; } = [];

    /// <summary>The radio's links between nodes of a chain, the one to the client first.</summary>
    public List<RadioLink> Links { get; } = [];

    public long Now => Mesh.Clock.Now;

    /// <summary>Nodes of a network that each hear the one before and the one after; the client hears the first.</summary>
    public static Scenario Chain(int seed, int loss, int nodes, StackProfile? profile = null)
    {
        Scenario scenario = new(seed, loss);
        VirtualAntenna before = scenario.Client.Antenna;

        for (int i = 0; i < nodes; i++)
        {
            ScenarioNode node = scenario.AddNode("N" + (i + 1), profile);
            scenario.Join(node);
            scenario.Links.Add(scenario.Mesh.Radio.Connect(before, node.Device.Antenna));
            before = node.Device.Antenna;
        }

        return scenario;
    }

    /// <summary>The same, where every node has the application key and its models are bound to it.</summary>
    public static Scenario ConfiguredChain(int seed, int loss, int nodes, StackProfile? profile = null)
    {
        Scenario scenario = Chain(seed, loss, nodes, profile);
        scenario.Nodes.ForEach(scenario.SetUp);

        return scenario;
    }

    /// <summary>A further client, in range of nothing.</summary>
    public RadioClient AddClient(string name)
    {
        RadioClient client = new(Mesh, name, Network);
        byte[] deviceKey = new byte[16];
        Mesh.CreateRandom().NextBytes(deviceKey);
        client.Do(now => client.Node.Join(Network.AllocateAddress(1)!.Value, deviceKey, now));
        client.Echo.Bindings |= 1u << client.Node.Node.AppKeys.Find(AppKey);

        foreach (ClientModel model in new ClientModel[] { client.Node.Configuration, client.Node.OnOff, client.Node.Health })
        {
            model.Timeout = 4000;
            model.Tries = 20;
        }

        return client;
    }

    /// <summary>A phone that has an address, in range of one node.</summary>
    public VirtualPhone AddPhone(string name, ScenarioNode node)
    {
        VirtualPhone phone = new(Mesh, name, Network);
        phone.Join();
        Mesh.Radio.Connect(phone.Antenna, node.Device.Antenna);

        return phone;
    }

    /// <summary>Connects a phone to a proxy that it sees, and waits until its filter is set.</summary>
    public void OpenProxy(VirtualPhone phone, ScenarioNode node, int mtu = 69)
    {
        Assert.IsTrue(Until(() => phone.SeesProxy(node.Device), ConnectTime));
        phone.Connect(node.Device, mtu, new GattParameters());
        phone.OpenProxy();
        Assert.IsTrue(Until(() => phone.FilterState == FilterState.Verified, ConnectTime));
    }

    /// <summary>A device that belongs to no network and is in range of nothing.</summary>
    public ScenarioNode AddNode(string name, StackProfile? profile = null)
    {
        ScenarioNode node = new(Mesh, name, profile ?? new StackProfile());
        Nodes.Add(node);

        return node;
    }

    /// <summary>Makes a device a node without provisioning.</summary>
    public void Join(ScenarioNode node)
    {
        NodeAssignment assignment = Network.Assign(node.Node.Access.Composition.Count)!;
        byte[] deviceKey = new byte[16];
        Mesh.CreateRandom().NextBytes(deviceKey);
        node.Known = Network.AddNode(assignment.UnicastAddress, node.Node.Access.Composition.Count, deviceKey);
        NetworkKey key = new(assignment.NetKey);
        node.Device.Do((firmware, now) => firmware.Join(
            assignment.UnicastAddress, assignment.IvIndex, assignment.IvUpdate, assignment.NetKeyIndex, key, assignment.KeyRefresh, deviceKey, now));
    }

    /// <summary>Makes a device known to provisioners.</summary>
    public SilentApplication TakeOutOfTheBox(ScenarioNode node, byte[]? staticOob)
    {
        SilentApplication application = new();
        ProvisioningCapabilities capabilities = new() { Uuid = node.Device.Uuid, StaticOob = staticOob, OnlyOob = staticOob != null };
        node.Device.Do((firmware, now) => firmware.StartUnprovisioned(capabilities, application, now));

        return application;
    }

    /// <summary>Gives a node the application key and binds all its models to it.</summary>
    public void SetUp(ScenarioNode node)
    {
        Perform(configurator => configurator.SetUp(node.Known!, AppKey, Now));
    }

    /// <summary>Lets the lamp of a node subscribe to <see cref="Group"/>.</summary>
    public void Subscribe(ScenarioNode node)
    {
        Perform(configurator => configurator.Subscribe(node.Known!, node.Address, Group, ModelId.Sig(LampModel), Now));
    }

    /// <summary>Lets the button of a node publish to <see cref="Group"/>.</summary>
    public void Publish(ScenarioNode node)
    {
        PublicationParameters parameters = new(AppKey, RetransmitCount: 2, RetransmitSteps: 3);
        Perform(configurator => configurator.Publish(node.Known!, node.ButtonAddress, Group, parameters, ModelId.Sig(ButtonModel), Now));
    }

    /// <summary>Runs a procedure of the kit, which has to succeed.</summary>
    public void Perform(Func<Configurator, Procedure> start)
    {
        Configurator configurator = new(Network, Client.Node);
        Procedure? procedure = null;
        Client.Do(_ => procedure = start(configurator));
        Until(() => procedure!.IsFinished, ProcedureTime);
        Assert.IsTrue(procedure!.Succeeded, procedure.Failed?.State.ToString() ?? "not finished");
    }

    /// <summary>Sends a configuration message, which has to be answered.</summary>
    public T Configure<T>(ScenarioNode node, byte[] message)
        where T : class, IStatusMessage<T>
    {
        Request<T>? request = null;
        Client.Do(now => request = Client.Node.Configuration.Send<T>(node.Address, message, now));

        return Answer(request!);
    }

    /// <summary>Sends a message with the application key, which has to be answered.</summary>
    public T Ask<T>(ClientModel model, int destination, byte[] message)
        where T : class, IStatusMessage<T>
    {
        Request<T>? request = null;
        Client.Do(now => request = model.Send<T>(destination, AppKey, message, now));

        return Answer(request!);
    }

    /// <summary>Asks once for the lamp's state.</summary>
    /// <returns>Whether an answer has come.</returns>
    public bool Reaches(ScenarioNode node, RadioClient? client = null)
    {
        client ??= Client;
        Request<GenericOnOffStatus>? request = null;
        int tries = client.Node.OnOff.Tries;
        client.Node.OnOff.Tries = 1;
        client.Do(now => request = client.Node.OnOff.Send<GenericOnOffStatus>(node.Address, AppKey, GenericMessages.OnOffGet(), now));
        Until(() => request!.IsFinished, 10000);
        client.Node.OnOff.Tries = tries;

        return request!.Answer != null;
    }

    /// <summary>Presses a button until a condition holds, as a user does.</summary>
    public bool PressUntil(ScenarioNode node, bool on, Func<bool> condition)
    {
        for (int i = 0; i < 12; i++)
        {
            node.Press(on);

            if (Until(condition, 2000))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Secure Network beacons that a node has sent; each counts once for each of its transmissions.</summary>
    public int BeaconsOf(ScenarioNode node)
    {
        return _beacons.GetValueOrDefault(node.Device.Name);
    }

    public bool Until(Func<bool> condition, long milliseconds)
    {
        return Mesh.Clock.RunUntil(condition, Now + milliseconds);
    }

    public void Wait(long milliseconds)
    {
        Mesh.Clock.RunUntil(Now + milliseconds);
    }

    private T Answer<T>(Request<T> request)
        where T : class, IStatusMessage<T>
    {
        Until(() => request.IsFinished, ProcedureTime);
        Assert.IsNotNull(request.Answer, request.State.ToString());

        return request.Answer!;
    }

    private void Count(TraceEvent traced)
    {
        if (traced is FrameSent { Type: AdvertisingData.MeshBeacon, Payload: [1, ..] } sent)
        {
            _beacons[sent.Device] = _beacons.GetValueOrDefault(sent.Device) + 1;
        }
    }
}
