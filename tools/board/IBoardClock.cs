using System;

namespace MeshNode.Board;

/// <summary>The time in which boards live, simulated or real; everything on a board happens in its actions, one after the other.</summary>
public interface IBoardClock
{
    /// <summary>The present, in milliseconds.</summary>
    long Now { get; }

    /// <summary>Enters an action. A time that has passed means at once, after what was entered before.</summary>
    void At(long time, Action action);
}
