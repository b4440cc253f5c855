using System;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.Tool.Vectors;

/// <summary>Vectors of the network layer.</summary>
internal static class NetworkVectors
{
    private const int PrivacyRandomSize = 7;
    private const int ObfuscatedSize = 6;

    /// <summary>P of k2 for managed flooding, when a vector does not give it.</summary>
    public static readonly byte[] Flooding = [0x00];

    public static void Obfuscate(VectorObject input, VectorComparison output)
    {
        byte[] header = input.Octets("header", ObfuscatedSize);
        byte[] plaintext = SecuredPdu.PrivacyPlaintext(input.IvIndex, input.Octets("privacy_random", PrivacyRandomSize));
        byte[] pecb = new byte[Aes128.BlockSize];
        new Aes128(input.Octets("privacy_key", Aes128.KeySize), 0).Encrypt(plaintext, pecb);
        output.Octets("privacy_plaintext", plaintext);
        output.Octets("pecb", pecb.AsSpan(0, ObfuscatedSize));

        for (int i = 0; i < ObfuscatedSize; i++)
        {
            header[i] ^= pecb[i];
        }

        output.Octets("obfuscated", header);
    }

    public static void NetworkPdu(VectorObject input, VectorComparison output)
    {
        byte[] netKey = input.Octets("net_key", NetworkKey.Size);
        byte[] p = input.OctetsOr("k2_p", Flooding);
        SecuredPdu pdu = new(
            netKey,
            p,
            input.IvIndex,
            Nonce.NetworkType,
            input.Flag("ctl"),
            (int)input.Number("ttl", Network.NetworkPdu.MaxTtl),
            input.Sequence,
            input.Address("src"),
            input.Address("dst"),
            input.Octets("transport_pdu"));

        DerivationVectors.CompareK2(netKey, p, output, "");
        output.Number("ivi", input.IvIndex & 1);
        pdu.Compare(output, "network_pdu");
        pdu.CompareReceived(output);
    }
}
