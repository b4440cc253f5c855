namespace MeshNode.Kit.Ledger;

/// <summary>Addresses that follow each other.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
public readonly record struct AddressRange(int First, int Last)
{
    /// <summary>Whether an address is one of them.</summary>
    public bool Contains(int address)
    {
        return address >= First && address <= Last;
    }

    /// <summary>Whether two ranges have an address in common.</summary>
    public bool Overlaps(AddressRange other)
    {
        return First <= other.Last && other.First <= Last;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return $"{First:x4}-{Last:x4}";
    }
}
