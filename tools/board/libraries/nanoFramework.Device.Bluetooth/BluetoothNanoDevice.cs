using MeshNode.Board;

namespace nanoFramework.Device.Bluetooth;

/// <summary>
/// The run mode, which managed and native code both take over before they find out that the stack already runs: the call throws, the next
/// one passes. See ble.md section 1.1.
/// </summary>
internal static class BluetoothNanoDevice
{
    public static BluetoothState State => Chip.Boot.State<BluetoothState>();

    public static BluetoothMode RunMode
    {
        get => State.Mode;
        set
        {
            State.Mode = value;
            Chip.Boot.Bluetooth.SetOperationMode((int)value, State.DeviceName);
        }
    }

    public static void CheckMode(BluetoothMode expected)
    {
        if (RunMode != expected)
        {
            RunMode = expected;
        }
    }
}
