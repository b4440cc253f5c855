using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MeshNode.Interop;

/// <summary>
/// A program in <c>bluez/</c> that runs peers and a node under test, and tells on its standard output what became of each of its named
/// checks. It is run once, with the first check that is asked for.
/// </summary>
internal sealed partial class Scenario
{
    private const string Python = "/usr/bin/python3";
    private const int TimeLimit = 480000;

    private static readonly ConcurrentDictionary<string, Lazy<Scenario>> s_runs = [];
    private static readonly string s_programs = Path.Combine(AppContext.BaseDirectory, "bluez");

    private readonly Dictionary<string, Outcome> _outcomes = [];
    private string _rest = "";

    /// <summary>
    /// The checks of a program, each with each node under test and each of some arguments. Where the peers are not installed there is one,
    /// which says so in its name.
    /// </summary>
    public static IEnumerable<object[]> Checks(string program, params string[] arguments)
    {
        if (Peers.Missing is { } missing)
        {
            yield return ["", "", missing];
            yield break;
        }

        MatchCollection checks = CheckDeclaration().Matches(File.ReadAllText(Path.Combine(s_programs, program + ".py")));

        foreach (NodeUnderTest node in NodeUnderTest.All)
        {
            foreach (string argument in arguments.DefaultIfEmpty(""))
            {
                foreach (Match check in checks.Where(check => !node.IsBoard || !check.Groups[2].Value.Contains("board=False", StringComparison.Ordinal)))
                {
                    yield return [node.Name, argument, check.Groups[1].Value];
                }
            }
        }
    }

    /// <summary>Lets a test pass or fail with a check.</summary>
    public static void Expect(string program, string node, string argument, string check, TestContext context)
    {
        Peers.Require();
        Scenario run = s_runs.GetOrAdd($"{program} {node} {argument}", _ => new(() => RunTwice(program, node, argument))).Value;

        if (!run._outcomes.TryGetValue(check, out Outcome? outcome))
        {
            string failed = string.Join(", ", run._outcomes.Values.Where(static o => o.Kind == "failed").Select(static o => o.Check));
            Assert.Fail($"The check was not reached; failed: {failed}.\n{run._rest}");
        }

        context.WriteLine($"{outcome.Seconds} s {outcome.Note}");

        if (outcome.Kind == "failed")
        {
            Assert.Fail(outcome.Note + run._rest);
        }

        if (outcome.Kind == "defect")
        {
            context.WriteLine("The peer is wrong, as is known of it; see above.");
        }
    }

    private static Scenario Run(string program, string node, string argument)
    {
        Scenario scenario = new();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("meshnode-");

        try
        {
            scenario.Run(
                [
                    "-B", Path.Combine(s_programs, program + ".py"),
                    "--node", NodeUnderTest.All.First(n => n.Name == node).Command,
                    "--folder", folder.FullName,
                    "--argument=" + argument,
                ],
                folder);
        }
        finally
        {
            folder.Delete(true);
        }

        return scenario;
    }

    // On a board a message is lost now and then, and not everything is sent again: what fails once is tried once more.
    private static Scenario RunTwice(string program, string node, string argument)
    {
        Scenario first = Run(program, node, argument);

        return first._rest.Length > 0 && NodeUnderTest.All.First(n => n.Name == node).IsBoard ? Run(program, node, argument) : first;
    }

    private void Run(string[] arguments, DirectoryInfo folder)
    {
        ProcessStartInfo start = new(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        List<string> errors = [];
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => errors.Add(e.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using Timer limit = new(_ => process.Kill(true), null, TimeLimit, Timeout.Infinite);
        process.WaitForExit();

        if (process.ExitCode != 0)
        {
            string said = Path.Combine(folder.FullName, "node.log");
            string[] log = File.Exists(said) ? File.ReadAllLines(said) : [];
            _rest = $"\nExit code {process.ExitCode}.\n{string.Join('\n', errors)}\nThe node under test:\n{string.Join('\n', log.TakeLast(20))}";
        }
    }

    private void Take(string? line)
    {
        if (line != null)
        {
            Outcome outcome = JsonSerializer.Deserialize<Outcome>(line, JsonSerializerOptions.Web)!;
            _outcomes[outcome.Check] = outcome;
        }
    }

    [GeneratedRegex("@check\\(\"([^\"]+)\"([^)\\n]*)\\)")]
    private static partial Regex CheckDeclaration();

    private sealed record Outcome(string Check, [property: JsonPropertyName("outcome")] string Kind, double Seconds, string Note);
}
