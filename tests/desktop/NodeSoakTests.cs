using System.Linq;
using MeshNode.Access;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.Proxy;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>
/// Whole nodes in an hour of simulated mixed traffic: a collection on the device stops everything for tens of milliseconds, so nothing
/// allocates; and what is lost or given up leaves nothing behind.
/// </summary>
[TestClass]
public class NodeSoakTests
{
    private const int WarmUp = 1200;
    private const int Hour = 3600;
    private const int Settled = 90;

    [TestMethod]
    [DataRow(15, 0)]
    [DataRow(30, 1)]
    [DataRow(30, 2)]
    [DataRow(30, 3)]
    public void SteadyState_AllocatesNothing(int lossPercent, int seed)
    {
        NodeSoak soak = new(lossPercent, seed);

        Allocations.AreNone(WarmUp, Hour, soak.Step);
        soak.Settle(Settled);

        OutputHelper.WriteLine(Summary(soak));
        CheckTraffic(soak);
        Assert.IsTrue(soak.PoolsAreFull);
        Assert.AreEqual(0, soak.Failed);
        Assert.AreEqual(0, soak.All.Sum(node => node.Client.WrongEchoes));
        Assert.AreEqual(0, soak.Client.Violations);
    }

    private static void CheckTraffic(NodeSoak soak)
    {
        Assert.IsTrue(soak.Sent > 5000 && soak.LongSent > 2000);

        foreach (SoakNode node in soak.All)
        {
            Assert.IsTrue(node.Node.Access.Count(AccessVerdict.Accepted) > 5000);
            Assert.IsTrue(node.Client.Answers > 1000);
            Assert.IsTrue(node.Client.LongEchoes > 400);
            Assert.IsTrue(node.Client.Publications > 5000);
            Assert.IsTrue(node.ConfigurationClient.Answers > 150);
            Assert.IsTrue(node.Node.Heartbeat.Received > 0);
            Assert.IsTrue(node.Lamp.Calls > 1000);
            Assert.IsTrue(node.Node.LowerTransport.Timeouts > 10);
            Assert.IsTrue(node.Node.LowerTransport.Cancellations > 10);
            Assert.IsTrue(node.Node.Stack.Network.RelayCount(RelayVerdict.Relayed) > 5000);
        }

        Assert.IsTrue(soak.Count(AccessVerdict.Length) > 100);
        Assert.IsTrue(soak.Count(AccessVerdict.Prohibited) > 10);
        Assert.IsTrue(soak.Count(AccessVerdict.UnknownOpcode) > 100);
        Assert.IsTrue(soak.Count(LowerTransportVerdict.Replayed) > 100);
        Assert.IsTrue(soak.Count(LowerTransportVerdict.RepeatedSegment) > 100);
        Assert.IsTrue(soak.Count(LowerTransportVerdict.Completed) > 100);
        Assert.IsTrue(soak.Count(LowerTransportVerdict.Busy) > 10);
        Assert.IsTrue(soak.Count(NetworkVerdict.Length) > 10);
        Assert.IsTrue(soak.Count(NetworkVerdict.UnknownNid) > 10);
        Assert.IsTrue(soak.Count(NetworkVerdict.NetMic) > 10);
        Assert.IsTrue(soak.Client.Answers > 100);
        Assert.IsTrue(soak.Client.Forwarded > 1000);
        Assert.IsTrue(soak.Client.FilterStatuses > 100);
        Assert.IsTrue(soak.Client.Beacons > 10);
        Assert.IsTrue(soak.Client.Closed > 0);
        Assert.IsTrue(soak.Client.Refused > 0);
    }

    private static string Summary(NodeSoak soak)
    {
        string text = $"{soak.Payloads} payloads, {soak.Sent} sent, {soak.LongSent} long, {soak.Refused} refused, {soak.Failed} failed\n";

        for (AccessVerdict verdict = AccessVerdict.Accepted; verdict <= AccessVerdict.Prohibited; verdict++)
        {
            text += $"access {verdict} {soak.Count(verdict)}\n";
        }

        for (LowerTransportVerdict verdict = LowerTransportVerdict.Accepted; verdict <= LowerTransportVerdict.Refused; verdict++)
        {
            text += $"lower {verdict} {soak.Count(verdict)}\n";
        }

        for (NetworkVerdict verdict = NetworkVerdict.Accepted; verdict <= NetworkVerdict.ProxyDisabled; verdict++)
        {
            text += $"network {verdict} {soak.Count(verdict)}\n";
        }

        for (ProxyVerdict verdict = ProxyVerdict.Accepted; verdict <= ProxyVerdict.NoRoom; verdict++)
        {
            text += $"proxy {verdict} {soak.All[0].Node.Stack.Proxy.Count(verdict)}\n";
        }

        foreach (SoakNode node in soak.All)
        {
            text += $"{node.Address:x4}: answers {node.Client.Answers}, echoes {node.Client.Echoes}, long {node.Client.LongEchoes}, wrong {node.Client.WrongEchoes}, "
                + $"publications {node.Client.Publications}, configuration {node.ConfigurationClient.Answers}, heartbeats {node.Node.Heartbeat.Received}, "
                + $"lamp {node.Lamp.Calls}, timeouts {node.Node.LowerTransport.Timeouts}, cancelled {node.Node.LowerTransport.Cancellations}, "
                + $"replies dropped {node.Node.Access.RepliesDropped}, sequence {node.Node.Stack.Sequence.Next}, segments {node.Node.LowerTransport.Segments.Available}, "
                + $"adverts {node.Bearer.ConnectableCalls}\n";
        }

        return text + $"client: answers {soak.Client.Answers}, forwarded {soak.Client.Forwarded}, beacons {soak.Client.Beacons}, "
            + $"filters {soak.Client.FilterStatuses}, violations {soak.Client.Violations}, refused {soak.Client.Refused}, closed {soak.Client.Closed}";
    }
}
