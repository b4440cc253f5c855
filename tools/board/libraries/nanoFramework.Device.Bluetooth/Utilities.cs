using System;

namespace nanoFramework.Device.Bluetooth;

/// <summary>Short and long forms of UUIDs.</summary>
public static class Utilities
{
    private const int ShortSize = 4;

    private static readonly byte[] s_base = new Guid("00000000-0000-1000-8000-00805f9b34fb").ToByteArray();

    public enum UuidType
    {
        Uuid16 = 0,
        Uuid32 = 1,
        Uuid128 = 2,
    }

    public static ushort ConvertUuidToShortId(Guid uuid)
    {
        return BitConverter.ToUInt16(uuid.ToByteArray(), 0);
    }

    public static uint ConvertUuidToIntId(Guid uuid)
    {
        return BitConverter.ToUInt32(uuid.ToByteArray(), 0);
    }

    public static Guid CreateUuidFromShortCode(ushort uuid16)
    {
        byte[] octets = (byte[])s_base.Clone();
        octets[0] = (byte)uuid16;
        octets[1] = (byte)(uuid16 >> 8);

        return new Guid(octets);
    }

    public static bool IsBluetoothSigUUID(Guid uuid)
    {
        return uuid.ToByteArray().AsSpan(ShortSize).SequenceEqual(s_base.AsSpan(ShortSize));
    }

    public static bool IsBluetoothSigUUID16(Guid uuid)
    {
        return IsBluetoothSigUUID(uuid) && ConvertUuidToIntId(uuid) <= ushort.MaxValue;
    }

    public static UuidType TypeOfUuid(Guid uuid)
    {
        return IsBluetoothSigUUID16(uuid) ? UuidType.Uuid16 : IsBluetoothSigUUID(uuid) ? UuidType.Uuid32 : UuidType.Uuid128;
    }
}
