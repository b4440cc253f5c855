using System.Collections.Generic;
using System.Linq;

namespace MeshNode.Board.Memory;

/// <summary>The account of internal RAM: what the native libraries hold, and what they have lost for good.</summary>
public sealed class NativeHeap
{
    // Of the allocator; blocks start at multiples of it.
    private const int BlockOverhead = 4;

    private readonly Dictionary<string, (int Blocks, int Octets)> _lost = [];

    internal NativeHeap(BoardProfile profile)
    {
        Total = profile.InternalMemory;
        Free = profile.FreeInternalMemory;
    }

    /// <summary>Octets of internal RAM.</summary>
    public int Total { get; }

    /// <summary>Octets that are free.</summary>
    public int Free { get; private set; }

    /// <summary>Fewest octets that were free since reset.</summary>
    public int LowWater { get; private set; } = int.MaxValue;

    /// <summary>Blocks that nothing points to any more.</summary>
    public int LostBlocks => _lost.Values.Sum(l => l.Blocks);

    /// <summary>Octets that were asked for in these blocks.</summary>
    public int LostOctets => _lost.Values.Sum(l => l.Octets);

    /// <summary>The lost blocks by their purpose.</summary>
    public IReadOnlyDictionary<string, (int Blocks, int Octets)> Lost => _lost;

    /// <returns><see langword="null"/> when nothing is left.</returns>
    internal NativeBlock? Allocate(string purpose, int size)
    {
        if (Occupied(size) > Free)
        {
            return null;
        }

        Free -= Occupied(size);
        LowWater = int.Min(LowWater, Free);

        return new NativeBlock(purpose, size);
    }

    internal void Release(NativeBlock? block)
    {
        if (block is { IsFree: false })
        {
            block.IsFree = true;
            Free += Occupied(block.Size);
        }
    }

    internal void Lose(NativeBlock? block)
    {
        if (block is { IsFree: false })
        {
            (int blocks, int octets) = _lost.GetValueOrDefault(block.Purpose);
            _lost[block.Purpose] = (blocks + 1, octets + block.Size);
        }
    }

    private static int Occupied(int size)
    {
        return ((size + BlockOverhead - 1) / BlockOverhead * BlockOverhead) + BlockOverhead;
    }
}
