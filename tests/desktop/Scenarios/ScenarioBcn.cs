#nullable enable
using System.Linq;
using MeshNode.Beacons;
using MeshNode.Kit.Messages;
using nanoFramework.TestFramework;

namespace MeshNode.Scenarios;

/// <summary>Group BCN: Secure Network beacons.</summary>
[TestClass]
public class ScenarioBcn
{
    private const int Span = 600000;

    [TestMethod]
    public void BCN_ANodeAlone_SendsOneInTenSeconds()
    {
        Scenario scenario = Scenario.Chain(51, 0, 1);
        scenario.Wait(1000);
        int before = scenario.BeaconsOf(scenario.Nodes[0]);
        scenario.Wait(Span);

        // Up to a second late each.
        int sent = scenario.BeaconsOf(scenario.Nodes[0]) - before;
        Assert.IsTrue(sent is >= 54 and <= 60, sent.ToString());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(30)]
    public void BCN_EightNodesInOneRoom_DoNotSendEightTimesAsMany(int loss)
    {
        Scenario scenario = Scenario.Chain(52, loss, 8);

        for (int i = 0; i < 8; i++)
        {
            for (int j = i + 2; j < 8; j++)
            {
                scenario.Mesh.Radio.Connect(scenario.Nodes[i].Device.Antenna, scenario.Nodes[j].Device.Antenna);
            }
        }

        scenario.Wait(60000);
        int before = scenario.Nodes.Sum(scenario.BeaconsOf);
        scenario.Wait(Span);
        int sent = scenario.Nodes.Sum(scenario.BeaconsOf) - before;

        // Each alone would send 60. They do not come down to one in ten seconds for all together, as an observation period in which
        // all keep silent is followed by one in which all send.
        Assert.IsTrue(sent is >= 60 and <= 8 * 60 / 2, sent.ToString());
        Assert.IsTrue(scenario.Nodes.TrueForAll(node => node.Node.Stack.Beacons.Count(BeaconVerdict.Authentication) == 0));
    }

    [TestMethod]
    public void BCN_SwitchedOff_SendsNone_AndStillListens()
    {
        Scenario scenario = Scenario.Chain(53, 0, 2);
        ScenarioNode node = scenario.Nodes[0];
        Assert.AreEqual(0, scenario.Configure<BeaconStatus>(node, ConfigurationMessages.BeaconSet(0)).Beacon);
        int before = scenario.BeaconsOf(node);
        uint heard = Heard(node);
        scenario.Wait(Span);
        Assert.AreEqual(before, scenario.BeaconsOf(node));
        Assert.IsTrue(Heard(node) > heard);

        Assert.AreEqual(1, scenario.Configure<BeaconStatus>(node, ConfigurationMessages.BeaconSet(1)).Beacon);
        scenario.Wait(Span);
        Assert.IsTrue(scenario.BeaconsOf(node) > before);
    }

    private static uint Heard(ScenarioNode node)
    {
        return node.Node.Stack.Beacons.Count(BeaconVerdict.Accepted) + node.Node.Stack.Beacons.Count(BeaconVerdict.Repeated);
    }
}
