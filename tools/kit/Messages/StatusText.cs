using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using MeshNode.Access;
using MeshNode.LowerTransport;
using MeshNode.Network;

namespace MeshNode.Kit.Messages;

/// <summary>Status messages for people, and for scripts.</summary>
public static class StatusText
{
    private const int TransmitStep = 10;
    private const int RetransmitStep = 50;
    private const int MaxTtl = 0x7F;
    private const int Unending = 0xFF;

    private static readonly string[] s_features = ["relay", "proxy", "friend", "low power"];
    private static readonly int[] s_resolutions = [100, 1000, 10000, 600000];

    /// <summary>A line that says what the message means.</summary>
    public static string Of(object status)
    {
        string text = status switch
        {
            BeaconStatus beacon => $"secure network beacon {OnOff(beacon.Beacon)}",
            CompositionDataStatus { Page0: { } page } => Composition(page),
            DefaultTtlStatus ttl => $"default TTL {ttl.Ttl}",
            FriendStatus friend => $"friend {Feature(friend.Friend)}",
            GattProxyStatus proxy => $"GATT proxy {Feature(proxy.GattProxy)}",
            RelayStatus relay => $"relay {Feature(relay.Relay)}, {Transmit(relay.Count, relay.Steps, TransmitStep)}",
            NetworkTransmitStatus transmit => Transmit(transmit.Count, transmit.Steps, TransmitStep),
            NodeIdentityStatus identity => $"subnet {identity.NetKeyIndex:x3}: node identity {Feature(identity.Identity)}",
            KeyRefreshPhaseStatus phase => $"subnet {phase.NetKeyIndex:x3}: key refresh phase {phase.Phase}",
            NetKeyStatus key => $"network key {key.NetKeyIndex:x3}",
            NetKeyList list => $"network keys {Indexes(list.NetKeyIndexes)}",
            AppKeyStatus key => $"application key {key.AppKeyIndex:x3} of subnet {key.NetKeyIndex:x3}",
            AppKeyList list => $"subnet {list.NetKeyIndex:x3}: application keys {Indexes(list.AppKeyIndexes)}",
            ModelAppStatus app => $"{app.ElementAddress:x4}, model {app.Model}: application key {app.AppKeyIndex:x3}",
            ModelAppList list => $"{list.ElementAddress:x4}, model {list.Model}: application keys {Indexes(list.AppKeyIndexes)}",
            ModelSubscriptionStatus subscription => $"{subscription.ElementAddress:x4}, model {subscription.Model}: {subscription.Address:x4}",
            ModelSubscriptionList list => $"{list.ElementAddress:x4}, model {list.Model}: subscribes to {Addresses(list.Addresses)}",
            ModelPublicationStatus publication => Publication(publication),
            HeartbeatPublicationStatus heartbeat => HeartbeatPublication(heartbeat.Parameters),
            HeartbeatSubscriptionStatus heartbeat => HeartbeatSubscription(heartbeat),
            SarTransmitterStatus sar => Transmitter(sar.State),
            SarReceiverStatus sar => Receiver(sar.State),
            LowPowerNodePollTimeoutStatus poll => $"{poll.Address:x4}: PollTimeout {poll.PollTimeout * 100} ms",
            NodeResetStatus => "the node leaves the network",
            HealthCurrentStatus health => $"test {health.TestId}, company {health.Company:x4}: current faults {Faults(health.Faults)}",
            HealthFaultStatus health => $"test {health.TestId}, company {health.Company:x4}: registered faults {Faults(health.Faults)}",
            HealthPeriodStatus period => $"fast period divisor {period.Divisor}: while there is a fault, the period is divided by {1 << period.Divisor}",
            HealthAttentionStatus attention => $"attention for {attention.Seconds} s",
            GenericOnOffStatus onOff => Going(OnOff(onOff.Present), onOff.Target is { } target ? OnOff(target) : null, onOff.RemainingTime),
            GenericLevelStatus level => Going(Decimal(level.Present), level.Target is { } target ? Decimal(target) : null, level.RemainingTime),
            LightLightnessStatus lightness => Going(Percent(lightness.Present), lightness.Target is { } target ? Percent(target) : null, lightness.RemainingTime),
            LightLightnessLinearStatus lightness =>
                Going(Percent(lightness.Present), lightness.Target is { } target ? Percent(target) : null, lightness.RemainingTime) + ", linear",
            LightLightnessLastStatus lightness => $"last {Percent(lightness.Lightness)}",
            LightLightnessDefaultStatus lightness => lightness.Lightness == 0 ? "default: the last" : $"default {Percent(lightness.Lightness)}",
            LightLightnessRangeStatus range => $"range {Percent(range.Minimum)} to {Percent(range.Maximum)}",
            GenericDefaultTransitionTimeStatus time => $"default transition time {Time(time.Time)}",
            GenericOnPowerUpStatus power => $"on power up {power.OnPowerUp switch { 0 => "off", 1 => "default", 2 => "restore", _ => "?" }}",
            _ => Fields(status),
        };

        return status is IHasStatusCode { Status: not Models.Foundation.ConfigurationStatus.Success } refused ? $"refused: {Words(refused.Status.ToString())} ({text})" : text;
    }

    /// <summary>The message as an object for scripts: octets are hexadecimal, all else are numbers.</summary>
    public static JsonObject Json(object status)
    {
        JsonObject json = new() { ["message"] = status.GetType().Name };

        foreach (PropertyInfo property in status.GetType().GetProperties())
        {
            json[CamelCase(property.Name)] = Node(property.GetValue(status));
        }

        return json;
    }

    /// <summary>Transition Time or Remaining Time. See Mesh Model 1.1, section 3.1.3.</summary>
    public static string Time(int time)
    {
        int steps = time & 0x3F;

        return steps == 0x3F ? "unknown" : FormattableString.Invariant($"{steps * (long)s_resolutions[time >> 6] / 1000.0:0.#} s");
    }

    /// <summary>A name in words.</summary>
    public static string Words(string name)
    {
        StringBuilder text = new();

        foreach (char letter in name)
        {
            text.Append(char.IsUpper(letter) && text.Length > 0 ? " " + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString());
        }

        return text.ToString();
    }

    private static string CamelCase(string name)
    {
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static JsonNode? Node(object? value)
    {
        return value switch
        {
            null => null,
            byte[] octets => Convert.ToHexStringLower(octets),
            Enum code => code.ToString(),
            bool flag => flag,
            string text => text,
            ModelId model => model.ToString(),
            int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            IEnumerable list => new JsonArray([.. list.Cast<object>().Select(Node)]),
            SarTransmitter or SarReceiver => new JsonObject(value.GetType().GetProperties()
                .Select(property => new KeyValuePair<string, JsonNode?>(CamelCase(property.Name), Node(property.GetValue(value))))),
            _ => Json(value),
        };
    }

    private static string Fields(object status)
    {
        return string.Join(", ", Json(status).Where(static member => member.Key != "message").Select(static member => $"{Words(member.Key)} {member.Value?.ToJsonString()}"));
    }

    private static string Composition(CompositionPage0 page)
    {
        StringBuilder text = new($"company {page.Company:x4}, product {page.Product:x4}, version {page.Version:x4}, remembers {page.ReplaySources} sources, ");
        string[] features = [.. s_features.Where((_, i) => (page.Features & (1 << i)) != 0)];
        text.Append(features.Length == 0 ? "no features" : string.Join(", ", features));

        for (int i = 0; i < page.Elements.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  element {i}, location {page.Elements[i].Location:x4}: models {string.Join(" ", page.Elements[i].Models)}");
        }

        return text.ToString();
    }

    private static string Publication(ModelPublicationStatus status)
    {
        string head = $"{status.ElementAddress:x4}, model {status.Model}: ";

        if (status.PublishAddress == Address.Unassigned)
        {
            return head + "does not publish";
        }

        PublicationParameters p = status.Parameters;
        string ttl = p.Ttl > MaxTtl ? "default TTL" : $"TTL {p.Ttl}";
        string period = p.PeriodSteps == 0 ? "on change only" : FormattableString.Invariant($"every {p.PeriodSteps * (long)s_resolutions[p.PeriodResolution & 3] / 1000.0:0.#} s");
        string credentials = p.FriendshipCredentials ? ", friendship credentials" : "";

        return $"{head}publishes to {status.PublishAddress:x4} with application key {p.AppKeyIndex:x3}, {ttl}, {period}, {Transmit(p.RetransmitCount, p.RetransmitSteps, RetransmitStep)}{credentials}";
    }

    private static string HeartbeatPublication(HeartbeatPublicationParameters p)
    {
        if (p.Destination == Address.Unassigned)
        {
            return "no heartbeats";
        }

        string[] features = [.. s_features.Where((_, i) => (p.Features & (1 << i)) != 0)];
        string count = p.CountLog == Unending ? "without end" : $"{Power(p.CountLog)} left";
        string period = p.PeriodLog == 0 ? "not periodically" : $"every {Power(p.PeriodLog)} s, {count}";
        string triggers = features.Length == 0 ? "" : $", on change of {string.Join(", ", features)}";

        return $"heartbeats to {p.Destination:x4}, {period}, TTL {p.Ttl}, subnet {p.NetKeyIndex:x3}{triggers}";
    }

    private static string HeartbeatSubscription(HeartbeatSubscriptionStatus status)
    {
        return status.Source == Address.Unassigned
            ? "listens to no heartbeats"
            : $"heartbeats from {status.Source:x4} to {status.Destination:x4}: {status.CountLog switch { 0 => "none", Unending => "very many", _ => $"at least {1 << (status.CountLog - 1)}" }} heard, {status.MinHops} to {status.MaxHops} hops, listens for {Power(status.PeriodLog)} s at most";
    }

    private static string Transmitter(SarTransmitter state)
    {
        return $"segments {state.SegmentInterval} ms apart; to an element at most {state.UnicastRetransmissions} retransmissions, {state.UnicastRetransmissionsWithoutProgress} without progress, "
            + $"every {state.UnicastInterval(1)} ms and more with TTL; to a group {state.MulticastRetransmissions}, every {state.MulticastInterval} ms";
    }

    private static string Receiver(SarReceiver state)
    {
        return $"acknowledges after {state.AcknowledgmentInterval} ms and more; repeats acknowledgments of more than {state.SegmentsThreshold} segments {state.AcknowledgmentRetransmissions} times; "
            + $"expects segments {state.SegmentInterval} ms apart; gives up after {state.DiscardTimeout} ms";
    }

    private static string Power(int log)
    {
        return Decimal(log == 0 ? 0 : 1 << Math.Min(log - 1, 30));
    }

    private static string Going(string present, string? target, int time)
    {
        return target == null ? present : $"{present}, becomes {target} in {Time(time)}";
    }

    private static string Transmit(int count, int steps, int unit)
    {
        return count == 0 ? "sends once" : $"sends {count + 1} times, {(steps + 1) * unit} ms apart";
    }

    private static string OnOff(int value)
    {
        return value switch { 0 => "off", 1 => "on", _ => Decimal(value) };
    }

    private static string Feature(int value)
    {
        return value == 2 ? "not supported" : OnOff(value);
    }

    private static string Decimal(int value)
    {
        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static string Percent(int lightness)
    {
        return FormattableString.Invariant($"{lightness} ({lightness / 655.35:0.#} %)");
    }

    private static string Indexes(IReadOnlyList<int> indexes)
    {
        return indexes.Count == 0 ? "none" : string.Join(" ", indexes.Select(static index => index.ToString("x3", CultureInfo.InvariantCulture)));
    }

    private static string Addresses(IReadOnlyList<int> addresses)
    {
        return addresses.Count == 0 ? "nothing" : string.Join(" ", addresses.Select(static address => address.ToString("x4", CultureInfo.InvariantCulture)));
    }

    private static string Faults(byte[] faults)
    {
        return faults.Length == 0 ? "none" : string.Join(" ", faults.Select(static fault => fault.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
