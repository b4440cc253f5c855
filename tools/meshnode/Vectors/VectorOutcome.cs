namespace MeshNode.Tool.Vectors;

/// <summary>What became of a vector.</summary>
internal enum VectorOutcome
{
    /// <summary>The firmware computes, or decides, what the vector says.</summary>
    Passed,

    /// <summary>It does not, or the vector is malformed.</summary>
    Failed,

    /// <summary>The firmware has nothing yet that it could be given to.</summary>
    Skipped,
}
