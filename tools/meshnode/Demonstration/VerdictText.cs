using System.Collections.Generic;
using MeshNode.Beacons;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Tool.Demonstration;

/// <summary>What the firmware's verdicts mean, in words.</summary>
internal static class VerdictText
{
    private static readonly Dictionary<NetworkVerdict, string> s_network = new()
    {
        [NetworkVerdict.Accepted] = "authentic and new: delivered or sent on",
        [NetworkVerdict.Length] = "no Network PDU has this length",
        [NetworkVerdict.UnknownNid] = "no key of this node has this NID: another network",
        [NetworkVerdict.Duplicate] = "a further copy of the same octets",
        [NetworkVerdict.IvIndex] = "IV Index before 0",
        [NetworkVerdict.SourceNotUnicast] = "SRC is not a unicast address",
        [NetworkVerdict.NetMic] = "NetMIC wrong: forged or damaged",
        [NetworkVerdict.OwnSource] = "this node sent it itself",
        [NetworkVerdict.Cached] = "this SRC and SEQ came before, over another path",
        [NetworkVerdict.DestinationUnassigned] = "DST is the unassigned address",
        [NetworkVerdict.NoRoom] = "a queue was full",
        [NetworkVerdict.ProxyDisabled] = "from a proxy client while the proxy is off",
    };

    private static readonly Dictionary<RelayVerdict, string> s_relay = new()
    {
        [RelayVerdict.Relayed] = "sent on",
        [RelayVerdict.OwnDestination] = "not sent on: it is at its destination",
        [RelayVerdict.Ttl] = "not sent on: TTL is used up",
        [RelayVerdict.Disabled] = "not sent on: this node is no relay, or no proxy",
        [RelayVerdict.NoClient] = "not sent on: no phone is connected",
        [RelayVerdict.Filtered] = "not sent on: the phone's filter does not hold DST",
        [RelayVerdict.NoRoom] = "not sent on: a queue was full",
    };

    private static readonly Dictionary<ProxyVerdict, string> s_proxy = new()
    {
        [ProxyVerdict.Accepted] = "a valid message of the phone",
        [ProxyVerdict.Incomplete] = "a segment, more to come",
        [ProxyVerdict.NotConnected] = "no such connection",
        [ProxyVerdict.SarViolation] = "segments out of order or too long",
        [ProxyVerdict.UnknownType] = "no message type of the proxy protocol",
        [ProxyVerdict.RateLimited] = "more messages than a client may send",
        [ProxyVerdict.NetworkPdu] = "refused by the network layer",
        [ProxyVerdict.Beacon] = "refused by the beacon layer",
        [ProxyVerdict.NotAuthenticated] = "configuration of somebody without the key",
        [ProxyVerdict.Header] = "configuration with a wrong CTL, TTL or DST",
        [ProxyVerdict.Replayed] = "a recorded configuration message",
        [ProxyVerdict.ReplayListFull] = "no place left to remember its source",
        [ProxyVerdict.Opcode] = "configuration that is not supported",
        [ProxyVerdict.Parameters] = "configuration with wrong parameters",
        [ProxyVerdict.NoRoom] = "a queue was full",
    };

    private static readonly Dictionary<BeaconVerdict, string> s_beacon = new()
    {
        [BeaconVerdict.Accepted] = "of this network",
        [BeaconVerdict.Repeated] = "the same once more",
        [BeaconVerdict.UnprovisionedDevice] = "of a device that waits for a provisioner",
        [BeaconVerdict.Length] = "no beacon has this length",
        [BeaconVerdict.UnknownType] = "no beacon type of the mesh",
        [BeaconVerdict.UnknownNetworkId] = "of another network",
        [BeaconVerdict.Authentication] = "not made with a key of this node",
        [BeaconVerdict.OldKey] = "made with the old key, in Phase 2",
    };

    public static string Of(NetworkVerdict verdict)
    {
        return s_network.GetValueOrDefault(verdict, "");
    }

    public static string Of(RelayVerdict verdict)
    {
        return s_relay.GetValueOrDefault(verdict, "");
    }

    public static string Of(BeaconVerdict verdict)
    {
        return s_beacon.GetValueOrDefault(verdict, "");
    }

    public static string Of(ProxyVerdict verdict)
    {
        return s_proxy.GetValueOrDefault(verdict, "");
    }
}
