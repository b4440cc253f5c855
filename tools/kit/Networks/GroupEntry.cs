using System.Text.Json.Nodes;

namespace MeshNode.Kit.Networks;

/// <summary>A group of the network.</summary>
public sealed class GroupEntry
{
    internal GroupEntry(string name, int address, byte[]? label)
    {
        Name = name;
        Address = address;
        Label = label;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its group or virtual address.</summary>
    public int Address { get; }

    /// <summary>The Label UUID of a virtual address, 16 octets, or <see langword="null"/>.</summary>
    public byte[]? Label { get; }

    /// <summary>What its entry in a Mesh Configuration Database has beside that.</summary>
    internal JsonObject Document { get; set; } = [];
}
