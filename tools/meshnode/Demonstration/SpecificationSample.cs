using System;

namespace MeshNode.Tool.Demonstration;

/// <summary>A message of the specification's sample data, section 8.3. Octets are hexadecimal, as printed there.</summary>
/// <param name="Section">Where it is printed.</param>
/// <param name="Name">What the message is.</param>
/// <param name="AccessPayload">The access payload.</param>
/// <param name="TransportPdus">The TransportPDUs.</param>
/// <param name="NetworkPdus">The Network PDUs.</param>
internal sealed record SpecificationSample(
    string Section,
    string Name,
    int Source,
    int Destination,
    int Ttl,
    uint Sequence,
    string AccessPayload,
    string[] TransportPdus,
    string[] NetworkPdus)
{
    public byte[] Access => Convert.FromHexString(AccessPayload);
}
