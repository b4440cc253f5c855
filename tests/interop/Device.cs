using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;

namespace MeshNode.Interop;

/// <summary><c>bluez/device.py</c>: a <c>bluetooth-meshd</c> that waits to be provisioned, and a node under test if wanted.</summary>
internal sealed class Device : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("meshnode-");
    private readonly Process _process;
    private readonly ConcurrentQueue<Said> _events = [];
    private readonly List<Said> _seen = [];

    /// <param name="staticOob">The device's static OOB value in hexadecimal digits, or nothing.</param>
    /// <param name="node">A node under test, or <see langword="null"/> for none.</param>
    /// <param name="gattPort">Where its GATT link goes.</param>
    public Device(string staticOob = "", NodeUnderTest? node = null, int gattPort = 0)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "bluez", "device.py");
        string[] arguments = ["-B", program, "--node", node?.Command ?? "", "--folder", _folder.FullName, "--gatt", $"{gattPort}", "--static", staticOob];
        ProcessStartInfo start = new("/usr/bin/python3", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) =>
        {
            if (e.Data != null)
            {
                _events.Enqueue(JsonSerializer.Deserialize<Said>(e.Data, JsonSerializerOptions.Web)!);
            }
        };
        _process.BeginOutputReadLine();
    }

    /// <summary>Types a line.</summary>
    public void Type(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>The value of the last event of a kind, or <see langword="null"/>.</summary>
    public string? Last(string kind)
    {
        while (_events.TryDequeue(out Said? said))
        {
            _seen.Add(said);
        }

        return _seen.FindLast(said => said.Event == kind)?.Value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();

        if (!_process.WaitForExit(5000))
        {
            _process.Kill(true);
            _process.WaitForExit();
        }

        _process.Dispose();
        _folder.Delete(true);
    }

    private sealed record Said(string Event, string Value);
}
