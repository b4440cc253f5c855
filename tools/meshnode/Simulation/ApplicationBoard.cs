using System;
using System.Linq;
using MeshNode.Board;
using MeshNode.Hardware;

namespace MeshNode.Simulation;

/// <summary>A virtual board with the application of firmware/Node on it, and what is connected to its pins.</summary>
public sealed class ApplicationBoard
{
    private readonly Func<BoardPins> _pins;
    private readonly Func<NodeSettings>? _settings;
    private readonly ApplicationImage? _image;
    private readonly BoardPins _wiring;
    private readonly EventQueue _clock;

    /// <param name="pins">What is connected where; asked at each boot.</param>
    /// <param name="settings">What its maker has decided; asked at each boot.</param>
    internal ApplicationBoard(VirtualMesh mesh, MeshBoard radio, Func<BoardPins> pins, Func<NodeSettings> settings)
        : this(mesh, radio, pins)
    {
        _settings = settings;
    }

    /// <param name="pins">What is connected where.</param>
    /// <param name="image">What is flashed; there is no <see cref="Application"/> then, as its types are others.</param>
    internal ApplicationBoard(VirtualMesh mesh, MeshBoard radio, Func<BoardPins> pins, ApplicationImage image)
        : this(mesh, radio, pins)
    {
        _image = image;
    }

    private ApplicationBoard(VirtualMesh mesh, MeshBoard radio, Func<BoardPins> pins)
    {
        Radio = radio;
        _clock = mesh.Clock;
        _pins = pins;
        _wiring = pins();

        // The resistor is on the board, or in the chip.
        ReleaseButton();
    }

    /// <summary>The board in the air.</summary>
    public MeshBoard Radio { get; }

    /// <summary>The board.</summary>
    public VirtualBoard Board => Radio.Board;

    /// <summary>What messages call it.</summary>
    public string Name => Board.Name;

    /// <summary>The application since the last boot.</summary>
    public NodeApplication? Application { get; private set; }

    /// <summary>Its node, once it has started.</summary>
    public Node Node => Application!.Node;

    /// <summary>Whether there is light.</summary>
    public bool IsLampOn => _wiring.LampActiveLow ? Board.Pins[_wiring.Lamp].Duty < 1 : Board.Pins[_wiring.Lamp].Duty > 0;

    /// <summary>Its Device UUID.</summary>
    public byte[] Uuid => Board.Files.Read(@"I:\uuid");

    /// <summary>Switches the power on.</summary>
    public void PowerOn()
    {
        if (_image != null)
        {
            Board.PowerOn(_image);

            return;
        }

        Board.PowerOn(() =>
        {
            Application = new NodeApplication(_pins(), _settings!());
            Application.Run();
        });
    }

    /// <summary>Whether the log has a line with a text.</summary>
    public bool HasLogged(string text)
    {
        return Board.Log.Any(l => l.Text.Contains(text));
    }

    /// <summary>Presses the button.</summary>
    public void Press(int milliseconds)
    {
        Board.Pins[_wiring.Button].Drive(false);
        _clock.After(milliseconds, ReleaseButton);
    }

    private void ReleaseButton()
    {
        Board.Pins[_wiring.Button].Drive(_wiring.ButtonHasPullUp ? true : null);
    }
}
