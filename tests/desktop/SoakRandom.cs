using MeshNode.Crypto;

namespace MeshNode;

/// <summary>A seeded random generator that allocates nothing once it is there.</summary>
internal sealed class SoakRandom(int seed) : IRandomSource
{
    private ulong _state = 0x9E3779B97F4A7C15 * (ulong)(seed + 1);

    /// <summary>A number from 0 to <paramref name="limit"/> - 1.</summary>
    public int Next(int limit)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;

        return (int)((_state >> 33) % (ulong)limit);
    }

    /// <inheritdoc/>
    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            buffer[offset + i] = (byte)Next(256);
        }
    }
}
