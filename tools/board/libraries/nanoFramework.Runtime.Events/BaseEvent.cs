namespace nanoFramework.Runtime.Events;

/// <summary>An event as processors make it and listeners get it.</summary>
public class BaseEvent
{
    public ushort Source;
    public byte Message;
}
