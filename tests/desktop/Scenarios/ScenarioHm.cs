#nullable enable
using System.Collections.Generic;
using MeshNode.Kit.Messages;
using MeshNode.Models.Foundation;
using nanoFramework.TestFramework;

namespace MeshNode.Scenarios;

/// <summary>Groups HM, HBP and HBS: Health publication and Heartbeats.</summary>
[TestClass]
public class ScenarioHm
{
    private const int Fault = 0x0D;

    [TestMethod]
    [DataRow(0)]
    [DataRow(20)]
    public void HB_AcrossRelays_CountsHops(int loss)
    {
        Scenario scenario = Scenario.Chain(91, loss, 4);
        ScenarioNode source = scenario.Nodes[3];
        ScenarioNode sink = scenario.Nodes[0];

        // For 512 s, one in 8 s without end.
        scenario.Configure<HeartbeatSubscriptionStatus>(sink, ConfigurationMessages.HeartbeatSubscriptionSet(source.Address, sink.Address, 10));
        HeartbeatPublicationParameters parameters = new(sink.Address, 0xFF, 4, 10, 0, 0);
        Assert.AreEqual(ConfigurationStatus.Success, scenario.Configure<HeartbeatPublicationStatus>(source, ConfigurationMessages.HeartbeatPublicationSet(parameters)).Status);
        scenario.Wait(100000);
        Assert.AreEqual(3, sink.Node.Heartbeat.MinHops);
        Assert.AreEqual(3, sink.Node.Heartbeat.MaxHops);
        Assert.IsTrue(sink.Node.Heartbeat.Received is >= 8 and <= 14, sink.Node.Heartbeat.Received.ToString());

        scenario.Mesh.Radio.Connect(source.Device.Antenna, sink.Device.Antenna);
        scenario.Wait(100000);
        HeartbeatSubscriptionStatus status = scenario.Configure<HeartbeatSubscriptionStatus>(sink, ConfigurationMessages.HeartbeatSubscriptionGet());
        Assert.AreEqual(1, status.MinHops);
        Assert.AreEqual(3, status.MaxHops);
        Assert.AreEqual(source.Address, status.Source);
    }

    [TestMethod]
    public void HB_OfACount_EndsWithIt()
    {
        Scenario scenario = Scenario.Chain(92, 0, 2);
        ScenarioNode source = scenario.Nodes[1];
        ScenarioNode sink = scenario.Nodes[0];
        scenario.Configure<HeartbeatSubscriptionStatus>(sink, ConfigurationMessages.HeartbeatSubscriptionSet(source.Address, sink.Address, 10));

        // CountLog 3 is 4 messages, PeriodLog 2 is 2 s.
        scenario.Configure<HeartbeatPublicationStatus>(source, ConfigurationMessages.HeartbeatPublicationSet(new(sink.Address, 3, 2, 5, 0, 0)));
        scenario.Wait(60000);
        Assert.AreEqual(4, sink.Node.Heartbeat.Received);
    }

    [TestMethod]
    public void HB_AFeatureThatChanges_IsToldAtOnce()
    {
        Scenario scenario = Scenario.Chain(93, 0, 2);
        ScenarioNode source = scenario.Nodes[1];
        ScenarioNode sink = scenario.Nodes[0];
        scenario.Configure<HeartbeatSubscriptionStatus>(sink, ConfigurationMessages.HeartbeatSubscriptionSet(source.Address, sink.Address, 10));
        scenario.Configure<HeartbeatPublicationStatus>(source, ConfigurationMessages.HeartbeatPublicationSet(new(sink.Address, 0, 0, 5, 1, 0)));
        scenario.Wait(30000);
        Assert.AreEqual(0, sink.Node.Heartbeat.Received);

        scenario.Configure<RelayStatus>(source, ConfigurationMessages.RelaySet(0, 2, 1));
        scenario.Wait(2000);
        Assert.AreEqual(1, sink.Node.Heartbeat.Received);
        scenario.Configure<GattProxyStatus>(source, ConfigurationMessages.GattProxySet(0));
        scenario.Wait(2000);
        Assert.AreEqual(1, sink.Node.Heartbeat.Received);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(25)]
    public void HM_AFault_IsPublishedFasterThanHealth(int loss)
    {
        Scenario scenario = Scenario.ConfiguredChain(94, loss, 2);
        ScenarioNode node = scenario.Nodes[1];
        int client = scenario.Client.Node.Node.Stack.Network.PrimaryAddress;
        List<HealthCurrentStatus> heard = [];
        scenario.Client.Node.Health.Listener = message =>
        {
            if (HealthCurrentStatus.Decode(message.Payload) is { } status)
            {
                heard.Add(status);
            }
        };

        // 16 s, and 2 s while there is a fault.
        scenario.Perform(configurator => configurator.Publish(
            node.Known!,
            node.Address,
            client,
            new PublicationParameters(Scenario.AppKey, PeriodSteps: 16, PeriodResolution: 1),
            ModelId.Sig(Scenario.HealthModel),
            scenario.Now));
        Assert.AreEqual(3, scenario.Ask<HealthPeriodStatus>(scenario.Client.Node.Health, node.Address, HealthMessages.PeriodSet(3)).Divisor);
        heard.Clear();
        scenario.Wait(155000);
        Assert.IsTrue(heard.Count is >= 5 and <= 10, heard.Count.ToString());
        Assert.IsTrue(heard.TrueForAll(static status => status.Faults.Length == 0));

        heard.Clear();
        node.Device.Do((_, now) => node.Health.SetFault(Fault, now));
        scenario.Wait(60000);
        Assert.IsTrue(heard.Count is >= 20 and <= 32, heard.Count.ToString());
        Assert.IsTrue(heard.TrueForAll(static status => status.Faults is [Fault]));

        // The fault is gone, but stays registered until a client clears it.
        node.Device.Do((_, now) => node.Health.ClearFault(Fault, now));
        scenario.Wait(2000);
        heard.Clear();
        scenario.Wait(155000);
        Assert.IsTrue(heard.Count is >= 5 and <= 10, heard.Count.ToString());
        int company = node.Node.Access.Composition.Company;
        HealthFaultStatus registered = scenario.Ask<HealthFaultStatus>(scenario.Client.Node.Health, node.Address, HealthMessages.FaultGet(company));
        CollectionAssert.AreEqual(new byte[] { Fault }, registered.Faults);
        Assert.AreEqual(0, scenario.Ask<HealthFaultStatus>(scenario.Client.Node.Health, node.Address, HealthMessages.FaultClear(company)).Faults.Length);
    }
}
