using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using MeshNode.Provisioning;
using MeshNode.Tool.Client;
using MeshNode.Tool.Demonstration;
using MeshNode.Tool.Heap;
using MeshNode.Tool.Run;
using MeshNode.Tool.Vectors;
using Spectre.Console;

namespace MeshNode.Tool;

/// <summary>The commands and options of <c>meshnode</c>.</summary>
public static class CommandLine
{
    private const int Width = 110;

    private static readonly Option<int> s_seed = Option("--seed", 1, "Decides all chance: the same seed gives the same run.", 0, int.MaxValue);
    private static readonly Option<double> s_loss = Option("--loss", 0.15, "Probability that a copy of a PDU is not heard.", 0, 1);
    private static readonly Option<int> s_delay = Option("--delay", 2, "Milliseconds from one node's antenna to the other's stack.", 0, 1000);
    private static readonly Option<int> s_jitter = Option("--jitter", 3, "Milliseconds by which the delay varies upwards.", 0, 1000);
    private static readonly Option<int> s_mtu = Option("--mtu", 23, "ATT_MTU of the phone's connection.", 23, 517);
    private static readonly Option<int> s_nodes = Option(
        "--nodes", 6, "Number of nodes.", DemonstrationOptions.MinNodes, DemonstrationOptions.MaxNodes);

    private static readonly Option<int> s_hours = Option("--hours", 8, "Simulated hours that the application runs on virtual boards; 0 leaves the boards out.", 0, 48);
    private static readonly Option<bool> s_verbose = Option("--verbose", false, "Show every event.");
    private static readonly Option<bool> s_watch = Option("--watch", false, "Go on live, in real time, until Ctrl+C.");

    /// <summary>Runs a command line.</summary>
    /// <param name="output">Takes everything it writes.</param>
    /// <param name="cancellation">Ends what would go on until Ctrl+C.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output, CancellationToken cancellation = default)
    {
        InvocationConfiguration configuration = new() { Output = output, Error = output };

        return CreateRoot(CreateConsole(output), output).Parse(args).InvokeAsync(configuration, cancellation).GetAwaiter().GetResult();
    }

    private static RootCommand CreateRoot(IAnsiConsole console, TextWriter output)
    {
        RootCommand root = new("A Bluetooth mesh proxy node and its mesh, simulated with the firmware's own sources. Without a command: the demonstration.")
        {
            s_seed, s_loss, s_delay, s_jitter, s_mtu, s_nodes, s_hours, s_verbose, s_watch,
        };

        root.SetAction((result, cancellation) => Demonstrate(console, result, cancellation));
        root.Add(CreateVectors(console));
        root.Add(CreateBench(console));
        root.Add(CreateHeap(console));
        root.Add(CreateRun(console));

        foreach (Command command in ClientCommands.Create(output))
        {
            root.Add(command);
        }

        return root;
    }

    private static Command CreateVectors(IAnsiConsole console)
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "JSON files of the schema that tests/vectors has, folders of them, or patterns with *.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> verbose = Option("--verbose", false, "List what was not compared.");
        Command command = new("vectors", "Feed test vectors through the firmware's code. Exit code 1 when one fails.") { files, verbose };
        command.SetAction(result => VectorReport.Run(console, [.. result.GetRequiredValue(files).SelectMany(Expand)], result.GetValue(verbose)) ? 0 : 1);

        return command;
    }

    // Not every shell expands patterns. What names nothing stays as it is, and is reported as a file that cannot be read.
    private static IEnumerable<string> Expand(string path)
    {
        string folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        string pattern = Directory.Exists(path) ? "*.json" : Path.GetFileName(path);
        string[] files = Directory.Exists(folder) && pattern.Contains('*') ? Directory.GetFiles(folder, pattern) : [];

        return files.Length == 0 ? [path] : files.Order();
    }

    private static Command CreateBench(IAnsiConsole console)
    {
        Command command = new("bench", "Measure the firmware's cryptography and PDUs on this machine: time, IL instructions, allocations.");
        command.SetAction(_ => Benchmark.Run(console) ? 0 : 1);

        return command;
    }

    private static Command CreateHeap(IAnsiConsole console)
    {
        Option<HeapProfile> profile = Option("--profile", HeapProfile.Small, "Capacities of the node.");
        Command command = new("heap", "Account for the managed heap of a device with a configured node, part by part.") { profile };
        command.SetAction(result =>
        {
            HeapReport.Run(console, HeapAccount.Of(result.GetValue(profile)));

            return 0;
        });

        return command;
    }

    private static Command CreateRun(IAnsiConsole console)
    {
        Option<int> udp = new("--udp") { Description = "Port of the advertising bearer's test transport.", Required = true };
        Option<int> gatt = Option("--gatt", 0, "Port of the GATT bearer's test transport.");
        Option<string> uuid = new("--uuid") { Description = "Device UUID, 32 hexadecimal digits.", Required = true };
        Option<string?> oob = Option<string?>("--static", null, "Static OOB value, hexadecimal.");
        Option<int> outputOob = Option("--output-oob", 0, "Digits of a number that is shown to the provisioner's user.", 0, ProvisioningCapabilities.MaxOobSize);
        Option<int> inputOob = Option("--input-oob", 0, "Digits of a number that the provisioner's user is shown, and that is typed here.", 0, ProvisioningCapabilities.MaxOobSize);
        Option<bool> echo = Option("--echo", false, "Have the vendor model 05F1:0001 that answers with what it was given.");
        Option<double> loss = Option("--loss", 0.0, "Probability that a frame is lost.");
        Option<AlgorithmOffer> algorithms = Option("--algorithms", AlgorithmOffer.Hmac, "Provisioning algorithms to offer.");
        Option<bool> ivUpdateTest = Option("--iv-update-test", false, "Start in the IV Update test mode, in which the 96 hours do not count.");
        Option<string?> state = Option<string?>("--state", null, "Folder in which the node keeps its state, so that it comes back after a restart.");
        Option<string?> board = Option<string?>("--board", null, "Run the application of this board, of the folder boards, on its virtual board. Typed then: press, hold, reset, or on and off for a press if it is needed. Without --input-oob.");
        board.AcceptOnlyFromAmong([.. BoardModel.All.Select(model => model.Name)]);
        uuid.Validators.Add(result => RequireHex(result, 16));
        oob.Validators.Add(result => RequireHex(result, null));
        Command command = new("run", "Run a node in real time that other programs reach over local datagrams. Typed while it runs: on, off (its button), iv-update, or an input OOB number.") { udp, gatt, uuid, oob, outputOob, inputOob, echo, loss, algorithms, ivUpdateTest, state, board };

        command.SetAction((result, cancellation) => Task.Run(
            () =>
            {
                string? value = result.GetValue(oob);
                RunOptions options = new(
                    result.GetRequiredValue(udp),
                    result.GetValue(gatt),
                    Convert.FromHexString(result.GetRequiredValue(uuid)),
                    value is null ? null : Convert.FromHexString(value),
                    result.GetValue(outputOob),
                    result.GetValue(inputOob),
                    result.GetValue(echo),
                    result.GetValue(loss),
                    result.GetValue(algorithms),
                    result.GetValue(ivUpdateTest),
                    result.GetValue(state),
                    BoardModel.All.FirstOrDefault(model => model.Name == result.GetValue(board)));

                if (options.Board is not null)
                {
                    using RealTimeBoard run = new(console, options);

                    return run.Run(cancellation) ? 0 : 1;
                }

                using RealTimeNode node = new(console, options);
                node.Run(cancellation);

                return 0;
            },
            CancellationToken.None));

        return command;
    }

    private static void RequireHex(OptionResult result, int? octets)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        bool valid = text.Length > 0 && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) && (octets is null || text.Length == 2 * octets);

        if (result.Tokens.Count > 0 && !valid)
        {
            result.AddError(octets is null ? "An even number of hexadecimal digits is needed." : $"{2 * octets} hexadecimal digits are needed.");
        }
    }

    private static async Task<int> Demonstrate(IAnsiConsole console, ParseResult result, CancellationToken cancellation)
    {
        DemonstrationOptions options = new(
            result.GetValue(s_seed),
            result.GetValue(s_loss),
            result.GetValue(s_delay),
            result.GetValue(s_jitter),
            result.GetValue(s_mtu),
            result.GetValue(s_nodes),
            result.GetValue(s_hours),
            result.GetValue(s_verbose));
        DemonstrationReport report = new(console);
        Story story = new(report);
        Demonstration.Demonstration demonstration = new(options, report, story);
        long time = demonstration.Run();

        if (options.Hours > 0)
        {
            time += new BoardDemonstration(options, report, story).Run();
        }

        report.Summary(options, time, story.Checks, story.Failures);
        bool ok = story.Failures == 0;

        if (ok && result.GetValue(s_watch))
        {
            ok = await new LiveView(console, demonstration.Nodes).Run(cancellation);
        }

        return ok ? 0 : 1;
    }

    private static IAnsiConsole CreateConsole(TextWriter output)
    {
        AnsiConsoleOutput target = new(output);
        AnsiSupport ansi = target.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = target, Ansi = ansi });
        console.Profile.Width = target.IsTerminal ? Math.Min(console.Profile.Width, Width) : Width;

        return console;
    }

    private static Option<T> Option<T>(string name, T defaultValue, string description)
    {
        return new Option<T>(name) { Description = description, DefaultValueFactory = _ => defaultValue };
    }

    private static Option<T> Option<T>(string name, T defaultValue, string description, T least, T most)
        where T : struct, INumber<T>
    {
        Option<T> option = Option(name, defaultValue, $"{description} From {least} to {most}.");

        option.CustomParser = result =>
        {
            if (!T.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out T value) || value < least || value > most)
            {
                result.AddError($"{name} must be a number from {least} to {most}.");
            }

            return value;
        };

        return option;
    }
}
