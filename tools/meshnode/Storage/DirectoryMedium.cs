using System;
using System.IO;
using MeshNode.Storage;

namespace MeshNode.Tool.Storage;

/// <summary>The two areas of a journal as files of a folder.</summary>
/// <remarks>One writer at a time: the file of the area that is being written stays open between <see cref="Write"/> and <see cref="Flush"/>.</remarks>
public sealed class DirectoryMedium : IJournalMedium, IDisposable
{
    private const int AreaSize = 8192;

    private readonly string[] _paths;
    private FileStream? _stream;
    private int _area;

    /// <param name="directory">Made when it is not there.</param>
    public DirectoryMedium(string directory)
    {
        Directory.CreateDirectory(directory);
        _paths = [Path.Combine(directory, "journal0"), Path.Combine(directory, "journal1")];
    }

    /// <inheritdoc/>
    public int Capacity => AreaSize;

    /// <inheritdoc/>
    public int Length(int area)
    {
        try
        {
            return File.Exists(_paths[area]) ? (int)Math.Min(AreaSize, Open(area).Length) : 0;
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            // Not 0, which is a file that is not there: reading fails then.
            return AreaSize;
        }
    }

    /// <inheritdoc/>
    public bool Read(int area, int position, byte[] buffer, int offset, int count)
    {
        try
        {
            FileStream stream = Open(area);
            stream.Position = position;
            stream.ReadExactly(buffer, offset, count);

            return true;
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Write(int area, int position, byte[] buffer, int offset, int count)
    {
        try
        {
            FileStream stream = Open(area);

            if (stream.Length != position)
            {
                return false;
            }

            stream.Position = position;
            stream.Write(buffer, offset, count);

            return true;
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Flush(int area)
    {
        try
        {
            Open(area).Flush(flushToDisk: true);

            return true;
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Erase(int area)
    {
        try
        {
            Dispose();

            if (File.Exists(_paths[area]))
            {
                File.Delete(_paths[area]);
            }

            return true;
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private static bool IsOfFiles(Exception exception)
    {
        return exception is IOException or UnauthorizedAccessException;
    }

    private FileStream Open(int area)
    {
        if (_stream is not null && _area == area)
        {
            return _stream;
        }

        Dispose();
        _area = area;
        _stream = new FileStream(_paths[area], FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

        return _stream;
    }
}
