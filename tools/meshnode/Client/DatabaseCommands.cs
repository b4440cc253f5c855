using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using MeshNode.Kit;
using MeshNode.Kit.Ledger;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Storage;
using MeshNode.Network;

namespace MeshNode.Tool.Client;

/// <summary>Commands about the database: <c>init</c>, <c>adopt</c>, <c>import</c>, <c>export</c>, <c>nodes</c>, <c>keys</c>, <c>groups</c>.</summary>
internal static class DatabaseCommands
{
    private const int RangeSize = 0x100;

    private static readonly AddressRange s_firstRange = new(0x0001, 0x00FF);

    /// <summary>Makes the commands.</summary>
    public static IEnumerable<Command> Create(TextWriter writer)
    {
        Option<string> name = ClientOptions.Option("--name", "Name of the network.", static () => "Mesh network");
        Option<string?> range = ClientOptions.Option<string?>("--range", "Unicast addresses that this machine gives away, such as 0100-01ff.", static () => null);
        Argument<string> file = new("FILE") { Description = "A Mesh Configuration Database." };

        Option<bool> cheap = ClientOptions.Option("--cheap-passphrase", "For tests that make many databases: the passphrase of this one is easily tried.", static () => false);
        cheap.Hidden = true;

        yield return ClientOptions.Command("init", "Make a network and its database.", false, writer, [name, range, cheap], i => Init(i, i.Get(name), i.Get(range), Cost(i, cheap)));
        yield return ClientOptions.Command(
            "adopt", "Take unicast addresses of its own for this machine: after an import from elsewhere, or when the ledger was lost.", false, writer, [range], i => Adopt(i, i.Get(range)));
        yield return ClientOptions.Command("import", "Make a database of a Mesh Configuration Database that another provisioner has exported.", false, writer, [file, range, cheap], i => Import(i, i.Get(file), i.Get(range), Cost(i, cheap)));

        Option<int[]> netKeys = List<int>("--net-key", "Only these network keys, and what belongs to them.");
        Option<int[]> appKeys = List<int>("--app-key", "Only these application keys.");
        Option<string[]> nodes = List<string>("--node", "Only these nodes.");
        Option<bool> without = ClientOptions.Option("--without-device-keys", "So that whoever gets it can use the nodes but not configure them.", static () => false);
        yield return ClientOptions.Command(
            "export", "Write a Mesh Configuration Database, or a part of it. It holds keys in the clear.", false, writer, [file, netKeys, appKeys, nodes, without],
            i => Export(i, i.Get(file), i.Get(netKeys), i.Get(appKeys), i.Get(nodes), i.Get(without)));
        yield return ClientOptions.Command("nodes", "List the nodes of the network.", false, writer, [], Nodes);

        Argument<string?> action = new("ACTION") { Description = "add-app, add-net, or nothing to list.", Arity = ArgumentArity.ZeroOrOne };
        Argument<int> index = new("INDEX") { Description = "Key index, 0 to 4095.", Arity = ArgumentArity.ZeroOrOne };
        Option<int> bound = ClientOptions.Option("--net-key", "Network key that an application key belongs to.", static () => 0);
        Option<string> keyName = ClientOptions.Option("--name", "Name of the key.", static () => "");
        yield return ClientOptions.Command(
            "keys", "List the keys of the network, without their values, or make one.", false, writer, [action, index, bound, keyName],
            i => Keys(i, i.Get(action), i.Get(index), i.Get(bound), i.Get(keyName)));

        Argument<string?> groupName = new("NAME") { Description = "Name of a new group, or nothing to list.", Arity = ArgumentArity.ZeroOrOne };
        Argument<string?> address = new("ADDRESS") { Description = "Group address c000 to feff, or 'virtual' for a new Label UUID.", Arity = ArgumentArity.ZeroOrOne };
        yield return ClientOptions.Command("groups", "List the groups, or make one.", false, writer, [groupName, address], i => Groups(i, i.Get(groupName), i.Get(address)));
    }

    private static Option<T[]> List<T>(string name, string description)
    {
        return new Option<T[]>(name) { Description = description, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = static _ => [] };
    }

    // An option that has to be given each time: what an environment sets would weaken databases that nobody means.
    private static PassphraseCost Cost(Invocation invocation, Option<bool> cheap)
    {
        if (!invocation.Get(cheap))
        {
            return PassphraseCost.Default;
        }

        invocation.Output.Progress("the passphrase of this database is easily tried: for tests only");

        return PassphraseCost.Least;
    }

    private static int Init(Invocation invocation, string name, string? range, PassphraseCost cost)
    {
        MeshNetwork network = new(new SystemRandomSource()) { Name = name };
        network.NetKeys[0].Name = "Primary";
        network.AddAppKey(0, Subnet.PrimaryNetKeyIndex).Name = "Application";
        using Session session = Session.Create(invocation.Settings, invocation.Output, network, cost, invocation.Cancellation);
        TakeRange(session, range == null ? s_firstRange : Values.Range(range));
        session.Save();
        invocation.Output.Result($"network {network.Uuid}, unicast addresses {network.Provisioners[0].UnicastRanges[0]}, network key 000, application key 000", Describe(network));

        return ExitCode.Success;
    }

    private static int Adopt(Invocation invocation, string? range)
    {
        using Session session = invocation.Open(true);
        AddressRange taken = TakeRange(session, (range == null ? FindRange(session) : ReadRange(session, range)) ?? throw NoRange(session));
        session.Save();
        invocation.Output.Result($"unicast addresses {taken}", Describe(session.Network));

        return ExitCode.Success;
    }

    private static int Import(Invocation invocation, string file, string? range, PassphraseCost cost)
    {
        MeshNetwork network = ConfigurationDatabase.Import(File.ReadAllText(file), new SystemRandomSource());
        network.IvUpdate = false;
        using Session session = Session.Create(invocation.Settings, invocation.Output, network, cost, invocation.Cancellation);
        SequenceLedger ledger = session.OpenLedger();

        // The ledger outlives databases: what was used before the import stays used.
        if (ledger.Knows(network.Uuid) && ledger.IsTrusted(network.Uuid) && range == null)
        {
            Register(network, ledger.Ranges(network.Uuid));
        }
        else if ((range == null ? FindRange(session) : ReadRange(session, range)) is { } taken)
        {
            TakeRange(session, taken);
        }

        session.Save();
        JsonObject description = Describe(network);
        string addresses = OwnRanges(network) is { Count: > 0 } own ? string.Join(", ", own) : "none of its own";

        // The network is there whole; what is missing is only for sending.
        CommandFailure? missing = OwnRanges(network).Count == 0 ? NoRange(session) : null;

        if (missing != null)
        {
            description["warning"] = missing.Message;
            description["advice"] = missing.Advice;
        }

        invocation.Output.Result(
            $"network '{network.Name}': {network.NetKeys.Count} network keys, {network.AppKeys.Count} application keys, {network.Nodes.Count} nodes; unicast addresses {addresses}"
                + (missing == null ? "" : $"\n{missing.Message}\n{missing.Advice}"),
            description);

        return ExitCode.Success;
    }

    private static int Export(Invocation invocation, string file, int[] netKeys, int[] appKeys, string[] nodes, bool withoutDeviceKeys)
    {
        using Session session = invocation.Open(false);
        ExportSelection selection = new(
            netKeys.Length == 0 ? null : netKeys.ToHashSet(),
            appKeys.Length == 0 ? null : appKeys.ToHashSet(),
            nodes.Length == 0 ? null : nodes.Select(node => session.FindNode(node).Address).ToHashSet(),
            !withoutDeviceKeys);
        PrivateFile.Replace(file, Encoding.UTF8.GetBytes(ConfigurationDatabase.Export(session.Network, selection) + Environment.NewLine));

        foreach (KnownNode node in session.Network.Nodes.Where(static node => node.IsProvisional))
        {
            invocation.Output.Progress($"left out, since it is not known whether it has joined: {node.Address:x4} {node.Name}");
        }

        invocation.Output.Result($"{file} holds keys in the clear: hand it over on a safe way, then delete it", new JsonObject { ["file"] = file, ["partial"] = selection.IsPartial });

        return ExitCode.Success;
    }

    private static int Nodes(Invocation invocation)
    {
        using Session session = invocation.Open(false);

        foreach (KnownNode node in session.Network.Nodes)
        {
            string excluded = node.Excluded ? ", excluded" : node.IsProvisional ? ", not known whether it has joined: provision it again" : node.HasDeviceKey ? "" : ", without device key";
            invocation.Output.Result(
                $"{node.Address:x4}  {node.Elements} elements  application keys {string.Join(" ", node.AppKeys.Select(static key => key.ToString("x3")))}  {node.Uuid:N}  {node.Name}{excluded}",
                new JsonObject
                {
                    ["address"] = node.Address,
                    ["name"] = node.Name,
                    ["uuid"] = node.Uuid.ToString("N"),
                    ["elements"] = node.Elements,
                    ["netKeys"] = new JsonArray([.. node.NetKeys.Select(static key => (JsonNode)key)]),
                    ["appKeys"] = new JsonArray([.. node.AppKeys.Select(static key => (JsonNode)key)]),
                    ["excluded"] = node.Excluded,
                    ["provisional"] = node.IsProvisional,
                });
        }

        return ExitCode.Success;
    }

    private static int Keys(Invocation invocation, string? action, int index, int bound, string name)
    {
        using Session session = invocation.Open(action != null);
        MeshNetwork network = session.Network;

        switch (action)
        {
            case null:
                break;

            case "add-app" when index is >= 0 and <= 4095 && network.AppKeys.All(key => key.Index != index) && network.NetKeys.Any(key => key.Index == bound):
                network.AddAppKey(index, bound).Name = name;
                break;

            case "add-net" when index is >= 0 and <= 4095 && network.NetKeys.All(key => key.Index != index):
                network.AddNetKey(index).Name = name;
                break;

            default:
                throw new CommandFailure(ExitCode.Usage, "The key cannot be made.", "Say 'keys add-app INDEX' or 'keys add-net INDEX' with an index that is free, and --net-key with one that is there.");
        }

        session.Save();

        foreach (NetKeyEntry key in network.NetKeys)
        {
            invocation.Output.Result(
                $"network key {key.Index:x3}  {key.Name}  key refresh: {key.Phase}", new JsonObject { ["netKeyIndex"] = key.Index, ["name"] = key.Name, ["phase"] = (int)key.Phase });
        }

        foreach (AppKeyEntry key in network.AppKeys)
        {
            invocation.Output.Result(
                $"application key {key.Index:x3} of network key {key.NetKeyIndex:x3}  {key.Name}",
                new JsonObject { ["appKeyIndex"] = key.Index, ["netKeyIndex"] = key.NetKeyIndex, ["name"] = key.Name });
        }

        return ExitCode.Success;
    }

    private static int Groups(Invocation invocation, string? name, string? address)
    {
        using Session session = invocation.Open(name != null);

        if (name != null)
        {
            if (address == "virtual")
            {
                byte[] label = Guid.NewGuid().ToByteArray(true);
                session.Network.AddGroup(name, MeshNode.Crypto.KeyDerivation.VirtualAddress(label, 0), label);
            }
            else if (address != null && Session.ParseAddress(address) is >= 0xC000 and < 0xFF00 and int group)
            {
                session.Network.AddGroup(name, group);
            }
            else
            {
                throw Values.Wrong("ADDRESS", "c000 to feff, or 'virtual'", address ?? "");
            }

            session.Save();
        }

        foreach (GroupEntry group in session.Network.Groups)
        {
            invocation.Output.Result($"{group.Address:x4}  {group.Name}", new JsonObject { ["address"] = group.Address, ["name"] = group.Name });
        }

        return ExitCode.Success;
    }

    private static AddressRange? FindRange(Session session)
    {
        return session.Network.FindFreeRange(RangeSize, session.OpenLedger().AllRanges(session.Network.Uuid));
    }

    private static CommandFailure NoRange(Session session)
    {
        MeshNetwork network = session.Network;
        string owners = string.Join("; ", network.Provisioners.Select(static provisioner => $"{provisioner.Name} {string.Join(" ", provisioner.UnicastRanges)}"));
        string example = network.FindRangeWithoutNodes(RangeSize, session.OpenLedger().AllRanges(network.Uuid)) is { } range
            ? $"such as {range}, which no node has"
            : "of nodes that are gone";

        return new CommandFailure(
            ExitCode.Ledger,
            $"All unicast addresses of the network are given to provisioners or nodes ({owners}): this machine cannot send before it has some.",
            $"Make a provisioner's range smaller there, export and import anew; or, when nobody else will give them away, take addresses with 'meshnode adopt --range FIRST-LAST', {example}.");
    }

    // What a provisioner of the network had was used with an IV Index that may be in use yet: by this machine too, if its ledger was lost.
    private static AddressRange? ReadRange(Session session, string text)
    {
        AddressRange range = Values.Range(text);
        MeshNetwork network = session.Network;

        return network.Provisioners.Any(provisioner => provisioner.UnicastRanges.Any(range.Overlaps))
            && network.FindFreeRange(RangeSize, session.OpenLedger().AllRanges(network.Uuid)) is { } free
                ? throw Values.Wrong("--range", $"addresses that no provisioner has had, such as {free}", text)
                : range;
    }

    // First the ledger, then the database: the other way round a crash would leave addresses that two have.
    private static AddressRange TakeRange(Session session, AddressRange range)
    {
        try
        {
            session.OpenLedger().Adopt(session.Network.Uuid, range);
        }
        catch (ArgumentException)
        {
            throw Values.Wrong("--range", "addresses that this machine has not had before", range.ToString());
        }

        Register(session.Network, [range]);

        return range;
    }

    private static void Register(MeshNetwork network, IReadOnlyList<AddressRange> ranges)
    {
        ProvisionerEntry provisioner = network.AddProvisioner(Guid.NewGuid(), Environment.MachineName);
        network.ProvisionerUuid = provisioner.Uuid;

        foreach (AddressRange range in ranges)
        {
            provisioner.UnicastRanges.Add(range);
        }
    }

    private static JsonObject Describe(MeshNetwork network)
    {
        return new JsonObject
        {
            ["network"] = network.Uuid.ToString("N"),
            ["name"] = network.Name,
            ["netKeys"] = network.NetKeys.Count,
            ["appKeys"] = network.AppKeys.Count,
            ["nodes"] = network.Nodes.Count,
            ["ranges"] = new JsonArray([.. OwnRanges(network).Select(static range => (JsonNode)range.ToString())]),
        };
    }

    private static List<AddressRange> OwnRanges(MeshNetwork network)
    {
        return [.. network.Provisioners.Where(provisioner => provisioner.Uuid == network.ProvisionerUuid).SelectMany(static provisioner => provisioner.UnicastRanges)];
    }
}
