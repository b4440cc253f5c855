using System.Collections.Generic;

namespace MeshNode.Board.Bluetooth;

/// <summary>The board's Bluetooth as seen from outside: what it hears, who connects, and what it is doing.</summary>
public sealed class BoardBluetooth
{
    private readonly VirtualBoard _board;

    internal BoardBluetooth(VirtualBoard board)
    {
        _board = board;
    }

    /// <summary>What became of what was heard and sent.</summary>
    public BleCounters Counters { get; } = new();

    /// <summary>
    /// Whether the image has the uninitialised scan parameter of section 1.5, and it happens to be set: then NimBLE drops adverts without
    /// Flags, until the scan is started after a different native call.
    /// </summary>
    public bool HasObserverHazard { get; set; }

    /// <summary>Whether the stack runs.</summary>
    public bool IsStarted => Stack is { IsStarted: true };

    /// <summary>Whether it scans.</summary>
    public bool IsScanning => Stack is { IsScanning: true };

    /// <summary>Whether it advertises.</summary>
    public bool IsAdvertising => Stack is { IsAdvertising: true };

    /// <summary>As what it advertises, or has advertised last.</summary>
    public AdvertisingType AdvertisingType => Stack?.AdvertisingType ?? default;

    /// <summary>The controller's advertising data.</summary>
    public IReadOnlyList<byte> AdvertisingData => Stack?.AdvertisingData ?? [];

    /// <summary>The controller's scan response.</summary>
    public IReadOnlyList<byte> ScanResponse => Stack?.ScanResponse ?? [];

    /// <summary>Whether there are GATT tables: only from StartAdvertising on.</summary>
    public bool HasTables => Stack is { AreTablesRegistered: true };

    /// <summary>Whether the event mutex is locked for good.</summary>
    public bool IsDeaf => Stack is { IsMutexLocked: true };

    /// <summary>The connections.</summary>
    public IReadOnlyList<BoardLink> Links => Stack?.Links ?? [];

    private BleStack? Stack => _board.Boot?.Bluetooth;

    /// <summary>An advert has reached the antenna.</summary>
    public void Hear(AdvertisingPdu pdu)
    {
        if (Stack is { } stack)
        {
            stack.OnAdvert(pdu);
        }
        else
        {
            Counters.NotHeard++;
        }
    }

    /// <summary>A client connects.</summary>
    /// <returns><see langword="null"/> when the board does not advertise connectably.</returns>
    public BoardLink? Connect(IBoardCentral central, LinkParameters? parameters = null)
    {
        return Stack?.OnConnect(central, parameters ?? new LinkParameters());
    }
}
