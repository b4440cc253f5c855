using System.Runtime.CompilerServices;
using MeshNode.Board;
using nanoFramework.Runtime.Events;

namespace System.Device.Gpio;

/// <summary>Gives edges to the open pins.</summary>
internal sealed class GpioEventListener : IEventProcessor, IEventListener
{
    public BaseEvent ProcessEvent(uint data1, uint data2, DateTime time)
    {
        return new GpioEvent { PinNumber = (int)(data1 >> 16), Edge = data2 == 0 ? PinEventTypes.Falling : PinEventTypes.Rising };
    }

    public void InitializeForEventSource()
    {
    }

    public bool OnEvent(BaseEvent ev)
    {
        GpioEvent edge = (GpioEvent)ev;

        if (Chip.Boot.State<GpioState>().Pins.TryGetValue(edge.PinNumber, out GpioPin pin))
        {
            pin.OnEdge(edge.Edge);
        }

        return true;
    }

    [ModuleInitializer]
    internal static void InitializeModule()
    {
        Boot.AddInitialiser(() =>
        {
            GpioEventListener listener = new();
            EventSink.AddEventProcessor(EventCategory.Gpio, listener);
            EventSink.AddEventListener(EventCategory.Gpio, listener);
        });
    }
}
