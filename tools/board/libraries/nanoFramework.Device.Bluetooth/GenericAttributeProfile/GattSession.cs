using System;
using MeshNode.Board;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>
/// A connection, or the one session of the server, in which the last event of any connection wins. See ble.md section 6.
/// </summary>
public class GattSession
{
    internal GattSession(BluetoothDeviceId deviceId)
    {
        DeviceId = deviceId;
    }

    public delegate void GattSessionStatusChangedEventHandler(object sender, GattSessionStatusChangedEventArgs args);

    public event GattSessionStatusChangedEventHandler SessionStatusChanged;

    public event EventHandler MaxPduSizeChanged;

    public BluetoothDeviceId DeviceId { get; }

    public ushort MaxMtuSize { get; private set; }

    public static GattSession FromDeviceId(BluetoothDeviceId deviceId)
    {
        return new GattSession(deviceId);
    }

    internal void OnEvent(BluetoothSessionEvent ev)
    {
        switch (ev.Type)
        {
            case BluetoothEventType.ClientConnected or BluetoothEventType.ClientDisconnected:
                bool isActive = ev.Type == BluetoothEventType.ClientConnected;
                GattSessionStatusChangedEventArgs args = new(isActive ? GattSessionStatus.Active : GattSessionStatus.Closed);

                using (Chip.EnterApplication())
                {
                    SessionStatusChanged?.Invoke(this, args);
                }

                break;

            case BluetoothEventType.ClientSessionChanged:
                MaxMtuSize = ev.Data;

                using (Chip.EnterApplication())
                {
                    MaxPduSizeChanged?.Invoke(this, EventArgs.Empty);
                }

                break;
        }
    }
}
