#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Kit;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Kit.Proxy;
using MeshNode.Models.Foundation;
using MeshNode.Network;
using MeshNode.Provisioning;
using MeshNode.Proxy;
using MeshNode.Simulation;
using MeshNode.Storage;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>
/// The life of a node, all of it by real messages: it is provisioned over PB-ADV, every state is configured by a Configuration Client, four sources talk to it, one of them
/// through its proxy, the keys are refreshed, the IV Index moves on, it gets a newer firmware, is reset, and joins again.
/// </summary>
internal sealed class NodeLife
{
    private const int AppKeyIndex = 0x123;
    private const int SecondAppKeyIndex = 0x456;
    private const int ThirdAppKeyIndex = 0x789;
    private const int Group = 0xC001;
    private const int AirTime = 2;
    private const int Settle = 12000;
    private const int Patience = 400000;
    private const int OnOff = 0x1000;
    private const int OnOffClient = 0x1001;
    private const int Lightness = 0x1300;
    private const int LightnessSetup = 0x1301;
    private const int TransitionTime = 0x1004;
    private const int PowerOnOff = 0x1006;
    private const int PowerOnOffSetup = 0x1007;
    private const int Health = 0x0002;

    private static readonly byte[] s_label = [.. Enumerable.Range(0x40, 16).Select(i => (byte)i)];
    private static readonly byte[] s_otherLabel = [.. Enumerable.Range(0x60, 16).Select(i => (byte)i)];
    private static readonly byte[] s_uuid = [.. Enumerable.Range(0x80, 16).Select(i => (byte)i)];

    private static readonly (string Name, Action<NodeLife> Do)[] s_chapters =
    [
        ("provision", life => life.Provision()),
        ("add application key", life => life.Ask<AppKeyStatus>(ConfigurationMessages.AppKeyAdd(0, AppKeyIndex, life.AppKey(0).Key))),
        ("bind OnOff", life => life.Bind(0, OnOff)),
        ("use", life => life.Use(300)),
        ("bind lightness", life => life.Bind(0, Lightness)),
        ("bind lightness setup", life => life.Bind(0, LightnessSetup)),
        ("bind transition time", life => life.Bind(0, TransitionTime)),
        ("bind power", life => life.Bind(0, PowerOnOff)),
        ("bind power setup", life => life.Bind(0, PowerOnOffSetup)),
        ("bind health", life => life.Bind(0, Health)),
        ("bind client", life => life.Bind(1, OnOffClient)),
        ("subscribe", life => life.Ask<ModelSubscriptionStatus>(ConfigurationMessages.ModelSubscriptionAdd(life.Address, Group, ModelId.Sig(OnOff)))),
        ("subscribe again", life => life.Ask<ModelSubscriptionStatus>(ConfigurationMessages.ModelSubscriptionAdd(life.Address, Group + 1, ModelId.Sig(OnOff)))),
        ("subscribe virtual", life => life.Ask<ModelSubscriptionStatus>(ConfigurationMessages.ModelSubscriptionVirtualAddressAdd(life.Address, s_label, ModelId.Sig(Lightness)))),
        ("subscribe the client", life => life.Ask<ModelSubscriptionStatus>(ConfigurationMessages.ModelSubscriptionAdd(life.Address + 1, Group + 2, ModelId.Sig(OnOffClient)))),
        ("unsubscribe", life => life.Ask<ModelSubscriptionStatus>(ConfigurationMessages.ModelSubscriptionDelete(life.Address, Group + 1, ModelId.Sig(OnOff)))),
        ("overwrite", life => life.Ask<ModelSubscriptionStatus>(ConfigurationMessages.ModelSubscriptionOverwrite(life.Address + 1, Group + 3, ModelId.Sig(OnOffClient)))),
        ("publish", life => life.Ask<ModelPublicationStatus>(ConfigurationMessages.ModelPublicationSet(life.Address, Group + 4, new PublicationParameters(AppKeyIndex, PeriodSteps: 30, PeriodResolution: 2, RetransmitCount: 2, RetransmitSteps: 1), ModelId.Sig(OnOff)))),
        ("publish virtual", life => life.Ask<ModelPublicationStatus>(ConfigurationMessages.ModelPublicationVirtualAddressSet(life.Address + 1, s_otherLabel, new PublicationParameters(AppKeyIndex, Ttl: 5), ModelId.Sig(OnOffClient)))),
        ("use", life => life.Use(300)),
        ("relay", life => life.Ask<RelayStatus>(ConfigurationMessages.RelaySet(1, 2, 3))),
        ("transmit", life => life.Ask<NetworkTransmitStatus>(ConfigurationMessages.NetworkTransmitSet(1, 4))),
        ("TTL", life => life.Ask<DefaultTtlStatus>(ConfigurationMessages.DefaultTtlSet(9))),
        ("beacon", life => life.Ask<BeaconStatus>(ConfigurationMessages.BeaconSet(0))),
        ("heartbeat", life => life.Ask<HeartbeatPublicationStatus>(ConfigurationMessages.HeartbeatPublicationSet(new HeartbeatPublicationParameters(Group + 5, 0xFF, 0x09, 3, 7, 0)))),
        ("heartbeat subscription", life => life.Ask<HeartbeatSubscriptionStatus>(ConfigurationMessages.HeartbeatSubscriptionSet(life._clients[2].Address, life.Address, 0x05))),
        ("SAR transmitter", life => life.AskSar<SarTransmitterStatus>(SarConfigurationMessages.TransmitterSet(SarConfigurationMessages.Transmitter(0x2, 0x3, 0x3, 0x4, 0x5, 0x3, 0x2)))),
        ("SAR receiver", life => life.AskSar<SarReceiverStatus>(SarConfigurationMessages.ReceiverSet(SarConfigurationMessages.Receiver(0x04, 0x3, 0x1, 0x2, 0x6)))),
        ("transition time", life => life.AskModel<GenericDefaultTransitionTimeStatus>(c => c.DefaultTransitionTime, GenericMessages.DefaultTransitionTimeSet(0x02))),
        ("power-up", life => life.AskModel<GenericOnPowerUpStatus>(c => c.PowerOnOff, GenericMessages.OnPowerUpSet(2))),
        ("lightness range", life => life.AskModel<LightLightnessRangeStatus>(c => c.Lightness, LightnessMessages.RangeSet(0x0100, 0xF000))),
        ("lightness default", life => life.AskModel<LightLightnessDefaultStatus>(c => c.Lightness, LightnessMessages.DefaultSet(0x4000))),
        ("health period", life => life.AskModel<HealthPeriodStatus>(c => c.Health, HealthMessages.PeriodSet(3))),
        ("add subnet", life => life.AddSubnet()),
        ("add key of the subnet", life => life.Ask<AppKeyStatus>(ConfigurationMessages.AppKeyAdd(1, SecondAppKeyIndex, life.AppKey(1).Key))),
        ("add another key", life => life.Ask<AppKeyStatus>(ConfigurationMessages.AppKeyAdd(0, ThirdAppKeyIndex, life.AppKey(2).Key))),
        ("bind twice", life => life.Ask<ModelAppStatus>(ConfigurationMessages.ModelAppBind(life.Address, SecondAppKeyIndex, ModelId.Sig(OnOff)))),
        ("use", life => life.Use(600)),
        ("delete key", life => life.Ask<AppKeyStatus>(ConfigurationMessages.AppKeyDelete(0, ThirdAppKeyIndex))),
        ("restart", life => life.Restart(NodeStore.FormatVersion)),
        ("refresh, new key", life => life.StartKeyRefresh()),
        ("refresh, new application key", life => life.Ask<AppKeyStatus>(ConfigurationMessages.AppKeyUpdate(0, AppKeyIndex, life.AppKey(0).NewKey))),
        ("use", life => life.Use(100)),
        ("refresh, second phase", life => life.EnterSecondPhase()),
        ("use", life => life.Use(100)),
        ("refresh, end", life => life.EndKeyRefresh()),
        ("use", life => life.Use(200)),
        ("IV update", life => life.StartIvUpdate()),
        ("use", life => life.Use(200)),
        ("IV update, end", life => life.EndIvUpdate()),
        ("use", life => life.Use(400)),
        ("new firmware", life => life.Restart(NodeStore.FormatVersion + 1)),
        ("use", life => life.Use(300)),
        ("unbind", life => life.Ask<ModelAppStatus>(ConfigurationMessages.ModelAppUnbind(life.Address, AppKeyIndex, ModelId.Sig(Lightness)))),
        ("unsubscribe from all", life => life.Ask<ModelSubscriptionStatus>(ConfigurationMessages.ModelSubscriptionDeleteAll(life.Address, ModelId.Sig(OnOff)))),
        ("publish no more", life => life.Ask<ModelPublicationStatus>(ConfigurationMessages.ModelPublicationSet(life.Address, 0, new PublicationParameters(AppKeyIndex, Ttl: 0), ModelId.Sig(OnOff)))),
        ("delete subnet", life => life.Ask<NetKeyStatus>(ConfigurationMessages.NetKeyDelete(1))),
        ("proxy off", life => life.Ask<GattProxyStatus>(ConfigurationMessages.GattProxySet(0))),
        ("use", life => life.Use(100)),
        ("reset", life => life.Reset()),
        ("provision again", life => life.Provision()),
        ("add application key again", life => life.Ask<AppKeyStatus>(ConfigurationMessages.AppKeyAdd(0, AppKeyIndex, life.AppKey(0).Key))),
        ("bind again", life => life.Bind(0, OnOff)),
        ("use", life => life.Use(60)),
    ];

    private readonly PriorityQueue<Action, (long Time, long Order)> _air = new();
    private readonly IJournalMedium _medium;
    private readonly TestRandom _random = new(5);
    private readonly List<LifeClient> _clients = [];
    private readonly DeviceRadio _radio;
    private readonly DeviceGatt _gatt;
    private readonly ProxyClientBearer _proxy = new();
    private readonly Dictionary<(int Address, uint IvIndex), uint> _used = [];
    private readonly HashSet<(int Source, uint IvIndex, uint Sequence)> _sent = [];
    private readonly Dictionary<int, List<byte[]>> _heard = [];
    private NetworkPduReader _reader = new();
    private Provisioner? _provisioner;
    private PbAdvClient? _provisionerBearer;
    private NetworkProvisioning? _provisioning;
    private KnownNode? _node;
    private bool _connected;
    private int _version = NodeStore.FormatVersion;
    private int _failures;
    private int _chapter;
    private int _acceptedBefore;
    private int _proxyMessagesBefore;
    private long _order;

    public NodeLife(IJournalMedium medium)
    {
        _medium = medium;
        _radio = new DeviceRadio(this);
        _gatt = new DeviceGatt(this);
        Network = new MeshNetwork(_random) { IvIndex = 5 };
        Network.AddAppKey(AppKeyIndex, 0);
        Network.AddNetKey(1);
        Network.AddAppKey(SecondAppKeyIndex, 1);
        Network.AddAppKey(ThirdAppKeyIndex, 0);

        for (int i = 0; i < 4; i++)
        {
            _clients.Add(new LifeClient(this, i == 1 ? _proxy : null));
        }

        Device = Boot();
    }

    /// <summary>Whether everything counts that a recording needs.</summary>
    public bool Observes { get; init; } = true;

    /// <summary>Is called when the power of the node has failed; then it starts again.</summary>
    public Action? PowerFailed { get; init; }

    public static int Chapters => s_chapters.Length;

    public MeshNetwork Network { get; }

    public StoredNode Device { get; private set; }

    public long Now { get; private set; }

    /// <summary>Messages that the node has accepted, each the Network PDUs that it came in.</summary>
    public List<byte[][]> Accepted { get; } = [];

    /// <summary>Proxy configuration messages that the node has accepted.</summary>
    public List<byte[]> ProxyMessages { get; } = [];

    /// <summary>The configuration at the end of each chapter, the first before all.</summary>
    public List<string> Configurations { get; } = ["unprovisioned"];

    /// <summary>States that models had in each chapter.</summary>
    public List<HashSet<string>> KeptStates { get; } = [[""]];

    /// <summary>Network PDUs that came to the node.</summary>
    public int Received { get; private set; }

    /// <summary>Network PDUs of its own that the node has sent.</summary>
    public int Sent => _sent.Count;

    public static string NameOf(int chapter)
    {
        return s_chapters[chapter].Name;
    }

    /// <summary>Lives from the beginning to the end of a chapter.</summary>
    public void Live(int chapters = int.MaxValue, Action<int>? begins = null)
    {
        foreach ((string name, Action<NodeLife> act) in s_chapters.Take(chapters))
        {
            begins?.Invoke(_chapter);
            KeptStates.Add([]);
            Observe();
            int failures;

            // What was answered is written two seconds later: when the power fails until then, it is done once more.
            do
            {
                failures = _failures;
                act(this);
                Run(Settle);
            }
            while (failures != _failures && name != "use");

            Configurations.Add(Device.Configuration());
            _chapter++;
        }
    }

    public LifeMoment MomentOf(FlashStep step)
    {
        Observe();

        return new LifeMoment(step, _chapter, Now, _version, new Dictionary<(int, uint), uint>(_used), _acceptedBefore..Accepted.Count, _proxyMessagesBefore..ProxyMessages.Count);
    }

    private int Address => _node!.Address;

    private AppKeyEntry AppKey(int place)
    {
        return Network.AppKeys[place];
    }

    private StoredNode Boot()
    {
        while (true)
        {
            StoredNode device = new(_medium, Now, null, _version, _radio, _gatt, _random);
            device.Node.Stack.IvIndex.TestMode = true;
            _connected = false;

            try
            {
                JournalVerdict verdict = device.Open();
                Assert.IsTrue(verdict is JournalVerdict.Loaded or JournalVerdict.Empty, $"{verdict}");

                return device;
            }
            catch (PowerCutException)
            {
                _failures++;
                PowerFailed!();
            }
        }
    }

    private void Restart(int version)
    {
        _version = version;
        _proxy.OnDisconnected();
        Device = Boot();
        After(1000, Connect);
    }

    // The node is called, and may lose its power in that.
    private void Call(Action action)
    {
        try
        {
            action();
        }
        catch (PowerCutException)
        {
            _failures++;
            PowerFailed!();
            Restart(_version);
        }

        Observe();
    }

    private void Observe()
    {
        if (!Observes || Device is null)
        {
            return;
        }

        KeptStates[^1].Add(Device.KeptStates());
        uint next = Device.Node.Stack.Sequence.Next;

        if (Device.Node.IsProvisioned && next != 0)
        {
            _used[(Device.Node.Stack.Network.PrimaryAddress, Device.Node.Stack.IvIndex.TransmitIndex)] = next;
        }
    }

    private void After(long delay, Action action)
    {
        _air.Enqueue(action, (Now + delay, _order++));
    }

    private bool Run(long limit, Func<bool>? isDone = null)
    {
        long end = Now + limit;

        while (isDone?.Invoke() != true)
        {
            while (_air.TryPeek(out _, out (long Time, long Order) key) && key.Time <= Now)
            {
                _air.Dequeue()();
            }

            long next = end;
            Call(() => next = Math.Min(next, Device.Node.Tick(Now)));

            foreach (LifeClient client in _clients)
            {
                next = Math.Min(next, client.Node.Tick(Now));
            }

            next = Math.Min(next, _proxy.Tick(Now));
            next = _provisioner is null ? next : Math.Min(next, _provisioner.Tick(Now));
            next = _air.TryPeek(out _, out (long Time, long Order) first) ? Math.Min(next, first.Time) : next;

            if (Now >= end)
            {
                return isDone is null;
            }

            Now = Math.Min(end, Math.Max(Now + 1, next));
        }

        return true;
    }

    private void Provision()
    {
        _acceptedBefore = Accepted.Count;
        _proxyMessagesBefore = ProxyMessages.Count;
        Device.Node.StartUnprovisioned(new ProvisioningCapabilities { Uuid = s_uuid }, new SilentApplication(), Now);
        _provisionerBearer = new PbAdvClient(new ProvisionerRadio(this), _random, s_uuid);
        _provisioning = new NetworkProvisioning(Network);
        _provisioner = new Provisioner(_random, new ProvisioningPolicy(), _provisioning);
        _provisioner.Start(_provisionerBearer, 0, Now);
        Assert.IsTrue(Run(Patience, () => _provisioner.IsFinished && Device.Node.IsProvisioned), $"{_provisioner.Failure}");
        _provisioner = null;
        _node = _provisioning.Node;

        if (!_clients[0].Node.Node.IsProvisioned)
        {
            _clients.ForEach(client => client.Join());
        }

        ReadKeys();
        After(1000, Connect);
    }

    private void Connect()
    {
        if (!_connected && Device.Node.IsProvisioned && Device.Node.Stack.Network.ProxyEnabled)
        {
            _connected = true;
            Call(() =>
            {
                Device.Node.Stack.OnConnected(0, Now);
                Device.Node.Stack.OnMtuChanged(0, DeviceGatt.AttMtu, Now);
                Device.Node.Stack.OnSubscribed(0, true, Now);
            });

            if (_connected)
            {
                _proxy.SetFilter(0, [_clients[1].Address], Now);
                _proxy.OnConnected(_gatt, Now);
            }
        }
    }

    private void Ask<TStatus>(byte[] message)
        where TStatus : class, IStatusMessage<TStatus>
    {
        Expect(_clients[0].Node.Configuration.Send<TStatus>(Address, message, Now));
    }

    private void Bind(int element, int model)
    {
        Ask<ModelAppStatus>(ConfigurationMessages.ModelAppBind(Address + element, AppKeyIndex, ModelId.Sig(model)));
    }

    private void AskSar<TStatus>(byte[] message)
        where TStatus : class, IStatusMessage<TStatus>
    {
        Expect(_clients[0].Node.SarConfiguration.Send<TStatus>(Address, AccessKey.RemoteDevice, message, Now));
    }

    private void AskModel<TStatus>(Func<ClientNode, ApplicationClient> client, byte[] message)
        where TStatus : class, IStatusMessage<TStatus>
    {
        Expect(client(_clients[0].Node).Send<TStatus>(Address, AppKeyIndex, message, Now));
    }

    private void Expect(Request request)
    {
        Run(Patience, () => request.IsFinished);
        Assert.IsTrue(request.Succeeded, $"{NameOf(_chapter)}: {request.State} {request.LastVerdict} {request.Status}, {request.Sent} times");
    }

    private void Use(int count)
    {
        for (int i = 0; i < count; i++)
        {
            LifeClient client = _clients[i % _clients.Count];
            bool sets = i % 11 == 5;
            byte[] message = sets
                ? GenericMessages.OnOffSet(i % 2 == 0, client.Node.OnOff.NextTransactionId(), null, i % 3 == 0)
                : GenericMessages.OnOffGet();
            client.Node.OnOff.SendUnacknowledged(Address, AppKeyIndex, message, Now);

            if (i % 9 == 0 && _connected)
            {
                _proxy.SetFilter(0, [_clients[1].Address, Group + (i % 5)], Now);
            }

            Run(i % 50 == 49 ? 7000 : 130);
        }
    }

    private void AddSubnet()
    {
        Ask<NetKeyStatus>(ConfigurationMessages.NetKeyAdd(1, Network.NetKeys[1].Key));
        ReadKeys();
    }

    private void StartKeyRefresh()
    {
        if (Network.NetKeys[0].NewKey is null)
        {
            Network.StartKeyRefresh(Network.NetKeys[0]);
        }

        Synchronize();
        Ask<NetKeyStatus>(ConfigurationMessages.NetKeyUpdate(0, Network.NetKeys[0].NewKey));
    }

    private void EnterSecondPhase()
    {
        Network.NetKeys[0].Phase = KeyRefreshPhase.Second;
        Synchronize();
        Ask<KeyRefreshPhaseStatus>(ConfigurationMessages.KeyRefreshPhaseSet(0, 2));
    }

    private void EndKeyRefresh()
    {
        Ask<KeyRefreshPhaseStatus>(ConfigurationMessages.KeyRefreshPhaseSet(0, 3));

        if (Network.NetKeys[0].NewKey is not null)
        {
            Network.EndKeyRefresh(Network.NetKeys[0]);
        }

        Synchronize();
    }

    private void StartIvUpdate()
    {
        if (Network.IvIndex == 5)
        {
            Network.IvIndex++;
            ReadKeys();
            ForEachIvIndex(ivIndex => Assert.IsTrue(ivIndex.StartUpdate(Now)));
        }

        Assert.IsTrue(Run(Patience, () => Device.Node.Stack.IvIndex is { Current: 6, UpdateInProgress: true }));
    }

    private void EndIvUpdate()
    {
        ForEachIvIndex(ivIndex => Assert.IsTrue(Run(Patience, () => !ivIndex.UpdateInProgress || ivIndex.CompleteUpdate(Now))));
        Assert.IsTrue(Run(Patience, () => Device.Node.Stack.IvIndex is { Current: 6, UpdateInProgress: false }));
    }

    // The node hears of it from beacons.
    private void ForEachIvIndex(Action<IvIndex> act)
    {
        foreach (LifeClient client in _clients)
        {
            client.Node.Node.Stack.IvIndex.TestMode = true;
            client.Node.Node.Stack.Beacons.Enabled = true;
            act(client.Node.Node.Stack.IvIndex);
        }
    }

    private void Reset()
    {
        Request request = _clients[0].Node.Configuration.Send<NodeResetStatus>(Address, ConfigurationMessages.NodeReset(), Now);
        Assert.IsTrue(Run(Patience, () => !Device.Node.IsProvisioned && (request.IsFinished || PowerFailed is not null)), "no reset");
        _proxy.OnDisconnected();
    }

    private void Synchronize()
    {
        _clients.ForEach(client => client.Node.SynchronizeKeys());
        ReadKeys();
    }

    private void ReadKeys()
    {
        _reader = new NetworkPduReader();

        foreach (NetKeyEntry entry in Network.NetKeys)
        {
            _reader.Add(entry.Key, Network.IvIndex);

            if (entry.NewKey is not null)
            {
                _reader.Add(entry.NewKey, Network.IvIndex);
            }
        }
    }

    // Each PDU of the node's own carries a {IV Index, SEQ} of its own.
    private void OnSentByDevice(byte[] pdu)
    {
        if (_reader.Read(pdu) is { Destination: not null } header && _node is not null && header.Source >= Address && header.Source < Address + _node.Elements)
        {
            Assert.IsTrue(_sent.Add((Address, header.IvIndex, header.Sequence)), $"SEQ {header.Sequence} of IV Index {header.IvIndex} was used twice");
        }
    }

    private void Deliver(int source, byte[] pdu, Action receive)
    {
        Received++;

        if (!Observes)
        {
            Call(receive);

            return;
        }

        uint before = Device.Node.Access.Count(AccessVerdict.Accepted);
        List<byte[]> pdus = _heard.TryGetValue(source, out List<byte[]>? known) ? known : _heard[source] = [];
        pdus.Add(pdu);
        Call(receive);

        if (Device.Node.Access.Count(AccessVerdict.Accepted) != before)
        {
            Accepted.Add([.. pdus]);
            pdus.Clear();
        }
    }

    private sealed class LifeClient
    {
        public LifeClient(NodeLife life, ProxyClientBearer? proxy)
        {
            Life = life;
            Radio = new ClientRadio(this);
            Node = new ClientNode(life.Network, proxy is null ? Radio : proxy, life._random);
            Address = life.Network.AllocateAddress(1)!.Value;
            proxy?.Bind(Node.Node.Stack);

            foreach (ClientModel model in new ClientModel[] { Node.Configuration, Node.SarConfiguration, Node.OnOff, Node.Health, Node.Lightness, Node.DefaultTransitionTime, Node.PowerOnOff })
            {
                model.Timeout = 1000;
                model.Tries = 300;
            }
        }

        public NodeLife Life { get; }

        public ClientNode Node { get; }

        public ClientRadio Radio { get; }

        public int Address { get; }

        public void Join()
        {
            byte[] deviceKey = new byte[16];
            Life._random.Fill(deviceKey, 0, 16);
            Node.Join(Address, deviceKey, Life.Now);
        }
    }

    private sealed class ClientRadio(LifeClient client) : IAdvertisingBearer
    {
        public int TransmitCredit => 4;

        public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
        {
            byte[] copy = payload[offset..(offset + count)];
            NodeLife life = client.Life;
            life.After(AirTime, () =>
            {
                life.Deliver(client.Address, copy, () => life.Device.Node.Stack.OnReceived(type, copy, 0, copy.Length, life.Now));
                client.Node.Node.Stack.OnSent(tag, life.Now);
            });
        }

        public void SetConnectable(int service, byte[] data, int count, int interval)
        {
        }
    }

    private sealed class ProvisionerRadio(NodeLife life) : IAdvertisingBearer
    {
        public int TransmitCredit => 4;

        public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
        {
            byte[] copy = payload[offset..(offset + count)];
            life.After(AirTime, () => life.Call(() => life.Device.Node.Stack.OnReceived(type, copy, 0, copy.Length, life.Now)));
        }

        public void SetConnectable(int service, byte[] data, int count, int interval)
        {
        }
    }

    private sealed class DeviceRadio(NodeLife life) : IAdvertisingBearer
    {
        public int TransmitCredit => 4;

        public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
        {
            byte[] copy = payload[offset..(offset + count)];

            if (type == AdvertisingData.MeshMessage)
            {
                life.OnSentByDevice(copy);
            }

            StoredNode device = life.Device;
            life.After(AirTime, () =>
            {
                foreach (LifeClient client in life._clients.Where(client => client.Node.Node.IsProvisioned && client != life._clients[1]))
                {
                    client.Node.Node.Stack.OnReceived(type, copy, 0, copy.Length, life.Now);
                }

                if (type == AdvertisingData.PbAdv)
                {
                    life._provisionerBearer?.Receive(copy, 0, copy.Length, life.Now);
                }

                if (life.Device == device)
                {
                    life.Call(() => device.Node.Stack.OnSent(tag, life.Now));
                }
            });
        }

        public void SetConnectable(int service, byte[] data, int count, int interval)
        {
        }
    }

    private sealed class DeviceGatt(NodeLife life) : IGattBearer, IGattConnection
    {
        public const int AttMtu = 69;

        public int Mtu => AttMtu;

        public bool Notify(int connection, byte[] value, int offset, int count)
        {
            byte[] copy = value[offset..(offset + count)];
            life.After(AirTime, () => life._proxy.OnNotified(copy, 0, copy.Length, life.Now));

            return true;
        }

        public bool Write(byte[] value, int offset, int count)
        {
            byte[] copy = value[offset..(offset + count)];
            life.After(AirTime, () => Written(copy));

            return true;
        }

        public void Disconnect(int connection)
        {
            life.After(AirTime, Lost);
        }

        public void Disconnect()
        {
            life.After(AirTime, Lost);
        }

        // With this ATT_MTU every message is one value.
        private void Written(byte[] value)
        {
            if (!life._connected)
            {
                return;
            }

            void Receive()
            {
                life.Device.Node.Stack.OnWritten(0, value, 0, value.Length, life.Now);
            }

            if (value[0] == ProxyPduType.NetworkPdu)
            {
                life.Deliver(life._clients[1].Address, value[1..], Receive);

                return;
            }

            StoredNode device = life.Device;
            life.Call(Receive);

            if (value[0] == ProxyPduType.ProxyConfiguration && device == life.Device && device.Node.Stack.LastProxyVerdict == ProxyVerdict.Accepted)
            {
                life.ProxyMessages.Add(value);
            }
        }

        private void Lost()
        {
            if (life._connected)
            {
                life._connected = false;
                life._proxy.OnDisconnected();
                life.Call(() => life.Device.Node.Stack.OnDisconnected(0, life.Now));
                life.After(1000, life.Connect);
            }
        }
    }
}
