using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using MeshNode.Kit.Messages;

namespace MeshNode.Kit.Networks;

/// <summary>A node of the network.</summary>
public sealed class KnownNode
{
    private CompositionPage0? _composition;

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

    /// <summary>Device UUID, or an empty one when it is not known.</summary>
    public Guid Uuid { get; set; }

    /// <summary>Its name, or an empty one.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its composition, once it was read.</summary>
    public CompositionPage0? Composition
    {
        get => _composition;

        internal set
        {
            _composition = value;

            if (value != null)
            {
                NodeDocument.SetComposition(Document, value);
            }
        }
    }

    /// <summary>The network keys it has, by NetKey Index.</summary>
    public ISet<int> NetKeys { get; } = new SortedSet<int>();

    /// <summary>The application keys it has, by AppKey Index.</summary>
    public ISet<int> AppKeys { get; } = new SortedSet<int>();

    /// <summary>The network keys of which it has the new one during a key refresh, by NetKey Index.</summary>
    public ISet<int> UpdatedNetKeys { get; } = new SortedSet<int>();

    /// <summary>The application keys of which it has the new one during a key refresh, by AppKey Index.</summary>
    public ISet<int> UpdatedAppKeys { get; } = new SortedSet<int>();

    /// <summary>Whether it was excluded from the network: it gets no keys any more.</summary>
    public bool Excluded { get; set; }

    /// <summary>
    /// Whether it is not known that it has joined: it may have received Provisioning Data, and nothing was heard of it since. The first message that is secured with its
    /// device key tells.
    /// </summary>
    public bool IsProvisional { get; set; }

    /// <summary>Whether its device key is known, so that it can be configured.</summary>
    public bool HasDeviceKey => DeviceKey.Length != 0;

    internal byte[] DeviceKey { get; }

    /// <summary>Its entry in the Mesh Configuration Database, without its keys and what the properties here tell.</summary>
    internal JsonObject Document { get; set; } = [];

    /// <summary>The models of an element, as the database knows them.</summary>
    public IReadOnlyList<ModelId> Models(int element)
    {
        return _composition != null && element < _composition.Elements.Count ? _composition.Elements[element].Models : [];
    }

    /// <summary>The address of the first element that has a model, or <see langword="null"/>.</summary>
    public int? ElementWith(ModelId model)
    {
        return Enumerable.Range(0, Elements).Where(i => Models(i).Contains(model)).Select(i => (int?)(Address + i)).FirstOrDefault();
    }

    internal void Restore(CompositionPage0? composition)
    {
        _composition = composition;
    }
}
