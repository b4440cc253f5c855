using System;
using MeshNode.Crypto;

namespace MeshNode.Simulation;

/// <summary>Random octets that are the same in every run with the same seed.</summary>
public sealed class SeededRandomSource(Random random) : IRandomSource
{
    /// <inheritdoc/>
    public void Fill(byte[] buffer, int offset, int count)
    {
        random.NextBytes(buffer.AsSpan(offset, count));
    }
}
