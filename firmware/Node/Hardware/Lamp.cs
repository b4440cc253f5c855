using System.Device.Gpio;

namespace MeshNode.Hardware
{
    /// <summary>A lamp at a pin, on or off: a stock image without System.Device.Pwm cannot dim it.</summary>
    internal sealed class Lamp
    {
        private readonly GpioPin _pin;
        private bool _on;

        /// <param name="pin">See <see cref="BoardPins"/>.</param>
        public Lamp(GpioController controller, int pin, bool activeLow)
        {
            if (pin != BoardPins.None)
            {
                _pin = controller.OpenPin(pin, PinMode.Output);

                // Takes a struct, which is garbage on the device; from here on the pin is only toggled.
#pragma warning disable NANO008
                _pin.Write(activeLow ? PinValue.High : PinValue.Low);
#pragma warning restore NANO008
            }
        }

        /// <summary>Whether it is on.</summary>
        public bool IsOn
        {
            get { return _on; }

            set
            {
                if (value != _on)
                {
                    _on = value;

                    if (_pin != null)
                    {
                        _pin.Toggle();
                    }
                }
            }
        }
    }
}
