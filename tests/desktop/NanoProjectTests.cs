using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using MeshNode.NanoVerify;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>
/// Nothing builds the .nfproj files here, so this keeps them in step with the sources beside them.
/// </summary>
[TestClass]
public class NanoProjectTests
{
    // Packages of which the sources use nothing: their libraries are deployed because others need them.
    private static readonly string[] s_onlyDeployed = ["nanoFramework.UnitTestLauncher", "nanoFramework.System.Collections", "nanoFramework.System.Text"];

    private const string Remedy = "run: dotnet run --project tools/nano/verify -- sync-nfproj";

    [TestMethod]
    public void CompileItems_AreTheSourceFilesOnDisk()
    {
        foreach (NanoProject project in NanoProject.FindAll(Repository.Root))
        {
            string[] listed = project.ListedSources();
            string[] found = project.SourcesOnDisk();

            Assert.AreEqual("", string.Join(", ", found.Except(listed)), $"Not listed in {NameOf(project)}; {Remedy}");
            Assert.AreEqual("", string.Join(", ", listed.Except(found)), $"Listed in {NameOf(project)} but not there; {Remedy}");
            Assert.AreEqual(string.Join("\n", found), string.Join("\n", listed), $"Order in {NameOf(project)}; {Remedy}");
        }
    }

    [TestMethod]
    public void HintPaths_AreThePackagesOfPackagesConfig()
    {
        foreach (NanoProject project in NanoProject.FindAll(Repository.Root))
        {
            Assert.AreEqual(string.Join("\n", project.ListedPackages()), string.Join("\n", project.HintedPackages()), NameOf(project));
        }
    }

    [TestMethod]
    public void References_AreOfThePackagesVersion()
    {
        foreach (NanoProject project in NanoProject.FindAll(Repository.Root))
        {
            foreach (Match reference in Regex.Matches(File.ReadAllText(project.Path), @"Version=([\d.]+)\.0,.*\s+<HintPath>.*?\.(\d+\.\d+\.\d+)\\lib\\"))
            {
                string version = reference.Groups[1].Value;

                // The launcher of the test framework is the one assembly without a version.
                Assert.IsTrue(version == reference.Groups[2].Value || version == "0.0.0", $"{NameOf(project)}: {reference.Value}");
            }
        }
    }

    /// <summary>
    /// The netnano1.0 build compiles the same sources, but the unit tests of all libraries as one, and with references that
    /// reach further.
    /// </summary>
    [TestMethod]
    public void Projects_CompileWithWhatTheyList()
    {
        foreach (NanoProject project in NanoProject.FindAll(Repository.Root))
        {
            IEnumerable<SyntaxTree> sources = project.ListedSources().Select(s => project.PathOf(s))
                .Select(s => CSharpSyntaxTree.ParseText(File.ReadAllText(s), new CSharpParseOptions(LanguageVersion.CSharp9), s));
            IEnumerable<string> references = project.References().Except(s_onlyDeployed)
                .Concat(project.ProjectReferences().Select(p => p.AssemblyName())).Select(r => Repository.NanoAssembly(r + ".dll"));
            OutputKind kind = File.ReadAllText(project.Path).Contains("<OutputType>Exe<") ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;

            CSharpCompilation compilation = CSharpCompilation.Create(project.AssemblyName(), sources,
                references.Select(r => MetadataReference.CreateFromFile(r)), new CSharpCompilationOptions(kind));

            Assert.AreEqual("", string.Join("\n", compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)), NameOf(project));
        }
    }

    [TestMethod]
    [DataRow("MeshNode.sln")]
    [DataRow("firmware/Firmware.sln")]
    public void Solutions_HoldEveryNanoProject(string solution)
    {
        string path = Repository.PathOf(solution);
        HashSet<string> held = ProjectsOf(path).Where(p => p.EndsWith(".nfproj")).ToHashSet();

        foreach (NanoProject project in NanoProject.FindAll(Repository.Root))
        {
            Assert.IsTrue(held.Remove(Path.GetFullPath(project.Path)), $"{NameOf(project)} is not in {solution}");
        }

        Assert.AreEqual("", string.Join(", ", held));
    }

    [TestMethod]
    public void Solution_HoldsEveryDesktopProject()
    {
        HashSet<string> held = ProjectsOf(Repository.PathOf("MeshNode.sln")).Where(p => p.EndsWith(".csproj")).ToHashSet();
        IEnumerable<string> found = new[] { "firmware", "tests", "tools" }
            .SelectMany(f => Directory.EnumerateFiles(Repository.PathOf(f), "*.csproj", SearchOption.AllDirectories));

        foreach (string project in found)
        {
            Assert.IsTrue(held.Remove(Path.GetFullPath(project)), $"{project} is not in MeshNode.sln");
        }

        Assert.AreEqual("", string.Join(", ", held));
    }

    [TestMethod]
    public void Solutions_KnowTheProjectsByTheirGuids()
    {
        Dictionary<string, string> guids = NanoProject.FindAll(Repository.Root).ToDictionary(
            p => Path.GetFileName(p.Path),
            p => Regex.Match(File.ReadAllText(p.Path), "<ProjectGuid>(.*)</ProjectGuid>").Groups[1].Value);

        Assert.AreEqual(guids.Count, guids.Values.Distinct().Count(), "Two projects have one GUID");

        foreach (string solution in new[] { "MeshNode.sln", "firmware/Firmware.sln", "boards/Boards.sln" })
        {
            foreach (Match entry in Regex.Matches(File.ReadAllText(Repository.PathOf(solution)), @", "".*?([^\\""]+\.nfproj)"", ""(\{.*\})"""))
            {
                Assert.AreEqual(guids[entry.Groups[1].Value], entry.Groups[2].Value, solution);
            }
        }
    }

    [TestMethod]
    public void Sync_ListsWhatIsOnDisk()
    {
        string folder = Directory.CreateTempSubdirectory("nfproj").FullName;

        try
        {
            string path = Path.Combine(folder, "own", "X.nfproj");
            Directory.CreateDirectory(Path.Combine(folder, "own", "A"));
            Directory.CreateDirectory(Path.Combine(folder, "own", "obj"));
            Directory.CreateDirectory(Path.Combine(folder, "Shared"));
            Array.ForEach(["own/A/B.cs", "own/C.cs", "own/obj/D.cs", "Shared/E.cs", "Shared/F.cs"], f => File.WriteAllText(Path.Combine(folder, f), ""));
            File.WriteAllText(path, """
                <Project>
                  <ItemGroup>
                    <Compile Include="..\Shared\E.cs">
                      <Link>Shared\E.cs</Link>
                    </Compile>
                    <Compile Include="Gone.cs" />
                  </ItemGroup>
                </Project>

                """.ReplaceLineEndings("\r\n"));

            NanoProject project = new(path);
            Assert.IsTrue(project.Sync());
            Assert.AreEqual(@"..\Shared\E.cs ..\Shared\F.cs A\B.cs C.cs", string.Join(" ", project.ListedSources()));
            Assert.IsFalse(project.Sync());
            Assert.IsFalse(File.ReadAllText(path).Replace("\r\n", "").Contains('\n'));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> ProjectsOf(string solution)
    {
        return Regex.Matches(File.ReadAllText(solution), @"= "".*?"", ""(.*proj)"", ")
            .Select(m => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(solution), m.Groups[1].Value.Replace('\\', Path.DirectorySeparatorChar))));
    }

    private static string NameOf(NanoProject project)
    {
        return Path.GetRelativePath(Repository.Root, project.Path);
    }
}
