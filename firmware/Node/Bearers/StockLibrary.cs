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

        /// <summary>Version of the library that is deployed.</summary>
        public readonly string Version;

        /// <summary>Starts the scan of a watcher; its argument is the scanning mode.</summary>
        public readonly MethodInfo StartScan;

        /// <summary>Stops the scan of a watcher.</summary>
        public readonly MethodInfo StopScan;

        /// <summary>Fills a report; its argument is the number of the native event.</summary>
        public readonly MethodInfo FetchReport;

        /// <summary>Makes a report.</summary>
        public readonly ConstructorInfo CreateReport;

        /// <summary>The octets of a report.</summary>
        public readonly FieldInfo ReportData;

        /// <summary>Whether an advert is discoverable: one that is neither that nor connectable is of the non-connectable type.</summary>
        public readonly FieldInfo IsDiscoverable;

        /// <summary>The octets of a buffer.</summary>
        public readonly FieldInfo BufferData;

        /// <summary>The library's own processor and listener of native events.</summary>
        public readonly object EventManager;

        public StockLibrary()
        {
            Type watcher = typeof(BluetoothLEAdvertisementWatcher);
            Type report = typeof(BluetoothLEAdvertisementReceivedEventArgs);
            Version = watcher.Assembly.GetName().Version.ToString();
            StartScan = watcher.GetMethod("NativeStartAdvertisementWatcher", Instance);
            StopScan = watcher.GetMethod("NativeStopAdvertisementWatcher", Instance);
            FetchReport = report.GetMethod("NativeCreateFromEvent", Instance);
            CreateReport = report.GetConstructor(new Type[0]);
            ReportData = report.GetField("_rawAdvertData", Instance);
            IsDiscoverable = typeof(BluetoothLEAdvertisement).GetField("_isDiscovable", Instance);
            BufferData = typeof(nanoFramework.Device.Bluetooth.Buffer).GetField("_buffer", Instance);
            FieldInfo manager = typeof(BluetoothLEServer).GetField("_bluetoothEventManager", BindingFlags.Static | BindingFlags.NonPublic);
            EventManager = manager == null ? null : manager.GetValue(null);
        }

        /// <summary>Whether all members are there.</summary>
        public bool IsComplete
        {
            get
            {
                return StartScan != null
                    && StopScan != null
                    && FetchReport != null
                    && CreateReport != null
                    && ReportData != null
                    && IsDiscoverable != null
                    && BufferData != null
                    && EventManager != null;
            }
        }
    }
}
