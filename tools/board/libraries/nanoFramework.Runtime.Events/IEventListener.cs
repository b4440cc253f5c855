namespace nanoFramework.Runtime.Events;

/// <summary>Gets events.</summary>
public interface IEventListener
{
    void InitializeForEventSource();

    bool OnEvent(BaseEvent ev);
}
