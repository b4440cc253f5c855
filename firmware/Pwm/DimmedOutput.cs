using System;
using System.Device.Gpio;
using System.Device.Pwm;
using nanoFramework.Hardware.Esp32;

namespace MeshNode.Hardware
{
    /// <summary>
    /// A lamp that is dimmed by the width of pulses. The light that is measured goes with the square of the light that is perceived: see Mesh Model 1.1,
    /// section 6.1.2.1.1.
    /// </summary>
    /// <remarks>The first channel, PWM1, is its own: other parts of an application take others.</remarks>
    public sealed class DimmedOutput : LampOutput
    {
        // Too fast to be seen. With less than 200 Hz the image computes the width of full light with more than 32 bits.
        private const int Frequency = 1000;

        private PwmChannel _channel;
        private bool _isActiveLow;

        /// <inheritdoc/>
        public override bool Open(GpioController controller, int pin, bool isActiveLow)
        {
            _isActiveLow = isActiveLow;

            if (pin == BoardPins.None)
            {
                return true;
            }

            try
            {
                Configuration.SetPinFunction(pin, DeviceFunction.PWM1);
                _channel = PwmChannel.CreateFromPin(pin, Frequency, Width(0));

                if (_channel != null)
                {
                    _channel.Start();
                }
            }
            catch (ArgumentException)
            {
                // What the image has against a pin that is no output.
                _channel = null;
            }

            return _channel != null;
        }

        /// <inheritdoc/>
        public override void Show(int level)
        {
            if (_channel != null)
            {
                _channel.DutyCycle = Width(level);
            }
        }

        private double Width(int level)
        {
            double perceived = (double)level / Highest;
            double measured = perceived * perceived;

            return _isActiveLow ? 1 - measured : measured;
        }
    }
}
