using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Board;
using MeshNode.Board.Bluetooth;
using MeshNode.Board.Files;
using MeshNode.Board.Memory;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Network;
using MeshNode.Proxy;
using MeshNode.Simulation;
using MeshNode.Tool.Run;

namespace MeshNode.Tool.Demonstration;

/// <summary>
/// The application that is flashed, on three virtual boards: unpacked, provisioned, a lamp switched through a proxy and a relay, then
/// everything that goes wrong with a radio, a phone and a power supply, for hours; and an account of every advert in the end.
/// </summary>
internal sealed class BoardDemonstration
{
    private const int BootTime = 4000;
    private const int Press = 200;
    private const int ButtonTime = 4000;
    private const int ButtonTries = 4;
    private const int Minute = 60000;
    private const int MinutesPerHour = 60;
    private const int BannerLines = 7;
    private const int LossTime = 30000;
    private const int LostAtOnce = 0x3E;
    private const int LinkLost = 0x08;
    private const int StormAdverts = 5000;
    private const int HourlyStormAdverts = 1000;
    private const int HourlyStormTime = 10000;
    private const int StormSwitches = 4;
    private const int StormSenders = 200;
    private const int MaxAdvert = 31;
    private const int LeastNativeMemory = 12288;
    private const int SecondGroup = 0xC002;
    private const int OnOffModel = 0x1000;
    private const int Rounds = 6;
    private const int Quantity = 200;
    private const int QuantityPause = 20;
    private const int Exchanges = 8;
    private const int ExchangePause = 1000;

    // Flags, and a service that is nobody's business here.
    private static readonly byte[] s_foreignAdvert = [0x02, 0x01, 0x06, 0x03, 0x03, 0x0F, 0x18];

    private readonly DemonstrationOptions _options;
    private readonly DemonstrationReport _report;
    private readonly Story _story;
    private readonly BoardMesh _mesh;
    private readonly ApplicationBoard _proxy;
    private readonly ApplicationBoard _relay;
    private readonly ApplicationBoard _far;
    private readonly ApplicationBoard[] _boards;
    private readonly VirtualAntenna _stranger;
    private readonly Random _random;
    private readonly Dictionary<ApplicationBoard, KnownNode> _known = [];
    private readonly List<BoardFigures> _figures = [];
    private int _asked;
    private int _switched;
    private int _presses;
    private int _cuts;
    private int _leastNative = int.MaxValue;

    public BoardDemonstration(DemonstrationOptions options, DemonstrationReport report, Story story)
    {
        _options = options;
        _report = report;
        _story = story;
        _mesh = new BoardMesh(options.Seed) { Mtu = options.Mtu };
        _mesh.Mesh.Radio.Quality = options.Quality;
        _proxy = Add("B1", "ESP32-S3-DevKitC");
        _relay = Add("B2", "ESP32-DevKitC");
        _far = Add("B3", "ESP32-C3-DevKit");
        _boards = [_proxy, _relay, _far];

        foreach (ApplicationBoard board in _boards)
        {
            board.Board.Ending += () => _leastNative = Math.Min(_leastNative, board.Board.Memory.LowWater);
        }

        VirtualRadio radio = _mesh.Mesh.Radio;
        _stranger = radio.Attach("Y", new SilentListener());
        radio.Connect(_proxy.Radio.Antenna, _mesh.Phone.Antenna);
        radio.Connect(_proxy.Radio.Antenna, _relay.Radio.Antenna);
        radio.Connect(_relay.Radio.Antenna, _far.Radio.Antenna);
        radio.Connect(_stranger, _proxy.Radio.Antenna);
        radio.Connect(_stranger, _relay.Radio.Antenna);
        _random = _mesh.Mesh.CreateRandom();
    }

    private VirtualPhone Phone => _mesh.Phone;

    /// <summary>Runs it to the end.</summary>
    /// <returns>Simulated milliseconds.</returns>
    public long Run()
    {
        SwitchOn();

        if (Join())
        {
            SwitchLamp();
            LoseClient();
            LoseLinkAtOnce();
            Storm();
            CutPower();
            LetHoursPass();
            Account();
            Memory();
        }

        return _mesh.Mesh.Clock.Now;
    }

    private ApplicationBoard Add(string name, string model)
    {
        BoardModel kind = BoardModel.All.Single(board => board.Name == model);

        return _mesh.AddBoard(name, kind.Profile, kind.Pins, kind.Settings);
    }

    private void SwitchOn()
    {
        _story.Begin(
            "Boards with the application for the ESP32, and the traps of the stock Bluetooth stack, are switched on",
            "phone ~~ GATT ~~ B1 (ESP32-S3-DevKitC) -- radio -- B2 (ESP32-DevKitC) -- radio -- B3 (ESP32-C3-DevKit)",
            "The debug channel of B1:");

        foreach (ApplicationBoard board in _boards)
        {
            board.PowerOn();
        }

        _mesh.Pass(BootTime);
        _report.Log(_proxy.Board.Log.Take(BannerLines).Select(static line => line.Text));
        _story.Check(_boards.All(static board => board.HasLogged("waits to be provisioned")), "all of them wait to be provisioned");
    }

    private bool Join()
    {
        _story.Begin("The phone provisions B1 over PB-GATT, a PC the others over PB-ADV; the phone configures all");
        _known[_proxy] = Provisioned(_proxy, _mesh.ProvisionOverGatt(_proxy), "PB-GATT")!;
        _known[_relay] = Provisioned(_relay, _mesh.ProvisionOverAdvertising(_relay), "PB-ADV")!;
        _known[_far] = Provisioned(_far, _mesh.ProvisionOverAdvertising(_far), "PB-ADV")!;

        if (_boards.Any(board => _known[board] == null))
        {
            return false;
        }

        bool opened = _mesh.OpenProxy(_proxy);
        _story.Check(opened, "B1 is connectable again, as a proxy, and has taken the phone's filter");
        bool configured = opened && _boards.All(board => _mesh.Configure(_known[board]));
        _story.Check(configured, $"all are configured: lamps subscribe to {BoardMesh.LampGroup:x4}, buttons publish to it");

        foreach (ApplicationBoard board in _boards)
        {
            long written = Phone.Configurations;
            _figures.Add(new BoardFigures(board, () => board == _proxy ? Phone.Configurations - written : 0));
        }

        return configured;
    }

    private KnownNode? Provisioned(ApplicationBoard board, KnownNode? known, string bearer)
    {
        bool ok = known != null && board.Node.Stack.Network.PrimaryAddress == known.Address;
        _story.Check(ok, ok ? $"{board.Name} is the node {known!.Address:x4}, over {bearer}" : $"{board.Name} is no node");

        return ok ? known : null;
    }

    private void SwitchLamp()
    {
        _story.Begin("The phone switches the lamp of B3, then somebody presses the button of B3");
        uint relayed = _relay.Node.Stack.Network.RelayCount(RelayVerdict.Relayed);
        bool on = _mesh.SetLamp(_known[_far].Address, true) && _far.IsLampOn;
        relayed = _relay.Node.Stack.Network.RelayCount(RelayVerdict.Relayed) - relayed;
        _story.Check(on && relayed > 0, $"GPIO of the lamp high, after B2 has relayed {relayed} PDUs there and back");
        bool off = PressUntilAllAre(_far, false);
        _story.Check(off, $"{_presses} {(_presses == 1 ? "press" : "presses")}: all three lamps are off, by the group");
    }

    private void LoseClient()
    {
        _story.Begin(
            "The phone goes out of range in the middle of an exchange",
            "B1 has the first value of a request. Both notice after the supervision timeout.");
        uint Values() => _proxy.Node.Stack.Proxy.Count(ProxyVerdict.Incomplete) + _proxy.Node.Stack.Proxy.Count(ProxyVerdict.Accepted);
        uint values = Values();
        Phone.Do(now => Phone.Configurator.SetUp(_known[_far], BoardMesh.AppKey, now));
        bool middle = _mesh.Until(() => Values() > values, Minute);
        Lose(LinkLost);
        bool noticed = Says("client gone") && _mesh.Until(() => !Phone.IsConnected, LossTime);
        _story.Check(middle && noticed, "B1 says: client gone");
        bool done = _mesh.OpenProxy(_proxy) && _mesh.Perform(now => Phone.Configurator.SetUp(_known[_far], BoardMesh.AppKey, now));
        _story.Check(done, "the phone has found B1 again, and done all of it");
    }

    private void LoseLinkAtOnce()
    {
        _story.Begin(
            "A link is lost before it was established (0x3E), which the stack of an S3 keeps to itself",
            "It advertises again, but nothing: no event comes, nobody can connect. B1 has to find out alone.");
        Phone.Disconnect();
        _mesh.Until(() => !Phone.IsConnected, LossTime);
        bool connected = _mesh.Until(() => Phone.SeesProxy(_proxy.Radio.Antenna) && Phone.Connect(_proxy.Radio, _options.Mtu, new GattParameters()), 2 * Minute);
        Lose(LostAtOnce);
        bool noticed = Says("client lost without a word");
        _story.Check(connected && noticed, "B1 says: client lost without a word");
        _story.Check(_mesh.OpenProxy(_proxy) && SetLamp(_far), "the phone is connected again, and switches the lamp of B3");
    }

    private void Storm()
    {
        _story.Begin(
            $"A storm: Y, beside B1 and B2, sends {StormAdverts} adverts within a minute",
            "Octets of chance, malformed AD structures, PDUs and beacons of other networks, PB-ADV;",
            "from 200 addresses, in all types of advert.");
        long start = _mesh.Mesh.Clock.Now;
        int switched = 0;
        StartStorm(StormAdverts, Minute);

        for (int i = 1; i <= StormSwitches; i++)
        {
            switched += SetLamp(_far) && _mesh.Mesh.Clock.Now < start + Minute ? 1 : 0;
            _mesh.Mesh.Clock.RunUntil(start + (i * Minute / StormSwitches));
        }

        _story.Check(switched == StormSwitches, $"the lamp of B3 was switched {switched} times meanwhile");
        _story.Check(
            _boards.All(static board => board.Board.Bluetooth.Counters.HandshakeTimeouts == 0 && board.Board.LostEvents == 0),
            "the library's thread for events was never late, and no event was lost");
    }

    private void CutPower()
    {
        _story.Begin(
            "Each board loses its power while it writes its flash",
            "The phone lets its lamp subscribe to another group. The power goes before a file is closed, then after.");

        foreach (ApplicationBoard board in _boards)
        {
            foreach (FlashFault fault in new[] { FlashFault.PowerLostBefore, FlashFault.PowerLostAfter })
            {
                CutPower(board, fault);
            }
        }
    }

    private void CutPower(ApplicationBoard board, FlashFault fault)
    {
        KnownNode known = _known[board];
        uint used = 0;
        board.Board.Files.Fault = (operation, _) =>
        {
            used = board.Node.Stack.Sequence.Next;

            return operation == FlashOperation.Commit ? fault : FlashFault.None;
        };
        int group = SecondGroup + (2 * Array.IndexOf(_boards, board)) + (fault == FlashFault.PowerLostAfter ? 1 : 0);
        ModelId model = ModelId.Sig(OnOffModel);

        if (!Phone.IsConnected)
        {
            _mesh.OpenProxy(_proxy);
        }

        // The last answer may have gone with the power.
        Phone.Do(now => Phone.Configurator.Subscribe(known, known.Address, group, model, now));
        bool cut = _mesh.Until(() => !board.Board.IsOn, 2 * Minute);
        board.Board.Files.Fault = null;
        _mesh.Pass(1000);

        if (cut)
        {
            board.PowerOn();
            _cuts++;
        }

        _mesh.Pass(BootTime);
        bool same = board.Node.Stack.Network.PrimaryAddress == known.Address && board.Node.Stack.Sequence.Next >= used;

        if (board == _proxy)
        {
            _mesh.Until(() => !Phone.IsConnected, LossTime);
        }

        bool reached = Phone.IsConnected || _mesh.OpenProxy(_proxy);
        reached = reached && _mesh.Perform(now => Phone.Configurator.Subscribe(known, known.Address, group, model, now));
        string when = fault == FlashFault.PowerLostBefore ? "before" : "after";
        _story.Check(cut && same && reached, $"{board.Name}, {when}: the node {known.Address:x4} again, SEQ {board.Node.Stack.Sequence.Next} beyond all that it had used; it takes what was lost");
    }

    private void LetHoursPass()
    {
        _story.Begin(
            _options.Hours == 1 ? "An hour of that" : $"{_options.Hours} hours of that",
            "In ten minutes: three buttons are pressed, one of them in a storm; twice the phone comes, switches lamps",
            "and goes, or its link is lost; a power cut.");

        for (int hour = 1; hour <= _options.Hours; hour++)
        {
            (int asked, int switched, int presses, int cuts) = (_asked, _switched, _presses, _cuts);

            for (int minute = 0; minute < MinutesPerHour; minute++)
            {
                long end = _mesh.Mesh.Clock.Now + Minute;
                Happen(((hour - 1) * MinutesPerHour) + minute);
                _mesh.Mesh.Clock.RunUntil(Math.Max(end, _mesh.Mesh.Clock.Now));
            }

            _report.Hour(hour, _switched - switched, _asked - asked, _presses - presses, _cuts - cuts, _boards);
        }

        _story.Check(_switched == _asked, $"{_switched} of {_asked} times all lamps were as they should, with {_presses} presses and {_cuts} power cuts");
    }

    // What happens in a minute of the hours.
    private void Happen(int minute)
    {
        int round = minute / 10;

        switch (minute % 10)
        {
            case 1:
            case 4:
            case 6:
                if (minute % 10 == 4)
                {
                    StartStorm(HourlyStormAdverts, HourlyStormTime);
                }

                ApplicationBoard pressed = _boards[round % _boards.Length];
                _asked++;
                _switched += PressUntilAllAre(pressed, !pressed.IsLampOn) ? 1 : 0;
                break;

            case 2:
            case 8:
                if (Phone.IsConnected || _mesh.OpenProxy(_proxy))
                {
                    SetLamp(_far);
                    SetLamp(_proxy);
                }
                else
                {
                    _asked++;
                }

                break;

            case 3 when round % 3 == 0:
            case 9:
                Phone.Disconnect();
                break;

            case 3:
                Lose(round % 3 == 1 ? LinkLost : LostAtOnce);
                break;

            case 5:
                // Not B2, whose native memory wears out.
                (round % 2 == 0 ? _proxy : _far).Board.PowerCycle();
                _cuts++;
                break;
        }
    }

    private void Account()
    {
        _story.Begin(
            "What has become of every advert and every value since the boards are nodes",
            "Figures of the virtual boards, of the application's log, and the verdicts of its stack; of all starts.");
        _mesh.Pass(1000);
        _report.Figures(_figures);
        string[] contradictions = [.. _figures.SelectMany(static figures => figures.Contradictions())];
        _story.Check(contradictions.Length == 0, contradictions.Length == 0 ? "what leaves one layer is in the next, but for what was in hand when the power went" : string.Join("; ", contradictions));
        Violation[] violations = [.. _boards.SelectMany(static board => board.Board.Violations)];
        _story.Check(violations.Length == 0, violations.Length == 0 ? "nothing was done that the stock Bluetooth stack does not bear" : string.Join("; ", violations.Select(static violation => violation.ToString())));
    }

    private void Memory()
    {
        _story.Begin(
            "Memory",
            "Managed: what the stock library allocates for each event, and what the application adds to it. Native.");
        _report.ManagedCost("a report", ManagedCost.RawReport);
        _report.ManagedCost("a value that is written", ManagedCost.Write);
        _report.ManagedCost("a notification", ManagedCost.Notification);
        long heard = _relay.Board.Allocations.RawReports;
        long reports = OwnOctets(_relay, HearForeign);
        heard = _relay.Board.Allocations.RawReports - heard;
        _story.Check(Math.Abs(reports) < Quantity && heard >= Rounds * Quantity / 2, $"the application's own for {Quantity} reports: none");
        bool connected = Phone.IsConnected || _mesh.OpenProxy(_proxy);
        long notified = _proxy.Board.Allocations.Notifications;
        long exchanges = OwnOctets(_proxy, Exchange);
        notified = _proxy.Board.Allocations.Notifications - notified;
        _story.Check(
            connected && Math.Abs(exchanges) < Exchanges && notified >= Rounds * Exchanges,
            $"the application's own for {Exchanges} messages of the phone and the answers: none, but to write its state");

        foreach (ApplicationBoard board in _boards)
        {
            _report.NativeMemory(board);
        }

        int least = Math.Min(_leastNative, _boards.Min(static board => board.Board.Memory.LowWater));
        _story.Check(least >= LeastNativeMemory, $"native: {least} octets were free at all times; the application restarts a board whose memory gets short");
    }

    // Without what .NET allocates for fetching a report, which is the desktop's affair. Rounds with something and rounds without; the least of each, as there is a line in the log now and then.
    private long OwnOctets(ApplicationBoard board, Action<bool> round)
    {
        ManagedAccount account = board.Board.Allocations;
        long call = ReflectionCost.Measure();
        long Own() => account.ApplicationOctets - (account.RawReports * call);
        long[] least = [long.MaxValue, long.MaxValue];

        for (int i = 0; i < 2 * Rounds; i++)
        {
            long before = Own();
            round(i % 2 == 1);
            least[i % 2] = Math.Min(least[i % 2], Own() - before);
        }

        return least[1] - least[0];
    }

    private void HearForeign(bool something)
    {
        for (int i = 0; i < Quantity; i++)
        {
            if (something)
            {
                _relay.Radio.OnAdvert(_stranger, new AdvertisingPdu((ulong)(StormSenders + i), true, AdvertisingType.Connectable, s_foreignAdvert));
            }

            _mesh.Pass(QuantityPause);
        }
    }

    // More or less often, but never so seldom that the application takes it for a pause and writes its state.
    private void Exchange(bool something)
    {
        for (int i = 0; i < 2 * Exchanges; i++)
        {
            if (something || i % 2 == 0)
            {
                byte[] message = GenericMessages.OnOffGet();
                Phone.Do(now => Phone.Client.OnOff.Send<GenericOnOffStatus>(_known[_proxy].Address, BoardMesh.AppKey, message, now));
            }

            _mesh.Pass(ExchangePause);
        }
    }

    // Whoever sees that not all lamps have followed presses again.
    private bool PressUntilAllAre(ApplicationBoard board, bool isOn)
    {
        for (int i = 0; i < ButtonTries; i++)
        {
            board.Press(Press);
            _presses++;

            if (_mesh.Until(() => _boards.All(other => other.IsLampOn == isOn), ButtonTime))
            {
                return true;
            }

            if (board.IsLampOn == isOn)
            {
                board.Press(Press);
                _presses++;
                _mesh.Pass(ButtonTime);
            }
        }

        return false;
    }

    private bool SetLamp(ApplicationBoard board)
    {
        bool isOn = !board.IsLampOn;
        bool done = _mesh.SetLamp(_known[board].Address, isOn) && board.IsLampOn == isOn;
        _asked++;
        _switched += done ? 1 : 0;

        return done;
    }

    private void Lose(int reason)
    {
        _proxy.Board.Bluetooth.Links.FirstOrDefault()?.Lose(reason);
    }

    // Whether B1 soon writes a line to its debug channel.
    private bool Says(string text)
    {
        int lines = _proxy.Board.Log.Count;

        return _mesh.Until(() => _proxy.Board.Log.Skip(lines).Any(line => line.Text.Contains(text)), LossTime);
    }

    // Goes on beside whatever else happens.
    private void StartStorm(int adverts, int milliseconds)
    {
        for (int i = 0; i < adverts; i++)
        {
            _mesh.Mesh.Clock.After(_random.Next(milliseconds), SendRubbish);
        }
    }

    private void SendRubbish()
    {
        byte[] data = new byte[_random.Next(MaxAdvert + 1)];
        _random.NextBytes(data);

        // Half of them look like something of a mesh.
        if (data.Length > 1 && _random.Next(2) == 0)
        {
            data[0] = (byte)(data.Length - 1 + _random.Next(2));
            data[1] = (byte)(0x29 + _random.Next(3));
        }

        AdvertisingType type = _random.Next(2) == 0 ? AdvertisingType.NonConnectable : (AdvertisingType)_random.Next(5);
        _mesh.Mesh.Radio.Broadcast(_stranger, new AdvertisingPdu((ulong)_random.Next(StormSenders), true, type, data));
    }
}
