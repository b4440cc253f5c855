#nullable enable
using System.Linq;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Scenarios;

/// <summary>Group TNPT: segmentation and reassembly across relays.</summary>
[TestClass]
public class ScenarioTnpt
{
    private const int Longest = 370;
    private const int EchoTime = 20000;

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(0, Longest)]
    [DataRow(20, 100)]
    [DataRow(25, Longest)]
    public void TNPT_AnEchoOverARelay_ComesBackWhole(int loss, int size)
    {
        Scenario scenario = Scenario.ConfiguredChain(31, loss, 2);
        byte[] parameters = [.. Enumerable.Range(0, size).Select(static i => (byte)(i * 7))];

        // Each further hop has its losses: what the retransmissions of one message cannot make up for, the next message does.
        for (int i = 0; i < 8 && scenario.Client.Echo.Answers.Count == 0; i++)
        {
            scenario.Client.Do(now => scenario.Client.Echo.Send(scenario.Nodes[1].Address, Scenario.AppKey, parameters, now));
            scenario.Until(() => scenario.Client.Echo.Answers.Count > 0, EchoTime);
        }

        Assert.IsTrue(scenario.Client.Echo.Answers.Count > 0);
        Assert.AreEqual(scenario.Nodes[1].Address, scenario.Client.Echo.Answers[0].Source);
        CollectionAssert.AreEqual(parameters, scenario.Client.Echo.Answers[0].Parameters);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(20)]
    public void TNPT_TwoLongMessagesToOneNodeAtTheSameTime_DoNotDisturbEachOther(int loss)
    {
        Scenario scenario = Scenario.ConfiguredChain(32, loss, 1);
        RadioClient other = scenario.AddClient("other");
        scenario.Mesh.Radio.Connect(other.Antenna, scenario.Nodes[0].Device.Antenna);
        byte[] first = [.. Enumerable.Repeat((byte)1, 200)];
        byte[] second = [.. Enumerable.Repeat((byte)2, 300)];
        int address = scenario.Nodes[0].Address;

        for (int i = 0; i < 8 && (scenario.Client.Echo.Answers.Count == 0 || other.Echo.Answers.Count == 0); i++)
        {
            scenario.Client.Do(now => scenario.Client.Echo.Send(address, Scenario.AppKey, first, now));
            other.Do(now => other.Echo.Send(address, Scenario.AppKey, second, now));
            scenario.Wait(EchoTime);
        }

        Assert.IsTrue(scenario.Client.Echo.Answers.Count > 0);
        Assert.IsTrue(other.Echo.Answers.Count > 0);
        CollectionAssert.AreEqual(first, scenario.Client.Echo.Answers[0].Parameters);
        CollectionAssert.AreEqual(second, other.Echo.Answers[0].Parameters);
    }

    [TestMethod]
    public void TNPT_ALongMessageToAGroup_ReachesEveryNodeOnce()
    {
        Scenario scenario = Scenario.ConfiguredChain(33, 0, 3);
        byte[] parameters = [.. Enumerable.Range(0, 100).Select(static i => (byte)i)];

        scenario.Client.Do(now => scenario.Client.Echo.Send(Address.AllNodes, Scenario.AppKey, parameters, now));
        scenario.Wait(EchoTime);

        int[] sources = [.. scenario.Client.Echo.Answers.Select(static answer => answer.Source).Order()];
        CollectionAssert.AreEqual(scenario.Nodes.Select(static node => node.Address).ToArray(), sources);
        Assert.IsTrue(scenario.Client.Echo.Answers.All(answer => answer.Parameters.SequenceEqual(parameters)));
    }
}
