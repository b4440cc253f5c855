#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Kit.Client;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Kit.Proxy;
using MeshNode.Provisioning;

namespace MeshNode.Kit;

/// <summary>A client and some nodes of the firmware on one antenna; or the client behind the first node's proxy server.</summary>
internal sealed class ClientWorld
{
    private readonly Queue<Action> _air = [];
    private readonly List<Station> _stations = [];
    private readonly TestRandom _random = new(3);

    public ClientWorld(int nodes, bool behindProxy)
    {
        Network = new MeshNetwork(_random);
        Network.AddAppKey(0x123, 0);
        int address = Network.AllocateAddress(1)!.Value;

        for (int i = 0; i < nodes; i++)
        {
            AddNode();
        }

        if (behindProxy)
        {
            Proxy = new ProxyClientBearer();
            Client = new ClientNode(Network, Proxy, _random);
            Proxy.Bind(Client.Node.Stack);
        }
        else
        {
            Station station = new(this);
            Client = new ClientNode(Network, station, _random);
            station.Stack = Client.Node.Stack;
        }

        Client.Join(address, new byte[16], 0);
        Configurator = new Configurator(Network, Client);

        if (Proxy != null)
        {
            Station server = _stations[0];
            server.Client = Proxy;
            server.Stack!.OnConnected(0, Now);
            server.Stack.OnSubscribed(0, true, Now);
            Proxy.SetFilter(0, [address], Now);
            Proxy.OnConnected(server, Now);
        }
    }

    public MeshNetwork Network { get; }

    public ClientNode Client { get; }

    public Configurator Configurator { get; }

    public ProxyClientBearer? Proxy { get; }

    public List<Node> Nodes { get; } = [];

    public List<AnsweringServer> Servers { get; } = [];

    public long Now { get; private set; }

    public void Run(int limit, Func<bool> isDone)
    {
        for (long end = Now + limit; Now < end && !isDone(); Now++)
        {
            for (int i = _air.Count; i > 0; i--)
            {
                _air.Dequeue()();
            }

            Nodes.ForEach(node => node.Tick(Now));
            Client.Tick(Now);
            Proxy?.Tick(Now);
        }
    }

    private void AddNode()
    {
        Station station = new(this);
        Composition composition = new(1, 2, 3);
        AnsweringServer server = new();
        composition.AddElement(0).Add(server);
        byte[] deviceKey = new byte[16];
        _random.Fill(deviceKey, 0, 16);
        Node node = new(station, station, _random, composition, new StackProfile());
        station.Stack = node.Stack;
        NodeAssignment assignment = Network.Assign(1)!;
        node.Join(assignment.UnicastAddress, 0, false, 0, new MeshNode.Network.NetworkKey(assignment.NetKey), false, deviceKey, 0);
        node.Stack.SetProxyEnabled(true, 0);
        Network.AddNode(assignment.UnicastAddress, 1, deviceKey);
        Nodes.Add(node);
        Servers.Add(server);
    }

    private sealed class Station : IAdvertisingBearer, IGattBearer, IGattConnection
    {
        private readonly ClientWorld _world;

        public Station(ClientWorld world)
        {
            _world = world;
            world._stations.Add(this);
        }

        public MeshStack? Stack { get; set; }

        public ProxyClientBearer? Client { get; set; }

        public int TransmitCredit => 4;

        public int Mtu => 23;

        public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
        {
            byte[] copy = payload[offset..(offset + count)];
            _world._air.Enqueue(() =>
            {
                foreach (Station other in _world._stations.Where(other => other != this))
                {
                    other.Stack!.OnReceived(type, copy, 0, copy.Length, _world.Now);
                }

                Stack!.OnSent(tag, _world.Now);
            });
        }

        public void SetConnectable(int service, byte[] data, int count, int interval)
        {
        }

        public bool Notify(int connection, byte[] value, int offset, int count)
        {
            byte[] copy = value[offset..(offset + count)];
            _world._air.Enqueue(() => Client!.OnNotified(copy, 0, copy.Length, _world.Now));

            return true;
        }

        public bool Write(byte[] value, int offset, int count)
        {
            Stack!.OnWritten(0, value, offset, count, _world.Now);

            return true;
        }

        public void Disconnect(int connection)
        {
            throw new InvalidOperationException();
        }

        public void Disconnect()
        {
            throw new InvalidOperationException();
        }
    }
}
