using System.Device.Gpio;

namespace MeshNode.Hardware
{
    /// <summary>A lamp that is on or off.</summary>
    internal sealed class SwitchedOutput : LampOutput
    {
        private GpioPin _pin;
        private bool _on;

        /// <inheritdoc/>
        public override bool Open(GpioController controller, int pin, bool isActiveLow)
        {
            if (pin != BoardPins.None)
            {
                _pin = controller.OpenPin(pin, PinMode.Output);

                // Takes a struct, which is garbage on the device; from here on the pin is only toggled.
#pragma warning disable NANO008
                _pin.Write(isActiveLow ? PinValue.High : PinValue.Low);
#pragma warning restore NANO008
            }

            return true;
        }

        /// <inheritdoc/>
        public override void Show(int level)
        {
            if (level > 0 != _on)
            {
                _on = level > 0;

                if (_pin != null)
                {
                    _pin.Toggle();
                }
            }
        }
    }
}
