namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>Type of an AD structure.</summary>
public enum BluetoothLEAdvertisementDataSectionType
{
    Flags = 1,
    IncompleteList16uuid = 2,
    CompleteList16uuid = 3,
    IncompleteList32uuid = 4,
    CompleteList32uuid = 5,
    IncompleteList128uuid = 6,
    CompleteList128uuid = 7,
    ShortenedLocalName = 8,
    CompleteLocalName = 9,
    TxPowerLevel = 10,
    PeripheralConnectionIntervalRange = 18,
    ServiceSolicitation16BitUuids = 20,
    ServiceSolicitation128BitUuids = 21,
    ServiceData16bitUuid = 22,
    PublicTargetAddress = 23,
    RandomTargetAddress = 24,
    Appearance = 25,
    AdvertisingInterval = 26,
    ServiceSolicitation32BitUuids = 31,
    ServiceData32bitUuid = 32,
    ServiceData128bitUuid = 33,
    ManufacturerSpecificData = 255,
}
