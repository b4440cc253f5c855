namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>Data of a manufacturer.</summary>
public class BluetoothLEManufacturerData
{
    public BluetoothLEManufacturerData()
        : this(0, new Buffer(0))
    {
    }

    public BluetoothLEManufacturerData(ushort companyId, Buffer data)
    {
        CompanyId = companyId;
        Data = data;
    }

    public ushort CompanyId { get; set; }

    public Buffer Data { get; set; }
}
