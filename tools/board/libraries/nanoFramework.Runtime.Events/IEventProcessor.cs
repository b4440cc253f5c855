using System;

namespace nanoFramework.Runtime.Events;

/// <summary>Makes an event of what the native code has posted.</summary>
public interface IEventProcessor
{
    /// <param name="data1">Source in the upper 16 bits, then category and type with 8 bits each.</param>
    BaseEvent ProcessEvent(uint data1, uint data2, DateTime time);
}
