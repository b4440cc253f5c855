using System;
using System.Collections;
using System.Reflection;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using nanoFramework.Hardware.Esp32;

namespace MeshNode.Bearers
{
    /// <summary>
    /// The Bluetooth library of a stock image, as far as the bearers use it: one method for each step that is safe, in the states in which it is.
    /// </summary>
    /// <remarks>
    /// What is not here is left out on purpose: Stop of a watcher ends the whole stack, Stop of a publisher frees service tables that are in use,
    /// and a second StartAdvertising frees those of the connection to come.
    /// </remarks>
    internal sealed class StockRadio
    {
        private const int ProvisioningDataIn = 0x2ADB;
        private const int ProvisioningDataOut = 0x2ADC;
        private const int ProxyDataIn = 0x2ADD;
        private const int ProxyDataOut = 0x2ADE;
        private const int FlagsSize = 3;
        private const int ServiceListSize = 4;
        private const int StructureHeaderSize = 2;

        // Characteristics of a service that is created, those of the Device Information Service included, whose numbers have 8 bits.
        private const int CharacteristicsOfService = 4;
        private const int MaxCharacteristics = 240;

        private readonly StockLibrary _library;
        private readonly StockEvents _events;
        private readonly LinkQueue _links;
        private readonly AutoResetEvent _wake;
        private readonly BluetoothLEAdvertisementWatcher _watcher = new BluetoothLEAdvertisementWatcher();
        private readonly object[] _scanArguments = new object[] { 0 };
        private readonly byte[] _payload = new byte[AdvertisingData.MaxPayload];
        private readonly nanoFramework.Device.Bluetooth.Buffer _payloadBuffer;
        private readonly BluetoothLEAdvertisementDataSection _section;
        private readonly BluetoothLEAdvertisementPublisher _publisher;
        private readonly byte[] _serviceData = new byte[AdvertisingData.MaxPayload];
        private readonly nanoFramework.Device.Bluetooth.Buffer _serviceDataBuffer;
        private readonly byte[] _value = new byte[LinkQueue.MaxValue];
        private readonly nanoFramework.Device.Bluetooth.Buffer _valueBuffer;
        private int _service;
        private GattServiceProvider _provider;
        private GattServiceProviderAdvertisingParameters _parameters;
        private GattLocalCharacteristic _dataOut;
        private GattSubscribedClient _client;
        private int _characteristics;
        private bool _hasTables;
        private bool _settlesScan;
        private bool _isParked = true;

        // Of the publisher's advertisement, which would look through it each time that it is asked for it.
        private readonly ArrayList _sections;

        /// <param name="library">Is complete.</param>
        /// <param name="links">Takes what clients do.</param>
        /// <param name="wake">Is set when there is something to take.</param>
        public StockRadio(StockLibrary library, ReportQueue reports, LinkQueue links, AutoResetEvent wake)
        {
            _library = library;
            _links = links;
            _wake = wake;
            _payloadBuffer = new nanoFramework.Device.Bluetooth.Buffer(_payload);
            _section = new BluetoothLEAdvertisementDataSection(0, _payloadBuffer);

            // Not used, and half a kilooctet.
            _watcher.AdvertisementFilter = null;
            _watcher.SignalStrengthFilter = null;
            BluetoothLEAdvertisement advertisement = new BluetoothLEAdvertisement();
            _library.IsDiscoverable.SetValue(advertisement, false);
            _publisher = new BluetoothLEAdvertisementPublisher(advertisement);
            _sections = advertisement.DataSections;
            _serviceDataBuffer = new nanoFramework.Device.Bluetooth.Buffer(_serviceData);
            _valueBuffer = new nanoFramework.Device.Bluetooth.Buffer(_value);

            // Before anything of a service: making the server forgets all characteristics.
            BluetoothLEServer.Instance.Start();
            _events = new StockEvents(library, reports, links, wake);
        }

        /// <summary>What the native events tell.</summary>
        public StockEvents Events
        {
            get { return _events; }
        }

        /// <summary>Whether service tables are registered: then the publisher must not be stopped.</summary>
        public bool HasTables
        {
            get { return _hasTables; }
        }

        /// <summary>The service that exists, see <see cref="GattService"/>; 0 for none.</summary>
        public int Service
        {
            get { return _service; }
        }

        /// <summary>Whether the numbers of characteristics are used up: services must not be created any more until a restart of the chip.</summary>
        public bool IsWornOut
        {
            get { return _characteristics >= MaxCharacteristics; }
        }

        /// <summary>
        /// Whether another native call goes before each start of the scan: it leaves other values in the parameter that stock images forget to
        /// initialise.
        /// </summary>
        public bool SettlesScan
        {
            get { return _settlesScan; }
            set { _settlesScan = value; }
        }

        /// <summary>Starts the scan.</summary>
        public void StartScan()
        {
            if (_settlesScan)
            {
                NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out uint _, out uint _, out uint _);
            }

            _library.StartScan.Invoke(_watcher, _scanArguments);
        }

        /// <summary>Stops the scan.</summary>
        public void StopScan()
        {
            _library.StopScan.Invoke(_watcher, null);
        }

        /// <summary>
        /// Sends a non-connectable advert, again and again until <see cref="EndTransmission"/>, <see cref="Park"/> or the next; not while connectable
        /// advertising is on.
        /// </summary>
        public void Transmit(int type, byte[] payload, int count)
        {
            Array.Copy(payload, 0, _payload, 0, count);
            _payloadBuffer.Length = (uint)count;
            _section.DataType = (byte)type;

            if (_isParked)
            {
                _isParked = false;
                _sections.Add(_section);
            }

            _publisher.Start();
        }

        /// <summary>Ends the transmission. Only without service tables.</summary>
        public void EndTransmission()
        {
            _publisher.Stop();
        }

        /// <summary>Sends adverts without content, which costs no memory: with service tables, the transmission cannot be ended.</summary>
        public void Park()
        {
            _isParked = true;
            _sections.Clear();
            _publisher.Start();
        }

        /// <summary>Registers the tables of a service and advertises it connectably. Only without tables, without scan and without transmission.</summary>
        /// <param name="service">See <see cref="GattService"/>. Another one than <see cref="Service"/> only after <see cref="Restart"/> has forgotten that.</param>
        /// <param name="data">Advertising data: Flags, list of services, service data.</param>
        public void OpenTables(int service, byte[] data, int count)
        {
            if (_provider == null)
            {
                Create(service);
            }

            SetServiceData(data, count);
            _provider.StartAdvertising(_parameters);
            _hasTables = true;
        }

        /// <summary>Changes the data of the connectable advert, which loses 36 octets of native memory.</summary>
        public void ShowConnectable(byte[] data, int count)
        {
            SetServiceData(data, count);
            new BluetoothLEAdvertisementPublisher(_parameters.Advertisement).Start();
        }

        /// <summary>Stops and starts the stack: tables and connections are gone. Only when the scan has been off for 50 ms.</summary>
        /// <param name="forgetService">Whether the service is to be another one.</param>
        public void Restart(bool forgetService)
        {
            if (_hasTables)
            {
                _provider.StopAdvertising();
            }
            else
            {
                BluetoothLEServer.Instance.Stop();
            }

            _hasTables = false;
            _client = null;

            if (forgetService)
            {
                BluetoothLEServer.Instance.Dispose();
                _provider = null;
                _service = 0;
            }

            BluetoothLEServer.Instance.Start();
        }

        /// <summary>Notifies the client.</summary>
        /// <returns>Whether it was taken.</returns>
        public bool Notify(byte[] value, int offset, int count)
        {
            if (_client == null)
            {
                return false;
            }

            Array.Copy(value, offset, _value, 0, count);
            _valueBuffer.Length = (uint)count;

            return _dataOut.NotifyValue(_valueBuffer, _client).Status == GattCommunicationStatus.Success;
        }

        private void Create(int service)
        {
            bool isProxy = service == GattService.Proxy;
            _service = service;
            _characteristics += CharacteristicsOfService;
            _provider = GattServiceProvider.Create(Utilities.CreateUuidFromShortCode((ushort)service)).ServiceProvider;
            Characteristic(isProxy ? ProxyDataIn : ProvisioningDataIn, GattCharacteristicProperties.WriteWithoutResponse).WriteRequested += OnWritten;
            _dataOut = Characteristic(isProxy ? ProxyDataOut : ProvisioningDataOut, GattCharacteristicProperties.Notify);
            _dataOut.SubscribedClientsChanged += OnSubscribed;
            _parameters = new GattServiceProviderAdvertisingParameters { CustomAdvertisement = true };
            _parameters.Advertisement.Flags = BluetoothLEAdvertisementFlags.GeneralDiscoverableMode | BluetoothLEAdvertisementFlags.ClassicNotSupported;
            byte[] list = new byte[] { (byte)service, (byte)(service >> 8) };
            _parameters.Advertisement.DataSections.Add(
                new BluetoothLEAdvertisementDataSection(AdvertisingData.CompleteServiceUuids16, new nanoFramework.Device.Bluetooth.Buffer(list)));
            _parameters.Advertisement.DataSections.Add(new BluetoothLEAdvertisementDataSection(AdvertisingData.ServiceData16, _serviceDataBuffer));
        }

        private GattLocalCharacteristic Characteristic(int uuid, GattCharacteristicProperties properties)
        {
            GattLocalCharacteristicParameters parameters = new GattLocalCharacteristicParameters { CharacteristicProperties = properties };

            return _provider.Service.CreateCharacteristic(Utilities.CreateUuidFromShortCode((ushort)uuid), parameters).Characteristic;
        }

        private void SetServiceData(byte[] data, int count)
        {
            int offset = FlagsSize + ServiceListSize + StructureHeaderSize;
            Array.Copy(data, offset, _serviceData, 0, count - offset);
            _serviceDataBuffer.Length = (uint)(count - offset);
        }

        // On the thread of native events: copy, answer once, and nothing else.
        private void OnWritten(GattLocalCharacteristic sender, GattWriteRequestedEventArgs args)
        {
            try
            {
                GattWriteRequest request = args.GetRequest();
                _links.AddWritten((byte[])_library.BufferData.GetValue(request.Value), (int)request.Value.Length);
                request.Respond();
            }
            catch (Exception)
            {
                // Out of memory: the value is lost, the thread must not be.
            }

            _wake.Set();
        }

        // On the thread of native events.
        private void OnSubscribed(GattLocalCharacteristic sender, object args)
        {
            GattSubscribedClient[] clients = sender.SubscribedClients;
            _client = clients.Length == 0 ? null : clients[clients.Length - 1];
            _links.Add(_client == null ? LinkEvent.Unsubscribed : LinkEvent.Subscribed, 0);
            _wake.Set();
        }
    }
}
