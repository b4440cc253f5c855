using System;
using System.Collections.Generic;

namespace MeshNode.Kit.Messages;

/// <summary>Key indexes as messages carry them: two in 3 octets, a last single one in 2. See Mesh Protocol 1.1, section 4.3.1.1.</summary>
public static class KeyIndexes
{
    /// <summary>Octets of a key.</summary>
    public const int KeySize = 16;

    private const int PairSize = 3;
    private const int SingleSize = 2;
    private const int Mask = 0x0FFF;

    /// <summary>Packs key indexes, in their order.</summary>
    public static byte[] Encode(IReadOnlyList<int> indexes)
    {
        byte[] packed = new byte[(indexes.Count / 2 * PairSize) + (indexes.Count % 2 * SingleSize)];
        int offset = 0;

        for (int i = 0; i < indexes.Count; i += 2)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)indexes[i], (uint)Mask);

            if (i + 1 == indexes.Count)
            {
                LittleEndian.WriteUInt16(packed, offset, indexes[i]);
            }
            else
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)indexes[i + 1], (uint)Mask);
                LittleEndian.WriteUInt24(packed, offset, indexes[i] | (indexes[i + 1] << 12));
            }

            offset += PairSize;
        }

        return packed;
    }

    /// <summary>Unpacks key indexes.</summary>
    /// <returns><see langword="null"/> when there is one octet too many.</returns>
    public static IReadOnlyList<int>? Decode(ReadOnlySpan<byte> packed)
    {
        if (packed.Length % PairSize == 1)
        {
            return null;
        }

        List<int> indexes = [];

        for (; packed.Length >= PairSize; packed = packed[PairSize..])
        {
            indexes.Add((packed[0] | (packed[1] << 8)) & Mask);
            indexes.Add((packed[1] >> 4) | (packed[2] << 4));
        }

        if (packed.Length == SingleSize)
        {
            indexes.Add((packed[0] | (packed[1] << 8)) & Mask);
        }

        return indexes;
    }
}
