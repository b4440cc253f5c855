using MeshNode.Board;
using MeshNode.Board.Gpio;
using nanoFramework.Runtime.Events;

namespace System.Device.Gpio;

/// <summary>A pin.</summary>
public sealed class GpioPin : IDisposable
{
    private readonly BoardPin _pin;
    private PinMode _mode;
    private TimeSpan _debounceTimeout;
    private PinValueChangedEventHandler _valueChanged;
    private bool _isDisposed;

    internal GpioPin(BoardPin pin)
    {
        _pin = pin;
        pin.IsOpen = true;
    }

    ~GpioPin()
    {
    }

    public event PinValueChangedEventHandler ValueChanged
    {
        add
        {
            Check();
            _valueChanged += value;
            Boot boot = Chip.Boot;
            _pin.Interrupt = level => boot.Events.Post((byte)EventCategory.Gpio, 0, (ushort)PinNumber, level ? 1u : 0);
        }

        remove
        {
            Check();
            _valueChanged -= value;
            _pin.Interrupt = _valueChanged == null ? null : _pin.Interrupt;
        }
    }

    public int PinNumber => _pin.Number;

    public TimeSpan DebounceTimeout
    {
        get => _debounceTimeout;
        set
        {
            _debounceTimeout = value;
            _pin.Debounce = (int)value.TotalMilliseconds;
        }
    }

    public PinMode GetPinMode()
    {
        Check();

        return _mode;
    }

    public bool IsPinModeSupported(PinMode pinMode)
    {
        Check();

        return IsSupported(pinMode);
    }

    public void SetPinMode(PinMode value)
    {
        using AccountScope scope = Chip.EnterLibrary();
        Check();

        if (!IsSupported(value))
        {
            throw new ArgumentException();
        }

        _mode = value;
        _pin.Configure(value is PinMode.Output or PinMode.OutputOpenDrain, value == PinMode.InputPullUp);
    }

    public PinValue Read()
    {
        Check();

        return _pin.Level;
    }

    public void Write(PinValue value)
    {
        using AccountScope scope = Chip.EnterLibrary();
        Check();

        if (!_pin.IsOutput)
        {
            throw new InvalidOperationException();
        }

        _pin.Write((bool)value);
    }

    public void Toggle()
    {
        Write(!_pin.Level);
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Chip.Boot.State<GpioState>().Pins.Remove(PinNumber);
            _pin.Reset();
        }

        GC.SuppressFinalize(this);
    }

    internal static bool IsSupported(PinMode mode)
    {
        return mode is PinMode.Input or PinMode.InputPullDown or PinMode.InputPullUp or PinMode.Output or PinMode.OutputOpenDrain;
    }

    internal void OnEdge(PinEventTypes edge)
    {
        using AccountScope scope = Chip.EnterApplication();
        _valueChanged?.Invoke(this, new PinValueChangedEventArgs(edge, PinNumber));
    }

    private void Check()
    {
        Chip.Boot.ThrowIfOver();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
    }
}
