using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MeshNode.NanoVerify;

/// <summary>
/// A .nfproj, which lists its sources one by one, and the sources that lie beside it.
/// </summary>
public sealed partial class NanoProject(string path)
{
    public string Path { get; } = path;

    private string Folder { get; } = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;

    /// <summary>Every .nfproj of a repository.</summary>
    public static IEnumerable<NanoProject> FindAll(string repository)
    {
        return new[] { "boards", "firmware", "tests", "tools" }
            .SelectMany(f => Directory.EnumerateFiles(System.IO.Path.Combine(repository, f), "*.nfproj", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(f => new NanoProject(f));
    }

    /// <summary>The name of the assembly that it makes.</summary>
    public string AssemblyName()
    {
        return XDocument.Load(Path).Descendants().Single(e => e.Name.LocalName == "AssemblyName").Value;
    }

    /// <summary>The sources as the project lists them.</summary>
    public string[] ListedSources()
    {
        return Items("Compile");
    }

    /// <summary>The names of the assemblies that it takes from packages.</summary>
    public string[] References()
    {
        return Items("Reference").Select(i => i.Split(',')[0]).ToArray();
    }

    /// <summary>The projects that it refers to.</summary>
    public NanoProject[] ProjectReferences()
    {
        return Items("ProjectReference").Select(i => new NanoProject(PathOf(i))).ToArray();
    }

    /// <summary>The path of a file that the project names by its relative path.</summary>
    public string PathOf(string item)
    {
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, item.Replace('\\', System.IO.Path.DirectorySeparatorChar)));
    }

    /// <summary>
    /// The sources as the project should list them: all of its own folder, and all of each folder that it links a file from.
    /// </summary>
    public string[] SourcesOnDisk()
    {
        IEnumerable<string> linked = ListedSources().Where(IsLinked)
            .Select(s => s[..s.LastIndexOf('\\')]).Distinct()
            .SelectMany(f => Directory.EnumerateFiles(PathOf(f), "*.cs").Select(s => f + "\\" + System.IO.Path.GetFileName(s)));

        IEnumerable<string> own = Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Select(s => System.IO.Path.GetRelativePath(Folder, s).Replace('/', '\\'))
            .Where(s => !s.StartsWith(@"bin\", StringComparison.Ordinal) && !s.StartsWith(@"obj\", StringComparison.Ordinal));

        return linked.Concat(own).Order(StringComparer.OrdinalIgnoreCase).ToArray();
    }

    /// <summary>The folders of the packages folder that the references point into.</summary>
    public string[] HintedPackages()
    {
        return XDocument.Load(Path).Descendants().Where(e => e.Name.LocalName == "HintPath")
            .Select(e => e.Value.Split('\\').SkipWhile(p => p != "packages").ElementAt(1)).Distinct().Order(StringComparer.Ordinal).ToArray();
    }

    /// <summary>The folders that a restore of packages.config makes.</summary>
    public string[] ListedPackages()
    {
        return XDocument.Load(System.IO.Path.Combine(Folder, "packages.config")).Root!.Elements("package")
            .Select(e => $"{(string?)e.Attribute("id")}.{(string?)e.Attribute("version")}").Order(StringComparer.Ordinal).ToArray();
    }

    /// <summary>Rewrites the list of sources; nothing else of the file changes.</summary>
    /// <returns>Whether there was something to change.</returns>
    public bool Sync()
    {
        string text = File.ReadAllText(Path);
        string newLine = text.Contains("\r\n") ? "\r\n" : "\n";
        StringBuilder items = new();

        foreach (string source in SourcesOnDisk())
        {
            items.Append(IsLinked(source)
                ? $"    <Compile Include=\"{source}\">{newLine}      <Link>{source.TrimStart('.', '\\')}</Link>{newLine}    </Compile>{newLine}"
                : $"    <Compile Include=\"{source}\" />{newLine}");
        }

        string synced = CompileItems().Replace(text, _ => items.ToString(), 1);

        if (synced == text)
        {
            return false;
        }

        File.WriteAllText(Path, synced, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        return true;
    }

    private string[] Items(string name)
    {
        return XDocument.Load(Path).Descendants().Where(e => e.Name.LocalName == name).Select(e => (string)e.Attribute("Include")!).ToArray();
    }

    private static bool IsLinked(string source)
    {
        return source.StartsWith(@"..\", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(    <Compile [^>]*/>\r?\n|    <Compile [^/>]*>\r?\n(?:      .*\r?\n)*    </Compile>\r?\n)+")]
    private static partial Regex CompileItems();
}
