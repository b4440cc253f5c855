namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>Octets at a place in a section.</summary>
public class BluetoothLEAdvertisementBytePattern
{
    public BluetoothLEAdvertisementBytePattern()
        : this(0, 0, new Buffer(0))
    {
    }

    public BluetoothLEAdvertisementBytePattern(byte dataType, short offset, Buffer data)
    {
        DataType = dataType;
        Offset = offset;
        Data = data;
    }

    public byte DataType { get; set; }

    public short Offset { get; set; }

    public Buffer Data { get; set; }
}
