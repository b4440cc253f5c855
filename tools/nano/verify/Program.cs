using System;
using System.IO;
using System.Linq;
using MeshNode.NanoVerify;

const string Usage = """
    dotnet run --project tools/nano/verify -- <command>

      sync-nfproj          lists in every .nfproj the sources that lie beside it
      surface <folder>     compares the reference surfaces with the real libraries found in a folder of restored packages
      api <file.dll>       prints what an assembly declares, in the form that both are compared in
    """;

switch (args)
{
    case ["sync-nfproj"]:
        foreach (NanoProject project in NanoProject.FindAll(Repository()))
        {
            Console.WriteLine($"{Path.GetRelativePath(Repository(), project.Path)}: {(project.Sync() ? "updated" : "in step")}");
        }

        return 0;

    case ["surface", string packages]:
        return CompareSurfaces(packages);

    case ["api", string file]:
        Array.ForEach(PublicSurface.Read(file), Console.WriteLine);

        return 0;

    default:
        Console.Error.WriteLine(Usage);

        return 2;
}

static int CompareSurfaces(string packages)
{
    ILookup<string, string> libraries = Directory.EnumerateFiles(packages, "*.dll", SearchOption.AllDirectories).ToLookup(f => Path.GetFileName(f));
    int missing = 0;
    int compared = 0;

    foreach (string surface in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "netnano1.0")))
    {
        if (libraries[Path.GetFileName(surface)].FirstOrDefault() is string library)
        {
            string[] absent = PublicSurface.Missing(PublicSurface.Read(surface), PublicSurface.Read(library));
            missing += absent.Length;
            compared++;
            Console.WriteLine($"{Path.GetFileName(surface)}: {absent.Length} declarations not in {library}");
            Array.ForEach(absent, m => Console.WriteLine("  " + m));
        }
    }

    if (compared == 0)
    {
        Console.Error.WriteLine($"no library with a reference surface in {packages}");
    }

    return missing == 0 && compared > 0 ? 0 : 1;
}

static string Repository()
{
    string? folder = AppContext.BaseDirectory;

    while (folder != null && !File.Exists(Path.Combine(folder, "MeshNode.sln")))
    {
        folder = Path.GetDirectoryName(folder);
    }

    return folder ?? Directory.GetCurrentDirectory();
}
