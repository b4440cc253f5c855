using System.Collections.Generic;
using MeshNode.Board;
using MeshNode.Board.Gpio;

namespace System.Device.Gpio;

/// <summary>Opens pins.</summary>
public sealed class GpioController : IDisposable
{
    private readonly List<GpioPin> _opened = [];

    public GpioController()
        : this(PinNumberingScheme.Logical)
    {
    }

    public GpioController(PinNumberingScheme numberingScheme)
    {
        NumberingScheme = numberingScheme;
    }

    public PinNumberingScheme NumberingScheme { get; }

    public int PinCount => BoardPins.Count;

    private static GpioState State => Chip.Boot.State<GpioState>();

    public GpioPin OpenPin(int pinNumber)
    {
        if (pinNumber is < 0 or >= BoardPins.Count)
        {
            throw new ArgumentException();
        }

        if (State.Pins.ContainsKey(pinNumber))
        {
            throw new InvalidOperationException();
        }

        GpioPin pin = new(Chip.Board.Pins[pinNumber]);
        State.Pins.Add(pinNumber, pin);
        _opened.Add(pin);

        return pin;
    }

    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        GpioPin pin = OpenPin(pinNumber);
        pin.SetPinMode(mode);

        return pin;
    }

    public void ClosePin(int pinNumber)
    {
        Pin(pinNumber).Dispose();
    }

    public bool IsPinOpen(int pinNumber)
    {
        return State.Pins.ContainsKey(pinNumber);
    }

    public bool IsPinModeSupported(int pinNumber, PinMode mode)
    {
        return GpioPin.IsSupported(mode);
    }

    public PinMode GetPinMode(int pinNumber)
    {
        return Pin(pinNumber).GetPinMode();
    }

    public void SetPinMode(int pinNumber, PinMode mode)
    {
        Pin(pinNumber).SetPinMode(mode);
    }

    public PinValue Read(int pinNumber)
    {
        return Pin(pinNumber).Read();
    }

    public void Write(int pinNumber, PinValue value)
    {
        Pin(pinNumber).Write(value);
    }

    public void Dispose()
    {
        foreach (GpioPin pin in _opened)
        {
            pin.Dispose();
        }

        _opened.Clear();
    }

    private static GpioPin Pin(int number)
    {
        return State.Pins.TryGetValue(number, out GpioPin pin) ? pin : throw new InvalidOperationException();
    }
}
