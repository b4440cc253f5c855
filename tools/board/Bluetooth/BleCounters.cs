namespace MeshNode.Board.Bluetooth;

/// <summary>What became of what the board's radio has heard and sent, since the board was made.</summary>
public sealed class BleCounters
{
    /// <summary>Adverts that the controller has passed on.</summary>
    public long Heard { get; internal set; }

    /// <summary>Adverts that came while nothing was scanning, or within the blindness after a start of the scan.</summary>
    public long NotHeard { get; internal set; }

    /// <summary>Adverts that the controller took for duplicates (section 4).</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Adverts that NimBLE dropped for having no Flags (section 1.5).</summary>
    public long Flagless { get; internal set; }

    /// <summary>Reports that were dropped because eight were waiting (section 4).</summary>
    public long ReportsDropped { get; internal set; }

    /// <summary>Reports that managed code has fetched.</summary>
    public long Reports { get; internal set; }

    /// <summary>Reports that managed code has not fetched, that met a locked mutex (section 5), or that were under way when the stack was stopped.</summary>
    public long ReportsLost { get; internal set; }

    /// <summary>How often the host has waited 2 s in vain (section 5).</summary>
    public long HandshakeTimeouts { get; internal set; }

    /// <summary>How often the scan was started.</summary>
    public long ScanStarts { get; internal set; }

    /// <summary>How often the stack was started.</summary>
    public long StackStarts { get; internal set; }

    /// <summary>How often new advertising data replaced those of an active advertiser.</summary>
    public long DataSwaps { get; internal set; }

    /// <summary>Notifications that were accepted.</summary>
    public long Notifications { get; internal set; }

    /// <summary>Notifications that were refused for want of buffers (section 6).</summary>
    public long NotificationsRefused { get; internal set; }

    /// <summary>Notifications that were cut to the ATT_MTU (section 6).</summary>
    public long NotificationsCut { get; internal set; }

    /// <summary>Writes that managed code has answered.</summary>
    public long Writes { get; internal set; }

    /// <summary>Writes that failed with an ATT error.</summary>
    public long WritesFailed { get; internal set; }
}
