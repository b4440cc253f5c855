using nanoFramework.Device.Bluetooth.Advertisement;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>How a service is advertised.</summary>
public class GattServiceProviderAdvertisingParameters
{
    private bool _isDiscoverable = true;
    private bool _customAdvertisement;

    public GattServiceProviderAdvertisingParameters()
    {
        CustomAdvertisement = false;
    }

    public BluetoothLEAdvertisement Advertisement { get; } = new();

    public bool IsConnectable { get; set; } = true;

    public Buffer ServiceData { get; set; }

    public bool IsDiscoverable
    {
        get => _isDiscoverable;
        set
        {
            _isDiscoverable = value;
            Advertisement.Flags = value
                ? Advertisement.Flags | BluetoothLEAdvertisementFlags.GeneralDiscoverableMode
                : Advertisement.Flags & ~BluetoothLEAdvertisementFlags.GeneralDiscoverableMode;
        }
    }

    public bool CustomAdvertisement
    {
        get => _customAdvertisement;
        set
        {
            _customAdvertisement = value;

            if (value)
            {
                Advertisement.Remove(BluetoothLEAdvertisementDataSectionType.Flags);
                Advertisement.Remove(BluetoothLEAdvertisementDataSectionType.CompleteLocalName);
            }
            else
            {
                Advertisement.Flags = BluetoothLEAdvertisementFlags.ClassicNotSupported | BluetoothLEAdvertisementFlags.GeneralDiscoverableMode;
                Advertisement.LocalName = BluetoothLEServer.Instance.DeviceName;
            }
        }
    }
}
