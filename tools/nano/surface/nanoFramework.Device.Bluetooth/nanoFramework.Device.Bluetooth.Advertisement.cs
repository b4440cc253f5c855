using System;
using System.Collections;

namespace nanoFramework.Device.Bluetooth.Advertisement
{
    public class BluetoothLEAdvertisement
    {
        public extern BluetoothLEAdvertisement();
        public extern ArrayList DataSections { get; }
        public extern ArrayList GetManufacturerDataByCompanyId(ushort companyId);
        public extern ArrayList GetSectionsByType(byte type);
        public extern ArrayList ManufacturerData { get; }
        public extern Guid[] ServiceUuids { get; }
        public extern BluetoothLEAdvertisementFlags Flags { get; set; }
        public extern string LocalName { get; set; }
    }

    public class BluetoothLEAdvertisementBytePattern
    {
        public extern BluetoothLEAdvertisementBytePattern();
        public extern BluetoothLEAdvertisementBytePattern(byte dataType, short offset, Buffer data);
        public extern byte DataType { get; set; }
        public extern Buffer Data { get; set; }
        public extern short Offset { get; set; }
    }

    public class BluetoothLEAdvertisementDataSection
    {
        public extern BluetoothLEAdvertisementDataSection();
        public extern BluetoothLEAdvertisementDataSection(byte dataType, Buffer data);
        public extern byte DataType { get; set; }
        public extern Buffer Data { get; set; }
    }

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

    public class BluetoothLEAdvertisementFilter
    {
        public extern BluetoothLEAdvertisementFilter();
        public extern ArrayList BytePatterns { get; }
        public extern BluetoothLEAdvertisement Advertisement { get; set; }
    }

    [Flags]
    public enum BluetoothLEAdvertisementFlags : uint
    {
        None = 0,
        LimitedDiscoverableMode = 1,
        GeneralDiscoverableMode = 2,
        ClassicNotSupported = 4,
        DualModeControllerCapable = 8,
        DualModeHostCapable = 16,
    }

    public class BluetoothLEAdvertisementPublisher
    {
        public extern BluetoothLEAdvertisementPublisher();
        public extern BluetoothLEAdvertisementPublisher(BluetoothLEAdvertisement advertisement);
        public extern bool IncludeTransmitPowerLevel { get; set; }
        public extern bool IsAnonymous { get; set; }
        public extern bool UseExtendedAdvertisement { get; set; }
        public event BluetoothLEAdvertisementPublisher.BluetoothLEAdvertisementPublisherHandler StatusChanged;
        public extern BluetoothLEAdvertisement Advertisement { get; }
        public extern BluetoothLEAdvertisementPublisherStatus Status { get; }
        public extern short PreferredTransmitPowerLevelInDBm { get; set; }
        public extern void Start();
        public extern void Stop();

        public delegate void BluetoothLEAdvertisementPublisherHandler(object sender, BluetoothLEAdvertisementPublisherStatusChangedEventArgs args);
    }

    public enum BluetoothLEAdvertisementPublisherStatus
    {
        Created = 0,
        Waiting = 1,
        Started = 2,
        Stopping = 3,
        Stopped = 4,
        Aborted = 5,
    }

    public class BluetoothLEAdvertisementPublisherStatusChangedEventArgs
    {
        internal extern BluetoothLEAdvertisementPublisherStatusChangedEventArgs();
        public extern BluetoothLEAdvertisementPublisherStatus Status { get; }
        public extern BluetoothError Error { get; }
        public extern short SelectedTransmitPowerLevelInDBm { get; }
    }

    public class BluetoothLEAdvertisementReceivedEventArgs
    {
        internal extern BluetoothLEAdvertisementReceivedEventArgs();
        public extern DateTime Timestamp { get; }
        public extern BluetoothLEAdvertisement Advertisement { get; }
        public extern BluetoothLEAdvertisementType AdvertisementType { get; }
        public extern BluetoothAddressType BluetoothAddressType { get; }
        public extern short RawSignalStrengthInDBm { get; }
        public extern ulong BluetoothAddress { get; }
    }

    public enum BluetoothLEAdvertisementType
    {
        ConnectableUndirected = 0,
        ConnectableDirected = 1,
        ScannableUndirected = 2,
        NonConnectableUndirected = 3,
        ScanResponse = 4,
    }

    public class BluetoothLEAdvertisementWatcherStoppedEventArgs
    {
        internal extern BluetoothLEAdvertisementWatcherStoppedEventArgs();
        public extern BluetoothError Error { get; }
    }

    public class BluetoothLEManufacturerData
    {
        public extern BluetoothLEManufacturerData();
        public extern BluetoothLEManufacturerData(ushort companyId, Buffer data);
        public extern Buffer Data { get; set; }
        public extern ushort CompanyId { get; set; }
    }

    public enum BluetoothLEScanningMode
    {
        Passive = 0,
        Active = 1,
    }
}
