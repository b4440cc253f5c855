#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Kit.Proxy;
using MeshNode.LowerTransport;
using MeshNode.Models;
using MeshNode.Models.Foundation;
using MeshNode.Models.Generic;
using MeshNode.Models.Lighting;
using MeshNode.Network;
using MeshNode.Provisioning;
using MeshNode.Scenarios;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>The kit takes a node from the box to everything configured and back, over both bearers, with loss, at each MTU that phones have.</summary>
[TestClass]
public class LifecycleTests
{
    private const int Lamp = 0x1000;
    private const int AppKey = 0;
    private const int SecondAppKey = 0x456;
    private const int SecondNetKey = 0x123;
    private const int RequestTime = 300000;

    [TestMethod]
    [DataRow(0)]
    [DataRow(15)]
    [DataRow(30)]
    public void Node_FromTheBoxAndBack_OverPbAdv(int loss)
    {
        VirtualMesh mesh = new(31 + loss);
        mesh.Radio.Quality = new LinkQuality(loss / 100.0, 2, 3);
        MeshNetwork network = CreateNetwork(mesh);
        VirtualNode device = AddDevice(mesh, "device", out SilentApplication application);
        VirtualCommissioner commissioner = new(mesh, "commissioner", network);
        RadioClient radio = new(mesh, "client", network);
        mesh.Radio.Connect(commissioner.Antenna, device.Antenna);
        mesh.Radio.Connect(radio.Antenna, device.Antenna);

        // After the reset the device is in the box again, and can be provisioned once more.
        for (int life = 0; life < 2; life++)
        {
            Assert.IsTrue(mesh.Clock.RunUntil(() => commissioner.Hears(device.Uuid), mesh.Clock.Now + 60000));
            commissioner.Provision(device.Uuid, new ProvisioningPolicy());
            Assert.IsTrue(mesh.Clock.RunUntil(() => commissioner.IsFinished, mesh.Clock.Now + 300000));
            Assert.IsNotNull(commissioner.Provisioned, $"life {life}");

            if (life == 0)
            {
                radio.Do(now => radio.Node.Join(network.AllocateAddress(1)!.Value, new byte[16], now));
            }

            Live(new World(mesh, network, radio.Node, radio.Do), commissioner.Provisioned!, device, application);
        }
    }

    [TestMethod]
    [DataRow(23, 0)]
    [DataRow(23, 20)]
    [DataRow(27, 10)]
    [DataRow(69, 10)]
    [DataRow(185, 10)]
    [DataRow(247, 10)]
    [DataRow(517, 0)]
    [DataRow(517, 20)]
    public void Node_FromTheBoxAndBack_OverPbGattAndAProxy(int mtu, int loss)
    {
        VirtualMesh mesh = new(1000 + mtu + loss);
        mesh.Radio.Quality = new LinkQuality(loss / 100.0, 2, 3);
        MeshNetwork network = CreateNetwork(mesh);
        VirtualNode proxy = AddDevice(mesh, "proxy", out _);
        VirtualNode device = AddDevice(mesh, "device", out SilentApplication application);
        VirtualPhone phone = new(mesh, "phone", network);
        mesh.Radio.Connect(phone.Antenna, proxy.Antenna);
        mesh.Radio.Connect(phone.Antenna, device.Antenna);
        mesh.Radio.Connect(proxy.Antenna, device.Antenna);
        phone.Join();
        KnownNode knownProxy = Provision(mesh, phone, proxy, mtu);
        KnownNode known = Provision(mesh, phone, device, mtu);

        // The node is configured through the other one, over the radio with its losses.
        Assert.IsTrue(mesh.Clock.RunUntil(() => phone.SeesProxy(proxy), mesh.Clock.Now + 60000));
        phone.Connect(proxy, mtu, new GattParameters());
        phone.OpenProxy();
        Assert.IsTrue(mesh.Clock.RunUntil(() => phone.FilterState == FilterState.Verified, mesh.Clock.Now + 60000));
        World world = new(mesh, network, phone.Client, phone.Do);

        // A proxy sends on what belongs to its subnets, and nothing else.
        world.Succeed<NetKeyStatus>(knownProxy.Address, ConfigurationMessages.NetKeyAdd(SecondNetKey, network.NetKeys[1].Key));
        Live(world, known, device, application);

        // The proxy itself goes last.
        Procedure reset = world.Perform(configurator => configurator.Reset(knownProxy, mesh.Clock.Now));
        Assert.IsTrue(reset.Succeeded);
        Assert.IsTrue(mesh.Clock.RunUntil(() => proxy.Stack.Network.PrimaryAddress == 0, mesh.Clock.Now + 5000));
        Assert.IsTrue(mesh.Clock.RunUntil(() => !phone.IsConnected, mesh.Clock.Now + 5000));
    }

    private static void Live(World world, KnownNode known, VirtualNode device, SilentApplication application)
    {
        int node = known.Address;
        ModelId lamp = ModelId.Sig(Lamp);
        byte[] label = Hex.Decode("0123456789abcdef0123456789abcdef");
        Assert.AreEqual(node, device.Stack.Network.PrimaryAddress);
        Assert.IsTrue(world.Perform(configurator => configurator.SetUp(known, AppKey, world.Now)).Succeeded);
        Assert.AreEqual(2, known.Composition!.Elements.Count);

        // Each state of the Configuration Server, changed and read.
        Assert.AreEqual(0, world.Configure<BeaconStatus>(node, ConfigurationMessages.BeaconSet(0)).Beacon);
        Assert.AreEqual(1, world.Configure<BeaconStatus>(node, ConfigurationMessages.BeaconSet(1)).Beacon);
        Assert.AreEqual(1, world.Configure<BeaconStatus>(node, ConfigurationMessages.BeaconGet()).Beacon);
        world.Configure<DefaultTtlStatus>(node, ConfigurationMessages.DefaultTtlSet(9));
        Assert.AreEqual(9, world.Configure<DefaultTtlStatus>(node, ConfigurationMessages.DefaultTtlGet()).Ttl);
        world.Configure<GattProxyStatus>(node, ConfigurationMessages.GattProxySet(0));
        Assert.AreEqual(0, world.Configure<GattProxyStatus>(node, ConfigurationMessages.GattProxyGet()).GattProxy);
        world.Configure<GattProxyStatus>(node, ConfigurationMessages.GattProxySet(1));
        Assert.AreEqual(2, world.Configure<FriendStatus>(node, ConfigurationMessages.FriendGet()).Friend);
        Assert.AreEqual(2, world.Configure<FriendStatus>(node, ConfigurationMessages.FriendSet(1)).Friend);
        world.Configure<RelayStatus>(node, ConfigurationMessages.RelaySet(1, 2, 3));
        Assert.AreEqual(new RelayStatus(1, 2, 3), world.Configure<RelayStatus>(node, ConfigurationMessages.RelayGet()));
        world.Configure<NetworkTransmitStatus>(node, ConfigurationMessages.NetworkTransmitSet(3, 2));
        Assert.AreEqual(new NetworkTransmitStatus(3, 2), world.Configure<NetworkTransmitStatus>(node, ConfigurationMessages.NetworkTransmitGet()));
        Assert.AreEqual(0, world.Configure<LowPowerNodePollTimeoutStatus>(node, ConfigurationMessages.LowPowerNodePollTimeoutGet(0x7000)).PollTimeout);

        // Subnets and application keys.
        NetKeyEntry second = world.Network.NetKeys[1];
        world.Succeed<NetKeyStatus>(node, ConfigurationMessages.NetKeyAdd(SecondNetKey, second.Key));
        Assert.IsTrue(world.Configure<NetKeyList>(node, ConfigurationMessages.NetKeyGet()).NetKeyIndexes.Order().SequenceEqual([0, SecondNetKey]));
        world.Succeed<NodeIdentityStatus>(node, ConfigurationMessages.NodeIdentitySet(SecondNetKey, 1));
        Assert.AreEqual(1, world.Succeed<NodeIdentityStatus>(node, ConfigurationMessages.NodeIdentityGet(SecondNetKey)).Identity);
        Assert.AreEqual(0, world.Succeed<KeyRefreshPhaseStatus>(node, ConfigurationMessages.KeyRefreshPhaseGet(0)).Phase);
        world.Succeed<AppKeyStatus>(node, ConfigurationMessages.AppKeyAdd(SecondNetKey, SecondAppKey, world.Network.AppKeys[1].Key));
        Assert.IsTrue(world.Succeed<AppKeyList>(node, ConfigurationMessages.AppKeyGet(SecondNetKey)).AppKeyIndexes.SequenceEqual([SecondAppKey]));
        world.Succeed<ModelAppStatus>(node, ConfigurationMessages.ModelAppBind(node, SecondAppKey, lamp));
        Assert.IsTrue(world.Succeed<ModelAppList>(node, ConfigurationMessages.ModelAppGet(node, lamp)).AppKeyIndexes.Order().SequenceEqual([AppKey, SecondAppKey]));

        // A message in the other subnet, with the other key.
        world.Ask<GenericOnOffStatus>(world.Client.OnOff, node, SecondAppKey, GenericMessages.OnOffGet());
        world.Succeed<ModelAppStatus>(node, ConfigurationMessages.ModelAppUnbind(node, SecondAppKey, lamp));
        Assert.AreEqual(ConfigurationStatus.InvalidAppKeyIndex, world.Configure<ModelAppStatus>(node, ConfigurationMessages.ModelAppBind(node, 0x777, lamp)).Status);

        // Subscriptions and publications, to groups and labels.
        world.Succeed<ModelSubscriptionStatus>(node, ConfigurationMessages.ModelSubscriptionAdd(node, 0xC000, lamp));
        int virtualAddress = world.Succeed<ModelSubscriptionStatus>(node, ConfigurationMessages.ModelSubscriptionVirtualAddressAdd(node, label, lamp)).Address;
        Assert.IsTrue(world.Succeed<ModelSubscriptionList>(node, ConfigurationMessages.ModelSubscriptionGet(node, lamp)).Addresses.Order().SequenceEqual(new[] { 0xC000, virtualAddress }.Order()));
        world.Client.OnOff.Listener = message => world.Heard.Add(message.Source);
        world.Retry(() => world.Send(now => world.Client.OnOff.SendUnacknowledged(label, AppKey, GenericMessages.OnOffGet(), now)), () => world.Heard.Contains(node));
        world.Succeed<ModelSubscriptionStatus>(node, ConfigurationMessages.ModelSubscriptionVirtualAddressDelete(node, label, lamp));
        world.Succeed<ModelSubscriptionStatus>(node, ConfigurationMessages.ModelSubscriptionVirtualAddressOverwrite(node, label, lamp));
        world.Succeed<ModelSubscriptionStatus>(node, ConfigurationMessages.ModelSubscriptionOverwrite(node, 0xC005, lamp));
        world.Succeed<ModelSubscriptionStatus>(node, ConfigurationMessages.ModelSubscriptionDelete(node, 0xC005, lamp));
        world.Succeed<ModelSubscriptionStatus>(node, ConfigurationMessages.ModelSubscriptionDeleteAll(node, lamp));
        Assert.AreEqual(0, world.Succeed<ModelSubscriptionList>(node, ConfigurationMessages.ModelSubscriptionGet(node, lamp)).Addresses.Count);
        PublicationParameters parameters = new(AppKey, false, 5, 3, 1, 2, 4);
        world.Succeed<ModelPublicationStatus>(node, ConfigurationMessages.ModelPublicationVirtualAddressSet(node, label, parameters, lamp));
        world.Succeed<ModelPublicationStatus>(node, ConfigurationMessages.ModelPublicationSet(node, 0xC001, parameters, lamp));
        ModelPublicationStatus publication = world.Succeed<ModelPublicationStatus>(node, ConfigurationMessages.ModelPublicationGet(node, lamp));
        Assert.AreEqual(parameters, publication.Parameters);
        Assert.AreEqual(0xC001, publication.PublishAddress);
        world.Succeed<ModelPublicationStatus>(node, ConfigurationMessages.ModelPublicationSet(node, 0, new PublicationParameters(0, Ttl: 0), lamp));

        // Heartbeats, segmentation and reassembly.
        HeartbeatPublicationParameters heartbeats = new(0xC003, 4, 5, 6, 1, 0);
        world.Succeed<HeartbeatPublicationStatus>(node, ConfigurationMessages.HeartbeatPublicationSet(heartbeats));
        Assert.AreEqual(0xC003, world.Succeed<HeartbeatPublicationStatus>(node, ConfigurationMessages.HeartbeatPublicationGet()).Parameters.Destination);
        world.Succeed<HeartbeatSubscriptionStatus>(node, ConfigurationMessages.HeartbeatSubscriptionSet(world.Client.Node.Stack.Network.PrimaryAddress, node, 5));
        Assert.AreEqual(node, world.Succeed<HeartbeatSubscriptionStatus>(node, ConfigurationMessages.HeartbeatSubscriptionGet()).Destination);
        SarTransmitter transmitter = SarConfigurationMessages.Transmitter(5, 7, 2, 7, 1, 2, 9);
        Assert.AreEqual(7, world.Request(now => world.Client.SarConfiguration.Send<SarTransmitterStatus>(node, SarConfigurationMessages.TransmitterSet(transmitter), now)).State.UnicastRetransmissions);
        Assert.AreEqual(7, world.Request(now => world.Client.SarConfiguration.Send<SarTransmitterStatus>(node, SarConfigurationMessages.TransmitterGet(), now)).State.UnicastRetransmissions);
        SarReceiver receiver = SarConfigurationMessages.Receiver(5, 1, 0, 1, 5);
        Assert.AreEqual(5, world.Request(now => world.Client.SarConfiguration.Send<SarReceiverStatus>(node, SarConfigurationMessages.ReceiverSet(receiver), now)).State.SegmentsThreshold);
        Assert.AreEqual(5, world.Request(now => world.Client.SarConfiguration.Send<SarReceiverStatus>(node, SarConfigurationMessages.ReceiverGet(), now)).State.SegmentsThreshold);

        UseModels(world, node);

        // New keys for all, then for the second subnet, then the keys that are not needed any more go.
        Assert.IsTrue(world.Perform(configurator => configurator.RefreshKeys(0, [], world.Now)).Succeeded);
        world.Succeed<AppKeyStatus>(node, ConfigurationMessages.AppKeyDelete(SecondNetKey, SecondAppKey));
        world.Succeed<NetKeyStatus>(node, ConfigurationMessages.NetKeyDelete(SecondNetKey));
        Assert.AreEqual(1, world.Ask<GenericOnOffStatus>(world.Client.OnOff, node, AppKey, GenericMessages.OnOffGet()).Present);
        Assert.IsTrue(world.Perform(configurator => configurator.Reset(known, world.Now)).Succeeded);
        Assert.IsTrue(world.Mesh.Clock.RunUntil(() => device.Stack.Network.PrimaryAddress == 0, world.Now + 5000));
        Assert.IsFalse(world.Network.Nodes.Contains(known));
        Assert.IsFalse(world.Network.IsFree(node));
        device.Do((firmware, now) => firmware.StartUnprovisioned(new ProvisioningCapabilities { Uuid = device.Uuid }, application, now));
    }

    private static void UseModels(World world, int node)
    {
        ClientNode client = world.Client;
        Assert.AreEqual(1, world.Ask<GenericOnOffStatus>(client.OnOff, node, AppKey, GenericMessages.OnOffSet(true, client.OnOff.NextTransactionId())).Present);
        Assert.AreEqual(100, world.Ask<GenericLevelStatus>(client.Level, node, AppKey, GenericMessages.LevelSet(100, client.Level.NextTransactionId())).Present);
        world.Mesh.Clock.RunUntil(world.Now + 7000);
        Assert.AreEqual(150, world.Ask<GenericLevelStatus>(client.Level, node, AppKey, GenericMessages.DeltaSet(50, client.Level.NextTransactionId())).Present);
        Assert.AreEqual(150, world.Ask<GenericLevelStatus>(client.Level, node, AppKey, GenericMessages.LevelGet()).Present);
        Assert.AreEqual(500, world.Ask<LightLightnessStatus>(client.Lightness, node, AppKey, LightnessMessages.Set(500, client.Lightness.NextTransactionId())).Present);
        Assert.AreEqual(500, world.Ask<LightLightnessLastStatus>(client.Lightness, node, AppKey, LightnessMessages.LastGet()).Lightness);
        Assert.AreEqual(7, world.Ask<LightLightnessDefaultStatus>(client.Lightness, node, AppKey, LightnessMessages.DefaultSet(7)).Lightness);
        Assert.AreEqual(9, world.Ask<LightLightnessRangeStatus>(client.Lightness, node, AppKey, LightnessMessages.RangeSet(9, 60000)).Minimum);
        Assert.AreEqual(60000, world.Ask<LightLightnessRangeStatus>(client.Lightness, node, AppKey, LightnessMessages.RangeGet()).Maximum);
        Assert.IsTrue(world.Ask<LightLightnessLinearStatus>(client.Lightness, node, AppKey, LightnessMessages.LinearGet()).Present > 0);
        Assert.AreEqual(2, world.Ask<GenericOnPowerUpStatus>(client.PowerOnOff, node, AppKey, GenericMessages.OnPowerUpSet(2)).OnPowerUp);
        Assert.AreEqual(0x43, world.Ask<GenericDefaultTransitionTimeStatus>(client.DefaultTransitionTime, node, AppKey, GenericMessages.DefaultTransitionTimeSet(0x43)).Time);
        world.Ask<GenericDefaultTransitionTimeStatus>(client.DefaultTransitionTime, node, AppKey, GenericMessages.DefaultTransitionTimeSet(0));
        Assert.AreEqual(1, world.Ask<HealthFaultStatus>(client.Health, node, AppKey, HealthMessages.FaultGet(1)).Company);
        Assert.AreEqual(3, world.Ask<HealthPeriodStatus>(client.Health, node, AppKey, HealthMessages.PeriodSet(3)).Divisor);
        Assert.IsTrue(world.Ask<HealthAttentionStatus>(client.Health, node, AppKey, HealthMessages.AttentionSet(9)).Seconds > 0);
        Assert.AreEqual(0, world.Ask<HealthFaultStatus>(client.Health, node, AppKey, HealthMessages.FaultClear(1)).Faults.Length);
    }

    private static MeshNetwork CreateNetwork(VirtualMesh mesh)
    {
        MeshNetwork network = new(new SeededRandomSource(mesh.CreateRandom()));
        network.AddNetKey(SecondNetKey);
        network.AddAppKey(AppKey, 0);
        network.AddAppKey(SecondAppKey, SecondNetKey);

        return network;
    }

    private static VirtualNode AddDevice(VirtualMesh mesh, string name, out SilentApplication application)
    {
        Composition composition = new(1, 2, 3);
        Element element = composition.AddElement(0);
        element.Add(new ConfigurationServer(true, true, true));
        element.Add(new HealthServer(null, 4));
        element.Add(new SarConfigurationServer());
        LightnessElement.Compose(element, null);
        composition.AddElement(0).Add(new GenericOnOffClient(null));
        SilentApplication silent = new();
        application = silent;
        VirtualNode node = mesh.AddNode(name, composition, new StackProfile());
        node.Do((firmware, now) => firmware.StartUnprovisioned(new ProvisioningCapabilities { Uuid = node.Uuid }, silent, now));

        return node;
    }

    private static KnownNode Provision(VirtualMesh mesh, VirtualPhone phone, VirtualNode device, int mtu)
    {
        Assert.IsTrue(mesh.Clock.RunUntil(() => phone.SeesDevice(device), mesh.Clock.Now + 60000));
        phone.Connect(device, mtu, new GattParameters());
        phone.Provision(new ProvisioningPolicy());
        Assert.IsTrue(mesh.Clock.RunUntil(() => phone.IsFinished && !phone.IsConnected, mesh.Clock.Now + 120000));

        Assert.AreEqual(ProvisionerFailure.None, phone.Failure);

        // The end of this connection is not to be taken for that of the next.
        mesh.Clock.RunUntil(mesh.Clock.Now + 1000);

        return phone.Provisioned!;
    }

    private sealed class World
    {
        private readonly Action<Action<long>> _do;

        public World(VirtualMesh mesh, MeshNetwork network, ClientNode client, Action<Action<long>> @do)
        {
            Mesh = mesh;
            Network = network;
            Client = client;
            _do = @do;

            foreach (ClientModel model in new ClientModel[]
            {
                client.Configuration, client.SarConfiguration, client.Health, client.OnOff, client.Level, client.DefaultTransitionTime, client.PowerOnOff, client.Lightness,
            })
            {
                model.Timeout = 5000;
                model.Tries = 30;
            }
        }

        public VirtualMesh Mesh { get; }

        public MeshNetwork Network { get; }

        public ClientNode Client { get; }

        public HashSet<int> Heard { get; } = [];

        public long Now => Mesh.Clock.Now;

        public void Send(Action<long> action)
        {
            _do(action);
        }

        public void Retry(Action action, Func<bool> isDone)
        {
            for (int i = 0; i < 30 && !isDone(); i++)
            {
                action();
                Mesh.Clock.RunUntil(isDone, Now + 2000);
            }

            Assert.IsTrue(isDone());
        }

        public Procedure Perform(Func<Configurator, Procedure> start)
        {
            Procedure? procedure = null;
            _do(_ => procedure = start(new Configurator(Network, Client)));
            Mesh.Clock.RunUntil(() => procedure!.IsFinished, Now + 1200000);

            return procedure!;
        }

        public T Request<T>(Func<long, Request<T>> send)
            where T : class, IStatusMessage<T>
        {
            Request<T>? request = null;
            _do(now => request = send(now));
            Mesh.Clock.RunUntil(() => request!.IsFinished, Now + RequestTime);
            Assert.IsNotNull(request!.Answer, $"{typeof(T).Name}: {request.State} {request.LastVerdict}");

            return request.Answer!;
        }

        public T Configure<T>(int node, byte[] message)
            where T : class, IStatusMessage<T>
        {
            return Request(now => Client.Configuration.Send<T>(node, message, now));
        }

        public T Succeed<T>(int node, byte[] message)
            where T : class, IStatusMessage<T>, IHasStatusCode
        {
            T status = Configure<T>(node, message);
            Assert.AreEqual(ConfigurationStatus.Success, status.Status, typeof(T).Name);

            return status;
        }

        public T Ask<T>(ClientModel model, int destination, int key, byte[] message)
            where T : class, IStatusMessage<T>
        {
            return Request(now => model.Send<T>(destination, key, message, now));
        }
    }
}
