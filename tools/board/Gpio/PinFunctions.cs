using System.Collections.Generic;

namespace MeshNode.Board.Gpio;

/// <summary>Which function of the chip has which pin, since the last reset.</summary>
internal sealed class PinFunctions
{
    private readonly Dictionary<int, int> _pins = [];

    /// <returns>-1 for none.</returns>
    public int PinOf(int function)
    {
        return _pins.GetValueOrDefault(function, -1);
    }

    public void Set(int pin, int function)
    {
        _pins[function] = pin;
    }
}
