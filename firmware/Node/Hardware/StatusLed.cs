using System.Device.Gpio;

namespace MeshNode.Hardware
{
    /// <summary>Shows a <see cref="LedPattern"/>.</summary>
    internal sealed class StatusLed
    {
        private const int Step = 50;
        private const int Cycle = 2000;
        private const int Flash = 100;
        private const int LongFlash = 200;
        private const int ErrorFlashes = 3;
        private const int Blink = 500;
        private const int NumberPause = 3000;

        private readonly Lamp _led;
        private int _pattern;
        private uint _number;
        private long _start;

        /// <param name="pin">See <see cref="BoardPins"/>.</param>
        public StatusLed(GpioController controller, int pin, bool activeLow)
        {
            _led = new Lamp(controller, pin, activeLow);
        }

        /// <summary>Shows a pattern, from its beginning if it is another one.</summary>
        /// <param name="number">With <see cref="LedPattern.Number"/>, how often it blinks.</param>
        public void Show(int pattern, uint number, long now)
        {
            if (pattern != _pattern || number != _number)
            {
                _pattern = pattern;
                _number = number;
                _start = now;
            }
        }

        /// <summary>Switches the LED.</summary>
        /// <returns>When to call again.</returns>
        public long Tick(long now)
        {
            _led.IsOn = IsOn(now - _start);

            return _pattern == LedPattern.Off ? long.MaxValue : now + Step - ((now - _start) % Step);
        }

        private bool IsOn(long time)
        {
            switch (_pattern)
            {
                case LedPattern.Unprovisioned:
                    return time % Cycle < Flash;

                case LedPattern.Connected:
                    return time % Cycle >= Flash;

                case LedPattern.Attention:
                    return time % (2 * Flash) < Flash;

                case LedPattern.Number:
                    long place = time % ((_number * 2 * Blink) + NumberPause);

                    return place < _number * 2 * Blink && place % (2 * Blink) < Blink;

                case LedPattern.Reset:
                    return time % (2 * Step) < Step;

                case LedPattern.Error:
                    return time % Cycle < ErrorFlashes * 2 * LongFlash && time % Cycle % (2 * LongFlash) < LongFlash;

                default:
                    return false;
            }
        }
    }
}
