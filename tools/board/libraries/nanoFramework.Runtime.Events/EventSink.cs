using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using MeshNode.Board;

namespace nanoFramework.Runtime.Events;

/// <summary>
/// Gives native events to the processor, filter and listener of their category, of which there is one each: who registers replaces who was
/// there before. See ble.md section 1.7.
/// </summary>
public class EventSink : NativeEventDispatcher
{
    private const int ByteMask = 0xFF;

    private EventSink()
        : base("EventSink", 0)
    {
    }

    private static EventSinkState State => Chip.Boot.State<EventSinkState>();

    public static void AddEventProcessor(EventCategory eventCategory, IEventProcessor eventProcessor)
    {
        using AccountScope scope = Chip.EnterLibrary();
        State.Processors[eventCategory] = eventProcessor;
    }

    public static void AddEventListener(EventCategory eventCategory, IEventListener eventListener)
    {
        using AccountScope scope = Chip.EnterLibrary();
        State.Listeners[eventCategory] = eventListener;
        Initialize(eventListener);
    }

    public static void AddEventFilter(EventCategory eventCategory, IEventListener eventFilter)
    {
        using AccountScope scope = Chip.EnterLibrary();
        State.Filters[eventCategory] = eventFilter;
        Initialize(eventFilter);
    }

    public static void RemoveEventProcessor(EventCategory eventCategory, IEventProcessor eventProcessor)
    {
        using AccountScope scope = Chip.EnterLibrary();

        if (State.Processors.GetValueOrDefault(eventCategory) == eventProcessor)
        {
            State.Processors.Remove(eventCategory);
        }
    }

    public static void RemoveEventListener(EventCategory eventCategory, IEventListener eventListener)
    {
        using AccountScope scope = Chip.EnterLibrary();

        if (State.Listeners.GetValueOrDefault(eventCategory) == eventListener)
        {
            State.Listeners.Remove(eventCategory);
        }
    }

    public static void RemoveEventFilter(EventCategory eventCategory, IEventListener eventFilter)
    {
        using AccountScope scope = Chip.EnterLibrary();

        if (State.Filters.GetValueOrDefault(eventCategory) == eventFilter)
        {
            State.Filters.Remove(eventCategory);
        }
    }

    public static void PostManagedEvent(byte category, byte subCategory, ushort data1, uint data2)
    {
        using AccountScope scope = Chip.EnterLibrary();
        Dispatch(((uint)data1 << 16) | ((uint)category << 8) | subCategory, data2, DateTime.UnixEpoch.AddMilliseconds(Chip.TickCount));
    }

    [ModuleInitializer]
    internal static void InitializeModule()
    {
        Boot.AddInitialiser(() => Chip.Boot.Events.SetDispatcher(Dispatch));
    }

    private static void Initialize(IEventListener listener)
    {
        using AccountScope scope = Chip.EnterApplication();
        listener.InitializeForEventSource();
    }

    private static void Dispatch(uint data1, uint data2, DateTime time)
    {
        EventSinkState state = State;
        EventCategory category = (EventCategory)((data1 >> 8) & ByteMask);
        BaseEvent made;

        if (state.Processors.TryGetValue(category, out IEventProcessor processor))
        {
            using AccountScope scope = Chip.EnterApplication();
            made = processor.ProcessEvent(data1, data2, time);
        }
        else
        {
            made = new GenericEvent { Category = (byte)category, Message = (byte)data1, Data = data1 >> 16, Time = time };
        }

        using AccountScope application = Chip.EnterApplication();

        if (!state.Filters.TryGetValue(category, out IEventListener filter) || filter.OnEvent(made))
        {
            state.Listeners.GetValueOrDefault(category)?.OnEvent(made);
        }
    }
}
