using System;
using System.Device.Gpio;
using System.Reflection;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using nanoFramework.Hardware.Esp32;

namespace MeshNode.BoardApplication
{
    /// <summary>
    /// The BARE and PROXY states on one stack: sends a PDU each second, relays nothing, opens a window for a client when the button is pressed, and
    /// echoes what the client writes.
    /// </summary>
    internal sealed class Bearer
    {
        private const int LampPin = 2;
        private const int ButtonPin = 0;
        private const int ScanCycle = 100;
        private const int SendCycle = 1000;
        private const int Copies = 3;
        private const int Hold = 15;
        private const int Pause = 20;
        private const int ConnectedHold = 170;
        private const int Settle = 60;
        private const int Window = 10000;
        private const byte MeshMessage = 0x2A;

        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private readonly PduQueue _reports = new PduQueue(16);
        private readonly PduQueue _writes = new PduQueue(8);
        private readonly byte[] _pdu = new byte[64];
        private readonly byte[] _echo = new byte[64];
        private readonly BluetoothLEAdvertisementWatcher _watcher = new BluetoothLEAdvertisementWatcher();
        private readonly object[] _scanArguments = new object[] { 0 };
        private readonly MethodInfo _startScan;
        private readonly MethodInfo _stopScan;
        private readonly ReportListener _listener;
        private readonly GattServiceProvider _provider;
        private readonly GattServiceProviderAdvertisingParameters _parameters;
        private readonly BluetoothLEAdvertisementPublisher _publisher;
        private readonly BluetoothLEAdvertisementPublisher _park;
        private readonly GpioPin _lamp;
        private readonly int _boots;
        private bool _isPressed;
        private bool _isProxy;
        private bool _hasUsedNonConnectable;
        private byte _number;
        private long _windowEnd;

        public Bearer(int boots)
        {
            _boots = boots;
            GpioController controller = new GpioController();
            _lamp = controller.OpenPin(LampPin, PinMode.Output);
            GpioPin button = controller.OpenPin(ButtonPin, PinMode.InputPullUp);
            button.DebounceTimeout = new TimeSpan(0, 0, 0, 0, 30);
            button.ValueChanged += OnButton;

            _startScan = Private(typeof(BluetoothLEAdvertisementWatcher), "NativeStartAdvertisementWatcher");
            _stopScan = Private(typeof(BluetoothLEAdvertisementWatcher), "NativeStopAdvertisementWatcher");
            BluetoothLEServer.Instance.Start();
            _listener = new ReportListener(_reports, _wake);
            _provider = GattServiceProvider.Create(Utilities.CreateUuidFromShortCode(0x1828)).ServiceProvider;
            Characteristic(0x2ADD, GattCharacteristicProperties.WriteWithoutResponse).WriteRequested += OnWrite;
            Characteristic(0x2ADE, GattCharacteristicProperties.Notify);
            _parameters = new GattServiceProviderAdvertisingParameters { CustomAdvertisement = true };
            _parameters.Advertisement.Flags = BluetoothLEAdvertisementFlags.GeneralDiscoverableMode | BluetoothLEAdvertisementFlags.ClassicNotSupported;
            Section(_parameters.Advertisement, 0x03, new byte[] { 0x28, 0x18 });
            Section(_parameters.Advertisement, 0x16, new byte[] { 0x28, 0x18, 0, 1, 2, 3, 4, 5, 6, 7, 8 });
            _publisher = new BluetoothLEAdvertisementPublisher(NonConnectable());
            _park = new BluetoothLEAdvertisementPublisher(NonConnectable());
        }

        /// <summary>PDUs received.</summary>
        public int Received { get; private set; }

        public void Run()
        {
            StartScan();
            long restart = Environment.TickCount64 + ScanCycle;
            long send = Environment.TickCount64 + SendCycle;

            while (true)
            {
                long now = Environment.TickCount64;
                long next = restart < send ? restart : send;

                if (next > now)
                {
                    _wake.WaitOne((int)(next - now), false);
                }

                now = Environment.TickCount64;
                TakeReports();
                EchoWrites();
                ChangeState(now);

                if (now >= restart)
                {
                    StopScan();
                    StartScan();
                    restart = now + ScanCycle;
                }

                if (now >= send)
                {
                    Send();
                    send = now + SendCycle;
                }
            }
        }

        private static MethodInfo Private(Type type, string name)
        {
            return type.GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic);
        }

        private static void Section(BluetoothLEAdvertisement advertisement, byte type, byte[] data)
        {
            advertisement.DataSections.Add(new BluetoothLEAdvertisementDataSection(type, new nanoFramework.Device.Bluetooth.Buffer(data)));
        }

        private static BluetoothLEAdvertisement NonConnectable()
        {
            BluetoothLEAdvertisement advertisement = new BluetoothLEAdvertisement();
            typeof(BluetoothLEAdvertisement).GetField("_isDiscovable", BindingFlags.Instance | BindingFlags.NonPublic).SetValue(advertisement, false);

            return advertisement;
        }

        private GattLocalCharacteristic Characteristic(ushort uuid, GattCharacteristicProperties properties)
        {
            GattLocalCharacteristicParameters parameters = new GattLocalCharacteristicParameters { CharacteristicProperties = properties };

            return _provider.Service.CreateCharacteristic(Utilities.CreateUuidFromShortCode(uuid), parameters).Characteristic;
        }

        private void OnButton(object sender, PinValueChangedEventArgs e)
        {
            if (e.ChangeType == PinEventTypes.Falling)
            {
                _isPressed = true;
                _wake.Set();
            }
        }

        private void OnWrite(GattLocalCharacteristic sender, GattWriteRequestedEventArgs args)
        {
            GattWriteRequest request = args.GetRequest();
            byte[] value = new byte[request.Value.Length];
            DataReader.FromBuffer(request.Value).ReadBytes(value);
            request.Respond();
            _writes.Add(value, value.Length);
            _wake.Set();
        }

        private void StartScan()
        {
            _startScan.Invoke(_watcher, _scanArguments);
        }

        private void StopScan()
        {
            _stopScan.Invoke(_watcher, null);
        }

        private void TakeReports()
        {
            int length = _reports.Take(_pdu);

            while (length >= 0)
            {
                if (length > 2 && _pdu[1] == MeshMessage)
                {
                    Received++;
                    _lamp.Toggle();
                }

                length = _reports.Take(_pdu);
            }
        }

        private void EchoWrites()
        {
            int length = _writes.Take(_echo);

            while (length >= 0)
            {
                if (length <= _listener.Mtu - 3)
                {
                    nanoFramework.Device.Bluetooth.Buffer value = new nanoFramework.Device.Bluetooth.Buffer(_echo);
                    value.Length = (uint)length;
                    _provider.Service.Characteristics[1].NotifyValue(value);
                }

                length = _writes.Take(_echo);
            }
        }

        private void ChangeState(long now)
        {
            if (_isPressed && !_isProxy)
            {
                StopScan();
                _provider.StartAdvertising(_parameters);
                StartScan();
                _isProxy = true;
                _windowEnd = now + Window;
                Console.WriteLine("PROXY");
            }

            _isPressed = false;

            if (_isProxy && _listener.Client < 0 && (now >= _windowEnd || _hasUsedNonConnectable))
            {
                StopScan();
                Thread.Sleep(Settle);
                _provider.StopAdvertising();
                BluetoothLEServer.Instance.Start();
                StartScan();
                _isProxy = false;
                _hasUsedNonConnectable = false;
                NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out uint _, out uint free, out uint _);
                Console.WriteLine("BARE " + free.ToString());
            }
        }

        private void Send()
        {
            if (_isProxy && _listener.Client < 0)
            {
                return;
            }

            _publisher.Advertisement.DataSections.Clear();
            Section(_publisher.Advertisement, MeshMessage, new byte[] { (byte)_boots, ++_number, 0x55 });

            if (_isProxy)
            {
                _hasUsedNonConnectable = true;
                _publisher.Start();
                Thread.Sleep(ConnectedHold);
                _park.Start();

                return;
            }

            for (int i = 0; i < Copies; i++)
            {
                _publisher.Start();
                Thread.Sleep(Hold);
                _publisher.Stop();
                Thread.Sleep(Pause);
            }
        }
    }
}
