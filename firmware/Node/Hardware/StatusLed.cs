using System.Device.Gpio;

namespace MeshNode.Hardware
{
    /// <summary>Shows a <see cref="LedPattern"/>.</summary>
    internal sealed class StatusLed
    {
        private readonly SwitchedOutput _led = new SwitchedOutput();
        private int _pattern;
        private long _start;

        // A pattern: so many flashes of so long, in milliseconds, and a pause.
        private int _on;
        private int _off;
        private long _flashes = 1;
        private int _pause;

        /// <param name="pin">See <see cref="BoardPins"/>.</param>
        public StatusLed(GpioController controller, int pin, bool activeLow)
        {
            _led.Open(controller, pin, activeLow);
        }

        /// <summary>Shows a pattern, from its beginning if it is another one.</summary>
        /// <param name="number">With <see cref="LedPattern.Number"/>, how often it blinks.</param>
        public void Show(int pattern, uint number, long now)
        {
            if (pattern == _pattern)
            {
                return;
            }

            _pattern = pattern;
            _start = now;

            switch (pattern)
            {
                case LedPattern.Unprovisioned:
                    Set(100, 1900, 1, 0);
                    break;

                case LedPattern.Connected:
                    Set(1900, 100, 1, 0);
                    break;

                case LedPattern.Attention:
                    Set(100, 100, 1, 0);
                    break;

                case LedPattern.Number:
                    Set(500, 500, number, 3000);
                    break;

                case LedPattern.Reset:
                    Set(50, 50, 1, 0);
                    break;

                case LedPattern.Error:
                    Set(200, 200, 3, 800);
                    break;
            }
        }

        /// <summary>Switches the LED.</summary>
        /// <returns>When to call again.</returns>
        public long Tick(long now)
        {
            if (_pattern == LedPattern.Off)
            {
                _led.Show(0);

                return long.MaxValue;
            }

            long flashing = _flashes * (_on + _off);
            long place = (now - _start) % (flashing + _pause);

            if (place >= flashing)
            {
                _led.Show(0);

                return now + flashing + _pause - place;
            }

            place %= _on + _off;
            _led.Show(place < _on ? LampOutput.Highest : 0);

            return now + (place < _on ? _on : _on + _off) - place;
        }

        private void Set(int on, int off, long flashes, int pause)
        {
            _on = on;
            _off = off;
            _flashes = flashes;
            _pause = pause;
        }
    }
}
