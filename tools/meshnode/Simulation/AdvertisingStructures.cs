using System.Collections.Generic;

namespace MeshNode.Simulation;

/// <summary>Takes advertising data apart.</summary>
internal static class AdvertisingStructures
{
    private const int HeaderSize = 2;

    /// <summary>The AD structures up to the first that is malformed.</summary>
    public static IEnumerable<(int Type, byte[] Payload)> Of(byte[] data)
    {
        for (int i = 0; i + 1 < data.Length && data[i] > 0 && i + data[i] < data.Length; i += data[i] + 1)
        {
            yield return (data[i + 1], data[(i + HeaderSize)..(i + data[i] + 1)]);
        }
    }

    /// <summary>Advertising data of one AD structure.</summary>
    public static byte[] Encode(int type, byte[] payload)
    {
        return [(byte)(payload.Length + 1), (byte)type, .. payload];
    }
}
