using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace MeshNode.Board;

/// <summary>
/// An application as it is deployed to boards: assemblies with static fields, which each boot of each board loads anew, so that all static
/// fields are as after a reset. Assemblies that are not named are shared by all boards and with the rest of the process.
/// </summary>
/// <param name="path">File of the assembly with the entry point.</param>
/// <param name="others">Files of further assemblies that each boot loads anew.</param>
public sealed class ApplicationImage(string path, params string[] others)
{
    private readonly Dictionary<string, string> _files = others.Append(path).ToDictionary(f => Path.GetFileNameWithoutExtension(f), Path.GetFullPath);

    internal Assembly Load()
    {
        return new LoadContext(_files).LoadFromAssemblyPath(Path.GetFullPath(path));
    }

    internal static void Run(Assembly application)
    {
        MethodInfo entry = application.EntryPoint ?? throw new InvalidOperationException($"{application} has no entry point");
        object?[]? arguments = entry.GetParameters().Length == 0 ? null : [Array.Empty<string>()];
        entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private sealed class LoadContext(Dictionary<string, string> files) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            return assemblyName.Name != null && files.TryGetValue(assemblyName.Name, out string? file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
