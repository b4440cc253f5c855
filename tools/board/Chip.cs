using System;
using MeshNode.Board.Files;
using MeshNode.Board.Threads;

namespace MeshNode.Board;

/// <summary>The chip on which the calling code runs, for the libraries and for the types that stand in for those of .NET.</summary>
public static class Chip
{
    /// <summary>The board that runs the calling code.</summary>
    /// <exception cref="InvalidOperationException">The calling thread belongs to no board.</exception>
    public static VirtualBoard Board => Thread.Boot.Board;

    /// <summary>Milliseconds since reset.</summary>
    public static long TickCount => Board.Clock.Now - Boot.Started;

    /// <summary>The internal drive.</summary>
    public static FlashFileSystem Files
    {
        get
        {
            Boot.ThrowIfOver();

            return Board.Files;
        }
    }

    internal static BoardThread Thread => BoardThread.Current
        ?? throw new InvalidOperationException("Not on a thread of a virtual board: see tools/board/README.md");

    internal static Boot Boot => Thread.Boot;

    /// <summary>Counts what the calling thread allocates from now on as the library's, until the scope is disposed.</summary>
    public static AccountScope EnterLibrary()
    {
        BoardThread thread = Thread;
        thread.Boot.ThrowIfOver();

        return new AccountScope(thread, true);
    }

    /// <summary>Lets simulated time pass; 0 lets other threads run.</summary>
    public static void Sleep(int milliseconds)
    {
        using AccountScope scope = EnterLibrary();
        Thread.Wait(null, milliseconds);
    }

    /// <summary>Writes to the debug channel.</summary>
    public static void Write(string text)
    {
        Boot.ThrowIfOver();
        Board.Write(text);
    }

    /// <summary>Fills a buffer from the hardware's random number generator.</summary>
    public static void FillRandom(Span<byte> buffer)
    {
        Boot.ThrowIfOver();
        Board.Random.NextBytes(buffer);
    }

    internal static AccountScope EnterApplication()
    {
        return new AccountScope(Thread, false);
    }
}
