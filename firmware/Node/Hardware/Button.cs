using System;
using System.Device.Gpio;
using System.Threading;

namespace MeshNode.Hardware
{
    /// <summary>A button that connects its pin to ground.</summary>
    internal sealed class Button
    {
        /// <summary>How long it is held to open a window for proxy clients, in milliseconds.</summary>
        public const int HoldTime = 3000;

        /// <summary>How long it is held to leave the network, in milliseconds.</summary>
        public const int ResetTime = 10000;

        private const int Debounce = 30;

        private readonly GpioPin _pin;
        private readonly AutoResetEvent _wake;

        // Written by the thread of native events.
        private bool _down;
        private int _presses;

        private int _handled;
        private bool _isHeld;
        private int _next = ButtonAction.None;
        private long _since;

        /// <param name="pin">See <see cref="BoardPins"/>.</param>
        /// <param name="wake">Is set when it is pressed or let go.</param>
        public Button(GpioController controller, int pin, bool hasPullUp, AutoResetEvent wake)
        {
            _wake = wake;

            if (pin != BoardPins.None)
            {
                _pin = controller.OpenPin(pin, hasPullUp ? PinMode.Input : PinMode.InputPullUp);
                _pin.DebounceTimeout = new TimeSpan(0, 0, 0, 0, Debounce);
                _pin.ValueChanged += OnChanged;
            }
        }

        /// <summary>Looks at the button.</summary>
        /// <returns>See <see cref="ButtonAction"/>.</returns>
        public int Poll(long now)
        {
            if (_presses != _handled)
            {
                _handled = _presses;
                _isHeld = true;
                _next = ButtonAction.Hold;
                _since = now;
            }

            if (!_isHeld)
            {
                return ButtonAction.None;
            }

            if (!_down)
            {
                _isHeld = false;

                return _next == ButtonAction.Hold ? ButtonAction.Press : ButtonAction.None;
            }

            if (_next == ButtonAction.Hold && now - _since >= HoldTime)
            {
                _next = ButtonAction.Reset;

                return ButtonAction.Hold;
            }

            if (_next == ButtonAction.Reset && now - _since >= ResetTime)
            {
                _next = ButtonAction.None;

                return IsLow() ? ButtonAction.Reset : ButtonAction.None;
            }

            return ButtonAction.None;
        }

        /// <summary>When to look again.</summary>
        public long Next
        {
            get
            {
                return !_isHeld || _next == ButtonAction.None ? long.MaxValue : _since + (_next == ButtonAction.Hold ? HoldTime : ResetTime);
            }
        }

        // An edge may have been lost: nobody's network is to be forgotten for that.
        private bool IsLow()
        {
#pragma warning disable NANO008
            return _pin.Read() == PinValue.Low;
#pragma warning restore NANO008
        }

        private void OnChanged(object sender, PinValueChangedEventArgs e)
        {
            _down = e.ChangeType == PinEventTypes.Falling;

            if (_down)
            {
                _presses++;
            }

            _wake.Set();
        }
    }
}
