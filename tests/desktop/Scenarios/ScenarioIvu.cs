#nullable enable
using System.Linq;
using MeshNode.Kit.Messages;
using MeshNode.Network;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.Scenarios;

/// <summary>Group IVU: the IV Update procedure across nodes, carried by beacons.</summary>
[TestClass]
public class ScenarioIvu
{
    private const int BeaconTime = 120000;

    [TestMethod]
    [DataRow(0)]
    [DataRow(30)]
    public void IVU_InRealTime_SpreadsThroughTheMesh_AndEndsAfter96Hours(int loss)
    {
        Scenario scenario = Scenario.ConfiguredChain(61, loss, 3);

        // Without connectable adverts, of which 200 hours hold many.
        scenario.Nodes.ForEach(node => scenario.Configure<GattProxyStatus>(node, ConfigurationMessages.GattProxySet(0)));
        Assert.IsFalse(Start(scenario.Nodes[2]));
        scenario.Wait(IvIndex.MinStateTime);
        Assert.IsTrue(Start(scenario.Nodes[2]));
        Assert.IsTrue(scenario.Until(() => scenario.Nodes.TrueForAll(static node => Is(node, 1, true)), BeaconTime));
        Assert.IsTrue(scenario.Until(() => scenario.Client.Node.Node.Stack.IvIndex.UpdateInProgress, BeaconTime));
        AssertTalk(scenario);
        Assert.AreEqual(0u, scenario.Nodes[2].Node.Stack.IvIndex.TransmitIndex);

        scenario.Wait(IvIndex.MinStateTime - BeaconTime - (60 * 60000));
        Assert.IsTrue(scenario.Nodes.TrueForAll(static node => Is(node, 1, true)));
        Assert.IsTrue(scenario.Until(() => scenario.Nodes.TrueForAll(static node => Is(node, 1, false)), 2 * IvIndex.Hour));
        Assert.IsTrue(scenario.Until(() => !scenario.Client.Node.Node.Stack.IvIndex.UpdateInProgress, BeaconTime));
        AssertTalk(scenario);
        Assert.AreEqual(1u, scenario.Nodes[2].Node.Stack.IvIndex.TransmitIndex);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(30)]
    public void IVU_ANodeThatMissedTheUpdate_Recovers(int loss)
    {
        Scenario scenario = Scenario.ConfiguredChain(62, loss, 3);
        SetTestMode(scenario, 2);
        Assert.IsTrue(scenario.Reaches(scenario.Nodes[2]) || loss > 0);
        scenario.Links[2].Quality = new LinkQuality(1, 1, 0);

        Assert.IsTrue(Start(scenario.Nodes[0]));
        Assert.IsTrue(scenario.Until(() => Is(scenario.Nodes[1], 1, true), BeaconTime));
        scenario.Nodes[0].Device.Do(static (node, now) => node.Stack.IvIndex.CompleteUpdate(now));
        Assert.IsTrue(scenario.Until(() => Is(scenario.Nodes[1], 1, false) && scenario.Client.Node.Node.Stack.IvIndex.TransmitIndex == 1, BeaconTime));
        Assert.IsTrue(Is(scenario.Nodes[2], 0, false));

        scenario.Links[2].Quality = null;
        Assert.IsTrue(scenario.Until(() => Is(scenario.Nodes[2], 1, false), BeaconTime));
        AssertTalk(scenario);
    }

    [TestMethod]
    public void IVU_ANodeTooFarBehind_IsNotTakenAlong()
    {
        Scenario scenario = Scenario.Chain(63, 0, 2);
        scenario.Nodes[0].Device.Do(static (node, now) => node.Stack.IvIndex.Set(IvIndex.MaxStep + 1, false, now));
        scenario.Wait(BeaconTime);
        Assert.IsTrue(Is(scenario.Nodes[1], 0, false));

        scenario.Nodes[0].Device.Do(static (node, now) => node.Stack.IvIndex.Set(IvIndex.MaxStep, false, now));
        Assert.IsTrue(scenario.Until(() => Is(scenario.Nodes[1], IvIndex.MaxStep, false), BeaconTime));
    }

    [TestMethod]
    public void IVU_StartedByAProxyClient_SpreadsThroughTheMesh()
    {
        Scenario scenario = Scenario.ConfiguredChain(64, 0, 3);
        SetTestMode(scenario, 3);
        VirtualPhone phone = scenario.AddPhone("phone", scenario.Nodes[0]);
        scenario.OpenProxy(phone, scenario.Nodes[0]);

        bool started = false;
        phone.Client.Node.Stack.IvIndex.TestMode = true;
        phone.Do(now => started = phone.Client.Node.Stack.Beacons.StartIvUpdate(now));
        Assert.IsTrue(started);
        Assert.IsTrue(scenario.Until(() => scenario.Nodes.TrueForAll(static node => Is(node, 1, true)), BeaconTime));
    }

    private static void AssertTalk(Scenario scenario)
    {
        ScenarioNode far = scenario.Nodes[^1];
        Assert.IsNotNull(scenario.Ask<GenericOnOffStatus>(scenario.Client.Node.OnOff, far.Address, GenericMessages.OnOffGet()));
        byte[] parameters = [.. Enumerable.Repeat((byte)9, 60)];
        scenario.Client.Echo.Answers.Clear();

        for (int i = 0; i < 8 && scenario.Client.Echo.Answers.Count == 0; i++)
        {
            scenario.Client.Do(now => scenario.Client.Echo.Send(far.Address, Scenario.AppKey, parameters, now));
            scenario.Until(() => scenario.Client.Echo.Answers.Count > 0, 20000);
        }

        CollectionAssert.AreEqual(parameters, scenario.Client.Echo.Answers[0].Parameters);
    }

    private static void SetTestMode(Scenario scenario, int nodes)
    {
        scenario.Nodes.Take(nodes).ToList().ForEach(static node => node.Node.Stack.IvIndex.TestMode = true);
        scenario.Client.Node.Node.Stack.IvIndex.TestMode = true;
    }

    private static bool Start(ScenarioNode node)
    {
        bool started = false;
        node.Device.Do((firmware, now) => started = firmware.Stack.Beacons.StartIvUpdate(now));

        return started;
    }

    private static bool Is(ScenarioNode node, uint ivIndex, bool updateInProgress)
    {
        return node.Node.Stack.IvIndex.Current == ivIndex && node.Node.Stack.IvIndex.UpdateInProgress == updateInProgress;
    }
}
