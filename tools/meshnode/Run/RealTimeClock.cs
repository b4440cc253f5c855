using System;
using System.Collections.Generic;
using System.Diagnostics;
using MeshNode.Board;

namespace MeshNode.Tool.Run;

/// <summary>
/// Real time in milliseconds since the start, and what is to happen in it. All of it happens on the thread that calls
/// <see cref="RunDue"/>.
/// </summary>
internal sealed class RealTimeClock : IBoardClock
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly PriorityQueue<Action, (long Time, long Order)> _actions = new();
    private long _order;

    /// <summary>The present time.</summary>
    public long Now => _watch.ElapsedMilliseconds;

    /// <summary>When the next action is due.</summary>
    public long Next => _actions.TryPeek(out _, out (long Time, long Order) key) ? key.Time : long.MaxValue;

    /// <summary>Enters an action some milliseconds from now.</summary>
    public void After(long delay, Action action)
    {
        _actions.Enqueue(action, (Now + delay, _order++));
    }

    /// <inheritdoc/>
    public void At(long time, Action action)
    {
        _actions.Enqueue(action, (Math.Max(time, Now), _order++));
    }

    /// <summary>Runs what is due.</summary>
    public void RunDue()
    {
        while (Next <= Now)
        {
            _actions.Dequeue()();
        }
    }
}
