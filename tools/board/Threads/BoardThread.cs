using System;
using System.Threading;

namespace MeshNode.Board.Threads;

/// <summary>A managed thread of a board. It runs only while it has the turn, so never two of them at a time.</summary>
internal sealed class BoardThread
{
    [ThreadStatic]
    private static BoardThread? s_current;

    private readonly SemaphoreSlim _turn = new(0);
    private readonly Action _body;
    private readonly Thread _thread;
    private BoardEvent? _awaited;
    private int _waitNumber;
    private bool _signalled;
    private long _mark;

    public BoardThread(Boot boot, string name, Action body)
    {
        Boot = boot;
        Name = name;
        _body = body;
        _thread = new Thread(Run) { IsBackground = true, Name = boot.Board.Name + " " + name };
        Ended = new BoardEvent(boot, false, false);
    }

    /// <summary>The thread that runs this code, or <see langword="null"/> outside of boards.</summary>
    public static BoardThread? Current => s_current;

    public Boot Boot { get; }

    public string Name { get; }

    public int Number { get; internal set; }

    /// <summary>Is set when the thread has ended.</summary>
    public BoardEvent Ended { get; }

    public bool HasStarted { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>Whether the thread is inside a handler that the stock stack has called and that must not wait.</summary>
    public bool IsInHandler { get; set; }

    /// <summary>Whether the thread is inside a library rather than the application.</summary>
    public bool IsInLibrary { get; private set; }

    public void Start()
    {
        Boot.ThrowIfOver();

        if (HasStarted)
        {
            throw new InvalidOperationException();
        }

        HasStarted = true;
        Boot.Scheduler.Add(this);
    }

    /// <summary>Lets others run until the event is set or the time is over.</summary>
    /// <param name="awaited">An event, or <see langword="null"/> to sleep.</param>
    /// <param name="timeout">Milliseconds; negative for ever.</param>
    /// <returns>Whether the event was set.</returns>
    public bool Wait(BoardEvent? awaited, long timeout)
    {
        Boot.ThrowIfOver();

        if (IsInHandler)
        {
            Boot.Board.Violate("5", $"a handler on thread {Name} has waited; it holds up all native events");
        }

        _awaited = awaited;
        _signalled = false;
        int number = ++_waitNumber;

        if (timeout == 0)
        {
            Boot.Scheduler.MakeReady(this);
        }
        else if (timeout > 0)
        {
            Boot.Board.Clock.At(Boot.Board.Clock.Now + timeout, () =>
            {
                if (number == _waitNumber)
                {
                    Wake(false);
                }
            });
        }

        GiveTurn();

        return _signalled;
    }

    /// <summary>Ends the present wait.</summary>
    public void Wake(bool signalled)
    {
        _waitNumber++;
        _signalled = signalled;
        _awaited?.Forget(this);
        _awaited = null;
        Boot.Scheduler.MakeReady(this);
    }

    /// <summary>Runs the thread until it waits or ends; called by the scheduler.</summary>
    public void TakeTurn()
    {
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            _thread.Start();
        }
        else
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the account of what was allocated so far and opens one for the library or the application.</summary>
    /// <returns>Whether the account before was the library's.</returns>
    public bool SwitchAccount(bool library)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();

        if (IsInLibrary)
        {
            Boot.Board.Allocations.LibraryOctets += allocated - _mark;
        }
        else
        {
            Boot.Board.Allocations.ApplicationOctets += allocated - _mark;
        }

        bool before = IsInLibrary;
        IsInLibrary = library;
        _mark = GC.GetAllocatedBytesForCurrentThread();

        return before;
    }

    private void GiveTurn()
    {
        Boot.Scheduler.ReturnTurn();
        _turn.Wait();
        Boot.ThrowIfOver();
    }

    private void Run()
    {
        s_current = this;
        _mark = GC.GetAllocatedBytesForCurrentThread();

        try
        {
            if (!Boot.IsOver)
            {
                _body();
            }
        }
        catch (BoardStoppedException)
        {
        }
        catch (Exception e) when (!Boot.IsOver)
        {
            Boot.OnUnhandled(this, e);
        }
        catch (Exception)
        {
            // Of a finally clause or handler that ran after the power was gone.
        }

        HasEnded = true;

        if (!Boot.IsOver)
        {
            Ended.SetAll();
        }

        Boot.Scheduler.Remove(this);
        Boot.Scheduler.ReturnTurn();
    }
}
