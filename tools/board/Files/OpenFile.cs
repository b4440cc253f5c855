using System;
using System.IO;

namespace MeshNode.Board.Files;

/// <summary>
/// An open file. What is written becomes durable when it is closed: the stock driver's flush hands the octets to littlefs, but does not make
/// littlefs commit them.
/// </summary>
public sealed class OpenFile
{
    private readonly FlashFileSystem _files;
    private byte[] _content;
    private int _length;
    private int _position;
    private bool _isChanged;

    internal OpenFile(FlashFileSystem files, string path, byte[] content)
    {
        _files = files;
        Path = path;
        _content = (byte[])content.Clone();
        _length = content.Length;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Octets in the file, with what was written.</summary>
    public int Length => _length;

    /// <summary>Where the next octet is read or written.</summary>
    public int Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new IOException();
    }

    internal bool IsOpen { get; private set; } = true;

    /// <returns>Octets read; 0 at the end.</returns>
    public int Read(byte[] buffer, int offset, int count)
    {
        Check();
        int read = Math.Min(count, Math.Max(_length - _position, 0));
        Array.Copy(_content, _position, buffer, offset, read);
        _position += read;

        return read;
    }

    /// <summary>Writes octets, for the time being in RAM and in blocks that nothing points to.</summary>
    public void Write(byte[] buffer, int offset, int count)
    {
        Check();

        if (_position + count > _length)
        {
            SetLength(_position + count);
        }

        Array.Copy(buffer, offset, _content, _position, count);
        _position += count;
        _isChanged = true;
    }

    /// <summary>Cuts or extends it.</summary>
    public void SetLength(int length)
    {
        Check();
        _files.CheckSpace(Path, length);

        if (length > _content.Length)
        {
            Array.Resize(ref _content, Math.Max(length, 2 * _content.Length));
        }
        else if (length < _length)
        {
            Array.Clear(_content, length, _length - length);
        }

        _length = length;
        _isChanged = true;
    }

    /// <summary>Commits what was written.</summary>
    public void Close()
    {
        if (!IsOpen)
        {
            return;
        }

        IsOpen = false;
        _files.Close(this, _isChanged ? _content[.._length] : null);
    }

    internal void Lose()
    {
        IsOpen = false;
    }

    private void Check()
    {
        Chip.Boot.ThrowIfOver();

        if (!IsOpen)
        {
            throw new ObjectDisposedException(Path);
        }
    }
}
