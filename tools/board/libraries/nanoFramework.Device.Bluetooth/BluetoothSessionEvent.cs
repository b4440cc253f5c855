using nanoFramework.Runtime.Events;

namespace nanoFramework.Device.Bluetooth;

/// <summary>An event of a connection.</summary>
internal sealed class BluetoothSessionEvent : BaseEvent
{
    public BluetoothEventType Type { get; init; }

    public ushort Data { get; init; }
}
