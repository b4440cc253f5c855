using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using MeshNode.Beacons;
using MeshNode.Crypto;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors whose PDUs are given to a node that knows what their <c>state</c> says.</summary>
internal static class ReceiveVectors
{
    public static (bool Accepted, string Verdict) NetworkPdu(VectorObject vector)
    {
        VectorObject state = vector.Object("state");
        NetworkVerdict verdict = Receive(state, vector.Octets("pdu"), out _);

        return (verdict == NetworkVerdict.Accepted, verdict.ToString());
    }

    public static (bool Accepted, string Verdict) Beacon(VectorObject vector)
    {
        byte[] pdu = vector.Octets("pdu");
        BeaconVerdict[] verdicts = [.. ReceivingNode.With(NetKeys(vector.Object("state")), 0).Select(node => node.ReceiveBeacon(pdu))];
        BeaconVerdict best = verdicts.FirstOrDefault(IsAccepted, verdicts[0]);

        return (IsAccepted(best), best.ToString());

        static bool IsAccepted(BeaconVerdict verdict) => verdict is BeaconVerdict.Accepted or BeaconVerdict.UnprovisionedDevice;
    }

    /// <summary>
    /// The proxy server decides; for a message that is genuine but not for a server, such as Filter Status, the format does, and
    /// so it does where only the server is stricter than the schema, which takes any TTL and DST.
    /// </summary>
    public static (bool Accepted, string Verdict) ProxyConfiguration(VectorObject vector)
    {
        VectorObject state = vector.Object("state");
        byte[] pdu = vector.Octets("pdu");
        ProxyVerdict best = ProxyVerdict.NotAuthenticated;

        foreach (ReceivingNode node in ReceivingNode.With(NetKeys(state), state.IvIndex))
        {
            ProxyVerdict verdict = node.ReceiveProxyConfiguration(pdu);
            NetworkPdu received = node.Stack.Network.ProxyConfiguration;

            if (verdict == ProxyVerdict.Opcode || (verdict == ProxyVerdict.Header && received.Control))
            {
                verdict = ProxyConfigurationMessage.Validate(received.Payload, Network.NetworkPdu.TransportOffset, received.TransportLength);
            }

            if (verdict != ProxyVerdict.NotAuthenticated)
            {
                best = verdict;
            }
        }

        return (best == ProxyVerdict.Accepted, best.ToString());
    }

    public static (bool Accepted, string Verdict) ProxyPdu(VectorObject vector)
    {
        ProxyReassembler reassembler = new();

        foreach (byte[] value in vector.OctetsList("pdus"))
        {
            ProxyReassembly verdict = reassembler.Receive(value, 0, value.Length, 0);

            if (verdict != ProxyReassembly.Incomplete)
            {
                return (verdict == ProxyReassembly.Complete, verdict.ToString());
            }
        }

        return (false, ProxyReassembly.Incomplete.ToString());
    }

    /// <summary>A whole node decides, whose address is the destination, or which subscribes to it.</summary>
    public static (bool Accepted, string Verdict) MeshMessage(VectorObject vector)
    {
        VectorObject state = vector.Object("state");
        List<byte[]> pdus = vector.OctetsList("pdus");

        if (pdus.Count == 0)
        {
            return (false, "nothing received");
        }

        NetworkVerdict network = Receive(state, pdus[0], out NetworkPdu? first);

        if (network != NetworkVerdict.Accepted)
        {
            return (false, network.ToString());
        }

        List<byte[]> deviceKeys = state.OctetsList("device_keys");
        string verdict = "no device key";

        foreach (byte[] deviceKey in deviceKeys)
        {
            MessageReceiver receiver = new(
                NetKeys(state), state.IvIndex, first!.Destination, state.OctetsList("app_keys"), Key(deviceKey), state.OctetsList("labels"));
            pdus.ForEach(receiver.Receive);
            verdict = receiver.Verdict;

            if (receiver.HasMessage)
            {
                return (true, verdict);
            }
        }

        return (false, verdict);
    }

    private static NetworkVerdict Receive(VectorObject state, byte[] pdu, out NetworkPdu? received)
    {
        NetworkVerdict best = NetworkVerdict.Accepted;
        received = null;

        foreach (ReceivingNode node in ReceivingNode.With(NetKeys(state), state.IvIndex))
        {
            best = node.ReceiveNetworkPdu(pdu);

            if (best == NetworkVerdict.Accepted)
            {
                received = node.Stack.Network.Received;
                break;
            }
        }

        return best;
    }

    /// <summary>The keys, given with P of k2 or, where only the key matters, without.</summary>
    private static List<NetworkKey> NetKeys(VectorObject state)
    {
        List<NetworkKey> keys = [];

        foreach (JsonElement item in state.Items("net_keys"))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                VectorObject key = new(item, state.PathOf("net_keys"));
                byte[] netKey = key.Octets("net_key", NetworkKey.Size);
                byte[] p = key.OctetsOr("k2_p", NetworkVectors.Flooding);
                keys.Add(new NetworkKey(netKey, new NetworkCredentials(netKey, p, p.Length)));
            }
            else
            {
                keys.Add(new NetworkKey(Key(state.OctetsList("net_keys")[keys.Count])));
            }
        }

        return keys;
    }

    private static byte[] Key(byte[] octets)
    {
        return octets.Length == NetworkKey.Size ? octets : throw new VectorFormatException($"a key has {octets.Length} octets");
    }
}
