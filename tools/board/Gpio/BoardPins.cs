using System;

namespace MeshNode.Board.Gpio;

/// <summary>The pins of a board.</summary>
public sealed class BoardPins
{
    /// <summary>Number of pins; they are numbered from 0 on.</summary>
    public const int Count = 49;

    private readonly BoardPin[] _pins = new BoardPin[Count];

    internal BoardPins(VirtualBoard board)
    {
        for (int i = 0; i < Count; i++)
        {
            _pins[i] = new BoardPin(board, i);
        }
    }

    /// <summary>A pin by its number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public BoardPin this[int number] => number is >= 0 and < Count ? _pins[number] : throw new ArgumentOutOfRangeException(nameof(number));

    internal void OnPowerLost()
    {
        foreach (BoardPin pin in _pins)
        {
            pin.Reset();
        }
    }
}
