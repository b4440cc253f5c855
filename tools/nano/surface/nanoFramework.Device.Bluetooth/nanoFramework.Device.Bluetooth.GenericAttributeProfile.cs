using System;
using nanoFramework.Device.Bluetooth.Advertisement;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile
{
    [Flags]
    public enum GattCharacteristicProperties : uint
    {
        None = 0,
        Broadcast = 1,
        Read = 2,
        WriteWithoutResponse = 4,
        Write = 8,
        Notify = 16,
        Indicate = 32,
        AuthenticatedSignedWrites = 64,
        ExtendedProperties = 128,
        ReliableWrites = 256,
        WritableAuxiliaries = 512,
    }

    public class GattClientNotificationResult
    {
        internal extern GattClientNotificationResult();
        public extern byte ProtocolError { get; }
        public extern GattCommunicationStatus Status { get; }
        public extern GattSubscribedClient SubscribedClient { get; }
        public extern ushort BytesSent { get; }
    }

    public enum GattCommunicationStatus
    {
        Success = 0,
        Unreachable = 1,
        ProtocolError = 2,
        AccessDenied = 3,
    }

    public class GattDeviceServicesResult
    {
        internal extern GattDeviceServicesResult();
        public extern byte ProtocolError { get; }
        public extern GattCommunicationStatus Status { get; }
    }

    public class GattLocalCharacteristic
    {
        internal extern GattLocalCharacteristic();
        public extern Guid Uuid { get; }
        public event GattLocalCharacteristic.GattLocalCharacteristicClientsChangedEventHandler SubscribedClientsChanged;
        public event GattLocalCharacteristic.GattLocalCharacteristicReadEventHandler ReadRequested;
        public event GattLocalCharacteristic.GattLocalCharacteristicWriteEventHandler WriteRequested;
        public extern Buffer StaticValue { get; }
        public extern GattCharacteristicProperties CharacteristicProperties { get; }
        public extern GattClientNotificationResult NotifyValue(Buffer value, GattSubscribedClient subscribedClient);
        public extern GattClientNotificationResult[] NotifyValue(Buffer value);
        public extern GattProtectionLevel ReadProtectionLevel { get; }
        public extern GattProtectionLevel WriteProtectionLevel { get; }
        public extern GattSubscribedClient[] SubscribedClients { get; }
        public extern string UserDescription { get; }

        public delegate void GattLocalCharacteristicClientsChangedEventHandler(GattLocalCharacteristic sender, object args);

        public delegate void GattLocalCharacteristicReadEventHandler(GattLocalCharacteristic sender, GattReadRequestedEventArgs ReadRequestEventArgs);

        public delegate void GattLocalCharacteristicWriteEventHandler(GattLocalCharacteristic sender, GattWriteRequestedEventArgs WriteRequestEventArgs);
    }

    public class GattLocalCharacteristicParameters
    {
        public extern GattLocalCharacteristicParameters();
        public extern Buffer StaticValue { get; set; }
        public extern GattCharacteristicProperties CharacteristicProperties { get; set; }
        public extern GattProtectionLevel ReadProtectionLevel { get; set; }
        public extern GattProtectionLevel WriteProtectionLevel { get; set; }
        public extern string UserDescription { get; set; }
    }

    public class GattLocalCharacteristicResult
    {
        internal extern GattLocalCharacteristicResult();
        public extern BluetoothError Error { get; }
        public extern GattLocalCharacteristic Characteristic { get; }
    }

    public class GattLocalService
    {
        internal extern GattLocalService();
        public extern Guid Uuid { get; }
        public extern GattLocalCharacteristicResult CreateCharacteristic(Guid characteristicUuid, GattLocalCharacteristicParameters parameters);
        public extern GattLocalCharacteristic[] Characteristics { get; }
    }

    public enum GattProtectionLevel
    {
        Plain = 0,
        AuthenticationRequired = 1,
        EncryptionRequired = 2,
        EncryptionAndAuthenticationRequired = 3,
    }

    public class GattReadRequest
    {
        internal extern GattReadRequest();
        public extern void RespondWithProtocolError(byte protocolError);
        public extern void RespondWithValue(Buffer value);
    }

    public class GattReadRequestedEventArgs
    {
        internal extern GattReadRequestedEventArgs();
        public extern GattReadRequest GetRequest();
        public extern GattSession Session { get; }
    }

    public class GattServiceProvider
    {
        internal extern GattServiceProvider();
        public extern GattLocalService Service { get; }
        public extern GattServiceProviderAdvertisementStatus AdvertisementStatus { get; }
        public static extern GattServiceProviderResult Create(Guid serviceUuid);
        public extern void StartAdvertising();
        public extern void StartAdvertising(GattServiceProviderAdvertisingParameters parameters);
        public extern void StopAdvertising();
    }

    public enum GattServiceProviderAdvertisementStatus
    {
        Created = 0,
        Stopped = 1,
        Started = 2,
        Aborted = 3,
        StartedWithoutAllAdvertisementData = 4,
    }

    public class GattServiceProviderAdvertisingParameters
    {
        public extern GattServiceProviderAdvertisingParameters();
        public extern bool CustomAdvertisement { get; set; }
        public extern bool IsConnectable { get; set; }
        public extern bool IsDiscoverable { get; set; }
        public extern BluetoothLEAdvertisement Advertisement { get; }
        public extern Buffer ServiceData { get; set; }
    }

    public class GattServiceProviderResult
    {
        internal extern GattServiceProviderResult();
        public extern BluetoothError Error { get; }
        public extern GattServiceProvider ServiceProvider { get; }
    }

    public class GattSession
    {
        internal extern GattSession();
        public event EventHandler MaxPduSizeChanged;
        public event GattSession.GattSessionStatusChangedEventHandler SessionStatusChanged;
        public extern BluetoothDeviceId DeviceId { get; }
        public static extern GattSession FromDeviceId(BluetoothDeviceId deviceId);
        public extern ushort MaxMtuSize { get; }

        public delegate void GattSessionStatusChangedEventHandler(object sender, GattSessionStatusChangedEventArgs args);
    }

    public enum GattSessionStatus
    {
        Closed = 0,
        Active = 1,
    }

    public class GattSessionStatusChangedEventArgs
    {
        internal extern GattSessionStatusChangedEventArgs();
        public extern BluetoothError Error { get; }
        public extern GattSessionStatus Status { get; }
    }

    public class GattSubscribedClient
    {
        internal extern GattSubscribedClient();
        public extern GattSession Session { get; }
        public extern ushort MaxNotificationSize { get; }
    }

    public enum GattWriteOption
    {
        WriteWithResponse = 0,
        WriteWithoutResponse = 1,
    }

    public class GattWriteRequest
    {
        internal extern GattWriteRequest();
        public extern Buffer Value { get; }
        public extern GattWriteOption Option { get; }
        public extern uint Offset { get; }
        public extern void Respond();
        public extern void RespondWithProtocolError(byte protocolError);
    }

    public class GattWriteRequestedEventArgs
    {
        internal extern GattWriteRequestedEventArgs();
        public extern GattSession Session { get; }
        public extern GattWriteRequest GetRequest();
    }
}
