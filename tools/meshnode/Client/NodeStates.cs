using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.LowerTransport;

namespace MeshNode.Tool.Client;

/// <summary>All states that <c>config</c> reads and changes. See Mesh Protocol 1.1, section 4.2.</summary>
internal static class NodeStates
{
    private const int MaxTtl = 127;
    private const int MaxIndex = 4095;
    private const int TransmitUnit = 10;
    private const int RetransmitUnit = 50;
    private const int MaxHeartbeat = 0x10000;
    private const int MaxPage = 255;
    private const int Unending = 0xFF;

    private static readonly string[] s_features = ["relay", "proxy", "friend", "low-power"];

    /// <summary>The states.</summary>
    public static readonly IReadOnlyList<NodeState> All =
    [
        new("composition", "[PAGE]", null, a => Send<CompositionDataStatus>(a, ConfigurationMessages.CompositionDataGet(a.Has(0) ? a.Number(0, 0, MaxPage) : 0)), null),
        new("beacon", "", "on|off", a => Send<BeaconStatus>(a, ConfigurationMessages.BeaconGet()), a => Send<BeaconStatus>(a, ConfigurationMessages.BeaconSet(Bit(a.Switch(0))))),
        new("ttl", "", "0|2-127", a => Send<DefaultTtlStatus>(a, ConfigurationMessages.DefaultTtlGet()), a => Send<DefaultTtlStatus>(a, ConfigurationMessages.DefaultTtlSet(a.Number(0, 0, MaxTtl)))),
        new("proxy", "", "on|off", a => Send<GattProxyStatus>(a, ConfigurationMessages.GattProxyGet()), a => Send<GattProxyStatus>(a, ConfigurationMessages.GattProxySet(Bit(a.Switch(0))))),
        new("friend", "", "on|off", a => Send<FriendStatus>(a, ConfigurationMessages.FriendGet()), a => Send<FriendStatus>(a, ConfigurationMessages.FriendSet(Bit(a.Switch(0))))),
        new("relay", "", "on|off TIMES MILLISECONDS", a => Send<RelayStatus>(a, ConfigurationMessages.RelayGet()), SetRelay),
        new("network-transmit", "", "TIMES MILLISECONDS", a => Send<NetworkTransmitStatus>(a, ConfigurationMessages.NetworkTransmitGet()), SetNetworkTransmit),
        new("netkeys", "", "INDEX on|off", a => Send<NetKeyList>(a, ConfigurationMessages.NetKeyGet()), SetNetKey),
        new("appkeys", "[SUBNET]", "INDEX on|off", a => Send<AppKeyList>(a, ConfigurationMessages.AppKeyGet(a.NetKey(0))), SetAppKey),
        new("identity", "[SUBNET]", "on|off [SUBNET]", a => Send<NodeIdentityStatus>(a, ConfigurationMessages.NodeIdentityGet(a.NetKey(0))),
            a => Send<NodeIdentityStatus>(a, ConfigurationMessages.NodeIdentitySet(a.NetKey(1), Bit(a.Switch(0))))),
        new("keyrefresh-phase", "[SUBNET]", "2|3 [SUBNET]", a => Send<KeyRefreshPhaseStatus>(a, ConfigurationMessages.KeyRefreshPhaseGet(a.NetKey(0))),
            a => Send<KeyRefreshPhaseStatus>(a, ConfigurationMessages.KeyRefreshPhaseSet(a.NetKey(1), a.Number(0, 2, 3)))),
        new("binding", "ELEMENT MODEL", "ELEMENT MODEL APPKEY on|off", a => Send<ModelAppList>(a, ConfigurationMessages.ModelAppGet(a.Element(0), a.Model(1))), SetBinding),
        new("subscription", "ELEMENT MODEL", "ELEMENT MODEL add|delete|overwrite|clear [ADDRESS|GROUP|LABEL]",
            a => Send<ModelSubscriptionList>(a, ConfigurationMessages.ModelSubscriptionGet(a.Element(0), a.Model(1))), SetSubscription),
        new("publication", "ELEMENT MODEL", "ELEMENT MODEL ADDRESS|GROUP|LABEL|off [APPKEY] [ttl=0-127] [period=SECONDS] [times=1-8] [interval=MILLISECONDS] [credentials=friend]",
            a => Send<ModelPublicationStatus>(a, ConfigurationMessages.ModelPublicationGet(a.Element(0), a.Model(1))), SetPublication),
        new("heartbeat-publication", "", "ADDRESS|off [count=NUMBER|endless] [period=SECONDS] [ttl=0-127] [features=relay,proxy,friend,low-power] [subnet=INDEX]",
            a => Send<HeartbeatPublicationStatus>(a, ConfigurationMessages.HeartbeatPublicationGet()), SetHeartbeatPublication),
        new("heartbeat-subscription", "", "SOURCE DESTINATION SECONDS | off", a => Send<HeartbeatSubscriptionStatus>(a, ConfigurationMessages.HeartbeatSubscriptionGet()), SetHeartbeatSubscription),
        new("poll-timeout", "ADDRESS", null, a => Send<LowPowerNodePollTimeoutStatus>(a, ConfigurationMessages.LowPowerNodePollTimeoutGet(a.Address(0))), null),
        new("sar-transmitter", "", "[segment-interval=0-15] [retransmissions=0-15] [without-progress=0-15] [interval=0-15] [increment=0-15] [group-retransmissions=0-15] [group-interval=0-15]",
            static a => a.Session.Client.SarConfiguration.Send<SarTransmitterStatus>(a.Node.Address, SarConfigurationMessages.TransmitterGet(), a.Now), SetSarTransmitter),
        new("sar-receiver", "", "[threshold=0-31] [delay-increment=0-7] [retransmissions=0-3] [discard=0-15] [segment-interval=0-15]",
            static a => a.Session.Client.SarConfiguration.Send<SarReceiverStatus>(a.Node.Address, SarConfigurationMessages.ReceiverGet(), a.Now), SetSarReceiver),
        new("transition-time", "", "SECONDS",
            a => SendModel<GenericDefaultTransitionTimeStatus>(a, a.Session.Client.DefaultTransitionTime, 0x1004, GenericMessages.DefaultTransitionTimeGet()),
            a => SendModel<GenericDefaultTransitionTimeStatus>(a, a.Session.Client.DefaultTransitionTime, 0x1004, GenericMessages.DefaultTransitionTimeSet(Values.TransitionTime(a.Number(0, 0, 37200))))),
        new("on-power-up", "", "off|default|restore",
            a => SendModel<GenericOnPowerUpStatus>(a, a.Session.Client.PowerOnOff, 0x1006, GenericMessages.OnPowerUpGet()),
            a => SendModel<GenericOnPowerUpStatus>(a, a.Session.Client.PowerOnOff, 0x1006, GenericMessages.OnPowerUpSet(PowerUp(a)))),
    ];

    /// <summary>Those that need no values to be read.</summary>
    public static IEnumerable<NodeState> Plain => All.Where(static state => state.GetUsage.Length == 0 || state.GetUsage[0] == '[');

    /// <summary>Finds a state.</summary>
    public static NodeState Find(string name)
    {
        return All.FirstOrDefault(state => state.Name == name)
            ?? throw new CommandFailure(ExitCode.Usage, $"There is no state '{name}'.", $"States are: all, {string.Join(", ", All.Select(static state => state.Name))}.");
    }

    private static Request Send<T>(StateArguments a, byte[] message)
        where T : class, IStatusMessage<T>
    {
        return a.Client.Send<T>(a.Node.Address, message, a.Now);
    }

    private static Request SendModel<T>(StateArguments a, ClientModel client, int server, byte[] message)
        where T : class, IStatusMessage<T>
    {
        ModelId model = ModelId.Sig(server);
        int element = a.Node.ElementWith(model)
            ?? throw new CommandFailure(ExitCode.Usage, $"The node has no model {model}.", "See 'meshnode config get NODE composition'.");

        return client.Send<T>(element, ModelCommands.FindKey(a.Session, element, model, null), message, a.Now);
    }

    private static int Bit(bool on)
    {
        return on ? 1 : 0;
    }

    private static Request SetRelay(StateArguments a)
    {
        bool on = a.Switch(0);
        (int count, int steps) = a.Has(1) ? Values.Transmit(a[1], a[2], TransmitUnit) : (2, 1);

        return Send<RelayStatus>(a, ConfigurationMessages.RelaySet(Bit(on), count, steps));
    }

    private static Request SetNetworkTransmit(StateArguments a)
    {
        (int count, int steps) = Values.Transmit(a[0], a[1], TransmitUnit);

        return Send<NetworkTransmitStatus>(a, ConfigurationMessages.NetworkTransmitSet(count, steps));
    }

    private static Request SetNetKey(StateArguments a)
    {
        int index = a.Number(0, 0, MaxIndex);
        NetKeyEntry entry = a.Session.Network.NetKeys.FirstOrDefault(key => key.Index == index)
            ?? throw new CommandFailure(ExitCode.Usage, $"There is no network key {index:x3}.", "Make one with 'meshnode keys add-net'.");

        RefuseExcluded(a);

        return Send<NetKeyStatus>(a, a.Switch(1) ? ConfigurationMessages.NetKeyAdd(index, entry.TransmitKey) : ConfigurationMessages.NetKeyDelete(index));
    }

    private static Request SetAppKey(StateArguments a)
    {
        int index = a.Number(0, 0, MaxIndex);
        AppKeyEntry entry = a.Session.Network.AppKeys.FirstOrDefault(key => key.Index == index)
            ?? throw new CommandFailure(ExitCode.Usage, $"There is no application key {index:x3}.", "Make one with 'meshnode keys add-app'.");

        RefuseExcluded(a);

        return Send<AppKeyStatus>(
            a,
            a.Switch(1)
                ? ConfigurationMessages.AppKeyAdd(entry.NetKeyIndex, index, a.Session.Network.TransmitKey(entry))
                : ConfigurationMessages.AppKeyDelete(entry.NetKeyIndex, index));
    }

    private static void RefuseExcluded(StateArguments a)
    {
        if (a.Switch(1))
        {
            Session.RequireIncluded(a.Node);
        }
    }

    private static Request SetBinding(StateArguments a)
    {
        int key = a.Number(2, 0, MaxIndex);

        return Send<ModelAppStatus>(
            a, a.Switch(3) ? ConfigurationMessages.ModelAppBind(a.Element(0), key, a.Model(1)) : ConfigurationMessages.ModelAppUnbind(a.Element(0), key, a.Model(1)));
    }

    private static Request SetSubscription(StateArguments a)
    {
        int element = a.Element(0);
        ModelId model = a.Model(1);
        byte[]? label = a.Has(3) ? a.Label(3) : null;
        byte[] message = a[2] switch
        {
            "clear" => ConfigurationMessages.ModelSubscriptionDeleteAll(element, model),
            "add" when label != null => ConfigurationMessages.ModelSubscriptionVirtualAddressAdd(element, label, model),
            "add" => ConfigurationMessages.ModelSubscriptionAdd(element, a.Address(3), model),
            "delete" when label != null => ConfigurationMessages.ModelSubscriptionVirtualAddressDelete(element, label, model),
            "delete" => ConfigurationMessages.ModelSubscriptionDelete(element, a.Address(3), model),
            "overwrite" when label != null => ConfigurationMessages.ModelSubscriptionVirtualAddressOverwrite(element, label, model),
            "overwrite" => ConfigurationMessages.ModelSubscriptionOverwrite(element, a.Address(3), model),
            _ => throw a.Usage(),
        };

        return Send<ModelSubscriptionStatus>(a, message);
    }

    private static Request SetPublication(StateArguments a)
    {
        int element = a.Element(0);
        ModelId model = a.Model(1);

        if (a[2] == "off")
        {
            return Send<ModelPublicationStatus>(a, ConfigurationMessages.ModelPublicationSet(element, Network.Address.Unassigned, new PublicationParameters(0, Ttl: 0), model));
        }

        int key = a.Has(3) && !a[3].Contains('=') ? a.Number(3, 0, MaxIndex) : ModelCommands.FindKey(a.Session, element, model, null);
        int period = Values.TransitionTime(a.Named("period", 0, 37800, 0));
        PublicationParameters parameters = new(
            key,
            a.Named("credentials") == "friend",
            a.Named("ttl", 0, MaxTtl, Publication.DefaultTtl),
            period & 0x3F,
            period >> 6,
            a.Named("times", 1, 8, 1) - 1,
            (a.Named("interval", RetransmitUnit, 32 * RetransmitUnit, RetransmitUnit) / RetransmitUnit) - 1);
        byte[] message = a.Label(2) is { } label
            ? ConfigurationMessages.ModelPublicationVirtualAddressSet(element, label, parameters, model)
            : ConfigurationMessages.ModelPublicationSet(element, a.Address(2), parameters, model);

        return Send<ModelPublicationStatus>(a, message);
    }

    private static Request SetHeartbeatPublication(StateArguments a)
    {
        bool off = a[0] == "off";
        string[] wanted = (a.Named("features") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        string? unknown = wanted.FirstOrDefault(static feature => !s_features.Contains(feature));

        if (unknown != null)
        {
            throw Values.Wrong("features", string.Join(", ", s_features), unknown);
        }

        int features = wanted.Sum(static feature => 1 << Array.IndexOf(s_features, feature));
        int count = a.Named("count") == "endless" ? Unending : Values.Log(a.Named("count", 0, MaxHeartbeat, 0));
        HeartbeatPublicationParameters parameters = off
            ? new(Network.Address.Unassigned, 0, 0, 0, 0, a.NetKey(int.MaxValue))
            : new(
                a.Address(0),
                count,
                Values.Log(a.Named("period", 0, MaxHeartbeat, 0)),
                a.Named("ttl", 0, MaxTtl, 7),
                features,
                a.Named("subnet", 0, MaxIndex, a.NetKey(int.MaxValue)));

        return Send<HeartbeatPublicationStatus>(a, ConfigurationMessages.HeartbeatPublicationSet(parameters));
    }

    private static Request SetHeartbeatSubscription(StateArguments a)
    {
        byte[] message = a[0] == "off"
            ? ConfigurationMessages.HeartbeatSubscriptionSet(Network.Address.Unassigned, Network.Address.Unassigned, 0)
            : ConfigurationMessages.HeartbeatSubscriptionSet(a.Address(0), a.Address(1), Values.Log(a.Number(2, 1, MaxHeartbeat)));

        return Send<HeartbeatSubscriptionStatus>(a, message);
    }

    private static Request SetSarTransmitter(StateArguments a)
    {
        SarTransmitter usual = new();
        SarTransmitter state = SarConfigurationMessages.Transmitter(
            a.Named("segment-interval", 0, 15, usual.SegmentIntervalStep),
            a.Named("retransmissions", 0, 15, usual.UnicastRetransmissions),
            a.Named("without-progress", 0, 15, usual.UnicastRetransmissionsWithoutProgress),
            a.Named("interval", 0, 15, usual.UnicastRetransmissionsIntervalStep),
            a.Named("increment", 0, 15, usual.UnicastRetransmissionsIntervalIncrement),
            a.Named("group-retransmissions", 0, 15, usual.MulticastRetransmissions),
            a.Named("group-interval", 0, 15, usual.MulticastRetransmissionsIntervalStep));

        return a.Session.Client.SarConfiguration.Send<SarTransmitterStatus>(a.Node.Address, SarConfigurationMessages.TransmitterSet(state), a.Now);
    }

    private static Request SetSarReceiver(StateArguments a)
    {
        SarReceiver usual = new();
        SarReceiver state = SarConfigurationMessages.Receiver(
            a.Named("threshold", 0, 31, usual.SegmentsThreshold),
            a.Named("delay-increment", 0, 7, usual.AcknowledgmentDelayIncrement),
            a.Named("retransmissions", 0, 3, usual.AcknowledgmentRetransmissions),
            a.Named("discard", 0, 15, usual.DiscardTimeoutStep),
            a.Named("segment-interval", 0, 15, usual.SegmentIntervalStep));

        return a.Session.Client.SarConfiguration.Send<SarReceiverStatus>(a.Node.Address, SarConfigurationMessages.ReceiverSet(state), a.Now);
    }

    private static int PowerUp(StateArguments a)
    {
        return a[0] switch { "off" => 0, "default" => 1, "restore" => 2, _ => throw a.Usage() };
    }
}
