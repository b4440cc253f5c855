using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using MeshNode.Beacons;
using MeshNode.Board.Bluetooth;
using MeshNode.Network;
using MeshNode.Proxy;
using MeshNode.Simulation;

namespace MeshNode.Tool.Demonstration;

/// <summary>
/// What has become of each advert that a board has heard and of each value that a client has written to it: the figures of the virtual board,
/// and those of its application from the same lines that its log has, over all its boots.
/// </summary>
internal sealed partial class BoardFigures
{
    /// <summary>Most adverts that wait somewhere, or values; with the power they are lost.</summary>
    private const int MaxWaiting = 64;

    private readonly Func<long> _configurations;
    private readonly Dictionary<string, long> _ended = [];
    private readonly Dictionary<string, long> _start;
    private long _boots;

    /// <summary>Begins to count.</summary>
    /// <param name="configurations">Proxy configuration messages that were written to the board since now, at most.</param>
    public BoardFigures(ApplicationBoard board, Func<long> configurations)
    {
        Board = board;
        _configurations = configurations;
        board.Board.Ending += () =>
        {
            Add(_ended, OfBoot());
            _boots++;
        };
        _start = Sum();
        _boots = 1;
    }

    /// <summary>The board.</summary>
    public ApplicationBoard Board { get; }

    /// <summary>All figures since this began.</summary>
    public Dictionary<string, long> Now()
    {
        Dictionary<string, long> figures = Sum();
        Add(figures, _start, -1);

        return figures;
    }

    /// <summary>What the account does not explain: what comes out of one layer goes into the next.</summary>
    /// <returns>Layers whose figures contradict each other; none when each advert and each value is accounted for.</returns>
    public IEnumerable<string> Contradictions()
    {
        Dictionary<string, long> figures = Now();
        long Of(string name) => figures.GetValueOrDefault(name);
        long host = Of("arrived") - Of("not heard") - Of("duplicates") - Of("flagless") - Of("no room") - Of("lost") - Of("fetched");
        long queue = Of("fetched") - Of("ignored") - Of("solicitations") - Of("dropped") - Of("mesh");
        long stack = Of("mesh") + Of("from client") - Of("verdicts");
        long values = Of("given") - Of("written") - Of("overrun");
        long notifications = Of("queued notifications") - Of("notified");

        // The power may go while the stack works on something.
        long inHand = _boots - 1;

        foreach ((string what, long left, long most) in new[]
        {
            ("adverts before the application", host, MaxWaiting),
            ("adverts in the application's queue", queue, MaxWaiting * _boots),
            ("more in the stack than it has verdicts on", stack, _configurations() + inHand),
            ("values in the application's queue", values, MaxWaiting * _boots),
            ("verdicts on values", Of("written") - Of("value verdicts"), inHand),
            ("notifications", notifications, 0L),
        })
        {
            if (left < 0 || left > most)
            {
                yield return $"{Board.Name}: {left} {what}";
            }
        }
    }

    [GeneratedRegex("([a-z ]+?) ([0-9]+)")]
    private static partial Regex Figure();

    private static void Add(Dictionary<string, long> sum, IEnumerable<KeyValuePair<string, long>> figures, int sign = 1)
    {
        foreach ((string name, long count) in figures)
        {
            sum[name] = sum.GetValueOrDefault(name) + (sign * count);
        }
    }

    private Dictionary<string, long> Sum()
    {
        BleCounters radio = Board.Board.Bluetooth.Counters;
        Dictionary<string, long> sum = new()
        {
            ["arrived"] = Board.Radio.Arrived,
            ["not heard"] = radio.NotHeard,
            ["duplicates"] = radio.Duplicates,
            ["flagless"] = radio.Flagless,
            ["no room"] = radio.ReportsDropped,
            ["lost"] = radio.ReportsLost,
            ["fetched"] = Board.Board.Allocations.RawReports,
            ["given"] = Board.Board.Allocations.Writes,
            ["queued notifications"] = radio.Notifications,
        };
        Add(sum, _ended);
        Add(sum, OfBoot());

        return sum;
    }

    // Of the boot that is or was last.
    private Dictionary<string, long> OfBoot()
    {
        Dictionary<string, long> figures = [];

        if (!Board.Board.IsOn || Board.Application is not { Node: { } node } application)
        {
            return figures;
        }

        foreach (Match match in Figure().Matches(application.Bearer.Counters))
        {
            figures[match.Groups[1].Value.Trim()] = long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        }

        long verdicts = node.Stack.Ignored;

        foreach (NetworkVerdict verdict in Enum.GetValues<NetworkVerdict>())
        {
            verdicts += Count(figures, "network " + verdict, node.Stack.Network.Count(verdict));
        }

        foreach (BeaconVerdict verdict in Enum.GetValues<BeaconVerdict>())
        {
            verdicts += Count(figures, "beacon " + verdict, node.Stack.Beacons.Count(verdict));
        }

        long values = 0;

        foreach (ProxyVerdict verdict in Enum.GetValues<ProxyVerdict>())
        {
            values += Count(figures, "value " + verdict, node.Stack.Proxy.Count(verdict));
        }

        figures["no device"] = node.Stack.Ignored;
        figures["verdicts"] = verdicts;
        figures["value verdicts"] = values;
        figures["from client"] = figures["value Accepted"] + figures["value NetworkPdu"] + figures["value Beacon"] + figures["value NoRoom"];

        return figures;
    }

    private static long Count(Dictionary<string, long> figures, string name, uint count)
    {
        figures[name] = count;

        return count;
    }
}
