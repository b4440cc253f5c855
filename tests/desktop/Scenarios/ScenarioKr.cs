#nullable enable
using System.Linq;
using MeshNode.Kit.Messages;
using MeshNode.Models.Foundation;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Scenarios;

/// <summary>Group KR: the Key Refresh procedure, by messages and by beacons.</summary>
[TestClass]
public class ScenarioKr
{
    private const int BeaconTime = 120000;
    private const int ToSecondPhase = 2;
    private const int ToNormal = 3;

    private static readonly byte[] s_newKey = [.. Enumerable.Range(0, 16).Select(static i => (byte)(0xA0 + i))];

    [TestMethod]
    [DataRow(0)]
    [DataRow(30)]
    public void KR_ByMessages_LeavesOutOneNode(int loss)
    {
        Scenario scenario = Scenario.ConfiguredChain(71, loss, 4);
        scenario.Nodes.ForEach(scenario.Subscribe);
        scenario.Publish(scenario.Nodes[0]);
        scenario.Publish(scenario.Nodes[3]);
        ScenarioNode lost = scenario.Nodes[3];
        ScenarioNode[] others = [.. scenario.Nodes.Take(3)];
        Assert.IsTrue(scenario.PressUntil(lost, true, () => scenario.Nodes.TrueForAll(static node => node.IsOn)));

        scenario.Perform(configurator => configurator.RefreshKeys(Subnet.PrimaryNetKeyIndex, [lost.Known!], scenario.Now));

        foreach (ScenarioNode node in others)
        {
            Assert.AreEqual((int)KeyRefreshPhase.Normal, (int)node.Node.Stack.Subnets[0].Phase);
            Assert.IsNull(node.Node.Stack.Subnets[0].NewKey);
        }

        // Those that took part hear each other, the one that was left out neither hears nor is heard.
        Assert.IsTrue(scenario.PressUntil(scenario.Nodes[0], false, () => !others.Any(static node => node.IsOn)));
        Assert.IsTrue(lost.IsOn);
        uint unknown = scenario.Nodes[2].Node.Stack.Network.Count(NetworkVerdict.UnknownNid);
        Assert.IsFalse(scenario.PressUntil(lost, true, () => others.Any(static node => node.IsOn)));
        Assert.IsTrue(scenario.Nodes[2].Node.Stack.Network.Count(NetworkVerdict.UnknownNid) > unknown);
        Assert.IsFalse(scenario.Reaches(lost));
    }

    [TestMethod]
    [DataRow(0, true)]
    [DataRow(30, true)]
    [DataRow(0, false)]
    [DataRow(30, false)]
    public void KR_ByBeacons_FollowsANeighbour_AlsoWithoutPhase2(int loss, bool secondPhase)
    {
        Scenario scenario = Scenario.ConfiguredChain(72, loss, 3);

        foreach (ScenarioNode node in scenario.Nodes)
        {
            Assert.AreEqual(ConfigurationStatus.Success, scenario.Configure<NetKeyStatus>(node, ConfigurationMessages.NetKeyUpdate(0, s_newKey)).Status);
            Assert.AreEqual(1, scenario.Configure<KeyRefreshPhaseStatus>(node, ConfigurationMessages.KeyRefreshPhaseGet(0)).Phase);
        }

        SubnetTable client = scenario.Client.Node.Node.Stack.Subnets;
        scenario.Client.Do(_ => client.StartKeyRefresh(client[0], new NetworkKey([.. s_newKey])));

        if (secondPhase)
        {
            scenario.Configure<KeyRefreshPhaseStatus>(scenario.Nodes[0], ConfigurationMessages.KeyRefreshPhaseSet(0, ToSecondPhase));
            Assert.IsTrue(scenario.Until(() => scenario.Nodes.TrueForAll(static node => node.Node.Stack.Subnets[0].Phase == KeyRefreshPhase.Second), BeaconTime));
            Assert.IsTrue(scenario.Until(() => client[0].Phase == KeyRefreshPhase.Second, BeaconTime));
            scenario.Ask<GenericOnOffStatus>(scenario.Client.Node.OnOff, scenario.Nodes[2].Address, GenericMessages.OnOffGet());
        }

        scenario.Configure<KeyRefreshPhaseStatus>(scenario.Nodes[0], ConfigurationMessages.KeyRefreshPhaseSet(0, ToNormal));
        Assert.IsTrue(scenario.Until(() => scenario.Nodes.TrueForAll(static node => node.Node.Stack.Subnets[0].Phase == KeyRefreshPhase.Normal), BeaconTime));
        Assert.IsTrue(scenario.Until(() => client[0].Phase == KeyRefreshPhase.Normal, BeaconTime));
        Assert.IsTrue(scenario.Nodes.TrueForAll(static node => node.Node.Stack.Subnets[0].Key.Matches(s_newKey, 0)));
        scenario.Ask<GenericOnOffStatus>(scenario.Client.Node.OnOff, scenario.Nodes[2].Address, GenericMessages.OnOffGet());
    }

    [TestMethod]
    public void KR_InAWrongPhase_IsRefused()
    {
        Scenario scenario = Scenario.Chain(73, 0, 1);
        ScenarioNode node = scenario.Nodes[0];

        // Phase 2 without a new key changes nothing; a second, different key during the refresh cannot be taken.
        Assert.AreEqual(0, scenario.Configure<KeyRefreshPhaseStatus>(node, ConfigurationMessages.KeyRefreshPhaseGet(0)).Phase);
        scenario.Configure<NetKeyStatus>(node, ConfigurationMessages.NetKeyUpdate(0, s_newKey));
        byte[] another = [.. s_newKey.Reverse()];
        Assert.AreEqual(ConfigurationStatus.KeyIndexAlreadyStored, scenario.Configure<NetKeyStatus>(node, ConfigurationMessages.NetKeyAdd(0, another)).Status);
        Assert.AreEqual(ConfigurationStatus.CannotUpdate, scenario.Configure<NetKeyStatus>(node, ConfigurationMessages.NetKeyUpdate(0, another)).Status);
        Assert.AreEqual(1, scenario.Configure<KeyRefreshPhaseStatus>(node, ConfigurationMessages.KeyRefreshPhaseGet(0)).Phase);
        Assert.AreEqual(ConfigurationStatus.InvalidNetKeyIndex, scenario.Configure<KeyRefreshPhaseStatus>(node, ConfigurationMessages.KeyRefreshPhaseSet(5, ToSecondPhase)).Status);
    }
}
