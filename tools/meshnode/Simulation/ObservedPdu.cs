namespace MeshNode.Simulation;

/// <summary>What an observer who holds the keys reads in a Network PDU.</summary>
/// <param name="Destination">DST, or <see langword="null"/> when the NetMIC is wrong.</param>
public sealed record ObservedPdu(uint IvIndex, int Source, uint Sequence, int Ttl, int? Destination);
