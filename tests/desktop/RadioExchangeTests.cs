using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Network;
using MeshNode.Simulation;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode
{
    /// <summary>
    /// A long exchange over the virtual radio: a switch and a lamp that hear each other only over two relays.
    /// </summary>
    [TestClass]
    public class RadioExchangeTests
    {
        private const int Transactions = 500;
        private const int SwitchAddress = 0x0001;
        private const int LampAddress = 0x0002;
        private const int RelayAddress = 0x0010;
        private const int Ttl = 5;
        private const int Retry = 500;
        private const int Patience = 60000;

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void Exchange_OfAThousandPdus_AtTwentyPercentLoss_SwitchesTheLampInOrder(int seed)
        {
            Exchange exchange = new(seed, new LinkQuality(0.2, 2, 5));

            exchange.Run();

            // Every transaction reached the lamp, in order, and the last one tells what it shows.
            Assert.AreEqual(string.Join(",", Enumerable.Range(0, Transactions)), string.Join(",", exchange.LampTransactions.Distinct()));
            Assert.AreEqual((Transactions - 1) % 2 == 0, exchange.Lamp.IsOn);
            Assert.IsTrue(exchange.PdusSent >= 2 * Transactions);

            // Nothing was lost twice over: what a node took twice its transport would have refused as a replay.
            Assert.AreEqual(0, exchange.TransportDrops);
            exchange.CheckCounters();
            Assert.IsTrue(exchange.Nodes.Sum(node => node.Stack.Network.Count(NetworkVerdict.Duplicate)) > Transactions);
            Assert.IsTrue(exchange.Nodes.Sum(node => node.Stack.Network.Count(NetworkVerdict.Cached)) > Transactions);
        }

        [TestMethod]
        public void Exchange_WithoutLoss_IsCountedExactly()
        {
            Exchange exchange = new(3, new LinkQuality(0, 2, 0));

            exchange.Run();
            exchange.CheckCounters();

            // One PDU each way for each transaction; each relay takes and relays every one of them once.
            Assert.AreEqual(2 * Transactions, exchange.PdusSent);
            Assert.AreEqual(string.Join(",", Enumerable.Range(0, Transactions)), string.Join(",", exchange.LampTransactions));

            foreach (VirtualNode relay in exchange.Relays)
            {
                Assert.AreEqual((uint)(2 * Transactions), relay.Stack.Network.Count(NetworkVerdict.Accepted));
                Assert.AreEqual((uint)(2 * Transactions), relay.Stack.Network.RelayCount(RelayVerdict.Relayed));
            }

            foreach (VirtualNode end in exchange.Ends)
            {
                Assert.AreEqual((uint)Transactions, end.Stack.Network.Count(NetworkVerdict.Accepted));
                Assert.AreEqual((uint)Transactions, end.Stack.Network.RelayCount(RelayVerdict.OwnDestination));
                Assert.AreEqual((uint)Transactions, end.Stack.Sequence.Next);
            }
        }

        [TestMethod]
        public void Exchange_WithTheSameSeed_IsTheSame()
        {
            Exchange first = new(4, new LinkQuality(0.2, 2, 5));
            Exchange second = new(4, new LinkQuality(0.2, 2, 5));

            first.Run();
            second.Run();

            Assert.AreEqual(first.Counters(), second.Counters());
        }

        private sealed class Exchange
        {
            private readonly VirtualMesh _mesh;
            private readonly OnOffClient _switch;
            private readonly TransportKey _appKey = TransportKey.Application(new byte[16]);
            private readonly Dictionary<string, uint> _heard = [];

            public Exchange(int seed, LinkQuality quality)
            {
                _mesh = new VirtualMesh(seed);
                _mesh.Radio.Quality = quality;
                _mesh.Traced += Count;

                AccessEndpoint switchEndpoint = AddNode("switch", SwitchAddress);
                AddNode("relay 1", RelayAddress);
                AddNode("relay 2", RelayAddress + 1);
                AccessEndpoint lampEndpoint = AddNode("lamp", LampAddress);

                Connect(0, 1);
                Connect(0, 2);
                Connect(1, 2);
                Connect(1, 3);
                Connect(2, 3);

                _switch = new OnOffClient(switchEndpoint, _appKey, Ttl);
                Lamp = new OnOffServer(_mesh, Nodes[3], lampEndpoint, Ttl);
            }

            public OnOffServer Lamp { get; }

            public List<int> LampTransactions { get; } = [];

            public int TransportDrops { get; private set; }

            public IReadOnlyList<VirtualNode> Nodes => _mesh.Nodes;

            public IEnumerable<VirtualNode> Relays => [Nodes[1], Nodes[2]];

            public IEnumerable<VirtualNode> Ends => [Nodes[0], Nodes[3]];

            public int PdusSent => (int)Ends.Sum(end => end.Stack.Sequence.Next);

            public void Run()
            {
                for (int i = 0; i < Transactions; i++)
                {
                    bool on = i % 2 == 0;
                    long patience = _mesh.Clock.Now + Patience;
                    _switch.Forget();

                    do
                    {
                        Assert.IsTrue(_mesh.Clock.Now < patience, "no answer to transaction " + i);
                        Nodes[0].Do((_, _) => _switch.SendSet(LampAddress, on));
                    }
                    while (!_mesh.Clock.RunUntil(() => _switch.Status == on, _mesh.Clock.Now + Retry));
                }

                // What is still in the air comes down.
                _mesh.Clock.RunUntil(_mesh.Clock.Now + Patience);
            }

            public void CheckCounters()
            {
                foreach (VirtualNode node in Nodes)
                {
                    NetworkLayer network = node.Stack.Network;
                    uint verdicts = (uint)Enum.GetValues<NetworkVerdict>().Sum(verdict => network.Count(verdict));
                    uint relays = (uint)Enum.GetValues<RelayVerdict>().Sum(verdict => network.RelayCount(verdict));

                    Assert.AreEqual(_heard[node.Name], verdicts, node.Name);
                    Assert.AreEqual(network.Count(NetworkVerdict.Accepted), relays, node.Name);
                    Assert.AreEqual(0u, network.Count(NetworkVerdict.NetMic), node.Name);
                    Assert.AreEqual(0u, network.Count(NetworkVerdict.NoRoom), node.Name);
                }
            }

            public string Counters()
            {
                return string.Join(";", Nodes.Select(node => node.Name + ":" + string.Join(",", Enum.GetValues<NetworkVerdict>().Select(node.Stack.Network.Count))));
            }

            private AccessEndpoint AddNode(string name, int address)
            {
                AccessEndpoint endpoint = new(_mesh, name);
                VirtualNode node = _mesh.AddNode(name, endpoint);

                endpoint.Bind(node.Stack.Network, node.Stack.Sequence, node.Stack.IvIndex, node.Stack.Subnets);
                endpoint.Add(_appKey);
                node.Do((stack, now) =>
                {
                    stack.Join(address, 1, 0, false, Subnet.PrimaryNetKeyIndex, new NetworkKey(new byte[16]), false, now);
                    stack.Network.RelayEnabled = address >= RelayAddress;
                });

                return endpoint;
            }

            private void Connect(int first, int second)
            {
                _mesh.Radio.Connect(Nodes[first].Antenna, Nodes[second].Antenna);
            }

            private void Count(TraceEvent traced)
            {
                switch (traced)
                {
                    case NetworkPduReceived received:
                        _heard[received.Device] = _heard.GetValueOrDefault(received.Device) + 1;
                        break;

                    case TransportPduDropped:
                        TransportDrops++;
                        break;

                    case AccessMessageReceived { Device: "lamp", Message.Payload: [0x82, 0x02, _, byte identifier, ..] }:
                        // The transaction identifier has 8 bits; the transactions come in order.
                        int transaction = LampTransactions.Count == 0 ? 0 : LampTransactions[^1];
                        transaction += (byte)(identifier - 1 - transaction);
                        LampTransactions.Add(transaction);
                        break;
                }
            }
        }
    }
}
