using System;
using MeshNode.Board;

namespace nanoFramework.Runtime.Native;

/// <summary>What the image says of itself.</summary>
public static class SystemInfo
{
    public enum FloatingPoint
    {
        None = 0,
        SinglePrecisionSoftware = 1,
        SinglePrecisionHardware = 2,
        DoublePrecisionSoftware = 3,
        DoublePrecisionHardware = 4,
    }

    public static Version Version { get; } = new(1, 17, 0, 257);

    public static string OEMString => "nanoFramework running @ " + TargetName + " built with ESP-IDF";

    public static byte OEM => byte.MaxValue;

    public static byte Model => 0;

    public static ushort SKU => 0;

    public static string TargetName => Chip.Board.Profile.TargetName;

    public static string Platform => Chip.Board.Profile.Platform;

    public static FloatingPoint FloatingPointSupport => FloatingPoint.DoublePrecisionSoftware;
}
