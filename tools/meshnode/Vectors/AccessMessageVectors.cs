using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;
using MeshNode.Kit.Messages;
using MeshNode.Models.Foundation;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors of configuration and health messages: requests are encoded, status messages encoded and decoded.</summary>
internal static class AccessMessageVectors
{
    public static void Message(VectorObject input, VectorComparison output)
    {
        string message = input.Text("message");
        Fields f = new(input.Object("fields"));
        byte[] payload = Request(message, f) ?? Status(message, f, output) ?? throw new VectorFormatException($"message {message} is not known");
        output.Octets("access_payload", payload);
    }

    private static byte[]? Request(string message, Fields f)
    {
        return message switch
        {
            "config_app_key_add" => ConfigurationMessages.AppKeyAdd(f.NetKey, f.AppKey, f.Octets("app_key")),
            "config_app_key_update" => ConfigurationMessages.AppKeyUpdate(f.NetKey, f.AppKey, f.Octets("app_key")),
            "config_app_key_delete" => ConfigurationMessages.AppKeyDelete(f.NetKey, f.AppKey),
            "config_app_key_get" => ConfigurationMessages.AppKeyGet(f.NetKey),
            "config_net_key_add" => ConfigurationMessages.NetKeyAdd(f.NetKey, f.Octets("net_key")),
            "config_net_key_update" => ConfigurationMessages.NetKeyUpdate(f.NetKey, f.Octets("net_key")),
            "config_net_key_delete" => ConfigurationMessages.NetKeyDelete(f.NetKey),
            "config_net_key_get" => ConfigurationMessages.NetKeyGet(),
            "config_node_identity_get" => ConfigurationMessages.NodeIdentityGet(f.NetKey),
            "config_node_identity_set" => ConfigurationMessages.NodeIdentitySet(f.NetKey, f.Octet("identity")),
            "config_beacon_get" => ConfigurationMessages.BeaconGet(),
            "config_beacon_set" => ConfigurationMessages.BeaconSet(f.Octet("beacon")),
            "config_composition_data_get" => ConfigurationMessages.CompositionDataGet(f.Octet("page")),
            "config_default_ttl_get" => ConfigurationMessages.DefaultTtlGet(),
            "config_default_ttl_set" => ConfigurationMessages.DefaultTtlSet(f.Octet("ttl")),
            "config_gatt_proxy_get" => ConfigurationMessages.GattProxyGet(),
            "config_gatt_proxy_set" => ConfigurationMessages.GattProxySet(f.Octet("gatt_proxy")),
            "config_friend_get" => ConfigurationMessages.FriendGet(),
            "config_friend_set" => ConfigurationMessages.FriendSet(f.Octet("friend")),
            "config_relay_get" => ConfigurationMessages.RelayGet(),
            "config_relay_set" => ConfigurationMessages.RelaySet(f.Octet("relay"), f.Octet("count"), f.Octet("steps")),
            "config_network_transmit_get" => ConfigurationMessages.NetworkTransmitGet(),
            "config_network_transmit_set" => ConfigurationMessages.NetworkTransmitSet(f.Octet("count"), f.Octet("steps")),
            "config_node_reset" => ConfigurationMessages.NodeReset(),
            "config_key_refresh_phase_get" => ConfigurationMessages.KeyRefreshPhaseGet(f.NetKey),
            "config_key_refresh_phase_set" => ConfigurationMessages.KeyRefreshPhaseSet(f.NetKey, f.Octet("transition")),
            "config_heartbeat_publication_get" => ConfigurationMessages.HeartbeatPublicationGet(),
            "config_heartbeat_publication_set" => ConfigurationMessages.HeartbeatPublicationSet(f.HeartbeatPublication),
            "config_heartbeat_subscription_get" => ConfigurationMessages.HeartbeatSubscriptionGet(),
            "config_heartbeat_subscription_set" => ConfigurationMessages.HeartbeatSubscriptionSet(
                f.Number("source"), f.Number("destination"), f.Octet("period_log")),
            "config_lpn_poll_timeout_get" => ConfigurationMessages.LowPowerNodePollTimeoutGet(f.Number("lpn_address")),
            "config_model_app_bind" => ConfigurationMessages.ModelAppBind(f.Element, f.AppKey, f.Model),
            "config_model_app_unbind" => ConfigurationMessages.ModelAppUnbind(f.Element, f.AppKey, f.Model),
            "config_model_publication_get" => ConfigurationMessages.ModelPublicationGet(f.Element, f.Model),
            "config_model_publication_set" => ConfigurationMessages.ModelPublicationSet(f.Element, f.Number("publish_address"), f.Publication, f.Model),
            "config_model_publication_virtual_set" => ConfigurationMessages.ModelPublicationVirtualAddressSet(
                f.Element, f.Octets("label"), f.Publication, f.Model),
            "config_model_subscription_add" => ConfigurationMessages.ModelSubscriptionAdd(f.Element, f.Number("address"), f.Model),
            "config_model_subscription_delete" => ConfigurationMessages.ModelSubscriptionDelete(f.Element, f.Number("address"), f.Model),
            "config_model_subscription_overwrite" => ConfigurationMessages.ModelSubscriptionOverwrite(f.Element, f.Number("address"), f.Model),
            "config_model_subscription_delete_all" => ConfigurationMessages.ModelSubscriptionDeleteAll(f.Element, f.Model),
            "config_model_subscription_virtual_add" => ConfigurationMessages.ModelSubscriptionVirtualAddressAdd(f.Element, f.Octets("label"), f.Model),
            "health_fault_get" => HealthMessages.FaultGet(f.Number("company_id")),
            "health_fault_clear" => HealthMessages.FaultClear(f.Number("company_id")),
            "health_fault_test" => HealthMessages.FaultTest(f.Octet("test_id"), f.Number("company_id")),
            "health_period_get" => HealthMessages.PeriodGet(),
            "health_period_set" => HealthMessages.PeriodSet(f.Octet("divisor")),
            "health_attention_get" => HealthMessages.AttentionGet(),
            "health_attention_set" => HealthMessages.AttentionSet(f.Octet("attention")),
            _ => null,
        };
    }

    private static byte[]? Status(string message, Fields f, VectorComparison output)
    {
        return message switch
        {
            "config_app_key_status" => RoundTrip(new AppKeyStatus(f.Status, f.NetKey, f.AppKey), output),
            "config_app_key_list" => RoundTrip(new AppKeyList(f.Status, f.NetKey, f.KeyList("app_key_indexes")), output),
            "config_net_key_status" => RoundTrip(new NetKeyStatus(f.Status, f.NetKey), output),
            "config_net_key_list" => RoundTrip(new NetKeyList(f.KeyList("net_key_indexes")), output),
            "config_node_identity_status" => RoundTrip(new NodeIdentityStatus(f.Status, f.NetKey, f.Octet("identity")), output),
            "config_beacon_status" => RoundTrip(new BeaconStatus(f.Octet("beacon")), output),
            "config_composition_data_status" => RoundTrip(new CompositionDataStatus(f.Octet("page"), f.Page0), output),
            "config_default_ttl_status" => RoundTrip(new DefaultTtlStatus(f.Octet("ttl")), output),
            "config_gatt_proxy_status" => RoundTrip(new GattProxyStatus(f.Octet("gatt_proxy")), output),
            "config_friend_status" => RoundTrip(new FriendStatus(f.Octet("friend")), output),
            "config_relay_status" => RoundTrip(new RelayStatus(f.Octet("relay"), f.Octet("count"), f.Octet("steps")), output),
            "config_network_transmit_status" => RoundTrip(new NetworkTransmitStatus(f.Octet("count"), f.Octet("steps")), output),
            "config_node_reset_status" => RoundTrip(new NodeResetStatus(), output),
            "config_key_refresh_phase_status" => RoundTrip(new KeyRefreshPhaseStatus(f.Status, f.NetKey, f.Octet("phase")), output),
            "config_heartbeat_publication_status" => RoundTrip(new HeartbeatPublicationStatus(f.Status, f.HeartbeatPublication), output),
            "config_heartbeat_subscription_status" => RoundTrip(
                new HeartbeatSubscriptionStatus(
                    f.Status,
                    f.Number("source"),
                    f.Number("destination"),
                    f.Octet("period_log"),
                    f.Octet("count_log"),
                    f.Octet("min_hops"),
                    f.Octet("max_hops")),
                output),
            "config_lpn_poll_timeout_status" => RoundTrip(
                new LowPowerNodePollTimeoutStatus(f.Number("lpn_address"), f.Number("poll_timeout", 0xFFFFFF)), output),
            "config_model_app_status" => RoundTrip(new ModelAppStatus(f.Status, f.Element, f.AppKey, f.Model), output),
            "config_model_publication_status" => RoundTrip(
                new ModelPublicationStatus(f.Status, f.Element, f.Number("publish_address"), f.Publication, f.Model), output),
            "config_model_subscription_status" => RoundTrip(new ModelSubscriptionStatus(f.Status, f.Element, f.Number("address"), f.Model), output),
            "config_sig_model_app_list" or "config_vendor_model_app_list" => RoundTrip(
                new ModelAppList(f.Status, f.Element, f.Model, f.KeyList("app_key_indexes")), output),
            "config_sig_model_subscription_list" or "config_vendor_model_subscription_list" => RoundTrip(
                new ModelSubscriptionList(f.Status, f.Element, f.Model, f.List("addresses")), output),
            "health_current_status" => RoundTrip(new HealthCurrentStatus(f.Octet("test_id"), f.Number("company_id"), f.Faults), output),
            "health_fault_status" => RoundTrip(new HealthFaultStatus(f.Octet("test_id"), f.Number("company_id"), f.Faults), output),
            "health_period_status" => RoundTrip(new HealthPeriodStatus(f.Octet("divisor")), output),
            "health_attention_status" => RoundTrip(new HealthAttentionStatus(f.Octet("attention")), output),
            _ => null,
        };
    }

    private static byte[] RoundTrip<TStatus>(TStatus status, VectorComparison output)
        where TStatus : class, IStatusMessage<TStatus>
    {
        byte[] payload = status.Encode();
        output.Check(TStatus.Decode(payload) is { } read && read.Encode().SequenceEqual(payload), "the kit does not read the message that it has written");
        output.Check(TStatus.Decode(payload.AsSpan()[..^1]) is not { } cut || cut.Encode().Length < payload.Length, "the kit reads a message that is cut off");

        return payload;
    }

    /// <summary>The fields that messages have in common.</summary>
    private sealed class Fields(VectorObject fields)
    {
        public int NetKey => Number("net_key_index", AccessKey.MaxIndex);

        public int AppKey => Number("app_key_index", AccessKey.MaxIndex);

        public int Element => Number("element_address");

        public ConfigurationStatus Status => (ConfigurationStatus)Octet("status");

        public byte[] Page0 => FoundationVectors.Page(fields.Object("page0")).Encode();

        public byte[] Faults => [.. List("faults").Select(static fault => (byte)fault)];

        public ModelId Model
        {
            get
            {
                VectorObject model = fields.Object("model");

                return model.Has("sig") ? ModelId.Sig(model.Address("sig")) : ModelId.Vendor(model.Address("company"), model.Address("vendor"));
            }
        }

        public PublicationParameters Publication => new(
            AppKey,
            fields.Flag("credential_flag"),
            Octet("publish_ttl"),
            Octet("period_steps"),
            Octet("period_resolution"),
            Octet("retransmit_count"),
            Octet("retransmit_steps"));

        public HeartbeatPublicationParameters HeartbeatPublication => new(
            Number("destination"), Octet("count_log"), Octet("period_log"), Octet("ttl"), Number("features"), NetKey);

        public int Octet(string name)
        {
            return Number(name, byte.MaxValue);
        }

        public int Number(string name, int largest = ushort.MaxValue)
        {
            return (int)fields.Number(name, largest);
        }

        public byte[] Octets(string name)
        {
            return fields.Octets(name, Kit.Messages.KeyIndexes.KeySize);
        }

        public List<int> List(string name)
        {
            return fields.NumberList(name, ushort.MaxValue);
        }

        public List<int> KeyList(string name)
        {
            return fields.NumberList(name, AccessKey.MaxIndex);
        }
    }
}
