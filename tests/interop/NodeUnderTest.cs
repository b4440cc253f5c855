using System;
using System.Collections.Generic;
using System.IO;

namespace MeshNode.Interop;

/// <summary>A node that the peers are put in front of: a command that takes the options of <c>meshnode run</c>.</summary>
/// <param name="IsBoard">Whether it is the application on a virtual board.</param>
internal sealed record NodeUnderTest(string Name, string Command, bool IsBoard)
{
    /// <summary>All that the suite is run with.</summary>
    public static IReadOnlyList<NodeUnderTest> All { get; } =
    [
        new("meshnode run", Tool("run"), false),
        new("ESP32-DevKitC on its virtual board", Tool("run --board ESP32-DevKitC"), true),
    ];

    /// <summary>A command of the tool.</summary>
    public static string Tool(string arguments)
    {
        return $"dotnet '{Path.Combine(AppContext.BaseDirectory, "meshnode.dll")}' {arguments}";
    }
}
