using System.Collections.Generic;

namespace MeshNode.IlCost;

/// <summary>A call at its deepest.</summary>
/// <param name="Octets">Octets of all its frames.</param>
/// <param name="Chain">Each method with the octets of its frame, the outermost first.</param>
public sealed record FrameRecord(int Octets, IReadOnlyList<string> Chain);
