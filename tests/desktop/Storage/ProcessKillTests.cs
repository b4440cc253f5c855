#nullable enable
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using MeshNode.Bearers;
using MeshNode.Kit;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary><c>meshnode run --state</c> is a process that is killed again and again, at any moment.</summary>
[TestClass]
public class ProcessKillTests
{
    private const int Kills = 12;
    private const int FirstKey = 0x100;
    private const int OnOff = 0x1000;
    private const int Patience = 60000;
    private const int QuietTime = 300;
    private const int SequenceLeap = 4096;

    private static readonly byte[] s_uuid = [.. Enumerable.Range(0x30, 16).Select(i => (byte)i)];

    [TestMethod]
    public void Kill_LosesNothing()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        try
        {
            using World world = new(folder);
            world.Provision();
            world.Ask<AppKeyStatus>(ConfigurationMessages.AppKeyAdd(0, FirstKey, world.Network.AppKeys[0].Key));
            world.Ask<ModelAppStatus>(ConfigurationMessages.ModelAppBind(world.Address, FirstKey, ModelId.Sig(OnOff)));

            // What was bound is written after two seconds.
            world.Run(2500);
            Random random = new(1);
            SortedSet<int> keys = [FirstKey];

            for (int i = 0; i < Kills; i++)
            {
                // A key is in the flash before its status is sent.
                int key = FirstKey + 1 + (i % 5);

                if (keys.Remove(key))
                {
                    world.Ask<AppKeyStatus>(ConfigurationMessages.AppKeyDelete(0, key));
                }
                else
                {
                    world.Ask<AppKeyStatus>(ConfigurationMessages.AppKeyAdd(0, key, world.Network.AppKeys[key - FirstKey].Key));
                    keys.Add(key);
                }

                int until = random.Next(1000);

                for (int now = 0; now < until; now += 50)
                {
                    world.Switch();
                    world.Run(50);
                }

                world.Kill();
                world.StartProcess();
                world.Replay();
                AppKeyList? list = world.Ask<AppKeyList>(ConfigurationMessages.AppKeyGet(0));
                Assert.IsTrue(list!.AppKeyIndexes.Order().SequenceEqual(keys), $"kill {i}: {string.Join(' ', list.AppKeyIndexes)} instead of {string.Join(' ', keys)}");
                Assert.IsTrue(world.AskModel(GenericMessages.OnOffGet()) is not null);
            }

            OutputHelper.WriteLine($"{Kills} kills, {world.Sent} PDUs of the node, no {{IV Index, SEQ}} twice; {world.Replayed} PDUs replayed");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private sealed class World : IAdvertisingBearer, IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly TestRandom _random = new(1);
        private readonly Queue<int> _sentTags = [];
        private readonly Dictionary<(int, uint, uint), string> _used = [];
        private readonly List<byte[]> _outgoing = [];
        private readonly NetworkPduReader _reader = new();
        private readonly byte[] _buffer = new byte[600];
        private readonly ClientNode _client;
        private readonly string _folder;
        private ToolProcess? _process;
        private EndPoint? _peer;
        private PbAdvClient? _link;
        private Provisioner? _provisioner;
        private KnownNode? _node;

        public World(string folder)
        {
            _folder = folder;
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Network = new MeshNetwork(_random);
            _reader.Add(Network.NetKeys[0].Key, 0);

            for (int i = 0; i < 6; i++)
            {
                Network.AddAppKey(FirstKey + i, 0);
            }

            _client = new ClientNode(Network, this, _random);
            int address = Network.AllocateAddress(1)!.Value;
            _client.Join(address, new byte[16], Now);
            _client.Configuration.Timeout = 500;
            _client.Configuration.Tries = 100;
            _client.OnOff.Timeout = 500;
            _client.OnOff.Tries = 100;
            StartProcess();
        }

        public MeshNetwork Network { get; }

        public int Address => _node!.Address;

        public int Sent => _used.Count;

        public int Replayed { get; private set; }

        public int TransmitCredit => 4;

        private long Now => _watch.ElapsedMilliseconds;

        public void StartProcess()
        {
            _peer = null;
            _process = new ToolProcess(
                ["run", "--udp", ((IPEndPoint)_socket.LocalEndPoint!).Port.ToString(), "--uuid", Convert.ToHexStringLower(s_uuid), "--state", _folder]);
            Assert.IsTrue(Run(Patience, () => _peer is not null), "the process does not say hello");
        }

        public void Kill()
        {
            _process!.Dispose();
            _process = null;

            // What it has sent and is still under way.
            Run(20);
        }

        public void Provision()
        {
            _link = new PbAdvClient(this, _random, s_uuid);
            NetworkProvisioning provisioning = new(Network);
            _provisioner = new Provisioner(_random, new ProvisioningPolicy(), provisioning);
            _provisioner.Start(_link, 0, Now);
            Assert.IsTrue(Run(Patience, () => provisioning.Node is not null), $"{_provisioner.Failure}");
            _node = provisioning.Node;
            Run(500);
            _provisioner = null;
            _link = null;
        }

        public TStatus? Ask<TStatus>(byte[] message)
            where TStatus : class, IStatusMessage<TStatus>
        {
            Request<TStatus> request = _client.Configuration.Send<TStatus>(Address, message, Now);
            Run(Patience, () => request.IsFinished);
            Assert.IsTrue(request.Succeeded, $"{typeof(TStatus).Name}: {request.State} {request.LastVerdict} {request.Status}");

            return request.Answer;
        }

        public GenericOnOffStatus? AskModel(byte[] message)
        {
            Request<GenericOnOffStatus> request = _client.OnOff.Send<GenericOnOffStatus>(Address, FirstKey, message, Now);
            Run(Patience, () => request.IsFinished);

            return request.Answer;
        }

        public void Switch()
        {
            _client.OnOff.SendUnacknowledged(Address, FirstKey, GenericMessages.OnOffSet(true, _client.OnOff.NextTransactionId()), Now);
        }

        /// <summary>All that was sent since the start before is sent again: nothing of it is answered.</summary>
        public void Replay()
        {
            Run(QuietTime);
            int sent = Sent;

            foreach (byte[] datagram in _outgoing.ToArray())
            {
                _socket.SendTo(datagram, _peer!);
                Replayed++;
            }

            _outgoing.Clear();
            Run(QuietTime);
            Assert.AreEqual(sent, Sent, "a replayed PDU was answered");

            // The node refuses this source until it is past the reserve that is kept of it.
            _client.Node.Stack.Sequence.Restore(_client.Node.Stack.Sequence.Next + SequenceLeap);
            _client.Node.Stack.Sequence.Limit = uint.MaxValue;
        }

        public bool Run(int limit, Func<bool>? isDone = null)
        {
            long end = Now + limit;

            while (isDone?.Invoke() != true)
            {
                if (Now >= end)
                {
                    return isDone is null;
                }

                Receive();

                for (int i = _sentTags.Count; i > 0; i--)
                {
                    _client.Node.Stack.OnSent(_sentTags.Dequeue(), Now);
                }

                _client.Tick(Now);
                _provisioner?.Tick(Now);
            }

            return true;
        }

        public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
        {
            byte[] datagram = [(byte)type, .. payload.AsSpan(offset, count)];

            if (_peer is not null)
            {
                _socket.SendTo(datagram, _peer);
            }

            if (type == AdvertisingData.MeshMessage)
            {
                _outgoing.Add(datagram);
            }

            if (_link is null)
            {
                _sentTags.Enqueue(tag);
            }
        }

        public void SetConnectable(int service, byte[] data, int count, int interval)
        {
        }

        public void Dispose()
        {
            _process?.Dispose();
            _socket.Dispose();
        }

        private void Receive()
        {
            if (!_socket.Poll(1000, SelectMode.SelectRead))
            {
                return;
            }

            EndPoint from = new IPEndPoint(IPAddress.Loopback, 0);
            int count = _socket.ReceiveFrom(_buffer, ref from);

            if (_process is not null)
            {
                _peer = from;
            }

            if (count < 2)
            {
                return;
            }

            byte[] payload = _buffer[1..count];

            if (_buffer[0] == AdvertisingData.PbAdv)
            {
                _link?.Receive(payload, 0, payload.Length, Now);

                return;
            }

            if (_buffer[0] == AdvertisingData.MeshMessage && _reader.Read(payload) is { Destination: not null } header && header.Source != _client.Node.Stack.Network.PrimaryAddress)
            {
                string text = Convert.ToHexString(payload);
                Assert.AreEqual(text, _used.TryAdd((header.Source, header.IvIndex, header.Sequence), text) ? text : _used[(header.Source, header.IvIndex, header.Sequence)], "a SEQ was used twice");
            }

            _client.Node.Stack.OnReceived(_buffer[0], payload, 0, payload.Length, Now);
        }
    }
}
