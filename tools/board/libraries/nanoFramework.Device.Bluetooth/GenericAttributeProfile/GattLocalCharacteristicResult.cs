namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>A new characteristic.</summary>
public class GattLocalCharacteristicResult
{
    internal GattLocalCharacteristicResult(GattLocalCharacteristic characteristic)
    {
        Characteristic = characteristic;
    }

    public GattLocalCharacteristic Characteristic { get; }

    public BluetoothError Error => BluetoothError.Success;
}
