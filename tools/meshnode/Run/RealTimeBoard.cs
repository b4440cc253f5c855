using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using MeshNode.Board;
using MeshNode.Board.Files;
using MeshNode.Hardware;
using MeshNode.Models;
using MeshNode.Provisioning;
using Spectre.Console;

namespace MeshNode.Tool.Run;

/// <summary>The application of a board on its virtual board, in real time: other programs reach it over local datagrams, as they do <see cref="RealTimeNode"/>.</summary>
internal sealed class RealTimeBoard : IDisposable
{
    private const int BufferSize = 600;
    private const int LongestWait = 100;
    private const ulong Address = 0x24_6F_28_00_00_01;
    private const int Press = 200;
    private const int Hold = 3200;
    private const int Reset = 10500;

    private readonly RealTimeClock _clock = new();
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly IAnsiConsole _console;
    private readonly RunOptions _options;
    private readonly ConsoleInput _input = new(Console.In);
    private readonly BoardAir _air;
    private readonly BoardGatt? _gatt;
    private readonly BoardPins _pins;
    private readonly VirtualBoard _board;
    private NodeApplication? _application;
    private int _violations;
    private bool _lamp;
    private bool _wanted;
    private long _operations;

    public RealTimeBoard(IAnsiConsole console, RunOptions options)
    {
        _console = console;
        _options = options;
        BoardModel model = options.Board!;
        _pins = model.Pins();
        _air = new BoardAir(_clock, options.UdpPort, options.Loss);
        _gatt = options.GattPort == 0 ? null : new BoardGatt(_clock, options.GattPort, () => _board!);
        _air.Connectable = _gatt is null ? null : _gatt.OnConnectable;
        _board = new VirtualBoard(model.Name, model.Profile, _clock, _air, Address, new Random()) { LogCapacity = 100 };
        _board.Written += line => Say(line.Text);
        Load();
        _board.Files.Put(FlashFileSystem.Root + "uuid", options.Uuid);

        // Where the board has a resistor.
        _board.Pins[_pins.Button].Drive(true);
        _board.PowerOn(() =>
        {
            NodeSettings settings = Settings();
            _application = new NodeApplication(model.Pins(), settings);
            _application.Run();
        });
    }

    /// <summary>Runs until it is cancelled.</summary>
    /// <returns>Whether the application has done nothing to the stock Bluetooth stack that it must not.</returns>
    public bool Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            _clock.RunDue();
            Watch();

            while (_input.Take() is { } line)
            {
                Obey(line);
            }

            long wait = Math.Clamp(_clock.Next - _clock.Now, 0, LongestWait);
            List<Socket> ready = _gatt is null ? [_air.Socket] : [_air.Socket, _gatt.Socket];
            Socket.Select(ready, null, null, TimeSpan.FromMilliseconds(wait));

            if (ready.Contains(_air.Socket))
            {
                _air.Receive(_buffer, _board);
            }

            if (_gatt is not null && ready.Contains(_gatt.Socket))
            {
                _gatt.Receive(_buffer);
            }
        }

        return _violations == 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_board.IsOn)
        {
            _board.PowerOff();
        }

        _clock.RunDue();
        _air.Dispose();
        _gatt?.Dispose();
    }

    private NodeSettings Settings()
    {
        NodeSettings settings = _options.Board!.Settings();
        settings.StaticOob = _options.StaticOob;
        settings.OutputOobSize = _options.OutputOob;
        settings.OutputOobActions = _options.OutputOob == 0 ? 0 : 1 << OutputOobAction.Numeric;
        settings.Models = _options.Echo ? [new EchoServer()] : null;
        settings.Algorithms = _options.Algorithms switch
        {
            AlgorithmOffer.Hmac => ProvisioningAlgorithm.HmacSha256Flag,
            AlgorithmOffer.Cmac => ProvisioningAlgorithm.CmacFlag,
            _ => ProvisioningAlgorithm.HmacSha256Flag | ProvisioningAlgorithm.CmacFlag,
        };

        return settings;
    }

    private void Watch()
    {
        _violations = _board.Violations.Count;

        // The application does the same: a press toggles what was wanted last.
        if (_board.Pins[_pins.Lamp].Level != _lamp)
        {
            _lamp = !_lamp;
            _wanted = _lamp;
        }

        if (_options.IvUpdateTest && _application?.Node is { } node)
        {
            node.Stack.IvIndex.TestMode = true;
        }

        if (_board.Files.Operations != _operations)
        {
            _operations = _board.Files.Operations;
            Save();
        }
    }

    private void Obey(string line)
    {
        switch (line)
        {
            case "on" when _wanted:
            case "off" when !_wanted:
                break;

            case "on" or "off" or "press":
                _wanted = !_wanted;
                Push(Press);
                break;

            case "iv-update" when _application?.Node is { } node:
                Say(node.Stack.Beacons.StartIvUpdate(_board.UpTime) ? $"done: {line}" : $"refused: {line}");
                break;

            case "hold":
                Push(Hold);
                break;

            case "reset":
                Push(Reset);
                break;

            default:
                Say($"? {line}");
                break;
        }
    }

    private void Push(int milliseconds)
    {
        _board.Pins[_pins.Button].Drive(false);
        _clock.After(milliseconds, () => _board.Pins[_pins.Button].Drive(true));
    }

    private void Load()
    {
        if (_options.State is { } folder)
        {
            Directory.CreateDirectory(folder);

            foreach (string file in Directory.EnumerateFiles(folder))
            {
                _board.Files.Put(FlashFileSystem.Root + Path.GetFileName(file), File.ReadAllBytes(file));
            }
        }
    }

    // A file that is written here is whole or not there, as on the board.
    private void Save()
    {
        if (_options.State is { } folder)
        {
            string[] names = _board.Files.Paths.Select(path => path[FlashFileSystem.Root.Length..]).ToArray();

            foreach (string name in names)
            {
                string path = Path.Combine(folder, name);
                File.WriteAllBytes(path + ".new", _board.Files.Read(FlashFileSystem.Root + name));
                File.Move(path + ".new", path, true);
            }

            foreach (string file in Directory.EnumerateFiles(folder).Where(file => !names.Contains(Path.GetFileName(file))))
            {
                File.Delete(file);
            }
        }
    }

    private void Say(string text)
    {
        _console.WriteLine(text);
    }
}
