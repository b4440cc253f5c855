namespace nanoFramework.Device.Bluetooth;

/// <summary>Type of a native event.</summary>
public enum BluetoothEventType
{
    Read = 0,
    Write = 1,
    ClientSubscribed = 2,
    ClientUnsubscribed = 3,
    AdvertisementDiscovered = 4,
    ScanningComplete = 5,
    ConnectComplete = 6,
    ConnectionDisconnected = 7,
    ServiceDiscovered = 8,
    ServiceDiscoveryComplete = 9,
    CharacteristicDiscovered = 10,
    CharacteristicDiscoveryComplete = 11,
    DescriptorDiscovered = 12,
    DescriptorDiscoveryComplete = 13,
    AttributeReadValueComplete = 14,
    AttributeWriteValueComplete = 15,
    AttributeValueChanged = 16,
    ClientConnected = 17,
    ClientDisconnected = 18,
    ClientSessionChanged = 19,
    PassKeyActions = 20,
    PassKeyActionsNumericComparison = 21,
    AuthenticationComplete = 22,
}
