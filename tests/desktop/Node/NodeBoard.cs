#nullable enable
using System.Linq;
using MeshNode.Board;
using MeshNode.Hardware;
using MeshNode.Simulation;

namespace MeshNode.NodeApplications;

/// <summary>A virtual board with the application.</summary>
internal sealed class NodeBoard
{
    private readonly NodeSettings? _settings;

    public NodeBoard(VirtualMesh mesh, string name, BoardProfile profile, NodeSettings? settings)
    {
        _settings = settings;
        Radio = mesh.AddBoard(name, profile);
    }

    public MeshBoard Radio { get; }

    public VirtualBoard Board => Radio.Board;

    /// <summary>The application since the last boot.</summary>
    public NodeApplication? Application { get; private set; }

    public Node Node => Application!.Node;

    public bool IsLampOn => Board.Pins[NodeBench.Lamp].Level;

    public byte[] Uuid => Board.Files.Read(@"I:\uuid");

    public void PowerOn()
    {
        Board.PowerOn(() =>
        {
            BoardPins pins = new() { Board = "bench", Lamp = NodeBench.Lamp, Status = NodeBench.Status, Button = NodeBench.Button };
            NodeSettings settings = _settings ?? new NodeSettings();

            // The application does not keep it.
            settings.Profile ??= StackProfile.Small();
            Application = new NodeApplication(pins, settings);
            Application.Run();
        });
    }

    public bool HasLogged(string text)
    {
        return Board.Log.Any(l => l.Text.Contains(text));
    }

    /// <summary>Presses the button.</summary>
    public void Press(int milliseconds)
    {
        Board.Pins[NodeBench.Button].Press(milliseconds);
    }
}
