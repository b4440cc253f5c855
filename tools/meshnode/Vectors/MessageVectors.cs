using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Crypto;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors of whole messages, from the access payload to the Network PDUs.</summary>
internal static class MessageVectors
{
    private const int MaxSegments = 32;

    public static void UpperAccess(VectorObject input, VectorComparison output)
    {
        Encrypt(input, input, input.Sequence, output);
    }

    public static void Message(VectorObject input, VectorComparison output)
    {
        byte[] netKey = input.Octets("net_key", NetworkKey.Size);
        byte[] p = input.OctetsOr("k2_p", NetworkVectors.Flooding);
        bool control = false;
        List<byte[]> lower;

        if (input.Has("access"))
        {
            lower = Access(input, input.Object("access"), output);
        }
        else if (input.Has("control"))
        {
            control = true;
            lower = Control(input, input.Object("control"));
        }
        else
        {
            control = input.Flag("ctl");
            lower = input.OctetsList("lower");
        }

        DerivationVectors.CompareK2(netKey, p, output, "");
        output.Number("ivi", input.IvIndex & 1);
        output.Number("ctl", control ? 1 : 0);
        output.OctetsList("lower_transport_pdus", lower);

        List<SecuredPdu> pdus =
        [
            .. lower.Select((transportPdu, i) => new SecuredPdu(
                netKey,
                p,
                input.IvIndex,
                Nonce.NetworkType,
                control,
                (int)input.Number("ttl", NetworkPdu.MaxTtl),
                input.Sequence + (long)i,
                input.Address("src"),
                input.Address("dst"),
                transportPdu)),
        ];

        output.ObjectList("network", pdus.Count, (comparison, i) => pdus[i].Compare(comparison, "pdu"));
        pdus.ForEach(pdu => pdu.CompareReceived(output));
    }

    private static List<byte[]> Access(VectorObject input, VectorObject access, VectorComparison output)
    {
        uint seqAuth = access.Has("seq_auth") ? (uint)access.Number("seq_auth", SequenceNumber.Max) : input.Sequence;
        (TransportKey key, byte[] upper) = Encrypt(input, access, seqAuth, output);
        int header = key.IsApplicationKey ? LowerTransportPdu.ApplicationKeyFlag | key.Aid : 0;
        output.Number("akf", key.IsApplicationKey ? 1 : 0);
        output.Number("aid", key.Aid);
        output.Octets("upper_transport_pdu", upper);
        List<byte[]> lower = access.Flag("segmented")
            ? Segments(header, access.Flag("szmic"), seqAuth, upper, LowerTransportPdu.AccessSegmentSize)
            : [Unsegmented(header, upper)];

        if (!access.Has("send"))
        {
            return lower;
        }

        List<int> send = access.NumberList("send", lower.Count - 1);

        return send.Count == 0 ? lower : [.. send.Select(segO => lower[segO])];
    }

    private static List<byte[]> Control(VectorObject input, VectorObject control)
    {
        int opcode = (int)control.Number("opcode", LowerTransportPdu.OpcodeMask);
        byte[] parameters = control.Octets("params");
        uint seqAuth = control.Has("seq_auth") ? (uint)control.Number("seq_auth", SequenceNumber.Max) : input.Sequence;

        return control.Flag("segmented")
            ? Segments(opcode, false, seqAuth, parameters, LowerTransportPdu.ControlSegmentSize)
            : [Unsegmented(opcode, parameters)];
    }

    /// <summary>Encrypts, compares, and decrypts again.</summary>
    private static (TransportKey Key, byte[] Pdu) Encrypt(VectorObject addresses, VectorObject access, uint sequence, VectorComparison output)
    {
        string keyType = access.Text("key_type");
        byte[] keyOctets = access.Octets("key", NetworkKey.Size);
        TransportKey key = keyType switch
        {
            "application" => TransportKey.Application(keyOctets),
            "device" => TransportKey.Device(keyOctets),
            _ => throw new VectorFormatException($"{access.PathOf("key_type")} is {keyType}, which is neither application nor device"),
        };
        byte[] payload = access.Octets("payload");
        bool szmic = access.Flag("szmic");
        byte[]? label = access.OctetsOr("label", []) is { Length: > 0 } ? access.Octets("label", UpperTransportAccessPdu.LabelSize) : null;
        int source = addresses.Address("src");
        int destination = addresses.Address("dst");
        uint ivIndex = addresses.IvIndex;
        int micSize = szmic ? UpperTransportAccessPdu.LongMicSize : UpperTransportAccessPdu.ShortMicSize;

        if (payload.Length + micSize > UpperTransportAccessPdu.MaxLength)
        {
            throw new VectorFormatException($"{access.PathOf("payload")} does not fit {MaxSegments} segments");
        }

        if (label != null && KeyDerivation.VirtualAddress(label, 0) != destination)
        {
            throw new VectorFormatException($"{addresses.PathOf("dst")} is not the virtual address of the label");
        }

        byte[] pdu = new byte[payload.Length + micSize];
        byte[] decrypted = new byte[pdu.Length];
        UpperTransportAccessPdu.Encrypt(key, szmic, sequence, source, destination, ivIndex, label, payload, payload.Length, pdu);
        byte[] nonce = new byte[Nonce.Size];

        if (key.IsApplicationKey)
        {
            Nonce.Application(szmic, sequence, source, destination, ivIndex, nonce);
        }
        else
        {
            Nonce.Device(szmic, sequence, source, destination, ivIndex, nonce);
        }

        output.Octets("transport_nonce", nonce);
        output.Octets("encrypted_access", pdu.AsSpan(0, payload.Length));
        output.Octets("trans_mic", pdu.AsSpan(payload.Length));
        int count = UpperTransportAccessPdu.Decrypt(key, szmic, sequence, source, destination, ivIndex, label, pdu, 0, pdu.Length, decrypted);
        output.Check(decrypted.AsSpan(0, count).SequenceEqual(payload), "the firmware does not decrypt the access payload that it has encrypted");

        return (key, pdu);
    }

    private static byte[] Unsegmented(int header, byte[] upper)
    {
        byte[] pdu = new byte[LowerTransportPdu.UnsegmentedHeaderSize + upper.Length];
        LowerTransportPdu.EncodeUnsegmented(header, upper, upper.Length, pdu);

        return pdu;
    }

    private static List<byte[]> Segments(int header, bool szmic, uint seqAuth, byte[] upper, int segmentSize)
    {
        int segments = (upper.Length + segmentSize - 1) / segmentSize;

        if (segments is 0 or > MaxSegments)
        {
            throw new VectorFormatException($"{upper.Length} octets make {segments} segments");
        }

        List<byte[]> pdus = [];

        for (int segO = 0; segO < segments; segO++)
        {
            byte[] pdu = new byte[LowerTransportPdu.SegmentedHeaderSize + segmentSize];
            int seqZero = (int)seqAuth & LowerTransportPdu.SeqZeroMask;
            int offset = segO * segmentSize;
            int size = Math.Min(segmentSize, upper.Length - offset);
            int length = LowerTransportPdu.EncodeSegment(header, szmic, seqZero, segO, segments - 1, upper, offset, size, pdu);
            pdus.Add(pdu[..length]);
        }

        return pdus;
    }
}
