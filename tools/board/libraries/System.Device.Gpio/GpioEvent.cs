using nanoFramework.Runtime.Events;

namespace System.Device.Gpio;

/// <summary>An edge on its way to the pin.</summary>
internal sealed class GpioEvent : BaseEvent
{
    public int PinNumber { get; init; }

    public PinEventTypes Edge { get; init; }
}
