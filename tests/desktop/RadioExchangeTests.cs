#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.Scenarios;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>A long exchange over the virtual radio: a client and a lamp that hear each other only over two relays.</summary>
[TestClass]
public class RadioExchangeTests
{
    private const int Transactions = 500;
    private const int Retry = 500;
    private const int Patience = 60000;

    [TestMethod]
    [DataRow(1, 20)]
    [DataRow(2, 20)]
    [DataRow(1, 60)]
    public void Exchange_OfAThousandPdusWithLoss_SwitchesTheLampInOrder(int seed, int loss)
    {
        Exchange exchange = new(seed, new LinkQuality(loss / 100.0, 2, 5));

        exchange.Run();

        // Each transaction has switched the lamp once, and the last one tells what it shows.
        Assert.AreEqual(Transactions, exchange.Changes);

        // Three transmissions of each PDU over two relays make up for a loss of one in five; for more, messages are sent again.
        Assert.IsTrue(loss < 50 || exchange.ClientSent > Transactions);

        // Nothing was lost twice over: what a node took twice its transport would have refused as a replay.
        Assert.AreEqual(0u, exchange.Replayed);
        exchange.CheckCounters();
        Assert.IsTrue(exchange.Sum(NetworkVerdict.Duplicate) > Transactions);
        Assert.IsTrue(exchange.Sum(NetworkVerdict.Cached) > Transactions);
    }

    [TestMethod]
    public void Exchange_WithoutLoss_IsCountedExactly()
    {
        Exchange exchange = new(3, new LinkQuality(0, 2, 0));

        exchange.Run();
        exchange.CheckCounters();

        // One PDU each way for each transaction; each relay takes and relays every one of them once.
        Assert.AreEqual((uint)Transactions, exchange.ClientSent);
        Assert.AreEqual((uint)Transactions, exchange.LampSent);
        Assert.AreEqual(Transactions, exchange.Changes);

        for (int i = 0; i < 2; i++)
        {
            Assert.AreEqual(2 * Transactions, exchange.Since(i, NetworkVerdict.Accepted));
            Assert.AreEqual(2 * Transactions, exchange.Relayed(i, RelayVerdict.Relayed));
        }

        Assert.AreEqual(Transactions, exchange.Since(2, NetworkVerdict.Accepted));
        Assert.AreEqual(Transactions, exchange.Relayed(2, RelayVerdict.OwnDestination));
    }

    [TestMethod]
    public void Exchange_WithTheSameSeed_IsTheSame_AndWithAnotherIsNot()
    {
        Exchange first = new(4, new LinkQuality(0.2, 2, 5));
        Exchange second = new(4, new LinkQuality(0.2, 2, 5));
        Exchange other = new(5, new LinkQuality(0.2, 2, 5));

        first.Run();
        second.Run();
        other.Run();

        Assert.AreEqual(first.Counters(), second.Counters());
        Assert.AreNotEqual(first.Counters(), other.Counters());
    }

    // Two relays that hear each other, the client and the lamp; everything is set up without loss before it is counted.
    private sealed class Exchange
    {
        private readonly Scenario _scenario;
        private readonly LinkQuality _quality;
        private readonly Dictionary<string, uint> _heard = [];
        private readonly List<uint[]> _before = [];
        private readonly List<uint[]> _relayedBefore = [];
        private uint _clientBefore;
        private uint _lampBefore;
        private int _changesBefore;

        public Exchange(int seed, LinkQuality quality)
        {
            _quality = quality;
            _scenario = new Scenario(seed, 0);

            for (int i = 0; i < 3; i++)
            {
                _scenario.Join(_scenario.AddNode(i < 2 ? "relay " + i : "lamp"));
            }

            Nodes[2].Node.Stack.Network.RelayEnabled = false;
            VirtualAntenna client = _scenario.Client.Antenna;
            VirtualAntenna[] antennas = [.. Nodes.Select(static node => node.Device.Antenna)];
            _scenario.Mesh.Radio.Connect(client, antennas[0]);
            _scenario.Mesh.Radio.Connect(client, antennas[1]);
            _scenario.Mesh.Radio.Connect(antennas[0], antennas[1]);
            _scenario.Mesh.Radio.Connect(antennas[0], antennas[2]);
            _scenario.Mesh.Radio.Connect(antennas[1], antennas[2]);
            _scenario.Mesh.Traced += Count;
            _scenario.SetUp(Nodes[2]);
        }

        public int Changes => Nodes[2].Changes - _changesBefore;

        public uint ClientSent => _scenario.Client.Node.Node.Stack.Sequence.Next - _clientBefore;

        public uint LampSent => Nodes[2].Node.Stack.Sequence.Next - _lampBefore;

        public uint Replayed => Nodes[2].Node.LowerTransport.Count(LowerTransportVerdict.Replayed)
            + _scenario.Client.Node.Node.LowerTransport.Count(LowerTransportVerdict.Replayed);

        private List<ScenarioNode> Nodes => _scenario.Nodes;

        public void Run()
        {
            _scenario.Wait(Patience);
            _scenario.Mesh.Radio.Quality = _quality;
            _before.AddRange(Nodes.Select(Verdicts));
            _relayedBefore.AddRange(Nodes.Select(Relays));
            _clientBefore = _scenario.Client.Node.Node.Stack.Sequence.Next;
            _lampBefore = Nodes[2].Node.Stack.Sequence.Next;
            _changesBefore = Nodes[2].Changes;
            ClientModel client = _scenario.Client.Node.OnOff;
            client.Timeout = Retry;
            client.Tries = Patience / Retry;

            for (int i = 0; i < Transactions; i++)
            {
                bool on = i % 2 == 0;
                byte[] message = GenericMessages.OnOffSet(on, client.NextTransactionId());
                GenericOnOffStatus status = _scenario.Ask<GenericOnOffStatus>(client, Nodes[2].Address, message);
                Assert.AreEqual(on ? 1 : 0, status.Present);
                Assert.AreEqual(on, Nodes[2].IsOn);
            }

            // What is still in the air comes down.
            _scenario.Wait(Patience);
        }

        public int Since(int node, NetworkVerdict verdict)
        {
            return (int)(Verdicts(Nodes[node])[(int)verdict] - _before[node][(int)verdict]);
        }

        public int Relayed(int node, RelayVerdict verdict)
        {
            return (int)(Relays(Nodes[node])[(int)verdict] - _relayedBefore[node][(int)verdict]);
        }

        public int Sum(NetworkVerdict verdict)
        {
            return Enumerable.Range(0, Nodes.Count).Sum(node => Since(node, verdict));
        }

        public void CheckCounters()
        {
            foreach (ScenarioNode node in Nodes)
            {
                uint[] verdicts = Verdicts(node);
                Assert.AreEqual((long)_heard[node.Device.Name], verdicts.Sum(static count => (long)count), node.Device.Name);
                Assert.AreEqual((long)verdicts[(int)NetworkVerdict.Accepted], Relays(node).Sum(static count => (long)count), node.Device.Name);
                Assert.AreEqual(0u, verdicts[(int)NetworkVerdict.NetMic], node.Device.Name);
                Assert.AreEqual(0u, verdicts[(int)NetworkVerdict.NoRoom], node.Device.Name);
            }
        }

        public string Counters()
        {
            return string.Join(";", Nodes.Select(static node => node.Device.Name + ":" + string.Join(",", Verdicts(node))));
        }

        private static uint[] Verdicts(ScenarioNode node)
        {
            return [.. Enum.GetValues<NetworkVerdict>().Select(node.Node.Stack.Network.Count)];
        }

        private static uint[] Relays(ScenarioNode node)
        {
            return [.. Enum.GetValues<RelayVerdict>().Select(node.Node.Stack.Network.RelayCount)];
        }

        private void Count(TraceEvent traced)
        {
            if (traced is NetworkPduReceived received)
            {
                _heard[received.Device] = _heard.GetValueOrDefault(received.Device) + 1;
            }
        }
    }
}
