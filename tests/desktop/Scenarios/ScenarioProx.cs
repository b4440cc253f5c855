#nullable enable
using System.Collections.Generic;
using System.Linq;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Proxy;
using MeshNode.Network;
using MeshNode.Proxy;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.Scenarios;

/// <summary>Groups PROX and MPXS: phones behind the proxy server of the first node, and what it advertises.</summary>
[TestClass]
public class ScenarioProx
{
    private const int Settle = 5000;
    private const int Minute = 60000;

    [TestMethod]
    [DataRow(0, 23)]
    [DataRow(0, 69)]
    [DataRow(25, 69)]
    public void PROX_APhone_SwitchesALampBehindRelays(int loss, int mtu)
    {
        Scenario scenario = Scenario.ConfiguredChain(111, loss, 3);
        VirtualPhone phone = scenario.AddPhone("phone", scenario.Nodes[0]);
        phone.Client.OnOff.Tries = 20;
        scenario.OpenProxy(phone, scenario.Nodes[0], mtu);
        Request<GenericOnOffStatus>? request = null;
        phone.Do(now => request = phone.Client.OnOff.Send<GenericOnOffStatus>(
            scenario.Nodes[2].Address, Scenario.AppKey, GenericMessages.OnOffSet(true, phone.Client.OnOff.NextTransactionId()), now));
        scenario.Until(() => request!.IsFinished, 120000);

        Assert.AreEqual(1, request!.Answer!.Present);
        Assert.IsTrue(scenario.Nodes[2].IsOn);
    }

    [TestMethod]
    public void PROX_TheFilter_AcceptsOrRejects()
    {
        Scenario scenario = Scenario.ConfiguredChain(112, 0, 2);
        ScenarioNode button = scenario.Nodes[1];
        scenario.Publish(button);
        VirtualPhone phone = scenario.AddPhone("phone", scenario.Nodes[0]);
        Dictionary<string, int> notified = CountNotifications(scenario);
        scenario.OpenProxy(phone, scenario.Nodes[0]);

        // Accept list with the phone's own address only.
        Assert.AreEqual(0, PdusOfAPress(scenario, button, phone, notified));

        phone.SetFilter(ProxyFilter.AcceptList, Scenario.Group);
        Assert.IsTrue(scenario.Until(() => phone.FilterState == FilterState.Verified, Settle));
        Assert.AreEqual(3, PdusOfAPress(scenario, button, phone, notified));

        phone.SetFilter(ProxyFilter.RejectList, Scenario.Group);
        Assert.IsTrue(scenario.Until(() => phone.FilterState == FilterState.Verified, Settle));
        Assert.AreEqual(0, PdusOfAPress(scenario, button, phone, notified));

        phone.SetFilter(ProxyFilter.RejectList, Scenario.Group + 1);
        Assert.IsTrue(scenario.Until(() => phone.FilterState == FilterState.Verified, Settle));
        Assert.AreEqual(3, PdusOfAPress(scenario, button, phone, notified));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(20)]
    public void PROX_SeveralPhones_EachGetTheirs_AndOneTooManyIsTurnedAway(int loss)
    {
        Scenario scenario = Scenario.ConfiguredChain(113, loss, 2, StackProfile.Large());
        ScenarioNode proxy = scenario.Nodes[0];
        scenario.Publish(scenario.Nodes[1]);
        Dictionary<string, int> notified = CountNotifications(scenario);
        VirtualPhone[] phones = [.. new[] { "first", "second", "third" }.Select(name => scenario.AddPhone(name, proxy))];

        foreach (VirtualPhone phone in phones)
        {
            phone.Client.OnOff.Tries = 20;
            scenario.OpenProxy(phone, proxy);
        }

        Assert.AreEqual(3, proxy.Node.Stack.Proxy.Connections);
        AdvertWatch watch = new(scenario.Mesh, proxy);
        scenario.Wait(Settle);
        Assert.AreEqual(0, watch.Count);
        VirtualPhone fourth = scenario.AddPhone("fourth", proxy);
        fourth.Connect(proxy.Device, 69, new GattParameters());
        scenario.Wait(Settle);
        Assert.IsFalse(fourth.IsConnected);

        // Each asks, and gets its own answer.
        Request<GenericOnOffStatus>[] requests = new Request<GenericOnOffStatus>[3];

        for (int i = 0; i < 3; i++)
        {
            VirtualPhone phone = phones[i];
            phone.Do(now => requests[i] = phone.Client.OnOff.Send<GenericOnOffStatus>(scenario.Nodes[1].Address, Scenario.AppKey, GenericMessages.OnOffGet(), now));
        }

        scenario.Until(() => requests.All(static request => request.IsFinished), 120000);
        Assert.IsTrue(requests.All(static request => request.Answer != null));

        // Two of them listen to the group.
        phones[0].SetFilter(ProxyFilter.AcceptList, Scenario.Group);
        phones[2].SetFilter(ProxyFilter.AcceptList, Scenario.Group);
        scenario.Wait(Settle);
        notified.Clear();
        scenario.Nodes[1].Press(true);
        scenario.Wait(Settle);
        Assert.IsTrue(notified["first"] is >= 1 and <= 3);
        Assert.AreEqual(notified["first"], notified["third"]);
        Assert.IsFalse(notified.ContainsKey("second"));

        // One goes, and there is a place again.
        phones[1].Disconnect();
        Assert.IsTrue(scenario.Until(() => fourth.SeesProxy(proxy.Device), 20000));
        scenario.OpenProxy(fourth, proxy);
    }

    [TestMethod]
    public void PROX_ANewClient_IsToldTheIvIndexByABeacon()
    {
        Scenario scenario = Scenario.ConfiguredChain(114, 0, 2);
        VirtualPhone phone = scenario.AddPhone("phone", scenario.Nodes[0]);
        scenario.Nodes[1].Node.Stack.IvIndex.TestMode = true;
        scenario.Nodes[1].Device.Do(static (node, now) => node.Stack.Beacons.StartIvUpdate(now));
        Assert.IsTrue(scenario.Until(() => scenario.Nodes[0].Node.Stack.IvIndex.UpdateInProgress, 60000));
        Assert.AreEqual(0u, phone.Client.Node.Stack.IvIndex.Current);

        scenario.OpenProxy(phone, scenario.Nodes[0]);
        Assert.AreEqual(1u, phone.Client.Node.Stack.IvIndex.Current);
        Assert.IsTrue(phone.Client.Node.Stack.IvIndex.UpdateInProgress);
    }

    [TestMethod]
    public void PROX_AClient_IsToldOfAKeyRefresh()
    {
        Scenario scenario = Scenario.ConfiguredChain(115, 0, 2);
        VirtualPhone phone = scenario.AddPhone("phone", scenario.Nodes[0]);
        scenario.OpenProxy(phone, scenario.Nodes[0]);
        byte[] key = [.. Enumerable.Repeat((byte)0xC3, 16)];
        scenario.Nodes.ForEach(node => scenario.Configure<NetKeyStatus>(node, ConfigurationMessages.NetKeyUpdate(0, key)));

        foreach (SubnetTable subnets in new[] { phone.Client.Node.Stack.Subnets, scenario.Client.Node.Node.Stack.Subnets })
        {
            subnets.StartKeyRefresh(subnets[0], new NetworkKey([.. key]));
        }

        // The second node is told, the first hears its beacon.
        scenario.Configure<KeyRefreshPhaseStatus>(scenario.Nodes[1], ConfigurationMessages.KeyRefreshPhaseSet(0, 2));
        Assert.IsTrue(scenario.Until(() => phone.Client.Node.Stack.Subnets[0].Phase == KeyRefreshPhase.Second, 60000));
        scenario.Configure<KeyRefreshPhaseStatus>(scenario.Nodes[1], ConfigurationMessages.KeyRefreshPhaseSet(0, 3));
        Assert.IsTrue(scenario.Until(() => phone.Client.Node.Stack.Subnets[0].Phase == KeyRefreshPhase.Normal, 60000));
        Assert.IsTrue(phone.IsConnected);
    }

    [TestMethod]
    public void PROX_SwitchedOff_DisconnectsAndIsNotSeen_UntilItIsOnAgain()
    {
        Scenario scenario = Scenario.ConfiguredChain(116, 0, 1);
        ScenarioNode proxy = scenario.Nodes[0];
        VirtualPhone phone = scenario.AddPhone("phone", proxy);
        scenario.OpenProxy(phone, proxy);
        AdvertWatch watch = new(scenario.Mesh, proxy);

        scenario.Configure<GattProxyStatus>(proxy, ConfigurationMessages.GattProxySet(0));
        Assert.IsTrue(scenario.Until(() => !phone.IsConnected, Settle));
        watch.Clear();
        scenario.Wait(60000);
        Assert.AreEqual(0, watch.Count);

        scenario.Configure<GattProxyStatus>(proxy, ConfigurationMessages.GattProxySet(1));
        scenario.Wait(Settle);
        Assert.AreEqual(ProxyServiceData.NetworkId, watch.Type);
        scenario.OpenProxy(phone, proxy);
    }

    [TestMethod]
    public void MPXS_NodeIdentity_IsShownForAMinute_ThenTheNetworkId()
    {
        Scenario scenario = Scenario.ConfiguredChain(117, 0, 1);
        ScenarioNode proxy = scenario.Nodes[0];
        AdvertWatch watch = new(scenario.Mesh, proxy);
        scenario.Wait(Settle);
        Assert.AreEqual(ProxyServiceData.NetworkId, watch.Type);

        Assert.AreEqual(1, scenario.Configure<NodeIdentityStatus>(proxy, ConfigurationMessages.NodeIdentitySet(0, 1)).Identity);
        watch.Clear();
        scenario.Wait(1000);
        Assert.AreEqual(ProxyServiceData.NodeIdentity, watch.Type);
        scenario.Wait(Minute - Settle);
        Assert.AreEqual(ProxyServiceData.NodeIdentity, watch.Type);
        scenario.Wait(2 * Settle);
        Assert.AreEqual(ProxyServiceData.NetworkId, watch.Type);
        Assert.AreEqual(0, scenario.Configure<NodeIdentityStatus>(proxy, ConfigurationMessages.NodeIdentityGet(0)).Identity);
    }

    private static int PdusOfAPress(Scenario scenario, ScenarioNode button, VirtualPhone phone, Dictionary<string, int> notified)
    {
        scenario.Wait(Settle);
        notified.Clear();
        button.Press(true);
        scenario.Wait(Settle);

        return notified.GetValueOrDefault(phone.Name);
    }

    // Whole Network PDUs; the ATT_MTU is large enough.
    private static Dictionary<string, int> CountNotifications(Scenario scenario)
    {
        Dictionary<string, int> notified = [];
        scenario.Mesh.Traced += traced =>
        {
            if (traced is ValueNotified { Value: [ProxyPduType.NetworkPdu, ..] } value)
            {
                notified[value.Device] = notified.GetValueOrDefault(value.Device) + 1;
            }
        };

        return notified;
    }
}
