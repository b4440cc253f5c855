using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;

namespace MeshNode.Tool.Client;

/// <summary>The commands <c>config</c>, <c>heartbeat</c> and <c>keyrefresh</c>.</summary>
internal static class ConfigCommands
{
    /// <summary>Makes the commands.</summary>
    public static IEnumerable<Command> Create(TextWriter writer)
    {
        Argument<string> node = new("NODE") { Description = "Address, name or UUID." };
        Argument<string> state = new("STATE") { Description = $"One of: {string.Join(", ", NodeStates.All.Select(static state => state.Name))}; to read also all." };
        Argument<string[]> values = new("VALUE") { Description = "What the state needs; without it the command says what.", Arity = ArgumentArity.ZeroOrMore };
        Argument<int> appKey = new("APPKEY") { Description = "Application key.", Arity = ArgumentArity.ZeroOrOne };
        Command config = new("config", "Configure a node.");
        config.Add(ClientOptions.Command("get", "Read a state.", true, writer, [node, state, values], i => Get(i, i.Get(node), i.Get(state), i.Get(values))));
        config.Add(ClientOptions.Command("set", "Change a state.", true, writer, [node, state, values], i => Set(i, i.Get(node), i.Get(state), i.Get(values))));
        config.Add(ClientOptions.Command(
            "setup", "Read the composition, give the node an application key, and bind all models to it.", true, writer, [node, appKey], i => SetUp(i, i.Get(node), i.Get(appKey))));

        yield return config;

        Argument<string> which = new("STATE") { Description = "publication or subscription.", Arity = ArgumentArity.ZeroOrOne };
        yield return ClientOptions.Command(
            "heartbeat", "Show or change a node's heartbeats: the same as the states heartbeat-publication and heartbeat-subscription of config.", true, writer, [node, which, values],
            i => Heartbeat(i, i.Get(node), i.Get(which), i.Get(values)));

        Argument<int> subnet = new("SUBNET") { Description = "Network key.", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> exclude = new("--exclude") { Description = "Nodes that do not get the new keys: they are outside the network afterwards.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = static _ => [] };
        yield return ClientOptions.Command(
            "keyrefresh", "Replace a network key and its application keys in all nodes, in all phases. Called again, it goes on where it was.", true, writer, [subnet, exclude],
            i => KeyRefresh(i, i.Get(subnet), i.Get(exclude)));
    }

    private static int Get(Invocation invocation, string nodeName, string name, string[] values)
    {
        NodeState[] states = name == "all" ? [.. NodeStates.Plain] : [NodeStates.Find(name)];
        using Session session = invocation.Join(true);
        KnownNode node = session.FindNode(nodeName);

        foreach (NodeState state in states)
        {
            try
            {
                Show(invocation.Output, node, state, session.Await(state.Get!(new StateArguments(session, node, state, values, false))));
            }
            catch (CommandFailure e) when (states.Length > 1
                && (e.ExitCode is ExitCode.Refused or ExitCode.Usage
                    || (e.ExitCode == ExitCode.NoAnswer && !session.IsCancelled && state.Name is "transition-time" or "on-power-up" or "sar-transmitter" or "sar-receiver")))
            {
                // The node does not have the model or the state.
            }
        }

        session.Save();

        return ExitCode.Success;
    }

    private static int Set(Invocation invocation, string nodeName, string name, string[] values)
    {
        NodeState state = NodeStates.Find(name);

        if (state.Set == null)
        {
            throw new CommandFailure(ExitCode.Usage, $"{name} cannot be changed.", $"Read it with 'config get NODE {name}'.");
        }

        using Session session = invocation.Join(true);
        KnownNode node = session.FindNode(nodeName);
        StateArguments arguments = new(session, node, state, values, true);
        object status = Change(session, arguments);
        Show(invocation.Output, node, state, status);

        return ExitCode.Success;
    }

    private static object Change(Session session, StateArguments arguments)
    {
        KnownNode node = arguments.Node;
        object status;

        try
        {
            status = session.Await(arguments.State.Set!(arguments));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw arguments.Usage();
        }

        switch (arguments.State.Name)
        {
            case "netkeys":
                Enter(node.NetKeys, arguments.Number(0, 0, 4095), arguments.Switch(1));
                break;

            case "appkeys":
                Enter(node.AppKeys, arguments.Number(0, 0, 4095), arguments.Switch(1));

                if (!arguments.Switch(1))
                {
                    NodeDocument.RemoveAppKey(node, arguments.Number(0, 0, 4095));
                }

                break;

            case "binding":
                NodeDocument.SetBinding(node, arguments.Element(0), arguments.Model(1), arguments.Number(2, 0, 4095), arguments.Switch(3));
                break;

            case "subscription":
                EnterSubscription(node, arguments);
                break;
        }

        session.Save();

        return status;
    }

    private static int SetUp(Invocation invocation, string nodeName, int appKey)
    {
        using Session session = invocation.Join(true);
        KnownNode node = session.FindNode(nodeName);

        if (session.Network.AppKeys.All(key => key.Index != appKey))
        {
            throw new CommandFailure(ExitCode.Usage, $"There is no application key {appKey:x3}.", "Make one with 'meshnode keys add-app'.");
        }

        Session.RequireIncluded(node);
        session.Await(session.Configurator.SetUp(node, appKey, session.Clock.Now));
        Show(invocation.Output, node, NodeStates.Find("composition"), new CompositionDataStatus(0, node.Composition!.Encode()));

        return ExitCode.Success;
    }

    private static int Heartbeat(Invocation invocation, string node, string? which, string[] values)
    {
        if (which == null)
        {
            Get(invocation, node, "heartbeat-publication", []);

            return Get(invocation, node, "heartbeat-subscription", []);
        }

        return values.Length == 0 ? Get(invocation, node, $"heartbeat-{which}", []) : Set(invocation, node, $"heartbeat-{which}", values);
    }

    private static int KeyRefresh(Invocation invocation, int subnet, string[] exclude)
    {
        using Session session = invocation.Join(true);
        Output output = invocation.Output;

        if (session.Network.NetKeys.All(key => key.Index != subnet))
        {
            throw new CommandFailure(ExitCode.Usage, $"There is no network key {subnet:x3}.", "See 'meshnode keys'.");
        }

        KnownNode[] excluded = [.. exclude.Select(session.FindNode)];
        RequireWhole(session.Network, subnet, excluded);
        SortedSet<int> stragglers = [];
        KeyRefreshStep last = KeyRefreshStep.NewKeys;
        Procedure procedure = session.Configurator.RefreshKeys(subnet, excluded, session.Clock.Now, (node, step, request) =>
        {
            last = step;
            string text = step switch { KeyRefreshStep.NewKeys => "has a new key", KeyRefreshStep.SecondPhase => "sends with the new keys", _ => "has forgotten the old keys" };

            if (request.Succeeded)
            {
                output.Progress($"  {node.Address:x4} {text}");
            }
            else
            {
                stragglers.Add(node.Address);
                output.Progress($"  {node.Address:x4} {(request.Status == null ? "does not answer" : StatusText.Of(request.Status))}");
            }

            session.Save();
        });
        session.Pump(() => procedure.IsFinished, long.MaxValue);
        session.Save();

        if (!procedure.IsFinished)
        {
            throw Session.BrokenOff();
        }

        if (procedure.Failed != null)
        {
            string list = string.Join(" ", stragglers.Select(static address => address.ToString("x4")));

            throw new CommandFailure(
                ExitCode.NoAnswer,
                $"Stragglers: {list}.",
                last == KeyRefreshStep.NewKeys
                    ? $"Nothing is lost: all nodes still use the old keys. Bring the stragglers into reach and run the command again, or leave them behind with --exclude {list}."
                    : $"They have the new keys and learn the rest from beacons. Run the command again to go on, or leave behind with --exclude {list} what is lost.");
        }

        foreach (KnownNode node in excluded)
        {
            session.Ledger!.Free(session.Network.Uuid, node.Address, session.Network.IvIndex);
        }

        // Each subnet has keys of its own.
        int[] others = [.. session.Network.Nodes.Where(static node => node.Excluded).SelectMany(static node => node.NetKeys).Distinct().Order()];
        string further = others.Length == 0 ? "" : $"; excluded nodes still have the keys of other subnets, go on with {string.Join(", ", others.Select(static index => $"'meshnode keyrefresh {index}'"))}";
        output.Result(
            $"subnet {subnet:x3} has new keys{(excluded.Length == 0 ? "" : $"; outside now: {string.Join(" ", excluded.Select(static node => node.Address.ToString("x4")))}")}{further}",
            new JsonObject { ["excludedStillIn"] = new JsonArray([.. others.Select(static index => (JsonNode)index)]), ["netKeyIndex"] = subnet, ["excluded"] = new JsonArray([.. excluded.Select(static node => (JsonNode)node.Address)]) });

        return ExitCode.Success;
    }

    // Nodes that cannot be given new keys would be cut off without a word.
    private static void RequireWhole(MeshNetwork network, int subnet, KnownNode[] excluded)
    {
        if (network.IsPartial)
        {
            throw new CommandFailure(ExitCode.Usage, "The database is a part of another one: nodes that are not in it cannot be given new keys.", "Refresh the keys where the whole database is.");
        }

        string list = string.Join(
            " ",
            network.Nodes.Where(node => node.NetKeys.Contains(subnet) && !node.HasDeviceKey && !node.Excluded && !excluded.Contains(node)).Select(static node => node.Address.ToString("x4")));

        if (list.Length > 0)
        {
            throw new CommandFailure(
                ExitCode.Usage,
                $"The device keys of {list} are not in the database: they cannot be given new keys.",
                $"Refresh the keys where the device keys are, or leave the nodes behind with --exclude {list}.");
        }
    }

    private static void Show(Output output, KnownNode node, NodeState state, object status)
    {
        NodeDocument.Apply(node, status);

        if (status is CompositionDataStatus { Page0: { } page })
        {
            node.Composition = page;
        }

        JsonObject json = StatusText.Json(status);
        json["node"] = node.Address;
        json["state"] = state.Name;
        output.Result($"{state.Name}: {StatusText.Of(status)}", json);
    }

    private static void Enter(ISet<int> set, int index, bool present)
    {
        if (present)
        {
            set.Add(index);
        }
        else
        {
            set.Remove(index);
        }
    }

    private static void EnterSubscription(KnownNode node, StateArguments arguments)
    {
        int element = arguments.Element(0);
        ModelId model = arguments.Model(1);

        if (arguments[2] is "clear" or "overwrite")
        {
            NodeDocument.ClearSubscriptions(node, element, model);
        }

        if (arguments[2] != "clear")
        {
            string address = arguments.Label(3) is { } label ? Convert.ToHexString(label) : NodeDocument.Hex16(arguments.Address(3));
            NodeDocument.SetSubscription(node, element, model, address, arguments[2] != "delete");
        }
    }
}
