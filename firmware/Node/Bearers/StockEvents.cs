using System;
using System.Reflection;
using System.Threading;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Advertisement;
using nanoFramework.Runtime.Events;

namespace MeshNode.Bearers
{
    /// <summary>
    /// Stands in front of the Bluetooth library's listener of native events: takes reports with one reused object and without parsing them, and
    /// learns of connections and ATT_MTU what the library keeps to itself.
    /// </summary>
    /// <remarks>
    /// The library's own way parses each report, a malformed one of which ends its thread, and allocates ten times as much. All that is not a report is
    /// handed on to the library. Runs on the thread of native events: copies, and neither waits nor throws.
    /// </remarks>
    internal sealed class StockEvents : IEventProcessor, IEventListener
    {
        private const int Report = 4;
        private const int Connected = 17;
        private const int Disconnected = 18;
        private const int SessionChanged = 19;
        private const int ByteMask = 0xFF;
        private const int WordMask = 0xFFFF;
        private const int SolicitationService = 0x1859;

        // The two most significant bits of a random address are 0 in one that is not resolvable.
        private const int AddressKindShift = 46;

        // What the library gives a listener instead of a report.
        private readonly BaseEvent _handled = new BaseEvent();
        private readonly BluetoothLEAdvertisementReceivedEventArgs _report;
        private readonly MethodInfo _fetch;
        private readonly FieldInfo _data;
        private readonly object[] _arguments = new object[1];
        private readonly IEventProcessor _processor;
        private readonly IEventListener _listener;
        private readonly ReportQueue _reports;
        private readonly LinkQueue _links;
        private readonly AutoResetEvent _wake;
        private int _received;
        private int _withoutFlags;
        private int _failed;
        private int _solicitations;
        private int _ignored;
        private int _fromLastingAddress;

        /// <param name="library">The library's private members.</param>
        public StockEvents(StockLibrary library, ReportQueue reports, LinkQueue links, AutoResetEvent wake)
        {
            _report = (BluetoothLEAdvertisementReceivedEventArgs)library.CreateReport.Invoke(null);
            _fetch = library.FetchReport;
            _data = library.ReportData;
            _processor = (IEventProcessor)library.EventManager;
            _listener = (IEventListener)library.EventManager;
            _reports = reports;
            _links = links;
            _wake = wake;
            EventSink.AddEventProcessor(EventCategory.Bluetooth, this);
            EventSink.AddEventListener(EventCategory.Bluetooth, this);
        }

        /// <summary>Reports fetched.</summary>
        public int Received
        {
            get { return _received; }
        }

        /// <summary>Of these, adverts that do not begin with Flags, as those of the mesh.</summary>
        public int WithoutFlags
        {
            get { return _withoutFlags; }
        }

        /// <summary>Reports that could not be fetched since the last one that could: the library's mutex is locked.</summary>
        public int Failed
        {
            get { return _failed; }
        }

        /// <summary>Solicitation PDUs heard. They are not authenticated.</summary>
        public int Solicitations
        {
            get { return _solicitations; }
        }

        /// <summary>
        /// Of the adverts of the mesh, those of senders that keep their address, and so are reported once in a scan: with a public, static or
        /// resolvable one. Others take a new one for each PDU.
        /// </summary>
        public int FromLastingAddress
        {
            get { return _fromLastingAddress; }
        }

        /// <summary>Reports of adverts that are not of the mesh, or not as its adverts must be.</summary>
        public int Ignored
        {
            get { return _ignored; }
        }

        /// <inheritdoc/>
        public BaseEvent ProcessEvent(uint data1, uint data2, DateTime time)
        {
            switch ((int)(data1 & ByteMask))
            {
                case Report:
                    Fetch((int)(data2 & WordMask));

                    return _handled;

                case Connected:
                    Tell(LinkEvent.Connected, (int)(data1 >> 16));
                    break;

                case Disconnected:
                    Tell(LinkEvent.Disconnected, (int)(data1 >> 16));
                    break;

                case SessionChanged:
                    Tell(LinkEvent.Mtu, (int)(data2 >> 16));
                    break;
            }

            return _processor.ProcessEvent(data1, data2, time);
        }

        /// <inheritdoc/>
        public void InitializeForEventSource()
        {
        }

        /// <inheritdoc/>
        public bool OnEvent(BaseEvent ev)
        {
            return ev == _handled || _listener.OnEvent(ev);
        }

        private void Tell(int type, int value)
        {
            _links.Add(type, value);
            _wake.Set();
        }

        private void Fetch(int id)
        {
            try
            {
                _arguments[0] = id;

                if (!(bool)_fetch.Invoke(_report, _arguments))
                {
                    _failed++;

                    return;
                }

                _failed = 0;
                _received++;
                Sort((byte[])_data.GetValue(_report));
            }
            catch (Exception)
            {
                // Out of memory: the report is lost, the thread must not be.
                _failed++;
            }
        }

        private void Sort(byte[] advert)
        {
            if (advert.Length < 2 || advert[0] == 0 || advert[0] >= advert.Length)
            {
                _withoutFlags++;
                _ignored++;

                return;
            }

            int type = advert[1];

            if (type != AdvertisingData.Flags)
            {
                _withoutFlags++;
            }

            // Only in non-connectable, non-scannable adverts: see Mesh Protocol 1.1, section 3.3.1.
            if (type >= AdvertisingData.PbAdv
                && type <= AdvertisingData.MeshBeacon
                && advert[0] <= AdvertisingData.MaxPayload + 1
                && _report.AdvertisementType == BluetoothLEAdvertisementType.NonConnectableUndirected)
            {
                if (_report.BluetoothAddressType != BluetoothAddressType.Random || _report.BluetoothAddress >> AddressKindShift != 0)
                {
                    _fromLastingAddress++;
                }

                _reports.Add(advert);
                _wake.Set();
            }
            else if (IsSolicitation(advert))
            {
                _solicitations++;
                _wake.Set();
            }
            else
            {
                _ignored++;
            }
        }

        private static bool IsSolicitation(byte[] advert)
        {
            int position = 0;

            while (position + 3 < advert.Length)
            {
                int length = advert[position];

                if (length == 0 || position + length >= advert.Length)
                {
                    return false;
                }

                if (length >= 3
                    && advert[position + 1] == AdvertisingData.ServiceData16
                    && (advert[position + 2] | (advert[position + 3] << 8)) == SolicitationService)
                {
                    return true;
                }

                position += length + 1;
            }

            return false;
        }
    }
}
