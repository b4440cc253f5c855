#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using MeshNode.Tool;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>A node that <c>meshnode run</c> has started, and a folder with what the commands need to talk to it.</summary>
internal sealed class ClientWorkplace : IDisposable
{
    public const string Uuid = "70cf7c9732a345b691494810d2e9cbf4";

    private readonly ToolProcess _node;
    private readonly int _gatt = FreePort();
    private readonly bool _overGatt;

    public ClientWorkplace(bool overGatt)
    {
        _overGatt = overGatt;
        File.WriteAllText(Folder["passphrase"], "correct horse");
        _node = new ToolProcess(["run", "--udp", $"{UdpPort}", "--gatt", $"{_gatt}", "--uuid", Uuid, "--static", "0102030405060708090a0b0c0d0e0f10"]);
    }

    public TemporaryFolder Folder { get; } = new();

    /// <summary>Where node and commands meet. Whoever opens this port first carries their frames.</summary>
    public int UdpPort { get; } = FreePort();

    public bool Other { get; set; }

    public string Said { get; private set; } = "";

    /// <summary>Runs a command.</summary>
    /// <returns>The objects that it says.</returns>
    public List<JsonObject> Do(int exitCode, string command)
    {
        using StringWriter output = new();
        int code = CommandLine.Run([.. Arguments(command)], output);
        Said += output;
        Assert.AreEqual(exitCode, code, $"{command}: {output}");

        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line.StartsWith('{')).Select(static line => (JsonObject)JsonNode.Parse(line)!).Where(static o => !o.ContainsKey("progress"))];
    }

    /// <summary>The whole command line of a command.</summary>
    public List<string> Arguments(string command)
    {
        string machine = Other ? "other-" : "";
        string[] words = command.Split(' ');
        List<string> arguments = [.. words.TakeWhile(static word => word != "--")];
        arguments.AddRange(["--database", Folder[machine + "mesh.db"], "--passphrase-file", Folder["passphrase"], "--ledger", Folder[machine + "ledger"], "--witness", Folder[machine + "witness"], "--json"]);

        if (words[0] is not ("init" or "adopt" or "import" or "export" or "nodes" or "keys"))
        {
            arguments.AddRange(_overGatt ? ["--gatt", $"{_gatt}"] : ["--udp", $"{UdpPort}"]);
        }

        if (words[0] is "init" or "import")
        {
            arguments.Add("--cheap-passphrase");
        }

        return [.. arguments, .. words.SkipWhile(static word => word != "--")];
    }

    public void Dispose()
    {
        _node.Dispose();
        Folder.Dispose();
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
