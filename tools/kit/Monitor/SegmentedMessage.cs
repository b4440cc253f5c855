namespace MeshNode.Kit.Monitor;

/// <summary>Segments of a message that somebody sends to somebody.</summary>
internal sealed class SegmentedMessage(int segN, int segmentSize)
{
    private readonly byte[] _octets = new byte[(segN + 1) * segmentSize];
    private uint _missing = LowerTransport.LowerTransportPdu.AllSegments(segN);

    /// <summary>Segments in all.</summary>
    public int Count => segN + 1;

    /// <summary>Octets, once all segments were seen.</summary>
    public int Length { get; private set; }

    /// <summary>The octets.</summary>
    public byte[] Octets => _octets;

    /// <summary>Takes a segment.</summary>
    /// <returns>Whether it is the one that was missing.</returns>
    public bool Add(int segO, byte[] pdu, int offset, int count)
    {
        if (segO > segN || count > segmentSize || (segO < segN && count != segmentSize) || (_missing & (1u << segO)) == 0)
        {
            return false;
        }

        System.Array.Copy(pdu, offset, _octets, segO * segmentSize, count);
        _missing &= ~(1u << segO);

        if (segO == segN)
        {
            Length = (segN * segmentSize) + count;
        }

        return _missing == 0;
    }
}
