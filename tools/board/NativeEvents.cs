using System;
using System.Collections.Generic;
using MeshNode.Board.Threads;

namespace MeshNode.Board;

/// <summary>
/// The queue of native events and the one managed thread that delivers them: 128 records (section 5), what comes then is lost.
/// </summary>
internal sealed class NativeEvents(Boot boot)
{
    private const int Capacity = 128;
    private const int TypeBits = 0xFF;

    private readonly Queue<(uint Data1, uint Data2)> _records = new();
    private readonly BoardEvent _posted = new(boot, false, true);
    private Action<uint, uint, DateTime>? _dispatcher;
    private bool _hasThread;

    public void SetDispatcher(Action<uint, uint, DateTime> dispatcher)
    {
        _dispatcher = dispatcher;
    }

    /// <param name="category">Event category.</param>
    /// <param name="type">Type within the category.</param>
    public void Post(byte category, byte type, ushort data1, uint data2)
    {
        if (boot.IsOver)
        {
            return;
        }

        if (_records.Count == Capacity)
        {
            boot.Board.LostEvents++;

            return;
        }

        if (!_hasThread)
        {
            _hasThread = true;
            new BoardThread(boot, "EventSink", Deliver).Start();
        }

        _records.Enqueue((((uint)data1 << 16) | ((uint)category << 8) | type, data2));
        _posted.Set();
    }

    public bool Has(byte category, byte type)
    {
        foreach ((uint data1, uint _) in _records)
        {
            if ((data1 & TypeBits) == type && ((data1 >> 8) & TypeBits) == category)
            {
                return true;
            }
        }

        return false;
    }

    private void Deliver()
    {
        BoardThread thread = Chip.Thread;
        thread.SwitchAccount(true);

        while (true)
        {
            while (_records.TryDequeue(out (uint Data1, uint Data2) record))
            {
                thread.IsInHandler = true;

                try
                {
                    _dispatcher?.Invoke(record.Data1, record.Data2, DateTime.UnixEpoch.AddMilliseconds(boot.Board.Clock.Now));
                }
                catch (Exception e) when (e is not BoardStoppedException)
                {
                    boot.OnUnhandled(thread, e);
                    boot.Board.Violate("5", $"a handler has thrown {e.GetType().Name} on the thread of native events");
                }

                thread.IsInHandler = false;
            }

            _posted.Wait(-1);
        }
    }
}
