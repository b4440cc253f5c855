using System;
using MeshNode.Board.Threads;

namespace MeshNode.Board;

/// <summary>A thread of the application.</summary>
public sealed class ChipThread
{
    private readonly BoardThread _thread;

    /// <param name="body">What it does.</param>
    public ChipThread(Action body)
        : this(new BoardThread(Chip.Boot, "application", body))
    {
    }

    private ChipThread(BoardThread thread)
    {
        _thread = thread;
    }

    /// <summary>The calling thread.</summary>
    public static ChipThread Current => new(Chip.Thread);

    /// <summary>A number of its own.</summary>
    public int Number => _thread.Number;

    /// <summary>Whether it was started and has not ended.</summary>
    public bool IsAlive => _thread.HasStarted && !_thread.HasEnded;

    /// <summary>Starts it.</summary>
    public void Start()
    {
        _thread.Start();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <param name="timeout">Milliseconds; negative for ever.</param>
    public bool Join(int timeout)
    {
        using AccountScope scope = Chip.EnterLibrary();

        return _thread.Ended.Wait(timeout);
    }
}
