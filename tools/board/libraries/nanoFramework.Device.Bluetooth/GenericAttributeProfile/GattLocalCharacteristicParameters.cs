namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>What a new characteristic is to be.</summary>
public class GattLocalCharacteristicParameters
{
    public GattCharacteristicProperties CharacteristicProperties { get; set; }

    public GattProtectionLevel ReadProtectionLevel { get; set; }

    public Buffer StaticValue { get; set; }

    public string UserDescription { get; set; }

    public GattProtectionLevel WriteProtectionLevel { get; set; }
}
