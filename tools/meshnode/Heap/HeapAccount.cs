using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MeshNode.Tool.Heap;

/// <summary>
/// Where the managed heap of a device goes: the runtime, the assemblies, what their static fields hold, the objects of a
/// <see cref="ConfiguredNode"/>, and what keeps them in flash.
/// </summary>
/// <remarks>
/// Compared with a 32-bit nanoCLR, without the debugger and with no class library but mscorlib: in the small profile 31,596 octets were in use there,
/// and the account of the same is 31,556; the objects of the node were 15,000 octets in both.
/// </remarks>
public sealed class HeapAccount
{
    /// <summary>Octets of managed heap that stock firmware has on an ESP32-C3, with BLE and without PSRAM.</summary>
    public const int HeapSize = 54472;

    /// <summary>Octets that calls take for a moment, at most: 6,600 more than is in use were needed on a 32-bit nanoCLR to receive and to send a message of 380 octets, with storage and without.</summary>
    public const int DeepestCall = 6600;

    private const int LibraryMethods = 1677;

    private static readonly string[] s_firmware = ["MeshNode.Crypto", "MeshNode.Mesh", "MeshNode.Models"];

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

    // An object with two paths, each in a string of 10 to 21 octets. Streams are opened and closed for each write.
    private static readonly HeapPart[] s_medium = [new("Journal medium on files", 1, 108)];

    private HeapAccount(StackProfile profile)
    {
        AssemblyCost[] assemblies = [.. s_firmware.Select(name => AssemblyCost.Of(Path.Combine(AppContext.BaseDirectory, "netnano1.0", name + ".dll")))];
        ConfiguredNode node = new(profile);

        Sections =
        [
            new("Runtime", s_runtime),
            new("Class libraries", s_libraries),
            new("Firmware assemblies", [.. assemblies.Select(a => new HeapPart(a.Name, 1, a.Octets))]),
            new("Static objects", HeapWalk.Statics()),
            new("Storage medium", s_medium),
            new("Node", HeapWalk.Objects(node.Node)),
        ];
        node.StartKeyRefresh();
        KeyRefresh = HeapWalk.Objects(node.Node).Sum(p => p.Octets) - Sections[^1].Octets;
    }

    /// <summary>The account, in sections.</summary>
    public IReadOnlyList<HeapSection> Sections { get; }

    /// <summary>Octets in use.</summary>
    public int Used => Sections.Sum(s => s.Octets);

    /// <summary>Octets left of <see cref="HeapSize"/>: for bearers, what has become garbage, and the application.</summary>
    public int Free => HeapSize - Used;

    /// <summary>Octets more while all keys are being refreshed.</summary>
    public int KeyRefresh { get; }

    /// <summary>Draws up the account of a node with these capacities.</summary>
    public static HeapAccount Of(HeapProfile profile)
    {
        return new HeapAccount(profile switch
        {
            HeapProfile.Small => StackProfile.Small(),
            HeapProfile.Large => StackProfile.Large(),
            _ => new StackProfile(),
        });
    }
}
