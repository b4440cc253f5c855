#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Kit.Client;
using MeshNode.Kit.Ledger;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Monitor;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Kit.Proxy;
using MeshNode.Models.Foundation;
using MeshNode.Network;
using MeshNode.Provisioning;
using MeshNode.Proxy;
using MeshNode.Scenarios;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>The proxy client: finds proxies by what they advertise, checks their filters, keeps two, changes from one to the other, and comes back.</summary>
[TestClass]
public class ProxyClientTests
{
    private const int Patience = 60000;

    [TestMethod]
    public void Connector_FindsAProxyAndSetsItsFilter()
    {
        Central central = new(2);
        central.Until(() => central.Bearer.FilterState == FilterState.Verified);
        Assert.AreEqual(1, central.Bearer.Connections);
        Assert.IsTrue(central.Reaches(0));
        Assert.IsTrue(central.Reaches(1));
    }

    [TestMethod]
    public void Connector_PrefersTheNodeThatShowsItself()
    {
        Central central = new(3) { Wanted = 0 };
        central.Connector.Preferred = central.Nodes[2].Address;
        central.Nodes[2].Device.Do((node, now) => node.Stack.Advertiser.StartNodeIdentity(node.Stack.Subnets[0], now));
        central.Scenario.Wait(5000);
        central.Wanted = 1;
        central.Until(() => central.Bearer.FilterState == FilterState.Verified);
        Assert.AreEqual("N3", central.ActiveServer);
    }

    [TestMethod]
    public void Connector_ComesBackToAnotherProxyAndSetsTheFilterAgain()
    {
        Central central = new(2);
        central.Until(() => central.Bearer.FilterState == FilterState.Verified);
        string first = central.ActiveServer!;
        central.Close(first);
        central.Until(() => !central.Bearer.IsConnected);
        Assert.AreEqual(FilterState.Unknown, central.Bearer.FilterState);
        central.Until(() => central.Bearer.FilterState == FilterState.Verified);
        Assert.AreNotEqual(first, central.ActiveServer!);
        Assert.IsTrue(central.Reaches(0));
    }

    [TestMethod]
    public void TwoProxies_WhenOneIsLostTheOtherHasTakenOver()
    {
        Central central = new(2) { Wanted = 2 };
        central.Until(() => central.Bearer.HasStandby);
        string first = central.ActiveServer!;
        Assert.IsTrue(central.Reaches(1));
        central.Close(first);
        central.Until(() => central.ActiveServer != first);
        Assert.AreEqual(FilterState.Verified, central.Bearer.FilterState);
        Assert.IsTrue(central.Reaches(0));
        Assert.IsTrue(central.Reaches(1));
    }

    [TestMethod]
    public void MoveTo_MakesTheNewConnectionBeforeItBreaksTheOld()
    {
        Central central = new(2);
        central.Until(() => central.Bearer.FilterState == FilterState.Verified);
        string first = central.ActiveServer!;
        string second = first == "N1" ? "N2" : "N1";
        central.Until(() => central.Connector.Known.Contains(second));
        bool gap = false;
        central.Watch = () => gap |= central.Bearer.FilterState != FilterState.Verified;

        // Messages go on all the while, and each is answered at once.
        Assert.IsTrue(central.Connector.MoveTo(second, central.Scenario.Now));
        int answered = 0;

        for (int i = 0; i < 10; i++)
        {
            answered += central.Reaches(i % 2) ? 1 : 0;
        }

        central.Until(() => central.Bearer.Connections == 1 && central.ActiveServer == second);
        Assert.AreEqual(10, answered);
        Assert.IsFalse(gap);
    }

    [TestMethod]
    public void Filter_FallsBackToARejectListWhenTheAcceptListIsTooShort()
    {
        Central central = new(1);
        central.Until(() => central.Bearer.FilterState == FilterState.Verified);
        central.SetFilter(ProxyFilter.AcceptList, [central.Client.Node.Stack.Network.PrimaryAddress, .. Enumerable.Range(0xC000, 200)]);
        central.Until(() => central.Bearer.FilterState == FilterState.FallenBack);

        // Group messages that are in no list come all the same.
        central.Nodes[0].Device.Do((node, now) => node.Stack.Network.Send(node.Stack.Subnets[0], true, 5, 0x700000, central.Nodes[0].Address, 0xFE00, [0x0A, 5, 0, 0], 0, 4, 0));
        central.Until(() => central.Heard.Contains(0xFE00));
    }

    [TestMethod]
    public void Identity_IsRecognisedInEachOfItsFourForms()
    {
        Scenario scenario = Scenario.Chain(3, 0, 2);
        NetworkKey key = new(scenario.Network.NetKeys[0].Key);
        byte[] random = Hex.Decode("0102030405060708");
        byte[] block = new byte[16];
        byte[] data = new byte[ProxyServiceData.IdentityLength];
        Assert.IsNull(Identity(ProxyServiceData.EncodeNetworkId(key, data)).Node);
        Assert.IsNull(Identity(ProxyServiceData.EncodePrivateNetworkIdentity(key, random, data, block)).Node);
        int second = scenario.Network.Nodes[1].Address;
        Assert.AreEqual(second, Identity(ProxyServiceData.EncodeNodeIdentity(key, ProxyServiceData.NodeIdentity, second, random, data, block)).Node!.Address);
        Assert.AreEqual(second, Identity(ProxyServiceData.EncodeNodeIdentity(key, ProxyServiceData.PrivateNodeIdentity, second, random, data, block)).Node!.Address);
        ProxyServiceData.EncodeNetworkId(new NetworkKey(new byte[16]), data);
        Assert.IsNull(ProxyIdentity.Match(scenario.Network, data[..ProxyServiceData.NetworkIdLength])!);
        Assert.IsNull(ProxyIdentity.Match(scenario.Network, [1, 2])!);

        ProxyIdentity Identity(int count)
        {
            return ProxyIdentity.Match(scenario.Network, data[..count])!;
        }
    }

    [TestMethod]
    public void Watch_RaisesAnAlarmForWhatThisSideHasNotSent()
    {
        using TemporaryFolder folder = new();
        using SequenceLedger ledger = SequenceLedger.Open(folder["a"], folder["b"]);
        ClientWorld world = new(1, false);
        ledger.Adopt(world.Network.Uuid, new AddressRange(0x400, 0x4FF));
        ledger.Reserve(world.Network.Uuid, 0x400, 0, 100);
        using SourceLease lease = ledger.Acquire(world.Network.Uuid, 0, static _ => true);
        MeshStack stack = world.Client.Node.Stack;
        stack.Network.SetAddresses(lease.Address, 1);
        lease.Bind(stack);
        OwnAddressWatch watch = new(lease);
        Assert.IsTrue(stack.Sequence.TryTake(out uint own));
        Assert.AreEqual(100u, own);
        watch.OnSent(Pdu(0x400, 100, 1));

        // A relay's copy; a recording of an earlier session; somebody else's message.
        Assert.IsFalse(watch.OnReceived(Pdu(0x400, 100, 1)));
        Assert.IsFalse(watch.OnReceived(Pdu(0x400, 5, 1)));
        Assert.AreEqual(1, watch.Recordings);
        Assert.IsFalse(watch.OnReceived(Pdu(0x401, 5000, 1)));
        Assert.IsNull(watch.Alarm!);

        // The same SEQ with another content; a SEQ that is still to come; one that was taken, but never sent.
        Assert.IsTrue(watch.OnReceived(Pdu(0x400, 100, 2)));
        Assert.IsNotNull(watch.Alarm!);
        Assert.IsTrue(new OwnAddressWatch(lease).OnReceived(Pdu(0x400, 101, 1)));
        Assert.IsTrue(new OwnAddressWatch(lease).OnReceived(Pdu(0x400, 100, 1)));

        // Unless this side could not read what it has sent.
        OwnAddressWatch blind = new(lease);
        blind.OnSent(null);
        Assert.IsFalse(blind.OnReceived(Pdu(0x400, 100, 1)));

        // The IV Index has moved on and nothing was sent since: recordings of before are no alarm, and what is forgotten is none.
        stack.IvIndex.TestMode = true;
        stack.IvIndex.StartUpdate(world.Now);
        stack.IvIndex.CompleteUpdate(world.Now);
        OwnAddressWatch later = new(lease);
        Assert.IsFalse(later.OnReceived(Pdu(0x400, 5, 1)));
        Assert.IsTrue(stack.Sequence.TryTake(out own));
        Assert.IsFalse(later.OnReceived(Pdu(0x400, 100, 1)));

        for (uint sequence = 0; sequence < 9000; sequence++)
        {
            later.OnSent(Pdu(0x400, sequence, 1, 1));
        }

        Assert.IsFalse(later.OnReceived(Pdu(0x400, 1, 1, 1)));
        Assert.IsFalse(later.OnReceived(Pdu(0x400, 8999, 1, 1)));
        Assert.IsTrue(later.OnReceived(Pdu(0x400, 9000, 1, 1)));

        static DecodedPdu Pdu(int source, uint sequence, byte content, uint ivIndex = 0)
        {
            return new DecodedPdu("message", "") { Source = source, Sequence = sequence, IvIndex = ivIndex, Transport = [0, 1, content] };
        }
    }

    [TestMethod]
    public void Bearer_SaysOfWhatADisconnectionTakesWithItThatItIsThrough()
    {
        ClientWorld world = new(1, false);
        ProxyClientBearer bearer = new();
        bearer.Bind(world.Client.Node.Stack);
        StuckConnection connection = new();
        bearer.OnConnected(connection, 0);
        bearer.Send(AdvertisingData.MeshMessage, new byte[29], 0, 29, 1, 0, 7);
        bearer.Tick(0);
        bearer.OnDisconnected(connection);

        // One call to tell it, then nothing.
        Assert.IsTrue(bearer.Tick(0) < long.MaxValue);
        Assert.AreEqual(long.MaxValue, bearer.Tick(0));
    }

    [TestMethod]
    [DataRow(8, 0, true, 0, "static")]
    [DataRow(0, 4, true, 0, "output")]
    [DataRow(0, 0, true, 0, "none")]
    [DataRow(2, 8, true, 0, "output")]
    [DataRow(0, 0, true, 1, "refused")]
    [DataRow(0, 4, true, 13, "output")]
    [DataRow(0, 4, true, 14, "refused")]
    [DataRow(16, 8, true, 128, "static")]
    [DataRow(8, 8, true, 128, "refused")]
    public void Policy_TakesTheStrongestAndRefusesWhatIsBelow(int staticOctets, int digits, bool allowNone, int least, string expected)
    {
        DeviceCapabilities device = new(1, ProvisioningAlgorithm.HmacSha256Flag, false, true, false, digits, 1 << OutputOobAction.Numeric, 0, 0);
        ProvisioningPolicy policy = new() { StaticOob = staticOctets == 0 ? null : new byte[staticOctets], AllowOutputOob = true, AllowNoOob = allowNone, MinimumStrength = least };
        ProvisioningChoice? choice = policy.Choose(device, out ProvisionerFailure failure);
        string method = choice?.Method switch { AuthenticationMethod.StaticOob => "static", AuthenticationMethod.OutputOob => "output", AuthenticationMethod.None => "none", _ => "refused" };
        Assert.AreEqual(expected, method);
        Assert.AreEqual(expected == "refused" ? ProvisionerFailure.TooWeak : ProvisionerFailure.None, failure);
    }

    [TestMethod]
    public void Decoder_ReadsWholeExchangesAndShowsNoKey()
    {
        Scenario scenario = Scenario.Chain(5, 10, 2);
        PduDecoder decoder = new(scenario.Network);
        List<string> lines = [];
        scenario.Mesh.Traced += traced =>
        {
            if (traced is FrameSent sent)
            {
                DecodedPdu decoded = decoder.Decode(sent.Type, sent.Payload);
                lines.Add(decoded.ToString() + decoded.ToJson().ToJsonString());
            }
        };
        scenario.Nodes.ForEach(scenario.SetUp);
        scenario.Configure<KeyRefreshPhaseStatus>(scenario.Nodes[0], ConfigurationMessages.KeyRefreshPhaseGet(0));
        scenario.Reaches(scenario.Nodes[1]);
        string all = string.Join('\n', lines);

        foreach (string expected in new[]
        {
            "ConfigAppKeyAdd 000000 and a key", "ConfigAppKeyStatus: application key 000", "CompositionDataStatus", "GenericOnOffGet", "GenericOnOffStatus: off", "acknowledgment: SeqZero", "secure network beacon: subnet 000",
        })
        {
            Assert.Contains(expected, all);
        }

        Assert.IsFalse(all.Contains("of another network", StringComparison.Ordinal));
        AssertNoKey(scenario.Network, all);
    }

    [TestMethod]
    public void Keys_AppearInNoText()
    {
        Scenario scenario = Scenario.ConfiguredChain(5, 0, 1);
        MeshNetwork network = scenario.Network;
        network.Assign(1);
        object[] objects =
        [
            network, network.NetKeys[0], network.AppKeys[0], network.Nodes[0], network.Assign(1)!, scenario.Client.Node, scenario.Client.Node.Configuration,
            scenario.Client.Node.Configuration.Send<NetKeyStatus>(network.Nodes[0].Address, ConfigurationMessages.NetKeyAdd(1, network.NetKeys[0].Key), scenario.Now),
            new ReceivedMessage(1, 2, 3, ConfigurationMessages.NetKeyAdd(1, network.NetKeys[0].Key)), new ProvisioningPolicy { StaticOob = network.NetKeys[0].Key },
        ];
        AssertNoKey(network, string.Join('\n', objects.Select(static o => o.ToString())));

        // Nothing public gives a key away: they are internal to the kit.
        foreach (Type type in new[] { typeof(NetKeyEntry), typeof(AppKeyEntry), typeof(KnownNode) })
        {
            Assert.IsFalse(type.GetProperties().Any(static property => property.PropertyType == typeof(byte[])), type.Name);
        }
    }

    private static void AssertNoKey(MeshNetwork network, string text)
    {
        IEnumerable<byte[]> keys = network.NetKeys.Select(static key => key.Key)
            .Concat(network.AppKeys.Select(static key => key.Key))
            .Concat(network.Nodes.Select(static node => node.DeviceKey));

        foreach (byte[] key in keys)
        {
            Assert.IsFalse(text.Contains(Hex.Encode(key), StringComparison.OrdinalIgnoreCase));
            Assert.IsFalse(text.Contains(Convert.ToBase64String(key), StringComparison.Ordinal));
        }
    }

    /// <summary>A client with a GATT central, in range of nodes that hear each other.</summary>
    private sealed class StuckConnection : IGattConnection
    {
        public int Mtu => 23;

        public bool Write(byte[] value, int offset, int count)
        {
            return false;
        }

        public void Disconnect()
        {
        }
    }

    private sealed class Central : IGattCentral, IRadioListener
    {
        private readonly Dictionary<string, Link> _links = [];
        private readonly VirtualAntenna _antenna;

        public Central(int nodes)
        {
            Scenario = Scenario.ConfiguredChain(11, 0, nodes);
            Nodes = Scenario.Nodes;
            _antenna = Scenario.Mesh.Radio.Attach("central", this);
            Bearer = new ProxyClientBearer { Observer = Observe };
            Client = new ClientNode(Scenario.Network, Bearer, new SeededRandomSource(Scenario.Mesh.CreateRandom()));
            Bearer.Bind(Client.Node.Stack);
            Connector = new ProxyConnector(Scenario.Network, Bearer, this);
            int address = Scenario.Network.AllocateAddress(1)!.Value;
            Client.Join(address, new byte[16], Scenario.Now);
            Bearer.SetFilter(ProxyFilter.AcceptList, [address], Scenario.Now);

            foreach (ScenarioNode node in Nodes)
            {
                Scenario.Configure<GattProxyStatus>(node, ConfigurationMessages.GattProxySet(1));
                Scenario.Mesh.Radio.Connect(_antenna, node.Device.Antenna);
            }

            Tick();
        }

        public Scenario Scenario { get; }

        public List<ScenarioNode> Nodes { get; }

        public ProxyClientBearer Bearer { get; }

        public ClientNode Client { get; }

        public ProxyConnector Connector { get; }

        public Action? Watch { get; set; }

        public HashSet<int> Heard { get; } = [];

        public int Wanted
        {
            set => Connector.Wanted = value;
        }

        public string? ActiveServer => (Bearer.Active as Link)?.Server;

        public void Until(Func<bool> condition)
        {
            Assert.IsTrue(Scenario.Until(condition, Patience));
        }

        public void SetFilter(int type, IEnumerable<int> addresses)
        {
            Bearer.SetFilter(type, addresses, Scenario.Now);
        }

        public bool Reaches(int node)
        {
            Request<GenericOnOffStatus> request = Client.OnOff.Send<GenericOnOffStatus>(Nodes[node].Address, Scenario.AppKey, GenericMessages.OnOffGet(), Scenario.Now);
            Scenario.Until(() => request.IsFinished, Patience);

            return request.Succeeded && request.Sent == 1;
        }

        public void Close(string server)
        {
            _links[server].Connection.Close();
        }

        public void Connect(string advertiser, long now)
        {
            Link link = new(this, advertiser);
            _links[advertiser] = link;
            link.Connection = Nodes.First(node => node.Device.Name == advertiser).Device.Gatt.Connect(link, new GattParameters());
            link.Connection.ExchangeMtu(69);
            link.Connection.Subscribe(true);
            Scenario.Mesh.Clock.After(200, () => Connector.OnConnected(advertiser, link, Scenario.Now));
        }

        public void OnReceived(VirtualAntenna from, int type, byte[] payload)
        {
        }

        public void OnConnectable(VirtualAntenna from, byte[] data)
        {
            if (data.Length > 11 && LittleEndian.ReadUInt16(data, 9) == GattService.Proxy)
            {
                Connector.OnAdvert(from.Name, data[11..Math.Min(data.Length, 8 + data[7])], Scenario.Now);
            }
        }

        public void OnSent(int tag)
        {
        }

        private void Observe(int type, byte[] pdu, bool own)
        {
            if (!own && type == ProxyPduType.NetworkPdu && new PduDecoder(Scenario.Network).DecodeNetworkPdu(pdu) is { } decoded)
            {
                Heard.Add(decoded.Destination!.Value);
            }
        }

        private void Tick()
        {
            long now = Scenario.Now;
            Client.Tick(now);
            Connector.Tick(now);
            Bearer.Tick(now);
            Watch?.Invoke();
            Scenario.Mesh.Clock.After(10, Tick);
        }

        private sealed class Link(Central central, string server) : IGattClient, IGattConnection
        {
            public VirtualGattConnection Connection { get; set; } = null!;

            public string Server => server;

            public string Name => "central";

            public int Mtu => Connection.Mtu;

            public void OnNotified(byte[] value)
            {
                central.Bearer.OnNotified(this, value, 0, value.Length, central.Scenario.Now);
            }

            public void OnDisconnected()
            {
                central.Connector.OnDisconnected(this, central.Scenario.Now);
            }

            public bool Write(byte[] value, int offset, int count)
            {
                if (Connection.IsOpen)
                {
                    Connection.Write(value[offset..(offset + count)]);
                }

                return Connection.IsOpen;
            }

            public void Disconnect()
            {
                Connection.Close();
            }
        }
    }
}
