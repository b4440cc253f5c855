using System;
using System.Collections.Generic;
using MeshNode.Board;

namespace MeshNode.Simulation;

/// <summary>
/// Simulated time in milliseconds, and what is to happen in it: in order of time, at the same time in order of entry.
/// </summary>
public sealed class EventQueue : IBoardClock
{
    private readonly PriorityQueue<Action, (long Time, long Order)> _events = new();
    private long _order;

    /// <summary>The present time.</summary>
    public long Now { get; private set; }

    /// <summary>Enters an action. A time that has passed means at once.</summary>
    public void At(long time, Action action)
    {
        _events.Enqueue(action, (Math.Max(time, Now), _order++));
    }

    /// <summary>Enters an action some time from now.</summary>
    public void After(long delay, Action action)
    {
        At(Now + delay, action);
    }

    /// <summary>Runs everything up to a time, which becomes the present.</summary>
    public void RunUntil(long time)
    {
        RunUntil(static () => false, time);
    }

    /// <summary>Runs until a condition holds.</summary>
    /// <returns><see langword="false"/> when it did not hold by the deadline, which has then become the present.</returns>
    public bool RunUntil(Func<bool> condition, long deadline)
    {
        while (!condition())
        {
            if (!_events.TryPeek(out Action? action, out (long Time, long Order) key) || key.Time > deadline)
            {
                Now = Math.Max(Now, deadline);

                return false;
            }

            _events.Dequeue();
            Now = key.Time;
            action();
        }

        return true;
    }
}
