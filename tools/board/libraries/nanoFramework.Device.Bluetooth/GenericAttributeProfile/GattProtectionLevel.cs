namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>Security that an attribute asks for.</summary>
public enum GattProtectionLevel
{
    Plain = 0,
    AuthenticationRequired = 1,
    EncryptionRequired = 2,
    EncryptionAndAuthenticationRequired = 3,
}
