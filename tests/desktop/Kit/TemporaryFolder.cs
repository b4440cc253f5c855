#nullable enable
using System;
using System.IO;

namespace MeshNode.Kit;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("meshnode").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public void Dispose()
    {
        Directory.Delete(_path, true);
    }
}
