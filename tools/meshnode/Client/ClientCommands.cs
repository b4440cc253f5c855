using System.Collections.Generic;
using System.CommandLine;
using System.IO;

namespace MeshNode.Tool.Client;

/// <summary>The commands that talk to nodes.</summary>
internal static class ClientCommands
{
    /// <summary>Makes them.</summary>
    /// <param name="writer">Takes what they say.</param>
    public static IEnumerable<Command> Create(TextWriter writer)
    {
        return [.. DatabaseCommands.Create(writer), .. ProvisioningCommands.Create(writer), .. ConfigCommands.Create(writer), .. ModelCommands.Create(writer), MonitorCommand.Create(writer), LedgerTestCommand.Create(writer)];
    }
}
