namespace nanoFramework.Device.Bluetooth.Advertisement;

/// <summary>Type of an advertising PDU.</summary>
public enum BluetoothLEAdvertisementType
{
    ConnectableUndirected = 0,
    ConnectableDirected = 1,
    ScannableUndirected = 2,
    NonConnectableUndirected = 3,
    ScanResponse = 4,
}
