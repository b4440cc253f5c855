using System;
using MeshNode.Board;
using MeshNode.Board.Gpio;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Which function has which pin.</summary>
public class Configuration
{
    private static PinFunctions Functions => Chip.Boot.State<PinFunctions>();

    public static int GetFunctionPin(DeviceFunction function)
    {
        return Functions.PinOf((int)function);
    }

    public static void SetPinFunction(int pin, DeviceFunction value)
    {
        if (pin is < 0 or >= BoardPins.Count)
        {
            throw new ArgumentException();
        }

        Functions.Set(pin, (int)value);
    }
}
