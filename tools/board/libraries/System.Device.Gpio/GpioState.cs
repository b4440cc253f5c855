using System.Collections.Generic;

namespace System.Device.Gpio;

/// <summary>The open pins of one board since its reset.</summary>
internal sealed class GpioState
{
    public Dictionary<int, GpioPin> Pins { get; } = [];
}
