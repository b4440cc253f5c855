using System;
using System.Linq;
using MeshNode.LowerTransport;
using MeshNode.Network;

namespace MeshNode.Simulation;

/// <summary>The segments of one access message that have arrived so far.</summary>
internal sealed class SegmentedMessage
{
    private readonly byte[]?[] _pdus;
    private readonly int _header;
    private readonly int _destination;
    private readonly uint _ivIndex;

    public SegmentedMessage(NetworkPdu pdu)
    {
        byte[] payload = pdu.Payload;
        int fields = Fields(payload);
        int seqZero = (fields >> 10) & LowerTransportPdu.SeqZeroMask;
        _header = payload[NetworkPdu.TransportOffset];
        _destination = pdu.Destination;
        _ivIndex = pdu.IvIndex;
        Szmic = fields >> 23 != 0;
        SeqAuth = pdu.Sequence - ((pdu.Sequence - (uint)seqZero) & LowerTransportPdu.SeqZeroMask);
        _pdus = new byte[]?[(fields & 0x1F) + 1];
    }

    public bool Szmic { get; }

    public uint SeqAuth { get; }

    public bool IsComplete => _pdus.All(static pdu => pdu != null);

    public byte[][] Pdus => _pdus!;

    public byte[] UpperTransportPdu => _pdus.SelectMany(static pdu => pdu!.Skip(LowerTransportPdu.SegmentedHeaderSize)).ToArray();

    /// <summary>Whether a segment is one of the same message.</summary>
    public bool Matches(SegmentedMessage other)
    {
        return _header == other._header && _destination == other._destination && _ivIndex == other._ivIndex
            && Szmic == other.Szmic && SeqAuth == other.SeqAuth && _pdus.Length == other._pdus.Length;
    }

    /// <summary>Takes a segment.</summary>
    /// <returns><see langword="false"/> when its length or number is wrong.</returns>
    public bool Add(NetworkPdu pdu)
    {
        int segO = (Fields(pdu.Payload) >> 5) & 0x1F;
        int length = pdu.TransportLength - LowerTransportPdu.SegmentedHeaderSize;

        if (segO >= _pdus.Length || length < 1 || (segO < _pdus.Length - 1 && length != LowerTransportPdu.AccessSegmentSize))
        {
            return false;
        }

        _pdus[segO] = pdu.Payload.AsSpan(NetworkPdu.TransportOffset, pdu.TransportLength).ToArray();

        return true;
    }

    private static int Fields(byte[] payload)
    {
        int offset = NetworkPdu.TransportOffset + 1;

        return (payload[offset] << 16) | (payload[offset + 1] << 8) | payload[offset + 2];
    }
}
