using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;
using MeshNode.Bearers;
using MeshNode.Kit;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Kit.Proxy;
using MeshNode.Provisioning;
using MeshNode.Tool.Client;
using MeshNode.Tool.Run;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MeshNode.Interop;

/// <summary>The kit in real time: provisioner and client, in the air of a <see cref="Device"/> or behind the proxy of a node under test.</summary>
internal sealed class KitSession : IProvisionerClient, IDisposable
{
    /// <summary>Index of the application key.</summary>
    public const int AppKey = 0x123;

    private const int LongestWait = 20;
    private const int PacketSize = 600;

    private readonly RealTimeClock _clock = new();
    private readonly SystemRandomSource _random = new();
    private readonly byte[] _buffer = new byte[PacketSize];
    private UdpRadio? _radio;
    private PbAdvClient? _pbAdv;
    private PbGattClient? _pbGatt;
    private Provisioner? _provisioner;
    private ProxyClientBearer? _proxy;
    private ClientNode? _client;
    private (string Advertiser, int Service) _advert = ("", 0);

    /// <param name="staticOob">The device's static OOB value in hexadecimal digits, or nothing.</param>
    /// <param name="node">A node under test, or <see langword="null"/> for none.</param>
    /// <param name="mtu">ATT_MTU of its GATT link.</param>
    public KitSession(string staticOob = "", NodeUnderTest? node = null, int mtu = 0)
    {
        Peers.Require();
        Central = node == null ? null : new UdpCentral(_clock, 0, mtu) { Advert = (advertiser, service, _) => _advert = (advertiser, service) };
        Device = new Device(staticOob, node, Central?.Port ?? 0);
        Network = new MeshNetwork(_random);
        Network.AddAppKey(AppKey, 0);
        OwnAddress = Network.AllocateAddress(1)!.Value;
        int port = int.Parse(Event("port"));
        _radio = new UdpRadio(_clock, port, 0, tag => _client?.Node.Stack.OnSent(tag, Now), static (_, _) => { });
    }

    public Device Device { get; }

    public UdpCentral? Central { get; }

    public MeshNetwork Network { get; }

    public int OwnAddress { get; }

    public ClientNode Client => _client!;

    public Configurator Configurator { get; private set; } = null!;

    public ProvisionerFailure Failure { get; private set; }

    public long Now => _clock.Now;

    /// <summary>Waits for an event of the device.</summary>
    public string Event(string kind, int seconds = 60)
    {
        string? value = null;
        Until(() => (value = Device.Last(kind)) != null, seconds, $"the device does not tell '{kind}'");

        return value!;
    }

    /// <summary>Lets time pass until a condition holds.</summary>
    public void Until(Func<bool> condition, int seconds, string complaint)
    {
        for (long end = Now + (seconds * 1000); !condition();)
        {
            Assert.IsLessThan(end, Now, $"{complaint} within {seconds} s");
            Turn();
        }
    }

    /// <summary>Lets a procedure come to its end.</summary>
    public void Run(Procedure procedure)
    {
        Until(() => procedure.IsFinished, 90, "the procedure does not end");
        Assert.IsTrue(procedure.Succeeded, $"{procedure.Failed?.State} {procedure.Failed?.LastVerdict}");
    }

    /// <summary>Waits for the answer to a request.</summary>
    public TStatus Ask<TStatus>(Request<TStatus> request)
        where TStatus : class, IStatusMessage<TStatus>
    {
        Until(() => request.IsFinished, 60, "the request does not end");
        Assert.AreEqual(RequestState.Answered, request.State);

        return request.Answer!;
    }

    /// <summary>Provisions the daemon over PB-ADV.</summary>
    /// <returns>The node, or <see langword="null"/> when that has failed.</returns>
    public KnownNode? ProvisionDevice(string staticOob = "")
    {
        _pbAdv = new PbAdvClient(_radio!, _random, Convert.FromHexString(Event("uuid")));

        return Provision(_pbAdv, staticOob);
    }

    /// <summary>Provisions the node under test over PB-GATT.</summary>
    public KnownNode ProvisionNode()
    {
        IGattConnection connection = Connect(GattService.Provisioning, "no Mesh Provisioning Service");
        _pbGatt = new PbGattClient(connection);
        Central!.Notified = (_, value) => _pbGatt.OnNotified(value, 0, value.Length, Now);
        Central.Disconnected = _ => _pbGatt.OnDisconnected(Now);
        KnownNode? node = Provision(_pbGatt, "");
        Assert.IsNotNull(node, $"{Failure}");
        connection.Disconnect();

        return node;
    }

    /// <summary>Takes part in the network, over the advertising bearer.</summary>
    public void Join()
    {
        Join(_radio!);
    }

    /// <summary>Takes part in the network, behind the proxy of the node under test.</summary>
    public void JoinBehindProxy()
    {
        IGattConnection connection = Connect(GattService.Proxy, "no Mesh Proxy Service");
        ProxyClientBearer proxy = new();
        Join(proxy);
        proxy.Bind(Client.Node.Stack);
        proxy.SetFilter(0, [OwnAddress], Now);
        Central!.Notified = (from, value) => proxy.OnNotified(from, value, 0, value.Length, Now);
        Central.Disconnected = proxy.OnDisconnected;
        proxy.OnConnected(connection, Now);
        _proxy = proxy;
        Until(() => proxy.FilterState == FilterState.Verified, 10, "no Filter Status");
    }

    /// <inheritdoc/>
    public NodeAssignment? Assign(DeviceCapabilities capabilities, byte[] deviceKey)
    {
        return Network.Assign(capabilities.Elements);
    }

    /// <inheritdoc/>
    public void OnOutputOob(int action, int size, long now)
    {
    }

    /// <inheritdoc/>
    public void OnInputNumber(int action, uint number, int digits, long now)
    {
    }

    /// <inheritdoc/>
    public void OnInputText(string text, long now)
    {
    }

    /// <inheritdoc/>
    public void OnProvisioned(NodeAssignment assignment, DeviceCapabilities capabilities, byte[] deviceKey, long now)
    {
        Network.AddNode(assignment.UnicastAddress, capabilities.Elements, deviceKey);
    }

    /// <inheritdoc/>
    public void OnFailed(ProvisionerFailure failure, int error, long now)
    {
        Failure = failure;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Device.Dispose();
        _radio?.Dispose();
        Central?.Dispose();
    }

    private IGattConnection Connect(int service, string complaint)
    {
        // One that is on the air now: a board is not always connectable.
        _advert = ("", 0);
        Until(() => _advert.Service == service, 40, complaint);
        IGattConnection? made = null;
        Central!.Connected = (_, connection) => made = connection;
        Central.Connect(_advert.Advertiser, Now);
        Until(() => made != null, 10, "no connection");

        return made!;
    }

    private void Join(IAdvertisingBearer bearer)
    {
        _client = new ClientNode(Network, bearer, _random);
        _client.Join(OwnAddress, new byte[16], Now);
        Configurator = new Configurator(Network, _client);
    }

    private KnownNode? Provision(IProvisionerBearer bearer, string staticOob)
    {
        int before = Network.Nodes.Count;
        ProvisioningPolicy policy = new() { StaticOob = staticOob.Length == 0 ? null : Convert.FromHexString(staticOob) };
        _provisioner = new Provisioner(_random, policy, this);
        _provisioner.Start(bearer, 0, Now);
        Until(() => _provisioner.IsFinished, 90, "provisioning does not end");
        long end = Now + 300;
        // The link is closed.
        Until(() => Now >= end, 1, "");

        return Network.Nodes.Count > before ? Network.Nodes[^1] : null;
    }

    private void Turn()
    {
        _clock.RunDue();
        _client?.Tick(Now);
        _proxy?.Tick(Now);
        _provisioner?.Tick(Now);
        List<Socket> ready = [];

        if (_radio != null)
        {
            ready.Add(_radio.Socket);
        }

        if (Central != null)
        {
            ready.Add(Central.Socket);
        }

        if (ready.Count == 0)
        {
            Thread.Sleep(LongestWait);

            return;
        }

        Socket.Select(ready, null, null, TimeSpan.FromMilliseconds(LongestWait));

        if (_radio != null && ready.Contains(_radio.Socket) && _radio.Receive(_buffer) is > 1 and int count)
        {
            Take(count);
        }

        if (Central != null && ready.Contains(Central.Socket))
        {
            Central.Receive();
        }
    }

    private void Take(int count)
    {
        if (_buffer[0] == AdvertisingData.PbAdv)
        {
            _pbAdv?.Receive(_buffer, 1, count - 1, Now);
        }
        else if (_proxy == null)
        {
            _client?.Node.Stack.OnReceived(_buffer[0], _buffer, 1, count - 1, Now);
        }
    }
}
