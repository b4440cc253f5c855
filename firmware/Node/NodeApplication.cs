using System;
using System.Device.Gpio;
using System.Threading;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Hardware;
using MeshNode.Models.Foundation;
using MeshNode.Models.Generic;
using MeshNode.Network;
using MeshNode.Provisioning;
using MeshNode.Storage;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace MeshNode
{
    /// <summary>
    /// The application of a board: a lamp and a button, and the node between them. The thread that calls <see cref="Run"/> owns all of it; native
    /// events only add to queues.
    /// </summary>
    public sealed class NodeApplication : IProvisioningClient, INodeClient, IHealthClient, IStateClient
    {
        private const int Faults = 4;
        private const int LongestWait = 1000;
        private const int RetryTime = 1000;
        private const int MemoryPeriod = 10000;
        private const int ResetShownTime = 2000;
        private const int Second = 1000;
        private const int ShortRunPart = 10;

        // Of NetworkVerdict and AccessVerdict, in their order.
        private static readonly string[] s_networkVerdicts = new string[]
        {
            "accepted", "length", "unknown NID", "duplicate", "IV Index", "source", "NetMIC", "own", "cached", "destination", "no room", "proxy off",
        };

        private static readonly string[] s_accessVerdicts = new string[]
        {
            "accepted", "opcode", "unknown opcode", "not bound", "not subscribed", "length", "prohibited",
        };

        private BoardPins _pins;
        private readonly NodeSettings _settings;
        private readonly NodeLog _log = new NodeLog();
        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private readonly Watchdog _watchdog;
        private LampOutput _lamp;
        private bool _isLampOn;
        private StatusLed _led;
        private Button _button;
        private INodeBearer _bearer;
        private GenericOnOffClient _client;
        private ProvisioningCapabilities _capabilities;
        private Node _node;
        private NodeStore _store;
        private bool _wantedOn;
        private bool _showsNumber;
        private uint _number;
        private long _attentionEnd;
        private long _resetShownEnd;
        private long _memoryAt;
        private long _countersAt;
        private bool _hasFailed;

        public NodeApplication(BoardPins pins, NodeSettings settings)
        {
            _pins = pins;
            _settings = settings;
            _watchdog = new Watchdog(settings.Watchdog);
        }

        /// <summary>The node, once it has started.</summary>
        public Node Node
        {
            get { return _node; }
        }

        /// <summary>Its bearers, once it has started.</summary>
        public INodeBearer Bearer
        {
            get { return _bearer; }
        }

        /// <summary>Runs for ever.</summary>
        public void Run()
        {
            Start();

            while (true)
            {
                Step();
            }
        }

        /// <summary>Starts everything. <see cref="Step"/> is called for ever after that.</summary>
        public void Start()
        {
            long now = Environment.TickCount64;
            int reason = RestartNote.Take(out int level);
            _watchdog.Start();
            _log.Write(now, "MeshNode " + typeof(NodeApplication).Assembly.GetName().Version.ToString() + ", " + _pins.Board);
            _log.Write(now, SystemInfo.Platform + ", image " + SystemInfo.TargetName + " " + SystemInfo.Version.ToString());

            if (reason != RestartReason.None)
            {
                _log.Write(now, "planned restart: " + RestartReason.NameOf(reason));
            }

            GpioController controller = new GpioController();
            _led = new StatusLed(controller, _pins.Status, _pins.StatusActiveLow);
            _lamp = _pins.Output ?? new SwitchedOutput();

            if (!_lamp.Open(controller, _pins.Lamp, _pins.LampActiveLow))
            {
                Fail("GPIO " + _pins.Lamp.ToString() + " cannot drive the lamp");
            }

            _button = new Button(controller, _pins.Button, _pins.ButtonHasPullUp, _wake);
            _pins = null;
            StartBearer();
            ComposeNode();
            OpenStore();
            now = Environment.TickCount64;
            LogMemory(now);
            _bearer.Start(_node.Stack, now);

            if (_node.IsProvisioned)
            {
                LogAddress(now);
            }
            else
            {
                StartUnprovisioned(now);
            }

            if (reason != RestartReason.None)
            {
                _settings.Lamp.Set(level, now);
            }

            _memoryAt = now + MemoryPeriod;
            _countersAt = _settings.CountersPeriod == 0 ? long.MaxValue : now + _settings.CountersPeriod;
        }

        /// <summary>A round of the main loop, which waits until there is something to do.</summary>
        public void Step()
        {
            long now = Environment.TickCount64;
            _watchdog.Feed(now);
            bool hasMore = _bearer.Deliver(now);
            OnButton(_button.Poll(now), now);
            long next = _node.Tick(now);
            next = Earlier(next, _bearer.Tick(now));
            next = Earlier(next, _button.Next);
            next = Earlier(next, Keep(now));
            next = Earlier(next, ShowStatus(now));

            if (!hasMore)
            {
                long wait = next - Environment.TickCount64;

                if (wait > 0)
                {
                    _wake.WaitOne((int)Earlier(wait, LongestWait), false);
                }
            }
        }

        /// <inheritdoc/>
        public void OnAttention(int seconds, long now)
        {
            if (seconds > 0 || now < _attentionEnd)
            {
                _log.Write(now, "attention " + seconds.ToString() + " s");
            }

            _attentionEnd = now + (seconds * Second);
        }

        /// <inheritdoc/>
        public bool RunTest(int testId, long now)
        {
            _log.Write(now, "self-test " + testId.ToString());

            return testId == 0;
        }

        /// <inheritdoc/>
        public void OnStateChanged(Model server, int value, long now)
        {
            int level = _settings.Lamp.LevelOf(value);
            bool isOn = level > 0;
            _wantedOn = isOn;
            _lamp.Show(level);

            if (isOn != _isLampOn)
            {
                _isLampOn = isOn;
                _log.Write(now, isOn ? "lamp on" : "lamp off");
            }
        }

        /// <inheritdoc/>
        public bool ShowNumber(int action, uint number, int digits, long now)
        {
            _showsNumber = action == OutputOobAction.Blink;
            _number = number;
            _log.Write(now, "output OOB " + number.ToString().PadLeft(digits, '0'));

            return true;
        }

        /// <inheritdoc/>
        public bool ShowText(byte[] text, int count, long now)
        {
            char[] characters = new char[count];

            for (int i = 0; i < count; i++)
            {
                characters[i] = (char)text[i];
            }

            _log.Write(now, "output OOB " + new string(characters));

            return true;
        }

        /// <inheritdoc/>
        public bool RequestInput(int action, int size, long now)
        {
            return false;
        }

        /// <inheritdoc/>
        public void OnOobEnded(long now)
        {
            _showsNumber = false;
        }

        /// <inheritdoc/>
        public void OnProvisioned(ProvisioningData data, byte[] deviceKey, long now)
        {
            _log.Write(now, "provisioned");
            LogAddress(now);
        }

        /// <inheritdoc/>
        public void OnFailed(int error, long now)
        {
            _log.Write(now, "provisioning has failed, error " + error.ToString());
        }

        /// <inheritdoc/>
        public void OnReset(long now)
        {
            _log.Write(now, "has left its network");
            StartUnprovisioned(now);
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }

        private void StartBearer()
        {
            long now = Environment.TickCount64;
            StockLibrary library = new StockLibrary();

            if (!library.IsComplete)
            {
                Fail("nanoFramework.Device.Bluetooth " + library.Version + " lacks members that " + StockLibrary.KnownVersion + " has: deploy that version, and an image that goes with it");
            }

            if (library.Version != StockLibrary.KnownVersion)
            {
                _log.Write(now, "nanoFramework.Device.Bluetooth " + library.Version + " is not " + StockLibrary.KnownVersion + ", which the bearers are made for");
            }

            _bearer = new StockBearer(_settings.Bearer, library, _log, _wake);
            _log.Write(Environment.TickCount64, "bearer " + _bearer.Name + " (its native checksum cannot be read here)");
        }

        private void ComposeNode()
        {
            // The generator gives true random numbers from here on, as the radio is on.
            ChipRandom random = new ChipRandom();
            byte[] uuid = DeviceUuid.Get(random, out bool isKept);
            string text = "";

            for (int i = 0; i < uuid.Length; i++)
            {
                text += uuid[i].ToString("X2");
            }

            _log.Write(Environment.TickCount64, "device UUID " + text + (isKept ? "" : ", cannot be kept"));
            Composition composition = new Composition(_settings.Company, _settings.Product, _settings.ProductVersion);
            Element element = composition.AddElement(0);
            element.Add(new ConfigurationServer(true, true, true));
            element.Add(new HealthServer(this, Faults));
            element.Add(new SarConfigurationServer());
            _settings.Lamp.Compose(element, this);

            for (int i = 0; _settings.Models != null && i < _settings.Models.Length; i++)
            {
                element.Add(_settings.Models[i]);
            }

            _client = new GenericOnOffClient(null);
            composition.AddElement(0).Add(_client);
            _settings.Profile.ProxyClients = 1;
            _node = new Node(_bearer, _bearer, random, composition, _settings.Profile);
            _node.Client = this;
            _settings.Profile = null;
            _capabilities = new ProvisioningCapabilities
            {
                Uuid = uuid,
                Algorithms = _settings.Algorithms,
                StaticOob = _settings.StaticOob,
                OutputOobSize = _settings.OutputOobSize,
                OutputOobActions = _settings.OutputOobActions,
            };

            if (!_capabilities.IsValid)
            {
                Fail("the settings for provisioning contradict each other");
            }
        }

        private void OpenStore()
        {
            _store = new NodeStore(_node, new FileMedium(_settings.JournalSize));
            long now = Environment.TickCount64;
            JournalVerdict verdict = _store.Open(now);

            if (verdict == JournalVerdict.ReadFailed)
            {
                _log.Write(now, "error: the state cannot be read, tries again");
            }

            while (verdict == JournalVerdict.ReadFailed)
            {
                ShowError(RetryTime);
                verdict = _store.Open(Environment.TickCount64);
            }

            string text = "state ";

            switch (verdict)
            {
                case JournalVerdict.Loaded:
                    text += "loaded";
                    break;

                case JournalVerdict.Empty:
                    text += "empty";
                    break;

                case JournalVerdict.UnknownVersion:
                    text += "of a newer version, not used";
                    break;

                default:
                    text += "unusable, begins anew";
                    break;
            }

            _log.Write(now, text + ", start " + _store.BootCounter.ToString() + ", damaged records " + _store.Journal.Damaged.ToString());
        }

        private void StartUnprovisioned(long now)
        {
            _node.StartUnprovisioned(_capabilities, this, now);
            _log.Write(now, "waits to be provisioned");
        }

        private void OnButton(int action, long now)
        {
            switch (action)
            {
                case ButtonAction.Press:
                    Toggle(now);
                    break;

                case ButtonAction.Hold:
                    _log.Write(now, "button held: connectable");
                    _bearer.OpenWindow(_settings.Bearer.ButtonWindow, now);
                    StartNodeIdentity(now);
                    break;

                case ButtonAction.Reset:
                    _log.Write(now, "button held: reset");
                    _resetShownEnd = now + ResetShownTime;

                    if (_node.IsProvisioned)
                    {
                        _node.Leave(now);
                    }

                    break;
            }
        }

        private void Toggle(long now)
        {
            bool isOn = !_wantedOn;
            Publication publication = _client.Publication;

            if (_node.IsProvisioned && publication != null && publication.Address != Address.Unassigned)
            {
                _log.Write(now, "button: " + (isOn ? "on" : "off") + " to " + publication.Address.ToString("X4"));
                _client.Set(isOn, false, now);
            }
            else
            {
                _log.Write(now, "button: the client has no publication, own lamp");
                _settings.Lamp.Set(isOn ? LampModels.Highest : 0, now);
            }

            _wantedOn = isOn;
        }

        private void StartNodeIdentity(long now)
        {
            SubnetTable subnets = _node.Stack.Subnets;

            for (int i = 0; i < subnets.Capacity; i++)
            {
                if (subnets[i] != null)
                {
                    _node.Stack.Advertiser.StartNodeIdentity(subnets[i], now);
                }
            }
        }

        private long ShowStatus(long now)
        {
            int pattern = LedPattern.Off;

            if (_store.HasFailed)
            {
                pattern = LedPattern.Error;
            }
            else if (now < _resetShownEnd)
            {
                pattern = LedPattern.Reset;
            }
            else if (_showsNumber)
            {
                pattern = LedPattern.Number;
            }
            else if (now < _attentionEnd)
            {
                pattern = LedPattern.Attention;
            }
            else if (_bearer.HasClient)
            {
                pattern = LedPattern.Connected;
            }
            else if (!_node.IsProvisioned)
            {
                pattern = LedPattern.Unprovisioned;
            }

            _led.Show(pattern, _number, now);

            return _led.Tick(now);
        }

        private long Keep(long now)
        {
            if (_store.HasFailed != _hasFailed)
            {
                _hasFailed = _store.HasFailed;
                _log.Write(now, _hasFailed ? "error: the state cannot be written" : "the state is written again");
            }

            if (now >= _memoryAt)
            {
                _memoryAt = now + MemoryPeriod;
                WatchMemory(now);
            }

            if (now >= _countersAt)
            {
                _countersAt = now + _settings.CountersPeriod;
                LogCounters(now);
            }

            return Earlier(_memoryAt, _countersAt);
        }

        private void WatchMemory(long now)
        {
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out uint _, out uint _, out uint largest);

            // The lamp goes out for a moment.
            bool isIdle = _bearer.IsIdle && !_isLampOn && now >= _attentionEnd && !_showsNumber && now >= _settings.LeastRun;

            if (isIdle && _bearer.IsWornOut)
            {
                Restart(RestartReason.Services, now);
            }

            if ((isIdle && largest < _settings.LowMemory) || (largest < _settings.ShortMemory && now >= _settings.LeastRun / ShortRunPart))
            {
                Restart(RestartReason.NativeMemory, now);
            }
        }

        private void Restart(int reason, long now)
        {
            _log.Write(now, "restart: " + RestartReason.NameOf(reason));
            _store.Flush(now);
            RestartNote.Leave(reason, _settings.Lamp.Present(now));
            Power.RebootDevice();
        }

        private void LogAddress(long now)
        {
            _log.Write(
                now,
                "node " + _node.Stack.Network.PrimaryAddress.ToString("X4")
                    + ", IV Index " + _node.Stack.IvIndex.Current.ToString("X8")
                    + ", SEQ " + _node.Stack.Sequence.Next.ToString());
        }

        private void LogMemory(long now)
        {
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out uint _, out uint free, out uint largest);
            _log.Write(
                now,
                "memory managed " + nanoFramework.Runtime.Native.GC.Run(false).ToString()
                    + " native " + free.ToString()
                    + " largest " + largest.ToString());
        }

        private void LogCounters(long now)
        {
            _log.Write(now, _bearer.State + ": " + _bearer.Counters);
            NetworkLayer network = _node.Stack.Network;
            string text = "network PDUs";

            for (int i = 0; i < s_networkVerdicts.Length; i++)
            {
                text += Counter(s_networkVerdicts[i], network.Count((NetworkVerdict)i));
            }

            text += "; messages";

            for (int i = 0; i < s_accessVerdicts.Length; i++)
            {
                text += Counter(s_accessVerdicts[i], _node.Access.Count((AccessVerdict)i));
            }

            _log.Write(now, text);
            LogMemory(now);
        }

        private static string Counter(string name, uint count)
        {
            return count == 0 ? "" : " " + name + " " + count.ToString();
        }

        private void Fail(string reason)
        {
            _log.Write(Environment.TickCount64, "error: " + reason);

            while (true)
            {
                ShowError(RetryTime);
            }
        }

        private void ShowError(int milliseconds)
        {
            long end = Environment.TickCount64 + milliseconds;
            long now = Environment.TickCount64;

            while (now < end)
            {
                _watchdog.Feed(now);
                _led.Show(LedPattern.Error, 0, now);
                Thread.Sleep((int)(Earlier(_led.Tick(now), end) - now));
                now = Environment.TickCount64;
            }
        }
    }
}
