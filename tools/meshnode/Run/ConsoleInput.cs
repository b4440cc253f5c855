using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;

namespace MeshNode.Tool.Run;

/// <summary>Lines that are typed while a node runs. They are read on a thread of their own and taken on the node's.</summary>
internal sealed class ConsoleInput
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly TextReader _reader;

    /// <param name="reader">Read to its end.</param>
    public ConsoleInput(TextReader reader)
    {
        _reader = reader;
        new Thread(Read) { IsBackground = true }.Start();
    }

    /// <summary>Takes the next line, if there is one.</summary>
    /// <returns>The line, or <see langword="null"/>.</returns>
    public string? Take()
    {
        return _lines.TryDequeue(out string? line) ? line : null;
    }

    private void Read()
    {
        while (_reader.ReadLine() is { } line)
        {
            _lines.Enqueue(line.Trim());
        }
    }
}
