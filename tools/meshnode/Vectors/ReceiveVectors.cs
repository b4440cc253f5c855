using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using MeshNode.Beacons;
using MeshNode.Crypto;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.Proxy;
using MeshNode.UpperTransport;

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

    /// <summary>Decides what the network layer and the upper transport format can decide.</summary>
    public static (bool Accepted, string Verdict) MeshMessage(VectorObject vector)
    {
        VectorObject state = vector.Object("state");
        List<byte[]> pdus = vector.OctetsList("pdus");

        if (pdus.Count == 0)
        {
            return (false, "nothing received");
        }

        foreach (byte[] pdu in pdus)
        {
            NetworkVerdict verdict = Receive(state, pdu, out NetworkPdu? received);

            if (verdict != NetworkVerdict.Accepted)
            {
                return (false, verdict.ToString());
            }

            if (received!.Control)
            {
                throw new VectorSkippedException("upper transport layer: not built yet");
            }

            if ((received.Payload[Network.NetworkPdu.TransportOffset] & LowerTransportPdu.Segmented) == 0)
            {
                return Decrypt(state, received);
            }
        }

        throw new VectorSkippedException("lower transport layer: not built yet");
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

    private static (bool Accepted, string Verdict) Decrypt(VectorObject state, NetworkPdu pdu)
    {
        byte[] transportPdu = pdu.Payload.AsSpan(Network.NetworkPdu.TransportOffset, pdu.TransportLength).ToArray();
        bool application = (transportPdu[0] & LowerTransportPdu.ApplicationKeyFlag) != 0;
        int aid = transportPdu[0] & LowerTransportPdu.AidMask;
        IEnumerable<TransportKey> keys = state.OctetsList(application ? "app_keys" : "device_keys")
            .Select(key => application ? TransportKey.Application(Key(key)) : TransportKey.Device(Key(key)))
            .Where(key => !application || key.Aid == aid);
        List<byte[]?> labels = pdu.Destination is >= Address.FirstVirtual and < Address.FirstGroup
            ? [.. state.OctetsList("labels").Where(label => KeyDerivation.VirtualAddress(Label(label), 0) == pdu.Destination)]
            : [null];
        UpperTransportAccessPdu codec = new();
        byte[] payload = new byte[transportPdu.Length];

        foreach (TransportKey key in keys)
        {
            foreach (byte[]? label in labels)
            {
                int count = codec.Decrypt(
                    key,
                    false,
                    pdu.Sequence,
                    pdu.Source,
                    pdu.Destination,
                    pdu.IvIndex,
                    label,
                    transportPdu,
                    LowerTransportPdu.UnsegmentedHeaderSize,
                    transportPdu.Length - LowerTransportPdu.UnsegmentedHeaderSize,
                    payload);

                if (count > 0)
                {
                    return HasOpcode(payload, count) ? (true, "decrypted") : throw new VectorSkippedException("access layer: not built yet");
                }
            }
        }

        return (false, "no key or label decrypts it");
    }

    // Whether there is an opcode for the access layer to look at, of 1, 2 or 3 octets.
    private static bool HasOpcode(byte[] payload, int count)
    {
        return payload[0] != 0x7F && count >= (payload[0] < 0x80 ? 1 : payload[0] < 0xC0 ? 2 : 3);
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

    private static byte[] Label(byte[] octets)
    {
        return octets.Length == UpperTransportAccessPdu.LabelSize ? octets : throw new VectorFormatException($"a label has {octets.Length} octets");
    }
}
