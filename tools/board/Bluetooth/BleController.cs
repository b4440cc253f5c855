using System;

namespace MeshNode.Board.Bluetooth;

/// <summary>The radio side of the chip: one advertising set whose intervals are fixed, and a scanner that is always on. See ble.md sections 3 and 4.</summary>
internal sealed class BleController
{
    private const int ConnectableInterval = 30;
    private const int ConnectableSpread = 30;
    private const int OtherInterval = 100;
    private const int OtherSpread = 50;
    private const int AdvertisingDelay = 10;
    private const int ShortestBlindness = 3;

    private readonly VirtualBoard _board;
    private readonly DuplicateFilter _filter;
    private int _set;
    private long _blindUntil;

    public BleController(VirtualBoard board)
    {
        _board = board;
        _filter = new DuplicateFilter(board.Profile.DuplicateKey, board.Profile.DuplicateEntries);
    }

    public bool IsAdvertising { get; private set; }

    public AdvertisingType Type { get; private set; }

    /// <summary>Advertising data, which outlives advertising.</summary>
    public byte[] Data { get; set; } = [];

    /// <summary>Data of the scan response, likewise.</summary>
    public byte[] ScanResponse { get; set; } = [];

    public bool IsScanning { get; private set; }

    public void StartAdvertising(AdvertisingType type)
    {
        Type = type;
        IsAdvertising = true;
        int set = ++_set;
        (int shortest, int spread) = type == AdvertisingType.Connectable ? (ConnectableInterval, ConnectableSpread) : (OtherInterval, OtherSpread);
        int interval = shortest + _board.Random.Next(spread + 1);
        _board.Clock.At(_board.Clock.Now + 1 + _board.Random.Next(_board.Profile.FirstAdvertDelay), () => Advertise(set, interval));
    }

    public void StopAdvertising()
    {
        IsAdvertising = false;
        _set++;
    }

    public void StartScan()
    {
        IsScanning = true;
        _filter.Clear();
        _blindUntil = _board.Clock.Now + ShortestBlindness
            + _board.Random.Next(Math.Max(_board.Profile.ScanRestartBlindness - ShortestBlindness, 0) + 1);
    }

    public void StopScan()
    {
        IsScanning = false;
    }

    public Hearing Hears(AdvertisingPdu pdu)
    {
        if (!IsScanning || _board.Clock.Now < _blindUntil)
        {
            return Hearing.Blind;
        }

        return _filter.Accept(pdu) ? Hearing.Reported : Hearing.Duplicate;
    }

    private void Advertise(int set, int interval)
    {
        if (set != _set)
        {
            return;
        }

        _board.Radio.Advertise(new AdvertisingPdu(_board.Address, false, Type, Data));
        _board.Clock.At(_board.Clock.Now + interval + _board.Random.Next(AdvertisingDelay + 1), () => Advertise(set, interval));
    }
}
