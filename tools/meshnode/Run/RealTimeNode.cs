using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Kit;
using MeshNode.Models.Generic;
using MeshNode.Provisioning;
using MeshNode.Storage;
using MeshNode.Tool.Storage;
using Spectre.Console;

namespace MeshNode.Tool.Run;

/// <summary>A node that other programs reach over local datagrams, in real time: the firmware's stack, called from one thread.</summary>
internal sealed class RealTimeNode : IDisposable
{
    private const int BufferSize = 600;
    private const int LongestWait = 100;

    private readonly RealTimeClock _clock = new();
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly UdpRadio _radio;
    private readonly UdpGatt? _gatt;
    private readonly ConsoleApplication _application;
    private readonly ProvisioningCapabilities _capabilities;
    private readonly Node _node;
    private readonly ConsoleInput _input = new(Console.In);
    private readonly GenericOnOffClient _button;
    private readonly DirectoryMedium? _medium;
    private readonly FileStream? _lock;

    public RealTimeNode(IAnsiConsole console, RunOptions options)
    {
        _application = new ConsoleApplication(console, StartUnprovisioned);
        _capabilities = Capabilities(options);
        _gatt = options.GattPort == 0 ? null : new UdpGatt(_clock, options.GattPort, () => _node!.Stack);
        _radio = new UdpRadio(_clock, options.UdpPort, options.Loss, OnSent, OnConnectable);
        IGattBearer gatt = _gatt is null ? new NoGatt() : _gatt;
        LampComposition lamp = new(_application, _application, options.Echo);
        _button = lamp.Button;
        _node = new Node(_radio, gatt, new SystemRandomSource(), lamp.Composition, new StackProfile()) { Client = _application };
        _node.Stack.IvIndex.TestMode = options.IvUpdateTest;
        _application.Say(_clock.Now, $"device {Convert.ToHexStringLower(options.Uuid)}");
        _medium = options.State is null ? null : new DirectoryMedium(options.State);

        // Goes with the process, however that ends.
        _lock = options.State is null ? null : new FileStream(Path.Combine(options.State, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        if (_medium is not null)
        {
            NodeStore store = new(_node, _medium);
            JournalVerdict verdict = store.Open(_clock.Now);
            _application.Say(_clock.Now, $"state {verdict}, start {store.BootCounter}, damaged {store.Journal.Damaged}");

            if (verdict == JournalVerdict.ReadFailed)
            {
                throw new IOException($"The state in {options.State} cannot be read.");
            }
        }

        if (_node.IsProvisioned)
        {
            _application.Say(_clock.Now, $"node {_node.Stack.Network.PrimaryAddress:X4}, IV Index {_node.Stack.IvIndex.Current:X8}, SEQ {_node.Stack.Sequence.Next}");
        }
        else
        {
            StartUnprovisioned();
        }
    }

    /// <summary>Runs until it is cancelled.</summary>
    public void Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            _clock.RunDue();

            while (_input.Take() is { } line)
            {
                Obey(line);
            }

            long next = Math.Min(_node.Tick(_clock.Now), _clock.Next);
            long wait = Math.Clamp(next - _clock.Now, 0, LongestWait);
            List<Socket> ready = _gatt is null ? [_radio.Socket] : [_radio.Socket, _gatt.Socket];
            Socket.Select(ready, null, null, TimeSpan.FromMilliseconds(wait));

            if (ready.Contains(_radio.Socket) && _radio.Receive(_buffer) is > 1 and int count)
            {
                _node.Stack.OnReceived(_buffer[0], _buffer, 1, count - 1, _clock.Now);
            }

            if (_gatt is not null && ready.Contains(_gatt.Socket))
            {
                _gatt.Receive(_buffer);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _node.Store?.Flush(_clock.Now);
        _medium?.Dispose();
        _lock?.Dispose();
        _radio.Dispose();
        _gatt?.Dispose();
    }

    private static ProvisioningCapabilities Capabilities(RunOptions options)
    {
        return new ProvisioningCapabilities
        {
            Uuid = options.Uuid,
            StaticOob = options.StaticOob,
            OutputOobSize = options.OutputOob,
            OutputOobActions = options.OutputOob == 0 ? 0 : 1 << OutputOobAction.Numeric,
            InputOobSize = options.InputOob,
            InputOobActions = options.InputOob == 0 ? 0 : 1 << InputOobAction.Numeric,
            Algorithms = options.Algorithms switch
            {
                AlgorithmOffer.Hmac => ProvisioningAlgorithm.HmacSha256Flag,
                AlgorithmOffer.Cmac => ProvisioningAlgorithm.CmacFlag,
                _ => ProvisioningAlgorithm.HmacSha256Flag | ProvisioningAlgorithm.CmacFlag,
            },
        };
    }

    private void Obey(string line)
    {
        long now = _clock.Now;
        bool done = true;

        if (uint.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            done = !_node.IsProvisioned && _node.Stack.Provisioning.Provisionee.InputNumber(number, now);
        }
        else if (line is "on" or "off" && _node.IsProvisioned)
        {
            _button.Set(line == "on", true, now);
        }
        else
        {
            done = line == "iv-update" && _node.Stack.Beacons.StartIvUpdate(now);
        }

        _application.Say(now, done ? $"done: {line}" : $"refused: {line}");
    }

    private void StartUnprovisioned()
    {
        _node.StartUnprovisioned(_capabilities, _application, _clock.Now);
        _application.Say(_clock.Now, "waits to be provisioned");
    }

    private void OnSent(int tag)
    {
        _node.Stack.OnSent(tag, _clock.Now);
    }

    private void OnConnectable(byte[] data, int count)
    {
        _gatt?.SetConnectable(data, count);
    }

    private sealed class NoGatt : IGattBearer
    {
        public bool Notify(int connection, byte[] value, int offset, int count)
        {
            return true;
        }

        public void Disconnect(int connection)
        {
        }
    }
}
