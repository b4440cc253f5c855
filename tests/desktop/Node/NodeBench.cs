#nullable enable
using System;
using System.Linq;
using MeshNode.Board;
using MeshNode.Hardware;
using MeshNode.Kit.Client;
using MeshNode.Kit.Networks;
using MeshNode.Models.Lighting;
using MeshNode.Network;
using MeshNode.Simulation;
using nanoFramework.TestFramework;

namespace MeshNode.NodeApplications;

/// <summary>The application of firmware/Node on virtual boards in the air of the simulation, and a phone beside them. What does not work fails the test.</summary>
internal sealed class NodeBench
{
    public const int Lamp = 2;
    public const int Status = 4;
    public const int Button = 0;
    public const int AppKey = BoardMesh.AppKey;
    public const int LampGroup = BoardMesh.LampGroup;

    private readonly BoardMesh _boards;

    public NodeBench(int seed = 1)
    {
        _boards = new BoardMesh(seed);
    }

    public VirtualMesh Mesh => _boards.Mesh;

    public MeshNetwork Network => _boards.Network;

    public VirtualPhone Phone => _boards.Phone;

    public VirtualCommissioner Commissioner => _boards.Commissioner;

    /// <summary>A board in range of the phone and of the commissioner, without power.</summary>
    public ApplicationBoard AddBoard(string name = "B", BoardProfile? profile = null, NodeSettings? settings = null)
    {
        ApplicationBoard board = _boards.AddBoard(name, profile ?? BoardProfile.Esp32, Pins, () => Settings(settings));
        Mesh.Radio.Connect(board.Radio.Antenna, Phone.Antenna);

        return board;
    }

    /// <summary>The same, with a lamp that can be dimmed.</summary>
    public ApplicationBoard AddDimmable(bool isActiveLow, int lamp = Lamp)
    {
        BoardPins Pins()
        {
            return new BoardPins { Board = "bench", Lamp = lamp, LampActiveLow = isActiveLow, Output = new DimmedOutput(), Status = Status, Button = Button };
        }

        ApplicationBoard board = _boards.AddBoard("B", BoardProfile.Esp32, Pins, () => new NodeSettings { Lamp = new DimmableLamp() });
        Mesh.Radio.Connect(board.Radio.Antenna, Phone.Antenna);

        return board;
    }

    /// <summary>The same, with the application of an image.</summary>
    public ApplicationBoard AddBoard(ApplicationImage image)
    {
        ApplicationBoard board = _boards.AddBoard("B", BoardProfile.Esp32, Pins, image);
        Mesh.Radio.Connect(board.Radio.Antenna, Phone.Antenna);

        return board;
    }

    public void Pass(int milliseconds)
    {
        _boards.Pass(milliseconds);
    }

    public void Until(Func<bool> condition, int milliseconds, string what)
    {
        Assert.IsTrue(_boards.Until(condition, milliseconds), what);
    }

    public KnownNode ProvisionOverGatt(ApplicationBoard board)
    {
        return Known(board, _boards.ProvisionOverGatt(board));
    }

    public KnownNode ProvisionOverAdvertising(ApplicationBoard board)
    {
        return Known(board, _boards.ProvisionOverAdvertising(board));
    }

    public void OpenProxy(ApplicationBoard board)
    {
        Assert.IsTrue(_boards.OpenProxy(board), "no proxy");
    }

    public void Configure(KnownNode known)
    {
        Assert.IsTrue(_boards.Configure(known), "not configured");
    }

    /// <summary>A board with a node that is provisioned over PB-GATT and configured; the phone is connected to it.</summary>
    public ApplicationBoard AddNode(BoardProfile? profile = null, NodeSettings? settings = null)
    {
        ApplicationBoard board = AddBoard("B", profile, settings);
        board.PowerOn();
        Pass(2000);
        KnownNode known = ProvisionOverGatt(board);
        OpenProxy(board);
        Configure(known);

        return board;
    }

    /// <summary>The same, alone after that, and connectable only when something asks for it.</summary>
    public ApplicationBoard AddNodeWithoutWindows()
    {
        NodeSettings settings = new();
        settings.Bearer.BootWindow = 0;
        settings.Bearer.WindowPeriod = 0;
        settings.Bearer.ReturnWindow = 0;
        ApplicationBoard board = AddNode(null, settings);
        Phone.Disconnect();
        Pass(90000);

        return board;
    }

    /// <summary>A board in range of another, but not of the phone: it is provisioned over PB-ADV, and configured through the other, to which the phone is connected.</summary>
    public ApplicationBoard AddNeighbour(ApplicationBoard proxy, BoardProfile? profile = null, NodeSettings? settings = null)
    {
        ApplicationBoard board = _boards.AddBoard("N", profile ?? BoardProfile.Esp32, Pins, () => Settings(settings));
        Mesh.Radio.Connect(board.Radio.Antenna, proxy.Radio.Antenna);
        board.PowerOn();
        Pass(2000);
        Configure(ProvisionOverAdvertising(board));

        return board;
    }

    public bool SetLamp(int address, bool isOn)
    {
        return _boards.SetLamp(address, isOn);
    }

    public void Perform(Func<long, Procedure> start, string what)
    {
        Assert.IsTrue(_boards.Perform(start), what);
    }

    private static BoardPins Pins()
    {
        return new BoardPins { Board = "bench", Lamp = Lamp, Status = Status, Button = Button };
    }

    // The application does not keep the profile.
    private static NodeSettings Settings(NodeSettings? settings)
    {
        settings ??= new NodeSettings();
        settings.Profile ??= StackProfile.Small();

        return settings;
    }

    private static KnownNode Known(ApplicationBoard board, KnownNode? known)
    {
        Assert.IsNotNull(known, string.Join("\n", board.Board.Log.Select(l => l.Text)));
        Assert.IsTrue(board.Application == null || known!.Address == board.Node.Stack.Network.PrimaryAddress);

        return known!;
    }
}
