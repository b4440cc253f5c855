#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Bearers;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Provisioning;
using MeshNode.Models.Foundation;
using MeshNode.Network;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.Scenarios;

/// <summary>Group CFG: the states of the Configuration Server, set by the kit's client across a relay, and what they do.</summary>
[TestClass]
public class ScenarioCfg
{
    private const int SessionTime = 240000;

    private static readonly byte[] s_label = [.. Enumerable.Repeat((byte)0x11, 16)];
    private static readonly byte[] s_otherLabel = [.. Enumerable.Repeat((byte)0x22, 16)];

    [TestMethod]
    [DataRow(0)]
    [DataRow(25)]
    public void CFG_EachState_IsSetAndReadBack(int loss)
    {
        Scenario scenario = Scenario.ConfiguredChain(81, loss, 2);
        ScenarioNode node = scenario.Nodes[1];
        int client = scenario.Client.Node.Node.Stack.Network.PrimaryAddress;

        Assert.AreEqual(new BeaconStatus(0), SetAndGet<BeaconStatus>(scenario, node, ConfigurationMessages.BeaconSet(0), ConfigurationMessages.BeaconGet()));
        Assert.AreEqual(new DefaultTtlStatus(5), SetAndGet<DefaultTtlStatus>(scenario, node, ConfigurationMessages.DefaultTtlSet(5), ConfigurationMessages.DefaultTtlGet()));
        Assert.AreEqual(new GattProxyStatus(0), SetAndGet<GattProxyStatus>(scenario, node, ConfigurationMessages.GattProxySet(0), ConfigurationMessages.GattProxyGet()));
        Assert.AreEqual(new RelayStatus(1, 3, 2), SetAndGet<RelayStatus>(scenario, node, ConfigurationMessages.RelaySet(1, 3, 2), ConfigurationMessages.RelayGet()));
        Assert.AreEqual(
            new NetworkTransmitStatus(4, 1), SetAndGet<NetworkTransmitStatus>(scenario, node, ConfigurationMessages.NetworkTransmitSet(4, 1), ConfigurationMessages.NetworkTransmitGet()));

        // The node is no friend.
        Assert.AreEqual(2, scenario.Configure<FriendStatus>(node, ConfigurationMessages.FriendSet(1)).Friend);

        HeartbeatPublicationParameters heartbeat = new(client, 0xFF, 5, 6, 3, 0);
        Assert.AreEqual(
            new HeartbeatPublicationStatus(ConfigurationStatus.Success, heartbeat),
            SetAndGet<HeartbeatPublicationStatus>(scenario, node, ConfigurationMessages.HeartbeatPublicationSet(heartbeat), ConfigurationMessages.HeartbeatPublicationGet()));

        PublicationParameters parameters = new(Scenario.AppKey, Ttl: 4, PeriodSteps: 9, PeriodResolution: 2, RetransmitCount: 1, RetransmitSteps: 6);
        ModelId lamp = ModelId.Sig(Scenario.LampModel);
        ModelPublicationStatus publication = SetAndGet<ModelPublicationStatus>(
            scenario,
            node,
            ConfigurationMessages.ModelPublicationSet(node.Address, Scenario.Group, parameters, lamp),
            ConfigurationMessages.ModelPublicationGet(node.Address, lamp));
        Assert.AreEqual(new ModelPublicationStatus(ConfigurationStatus.Success, node.Address, Scenario.Group, parameters, lamp), publication);

        scenario.Configure<ModelSubscriptionStatus>(node, ConfigurationMessages.ModelSubscriptionAdd(node.Address, Scenario.Group, lamp));
        scenario.Configure<ModelSubscriptionStatus>(node, ConfigurationMessages.ModelSubscriptionAdd(node.Address, Scenario.Group + 1, lamp));
        scenario.Configure<ModelSubscriptionStatus>(node, ConfigurationMessages.ModelSubscriptionDelete(node.Address, Scenario.Group, lamp));
        ModelSubscriptionList list = scenario.Configure<ModelSubscriptionList>(node, ConfigurationMessages.ModelSubscriptionGet(node.Address, lamp));
        CollectionAssert.AreEqual(new[] { Scenario.Group + 1 }, list.Addresses.ToArray());

        byte[] key = [.. Enumerable.Repeat((byte)0x33, 16)];
        Assert.AreEqual(ConfigurationStatus.Success, scenario.Configure<NetKeyStatus>(node, ConfigurationMessages.NetKeyAdd(7, key)).Status);
        CollectionAssert.AreEqual(new[] { 0, 7 }, scenario.Configure<NetKeyList>(node, ConfigurationMessages.NetKeyGet()).NetKeyIndexes.ToArray());
        Assert.AreEqual(ConfigurationStatus.Success, scenario.Configure<AppKeyStatus>(node, ConfigurationMessages.AppKeyAdd(7, 9, key)).Status);
        Assert.AreEqual(ConfigurationStatus.Success, scenario.Configure<NetKeyStatus>(node, ConfigurationMessages.NetKeyDelete(7)).Status);
        Assert.AreEqual(ConfigurationStatus.InvalidNetKeyIndex, scenario.Configure<AppKeyList>(node, ConfigurationMessages.AppKeyGet(7)).Status);
    }

    [TestMethod]
    public void CFG_NetworkTransmit_IsHowOftenANodeSends()
    {
        Scenario scenario = Scenario.ConfiguredChain(82, 0, 1);
        ScenarioNode node = scenario.Nodes[0];
        List<FrameSent> sent = [];
        scenario.Mesh.Traced += traced =>
        {
            if (traced is FrameSent { Type: AdvertisingData.MeshMessage } frame && frame.Device == node.Device.Name)
            {
                sent.Add(frame);
            }
        };

        scenario.Configure<NetworkTransmitStatus>(node, ConfigurationMessages.NetworkTransmitSet(4, 3));
        scenario.Wait(2000);
        sent.Clear();
        Assert.IsTrue(scenario.Reaches(node));
        scenario.Wait(2000);
        Assert.AreEqual(5, sent.Count);
        Assert.IsTrue(sent.TrueForAll(static frame => frame.Transmissions == 5));

        // 40 ms, and up to 10 ms by which an advertising event is late.
        long[] gaps = [.. sent.Zip(sent.Skip(1), static (first, second) => second.Time - first.Time)];
        Assert.IsTrue(gaps.All(static gap => gap is >= 40 and <= 50), string.Join(",", gaps));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(25)]
    public void CFG_PublicationWithAPeriod_GoesOnUntilItIsSwitchedOff(int loss)
    {
        Scenario scenario = Scenario.ConfiguredChain(83, loss, 2);
        ScenarioNode node = scenario.Nodes[1];
        ModelId lamp = ModelId.Sig(Scenario.LampModel);
        int client = scenario.Client.Node.Node.Stack.Network.PrimaryAddress;
        int heard = 0;
        scenario.Client.Node.OnOff.Listener = message => heard += message.Source == node.Address ? 1 : 0;
        scenario.Perform(configurator => configurator.Publish(
            node.Known!, node.Address, client, new PublicationParameters(Scenario.AppKey, PeriodSteps: 5, PeriodResolution: 1), lamp, scenario.Now));

        heard = 0;
        scenario.Wait(100000);
        Assert.IsTrue(loss == 0 ? heard is 19 or 20 : heard is >= 14 and <= 20, heard.ToString());

        scenario.Perform(configurator => configurator.Publish(node.Known!, node.Address, Address.Unassigned, new PublicationParameters(0, Ttl: 0), lamp, scenario.Now));
        scenario.Wait(5000);
        heard = 0;
        scenario.Wait(60000);
        Assert.AreEqual(0, heard);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(25)]
    public void CFG_VirtualAddresses_SwitchOnlyWhoSubscribes(int loss)
    {
        Scenario scenario = Scenario.ConfiguredChain(84, loss, 3);
        ModelId lamp = ModelId.Sig(Scenario.LampModel);
        ScenarioNode button = scenario.Nodes[0];
        ScenarioNode subscriber = scenario.Nodes[1];
        ScenarioNode stranger = scenario.Nodes[2];
        PublicationParameters parameters = new(Scenario.AppKey, RetransmitCount: 2, RetransmitSteps: 3);
        scenario.Configure<ModelPublicationStatus>(
            button, ConfigurationMessages.ModelPublicationVirtualAddressSet(button.ButtonAddress, s_label, parameters, ModelId.Sig(Scenario.ButtonModel)));
        ModelSubscriptionStatus added = scenario.Configure<ModelSubscriptionStatus>(
            subscriber, ConfigurationMessages.ModelSubscriptionVirtualAddressAdd(subscriber.Address, s_label, lamp));
        Assert.IsTrue(added.Address is >= 0x8000 and <= 0xBFFF);
        scenario.Configure<ModelSubscriptionStatus>(stranger, ConfigurationMessages.ModelSubscriptionVirtualAddressAdd(stranger.Address, s_otherLabel, lamp));

        Assert.IsTrue(scenario.PressUntil(button, true, () => subscriber.IsOn));
        scenario.Wait(3000);
        Assert.IsFalse(stranger.IsOn);

        scenario.Configure<ModelSubscriptionStatus>(subscriber, ConfigurationMessages.ModelSubscriptionVirtualAddressDelete(subscriber.Address, s_label, lamp));
        Assert.IsFalse(scenario.PressUntil(button, false, () => !subscriber.IsOn));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(25)]
    public void CFG_NodeReset_MakesADeviceThatCanBeProvisionedAgain(int loss)
    {
        Scenario scenario = Scenario.ConfiguredChain(85, loss, 2);
        ScenarioNode node = scenario.Nodes[1];
        int before = node.Address;
        node.Node.Client = new Restart(scenario, node);
        VirtualCommissioner provisioner = new(scenario.Mesh, "provisioner", scenario.Network);
        scenario.Mesh.Radio.Connect(provisioner.Antenna, node.Device.Antenna);
        scenario.Wait(20000);
        Assert.IsFalse(provisioner.Hears(node.Device.Uuid));

        scenario.Perform(configurator => configurator.Reset(node.Known!, scenario.Now));
        Assert.IsTrue(scenario.Until(() => provisioner.Hears(node.Device.Uuid), 60000));
        Assert.AreEqual(Address.Unassigned, node.Address);
        Assert.AreEqual(0, node.Node.Stack.Subnets.Count);
        Assert.IsTrue(node.Node.AppKeys.Find(Scenario.AppKey) < 0);

        provisioner.Provision(node.Device.Uuid, new ProvisioningPolicy());
        scenario.Until(() => provisioner.IsFinished, SessionTime);
        Assert.IsNotNull(provisioner.Provisioned);
        node.Known = provisioner.Provisioned;
        scenario.SetUp(node);
        Assert.AreNotEqual(before, node.Address);
        scenario.Ask<GenericOnOffStatus>(scenario.Client.Node.OnOff, node.Address, GenericMessages.OnOffGet());
    }

    private static T SetAndGet<T>(Scenario scenario, ScenarioNode node, byte[] set, byte[] get)
        where T : class, IStatusMessage<T>
    {
        T answer = scenario.Configure<T>(node, set);
        T read = scenario.Configure<T>(node, get);
        Assert.AreEqual(answer, read);

        return read;
    }

    private sealed class Restart(Scenario scenario, ScenarioNode node) : INodeClient
    {
        // Not from within the call of the node that is just leaving.
        public void OnReset(long now)
        {
            scenario.Mesh.Clock.At(now, () => scenario.TakeOutOfTheBox(node, null));
        }
    }
}
