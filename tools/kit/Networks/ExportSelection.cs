using System.Collections.Generic;

namespace MeshNode.Kit.Networks;

/// <summary>Which part of a network is exported. Nodes of which it is not known whether they have joined are left out.</summary>
/// <param name="NetKeys">NetKey Indexes, or <see langword="null"/> for all. Only nodes that have one of them go along.</param>
/// <param name="AppKeys">AppKey Indexes, or <see langword="null"/> for all that belong to the network keys.</param>
/// <param name="Nodes">Primary addresses of nodes, or <see langword="null"/> for all that have one of the network keys.</param>
/// <param name="DeviceKeys">Whether device keys go along: whoever has them can configure the nodes.</param>
public sealed record ExportSelection(
    IReadOnlySet<int>? NetKeys = null,
    IReadOnlySet<int>? AppKeys = null,
    IReadOnlySet<int>? Nodes = null,
    bool DeviceKeys = true)
{
    /// <summary>Whether it is less than everything.</summary>
    public bool IsPartial => NetKeys != null || AppKeys != null || Nodes != null || !DeviceKeys;
}
