using System;
using System.Collections.Generic;
using System.IO;

namespace MeshNode.Interop;

/// <summary>A node that the peers are put in front of: a command that takes the options of <c>meshnode run</c>.</summary>
internal sealed record NodeUnderTest(string Name, string Command)
{
    /// <summary>All that the suite is run with.</summary>
    public static IReadOnlyList<NodeUnderTest> All { get; } =
    [
        new("meshnode run", Tool("run")),
    ];

    /// <summary>A command of the tool.</summary>
    public static string Tool(string arguments)
    {
        return $"dotnet '{Path.Combine(AppContext.BaseDirectory, "meshnode.dll")}' {arguments}";
    }
}
