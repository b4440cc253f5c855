using System.Collections.Generic;
using System.Linq;

namespace MeshNode.Tool.Heap;

/// <summary>Lines of the account that belong together.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Parts">The lines.</param>
public sealed record HeapSection(string Name, IReadOnlyList<HeapPart> Parts)
{
    /// <summary>What they take together.</summary>
    public int Octets => Parts.Sum(p => p.Octets);
}
