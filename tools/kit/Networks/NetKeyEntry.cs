using System.Collections.Generic;
using System.Text.Json.Nodes;
using MeshNode.Network;

namespace MeshNode.Kit.Networks;

/// <summary>A network key of the network, and during a key refresh the new one.</summary>
public sealed class NetKeyEntry
{
    internal NetKeyEntry(int index, byte[] key)
    {
        Index = index;
        Key = key;
    }

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>NetKey Index.</summary>
    public int Index { get; }

    /// <summary>Key Refresh Phase.</summary>
    public KeyRefreshPhase Phase { get; internal set; }

    /// <summary>
    /// Primary addresses of nodes that may have the newest key and have not said that they have ended the key refresh. It outlasts the key refresh, which beacons may end: a node
    /// that was excluded and is among them is not outside.
    /// </summary>
    internal ISet<int> Pending { get; } = new SortedSet<int>();

    internal byte[] Key { get; set; }

    internal byte[]? NewKey { get; set; }

    /// <summary>What its entry in a Mesh Configuration Database has beside that.</summary>
    internal JsonObject Document { get; set; } = [];

    internal byte[] TransmitKey => Phase == KeyRefreshPhase.Second ? NewKey! : Key;
}
