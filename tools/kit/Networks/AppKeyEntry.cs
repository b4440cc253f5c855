using System.Text.Json.Nodes;

namespace MeshNode.Kit.Networks;

/// <summary>An application key of the network, and during a key refresh the new one.</summary>
public sealed class AppKeyEntry
{
    internal AppKeyEntry(int index, int netKeyIndex, byte[] key)
    {
        Index = index;
        NetKeyIndex = netKeyIndex;
        Key = key;
    }

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>AppKey Index.</summary>
    public int Index { get; }

    /// <summary>NetKey Index of the network key that it is bound to.</summary>
    public int NetKeyIndex { get; }

    internal byte[] Key { get; set; }

    internal byte[]? NewKey { get; set; }

    /// <summary>What its entry in a Mesh Configuration Database has beside that.</summary>
    internal JsonObject Document { get; set; } = [];
}
