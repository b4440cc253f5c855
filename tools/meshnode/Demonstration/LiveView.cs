using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Network;
using MeshNode.Simulation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MeshNode.Tool.Demonstration;

/// <summary>
/// Goes on after the demonstration, in real time: the phone switches the lamp on and off. On a terminal the counters are shown live,
/// otherwise each exchange is a line.
/// </summary>
internal sealed class LiveView
{
    private const int FrameTime = 100;
    private const int ExchangeInterval = 2000;
    private const int LinesShown = 8;

    private readonly IAnsiConsole _console;
    private readonly DemonstrationMesh _nodes;
    private readonly VirtualNode _lamp;
    private readonly Queue<string> _lines = new();
    private readonly EventQueue _clock;
    private long _started;
    private Request<GenericOnOffStatus>? _request;
    private bool _on;
    private bool _failed;

    public LiveView(IAnsiConsole console, DemonstrationMesh nodes)
    {
        _console = console;
        _nodes = nodes;
        _lamp = nodes.SecondRing[0];
        _clock = nodes.Mesh.Clock;
        _on = nodes.IsOn(_lamp);
    }

    /// <summary>Runs until it is cancelled.</summary>
    /// <returns>Whether every exchange got its answer.</returns>
    public async Task<bool> Run(CancellationToken cancellation)
    {
        _console.WriteLine($"     Live: the phone switches the lamp of {_lamp.Name}. Ctrl+C ends.");

        if (_console.Profile.Out.IsTerminal)
        {
            await _console.Live(View()).StartAsync(context => Run(() => context.UpdateTarget(View()), cancellation));
        }
        else
        {
            await Run(static () => { }, cancellation);
        }

        return !_failed;
    }

    private async Task Run(Action show, CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long start = _clock.Now;
        _started = start - ExchangeInterval;

        while (!cancellation.IsCancellationRequested)
        {
            Exchange();
            _clock.RunUntil(start + watch.ElapsedMilliseconds);
            show();
            await Task.Delay(FrameTime, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Exchange()
    {
        if (_request is { IsFinished: true })
        {
            _failed |= _request.Answer == null;
            Show(_request.Answer == null ? "no answer: given up" : $"the lamp says {(_request.Answer.Present == 1 ? "on" : "off")}, {_request.Sent} sent");
            _request = null;
        }
        else if (_request == null && _clock.Now - _started >= ExchangeInterval)
        {
            _started = _clock.Now;
            _on = !_on;
            int address = _nodes.Known(_lamp).Address;
            ApplicationClient client = _nodes.Phone.Client.OnOff;
            byte[] message = GenericMessages.OnOffSet(_on, client.NextTransactionId());
            _nodes.Phone.Do(now => _request = client.Send<GenericOnOffStatus>(address, DemonstrationMesh.LightAppKey, message, now));
        }
    }

    private void Show(string text)
    {
        string line = $"{_clock.Now / 1000.0,8:0.0} s  Generic OnOff Set {(_on ? "on" : "off")}: {text}";
        _lines.Enqueue(line);

        if (_lines.Count > LinesShown)
        {
            _lines.Dequeue();
        }

        if (!_console.Profile.Out.IsTerminal)
        {
            _console.WriteLine(line);
        }
    }

    private Rows View()
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("node", "address", "accepted", "relayed", "phone", "copies", "cached", "own", "others");

        foreach (VirtualNode node in _nodes.Mesh.Nodes)
        {
            NetworkLayer network = node.Stack.Network;
            uint all = Enum.GetValues<NetworkVerdict>().Aggregate(0u, (sum, verdict) => sum + network.Count(verdict));
            uint accepted = network.Count(NetworkVerdict.Accepted);
            uint duplicates = network.Count(NetworkVerdict.Duplicate);
            uint cached = network.Count(NetworkVerdict.Cached);
            uint own = network.Count(NetworkVerdict.OwnSource);
            uint[] counts =
            [
                accepted,
                network.RelayCount(RelayVerdict.Relayed),
                network.ProxyCount(RelayVerdict.Relayed),
                duplicates,
                cached,
                own,
                all - accepted - duplicates - cached - own,
            ];
            table.AddRow([node.Name, network.PrimaryAddress.ToString("x4"), .. counts.Select(static count => count.ToString())]);
        }

        List<IRenderable> rows = [table, new Markup($"     lamp of {_lamp.Name}: {(_nodes.IsOn(_lamp) ? "[yellow]on[/]" : "[grey]off[/]")}")];
        rows.AddRange(_lines.Select(static line => new Text(line)));

        return new Rows(rows);
    }
}
