using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading;
using MeshNode.Bearers;
using MeshNode.Kit;
using MeshNode.Kit.Client;
using MeshNode.Kit.Ledger;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Monitor;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Proxy;
using MeshNode.Kit.Storage;
using MeshNode.Network;
using MeshNode.Proxy;
using MeshNode.Tool.Run;
using MeshNode.UpperTransport;

namespace MeshNode.Tool.Client;

/// <summary>A command at work: the database, the ledger, a way to the nodes, and the client's node, in real time and on one thread.</summary>
internal sealed class Session : IDisposable
{
    private const int KeySize = 16;
    private const int LongestWait = 50;
    private const int HubPause = 2 * UdpPort.HelloInterval;
    private const int ConnectTime = 20000;
    private const int BeaconTime = 30000;
    private const int PreferredTime = 8000;
    private const int KeepInterval = 500;

    private readonly CancellationToken _cancellation;
    private SourceLease? _lease;
    private OwnAddressWatch? _watch;
    private PduDecoder? _decoder;
    private ProxyConnector? _connector;
    private ProxyClientBearer? _proxy;
    private ClientNode? _client;
    private long _keepAt;

    private Session(ClientSettings settings, Output output, NetworkStore store, CancellationToken cancellation)
    {
        Settings = settings;
        Output = output;
        Store = store;
        _cancellation = cancellation;
    }

    /// <summary>How the nodes are reached.</summary>
    public ClientSettings Settings { get; }

    /// <summary>What the command says.</summary>
    public Output Output { get; }

    /// <summary>The database.</summary>
    public NetworkStore Store { get; }

    /// <summary>The network.</summary>
    public MeshNetwork Network => Store.Network;

    /// <summary>The time.</summary>
    public RealTimeClock Clock { get; } = new();

    /// <summary>The client's node.</summary>
    public ClientNode Client => _client ?? throw new InvalidOperationException();

    /// <summary>Configures nodes.</summary>
    public Configurator Configurator { get; private set; } = null!;

    /// <summary>The ledger, once it is open.</summary>
    public SequenceLedger? Ledger { get; private set; }

    /// <summary>The air, or null.</summary>
    public UdpAir? Air { get; private set; }

    /// <summary>The GATT connections, or null.</summary>
    public UdpCentral? Central { get; private set; }

    /// <summary>Whether Ctrl+C was pressed.</summary>
    public bool IsCancelled => _cancellation.IsCancellationRequested;

    /// <summary>What else is to be done in each turn, and when to call again.</summary>
    public Func<long, long>? Tick { get; set; }

    /// <summary>The node that serves as proxy, if it shows itself, or null.</summary>
    public int? Preferred { get; set; }

    /// <summary>Whether the proxy is to pass on everything it hears, and is not waited for.</summary>
    public bool IsOverhearing { get; set; }

    /// <summary>Whether nothing of what it learns is written: an observer takes from beacons what the stack might refuse.</summary>
    public bool IsObserver { get; set; }

    /// <summary>The way that the client's messages take, or null.</summary>
    public ProxyConnector? Proxies => _connector;

    /// <summary>Opens the database.</summary>
    /// <param name="change">Whether the command changes it.</param>
    public static Session Open(ClientSettings settings, Output output, bool change, CancellationToken cancellation)
    {
        try
        {
            NetworkStore store = NetworkStore.Open(settings.Database, Passphrase.Read(settings, false), change, new SystemRandomSource());

            return new Session(settings, output, store, cancellation);
        }
        catch (StoreException e)
        {
            throw Explain(e, settings);
        }
    }

    /// <summary>Makes a database.</summary>
    /// <param name="cost">What it costs to try a passphrase, for as long as the file lives.</param>
    public static Session Create(ClientSettings settings, Output output, MeshNetwork network, PassphraseCost cost, CancellationToken cancellation)
    {
        try
        {
            NetworkStore store = NetworkStore.Create(settings.Database, Passphrase.Read(settings, true), cost, network);

            return new Session(settings, output, store, cancellation);
        }
        catch (StoreException e)
        {
            throw Explain(e, settings);
        }
    }

    /// <summary>What is wrong with a database, and what to do.</summary>
    public static CommandFailure Explain(StoreException e, ClientSettings settings)
    {
        string advice = e.Failure switch
        {
            StoreFailure.Missing => "Make one with 'meshnode init', or name another one with --database.",
            StoreFailure.Exists => "Name another file with --database.",
            StoreFailure.Passphrase => "Try again; without the passphrase the keys are lost, and the nodes have to be reset by hand.",
            StoreFailure.Locked or StoreFailure.Changed => "Wait until the other command has ended, then try again.",
            StoreFailure.Format => "Name another file with --database; 'meshnode import' reads Mesh Configuration Databases.",
            _ => "Look after the folder's permissions and the space on the disk.",
        };

        return new CommandFailure(ExitCode.Database, $"{settings.Database}: {e.Message}", advice);
    }

    /// <summary>What the ledger refuses, and what to do.</summary>
    public static CommandFailure Explain(LedgerException e)
    {
        string advice = e.Failure switch
        {
            LedgerFailure.Storage => "Look after the folders of the ledger: --ledger and --witness.",
            LedgerFailure.NoAddress => "Give this machine further addresses with 'meshnode adopt'.",
            _ => "Run 'meshnode adopt': it takes addresses that nobody has used, so that no message is sent twice with the same number.",
        };

        return new CommandFailure(ExitCode.Ledger, e.Message, advice);
    }

    /// <summary>Ctrl+C was pressed.</summary>
    public static CommandFailure BrokenOff()
    {
        return new CommandFailure(ExitCode.NoAnswer, "Broken off.", "Run the command again: it goes on where it was.");
    }

    /// <summary>Opens the ledger.</summary>
    public SequenceLedger OpenLedger()
    {
        try
        {
            Ledger ??= SequenceLedger.Open(Settings.LedgerPath, Settings.WitnessPath);

            return Ledger;
        }
        catch (LedgerException e)
        {
            throw Explain(e);
        }
    }

    /// <summary>Opens the bearers.</summary>
    public void OpenBearers()
    {
        if (Settings.UdpPort == 0 && Settings.GattPort == 0)
        {
            throw new CommandFailure(ExitCode.Usage, "There is no way to the nodes.", "Give the port of 'meshnode run' with --udp or with --gatt.");
        }

        if (Settings.UdpPort != 0)
        {
            Air = new UdpAir(Clock, Settings.UdpPort);
        }

        if (Settings.GattPort != 0)
        {
            Central = new UdpCentral(Clock, Settings.GattPort, Settings.Mtu);
        }

        if (Air is { IsHub: true })
        {
            Pump(static () => false, HubPause);
        }
    }

    /// <summary>Takes part in the network.</summary>
    public void Join()
    {
        if (Air == null && Central == null)
        {
            OpenBearers();
        }

        SystemRandomSource random = new();
        _decoder = new PduDecoder(Network);
        IAdvertisingBearer bearer;

        if (Central != null)
        {
            _proxy = new ProxyClientBearer();
            bearer = _proxy;
        }
        else
        {
            bearer = Air!;
        }

        _client = new ClientNode(Network, bearer, random);
        Configurator = new Configurator(Network, _client) { Keep = Save };
        _client.Configuration.Timeout = Settings.Timeout;
        Models().ForEach(model => (model.Timeout, model.Tries) = (Settings.Timeout, Settings.Tries));
        LearnIvIndex();
        Acquire();

        if (_proxy != null)
        {
            ConnectProxy();
        }
        else
        {
            Air!.Observer = OnAir;
            Air.Sent = tag => _client.Node.Stack.OnSent(tag, Clock.Now);
            Air.Received = (type, payload) => _client.Node.Stack.OnReceived(type, payload, 0, payload.Length, Clock.Now);
        }
    }

    /// <summary>Takes part in the network no more, and closes the bearers.</summary>
    public void Leave()
    {
        _lease?.Dispose();
        Central?.Dispose();
        Air?.Dispose();
        (_lease, _watch, _decoder, _connector, _proxy, _client, Central, Air) = (null, null, null, null, null, null, null, null);
    }

    /// <summary>Runs until a condition holds.</summary>
    /// <returns>Whether it held in time.</returns>
    public bool Pump(Func<bool> isDone, long milliseconds)
    {
        long end = milliseconds == long.MaxValue ? long.MaxValue : Clock.Now + milliseconds;

        while (!isDone())
        {
            long now = Clock.Now;

            if (now >= end || IsCancelled)
            {
                return false;
            }

            Turn(Math.Min(end, now + LongestWait));
        }

        return true;
    }

    /// <summary>Waits for the end of a request.</summary>
    /// <returns>The answer.</returns>
    public object Await(Request request)
    {
        Pump(() => request.IsFinished, long.MaxValue);
        Check(request);

        return request.Status!;
    }

    /// <summary>Waits for the end of a procedure.</summary>
    public void Await(Procedure procedure)
    {
        Pump(() => procedure.IsFinished, long.MaxValue);

        Save();

        if (procedure.Failed is { } failed)
        {
            Check(failed);
        }

        if (!procedure.IsFinished)
        {
            throw BrokenOff();
        }
    }

    /// <summary>Throws when a request was not answered with success.</summary>
    public void Check(Request request)
    {
        switch (request.State)
        {
            case RequestState.Answered when request.Succeeded && request.Status is not LightLightnessRangeStatus { Code: not 0 }:
                return;

            case RequestState.Answered:
                throw new CommandFailure(ExitCode.Refused, $"{request.Destination:x4} {StatusText.Of(request.Status!)}", "Look at the node's configuration with 'meshnode config get'.");

            case RequestState.Refused when _lease?.Failure is { } failure:
                throw Explain(failure);

            case RequestState.Refused when request.LastVerdict == SendVerdict.NoKey:
                throw new CommandFailure(ExitCode.Usage, $"The key for {request.Destination:x4} is not in the database.", "Name another key with --key, or import a database that has it.");

            case RequestState.Refused:
                throw new CommandFailure(ExitCode.NoAnswer, $"The message to {request.Destination:x4} was not sent: {StatusText.Words(request.LastVerdict.ToString())}.", "Try again.");

            case RequestState.Waiting:
                throw BrokenOff();

            case var _ when Network.FindNode(request.Destination) is { IsProvisional: true } node:
                throw new CommandFailure(
                    ExitCode.NoAnswer,
                    $"{request.Destination:x4} does not answer; it is not known whether it has joined.",
                    $"Its provisioning was broken off: run 'meshnode provision {node.Uuid:N}' again.");

            default:
                throw new CommandFailure(
                    ExitCode.NoAnswer,
                    $"{request.Destination:x4} does not answer.",
                    "See whether it is on and in reach ('meshnode monitor'), whether it has the key, or give it more time with --timeout.");
        }
    }

    /// <summary>Writes the database if it has changed.</summary>
    public void Save()
    {
        if (IsObserver)
        {
            return;
        }

        try
        {
            Store.Save();
        }
        catch (StoreException e) when (!Store.IsExclusive && e.Failure is StoreFailure.Locked or StoreFailure.Changed)
        {
            // The IV Index, which beacons will tell again.
        }
        catch (StoreException e)
        {
            throw Explain(e, Settings);
        }
    }

    /// <summary>The node that an address, a name or a UUID is of.</summary>
    public KnownNode FindNode(string text)
    {
        return Network.Nodes.FirstOrDefault(node => string.Equals(node.Name, text, StringComparison.OrdinalIgnoreCase))
            ?? (Guid.TryParse(text, out Guid uuid) ? Network.Nodes.FirstOrDefault(node => node.Uuid == uuid) : null)
            ?? (ParseAddress(text) is { } address ? Network.FindNode(address) : null)
            ?? throw new CommandFailure(ExitCode.Usage, $"There is no node '{text}'.", "See 'meshnode nodes' for names and addresses.");
    }

    /// <summary>Throws when a node was excluded: it gets no keys any more.</summary>
    public static void RequireIncluded(KnownNode node)
    {
        if (node.Excluded)
        {
            throw new CommandFailure(ExitCode.Usage, $"{node.Address:x4} was excluded: it gets no keys any more.", "Reset it by hand, then provision it again.");
        }
    }

    /// <summary>The address that a number, a node's name or a group's name stands for.</summary>
    /// <param name="model">The model that is meant: of a node's elements the first that has it.</param>
    public int FindAddress(string text, ModelId? model)
    {
        if (Network.Groups.FirstOrDefault(group => string.Equals(group.Name, text, StringComparison.OrdinalIgnoreCase)) is { } group)
        {
            return group.Address;
        }

        if (ParseAddress(text) is { } address)
        {
            return address;
        }

        KnownNode node = FindNode(text);

        return model is { } id ? node.ElementWith(id) ?? node.Address : node.Address;
    }

    /// <summary>Reads an address: four hexadecimal digits, with or without 0x in front.</summary>
    public static int? ParseAddress(string text)
    {
        string digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;

        return digits.Length == 4 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int address) ? address : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Save();
        }
        finally
        {
            _lease?.Dispose();
            Ledger?.Dispose();
            Central?.Dispose();
            Air?.Dispose();
            Store.Dispose();
        }
    }

    private List<ClientModel> Models()
    {
        return
        [
            Client.Configuration, Client.SarConfiguration, Client.Health, Client.OnOff, Client.Level, Client.DefaultTransitionTime, Client.PowerOnOff, Client.Lightness,
        ];
    }

    private void Turn(long until)
    {
        Clock.RunDue();
        long now = Clock.Now;
        long next = Math.Min(until, Clock.Next);

        if (_lease != null)
        {
            next = Math.Min(next, Client.Tick(now));
            KeepReplays();
        }

        next = Math.Min(next, _connector?.Tick(now) ?? long.MaxValue);
        next = Math.Min(next, _proxy?.Tick(now) ?? long.MaxValue);
        next = Math.Min(next, Tick?.Invoke(now) ?? long.MaxValue);
        long wait = Math.Max(0, next - Clock.Now);
        List<Socket> ready = [];

        if (Air != null)
        {
            ready.Add(Air.Socket);
        }

        if (Central != null)
        {
            ready.Add(Central.Socket);
        }

        if (ready.Count == 0)
        {
            return;
        }

        Socket.Select(ready, null, null, TimeSpan.FromMilliseconds(wait));

        if (Air != null && ready.Contains(Air.Socket))
        {
            Air.Receive();
        }

        if (Central != null && ready.Contains(Central.Socket))
        {
            Central.Receive();
        }

        // Before anything is made of an answer.
        KeepReplays();

        if (_watch?.Alarm is { } alarm)
        {
            _lease!.Retire();

            throw new CommandFailure(
                ExitCode.Alarm,
                $"Somebody else sends from this machine's address {_lease.Address:x4}: SEQ {alarm.Sequence:x6}, IV Index {alarm.IvIndex}.",
                "The address is not used any more. Is this machine or its ledger a copy of another one? Then run 'meshnode adopt' on one of them; refresh the keys if you do not know who it is.");
        }
    }

    // At once, but for answers that follow each other quickly: a commit takes a third of the time of a round trip.
    private void KeepReplays()
    {
        if (_lease is not { HasReplays: true } lease || Clock.Now < _keepAt)
        {
            return;
        }

        try
        {
            lease.KeepReplays();
            _keepAt = Clock.Now + KeepInterval;
        }
        catch (LedgerException e)
        {
            throw Explain(e);
        }
    }

    private void OnAir(int type, byte[] payload, bool own)
    {
        if (type == AdvertisingData.MeshMessage)
        {
            Watch(payload, own);
        }
    }

    private void Watch(byte[] pdu, bool own)
    {
        DecodedPdu? decoded = _decoder!.DecodeNetworkPdu(pdu);

        if (own)
        {
            _watch?.OnSent(decoded);
        }
        else
        {
            _watch?.OnReceived(decoded);
        }
    }

    private void Acquire()
    {
        byte[] deviceKey = RandomNumberGenerator.GetBytes(KeySize);

        try
        {
            SequenceLedger ledger = OpenLedger();
            _lease = ledger.Acquire(Network.Uuid, Network.IvIndex, Network.IsFree);
            Network.Allocator = elements => ledger.Allocate(Network.Uuid, elements, Network.IvIndex, Network.IsFree);
            Client.Join(_lease, deviceKey, Clock.Now);
            _watch = new OwnAddressWatch(_lease);
        }
        catch (LedgerException e)
        {
            throw Explain(e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(deviceKey);
        }
    }

    // An import does not tell the IV Index. Authentic beacons do; proxies send one to whoever connects.
    private void LearnIvIndex()
    {
        if (Network.IsIvIndexKnown)
        {
            return;
        }

        if (Settings.IvIndex is { } given)
        {
            Network.IvIndex = given;
            Network.IsIvIndexKnown = true;

            return;
        }

        PduDecoder decoder = new(Network);
        bool found = false;

        void Learn(DecodedPdu pdu)
        {
            if (!found && pdu is { Source: null, IvIndex: { } ivIndex })
            {
                found = true;
                Network.IvIndex = ivIndex;
                Network.IvUpdate = pdu.IvUpdate;
                Network.IsIvIndexKnown = true;
            }
        }

        Output.Progress("waiting for a beacon that tells the IV Index");

        if (Air != null)
        {
            Air.Received = (type, payload) => Learn(decoder.Decode(type, payload));
        }

        if (Central != null)
        {
            ProxyReassembler reassembler = new();
            Central.Connected = static (_, _) => { };
            Central.Advert = (advertiser, service, data) =>
            {
                if (service == GattService.Proxy && !found && ProxyIdentity.Match(Network, data) != null)
                {
                    Central.Advert = null;
                    Central.Connect(advertiser, Clock.Now);
                }
            };
            Central.Notified = (connection, value) =>
            {
                if (reassembler.Receive(value, 0, value.Length, Clock.Now) == ProxyReassembly.Complete)
                {
                    Learn(decoder.DecodeProxy(reassembler.Type, reassembler.Message[..reassembler.Length]));
                }

                if (found)
                {
                    connection.Disconnect();
                }
            };
        }

        if (!Pump(() => found, BeaconTime))
        {
            throw new CommandFailure(ExitCode.NoAnswer, "No beacon of the network was heard.", "Bring a node into reach, or give the IV Index with --iv-index if you know it.");
        }
    }

    private void ConnectProxy()
    {
        _proxy!.Bind(Client.Node.Stack);

        if (IsOverhearing)
        {
            _proxy.SetFilter(ProxyFilter.RejectList, [], Clock.Now);
        }
        else
        {
            _proxy.SetFilter(ProxyFilter.AcceptList, [_lease!.Address, Address.AllNodes, .. Network.Groups.Select(static group => group.Address)], Clock.Now);
        }

        _proxy.Observer = (type, pdu, own) =>
        {
            if (type == ProxyPduType.NetworkPdu)
            {
                Watch(pdu, own);
            }
        };
        _connector = new ProxyConnector(Network, _proxy, Central!) { Wanted = Settings.Proxies, Preferred = Preferred, PreferredTime = Preferred == null ? 0 : PreferredTime };
        Central!.Connected = (advertiser, connection) => _connector.OnConnected(advertiser, connection, Clock.Now);
        Central.Notified = (connection, value) => _proxy.OnNotified(connection, value, 0, value.Length, Clock.Now);
        Central.Disconnected = connection => _connector.OnDisconnected(connection, Clock.Now);
        Central.Advert = (advertiser, service, data) =>
        {
            if (service == GattService.Proxy)
            {
                _connector.OnAdvert(advertiser, data, Clock.Now);
            }
        };

        if (!IsOverhearing && !Pump(() => _proxy.FilterState is FilterState.Verified or FilterState.FallenBack, ConnectTime))
        {
            bool connected = _proxy.IsConnected;

            throw new CommandFailure(
                ExitCode.NoAnswer,
                connected ? "The proxy does not confirm the filter." : "No proxy of the network was found.",
                connected ? "It may have forgotten the network's key." : "Bring a node with GATT proxy into reach, and see whether 'meshnode run --gatt' has the same port.");
        }
    }
}
