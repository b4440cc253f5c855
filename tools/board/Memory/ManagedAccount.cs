namespace MeshNode.Board.Memory;

/// <summary>
/// The account of managed allocations. What the stock library forces on the chip is computed from the number of events and the measured
/// cost of each; what the application's own code allocates is measured on the desktop, where a thread is inside the application.
/// </summary>
public sealed class ManagedAccount
{
    /// <summary>Reports that the application has fetched itself.</summary>
    public long RawReports { get; internal set; }

    /// <summary>Reports that went through the library's watcher.</summary>
    public long WatcherReports { get; internal set; }

    /// <summary>Writes that reached managed code.</summary>
    public long Writes { get; internal set; }

    /// <summary>Notifications that managed code has sent.</summary>
    public long Notifications { get; internal set; }

    /// <summary>Octets that the board's threads have allocated on the desktop outside the libraries: the application's own.</summary>
    public long ApplicationOctets { get; internal set; }

    /// <summary>Octets that the desktop libraries have allocated; a figure of the desktop, not of the chip.</summary>
    public long LibraryOctets { get; internal set; }

    /// <summary>Objects that the stock library has allocated on the chip for all of these.</summary>
    public long ForcedObjects => (RawReports * ManagedCost.RawReport.Objects) + (WatcherReports * ManagedCost.WatcherReport.Objects)
        + (Writes * ManagedCost.Write.Objects) + (Notifications * ManagedCost.Notification.Objects);

    /// <summary>Octets of these objects.</summary>
    public long ForcedOctets => (RawReports * ManagedCost.RawReport.Octets) + (WatcherReports * ManagedCost.WatcherReport.Octets)
        + (Writes * ManagedCost.Write.Octets) + (Notifications * ManagedCost.Notification.Octets);
}
