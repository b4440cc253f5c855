using System;

namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>An AD structure.</summary>
public class BluetoothLEAdvertisementDataSection
{
    private const int HeaderSize = 2;

    public BluetoothLEAdvertisementDataSection()
        : this(0, new Buffer(16))
    {
    }

    public BluetoothLEAdvertisementDataSection(byte dataType, Buffer data)
    {
        DataType = dataType;
        Data = data;
    }

    public byte DataType { get; set; }

    public Buffer Data { get; set; }

    internal int EncodedLength => (int)Data.Length + HeaderSize;

    internal void Encode(byte[] destination, int offset)
    {
        destination[offset] = (byte)(Data.Length + 1);
        destination[offset + 1] = DataType;
        Array.Copy(Data.Data, 0, destination, offset + HeaderSize, (int)Data.Length);
    }
}
