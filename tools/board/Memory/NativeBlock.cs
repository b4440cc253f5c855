namespace MeshNode.Board.Memory;

/// <summary>A block of native memory.</summary>
/// <param name="Purpose">What it holds.</param>
/// <param name="Size">Octets that were asked for.</param>
public sealed record NativeBlock(string Purpose, int Size)
{
    /// <summary>Whether it was given back.</summary>
    public bool IsFree { get; internal set; }
}
