using System;
using System.Threading;

namespace MeshNode.Bearers
{
    /// <summary>
    /// The bearers on a stock image, whose Bluetooth stack cannot do all of it at once. Without service tables (BARE) it sends adverts of a
    /// PDU one after the other; with them (PROXY) it is connectable, and sends nothing until a client has connected, slowly then. Tables come
    /// cheaply and go with a restart of the stack only, about 200 ms.
    /// </summary>
    /// <remarks>
    /// One client: with two, nobody could tell who writes. The scan runs in all states, and is restarted all the time, as the controller
    /// reports each sender once in a scan. A restart of the stack loses some 120 octets of native memory for good, an advert while a client is connected
    /// 36; the application watches that.
    /// </remarks>
    internal sealed class StockBearer : INodeBearer
    {
        private const int Client = 0;
        private const int Settle = 60;
        private const int ReportsAtOnce = 8;
        private const int EventsAtOnce = 4;
        private const int BusyTime = 1000;
        private const int CalmTime = 10000;
        private const int LastingTime = 60000;
        private const int FailuresOfDeafness = 3;
        private const int CheckTime = 5000;
        private const int ReportsToJudge = 20;

        // A link that was lost at once (0x3E) ends without a word on some chips: the client is not subscribed any more, or never was.
        private const int UnsubscribedTime = 3000;
        private const int NeverSubscribedTime = 20000;

        // Length and type of the Service Data structure stand before its first octet, the service's UUID after them: see ConnectableAdvertisement.
        private const int IdentificationTypeOffset = 11;
        private const int IdentityFlag = 0x01;

        // A beacon is not worth a restart of the stack or native memory, but for the one that somebody may wait for.
        private const int ConnectedBeaconTime = 60000;
        private const int ProxyBeaconTime = 600000;

        private readonly BearerSettings _settings;
        private readonly NodeLog _log;
        private readonly StockLibrary _library;
        private readonly StockRadio _radio;
        private readonly StockEvents _events;
        private readonly ReportQueue _reports;
        private readonly LinkQueue _links = new LinkQueue();
        private readonly byte[] _written = new byte[LinkQueue.MaxValue];
        private MeshStack _stack;
        private BearerState _state;
        private long _settled;

        // Whether the stack was told something that may bring its next deadline nearer.
        private bool _told;

        // The PDU that is being sent.
        private readonly byte[] _payload = new byte[AdvertisingData.MaxPayload];
        private int _type;
        private int _count;
        private int _tag;
        private int _left;
        private int _interval;
        private bool _pending;
        private bool _onAir;
        private long _airStart;
        private long _airEnd;
        private long _quietAt;
        private long _beaconSent;

        // The connectable advert.
        private readonly byte[] _data = new byte[AdvertisingData.MaxLength];
        private int _service;
        private int _dataCount;
        private int _shownCount;
        private bool _dataChanged;
        private long _windowEnd;
        private long _nextWindow;
        private long _solicitedAt;
        private int _solicitations;

        // The client.
        private bool _connected;
        private bool _subscribed;
        private bool _wasSubscribed;
        private bool _isNotConnectable;
        private bool _parked;
        private bool _drop;
        private long _lastTraffic;

        private long _scanStarted;
        private long _meshHeard;
        private long _lastingHeard;
        private int _fromLasting;
        private int _received;
        private long _receivedAt;
        private long _checkAt;
        private int _judged;
        private int _judgedWithoutFlags;

        private uint _sent;
        private uint _skipped;
        private uint _structures;
        private uint _values;
        private uint _notified;
        private uint _scans;
        private uint _restarts;
        private uint _lost;

        /// <param name="library">Is complete.</param>
        /// <param name="wake">Is set when something has come in.</param>
        public StockBearer(BearerSettings settings, StockLibrary library, NodeLog log, AutoResetEvent wake)
        {
            _settings = settings;
            _library = library;
            _log = log;
            _reports = new ReportQueue(settings.Reports);
            _radio = new StockRadio(library, _reports, _links, wake);
            _events = _radio.Events;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "nanoFramework.Device.Bluetooth " + _library.Version; }
        }

        /// <inheritdoc/>
        public string State
        {
            get
            {
                switch (_state)
                {
                    case BearerState.Bare:
                        return "BARE";

                    case BearerState.ProxyIdle:
                        return "PROXY";

                    case BearerState.ProxyConnected:
                        return "CONNECTED";

                    default:
                        return "LEAVING";
                }
            }
        }

        /// <inheritdoc/>
        public bool HasClient
        {
            get { return _connected; }
        }

        /// <inheritdoc/>
        public bool IsIdle
        {
            get { return !_connected && !_pending; }
        }

        /// <inheritdoc/>
        public bool IsWornOut
        {
            get { return _radio.IsWornOut; }
        }

        /// <inheritdoc/>
        public string Counters
        {
            get
            {
                return "reports " + _events.Received.ToString()
                    + " without flags " + _events.WithoutFlags.ToString()
                    + " ignored " + _events.Ignored.ToString()
                    + " solicitations " + _events.Solicitations.ToString()
                    + " mesh " + _structures.ToString()
                    + " dropped " + _reports.Dropped.ToString()
                    + ", sent " + _sent.ToString()
                    + " skipped " + _skipped.ToString()
                    + ", written " + _values.ToString()
                    + " overrun " + _links.Dropped.ToString()
                    + " notified " + _notified.ToString()
                    + " links lost " + _lost.ToString()
                    + ", scans " + _scans.ToString()
                    + " stack restarts " + _restarts.ToString();
            }
        }

        /// <inheritdoc/>
        public int TransmitCredit
        {
            get { return _pending ? 0 : 1; }
        }

        /// <inheritdoc/>
        public void Start(MeshStack stack, long now)
        {
            _stack = stack;
            _solicitedAt = now - _settings.SolicitationPeriod;
            _receivedAt = now;
            _checkAt = now + CheckTime;
            _meshHeard = now - CalmTime;
            _lastingHeard = now - LastingTime;
            StartScan(now);
        }

        /// <inheritdoc/>
        public void Send(int type, byte[] payload, int offset, int count, int transmissions, int interval, int tag)
        {
            Array.Copy(payload, offset, _payload, 0, count);
            _type = type;
            _count = count;
            _left = transmissions;
            _interval = interval;
            _tag = tag;
            _pending = true;
            _airStart = 0;
        }

        /// <inheritdoc/>
        public void SetConnectable(int service, byte[] data, int count, int interval)
        {
            // Never is the one service withdrawn after the other was shown.
            if (count == 0 && service != _service)
            {
                return;
            }

            if (service != _service)
            {
                _service = service;
                _windowEnd = 0;
                _nextWindow = 0;
                _shownCount = 0;
            }

            _dataCount = count;

            if (count > 0 && (count != _shownCount || !IsSame(data, count)))
            {
                Array.Copy(data, 0, _data, 0, count);
                _shownCount = count;
                _dataChanged = true;
            }
        }

        /// <inheritdoc/>
        public bool Notify(int connection, byte[] value, int offset, int count)
        {
            // The stack offers it again at a later tick.
            if (!_connected || count > LinkQueue.MaxValue || !_radio.Notify(value, offset, count))
            {
                return false;
            }

            _notified++;

            return true;
        }

        /// <inheritdoc/>
        public void Disconnect(int connection)
        {
            _drop = _connected && connection == Client;
        }

        /// <inheritdoc/>
        public void OpenWindow(int milliseconds, long now)
        {
            if (now + milliseconds > _windowEnd)
            {
                _windowEnd = now + milliseconds;
            }
        }

        /// <inheritdoc/>
        public bool Deliver(long now)
        {
            for (int i = 0; i < EventsAtOnce; i++)
            {
                int type = _links.Take(out int value, _written);

                if (type == 0)
                {
                    break;
                }

                OnLinkEvent(type, value, now);
            }

            int first = _reports.First;

            for (int i = 0; i < ReportsAtOnce && first >= 0; i++)
            {
                _structures++;
                _meshHeard = now;
                _stack.OnReceived(_reports.TypeOf(first), _reports.Octets, first, _reports.CountOf(first), now);
                _reports.Release();
                first = _reports.First;
            }

            return first >= 0;
        }

        /// <inheritdoc/>
        public long Tick(long now)
        {
            OpenWindows(now);
            long next = long.MaxValue;

            switch (_state)
            {
                case BearerState.Bare:
                    next = TickBare(now);
                    break;

                case BearerState.ProxyIdle:
                    next = TickProxyIdle(now);
                    break;

                case BearerState.ProxyConnected:
                    next = TickConnected(now);
                    break;

                case BearerState.Leaving:
                    if (now >= _settled)
                    {
                        Restart(now);
                        next = now;
                    }
                    else
                    {
                        next = _settled;
                    }

                    break;
            }

            if (now >= _checkAt)
            {
                Check(now);
            }

            if (_state != BearerState.Leaving)
            {
                long scanAt = _scanStarted + ScanTime(now);

                if (now >= scanAt)
                {
                    _radio.StopScan();
                    StartScan(now);
                    scanAt = now + ScanTime(now);
                }

                next = Earlier(next, scanAt);
            }

            if (_told)
            {
                _told = false;

                return now;
            }

            return next;
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }

        private bool IsSame(byte[] data, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (data[i] != _data[i])
                {
                    return false;
                }
            }

            return true;
        }

        private int ScanTime(long now)
        {
            long silence = now - _meshHeard;

            if (_fromLasting != _events.FromLastingAddress)
            {
                _fromLasting = _events.FromLastingAddress;
                _lastingHeard = now;
            }

            if (silence < CalmTime && now - _lastingHeard >= LastingTime)
            {
                return _settings.FreshScan;
            }

            return silence < BusyTime ? _settings.BusyScan : silence < CalmTime ? _settings.Scan : _settings.IdleScan;
        }

        private void StartScan(long now)
        {
            _radio.StartScan();
            _scanStarted = now;
            _scans++;
        }

        private void OpenWindows(long now)
        {
            if (_dataCount == 0)
            {
                return;
            }

            if (now >= _nextWindow)
            {
                bool isDevice = _service == GattService.Provisioning;

                if (_nextWindow == 0 && !isDevice)
                {
                    OpenWindow(_settings.BootWindow, now);
                }

                int period = isDevice ? _settings.UnprovisionedPeriod : _settings.WindowPeriod;
                OpenWindow(period == 0 ? 0 : isDevice ? _settings.UnprovisionedWindow : _settings.PeriodicWindow, now);
                _nextWindow = period == 0 ? long.MaxValue : now + period;
            }

            if (_solicitations != _events.Solicitations)
            {
                _solicitations = _events.Solicitations;

                if (_settings.SolicitedWindow > 0 && now - _solicitedAt >= _settings.SolicitationPeriod)
                {
                    _solicitedAt = now;
                    OpenWindow(_settings.SolicitedWindow, now);
                    _log.Write(now, "solicited");
                }
            }
        }

        private bool WantsProxy(long now)
        {
            if (_dataCount == 0 || _radio.IsWornOut)
            {
                return false;
            }

            bool isProxy = _service == GattService.Proxy;

            return now < _windowEnd
                || (isProxy && _settings.Base == BearerBase.Proxy)
                || (isProxy && (_data[IdentificationTypeOffset] & IdentityFlag) != 0);
        }

        private long TickBare(long now)
        {
            if (_onAir && now >= _airEnd)
            {
                _radio.EndTransmission();
                _onAir = false;
                _left--;
                long interval = _interval > _settings.Hold + _settings.Pause ? _interval : _settings.Hold + _settings.Pause;
                _airStart = _airEnd - _settings.Hold + interval;

                if (_left == 0)
                {
                    OnSent(now);
                }
            }

            if (_pending)
            {
                if (!_onAir && now >= _airStart)
                {
                    _radio.Transmit(_type, _payload, _count);
                    _onAir = true;
                    _airEnd = Environment.TickCount64 + _settings.Hold;
                }

                return _onAir ? _airEnd : _airStart;
            }

            if (!WantsProxy(now))
            {
                return _dataCount == 0 ? long.MaxValue : _nextWindow;
            }

            if (now < _quietAt)
            {
                return _quietAt;
            }

            if (_radio.Service != 0 && _radio.Service != _service)
            {
                Leave();

                return _settled;
            }

            _radio.StopScan();
            _radio.OpenTables(_service, _data, _dataCount);
            _dataChanged = false;
            StartScan(now);
            Enter(BearerState.ProxyIdle, now);

            return now;
        }

        private long TickProxyIdle(long now)
        {
            SkipBeacons(ProxyBeaconTime, now);

            if (_pending || !WantsProxy(now) || _radio.Service != _service)
            {
                Leave();

                return _settled;
            }

            if (_dataChanged)
            {
                _radio.ShowConnectable(_data, _dataCount);
                _dataChanged = false;
            }

            return now < _windowEnd ? Earlier(_windowEnd, _nextWindow) : _nextWindow;
        }

        private long TickConnected(long now)
        {
            int patience = _wasSubscribed ? UnsubscribedTime : NeverSubscribedTime;

            if (!_subscribed && now - _lastTraffic >= patience)
            {
                _lost++;
                _log.Write(now, "client lost without a word");
                _drop = true;
            }

            if (_drop)
            {
                _drop = false;
                OnClientGone(now);
                Leave();

                return _settled;
            }

            if (_onAir && now >= _airEnd)
            {
                _onAir = false;
                OnSent(now);
            }

            if (!_onAir)
            {
                SkipBeacons(ConnectedBeaconTime, now);
            }

            if (_pending && !_onAir)
            {
                int more = (_left < _settings.ConnectedTransmissions ? _left : _settings.ConnectedTransmissions) - 1;
                _radio.Transmit(_type, _payload, _count);
                _isNotConnectable = true;
                _parked = false;
                _onAir = true;
                _airEnd = Environment.TickCount64 + _settings.ConnectedHold + (more * _settings.ConnectedRepeat);
            }
            else if (!_onAir && _isNotConnectable && !_parked)
            {
                _radio.Park();
                _parked = true;
            }

            long next = _subscribed ? long.MaxValue : _lastTraffic + patience;

            return _onAir ? Earlier(next, _airEnd) : next;
        }

        private void SkipBeacons(int time, long now)
        {
            while (_pending && (_type == AdvertisingData.MeshBeacon || _type == AdvertisingData.Uri) && now - _beaconSent < time)
            {
                _skipped++;
                _pending = false;
                _told = true;
                _stack.OnSent(_tag, now);
            }
        }

        private void OnSent(long now)
        {
            if (_type == AdvertisingData.MeshBeacon)
            {
                _beaconSent = now;
            }

            _pending = false;
            _sent++;
            _quietAt = now + _settings.Quiet;
            _told = true;
            _stack.OnSent(_tag, now);
        }

        // A PDU that is on the air is sent again afterwards. Times count from what is done, not from the beginning of a round, in which the flash
        // may have been written.
        private void Leave()
        {
            _radio.StopScan();
            _onAir = false;
            _airStart = 0;
            _settled = Environment.TickCount64 + Settle;
            _state = BearerState.Leaving;
        }

        private void Restart(long now)
        {
            bool forget = _radio.Service != 0 && _service != 0 && _radio.Service != _service;
            _radio.Restart(forget);
            _restarts++;
            _isNotConnectable = false;
            _parked = false;
            StartScan(now);
            Enter(BearerState.Bare, now);
        }

        private void Enter(BearerState state, long now)
        {
            _state = state;
            _log.Write(now, state == BearerState.ProxyIdle && _service == GattService.Provisioning ? "PROXY, to be provisioned" : State);
        }

        private void OnLinkEvent(int type, int value, long now)
        {
            if (type == LinkEvent.Connected)
            {
                OnConnected(now);

                return;
            }

            if (!_connected)
            {
                return;
            }

            _lastTraffic = now;

            switch (type)
            {
                case LinkEvent.Disconnected:
                    OnDisconnected(now);
                    break;

                case LinkEvent.Mtu:
                    _log.Write(now, "ATT_MTU " + value.ToString());
                    _stack.OnMtuChanged(Client, value, now);
                    break;

                case LinkEvent.Subscribed:
                case LinkEvent.Unsubscribed:
                    _subscribed = type == LinkEvent.Subscribed;
                    _wasSubscribed |= _subscribed;
                    _stack.OnSubscribed(Client, _subscribed, now);
                    break;

                case LinkEvent.Written:
                    _values++;
                    _stack.OnWritten(Client, _written, 0, value, now);
                    break;
            }
        }

        private void OnConnected(long now)
        {
            if (!_radio.HasTables)
            {
                return;
            }

            if (_connected)
            {
                // The one before was lost without a word.
                _lost++;
                OnClientGone(now);
            }

            if (_state == BearerState.Leaving)
            {
                StartScan(now);
            }

            _connected = true;
            _subscribed = false;
            _wasSubscribed = false;
            _drop = false;
            _lastTraffic = now;
            Enter(BearerState.ProxyConnected, now);
            _stack.OnConnected(Client, now);
        }

        private void OnDisconnected(long now)
        {
            OnClientGone(now);

            if (_state != BearerState.ProxyConnected)
            {
                return;
            }

            // Stock images advertise again as they did last.
            if (_isNotConnectable)
            {
                Leave();
            }
            else
            {
                _onAir = false;
                Enter(BearerState.ProxyIdle, now);
            }
        }

        private void OnClientGone(long now)
        {
            _connected = false;
            _subscribed = false;
            OpenWindow(_settings.ReturnWindow, now);
            _log.Write(now, "client gone");
            _told = true;
            _stack.OnDisconnected(Client, now);
        }

        private void Check(long now)
        {
            _checkAt = now + CheckTime;
            int received = _events.Received;
            int withoutFlags = _events.WithoutFlags;

            if (received != _received)
            {
                _received = received;
                _receivedAt = now;
            }

            // Stock images from 1.14 on may drop all adverts without Flags, depending on what the call before the scan has left behind.
            if (received - _judged >= ReportsToJudge)
            {
                if (withoutFlags == _judgedWithoutFlags)
                {
                    _radio.SettlesScan = !_radio.SettlesScan;
                    _log.Write(now, "no advert without Flags among " + (received - _judged).ToString() + ": the scan is started differently");
                }

                _judged = received;
                _judgedWithoutFlags = withoutFlags;
            }

            bool isDeaf = _events.Failed >= FailuresOfDeafness || (_settings.Deafness > 0 && now - _receivedAt >= _settings.Deafness);

            if (isDeaf && !_onAir && _state != BearerState.Leaving)
            {
                _receivedAt = now;
                _log.Write(now, "nothing is heard: the stack is started anew");

                if (_connected)
                {
                    OnClientGone(now);
                }

                Leave();
            }
        }
    }
}
