namespace MeshNode.Board.Memory;

/// <summary>What the stock library allocates on the managed heap of the chip, as counted by its CLR.</summary>
/// <param name="Objects">Objects each time.</param>
/// <param name="Octets">Octets each time.</param>
public readonly record struct ManagedCost(int Objects, int Octets)
{
    /// <summary>A report of a 31-octet advert through the raw listener (section 1.7).</summary>
    public static readonly ManagedCost RawReport = new(3, 112);

    /// <summary>A report of a 31-octet advert through the watcher (section 1.7).</summary>
    public static readonly ManagedCost WatcherReport = new(21, 1084);

    /// <summary>A GATT write with its handler (section 5).</summary>
    public static readonly ManagedCost Write = new(14, 567);

    /// <summary>A notification (section 5).</summary>
    public static readonly ManagedCost Notification = new(5, 241);
}
