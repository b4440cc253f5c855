using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.Provisioning;
using MeshNode.Proxy;
using MeshNode.UpperTransport;

namespace MeshNode.Kit.Monitor;

/// <summary>Reads what is on the air with all keys of a network: an observer, who takes part in nothing and drops nothing.</summary>
/// <remarks>Segmented messages are told once, with the segment that completes them. Parameters that are keys are left out.</remarks>
public sealed class PduDecoder
{
    private const int MaxReassemblies = 256;
    private const int NidMask = 0x7F;
    private const int KeySize = 16;
    private const uint ControlBit = 0x80000000;

    private static readonly string[] s_provisioning =
    [
        "Invite", "Capabilities", "Start", "Public Key", "Input Complete", "Confirmation", "Random", "Data", "Complete", "Failed",
        "Record Request", "Record Response", "Records Get", "Records List",
    ];

    private static readonly IEqualityComparer<byte[]> s_sameArray = EqualityComparer<byte[]>.Create(ReferenceEquals, System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode);

    private readonly MeshNetwork _network;
    private readonly Dictionary<byte[], NetworkKey> _networkKeys = new(s_sameArray);
    private readonly Dictionary<byte[], TransportKey> _transportKeys = new(s_sameArray);
    private readonly Dictionary<(int Source, int Destination, uint IvIndex, uint SeqAuth, bool Control), SegmentedMessage> _segments = [];
    private readonly GenericProvisioningPdu _provisioning = new();
    private readonly byte[] _clear = new byte[NetworkPdu.MaxLength];
    private readonly byte[] _payload = new byte[UpperTransportAccessPdu.MaxLength];

    public PduDecoder(MeshNetwork network)
    {
        _network = network;
    }

    /// <summary>Reads an AD structure.</summary>
    /// <param name="type">AD type.</param>
    public DecodedPdu Decode(int type, byte[] payload)
    {
        return type switch
        {
            AdvertisingData.MeshMessage => DecodeNetworkPdu(payload) ?? new DecodedPdu("network PDU", $"of another network, NID {(payload.Length == 0 ? 0 : payload[0] & NidMask):x2}, {payload.Length} octets"),
            AdvertisingData.MeshBeacon => DecodeBeacon(payload),
            AdvertisingData.PbAdv => DecodeProvisioning(payload),
            _ => new DecodedPdu("advert", $"AD type {type:x2}, {payload.Length} octets"),
        };
    }

    /// <summary>Reads a whole Proxy PDU.</summary>
    /// <param name="type">See <see cref="ProxyPduType"/>.</param>
    public DecodedPdu DecodeProxy(int type, byte[] message)
    {
        return type switch
        {
            ProxyPduType.NetworkPdu => Decode(AdvertisingData.MeshMessage, message),
            ProxyPduType.MeshBeacon => DecodeBeacon(message),
            ProxyPduType.ProxyConfiguration => DecodeProxyConfiguration(message),
            _ => new DecodedPdu("provisioning", message.Length != 0 && message[0] < s_provisioning.Length ? s_provisioning[message[0]] : "unknown"),
        };
    }

    /// <summary>Reads the service data of a connectable advert.</summary>
    public DecodedPdu DecodeServiceData(int service, byte[] data)
    {
        if (service == GattService.Provisioning)
        {
            return new DecodedPdu("provisioning service", data.Length >= KeySize ? $"device {Convert.ToHexStringLower(data.AsSpan(0, KeySize))}" : "malformed");
        }

        Proxy.ProxyIdentity? identity = Proxy.ProxyIdentity.Match(_network, data);

        return new DecodedPdu("proxy service", identity == null ? "of another network" : identity.Node == null ? $"of subnet {identity.NetKeyIndex:x3}" : $"of node {identity.Node.Address:x4}, subnet {identity.NetKeyIndex:x3}")
        {
            NetKeyIndex = identity?.NetKeyIndex,
        };
    }

    /// <summary>Reads a Network PDU.</summary>
    /// <returns><see langword="null"/> when it is of no network whose keys are known.</returns>
    public DecodedPdu? DecodeNetworkPdu(byte[] pdu)
    {
        return Open(pdu, Nonce.NetworkType) is { } head ? Describe(head) : null;
    }

    private static string Hex(ReadOnlySpan<byte> octets)
    {
        return Convert.ToHexStringLower(octets);
    }

    // Octets of the key indexes that stand before a key; -1 when a message holds none.
    private static int IndexesBeforeKey(int opcode)
    {
        return opcode switch
        {
            Models.Foundation.ConfigurationOpcode.AppKeyAdd or Models.Foundation.ConfigurationOpcode.AppKeyUpdate => 3,
            Models.Foundation.ConfigurationOpcode.NetKeyAdd or Models.Foundation.ConfigurationOpcode.NetKeyUpdate => 2,
            _ => -1,
        };
    }

    private Head? Open(byte[] pdu, int nonce)
    {
        if (pdu.Length is < NetworkPdu.MinLength or > NetworkPdu.MaxLength)
        {
            return null;
        }

        foreach (NetKeyEntry entry in _network.NetKeys)
        {
            foreach (byte[] key in entry.NewKey == null ? [entry.Key] : new[] { entry.NewKey, entry.Key })
            {
                NetworkCredentials credentials = Cached(key).Credentials;
                uint current = _network.IvIndex;
                uint ivIndex = (current & 1) == pdu[0] >> 7 ? current : current - 1;

                if (credentials.Nid != (pdu[0] & NidMask))
                {
                    continue;
                }

                // An observer who has been away for a while may be behind.
                foreach (uint attempt in _network.IsIvIndexKnown ? new[] { ivIndex } : [ivIndex, ivIndex + 2, ivIndex + 4])
                {
                    credentials.Deobfuscate(pdu, 0, attempt);

                    if (credentials.Decrypt(pdu, 0, pdu.Length, attempt, nonce, _clear, 0))
                    {
                        uint header = credentials.CtlTtlSeq;
                        bool control = header >= ControlBit;

                        return new Head(
                            entry.Index,
                            attempt,
                            control,
                            (int)(header >> 24) & NetworkPdu.MaxTtl,
                            header & SequenceNumber.Max,
                            credentials.Src,
                            BigEndian.ReadUInt16(_clear, 0),
                            pdu.Length - (control ? 17 : 13));
                    }
                }
            }
        }

        return null;
    }

    private DecodedPdu Describe(Head head)
    {
        (string kind, string summary, int? key, object? status) = head.Length < 1 ? ("network PDU", "no TransportPDU", null, null) : Transport(head);

        return new DecodedPdu(kind, summary)
        {
            NetKeyIndex = head.NetKeyIndex,
            IvIndex = head.IvIndex,
            Ttl = head.Ttl,
            Sequence = head.Sequence,
            Source = head.Source,
            Destination = head.Destination,
            Key = key,
            Status = status,
            Transport = _clear[..(NetworkPdu.TransportOffset + head.Length)],
        };
    }

    private (string Kind, string Summary, int? Key, object? Status) Transport(Head head)
    {
        byte[] pdu = _clear[NetworkPdu.TransportOffset..(NetworkPdu.TransportOffset + head.Length)];
        bool segmented = (pdu[0] & LowerTransportPdu.Segmented) != 0;

        if (segmented && pdu.Length <= LowerTransportPdu.SegmentedHeaderSize)
        {
            return ("segment", "malformed", null, null);
        }

        if (!segmented)
        {
            return head.Control
                ? Control(pdu[0] & LowerTransportPdu.OpcodeMask, pdu[1..])
                : Access(head, pdu[0], false, head.Sequence, pdu, LowerTransportPdu.UnsegmentedHeaderSize, pdu.Length - LowerTransportPdu.UnsegmentedHeaderSize);
        }

        int fields = LowerTransportPdu.Fields(pdu, 0);
        int segN = LowerTransportPdu.SegN(fields);
        int segO = LowerTransportPdu.SegO(fields);
        uint back = (head.Sequence - (uint)LowerTransportPdu.SeqZero(fields)) & LowerTransportPdu.SeqZeroMask;

        if (back > head.Sequence)
        {
            return ("segment", "SeqZero of no SEQ", null, null);
        }

        uint seqAuth = head.Sequence - back;
        var id = (head.Source, head.Destination, head.IvIndex, seqAuth, head.Control);

        if (!_segments.TryGetValue(id, out SegmentedMessage? message))
        {
            if (_segments.Count == MaxReassemblies)
            {
                _segments.Clear();
            }

            message = new SegmentedMessage(segN, head.Control ? LowerTransportPdu.ControlSegmentSize : LowerTransportPdu.AccessSegmentSize);
            _segments[id] = message;
        }

        bool complete = segN + 1 == message.Count && message.Add(segO, pdu, LowerTransportPdu.SegmentedHeaderSize, pdu.Length - LowerTransportPdu.SegmentedHeaderSize);

        if (!complete)
        {
            return ("segment", $"{segO} of 0-{segN}, SeqAuth {seqAuth:x6}", null, null);
        }

        return head.Control
            ? Control(pdu[0] & LowerTransportPdu.OpcodeMask, message.Octets[..message.Length])
            : Access(head, pdu[0], LowerTransportPdu.Szmic(fields), seqAuth, message.Octets, 0, message.Length);
    }

    private static (string Kind, string Summary, int? Key, object? Status) Control(int opcode, byte[] parameters)
    {
        switch (opcode)
        {
            case SegmentAcknowledgment.Opcode when parameters.Length == SegmentAcknowledgment.Length - 1:
                byte[] whole = [0, .. parameters];

                return ("acknowledgment", $"SeqZero {SegmentAcknowledgment.SeqZero(whole, 0):x4}, segments {SegmentAcknowledgment.BlockAck(whole, 0):x8}", null, null);

            case Heartbeat.Opcode when parameters.Length == Heartbeat.Length:
                return ("heartbeat", $"InitTTL {parameters[0] & NetworkPdu.MaxTtl}, features {parameters[1]:x2}{parameters[2]:x2}", null, null);

            default:
                return ("control", $"opcode {opcode:x2}, {Hex(parameters)}", null, null);
        }
    }

    private (string Kind, string Summary, int? Key, object? Status) Access(Head head, int header, bool szmic, uint sequence, byte[] pdu, int offset, int count)
    {
        bool application = (header & LowerTransportPdu.ApplicationKeyFlag) != 0;

        foreach ((int index, byte[] key) in application ? ApplicationKeys(head.NetKeyIndex) : DeviceKeys(head))
        {
            TransportKey transport = Cached(key, application);

            if (application && transport.Aid != (header & LowerTransportPdu.AidMask))
            {
                continue;
            }

            foreach (byte[]? label in Labels(head.Destination))
            {
                int length = UpperTransportAccessPdu.Decrypt(transport, szmic, sequence, head.Source, head.Destination, head.IvIndex, label, pdu, offset, count, _payload);

                if (length > 0)
                {
                    (string summary, object? status) = Message(_payload.AsSpan(0, length));

                    return (application ? $"message, application key {index:x3}" : "message, device key", summary, index, status);
                }
            }
        }

        return ("message", $"secured with a key that is not known, {count} octets", null, null);
    }

    private static (string Summary, object? Status) Message(ReadOnlySpan<byte> payload)
    {
        int opcode = MessageReader.OpcodeOf(payload);
        string name = MessageName.Of(opcode);

        if (StatusReader.Read(payload) is { } status)
        {
            return ($"{name}: {StatusText.Of(status).ReplaceLineEndings(" ")}", status);
        }

        int size = Opcode.Size(payload.ToArray(), 0, payload.Length);
        ReadOnlySpan<byte> parameters = payload[size..];

        int indexes = IndexesBeforeKey(opcode);

        if (indexes >= 0)
        {
            return ($"{name} {Hex(parameters[..Math.Min(indexes, parameters.Length)])} and a key", null);
        }

        return (parameters.IsEmpty ? name : $"{name} {Hex(parameters)}", null);
    }

    private DecodedPdu DecodeBeacon(byte[] beacon)
    {
        switch (beacon.Length == 0 ? -1 : beacon[0])
        {
            case BeaconType.UnprovisionedDevice when UnprovisionedDeviceBeacon.IsValid(beacon.Length):
                return new DecodedPdu("unprovisioned device beacon", $"device {Hex(beacon.AsSpan(1, KeySize))}, OOB information {BigEndian.ReadUInt16(beacon, 1 + KeySize):x4}");

            case BeaconType.SecureNetwork when beacon.Length == SecureNetworkBeacon.Length:
                foreach ((int index, NetworkKey key) in Keys())
                {
                    if (SecureNetworkBeacon.HasNetworkId(key, beacon, 0))
                    {
                        return SecureNetworkBeacon.Authenticate(key, beacon, 0)
                            ? Beacon("secure network beacon", index, SecureNetworkBeacon.Flags(beacon, 0), SecureNetworkBeacon.IvIndex(beacon, 0))
                            : new DecodedPdu("secure network beacon", "forged");
                    }
                }

                return new DecodedPdu("secure network beacon", $"of another network, Network ID {Hex(beacon.AsSpan(2, NetworkKey.NetworkIdSize))}");

            case BeaconType.Private when beacon.Length == PrivateBeacon.Length:
                byte[] data = new byte[PrivateBeacon.DataSize];

                foreach ((int index, NetworkKey key) in Keys())
                {
                    if (PrivateBeacon.Decode(key, beacon, 0, new byte[PrivateBeacon.RandomSize], data))
                    {
                        return Beacon("private beacon", index, data[0], BigEndian.ReadUInt32(data, 1));
                    }
                }

                return new DecodedPdu("private beacon", "of another network");

            default:
                return new DecodedPdu("beacon", $"unknown, {beacon.Length} octets");
        }
    }

    private static DecodedPdu Beacon(string kind, int netKeyIndex, int flags, uint ivIndex)
    {
        string update = (flags & BeaconFlags.IvUpdate) != 0 ? ", IV Update in progress" : "";
        string refresh = (flags & BeaconFlags.KeyRefresh) != 0 ? ", key refresh phase 2" : "";

        return new DecodedPdu(kind, $"subnet {netKeyIndex:x3}, IV Index {ivIndex}{update}{refresh}") { NetKeyIndex = netKeyIndex, IvIndex = ivIndex, IvUpdate = update.Length > 0 };
    }

    private DecodedPdu DecodeProvisioning(byte[] payload)
    {
        if (!_provisioning.Decode(payload, 0, payload.Length))
        {
            return new DecodedPdu("PB-ADV", "malformed");
        }

        string text = _provisioning.Format switch
        {
            GenericProvisioningPdu.Start => $"transaction {_provisioning.Transaction:x2} starts, {_provisioning.TotalLength} octets: "
                + (_provisioning.DataCount > 0 && payload[_provisioning.DataOffset] < s_provisioning.Length ? s_provisioning[payload[_provisioning.DataOffset]] : "unknown"),
            GenericProvisioningPdu.Acknowledgment => $"transaction {_provisioning.Transaction:x2} acknowledged",
            GenericProvisioningPdu.Continuation => $"transaction {_provisioning.Transaction:x2}, segment {_provisioning.Number}",
            _ => _provisioning.Number switch
            {
                GenericProvisioningPdu.LinkOpen => "link open",
                GenericProvisioningPdu.LinkAck => "link acknowledged",
                _ => "link closed",
            },
        };

        return new DecodedPdu("PB-ADV", $"link {_provisioning.LinkId:x8}: {text}");
    }

    private DecodedPdu DecodeProxyConfiguration(byte[] message)
    {
        if (Open(message, Nonce.ProxyType) is not { } head || head.Length < 1)
        {
            return new DecodedPdu("proxy configuration", "of another network");
        }

        ReadOnlySpan<byte> parameters = _clear.AsSpan(NetworkPdu.TransportOffset + 1, head.Length - 1);
        string text = _clear[NetworkPdu.TransportOffset] switch
        {
            ProxyConfigurationMessage.SetFilterType => $"Set Filter Type {Hex(parameters)}",
            ProxyConfigurationMessage.AddAddresses => $"Add Addresses {Hex(parameters)}",
            ProxyConfigurationMessage.RemoveAddresses => $"Remove Addresses {Hex(parameters)}",
            ProxyConfigurationMessage.FilterStatus => $"Filter Status {Hex(parameters)}",
            _ => $"opcode {_clear[NetworkPdu.TransportOffset]:x2}",
        };

        return new DecodedPdu("proxy configuration", text)
        {
            NetKeyIndex = head.NetKeyIndex,
            IvIndex = head.IvIndex,
            Ttl = head.Ttl,
            Sequence = head.Sequence,
            Source = head.Source,
            Destination = head.Destination,
        };
    }

    private IEnumerable<(int Index, NetworkKey Key)> Keys()
    {
        return _network.NetKeys.SelectMany(entry => entry.NewKey == null
            ? new[] { (entry.Index, Cached(entry.Key)) }
            : [(entry.Index, Cached(entry.NewKey)), (entry.Index, Cached(entry.Key))]);
    }

    private IEnumerable<(int Index, byte[] Key)> ApplicationKeys(int netKeyIndex)
    {
        return _network.AppKeys.Where(key => key.NetKeyIndex == netKeyIndex)
            .SelectMany(static key => key.NewKey == null ? new[] { (key.Index, key.Key) } : [(key.Index, key.NewKey), (key.Index, key.Key)]);
    }

    private IEnumerable<(int Index, byte[] Key)> DeviceKeys(Head head)
    {
        foreach (int address in new[] { head.Destination, head.Source })
        {
            if (_network.FindNode(address) is { HasDeviceKey: true } node)
            {
                yield return (AccessKey.RemoteDevice, node.DeviceKey);
            }
        }
    }

    private IEnumerable<byte[]?> Labels(int destination)
    {
        return destination is < Address.FirstVirtual or >= Address.FirstGroup
            ? [null]
            : _network.Groups.Where(group => group.Label != null && group.Address == destination).Select(static group => group.Label);
    }

    private NetworkKey Cached(byte[] key)
    {
        if (!_networkKeys.TryGetValue(key, out NetworkKey? derived))
        {
            _networkKeys[key] = derived = new NetworkKey(key);
        }

        return derived;
    }

    private TransportKey Cached(byte[] key, bool application)
    {
        if (!_transportKeys.TryGetValue(key, out TransportKey? derived))
        {
            _transportKeys[key] = derived = application ? TransportKey.Application(key) : TransportKey.Device(key);
        }

        return derived;
    }

    private sealed record Head(int NetKeyIndex, uint IvIndex, bool Control, int Ttl, uint Sequence, int Source, int Destination, int Length);
}
