namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>A new service provider.</summary>
public class GattServiceProviderResult
{
    internal GattServiceProviderResult(GattServiceProvider serviceProvider)
    {
        ServiceProvider = serviceProvider;
    }

    public BluetoothError Error => BluetoothError.Success;

    public GattServiceProvider ServiceProvider { get; }
}
