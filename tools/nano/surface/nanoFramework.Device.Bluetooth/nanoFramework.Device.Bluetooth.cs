using System;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace nanoFramework.Device.Bluetooth
{
    public enum BluetoothAddressType
    {
        Public = 0,
        Random = 1,
        Unspecified = 2,
    }

    public enum BluetoothConnectionStatus
    {
        Disconnected = 0,
        Connected = 1,
    }

    public class BluetoothDeviceId
    {
        internal extern BluetoothDeviceId();
        public extern int Id { get; }
        public static extern BluetoothDeviceId FromId(int deviceId);
    }

    public enum BluetoothError
    {
        Success = 0,
        RadioNotAvailable = 1,
        ResourceInUse = 2,
        DeviceNotConnected = 3,
        OtherError = 4,
        DisabledByPolicy = 5,
        NotSupported = 6,
        DisabledByUser = 7,
        ConsentRequired = 8,
        TransportNotSupported = 9,
    }

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

    public class BluetoothLEAdvertisementWatcher
    {
        public extern BluetoothLEAdvertisementWatcher();
        public extern BluetoothLEAdvertisementWatcher(BluetoothLEAdvertisementFilter advertisementFilter);
        public event BluetoothLEAdvertisementWatcher.BluetoothLEAdvertisementReceivedHandler Received;
        public event BluetoothLEAdvertisementWatcher.BluetoothLEAdvertisementStoppedEvenHandler Stopped;
        public extern BluetoothLEAdvertisementFilter AdvertisementFilter { get; set; }
        public extern BluetoothLEScanningMode ScanningMode { get; set; }
        public extern BluetoothLEAdvertisementWatcherStatus Status { get; }
        public extern BluetoothSignalStrengthFilter SignalStrengthFilter { get; set; }
        public extern void Start();
        public extern void Stop();

        public delegate void BluetoothLEAdvertisementReceivedHandler(BluetoothLEAdvertisementWatcher sender, BluetoothLEAdvertisementReceivedEventArgs args);

        public delegate void BluetoothLEAdvertisementStoppedEvenHandler(BluetoothLEAdvertisementWatcher sender, BluetoothLEAdvertisementWatcherStoppedEventArgs args);
    }

    public enum BluetoothLEAdvertisementWatcherStatus
    {
        Created = 0,
        Started = 1,
        Stopping = 2,
        Stopped = 3,
        Aborted = 4,
    }

    public class BluetoothLEDevice : IDisposable
    {
        internal extern BluetoothLEDevice();
        protected virtual extern void Dispose(bool disposing);
        public extern BluetoothAddressType BluetoothAddressType { get; }
        public extern BluetoothConnectionStatus ConnectionStatus { get; }
        public extern GattDeviceServicesResult GetGattServices();
        public static extern BluetoothLEDevice FromBluetoothAddress(ulong bluetoothAddress);
        public static extern BluetoothLEDevice FromBluetoothAddress(ulong bluetoothAddress, BluetoothAddressType bluetoothAddressType);
        public extern ulong BluetoothAddress { get; }
        public extern void Dispose();
    }

    public class BluetoothLEServer : IDisposable
    {
        internal extern BluetoothLEServer();
        protected virtual extern void Dispose(bool disposing);
        public extern GattServiceProvider GetServiceByUUID(Guid serviceUuid);
        public extern GattServiceProvider[] Services { get; }
        public extern GattSession Session { get; }
        public static extern BluetoothLEServer Instance { get; }
        public extern string DeviceName { get; set; }
        public extern ushort Appearance { get; set; }
        public extern void Dispose();
        public extern void Start();
        public extern void Stop();
    }

    public class BluetoothSignalStrengthFilter
    {
        public extern BluetoothSignalStrengthFilter();
        public extern TimeSpan OutOfRangeTimeout { get; set; }
        public extern short InRangeThresholdInDBm { get; set; }
        public extern short OutOfRangeThresholdInDBm { get; set; }
    }

    public class Buffer
    {
        protected uint _length;
        public extern Buffer(byte[] array);
        public extern Buffer(uint capacity);
        public extern uint Capacity { get; }
        public extern uint Length { get; set; }
        public extern void EnsureCapacity(uint newCapacity);
    }

    public class DataReader
    {
        internal extern DataReader();
        public extern DateTime ReadDateTime();
        public extern Guid ReadGuid();
        public extern Guid ReadUuid();
        public extern Guid ReadUuid2();
        public extern TimeSpan ReadTimeSpan();
        public extern bool ReadBoolean();
        public extern byte ReadByte();
        public extern double ReadDouble();
        public extern float ReadSingle();
        public extern int ReadInt32();
        public extern long ReadInt64();
        public extern Buffer ReadBuffer(uint length);
        public extern short ReadInt16();
        public static extern DataReader FromBuffer(Buffer buffer);
        public extern string ReadString(uint codeUnitCount);
        public extern uint ReadUInt32();
        public extern uint UnconsumedBufferLength { get; }
        public extern ulong ReadUInt64();
        public extern ushort ReadUInt16();
        public extern void ReadBytes(byte[] value);
    }

    public class DataWriter : Buffer
    {
        public extern DataWriter();
        public extern Buffer DetachBuffer();
        public extern uint MeasureString(string value);
        public extern uint WriteString(string value);
        public extern void WriteBoolean(bool value);
        public extern void WriteBuffer(Buffer buffer);
        public extern void WriteBuffer(Buffer buffer, uint start, uint count);
        public extern void WriteByte(byte value);
        public extern void WriteBytes(byte[] value);
        public extern void WriteDateTime(DateTime value);
        public extern void WriteDouble(double value);
        public extern void WriteGuid(Guid value);
        public extern void WriteInt16(short value);
        public extern void WriteInt32(int value);
        public extern void WriteInt64(long value);
        public extern void WriteSingle(float value);
        public extern void WriteTimeSpan(TimeSpan value);
        public extern void WriteUInt16(ushort value);
        public extern void WriteUInt32(uint value);
        public extern void WriteUInt64(ulong value);
        public extern void WriteUuid(Guid value);
        public extern void WriteUuid2(Guid value);
    }

    public static class Utilities
    {
        public static extern Guid CreateUuidFromShortCode(ushort uuid16);
        public static extern bool IsBluetoothSigUUID(Guid uuid);
        public static extern bool IsBluetoothSigUUID16(Guid uuid);
        public static extern Utilities.UuidType TypeOfUuid(Guid uuid);
        public static extern uint ConvertUuidToIntId(Guid uuid);
        public static extern ushort ConvertUuidToShortId(Guid uuid);

        public enum UuidType
        {
            Uuid16 = 0,
            Uuid32 = 1,
            Uuid128 = 2,
        }
    }
}
