using System;
using System.Collections.Generic;
using MeshNode.Models.Foundation;

namespace MeshNode.Kit.Messages;

/// <summary>The messages of a Configuration Client as access payloads, opcode included. See Mesh Protocol 1.1, section 4.3.2.</summary>
public static class ConfigurationMessages
{
    public static byte[] BeaconGet()
    {
        return Get(ConfigurationOpcode.BeaconGet);
    }

    /// <param name="beacon">Secure Network Beacon state, 0 or 1.</param>
    public static byte[] BeaconSet(int beacon)
    {
        return Set(ConfigurationOpcode.BeaconSet, beacon);
    }

    public static byte[] CompositionDataGet(int page)
    {
        return Set(ConfigurationOpcode.CompositionDataGet, page);
    }

    public static byte[] DefaultTtlGet()
    {
        return Get(ConfigurationOpcode.DefaultTtlGet);
    }

    /// <param name="ttl">0, or 2 to 127.</param>
    public static byte[] DefaultTtlSet(int ttl)
    {
        return Set(ConfigurationOpcode.DefaultTtlSet, ttl);
    }

    public static byte[] GattProxyGet()
    {
        return Get(ConfigurationOpcode.GattProxyGet);
    }

    /// <param name="gattProxy">GATT Proxy state, 0 or 1.</param>
    public static byte[] GattProxySet(int gattProxy)
    {
        return Set(ConfigurationOpcode.GattProxySet, gattProxy);
    }

    public static byte[] FriendGet()
    {
        return Get(ConfigurationOpcode.FriendGet);
    }

    /// <param name="friend">Friend state, 0 or 1.</param>
    public static byte[] FriendSet(int friend)
    {
        return Set(ConfigurationOpcode.FriendSet, friend);
    }

    public static byte[] RelayGet()
    {
        return Get(ConfigurationOpcode.RelayGet);
    }

    /// <param name="relay">Relay state, 0 or 1.</param>
    /// <param name="count">Relay Retransmit Count, 0 to 7.</param>
    /// <param name="steps">Relay Retransmit Interval Steps, 0 to 31.</param>
    public static byte[] RelaySet(int relay, int count, int steps)
    {
        return new MessageWriter(ConfigurationOpcode.RelaySet).Octet(relay).Transmit(count, steps).ToArray();
    }

    public static byte[] NetworkTransmitGet()
    {
        return Get(ConfigurationOpcode.NetworkTransmitGet);
    }

    /// <param name="count">Network Transmit Count, 0 to 7.</param>
    /// <param name="steps">Network Transmit Interval Steps, 0 to 31.</param>
    public static byte[] NetworkTransmitSet(int count, int steps)
    {
        return new MessageWriter(ConfigurationOpcode.NetworkTransmitSet).Transmit(count, steps).ToArray();
    }

    public static byte[] ModelPublicationGet(int elementAddress, ModelId model)
    {
        return new MessageWriter(ConfigurationOpcode.ModelPublicationGet).UInt16(elementAddress).Model(model).ToArray();
    }

    /// <param name="publishAddress">A unicast or group address, or unassigned to publish no more.</param>
    public static byte[] ModelPublicationSet(int elementAddress, int publishAddress, PublicationParameters parameters, ModelId model)
    {
        return parameters.Write(new MessageWriter(ConfigurationOpcode.ModelPublicationSet).UInt16(elementAddress).UInt16(publishAddress)).Model(model).ToArray();
    }

    /// <param name="label">Label UUID, 16 octets.</param>
    public static byte[] ModelPublicationVirtualAddressSet(int elementAddress, ReadOnlySpan<byte> label, PublicationParameters parameters, ModelId model)
    {
        MessageWriter writer = new MessageWriter(ConfigurationOpcode.ModelPublicationVirtualAddressSet).UInt16(elementAddress).Key(label);

        return parameters.Write(writer).Model(model).ToArray();
    }

    public static byte[] ModelSubscriptionAdd(int elementAddress, int address, ModelId model)
    {
        return Subscription(ConfigurationOpcode.ModelSubscriptionAdd, elementAddress, address, model);
    }

    public static byte[] ModelSubscriptionDelete(int elementAddress, int address, ModelId model)
    {
        return Subscription(ConfigurationOpcode.ModelSubscriptionDelete, elementAddress, address, model);
    }

    public static byte[] ModelSubscriptionOverwrite(int elementAddress, int address, ModelId model)
    {
        return Subscription(ConfigurationOpcode.ModelSubscriptionOverwrite, elementAddress, address, model);
    }

    public static byte[] ModelSubscriptionDeleteAll(int elementAddress, ModelId model)
    {
        return new MessageWriter(ConfigurationOpcode.ModelSubscriptionDeleteAll).UInt16(elementAddress).Model(model).ToArray();
    }

    public static byte[] ModelSubscriptionVirtualAddressAdd(int elementAddress, ReadOnlySpan<byte> label, ModelId model)
    {
        return VirtualSubscription(ConfigurationOpcode.ModelSubscriptionVirtualAddressAdd, elementAddress, label, model);
    }

    public static byte[] ModelSubscriptionVirtualAddressDelete(int elementAddress, ReadOnlySpan<byte> label, ModelId model)
    {
        return VirtualSubscription(ConfigurationOpcode.ModelSubscriptionVirtualAddressDelete, elementAddress, label, model);
    }

    public static byte[] ModelSubscriptionVirtualAddressOverwrite(int elementAddress, ReadOnlySpan<byte> label, ModelId model)
    {
        return VirtualSubscription(ConfigurationOpcode.ModelSubscriptionVirtualAddressOverwrite, elementAddress, label, model);
    }

    /// <summary>SIG Model Subscription Get, or Vendor Model Subscription Get.</summary>
    public static byte[] ModelSubscriptionGet(int elementAddress, ModelId model)
    {
        int opcode = model.IsSig ? ConfigurationOpcode.SigModelSubscriptionGet : ConfigurationOpcode.VendorModelSubscriptionGet;

        return new MessageWriter(opcode).UInt16(elementAddress).Model(model).ToArray();
    }

    /// <param name="netKey">16 octets. Not kept.</param>
    public static byte[] NetKeyAdd(int netKeyIndex, ReadOnlySpan<byte> netKey)
    {
        return new MessageWriter(ConfigurationOpcode.NetKeyAdd).KeyIndex(netKeyIndex).Key(netKey).ToArray();
    }

    /// <param name="netKey">16 octets. Not kept.</param>
    public static byte[] NetKeyUpdate(int netKeyIndex, ReadOnlySpan<byte> netKey)
    {
        return new MessageWriter(ConfigurationOpcode.NetKeyUpdate).KeyIndex(netKeyIndex).Key(netKey).ToArray();
    }

    public static byte[] NetKeyDelete(int netKeyIndex)
    {
        return OfKey(ConfigurationOpcode.NetKeyDelete, netKeyIndex);
    }

    public static byte[] NetKeyGet()
    {
        return Get(ConfigurationOpcode.NetKeyGet);
    }

    /// <param name="appKey">16 octets. Not kept.</param>
    public static byte[] AppKeyAdd(int netKeyIndex, int appKeyIndex, ReadOnlySpan<byte> appKey)
    {
        return new MessageWriter(ConfigurationOpcode.AppKeyAdd).KeyIndexList([netKeyIndex, appKeyIndex]).Key(appKey).ToArray();
    }

    /// <param name="appKey">16 octets. Not kept.</param>
    public static byte[] AppKeyUpdate(int netKeyIndex, int appKeyIndex, ReadOnlySpan<byte> appKey)
    {
        return new MessageWriter(ConfigurationOpcode.AppKeyUpdate).KeyIndexList([netKeyIndex, appKeyIndex]).Key(appKey).ToArray();
    }

    public static byte[] AppKeyDelete(int netKeyIndex, int appKeyIndex)
    {
        return new MessageWriter(ConfigurationOpcode.AppKeyDelete).KeyIndexList([netKeyIndex, appKeyIndex]).ToArray();
    }

    public static byte[] AppKeyGet(int netKeyIndex)
    {
        return OfKey(ConfigurationOpcode.AppKeyGet, netKeyIndex);
    }

    public static byte[] NodeIdentityGet(int netKeyIndex)
    {
        return OfKey(ConfigurationOpcode.NodeIdentityGet, netKeyIndex);
    }

    /// <param name="identity">Node Identity state, 0 or 1.</param>
    public static byte[] NodeIdentitySet(int netKeyIndex, int identity)
    {
        return new MessageWriter(ConfigurationOpcode.NodeIdentitySet).KeyIndex(netKeyIndex).Octet(identity).ToArray();
    }

    public static byte[] ModelAppBind(int elementAddress, int appKeyIndex, ModelId model)
    {
        return new MessageWriter(ConfigurationOpcode.ModelAppBind).UInt16(elementAddress).KeyIndex(appKeyIndex).Model(model).ToArray();
    }

    public static byte[] ModelAppUnbind(int elementAddress, int appKeyIndex, ModelId model)
    {
        return new MessageWriter(ConfigurationOpcode.ModelAppUnbind).UInt16(elementAddress).KeyIndex(appKeyIndex).Model(model).ToArray();
    }

    /// <summary>SIG Model App Get, or Vendor Model App Get.</summary>
    public static byte[] ModelAppGet(int elementAddress, ModelId model)
    {
        int opcode = model.IsSig ? ConfigurationOpcode.SigModelAppGet : ConfigurationOpcode.VendorModelAppGet;

        return new MessageWriter(opcode).UInt16(elementAddress).Model(model).ToArray();
    }

    public static byte[] NodeReset()
    {
        return Get(ConfigurationOpcode.NodeReset);
    }

    public static byte[] KeyRefreshPhaseGet(int netKeyIndex)
    {
        return OfKey(ConfigurationOpcode.KeyRefreshPhaseGet, netKeyIndex);
    }

    /// <param name="transition">2 to go to Phase 2, 3 to end the key refresh.</param>
    public static byte[] KeyRefreshPhaseSet(int netKeyIndex, int transition)
    {
        return new MessageWriter(ConfigurationOpcode.KeyRefreshPhaseSet).KeyIndex(netKeyIndex).Octet(transition).ToArray();
    }

    public static byte[] HeartbeatPublicationGet()
    {
        return Get(ConfigurationOpcode.HeartbeatPublicationGet);
    }

    public static byte[] HeartbeatPublicationSet(HeartbeatPublicationParameters parameters)
    {
        return parameters.Write(new MessageWriter(ConfigurationOpcode.HeartbeatPublicationSet)).ToArray();
    }

    public static byte[] HeartbeatSubscriptionGet()
    {
        return Get(ConfigurationOpcode.HeartbeatSubscriptionGet);
    }

    public static byte[] HeartbeatSubscriptionSet(int source, int destination, int periodLog)
    {
        return new MessageWriter(ConfigurationOpcode.HeartbeatSubscriptionSet).UInt16(source).UInt16(destination).Octet(periodLog).ToArray();
    }

    /// <param name="address">Primary address of the Low Power node.</param>
    public static byte[] LowPowerNodePollTimeoutGet(int address)
    {
        return new MessageWriter(ConfigurationOpcode.LowPowerNodePollTimeoutGet).UInt16(address).ToArray();
    }

    internal static byte[] Get(int opcode)
    {
        return new MessageWriter(opcode).ToArray();
    }

    internal static byte[] Set(int opcode, int value)
    {
        return new MessageWriter(opcode).Octet(value).ToArray();
    }

    private static byte[] OfKey(int opcode, int netKeyIndex)
    {
        return new MessageWriter(opcode).KeyIndex(netKeyIndex).ToArray();
    }

    private static byte[] Subscription(int opcode, int elementAddress, int address, ModelId model)
    {
        return new MessageWriter(opcode).UInt16(elementAddress).UInt16(address).Model(model).ToArray();
    }

    private static byte[] VirtualSubscription(int opcode, int elementAddress, ReadOnlySpan<byte> label, ModelId model)
    {
        return new MessageWriter(opcode).UInt16(elementAddress).Key(label).Model(model).ToArray();
    }
}
