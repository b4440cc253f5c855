#nullable enable
using System;
using MeshNode.Crypto;

namespace MeshNode.Kit;

/// <summary>The same numbers in each run.</summary>
internal sealed class TestRandom(int seed) : IRandomSource
{
    private readonly Random _random = new(seed);

    public void Fill(byte[] buffer, int offset, int count)
    {
        _random.NextBytes(buffer.AsSpan(offset, count));
    }
}
