using MeshNode.Board.Bluetooth;

namespace MeshNode.Board;

/// <summary>
/// Kind of chip and firmware image. Numbers that nobody has measured on a chip yet say so.
/// </summary>
public sealed record BoardProfile
{
    /// <summary>Classic ESP32 from revision 3, image ESP32_BLE_REV3.</summary>
    public static BoardProfile Esp32 { get; } = new() { TargetName = "ESP32_BLE_REV3", Platform = "ESP32", Inputs = (34, 39) };

    /// <summary>ESP32-S3, image ESP32_S3_QUAD.</summary>
    public static BoardProfile Esp32S3 { get; } = new()
    {
        TargetName = "ESP32_S3_QUAD",
        Platform = "ESP32_S3",
        DuplicateKey = DuplicateKey.AddressAndType,
        ReattemptsConnection = true,
    };

    /// <summary>ESP32-C3, image ESP32_C3.</summary>
    public static BoardProfile Esp32C3 { get; } = new()
    {
        TargetName = "ESP32_C3",
        Platform = "ESP32_C3",
        DuplicateKey = DuplicateKey.AddressAndType,
        ReattemptsConnection = true,
    };

    /// <summary>Name of the image.</summary>
    public required string TargetName { get; init; }

    /// <summary>Name of the chip family.</summary>
    public required string Platform { get; init; }

    /// <summary>First and last pin that can only be read; from 34 on for classic ESP32, none for others.</summary>
    public (int First, int Last) Inputs { get; init; } = (-1, -1);

    /// <summary>What the controller's duplicate filter tells advertisers apart by (section 4).</summary>
    public DuplicateKey DuplicateKey { get; init; } = DuplicateKey.Address;

    /// <summary>Entries of the duplicate filter (section 4: 100, in the REV0 image 200).</summary>
    public int DuplicateEntries { get; init; } = 100;

    /// <summary>Whether a link lost with 0x3E is swallowed (section 3); not on classic ESP32.</summary>
    public bool ReattemptsConnection { get; init; }

    /// <summary>Milliseconds that starting the stack takes; together with stopping about 190 to 235 (section 8).</summary>
    public int StackStartTime { get; init; } = 110;

    /// <summary>Milliseconds that stopping the stack takes.</summary>
    public int StackStopTime { get; init; } = 100;

    /// <summary>Octets of internal RAM that the running stack occupies; an estimate.</summary>
    public int StackMemory { get; init; } = 32000;

    /// <summary>Octets that a stop and start of the stack loses in the vendor's library; from an old report (section 8).</summary>
    public int StackLeak { get; init; } = 104;

    /// <summary>Octets of internal RAM.</summary>
    public int InternalMemory { get; init; } = 290000;

    /// <summary>Octets of internal RAM that are free before the stack starts; an estimate.</summary>
    public int FreeInternalMemory { get; init; } = 100000;

    /// <summary>Longest delay from enabling advertising to the first event, in milliseconds; an estimate (section 8).</summary>
    public int FirstAdvertDelay { get; init; } = 8;

    /// <summary>Milliseconds without reception after a scan was started: 3 to this; an estimate (section 4).</summary>
    public int ScanRestartBlindness { get; init; } = 6;

    /// <summary>Milliseconds from reset to the application's first instruction; an estimate.</summary>
    public int BootTime { get; init; } = 1000;

    /// <summary>Octets of managed heap that <c>GC.Run</c> reports: an ESP32-C3 without PSRAM.</summary>
    public uint ManagedHeap { get; init; } = 54472;

    /// <summary>Milliseconds that closing a written file keeps the chip busy; an estimate.</summary>
    public int FlashCommitTime { get; init; } = 10;

    /// <summary>Octets of the internal drive.</summary>
    public int FlashSize { get; init; } = 256 * 1024;

    /// <summary>Whether a pin can be driven.</summary>
    public bool IsOutput(int pin)
    {
        return pin < Inputs.First || pin > Inputs.Last;
    }
}
