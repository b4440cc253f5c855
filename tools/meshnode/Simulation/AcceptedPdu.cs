using MeshNode.Network;

namespace MeshNode.Simulation;

/// <summary>Copy of what a network layer knows of a PDU that it has authenticated.</summary>
public sealed record AcceptedPdu(
    uint IvIndex,
    bool Control,
    int Ttl,
    uint Sequence,
    int Source,
    int Destination,
    bool Delivered,
    RelayVerdict Relay,
    RelayVerdict Proxy)
{
    /// <summary>Copies what matters of a PDU that was just received, or nothing when it was not authenticated.</summary>
    public static AcceptedPdu? Of(NetworkVerdict verdict, NetworkPdu pdu)
    {
        return verdict is NetworkVerdict.Accepted or >= NetworkVerdict.DestinationUnassigned
            ? new AcceptedPdu(pdu.IvIndex, pdu.Control, pdu.Ttl, pdu.Sequence, pdu.Source, pdu.Destination, pdu.Delivered, pdu.Relay, pdu.Proxy)
            : null;
    }
}
