using System;
using System.IO;

namespace MeshNode;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>A path below the root, written with slashes.</summary>
    public static string PathOf(string relative)
    {
        return Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));
    }

    /// <summary>A netnano1.0 assembly of this build, by its file name.</summary>
    public static string NanoAssembly(string name)
    {
        return Path.Combine(AppContext.BaseDirectory, "netnano1.0", name);
    }

    private static string Find()
    {
        string folder = AppContext.BaseDirectory;

        while (!File.Exists(Path.Combine(folder, "MeshNode.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No MeshNode.sln above the test assembly");
        }

        return folder;
    }
}
