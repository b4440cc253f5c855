using System.Collections.Generic;

namespace MeshNode.Tool.Heap;

/// <summary>
/// What the class libraries of a stock image keep on the managed heap for the application: **an estimate**, counted in their sources
/// (nanoFramework.Device.Bluetooth, nanoFramework.Runtime.Events, System.Device.Gpio, System.IO.FileSystem, July 2026) by the law of <see cref="ObjectLayout"/>. Nobody has measured it.
/// </summary>
public static class LibraryObjects
{
    private const int Delegate = 3 * ObjectLayout.Block;
    private const int Uuid = 36;

    // An object with an array of four places, which is made at once.
    private const int ArrayList = 48 + 72;

    private const int Buffer = 36;

    // A thread: its object and delegate, what the runtime keeps of it, the frame of its method, that of the native method in which it waits, and what it waits for.
    private const int ThreadObject = 72 + Delegate;
    private const int RuntimeThread = 180;
    private const int Frame = 204;
    private const int WaitForObject = 48;

    /// <summary>
    /// Octets of the thread of native events while it hands a value that a client has written to the application, which may be when the main
    /// loop is at its deepest: the runtime's thread, nine frames of library, application and native methods, and 567 octets of objects.
    /// </summary>
    public const int EventThread = RuntimeThread + (9 * Frame) + 567;

    /// <summary>Threads that wait, but for the one of the main loop, which is in the account of the runtime.</summary>
    public static IReadOnlyList<HeapPart> Threads { get; } =
    [
        new("Watcher thread of the Bluetooth library", 1, ThreadObject + RuntimeThread + (2 * Frame) + WaitForObject),
        new("Watchdog of the application", 1, ThreadObject + RuntimeThread + (2 * Frame)),
    ];

    /// <summary>Objects of the Bluetooth library, with a proxy client connected.</summary>
    public static IReadOnlyList<HeapPart> Bluetooth { get; } =
    [
        new("Listener of events, its lists and queue", 1, Object(0) + (2 * ArrayList) + Object(0) + Object(4) + 72),
        new("Server, session, pairing", 1, Object(3) + Object(4) + Object(1) + Object(8) + Object(0) + ArrayList + Object(0)),
        new("Services: the one of the mesh, Device Information", 2, 2 * (Object(3) + Object(2) + Uuid + ArrayList)),
        new("Characteristics", 4, 4 * (Object(16) + Uuid + (4 * ArrayList))),
        new("Values of Device Information", 2, 2 * (Buffer + 36)),
        new("Parameters and publisher of connectable adverts", 1, Object(5) + Object(8) + Delegate),
        new("Publisher of other adverts", 1, Object(8)),
        new("Adverts: connectable, other, received", 3, 3 * (Object(7) + (3 * ArrayList))),
        new("Sections of adverts and their buffers", 4, (4 * (Object(2) + Buffer)) + (2 * 24)),
        new("Received report", 1, Object(8) + 60),
        new("Watcher", 1, Object(6)),
        new("Buffer of a notification", 1, Buffer),
        new("Client that has subscribed", 1, Object(1) + Object(4) + Object(1)),
        new("Handlers of the application", 2, 2 * Delegate),
        new("Reflected members, scan's arguments", 1, (8 * Object(1)) + 36 + 24),
    ];

    /// <summary>Objects of other libraries.</summary>
    public static IReadOnlyList<HeapPart> Others { get; } =
    [
        new("Native events: dispatcher and table", 1, Object(4) + Delegate + 72 + ArrayList + (3 * Object(4))),
        new("GPIO controller and listener", 1, Object(2) + Object(0) + ArrayList + Object(1) + ArrayList),
        new("Pins", 3, (3 * (Object(8) + Object(0) + 24 + Object(2))) + Delegate),
        new("File system", 1, (2 * ArrayList) + 24 + 24),
        new("Event and random numbers of the application", 1, Object(0) + Object(1)),
    ];

    private static int Object(int fields)
    {
        return ObjectLayout.Block * (1 + fields);
    }
}
