using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MeshNode.Board.Files;

/// <summary>
/// The internal drive I: of a board, littlefs on a stock image: each change of the flash happens as a whole or not at all.
/// </summary>
/// <remarks>Names are as they are written, upper and lower case different. A test can let operations fail or cut the power in them.</remarks>
public sealed class FlashFileSystem
{
    /// <summary>Root of the drive.</summary>
    public const string Root = @"I:\";

    private const int BlockSize = 4096;

    private readonly VirtualBoard _board;
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly HashSet<string> _directories = [];
    private readonly List<OpenFile> _open = [];

    internal FlashFileSystem(VirtualBoard board)
    {
        _board = board;
    }

    /// <summary>Is asked before each change of the flash, with the path; <see langword="null"/> for no faults.</summary>
    public Func<FlashOperation, string, FlashFault>? Fault { get; set; }

    /// <summary>Changes of the flash since the board was made.</summary>
    public long Operations { get; private set; }

    /// <summary>Octets that were committed since the board was made.</summary>
    public long OctetsWritten { get; private set; }

    /// <summary>Paths of all files.</summary>
    public IReadOnlyCollection<string> Paths => _files.Keys;

    /// <summary>What a file holds durably.</summary>
    public byte[] Read(string path)
    {
        return (byte[])_files[Normalize(path)].Clone();
    }

    /// <summary>Puts a file on the drive from outside, as deploying does.</summary>
    public void Put(string path, byte[] content)
    {
        _files[Normalize(path)] = (byte[])content.Clone();
    }

    /// <summary>Takes everything off the drive, as erasing the chip does.</summary>
    public void Erase()
    {
        _files.Clear();
        _directories.Clear();
    }

    /// <summary>Whether there is a file.</summary>
    public bool FileExists(string path)
    {
        return _files.ContainsKey(Normalize(path));
    }

    /// <summary>Whether there is a folder; the root is one.</summary>
    public bool DirectoryExists(string path)
    {
        string normal = Normalize(path);

        return normal == Root || _directories.Contains(normal);
    }

    /// <summary>Opens a file, which is created when it does not exist.</summary>
    /// <exception cref="IOException">Its folder does not exist, or it is open already.</exception>
    public OpenFile Open(string path)
    {
        string normal = Normalize(path);

        if (!DirectoryExists(Path(normal)) || DirectoryExists(normal) || _open.Exists(f => f.Path == normal))
        {
            throw new IOException(normal);
        }

        if (!_files.ContainsKey(normal))
        {
            CheckSpace(normal, 0);
            Do(FlashOperation.Create, normal, () => _files[normal] = []);
        }

        OpenFile file = new(this, normal, _files[normal]);
        _open.Add(file);

        return file;
    }

    /// <summary>Renames a file.</summary>
    /// <exception cref="IOException">It is missing or open, or the new name is taken.</exception>
    public void Move(string path, string newPath)
    {
        string from = Normalize(path);
        string to = Normalize(newPath);

        if (!_files.ContainsKey(from) || _files.ContainsKey(to) || !DirectoryExists(Path(to)) || _open.Exists(f => f.Path == from))
        {
            throw new IOException(from);
        }

        Do(FlashOperation.Rename, from, () =>
        {
            _files[to] = _files[from];
            _files.Remove(from);
        });
    }

    /// <summary>Deletes a file, if there is one.</summary>
    /// <exception cref="IOException">It is open.</exception>
    public void Delete(string path)
    {
        string normal = Normalize(path);

        if (_open.Exists(f => f.Path == normal))
        {
            throw new IOException(normal);
        }

        if (_files.ContainsKey(normal))
        {
            Do(FlashOperation.Delete, normal, () => _files.Remove(normal));
        }
    }

    /// <summary>Makes a folder, if there is none.</summary>
    public void CreateDirectory(string path)
    {
        string normal = Normalize(path);

        if (!DirectoryExists(normal))
        {
            Do(FlashOperation.CreateDirectory, normal, () => _directories.Add(normal));
        }
    }

    /// <summary>Deletes an empty folder.</summary>
    /// <exception cref="IOException">It is missing or not empty.</exception>
    public void DeleteDirectory(string path)
    {
        string normal = Normalize(path);

        if (!_directories.Contains(normal) || FilesIn(normal).Length > 0 || DirectoriesIn(normal).Length > 0)
        {
            throw new IOException(normal);
        }

        Do(FlashOperation.Delete, normal, () => _directories.Remove(normal));
    }

    /// <summary>Paths of the files in a folder.</summary>
    public string[] FilesIn(string path)
    {
        string normal = Normalize(path);

        return _files.Keys.Where(f => Path(f) == normal).Order(StringComparer.Ordinal).ToArray();
    }

    /// <summary>Paths of the folders in a folder.</summary>
    public string[] DirectoriesIn(string path)
    {
        string normal = Normalize(path);

        return _directories.Where(d => Path(d) == normal).Order(StringComparer.Ordinal).ToArray();
    }

    internal void CheckSpace(string path, int length)
    {
        int used = _files.Where(f => f.Key != path).Sum(f => Blocks(f.Value.Length)) + Blocks(length);

        if (used * BlockSize > _board.Profile.FlashSize)
        {
            throw new IOException("The drive is full");
        }
    }

    internal void Close(OpenFile file, byte[]? content)
    {
        _open.Remove(file);

        if (content != null)
        {
            Do(FlashOperation.Commit, file.Path, () =>
            {
                _files[file.Path] = content;
                OctetsWritten += content.Length;
            });
        }
    }

    internal void OnPowerLost()
    {
        _open.ForEach(f => f.Lose());
        _open.Clear();
    }

    private static int Blocks(int length)
    {
        return (length / BlockSize) + 1;
    }

    private static string Path(string path)
    {
        int end = path.LastIndexOf('\\');

        return end < Root.Length ? Root : path[..end];
    }

    private static string Normalize(string path)
    {
        string normal = path.Replace('/', '\\');

        if (!normal.StartsWith(Root, StringComparison.Ordinal))
        {
            throw new IOException($"No volume of {path}");
        }

        return normal.Length > Root.Length ? normal.TrimEnd('\\') : normal;
    }

    private void Do(FlashOperation operation, string path, Action change)
    {
        Boot boot = Chip.Boot;
        boot.ThrowIfOver();

        switch (Fault?.Invoke(operation, path) ?? FlashFault.None)
        {
            case FlashFault.Failure:
                throw new IOException($"{operation} of {path} failed");

            case FlashFault.PowerLostBefore:
                _board.CutPower();
                break;

            case FlashFault.PowerLostAfter:
                change();
                Operations++;
                _board.CutPower();
                break;
        }

        change();
        Operations++;

        if (_board.Profile.FlashCommitTime > 0)
        {
            boot.Scheduler.StayNative(_board.Profile.FlashCommitTime);
        }
    }
}
