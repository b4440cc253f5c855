using MeshNode.Board.Threads;

namespace MeshNode.Board;

/// <summary>An event that threads of the application wait for.</summary>
/// <param name="isSet">Whether it is set at first.</param>
/// <param name="resetsItself">Whether it lets one thread through and is reset.</param>
public sealed class ChipEvent(bool isSet, bool resetsItself)
{
    private readonly BoardEvent _event = new(Chip.Boot, isSet, resetsItself);

    /// <summary>Sets it.</summary>
    public void Set()
    {
        using AccountScope scope = Chip.EnterLibrary();
        _event.Set();
    }

    /// <summary>Resets it.</summary>
    public void Reset()
    {
        using AccountScope scope = Chip.EnterLibrary();
        _event.Reset();
    }

    /// <summary>Waits until it is set.</summary>
    /// <param name="timeout">Milliseconds; negative for ever.</param>
    public bool Wait(int timeout)
    {
        using AccountScope scope = Chip.EnterLibrary();

        return _event.Wait(timeout);
    }
}
