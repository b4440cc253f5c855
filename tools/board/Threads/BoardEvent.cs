using System.Collections.Generic;

namespace MeshNode.Board.Threads;

/// <summary>What threads of a board wait for: an event that resets itself, or one that stays set.</summary>
internal sealed class BoardEvent(Boot boot, bool isSet, bool resetsItself)
{
    private readonly List<BoardThread> _waiting = [];

    public bool IsSet { get; private set; } = isSet;

    public void Set()
    {
        if (!resetsItself)
        {
            SetAll();
        }
        else if (_waiting.Count > 0)
        {
            _waiting[0].Wake(true);
        }
        else
        {
            IsSet = true;
        }
    }

    public void SetAll()
    {
        IsSet = true;

        while (_waiting.Count > 0)
        {
            _waiting[0].Wake(true);
        }
    }

    public void Reset()
    {
        IsSet = false;
    }

    /// <param name="timeout">Milliseconds; negative for ever.</param>
    public bool Wait(long timeout)
    {
        boot.ThrowIfOver();

        if (IsSet)
        {
            IsSet = !resetsItself;

            return true;
        }

        BoardThread thread = Chip.Thread;

        if (timeout == 0)
        {
            thread.Wait(null, 0);
            bool isSet = IsSet;
            IsSet = isSet && !resetsItself;

            return isSet;
        }

        _waiting.Add(thread);

        return thread.Wait(this, timeout);
    }

    public void Forget(BoardThread thread)
    {
        _waiting.Remove(thread);
    }
}
