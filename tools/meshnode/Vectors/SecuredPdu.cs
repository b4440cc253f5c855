using System;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.Tool.Vectors;

/// <summary>A Network PDU, secured by the firmware, and the parts it is made of.</summary>
internal sealed class SecuredPdu
{
    private const uint ControlBit = 0x80000000;
    private const int PrivacyRandomSize = 7;

    private readonly uint _ivIndex;
    private readonly int _nonceType;
    private readonly byte[] _netKey;
    private readonly byte[] _p;
    private readonly NetworkCredentials _credentials;
    private readonly int _micSize;

    /// <param name="p">P of k2.</param>
    /// <param name="nonceType">See <see cref="Nonce"/>.</param>
    public SecuredPdu(
        byte[] netKey,
        byte[] p,
        uint ivIndex,
        int nonceType,
        bool control,
        int ttl,
        long sequence,
        int source,
        int destination,
        byte[] transportPdu)
    {
        if (sequence > SequenceNumber.Max)
        {
            throw new VectorFormatException($"SEQ {sequence} is more than {SequenceNumber.Max}");
        }

        _netKey = netKey;
        _p = p;
        _ivIndex = nonceType == Nonce.ProxySolicitationType ? 0 : ivIndex;
        _nonceType = nonceType;
        _credentials = new NetworkCredentials(netKey, p, p.Length);
        _micSize = control ? 8 : 4;
        Header = (control ? ControlBit : 0) | ((uint)ttl << 24) | (uint)sequence;
        Source = source;
        Destination = destination;
        TransportPdu = transportPdu;

        byte[] clear = [(byte)(destination >> 8), (byte)destination, .. transportPdu];
        Octets = new byte[NetworkPdu.HeaderSize + clear.Length + _micSize];
        _credentials.Encrypt(Header, source, ivIndex, nonceType, clear, 0, clear.Length, Octets, 0);
    }

    public byte[] Octets { get; }

    private uint Header { get; }

    private int Source { get; }

    private int Destination { get; }

    private byte[] TransportPdu { get; }

    /// <summary>Compares the parts.</summary>
    /// <param name="name">What the vector calls the PDU.</param>
    public void Compare(VectorComparison output, string name)
    {
        ReadOnlySpan<byte> obfuscated = Octets.AsSpan(1, NetworkPdu.HeaderSize - 1);
        ReadOnlySpan<byte> encrypted = Octets.AsSpan(NetworkPdu.HeaderSize);
        _credentials.Deobfuscate(Octets, 0, _ivIndex);
        uint header = _credentials.CtlTtlSeq;
        byte[] clear =
        [
            (byte)(header >> 24), (byte)(header >> 16), (byte)(header >> 8), (byte)header, (byte)(_credentials.Src >> 8), (byte)_credentials.Src,
        ];
        byte[] pecb = new byte[clear.Length];

        for (int i = 0; i < pecb.Length; i++)
        {
            pecb[i] = (byte)(clear[i] ^ obfuscated[i]);
        }

        output.Number("seq", Header & SequenceNumber.Max);
        output.Octets(name, Octets);
        output.Octets("nonce", NonceOctets());
        output.Octets("enc_payload", encrypted[..^_micSize]);
        output.Octets("net_mic", encrypted[^_micSize..]);
        output.Octets("clear_header", clear);
        output.Octets("obfuscated_header", obfuscated);
        output.Octets("pecb", pecb);
        output.Octets("privacy_plaintext", PrivacyPlaintext(_ivIndex, encrypted[..PrivacyRandomSize]));
        output.Check(header == Header && _credentials.Src == Source, "the firmware does not remove the obfuscation that it has made");
    }

    /// <summary>Gives the PDU to a node that holds the key: it must read what went in.</summary>
    /// <remarks>Vectors of the codec alone, which no node would accept, are left out.</remarks>
    public void CompareReceived(VectorComparison output)
    {
        if (!Address.IsUnicast(Source) || Destination == Address.Unassigned || TransportPdu.Length == 0 || Octets.Length > NetworkPdu.MaxLength)
        {
            return;
        }

        ReceivingNode node = new([new NetworkKey(_netKey, new NetworkCredentials(_netKey, _p, _p.Length))], _ivIndex);
        NetworkVerdict verdict = node.ReceiveNetworkPdu(Octets);
        NetworkPdu pdu = node.Stack.Network.Received;
        uint header = (pdu.Control ? ControlBit : 0) | ((uint)pdu.Ttl << 24) | pdu.Sequence;

        output.Check(
            verdict == NetworkVerdict.Accepted
                && header == Header
                && pdu.Source == Source
                && pdu.Destination == Destination
                && pdu.IvIndex == _ivIndex
                && pdu.Payload.AsSpan(NetworkPdu.TransportOffset, pdu.TransportLength).SequenceEqual(TransportPdu),
            $"the firmware's network layer does not read {Convert.ToHexStringLower(Octets)} as what it was made of: {verdict}");
    }

    public static byte[] PrivacyPlaintext(uint ivIndex, ReadOnlySpan<byte> privacyRandom)
    {
        byte[] block = new byte[Aes128.BlockSize];
        BigEndian.WriteUInt32(block, 5, ivIndex);
        privacyRandom.CopyTo(block.AsSpan(9));

        return block;
    }

    private byte[] NonceOctets()
    {
        byte[] nonce = new byte[Nonce.Size];

        switch (_nonceType)
        {
            case Nonce.NetworkType:
                Nonce.Network(Header, Source, _ivIndex, nonce);
                break;

            case Nonce.ProxyType:
                Nonce.Proxy(Header & SequenceNumber.Max, Source, _ivIndex, nonce);
                break;

            default:
                Nonce.ProxySolicitation(Header & SequenceNumber.Max, Source, nonce);
                break;
        }

        return nonce;
    }
}
