#nullable enable
using MeshNode.Kit.Messages;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Scenarios;

/// <summary>Groups RLY and NET: relays, switched by configuration, and TTL.</summary>
[TestClass]
public class ScenarioRly
{
    [TestMethod]
    public void RLY_SwitchedOffByConfiguration_CutsTheChain_AndJoinsItAgain()
    {
        Scenario scenario = Scenario.ConfiguredChain(41, 0, 3);
        ScenarioNode relay = scenario.Nodes[1];
        ScenarioNode far = scenario.Nodes[2];
        Assert.IsTrue(scenario.Reaches(far));

        Assert.AreEqual(new RelayStatus(0, 2, 1), scenario.Configure<RelayStatus>(relay, ConfigurationMessages.RelaySet(0, 2, 1)));
        uint before = relay.Node.Stack.Network.RelayCount(RelayVerdict.Disabled);
        Assert.IsFalse(scenario.Reaches(far));
        Assert.IsTrue(scenario.Reaches(relay));
        Assert.IsTrue(relay.Node.Stack.Network.RelayCount(RelayVerdict.Disabled) > before);

        scenario.Configure<RelayStatus>(relay, ConfigurationMessages.RelaySet(1, 2, 1));
        Assert.IsTrue(scenario.Reaches(far));
    }

    [TestMethod]
    public void RLY_EndsWithTheTtl()
    {
        Scenario scenario = Scenario.ConfiguredChain(42, 0, 4);
        ScenarioNode first = scenario.Nodes[0];
        scenario.Nodes.ForEach(scenario.Subscribe);
        scenario.Publish(first);

        // TTL 2 is relayed once.
        scenario.Configure<DefaultTtlStatus>(first, ConfigurationMessages.DefaultTtlSet(2));
        scenario.Wait(2000);
        uint spent = scenario.Nodes[2].Node.Stack.Network.RelayCount(RelayVerdict.Ttl);
        first.Press(true);
        scenario.Wait(3000);
        Assert.IsTrue(scenario.Nodes[0].IsOn);
        Assert.IsTrue(scenario.Nodes[1].IsOn);
        Assert.IsTrue(scenario.Nodes[2].IsOn);
        Assert.IsFalse(scenario.Nodes[3].IsOn);
        Assert.IsTrue(scenario.Nodes[2].Node.Stack.Network.RelayCount(RelayVerdict.Ttl) > spent);

        // TTL 0 is not relayed at all.
        scenario.Configure<DefaultTtlStatus>(first, ConfigurationMessages.DefaultTtlSet(0));
        scenario.Wait(2000);
        first.Press(false);
        scenario.Wait(3000);
        Assert.IsFalse(scenario.Nodes[1].IsOn);
        Assert.IsTrue(scenario.Nodes[2].IsOn);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(30)]
    public void RLY_OverFourRelays_AGroupIsReached(int loss)
    {
        Scenario scenario = Scenario.ConfiguredChain(43, loss, 5);
        scenario.Nodes.ForEach(scenario.Subscribe);
        scenario.Publish(scenario.Nodes[4]);

        Assert.IsTrue(scenario.PressUntil(scenario.Nodes[4], true, () => scenario.Nodes.TrueForAll(static node => node.IsOn)));
        Assert.IsTrue(scenario.PressUntil(scenario.Nodes[4], false, () => !scenario.Nodes.Exists(static node => node.IsOn)));
    }
}
