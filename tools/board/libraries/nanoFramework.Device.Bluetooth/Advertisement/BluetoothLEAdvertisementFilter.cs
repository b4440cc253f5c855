using System;
using System.Collections;
using System.Linq;

namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>Adverts of interest: all sections of one, and octets at given places.</summary>
public class BluetoothLEAdvertisementFilter
{
    public BluetoothLEAdvertisement Advertisement { get; set; } = new();

    public ArrayList BytePatterns { get; } = [];

    internal bool Accepts(BluetoothLEAdvertisement advertisement)
    {
        return Advertisement.DataSections.Cast<BluetoothLEAdvertisementDataSection>()
                .All(s => Starts(Section(advertisement, s.DataType), s.Data.Data))
            && BytePatterns.Cast<BluetoothLEAdvertisementBytePattern>()
                .All(p => Starts(Section(advertisement, p.DataType).Skip(p.Offset).ToArray(), p.Data.Data));
    }

    private static byte[] Section(BluetoothLEAdvertisement advertisement, byte type)
    {
        return advertisement.GetSectionsByType(type).Cast<BluetoothLEAdvertisementDataSection>().FirstOrDefault()?.Data.Data ?? [];
    }

    private static bool Starts(byte[] data, byte[] with)
    {
        return data.AsSpan().StartsWith(with);
    }
}
