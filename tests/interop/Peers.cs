using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.ClassLevel)]

namespace MeshNode.Interop;

/// <summary>The programs that the tests need. Where they are not installed, the tests are skipped, unless <c>MESHNODE_INTEROP=required</c>.</summary>
internal static class Peers
{
    private static readonly Lazy<string?> s_missing = new(Find);

    /// <summary>What is to be said of a missing program, or <see langword="null"/>.</summary>
    public static string? Missing => s_missing.Value;

    /// <summary>Skips a test, or fails it, when a program is missing.</summary>
    public static void Require()
    {
        if (Missing is { } missing)
        {
            if (Environment.GetEnvironmentVariable("MESHNODE_INTEROP") == "required")
            {
                Assert.Fail($"They are required. {missing}");
            }

            Assert.Inconclusive(missing);
        }
    }

    private static string? Find()
    {
        string[] files = ["/usr/libexec/bluetooth/bluetooth-meshd", "/usr/bin/meshctl", "/usr/bin/mesh-cfgclient", "/usr/bin/dbus-daemon", "/usr/bin/gcc", "/usr/bin/python3"];

        if (files.FirstOrDefault(static file => !File.Exists(file)) is { } file)
        {
            return $"skipped: {Path.GetFileName(file)} is not installed";
        }

        using Process modules = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", "import dbus_next, pexpect, cryptography"]) { RedirectStandardError = true })!;
        modules.WaitForExit();

        return modules.ExitCode == 0 ? null : "skipped: one of Python's modules dbus_next, pexpect and cryptography is not installed";
    }
}
