using System.Collections.Generic;
using MeshNode.Kit.Messages;

namespace MeshNode.Kit.Networks;

/// <summary>A node of the network.</summary>
public sealed class KnownNode
{
    internal KnownNode(int address, int elements, byte[] deviceKey)
    {
        Address = address;
        Elements = elements;
        DeviceKey = deviceKey;
    }

    /// <summary>Unicast address of its primary element.</summary>
    public int Address { get; }

    /// <summary>Number of its elements.</summary>
    public int Elements { get; }

    /// <summary>Its composition, once it was read.</summary>
    public CompositionPage0? Composition { get; internal set; }

    /// <summary>The network keys it has, by NetKey Index.</summary>
    public ISet<int> NetKeys { get; } = new SortedSet<int>();

    /// <summary>The application keys it has, by AppKey Index.</summary>
    public ISet<int> AppKeys { get; } = new SortedSet<int>();

    internal byte[] DeviceKey { get; }
}
