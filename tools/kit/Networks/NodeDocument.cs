using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using MeshNode.Kit.Messages;

namespace MeshNode.Kit.Networks;

/// <summary>What the Mesh Configuration Database tells of a node's composition and states. See Mesh Configuration Database Profile 1.0.1, section 2.1.6.</summary>
internal static class NodeDocument
{
    private const string Elements = "elements";
    private const string Models = "models";
    private const string Id = "modelId";
    private const string Bind = "bind";
    private const string Subscribe = "subscribe";
    private const string Publish = "publish";
    private const int Supported = 2;
    private const int TransmitStep = 10;
    private const int RetransmitStep = 50;

    private static readonly string[] s_features = ["relay", "proxy", "friend", "lowPower"];
    private static readonly int[] s_resolutions = [100, 1000, 10000, 600000];

    /// <summary>Four hexadecimal digits.</summary>
    public static string Hex16(int number)
    {
        return number.ToString("X4", CultureInfo.InvariantCulture);
    }

    /// <summary>The model identifier as the database writes it.</summary>
    public static string ModelText(ModelId model)
    {
        return model.IsSig ? Hex16(model.Id) : Hex16(model.Company) + Hex16(model.Id);
    }

    /// <summary>Reads a model identifier.</summary>
    public static ModelId? ReadModel(string? text)
    {
        return text is { Length: 4 or 8 } && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint number)
            ? text.Length == 4 ? ModelId.Sig((int)number) : ModelId.Vendor((int)(number >> 16), (int)(number & 0xFFFF))
            : null;
    }

    /// <summary>Enters a composition; what is known of models that are still there stays.</summary>
    public static void SetComposition(JsonObject node, CompositionPage0 page)
    {
        node["cid"] = Hex16(page.Company);
        node["pid"] = Hex16(page.Product);
        node["vid"] = Hex16(page.Version);
        node["crpl"] = Hex16(page.ReplaySources);
        JsonObject before = node["features"] as JsonObject ?? [];
        JsonObject features = [];

        for (int i = 0; i < s_features.Length; i++)
        {
            bool has = (page.Features & (1 << i)) != 0;
            int? known = (int?)Number(before[s_features[i]]);
            features[s_features[i]] = has ? known is 0 or 1 ? known : 1 : Supported;
        }

        node["features"] = features;
        JsonArray old = node[Elements] as JsonArray ?? [];
        JsonArray elements = [];

        for (int i = 0; i < page.Elements.Count; i++)
        {
            JsonObject element = i < old.Count && old[i] is JsonObject known ? (JsonObject)known.DeepClone() : [];
            JsonArray oldModels = element[Models] as JsonArray ?? [];
            element["index"] = i;
            element["location"] = Hex16(page.Elements[i].Location);
            element[Models] = new JsonArray([.. page.Elements[i].Models.Select(model => (JsonNode)ModelEntry(oldModels, model))]);
            elements.Add(element);
        }

        node[Elements] = elements;
    }

    /// <summary>Reads the composition back.</summary>
    /// <returns><see langword="null"/> when the database has none.</returns>
    public static CompositionPage0? ReadComposition(JsonObject node)
    {
        if (Hex(node["cid"]) is not { } company || node[Elements] is not JsonArray { Count: > 0 } elements)
        {
            return null;
        }

        int features = 0;

        for (int i = 0; i < s_features.Length; i++)
        {
            features |= Number((node["features"] as JsonObject)?[s_features[i]]) is 0 or 1 ? 1 << i : 0;
        }

        List<ElementDescription> list = [];

        foreach (JsonNode? element in elements)
        {
            List<ModelId> models = [];

            foreach (JsonNode? model in (element as JsonObject)?[Models] as JsonArray ?? [])
            {
                if (ReadModel(Text((model as JsonObject)?[Id])) is { } id)
                {
                    models.Add(id);
                }
            }

            list.Add(new ElementDescription(Hex((element as JsonObject)?["location"]) ?? 0, models));
        }

        return new CompositionPage0(company, Hex(node["pid"]) ?? 0, Hex(node["vid"]) ?? 0, Hex(node["crpl"]) ?? 0, features, list);
    }

    /// <summary>Enters what a node has answered to a Configuration message.</summary>
    public static void Apply(KnownNode known, object status)
    {
        JsonObject node = known.Document;

        switch (status)
        {
            case BeaconStatus beacon:
                node["secureNetworkBeacon"] = beacon.Beacon == 1;
                break;

            case DefaultTtlStatus ttl:
                node["defaultTTL"] = ttl.Ttl;
                break;

            case GattProxyStatus proxy:
                SetFeature(node, 1, proxy.GattProxy);
                break;

            case FriendStatus friend:
                SetFeature(node, 2, friend.Friend);
                break;

            case RelayStatus relay:
                SetFeature(node, 0, relay.Relay);
                node["relayRetransmit"] = Transmit(relay.Count, relay.Steps);
                break;

            case NetworkTransmitStatus transmit:
                node["networkTransmit"] = Transmit(transmit.Count, transmit.Steps);
                break;

            case ModelAppList list:
                SetList(known, list.ElementAddress, list.Model, Bind, [.. list.AppKeyIndexes.Select(static i => (JsonNode)i)]);
                break;

            case ModelSubscriptionList list:
                SetList(known, list.ElementAddress, list.Model, Subscribe, [.. list.Addresses.Select(static a => (JsonNode)Hex16(a))]);
                break;

            case ModelPublicationStatus publication:
                SetPublication(known, publication);
                break;

            case HeartbeatPublicationStatus heartbeat:
                SetHeartbeatPublication(node, heartbeat.Parameters);
                break;

            case HeartbeatSubscriptionStatus heartbeat:
                node["heartbeatSub"] = new JsonObject { ["source"] = Hex16(heartbeat.Source), ["destination"] = Hex16(heartbeat.Destination) };
                break;
        }
    }

    /// <summary>Enters or removes a binding.</summary>
    public static void SetBinding(KnownNode known, int elementAddress, ModelId model, int appKeyIndex, bool bound)
    {
        if (Model(known, elementAddress, model) is { } entry)
        {
            SetMember(entry, Bind, appKeyIndex, bound);
        }
    }

    /// <summary>Enters or removes a subscription.</summary>
    public static void SetSubscription(KnownNode known, int elementAddress, ModelId model, string address, bool subscribed)
    {
        if (Model(known, elementAddress, model) is { } entry)
        {
            SetMember(entry, Subscribe, address, subscribed);
        }
    }

    /// <summary>Removes all subscriptions.</summary>
    public static void ClearSubscriptions(KnownNode known, int elementAddress, ModelId model)
    {
        if (Model(known, elementAddress, model) is { } entry)
        {
            entry[Subscribe] = new JsonArray();
        }
    }

    /// <summary>The application keys that a model is bound to, as the database knows.</summary>
    public static IReadOnlyList<int> Bindings(KnownNode known, int elementAddress, ModelId model)
    {
        return Model(known, elementAddress, model)?[Bind] is JsonArray list ? [.. list.Select(Number).OfType<long>().Select(static n => (int)n)] : [];
    }

    /// <summary>An application key is gone.</summary>
    public static void RemoveAppKey(KnownNode known, int appKeyIndex)
    {
        foreach (JsonObject model in AllModels(known))
        {
            SetMember(model, Bind, appKeyIndex, false);

            if (model[Publish] is JsonObject publish && Number(publish["index"]) == appKeyIndex)
            {
                model.Remove(Publish);
            }
        }
    }

    public static int? Hex(JsonNode? value)
    {
        return Text(value) is { Length: > 0 and <= 4 } text && int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
    }

    public static string? Text(JsonNode? value)
    {
        return value is JsonValue text && text.TryGetValue(out string? result) ? result : null;
    }

    public static long? Number(JsonNode? value)
    {
        return value is JsonValue number && (number.TryGetValue(out long result) || (number.TryGetValue(out int small) && (result = small) == small)) ? result : null;
    }

    private static IEnumerable<JsonObject> AllModels(KnownNode known)
    {
        return (known.Document[Elements] as JsonArray ?? []).OfType<JsonObject>().SelectMany(static e => (e[Models] as JsonArray ?? []).OfType<JsonObject>());
    }

    private static JsonObject? Model(KnownNode known, int elementAddress, ModelId model)
    {
        int index = elementAddress - known.Address;
        JsonArray elements = known.Document[Elements] as JsonArray ?? [];

        return index >= 0 && index < elements.Count && elements[index] is JsonObject element
            ? (element[Models] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(entry => ReadModel(Text(entry[Id])) == model)
            : null;
    }

    private static JsonObject ModelEntry(JsonArray old, ModelId model)
    {
        JsonObject? known = old.OfType<JsonObject>().FirstOrDefault(entry => ReadModel(Text(entry[Id])) == model);

        return known != null
            ? (JsonObject)known.DeepClone()
            : new JsonObject { [Id] = ModelText(model), [Subscribe] = new JsonArray(), [Bind] = new JsonArray() };
    }

    private static void SetFeature(JsonObject node, int feature, int value)
    {
        JsonObject features = node["features"] as JsonObject ?? [];
        features[s_features[feature]] = value;
        node["features"] = features.Parent == null ? features : features.DeepClone();
    }

    private static JsonObject Transmit(int count, int steps)
    {
        return new JsonObject { ["count"] = count + 1, ["interval"] = (steps + 1) * TransmitStep };
    }

    private static void SetList(KnownNode known, int elementAddress, ModelId model, string name, JsonArray list)
    {
        if (Model(known, elementAddress, model) is { } entry)
        {
            entry[name] = list;
        }
    }

    private static void SetMember<T>(JsonObject entry, string name, T value, bool present)
    {
        JsonArray list = entry[name] as JsonArray ?? [];
        List<JsonNode?> members = [.. list.Where(member => !SameValue(member, value)).Select(static member => member?.DeepClone())];

        if (present)
        {
            members.Add(JsonValue.Create(value));
        }

        entry[name] = new JsonArray([.. members]);
    }

    private static bool SameValue<T>(JsonNode? member, T value)
    {
        return value is string text ? string.Equals(Text(member), text, StringComparison.OrdinalIgnoreCase) : Number(member) == Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }

    private static void SetPublication(KnownNode known, ModelPublicationStatus status)
    {
        if (Model(known, status.ElementAddress, status.Model) is not { } entry)
        {
            return;
        }

        if (status.PublishAddress == Network.Address.Unassigned)
        {
            entry.Remove(Publish);

            return;
        }

        PublicationParameters parameters = status.Parameters;
        entry[Publish] = new JsonObject
        {
            ["address"] = Hex16(status.PublishAddress),
            ["index"] = parameters.AppKeyIndex,
            ["ttl"] = parameters.Ttl,
            ["period"] = new JsonObject { ["numberOfSteps"] = parameters.PeriodSteps, ["resolution"] = s_resolutions[parameters.PeriodResolution & 3] },
            ["retransmit"] = new JsonObject { ["count"] = parameters.RetransmitCount, ["interval"] = (parameters.RetransmitSteps + 1) * RetransmitStep },
            ["credentials"] = parameters.FriendshipCredentials ? 1 : 0,
        };
    }

    private static void SetHeartbeatPublication(JsonObject node, HeartbeatPublicationParameters parameters)
    {
        if (parameters.Destination == Network.Address.Unassigned)
        {
            node.Remove("heartbeatPub");

            return;
        }

        node["heartbeatPub"] = new JsonObject
        {
            ["address"] = Hex16(parameters.Destination),
            ["period"] = parameters.PeriodLog == 0 ? 0 : 1 << (parameters.PeriodLog - 1),
            ["ttl"] = parameters.Ttl,
            ["index"] = parameters.NetKeyIndex,
            ["features"] = new JsonArray([.. s_features.Where((_, i) => (parameters.Features & (1 << i)) != 0).Select(static name => (JsonNode)name)]),
        };
    }
}
