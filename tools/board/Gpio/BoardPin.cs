using System;

namespace MeshNode.Board.Gpio;

/// <summary>A pin: what the application drives, or what is connected to it.</summary>
public sealed class BoardPin
{
    private readonly VirtualBoard _board;
    private bool _output;
    private bool? _outside;
    private double _duty;
    private int _changes;

    internal BoardPin(VirtualBoard board, int number)
    {
        _board = board;
        Number = number;
    }

    /// <summary>The level has changed.</summary>
    public event Action<BoardPin>? Changed;

    /// <summary>GPIO number.</summary>
    public int Number { get; }

    /// <summary>Whether the application drives it.</summary>
    public bool IsOutput { get; private set; }

    /// <summary>Whether it is pulled up when nobody drives it.</summary>
    public bool IsPulledUp { get; private set; }

    /// <summary>Whether the application has opened it.</summary>
    public bool IsOpen { get; internal set; }

    /// <summary>The level on the pin.</summary>
    public bool Level => IsOutput ? _output : _outside ?? IsPulledUp;

    /// <summary>The part of the time that it is high: 0 or 1 unless pulses are given out.</summary>
    public double Duty => IsOutput ? _duty : Level ? 1 : 0;

    /// <summary>How often the level has changed since the board was made.</summary>
    public int Changes => _changes;

    /// <summary>Milliseconds that a level has to last to be reported.</summary>
    internal int Debounce { get; set; }

    /// <summary>Is told the level when it has changed and lasted, by way of the chip's events.</summary>
    internal Action<bool>? Interrupt { get; set; }

    /// <summary>Drives the pin from outside, as a button to ground does with <see langword="false"/>; <see langword="null"/> lets go.</summary>
    public void Drive(bool? level)
    {
        Change(() => _outside = level);
    }

    /// <summary>Drives the pin low for some time: a press of a button to ground.</summary>
    public void Press(int milliseconds)
    {
        Drive(false);
        _board.Clock.At(_board.Clock.Now + milliseconds, () => Drive(null));
    }

    internal void Configure(bool isOutput, bool isPulledUp)
    {
        Change(() =>
        {
            IsOutput = isOutput;
            IsPulledUp = isPulledUp;
        });
    }

    internal void Write(bool level)
    {
        Change(() =>
        {
            _output = level;
            _duty = level ? 1 : 0;
        });
    }

    /// <summary>Gives out pulses. The level counts as high when there are any.</summary>
    internal void Modulate(double duty)
    {
        Change(() =>
        {
            IsOutput = true;
            _output = duty > 0;
            _duty = duty;
        });
    }

    internal void Reset()
    {
        Interrupt = null;
        Debounce = 0;
        IsOpen = false;
        Change(() =>
        {
            IsOutput = false;
            IsPulledUp = false;
            _output = false;
            _duty = 0;
        });
    }

    private void Change(Action change)
    {
        bool before = Level;
        change();
        bool level = Level;

        if (level == before)
        {
            return;
        }

        int number = ++_changes;
        Changed?.Invoke(this);

        if (Debounce == 0)
        {
            Interrupt?.Invoke(level);
        }
        else if (Interrupt is { } interrupt)
        {
            _board.Clock.At(_board.Clock.Now + Debounce, () =>
            {
                if (number == _changes && Interrupt == interrupt)
                {
                    interrupt(level);
                }
            });
        }
    }
}
