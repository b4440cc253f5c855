using nanoFramework.Runtime.Events;

namespace nanoFramework.Device.Bluetooth;

/// <summary>An advertising report.</summary>
internal sealed class BluetoothScanEvent : BaseEvent
{
    public ushort Id { get; init; }
}
