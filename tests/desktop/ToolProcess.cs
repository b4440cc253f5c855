#nullable enable
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace MeshNode;

/// <summary>
/// <c>meshnode</c> as a process of its own: the firmware has one thread, so two nodes that run in real time are not for one process. It is
/// killed at the end.
/// </summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly Process _process;
    private bool _ended;

    /// <param name="arguments">Its command line.</param>
    /// <param name="onLine">Is given each line that it says, on another thread.</param>
    public ToolProcess(IEnumerable<string> arguments, Action<string>? onLine = null)
    {
        ProcessStartInfo start = new("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "meshnode.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is { } line)
            {
                onLine?.Invoke(line);
            }
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
