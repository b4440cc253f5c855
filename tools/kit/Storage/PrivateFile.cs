using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace MeshNode.Kit.Storage;

/// <summary>Writes files that nobody but their owner may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int ReadOnly = 0;

    /// <summary>Replaces a file as a whole: after a crash there is the old or the new one, and after the return the new one. Who could read the old one does not matter.</summary>
    public static void Replace(string path, byte[] content)
    {
        string temporary = path + ".new";

        // What a crash has left there, or somebody has put there, may have other permissions.
        File.Delete(temporary);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };

        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (FileStream stream = new(temporary, options))
        {
            stream.Write(content);
            stream.Flush(true);
        }

        File.Move(temporary, path, true);

        if (!OperatingSystem.IsWindows())
        {
            FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
    }

    // The new name is durable when the folder is; .NET opens no folders. Some file systems cannot, which is no failure.
    private static void FlushFolder(string folder)
    {
        int descriptor = Open(Encoding.UTF8.GetBytes(folder + char.MinValue), ReadOnly);

        if (descriptor >= 0)
        {
            _ = Flush(descriptor);
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
