using System;

namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>Content of the Flags.</summary>
[Flags]
public enum BluetoothLEAdvertisementFlags : uint
{
    None = 0,
    LimitedDiscoverableMode = 1,
    GeneralDiscoverableMode = 2,
    ClassicNotSupported = 4,
    DualModeControllerCapable = 8,
    DualModeHostCapable = 16,
}
