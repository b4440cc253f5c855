using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using MeshNode.Kit.Ledger;

namespace MeshNode.Kit.Networks;

/// <summary>A provisioner of the network and the unicast addresses that it may give away.</summary>
public sealed class ProvisionerEntry
{
    internal ProvisionerEntry(Guid uuid, string name)
    {
        Uuid = uuid;
        Name = name;
    }

    /// <summary>Its UUID.</summary>
    public Guid Uuid { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The unicast addresses that it may give away.</summary>
    public IList<AddressRange> UnicastRanges { get; } = [];

    /// <summary>What its entry in a Mesh Configuration Database has beside that.</summary>
    internal JsonObject Document { get; set; } = [];
}
