using MeshNode.Board;
using MeshNode.Board.Gpio;

namespace System.Device.Pwm;

/// <summary>A channel that gives out pulses, at the pin that has its function.</summary>
public sealed class PwmChannel : IDisposable
{
    private const int Chips = 8;
    private const int FunctionsOfChip = 2;
    private const int FirstFunction = 0x40100;
    private const int NextFunction = 0x100;

    // The image keeps the width as a whole number of these.
    private const double Steps = 10000;

    private readonly BoardPin _pin;
    private uint _dutyCycle;
    private int _frequency;
    private bool _isStarted;

    public PwmChannel(int chip, int channel, int frequency = 400, double dutyCyclePercentage = 0.5)
    {
        // The image knows no pin then, and refuses.
        throw new ArgumentException();
    }

    private PwmChannel(BoardPin pin, int frequency, double dutyCyclePercentage)
    {
        _pin = pin;
        Frequency = frequency;
        DutyCycle = dutyCyclePercentage;
    }

    public double DutyCycle
    {
        get => _dutyCycle / Steps;
        set
        {
            using AccountScope scope = Chip.EnterLibrary();

            if (value is < 0 or > 1)
            {
                throw new ArgumentException();
            }

            _dutyCycle = (uint)(value * Steps);

            if (_isStarted)
            {
                _pin.Modulate(DutyCycle);
            }
        }
    }

    public int Frequency
    {
        get => _frequency;
        set => _frequency = value > 0 ? value : throw new ArgumentException();
    }

    public static PwmChannel Create(int chip, int channel, int frequency = 400, double dutyCyclePercentage = 0.5)
    {
        return new PwmChannel(chip, channel, frequency, dutyCyclePercentage);
    }

    public static PwmChannel CreateFromPin(int pin, int frequency = 400, double dutyCyclePercentage = 0.5)
    {
        using AccountScope scope = Chip.EnterLibrary();
        PinFunctions functions = Chip.Boot.State<PinFunctions>();

        for (int i = 0; i < Chips * FunctionsOfChip; i++)
        {
            if (functions.PinOf(FirstFunction + (i * NextFunction)) == pin)
            {
                return Chip.Board.Profile.IsOutput(pin) ? new PwmChannel(Chip.Board.Pins[pin], frequency, dutyCyclePercentage) : throw new ArgumentException();
            }
        }

        return null;
    }

    public void Start()
    {
        using AccountScope scope = Chip.EnterLibrary();
        _isStarted = true;
        _pin.Modulate(DutyCycle);
    }

    public void Stop()
    {
        using AccountScope scope = Chip.EnterLibrary();
        _isStarted = false;
        _pin.Modulate(0);
    }

    public void Dispose()
    {
        Stop();
    }
}
