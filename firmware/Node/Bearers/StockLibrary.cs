using System;
using System.Reflection;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;

namespace MeshNode.Bearers
{
    /// <summary>
    /// The private members of nanoFramework.Device.Bluetooth that the bearers need, found by reflection at the start.
    /// </summary>
    /// <remarks>
    /// The public members cannot scan while a GATT server runs, send non-connectable adverts, or receive without parsing. The native checksum of the
    /// library cannot be read by an application: the image compares it when it loads the library.
    /// </remarks>
    internal sealed class StockLibrary
    {
        /// <summary>The version whose members these are.</summary>
        public const string KnownVersion = "1.1.123.0";

        private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.NonPublic;

        private readonly string _version;
        private readonly MethodInfo _startScan;
        private readonly MethodInfo _stopScan;
        private readonly MethodInfo _fetchReport;
        private readonly ConstructorInfo _createReport;
        private readonly FieldInfo _reportData;
        private readonly FieldInfo _isDiscoverable;
        private readonly FieldInfo _bufferData;
        private readonly object _eventManager;

        public StockLibrary()
        {
            Type watcher = typeof(BluetoothLEAdvertisementWatcher);
            Type report = typeof(BluetoothLEAdvertisementReceivedEventArgs);
            _version = watcher.Assembly.GetName().Version.ToString();
            _startScan = watcher.GetMethod("NativeStartAdvertisementWatcher", Instance);
            _stopScan = watcher.GetMethod("NativeStopAdvertisementWatcher", Instance);
            _fetchReport = report.GetMethod("NativeCreateFromEvent", Instance);
            _createReport = report.GetConstructor(new Type[0]);
            _reportData = report.GetField("_rawAdvertData", Instance);
            _isDiscoverable = typeof(BluetoothLEAdvertisement).GetField("_isDiscovable", Instance);
            _bufferData = typeof(nanoFramework.Device.Bluetooth.Buffer).GetField("_buffer", Instance);
            FieldInfo manager = typeof(BluetoothLEServer).GetField("_bluetoothEventManager", BindingFlags.Static | BindingFlags.NonPublic);
            _eventManager = manager == null ? null : manager.GetValue(null);
        }

        /// <summary>Version of the library that is deployed.</summary>
        public string Version
        {
            get { return _version; }
        }

        /// <summary>Whether all members are there.</summary>
        public bool IsComplete
        {
            get
            {
                return _startScan != null
                    && _stopScan != null
                    && _fetchReport != null
                    && _createReport != null
                    && _reportData != null
                    && _isDiscoverable != null
                    && _bufferData != null
                    && _eventManager != null;
            }
        }

        /// <summary>Starts the scan of a watcher; its argument is the scanning mode.</summary>
        public MethodInfo StartScan
        {
            get { return _startScan; }
        }

        /// <summary>Stops the scan of a watcher.</summary>
        public MethodInfo StopScan
        {
            get { return _stopScan; }
        }

        /// <summary>Fills a report; its argument is the number of the native event.</summary>
        public MethodInfo FetchReport
        {
            get { return _fetchReport; }
        }

        /// <summary>Makes a report.</summary>
        public ConstructorInfo CreateReport
        {
            get { return _createReport; }
        }

        /// <summary>The octets of a report.</summary>
        public FieldInfo ReportData
        {
            get { return _reportData; }
        }

        /// <summary>Whether an advert is discoverable: one that is neither that nor connectable is of the non-connectable type.</summary>
        public FieldInfo IsDiscoverable
        {
            get { return _isDiscoverable; }
        }

        /// <summary>The octets of a buffer.</summary>
        public FieldInfo BufferData
        {
            get { return _bufferData; }
        }

        /// <summary>The library's own processor and listener of native events.</summary>
        public object EventManager
        {
            get { return _eventManager; }
        }
    }
}
