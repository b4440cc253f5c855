using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MeshNode.Crypto;
using MeshNode.Kit.Ledger;
using MeshNode.Kit.Messages;
using MeshNode.Network;

namespace MeshNode.Kit.Networks;

/// <summary>
/// Reads and writes the Mesh Configuration Database, by which provisioners of different makers hand over networks. See Mesh Configuration Database Profile 1.0.1.
/// </summary>
/// <remarks>Members that are not known here are kept and written again. During a key refresh <c>key</c> is the new key there and <c>oldKey</c> the one it replaces.</remarks>
public static class ConfigurationDatabase
{
    private const string Schema = "http://json-schema.org/draft-04/schema#";
    private const string SchemaId = "http://www.bluetooth.com/specifications/assigned-numbers/mesh-profile/cdb-schema.json#";
    private const string Version = "1.0.1";
    private const string DateFormat = "yyyy-MM-ddTHH:mm:ssZ";
    private const int KeySize = 16;
    private const int MaxElements = 255;

    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a database.</summary>
    /// <param name="random">Makes the keys that the network will need later.</param>
    /// <exception cref="DatabaseFormatException">It is none.</exception>
    public static MeshNetwork Import(string json, IRandomSource random)
    {
        return Read(Parse(json), random);
    }

    /// <summary>Writes a database, or a part of it. It holds keys in the clear.</summary>
    public static string Export(MeshNetwork network, ExportSelection selection)
    {
        return Write(network, selection, false).ToJsonString(s_options);
    }

    internal static JsonObject Parse(string json)
    {
        JsonNode? root;

        try
        {
            root = JsonNode.Parse(json, new JsonNodeOptions(), new JsonDocumentOptions { AllowDuplicateProperties = false });

            // Text that is no Unicode may show only when it is written.
            root?.ToJsonString();
        }
        catch (JsonException e)
        {
            // Its message may quote what stands there.
            throw new DatabaseFormatException($"line {e.LineNumber + 1} is no JSON");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new DatabaseFormatException("a text is no Unicode");
        }

        // nRF Mesh for iOS keeps it one level down in its own storage.
        return root switch
        {
            JsonObject wrapped when wrapped["meshNetwork"] is JsonObject inner => (JsonObject)inner.DeepClone(),
            JsonObject plain => plain,
            _ => throw new DatabaseFormatException("an object is needed"),
        };
    }

    internal static MeshNetwork Read(JsonObject root, IRandomSource random)
    {
        MeshNetwork network = MeshNetwork.Empty(random);
        network.Uuid = ReadGuid(root["meshUUID"]) ?? throw new DatabaseFormatException("meshUUID");
        network.Name = NodeDocument.Text(root["meshName"]) ?? "";
        network.IsPartial = IsTrue(root["partial"]);

        foreach (JsonObject entry in Objects(root, "netKeys"))
        {
            ReadNetKey(network, entry);
        }

        foreach (JsonObject entry in Objects(root, "appKeys"))
        {
            ReadAppKey(network, entry);
        }

        foreach (JsonObject entry in Objects(root, "provisioners"))
        {
            ReadProvisioner(network, entry);
        }

        foreach (JsonObject entry in Objects(root, "nodes"))
        {
            ReadNode(network, entry);
        }

        foreach (JsonObject entry in Objects(root, "groups"))
        {
            ReadGroup(network, entry);
        }

        foreach (JsonObject entry in Objects(root, "networkExclusions"))
        {
            uint ivIndex = (uint)(NodeDocument.Number(entry["ivIndex"]) is >= 0 and <= uint.MaxValue and long number ? number : throw new DatabaseFormatException("ivIndex"));

            foreach (JsonNode? address in entry["addresses"] as JsonArray ?? [])
            {
                network.Exclude(ivIndex, NodeDocument.Hex(address) ?? throw new DatabaseFormatException("networkExclusions"));
            }

            network.IvIndex = Math.Max(network.IvIndex, ivIndex);
        }

        if (network.NetKeys.Count == 0)
        {
            throw new DatabaseFormatException("there is no network key");
        }

        network.Document = Without(root, "netKeys", "appKeys", "provisioners", "nodes", "groups", "networkExclusions");

        return network;
    }

    /// <param name="provisional">Whether nodes go along of which it is not known whether they have joined.</param>
    internal static JsonObject Write(MeshNetwork network, ExportSelection selection, bool provisional)
    {
        HashSet<int> netKeys = [.. network.NetKeys.Select(static key => key.Index).Where(index => selection.NetKeys?.Contains(index) != false)];
        HashSet<int> appKeys =
        [
            .. network.AppKeys.Where(key => netKeys.Contains(key.NetKeyIndex) && selection.AppKeys?.Contains(key.Index) != false).Select(static key => key.Index),
        ];
        List<KnownNode> nodes =
        [
            .. network.Nodes.Where(node => (provisional || !node.IsProvisional) && (selection.NetKeys == null || node.NetKeys.Overlaps(netKeys)) && selection.Nodes?.Contains(node.Address) != false),
        ];
        JsonObject root = new()
        {
            ["$schema"] = Schema,
            ["id"] = SchemaId,
            ["version"] = Version,
            ["meshUUID"] = GuidText(network.Uuid, network.Document["meshUUID"]),
            ["meshName"] = network.Name,
            ["timestamp"] = DateTime.UtcNow.ToString(DateFormat, CultureInfo.InvariantCulture),
            ["partial"] = selection.IsPartial || network.IsPartial,
            ["netKeys"] = List(network.NetKeys.Where(key => netKeys.Contains(key.Index)).Select(WriteNetKey)),
            ["appKeys"] = List(network.AppKeys.Where(key => appKeys.Contains(key.Index)).Select(WriteAppKey)),
            ["provisioners"] = List(network.Provisioners.Select(WriteProvisioner)),
            ["nodes"] = List(nodes.Select(node => WriteNode(node, netKeys, appKeys, selection.DeviceKeys))),
            ["groups"] = List(network.Groups.Select(WriteGroup)),
            ["scenes"] = new JsonArray(),
            ["networkExclusions"] = List(network.Exclusions.Select(static entry => new JsonObject
            {
                ["ivIndex"] = entry.Key,
                ["addresses"] = new JsonArray([.. entry.Value.Select(static address => (JsonNode)NodeDocument.Hex16(address))]),
            })),
        };

        foreach ((string name, JsonNode? value) in network.Document)
        {
            if (!root.ContainsKey(name) || name is "$schema" or "id" or "scenes")
            {
                root[name] = value?.DeepClone();
            }
        }

        return root;
    }

    private static void ReadNetKey(MeshNetwork network, JsonObject entry)
    {
        int index = Index(entry["index"], "netKeys");
        Require(network.NetKeys.All(other => other.Index != index), "netKeys");
        NetKeyEntry key = network.AddNetKey(index, ReadKey(entry["key"], "netKeys"));
        long phase = NodeDocument.Number(entry["phase"]) ?? 0;
        key.Name = NodeDocument.Text(entry["name"]) ?? "";

        if (phase is 1 or 2 && entry["oldKey"] != null)
        {
            key.NewKey = key.Key;
            key.Key = ReadKey(entry["oldKey"], "netKeys");
            key.Phase = (KeyRefreshPhase)phase;
        }

        key.Document = Without(entry, "key", "oldKey", "index", "phase", "name");
    }

    private static void ReadAppKey(MeshNetwork network, JsonObject entry)
    {
        int netKey = Index(entry["boundNetKey"], "appKeys");
        int index = Index(entry["index"], "appKeys");
        Require(network.AppKeys.All(other => other.Index != index) && network.NetKeys.Any(owner => owner.Index == netKey), "appKeys");
        AppKeyEntry key = network.AddAppKey(index, netKey, ReadKey(entry["key"], "appKeys"));
        key.Name = NodeDocument.Text(entry["name"]) ?? "";

        if (entry["oldKey"] != null && network.NetKeys.Any(owner => owner.Index == netKey && owner.Phase != KeyRefreshPhase.Normal))
        {
            key.NewKey = key.Key;
            key.Key = ReadKey(entry["oldKey"], "appKeys");
        }

        key.Document = Without(entry, "key", "oldKey", "index", "boundNetKey", "name");
    }

    private static void ReadProvisioner(MeshNetwork network, JsonObject entry)
    {
        Guid uuid = ReadGuid(entry["UUID"]) ?? throw new DatabaseFormatException("provisioners");
        ProvisionerEntry provisioner = network.AddProvisioner(uuid, NodeDocument.Text(entry["provisionerName"]) ?? "");

        foreach (JsonObject range in Objects(entry, "allocatedUnicastRange"))
        {
            int first = NodeDocument.Hex(range["lowAddress"]) ?? 0;
            int last = NodeDocument.Hex(range["highAddress"]) ?? 0;
            Require(Address.IsUnicast(first) && Address.IsUnicast(last) && first <= last, "allocatedUnicastRange");
            provisioner.UnicastRanges.Add(new AddressRange(first, last));
        }

        provisioner.Document = (JsonObject)entry.DeepClone();
    }

    private static void ReadNode(MeshNetwork network, JsonObject entry)
    {
        int address = NodeDocument.Hex(entry["unicastAddress"]) is { } text && Address.IsUnicast(text) ? text : throw new DatabaseFormatException("unicastAddress");
        int elements = entry["elements"] is JsonArray { Count: > 0 } list ? list.Count : 1;
        Require(elements <= MaxElements && Address.IsUnicast(address + elements - 1), "elements");
        Require(Enumerable.Range(address, elements).All(element => network.FindNode(element) == null), "unicastAddress");
        KnownNode node = network.RestoreNode(new KnownNode(address, elements, entry["deviceKey"] == null ? [] : ReadKey(entry["deviceKey"], "nodes")));
        node.Uuid = ReadGuid(entry["UUID"]) ?? Guid.Empty;
        node.Name = NodeDocument.Text(entry["name"]) ?? "";
        node.Excluded = IsTrue(entry["excluded"]) || IsTrue(entry["blacklisted"]);
        ReadKeys(entry, "netKeys", node.NetKeys, node.UpdatedNetKeys);
        ReadKeys(entry, "appKeys", node.AppKeys, node.UpdatedAppKeys);
        node.Document = Without(entry, "deviceKey");
        node.Restore(NodeDocument.ReadComposition(node.Document));
    }

    private static void ReadGroup(MeshNetwork network, JsonObject entry)
    {
        string text = NodeDocument.Text(entry["address"]) ?? throw new DatabaseFormatException("groups");
        byte[]? label = text.Length == 2 * KeySize ? ReadKey(entry["address"], "groups") : null;
        int address = label != null
            ? KeyDerivation.VirtualAddress(label, 0)
            : NodeDocument.Hex(entry["address"]) is >= Address.FirstGroup and int group ? group : throw new DatabaseFormatException("groups");
        network.AddGroup(NodeDocument.Text(entry["name"]) ?? "", address, label).Document = (JsonObject)entry.DeepClone();
    }

    private static JsonObject WriteNetKey(NetKeyEntry key)
    {
        JsonObject entry = new() { ["name"] = key.Name, ["index"] = key.Index };
        entry["key"] = Convert.ToHexString(key.NewKey ?? key.Key);

        if (key.NewKey != null)
        {
            entry["oldKey"] = Convert.ToHexString(key.Key);
        }

        entry["phase"] = (int)key.Phase;
        Keep(entry, key.Document);
        entry["minSecurity"] ??= "insecure";
        entry["timestamp"] ??= DateTime.UtcNow.ToString(DateFormat, CultureInfo.InvariantCulture);

        return entry;
    }

    private static JsonObject WriteAppKey(AppKeyEntry key)
    {
        JsonObject entry = new() { ["name"] = key.Name, ["index"] = key.Index, ["boundNetKey"] = key.NetKeyIndex };
        entry["key"] = Convert.ToHexString(key.NewKey ?? key.Key);

        if (key.NewKey != null)
        {
            entry["oldKey"] = Convert.ToHexString(key.Key);
        }

        Keep(entry, key.Document);

        return entry;
    }

    private static JsonObject WriteProvisioner(ProvisionerEntry provisioner)
    {
        JsonObject entry = new()
        {
            ["provisionerName"] = provisioner.Name,
            ["UUID"] = GuidText(provisioner.Uuid, provisioner.Document["UUID"]),
            ["allocatedUnicastRange"] = List(provisioner.UnicastRanges.Select(static range => new JsonObject
            {
                ["lowAddress"] = NodeDocument.Hex16(range.First),
                ["highAddress"] = NodeDocument.Hex16(range.Last),
            })),
        };
        Keep(entry, provisioner.Document);
        entry["allocatedGroupRange"] ??= new JsonArray();
        entry["allocatedSceneRange"] ??= new JsonArray();

        return entry;
    }

    private static JsonObject WriteNode(KnownNode node, HashSet<int> netKeys, HashSet<int> appKeys, bool deviceKey)
    {
        JsonObject entry = new()
        {
            ["UUID"] = GuidText(node.Uuid, node.Document["UUID"]),
            ["name"] = node.Name,
            ["unicastAddress"] = NodeDocument.Hex16(node.Address),
        };

        if (deviceKey && node.HasDeviceKey)
        {
            entry["deviceKey"] = Convert.ToHexString(node.DeviceKey);
        }

        entry["netKeys"] = WriteKeys(node.NetKeys.Where(netKeys.Contains), node.UpdatedNetKeys);
        entry["appKeys"] = WriteKeys(node.AppKeys.Where(appKeys.Contains), node.UpdatedAppKeys);
        entry["excluded"] = node.Excluded;
        Keep(entry, node.Document);
        entry["security"] ??= "insecure";
        entry["configComplete"] ??= node.AppKeys.Count > 0;

        if (entry["elements"] == null)
        {
            entry["elements"] = List(Enumerable.Range(0, node.Elements).Select(static i => new JsonObject
            {
                ["index"] = i,
                ["location"] = NodeDocument.Hex16(0),
                ["models"] = new JsonArray(),
            }));
        }

        return entry;
    }

    private static JsonObject WriteGroup(GroupEntry group)
    {
        JsonObject entry = new()
        {
            ["name"] = group.Name,
            ["address"] = group.Label == null ? NodeDocument.Hex16(group.Address) : Convert.ToHexString(group.Label),
        };
        Keep(entry, group.Document);
        entry["parentAddress"] ??= NodeDocument.Hex16(0);

        return entry;
    }

    private static void ReadKeys(JsonObject entry, string name, ISet<int> keys, ISet<int> updated)
    {
        foreach (JsonObject key in Objects(entry, name))
        {
            int index = Index(key["index"], name);
            keys.Add(index);

            if (IsTrue(key["updated"]))
            {
                updated.Add(index);
            }
        }
    }

    private static JsonArray WriteKeys(IEnumerable<int> keys, ISet<int> updated)
    {
        return List(keys.Select(index => new JsonObject { ["index"] = index, ["updated"] = updated.Contains(index) }));
    }

    private static JsonArray List(IEnumerable<JsonObject> entries)
    {
        return new JsonArray([.. entries.Select(static entry => (JsonNode)entry)]);
    }

    private static void Keep(JsonObject entry, JsonObject document)
    {
        foreach ((string name, JsonNode? value) in document)
        {
            if (!entry.ContainsKey(name))
            {
                entry[name] = value?.DeepClone();
            }
        }
    }

    private static JsonObject Without(JsonObject entry, params ReadOnlySpan<string> names)
    {
        JsonObject copy = (JsonObject)entry.DeepClone();

        foreach (string name in names)
        {
            copy.Remove(name);
        }

        return copy;
    }

    private static void Require(bool condition, string place)
    {
        if (!condition)
        {
            throw new DatabaseFormatException(place);
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonObject entry, string name)
    {
        return entry[name] switch
        {
            null => [],
            JsonArray array when array.All(static item => item is JsonObject) => array.Select(static item => (JsonObject)item!),
            _ => throw new DatabaseFormatException(name),
        };
    }

    private static bool IsTrue(JsonNode? value)
    {
        return value is JsonValue flag && flag.TryGetValue(out bool result) && result;
    }

    private static int Index(JsonNode? value, string place)
    {
        return NodeDocument.Number(value) is >= 0 and <= Access.AccessKey.MaxIndex and long index ? (int)index : throw new DatabaseFormatException(place);
    }

    private static byte[] ReadKey(JsonNode? value, string place)
    {
        string? text = NodeDocument.Text(value);

        return text?.Length == 2 * KeySize && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : throw new DatabaseFormatException(place);
    }

    private static Guid? ReadGuid(JsonNode? value)
    {
        return Guid.TryParse(NodeDocument.Text(value), out Guid uuid) ? uuid : null;
    }

    // Earlier versions wrote UUIDs without hyphens: as it came, it goes.
    private static string GuidText(Guid uuid, JsonNode? before)
    {
        return ReadGuid(before) == uuid ? NodeDocument.Text(before)! : uuid.ToString("D").ToUpperInvariant();
    }
}
