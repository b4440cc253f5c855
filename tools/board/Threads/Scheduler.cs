using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace MeshNode.Board.Threads;

/// <summary>
/// Gives the turn to one thread of a board at a time, in the order in which they became ready, from within the clock's actions. The code of
/// threads takes no simulated time; only waiting does. So a run depends on nothing but the order of events.
/// </summary>
internal sealed class Scheduler(Boot boot)
{
    // Of real time: an application that computes longer without waiting hangs, for all we know.
    private static readonly TimeSpan s_longestTurn = TimeSpan.FromSeconds(60);
    private const int MostTurnsInOneMillisecond = 100000;

    private readonly LinkedList<BoardThread> _ready = [];
    private readonly List<BoardThread> _threads = [];
    private readonly SemaphoreSlim _returned = new(0);
    private BoardThread? _native;
    private bool _isPumpEntered;
    private bool _isPumping;
    private long _turnTime;
    private int _turns;
    private int _numbers;

    public void Add(BoardThread thread)
    {
        thread.Number = ++_numbers;
        _threads.Add(thread);
        MakeReady(thread);
    }

    public void Remove(BoardThread thread)
    {
        _threads.Remove(thread);
        _ready.Remove(thread);
    }

    public void MakeReady(BoardThread thread)
    {
        _ready.AddLast(thread);
        EnterPump();
    }

    /// <summary>Called by the thread that has the turn.</summary>
    public void ReturnTurn()
    {
        _returned.Release();
    }

    /// <summary>
    /// Keeps the calling thread in a native function, and all other threads from running: the CLR is one task of the operating system.
    /// </summary>
    public void StayNative(long time)
    {
        BoardThread thread = Chip.Thread;
        bool inHandler = thread.IsInHandler;
        BoardThread? before = _native;
        _native = thread;
        thread.IsInHandler = false;
        thread.Wait(null, Math.Max(time, 1));
        thread.IsInHandler = inHandler;
        _native = before;
        EnterPump();
    }

    /// <summary>Unwinds all threads; the boot is over.</summary>
    public void Stop()
    {
        while (_threads.Count > 0)
        {
            BoardThread thread = _threads[0];
            GiveTurn(thread);

            if (_threads.Contains(thread))
            {
                _threads.Remove(thread);
            }
        }

        _ready.Clear();
    }

    private void EnterPump()
    {
        if (!_isPumpEntered && !_isPumping && !boot.IsOver)
        {
            _isPumpEntered = true;
            boot.Board.Clock.At(boot.Board.Clock.Now, Pump);
        }
    }

    private void Pump()
    {
        _isPumpEntered = false;

        if (boot.IsOver)
        {
            return;
        }

        _isPumping = true;

        while (!boot.IsOver && Next() is { } thread)
        {
            _ready.Remove(thread);
            CountTurn(thread);
            GiveTurn(thread);
        }

        _isPumping = false;
        boot.AfterTurn();
    }

    private BoardThread? Next()
    {
        if (_native != null)
        {
            return _ready.Contains(_native) ? _native : null;
        }

        return _ready.First?.Value;
    }

    private void CountTurn(BoardThread thread)
    {
        long now = boot.Board.Clock.Now;
        _turns = now == _turnTime ? _turns + 1 : 0;
        _turnTime = now;

        if (_turns > MostTurnsInOneMillisecond)
        {
            throw new InvalidOperationException($"{boot.Board.Name}: thread {thread.Name} waits without letting time pass");
        }
    }

    private void GiveTurn(BoardThread thread)
    {
        thread.TakeTurn();

        while (!_returned.Wait(s_longestTurn))
        {
            if (!Debugger.IsAttached)
            {
                throw new InvalidOperationException(
                    $"{boot.Board.Name}: thread {thread.Name} has kept its turn for {s_longestTurn.TotalSeconds} s; waiting: {string.Join(", ", _threads.Select(t => t.Name))}");
            }
        }
    }
}
