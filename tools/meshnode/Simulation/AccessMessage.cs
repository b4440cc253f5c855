using System.Collections.Generic;
using MeshNode.UpperTransport;

namespace MeshNode.Simulation;

/// <summary>A decrypted access message.</summary>
/// <param name="Ttl">TTL of the PDU that completed it, as received.</param>
/// <param name="Key">The key that decrypted it.</param>
/// <param name="Payload">Opcode and parameters.</param>
/// <param name="TransportPdus">The TransportPDUs it came in, in the order of SegO.</param>
public sealed record AccessMessage(
    int Source,
    int Destination,
    int Ttl,
    uint IvIndex,
    uint Sequence,
    TransportKey Key,
    byte[] Payload,
    IReadOnlyList<byte[]> TransportPdus);
