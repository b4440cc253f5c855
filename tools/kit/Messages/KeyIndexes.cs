using System;
using System.Collections.Generic;
using MeshNode.Access;
using Pairs = MeshNode.Models.Foundation.KeyIndexes;

namespace MeshNode.Kit.Messages;

/// <summary>Key indexes as messages carry them: two in 3 octets, a last single one in 2. See Mesh Protocol 1.1, section 4.3.1.1.</summary>
public static class KeyIndexes
{
    /// <summary>Octets of a key.</summary>
    public const int KeySize = 16;

    private const int SingleSize = 2;

    /// <summary>Packs key indexes, in their order.</summary>
    public static byte[] Encode(IReadOnlyList<int> indexes)
    {
        byte[] packed = new byte[(indexes.Count / 2 * Pairs.PairSize) + (indexes.Count % 2 * SingleSize)];
        int end = 0;

        foreach (int index in indexes)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, (uint)AccessKey.MaxIndex);
            end = Pairs.Append(index, packed, 0, end);
        }

        return packed;
    }

    /// <summary>Unpacks key indexes.</summary>
    /// <returns><see langword="null"/> when there is one octet too many.</returns>
    public static IReadOnlyList<int>? Decode(ReadOnlySpan<byte> packed)
    {
        if (packed.Length % Pairs.PairSize == 1)
        {
            return null;
        }

        byte[] octets = packed.ToArray();
        List<int> indexes = [];

        for (int offset = 0; offset < octets.Length; offset += Pairs.PairSize)
        {
            indexes.Add(Pairs.First(octets, offset));

            if (octets.Length - offset >= Pairs.PairSize)
            {
                indexes.Add(Pairs.Second(octets, offset));
            }
        }

        return indexes;
    }
}
