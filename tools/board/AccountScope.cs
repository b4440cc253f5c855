using System;
using MeshNode.Board.Threads;

namespace MeshNode.Board;

/// <summary>While it lives, allocations count as the library's or the application's; see <see cref="Memory.ManagedAccount"/>.</summary>
public readonly ref struct AccountScope : IDisposable
{
    private readonly BoardThread _thread;
    private readonly bool _before;

    internal AccountScope(BoardThread thread, bool library)
    {
        _thread = thread;
        _before = thread.SwitchAccount(library);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _thread.SwitchAccount(_before);
    }
}
