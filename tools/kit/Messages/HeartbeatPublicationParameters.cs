namespace MeshNode.Kit.Messages;

/// <summary>The Heartbeat Publication state as messages carry it. See Mesh Protocol 1.1, section 4.2 (Heartbeat Publication).</summary>
/// <param name="Destination">Unassigned for none.</param>
/// <param name="CountLog">0x00 to 0x11, or 0xFF for no end.</param>
/// <param name="PeriodLog">0x00 to 0x11.</param>
/// <param name="Ttl">0x00 to 0x7F.</param>
/// <param name="Features">Features whose changes are published.</param>
/// <param name="NetKeyIndex">The subnet.</param>
public sealed record HeartbeatPublicationParameters(int Destination, int CountLog, int PeriodLog, int Ttl, int Features, int NetKeyIndex)
{
    internal MessageWriter Write(MessageWriter writer)
    {
        return writer.UInt16(Destination).Octet(CountLog).Octet(PeriodLog).Octet(Ttl).UInt16(Features).KeyIndex(NetKeyIndex);
    }

    internal static HeartbeatPublicationParameters Read(ref MessageReader reader)
    {
        return new HeartbeatPublicationParameters(
            reader.UInt16(), reader.Octet(), reader.Octet(), reader.Octet(), reader.UInt16(), reader.KeyIndex());
    }
}
