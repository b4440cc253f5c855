using System;
using System.Reflection;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Runtime.Events;

namespace MeshNode.BoardApplication
{
    /// <summary>
    /// Stands in front of the library's listener: takes reports with one reused object and without parsing, and tells of connections what the
    /// library keeps to itself.
    /// </summary>
    internal sealed class ReportListener : IEventProcessor, IEventListener
    {
        private const int Report = (int)BluetoothEventType.AdvertisementDiscovered;
        private const int Connected = (int)BluetoothEventType.ClientConnected;
        private const int Disconnected = (int)BluetoothEventType.ClientDisconnected;
        private const int SessionChanged = (int)BluetoothEventType.ClientSessionChanged;

        private readonly BaseEvent _handled = new BaseEvent();
        private readonly object _args;
        private readonly MethodInfo _fetch;
        private readonly FieldInfo _data;
        private readonly object[] _arguments = new object[1];
        private readonly IEventProcessor _processor;
        private readonly IEventListener _listener;
        private readonly PduQueue _reports;
        private readonly AutoResetEvent _wake;

        public ReportListener(PduQueue reports, AutoResetEvent wake)
        {
            _reports = reports;
            _wake = wake;
            Type type = typeof(BluetoothLEAdvertisementReceivedEventArgs);
            _args = type.GetConstructor(new Type[0]).Invoke(null);
            _fetch = type.GetMethod("NativeCreateFromEvent", BindingFlags.Instance | BindingFlags.NonPublic);
            _data = type.GetField("_rawAdvertData", BindingFlags.Instance | BindingFlags.NonPublic);
            object manager = typeof(BluetoothLEServer).GetField("_bluetoothEventManager", BindingFlags.Static | BindingFlags.NonPublic).GetValue(null);
            _processor = (IEventProcessor)manager;
            _listener = (IEventListener)manager;
            EventSink.AddEventProcessor(EventCategory.Bluetooth, this);
            EventSink.AddEventListener(EventCategory.Bluetooth, this);
        }

        /// <summary>Connection handle of the client, or -1.</summary>
        public int Client { get; private set; } = -1;

        /// <summary>ATT_MTU of the client.</summary>
        public int Mtu { get; private set; }

        public BaseEvent ProcessEvent(uint data1, uint data2, DateTime time)
        {
            switch ((int)(data1 & 0xFF))
            {
                case Report:
                    _arguments[0] = (int)(data2 & 0xFFFF);

                    if ((bool)_fetch.Invoke(_args, _arguments))
                    {
                        byte[] data = (byte[])_data.GetValue(_args);
                        _reports.Add(data, data.Length);
                        _wake.Set();
                    }

                    return _handled;

                case Connected:
                    Client = (int)(data1 >> 16);
                    Mtu = 23;
                    _wake.Set();
                    break;

                case Disconnected:
                    Client = -1;
                    _wake.Set();
                    break;

                case SessionChanged:
                    Mtu = (int)(data2 >> 16);
                    break;
            }

            return _processor.ProcessEvent(data1, data2, time);
        }

        public void InitializeForEventSource()
        {
        }

        public bool OnEvent(BaseEvent ev)
        {
            return ev == _handled || _listener.OnEvent(ev);
        }
    }
}
