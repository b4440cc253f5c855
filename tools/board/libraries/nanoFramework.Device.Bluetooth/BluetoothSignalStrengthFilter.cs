using System;

namespace nanoFramework.Device.Bluetooth;

/// <summary>Signal strengths of interest; a virtual board hears everything equally well and filters nothing.</summary>
public class BluetoothSignalStrengthFilter
{
    public short InRangeThresholdInDBm { get; set; }

    public short OutOfRangeThresholdInDBm { get; set; }

    public TimeSpan OutOfRangeTimeout { get; set; }
}
