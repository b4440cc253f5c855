using System.Collections.Generic;

namespace nanoFramework.Runtime.Events;

/// <summary>Who handles which category, on one board since its reset.</summary>
internal sealed class EventSinkState
{
    public Dictionary<EventCategory, IEventProcessor> Processors { get; } = [];

    public Dictionary<EventCategory, IEventListener> Listeners { get; } = [];

    public Dictionary<EventCategory, IEventListener> Filters { get; } = [];
}
