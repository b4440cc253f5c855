using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Crypto;
using MeshNode.Network;
using MeshNode.Proxy;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors of the proxy protocol.</summary>
internal static class ProxyVectors
{
    // Mesh Proxy Solicitation Service, of which the firmware has no more than the nonce yet.
    private const int SolicitationService = 0x1859;
    private const int MaxAttributeValue = 512;

    public static void Configuration(VectorObject input, VectorComparison output)
    {
        byte[] netKey = input.Octets("net_key", NetworkKey.Size);
        byte[] p = input.OctetsOr("k2_p", NetworkVectors.Flooding);
        byte[] message = input.Has("message") ? Message(input.Text("message"), input.Object("fields")) : input.Octets("transport_pdu");
        SecuredPdu pdu = new(netKey, p, input.IvIndex, Nonce.ProxyType, true, 0, input.Sequence, input.Address("src"), Address.Unassigned, message);

        DerivationVectors.CompareK2(netKey, p, output, "");
        output.Octets("transport_pdu", message);
        output.Octets("proxy_pdu", [ProxyPduType.ProxyConfiguration, .. pdu.Octets]);
        pdu.Compare(output, "network_pdu");
        CompareReceived(new NetworkKey(netKey, new NetworkCredentials(netKey, p, p.Length)), input, message, pdu.Octets, output);
    }

    public static void Segmentation(VectorObject input, VectorComparison output)
    {
        int type = (int)input.Number("message_type", 0x3F);
        byte[] message = input.Octets("message");
        int most = (int)input.Number("att_value_max", MaxAttributeValue);

        if (most < 2)
        {
            throw new VectorFormatException($"{input.PathOf("att_value_max")} is {most}: there is no room for the message");
        }

        List<byte[]> segments = [];
        byte[] value = new byte[most];
        int position = 0;

        do
        {
            int count = ProxySegmenter.Encode(type, message, message.Length, position, value, most);
            segments.Add(value[..count]);
            position += count - 1;
        }
        while (position < message.Length);

        output.OctetsList("segments", segments);
        CompareReassembled(type, message, segments, output);
    }

    public static void Solicitation(VectorObject input, VectorComparison output)
    {
        byte[] netKey = input.Octets("net_key", NetworkKey.Size);
        SecuredPdu pdu = new(
            netKey, NetworkVectors.Flooding, 0, Nonce.ProxySolicitationType, true, 0, input.Sequence, input.Address("src"), input.Address("dst"), []);

        DerivationVectors.CompareK2(netKey, NetworkVectors.Flooding, output, "");
        pdu.Compare(output, "solicitation_pdu");
        AdvertVectors.CompareServiceData(SolicitationService, [0x00, .. pdu.Octets], output);
    }

    private static byte[] Message(string name, VectorObject fields)
    {
        switch (name)
        {
            case "set_filter_type":
                return [ProxyConfigurationMessage.SetFilterType, (byte)fields.Number("filter_type", byte.MaxValue)];

            case "add_addresses":
                return [ProxyConfigurationMessage.AddAddresses, .. Addresses(fields)];

            case "remove_addresses":
                return [ProxyConfigurationMessage.RemoveAddresses, .. Addresses(fields)];

            case "filter_status":
                byte[] message = new byte[ProxyConfigurationMessage.FilterStatusLength];
                ProxyConfigurationMessage.EncodeFilterStatus(
                    (int)fields.Number("filter_type", byte.MaxValue), fields.Address("list_size"), message);

                return message;

            default:
                throw new VectorFormatException($"in.message is {name}, which is no proxy configuration message");
        }
    }

    private static IEnumerable<byte> Addresses(VectorObject fields)
    {
        return fields.NumberList("addresses", ushort.MaxValue).SelectMany(static address => new[] { (byte)(address >> 8), (byte)address });
    }

    private static void CompareReceived(NetworkKey key, VectorObject input, byte[] message, byte[] pdu, VectorComparison output)
    {
        if (!Address.IsUnicast(input.Address("src")) || message.Length is 0 or > NetworkPdu.MaxControlTransportLength)
        {
            return;
        }

        NetworkLayer network = new ReceivingNode([key], input.IvIndex).Stack.Network;
        NetworkVerdict verdict = network.ReceiveProxyConfiguration(pdu, 0, pdu.Length, 0);
        NetworkPdu received = network.ProxyConfiguration;

        output.Check(
            verdict == NetworkVerdict.Accepted
                && received.Control
                && received.Sequence == input.Sequence
                && received.Source == input.Address("src")
                && received.Payload.AsSpan(NetworkPdu.TransportOffset, received.TransportLength).SequenceEqual(message),
            $"the firmware's network layer does not read {Convert.ToHexStringLower(pdu)} as what it was made of: {verdict}");
    }

    private static void CompareReassembled(int type, byte[] message, List<byte[]> segments, VectorComparison output)
    {
        if (message.Length > ProxyPduType.MaxLength(type))
        {
            return;
        }

        ProxyReassembler reassembler = new();
        ProxyReassembly last = ProxyReassembly.Incomplete;

        foreach (byte[] segment in segments)
        {
            last = reassembler.Receive(segment, 0, segment.Length, 0);
        }

        output.Check(
            last == ProxyReassembly.Complete && reassembler.Message.AsSpan(0, reassembler.Length).SequenceEqual(message),
            $"the firmware does not put its own segments together: {last}");
    }
}
