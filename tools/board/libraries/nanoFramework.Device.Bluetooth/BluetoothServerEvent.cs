using nanoFramework.Runtime.Events;

namespace nanoFramework.Device.Bluetooth;

/// <summary>An event of a local characteristic.</summary>
internal sealed class BluetoothServerEvent : BaseEvent
{
    public BluetoothEventType Type { get; init; }

    public ushort CharacteristicId { get; init; }

    /// <summary>Number of the read or write, or the connection handle of a subscription.</summary>
    public ushort Id { get; init; }
}
