using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using MeshNode.Tool.Run;

namespace MeshNode.Tool.Heap;

/// <summary>
/// Where the managed heap of a device goes: the runtime, the assemblies, what their static fields hold, threads, the objects of class libraries, and those of
/// the application of a board, whose node is a <see cref="ConfiguredNode"/>.
/// </summary>
/// <remarks>
/// Compared with a 32-bit nanoCLR, without the debugger and with no class library but mscorlib: in the small profile 31,596 octets were in use there,
/// and the account of the same was 31,556; the objects of the node were 15,000 octets in both. Objects of class libraries but mscorlib have not been measured.
/// </remarks>
public sealed class HeapAccount
{
    /// <summary>Octets of managed heap that stock firmware has on an ESP32-C3, with BLE and without PSRAM.</summary>
    public const int HeapSize = 54472;

    /// <summary>
    /// Octets of frames in the deepest call of a node of a network, as a test counts them on the virtual board: a message of the configuration is received from a proxy
    /// client, and a key derived. On a 32-bit nanoCLR deriving a key alone took no more than 3,180 octets, and 3,060 by this way of counting and <see cref="CallObjects"/>.
    /// </summary>
    public const int DeepestFrames = 7100;

    /// <summary>Octets of frames in the deepest call of a device that is being provisioned: what it was told is written to the flash.</summary>
    public const int DeepestProvisioningFrames = 5900;

    /// <summary>Octets of objects that are garbage when such a call returns: salts and a key schedule, or an open file.</summary>
    public const int CallObjects = 600;

    /// <summary>Octets that the deepest call of a node takes for a moment.</summary>
    public const int DeepestCall = DeepestFrames + CallObjects;

    /// <summary>Octets that the deepest call takes while the device is being provisioned.</summary>
    public const int DeepestProvisioning = DeepestProvisioningFrames + CallObjects;

    private const string WithoutPsram = "ESP32-C3-DevKit";
    private const string WithPsram = "M5Core2";
    private const int LibraryMethods = 1677;

    private static readonly string[] s_firmware = ["MeshNode.Crypto", "MeshNode.Mesh", "MeshNode.Models", "MeshNode.Node"];

    // Measured on a 32-bit nanoCLR: what is gone before the first assembly is loaded, with the thread that waits.
    private static readonly HeapPart[] s_runtime = [new("Runtime, idle thread", 1, 1420)];

    // Measured there as well, but without the debugger. Its octet for each method was measured for mscorlib; the methods of the others were counted in their sources.
    private static readonly HeapPart[] s_libraries =
    [
        new("mscorlib", 1, 3240),
        new("nanoFramework.Device.Bluetooth", 1, 4120),
        new("System.IO.FileSystem", 1, 1712),
        new("nanoFramework.Hardware.Esp32", 1, 1348),
        new("System.IO.Streams", 1, 756),
        new("System.Device.Gpio", 1, 712),
        new("nanoFramework.System.Collections", 1, 568),
        new("nanoFramework.System.Text", 1, 548),
        new("nanoFramework.Runtime.Events", 1, 540),
        new("nanoFramework.Runtime.Native", 1, 384),
        new("Debugging octets of their methods", 1, 803 + LibraryMethods),
    ];

    private HeapAccount(BoardModel board, Func<StackProfile>? profile)
    {
        IEnumerable<AssemblyCost> assemblies = s_firmware.Select(name => AssemblyCost.Of(Path.Combine(AppContext.BaseDirectory, "netnano1.0", name + ".dll")));
        ApplicationHeap heap = new(board, profile);

        Sections =
        [
            new("Runtime", s_runtime),
            new("Class libraries", s_libraries),
            new("Firmware assemblies", [.. assemblies.Append(heap.Assembly).Select(a => new HeapPart(a.Name, 1, a.Octets))]),
            new("Static objects", heap.Statics),
            new("Threads (estimate)", LibraryObjects.Threads),
            new("Objects of the Bluetooth library (estimate)", LibraryObjects.Bluetooth),
            new("Objects of other libraries (estimate)", LibraryObjects.Others),
            new("Application", heap.Application),
            new("Node", heap.Node),
        ];
        HasPsram = board.Name == WithPsram;
        KeyRefresh = heap.KeyRefresh;
        Provisioning = Used - Sections.TakeLast(2).Sum(section => section.Octets) + heap.Provisioning;
    }

    /// <summary>Whether the board has megabytes.</summary>
    public bool HasPsram { get; }

    /// <summary>The account, in sections.</summary>
    public IReadOnlyList<HeapSection> Sections { get; }

    /// <summary>Octets in use.</summary>
    public int Used => Sections.Sum(s => s.Octets);

    /// <summary>Octets left of <see cref="HeapSize"/> between two messages: for calls, and for what has become garbage.</summary>
    public int Free => HeapSize - Used;

    /// <summary>Octets left at the worst moment: in the deepest call, while the thread of native events hands on a value, and all keys are being refreshed.</summary>
    public int Least => Free - DeepestCall - LibraryObjects.EventThread - KeyRefresh;

    /// <summary>Octets more while all keys are being refreshed.</summary>
    public int KeyRefresh { get; }

    /// <summary>Octets in use while the device is being provisioned: what it needs for that goes when it has become a node.</summary>
    public int Provisioning { get; }

    /// <summary>Octets left at the worst moment of that.</summary>
    public int LeastProvisioning => HeapSize - Provisioning - DeepestProvisioning - LibraryObjects.EventThread;

    /// <summary>Draws up the account of the application on a board with these capacities.</summary>
    public static HeapAccount Of(HeapProfile profile)
    {
        return profile switch
        {
            HeapProfile.Small => new HeapAccount(BoardModel.All.First(b => b.Name == WithoutPsram), null),
            HeapProfile.Large => new HeapAccount(BoardModel.All.First(b => b.Name == WithPsram), StackProfile.Large),
            _ => new HeapAccount(BoardModel.All.First(b => b.Name == WithPsram), null),
        };
    }
}
