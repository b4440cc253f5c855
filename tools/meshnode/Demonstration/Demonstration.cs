using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Kit.Client;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Provisioning;
using MeshNode.Kit.Proxy;
using MeshNode.Network;
using MeshNode.Provisioning;
using MeshNode.Proxy;
using MeshNode.Simulation;

namespace MeshNode.Tool.Demonstration;

/// <summary>
/// The story that <c>meshnode</c> tells: devices out of the box are provisioned and configured, a phone switches a lamp that only relays can
/// reach, a button switches a group of lamps, the keys are refreshed without a node that was lost; then what a mesh refuses.
/// </summary>
internal sealed class Demonstration
{
    private const int Attempts = 12;
    private const int AnswerTime = 1500;
    private const int ConnectTime = 20000;
    private const int ProvisioningTime = 240000;
    private const int ConfigurationTime = 600000;
    private const int SettleTime = 400;
    private const int RequestTimeout = 4000;
    private const int RequestTries = 20;
    private const int CutAfter = 10;
    private const int WriteTime = 3000;
    private const int PauseTime = 1000;
    private const int RefusedTime = 180000;
    private const int SecondGroup = 0xC002;
    private const int LampModel = 0x1300;
    private const int OnOffModel = 0x1000;
    private const int ButtonModel = 0x1001;

    private readonly DemonstrationOptions _options;
    private readonly DemonstrationReport _report;
    private readonly StepRecorder _step;
    private readonly VirtualMesh _mesh;
    private readonly List<(string What, NetworkVerdict? Verdict)> _intrusions = [];
    private readonly Dictionary<VirtualNode, byte[]> _labels = [];
    private readonly Story _story;

    public Demonstration(DemonstrationOptions options, DemonstrationReport report, Story story)
    {
        _options = options;
        _report = report;
        _story = story;
        Nodes = new DemonstrationMesh(options);
        _mesh = Nodes.Mesh;
        _step = new StepRecorder(_mesh, Nodes.Reader);
        _mesh.Traced += _step.Add;

        if (options.Verbose)
        {
            _mesh.Traced += report.Event;
        }
    }

    public DemonstrationMesh Nodes { get; }

    private VirtualPhone Phone => Nodes.Phone;

    private MeshNetwork Owner => Nodes.Network;

    /// <summary>Runs it to the end.</summary>
    /// <returns>Simulated milliseconds.</returns>
    public long Run()
    {
        _report.Introduction(_options, Nodes);
        TakeOutOfTheBox();

        if (ProvisionOverGatt() && ProvisionOverRadio() && OpenProxy() && Configure())
        {
            SwitchLamp();
            PressButton();
            CutPower();
            Intrude();
            RefreshKeys();
        }

        _mesh.Traced -= _step.Add;
        _report.Counters(_mesh);

        return _mesh.Clock.Now;
    }

    // Every device has a static OOB value, printed on it.
    private void TakeOutOfTheBox()
    {
        Random random = _mesh.CreateRandom();

        foreach (VirtualNode node in _mesh.Nodes)
        {
            byte[] label = new byte[ProvisioningAlgorithm.MaxValueSize];
            random.NextBytes(label);
            _labels.Add(node, label);
            node.Do((firmware, now) => firmware.StartUnprovisioned(new ProvisioningCapabilities { Uuid = node.Uuid, StaticOob = label, OnlyOob = true }, new SilentApplication(), now));
        }

        Phone.Join();

        foreach (ClientModel client in new ClientModel[] { Phone.Client.Configuration, Phone.Client.OnOff })
        {
            client.Timeout = RequestTimeout;
            client.Tries = RequestTries;
        }
    }

    private bool ProvisionOverGatt()
    {
        VirtualNode device = Nodes.Proxy;
        Begin(
            "The phone provisions P over PB-GATT",
            "P advertises the Mesh Provisioning Service. The phone has read the static OOB value on its label.");
        bool seen = Until(() => Phone.SeesDevice(device), ConnectTime);

        if (seen)
        {
            Phone.Connect(device, _options.Mtu, new GattParameters());
            Phone.Provision(Policy(device));
            Until(() => Phone.IsFinished, ProvisioningTime);
        }

        EndQuietly();
        Check(seen, $"P is seen by its Device UUID {Convert.ToHexStringLower(device.Uuid)}");

        return CheckNode(device, Phone.Provisioned, Phone.Choice);
    }

    private bool ProvisionOverRadio()
    {
        Begin(
            "A PC with a radio provisions the others over PB-ADV",
            "It hears their Unprovisioned Device beacons. Lost segments are sent again until they are acknowledged.");
        bool all = true;

        foreach (VirtualNode device in _mesh.Nodes.Where(node => node != Nodes.Proxy))
        {
            if (Until(() => Nodes.Installer.Hears(device.Uuid), ConnectTime))
            {
                Nodes.Installer.Provision(device.Uuid, Policy(device));
                Until(() => Nodes.Installer.IsFinished, ProvisioningTime);
            }

            all &= CheckNode(device, Nodes.Installer.Provisioned, Nodes.Installer.Choice);
        }

        EndQuietly();

        return all;
    }

    private ProvisioningPolicy Policy(VirtualNode device)
    {
        return new ProvisioningPolicy { StaticOob = _labels[device], AllowNoOob = false };
    }

    private bool CheckNode(VirtualNode device, KnownNode? known, ProvisioningChoice? choice)
    {
        bool ok = known != null && device.Stack.Network.PrimaryAddress == known.Address;
        string how = choice?.Algorithm == ProvisioningAlgorithm.HmacSha256 ? "HMAC-SHA256, static OOB" : "another algorithm";
        Check(ok, ok ? $"{device.Name} is the node {known!.Address:x4} with {known.Elements} elements; {how}" : $"{device.Name} is no node");

        if (ok)
        {
            Nodes.Add(device, known!);
        }

        return ok;
    }

    private bool OpenProxy()
    {
        Begin(
            "The phone finds P as a proxy and connects again",
            "P advertises its Node Identity for a minute. A new client gets a Secure Network beacon and sets its filter.");
        bool found = Until(() => !Phone.IsConnected && Phone.SeesProxy(Nodes.Proxy), ConnectTime);

        if (found)
        {
            Phone.Connect(Nodes.Proxy, _options.Mtu, new GattParameters());
            Phone.OpenProxy();
        }

        bool verified = found && Until(() => Phone.FilterState == FilterState.Verified, ConnectTime);
        End();
        Check(found, "P is known by its identity, which only the network's key makes");
        Check(verified, "Filter Status says what the phone has asked for: accept list, its own address");

        return verified;
    }

    private bool Configure()
    {
        Begin(
            "Through the proxy the phone configures every node",
            "It reads the composition, gives an application key, binds the models, lets the lamps subscribe to a group",
            "and the button of F publish to it. Device keys secure all that: no other node can read it.");
        bool all = true;

        foreach (VirtualNode node in _mesh.Nodes)
        {
            KnownNode known = Nodes.Known(node);
            bool done = Perform(now => Phone.Configurator.SetUp(known, DemonstrationMesh.LightAppKey, now))
                && Perform(now => Phone.Configurator.Subscribe(known, known.Address, DemonstrationMesh.LampGroup, ModelId.Sig(OnOffModel), now));
            int models = known.Composition?.Elements.Sum(static element => element.Models.Count()) ?? 0;
            Check(done, $"{node.Name} has {models} models in {known.Elements} elements; they are bound, its lamp subscribes to {DemonstrationMesh.LampGroup:x4}");
            all &= done;
        }

        KnownNode far = Nodes.Known(Nodes.Far);
        PublicationParameters parameters = new(DemonstrationMesh.LightAppKey, RetransmitCount: 2, RetransmitSteps: 3);
        bool publishes = all && Perform(now => Phone.Configurator.Publish(far, far.Address + 1, DemonstrationMesh.LampGroup, parameters, ModelId.Sig(ButtonModel), now));
        EndQuietly();
        Check(publishes, $"the button of F publishes to {DemonstrationMesh.LampGroup:x4}");

        return publishes;
    }

    private void SwitchLamp()
    {
        int address = Nodes.Known(Nodes.Far).Address;
        Begin("Phone to F and back: Generic OnOff Get, then Set", "The lamp of F, behind two relays, is switched with the application key.");
        GenericOnOffStatus? before = Ask(address, GenericMessages.OnOffGet());
        GenericOnOffStatus? after = Ask(address, GenericMessages.OnOffSet(true, Phone.Client.OnOff.NextTransactionId()));
        End();
        Check(before is { Present: 0 }, "Get is answered by Status: off");
        Check(after is { Present: 1 } && Nodes.IsOn(Nodes.Far), "Set is answered by Status: on, and the lamp is on");
    }

    private void PressButton()
    {
        Begin("The button of F is pressed", $"Its Generic OnOff Client publishes to the group {DemonstrationMesh.LampGroup:x4}, to which every lamp subscribes.");
        Repeat(
            () => Nodes.Far.Do((_, now) => Nodes.Button(Nodes.Far).Set(true, false, now)),
            () => _mesh.Nodes.All(Nodes.IsOn));
        End();
        Check(_mesh.Nodes.All(Nodes.IsOn), $"all {_mesh.Nodes.Count} lamps are on");
    }

    private void CutPower()
    {
        VirtualNode proxy = Nodes.Proxy;
        KnownNode known = Nodes.Known(proxy);
        Begin(
            "P loses its power while it writes to its flash",
            $"The phone lets the lamp of P subscribe to {SecondGroup:x4}. The power goes after {CutAfter} octets of that, and comes back after a second.");
        bool asked = false;
        byte[][] written = [];

        // A change may have gone along with another write before the phone has its answer: then the next one.
        for (int i = 0; i < Attempts && proxy.IsOn; i++)
        {
            proxy.Flash!.CutAfter = null;
            asked = Perform(now => Phone.Configurator.Subscribe(known, known.Address, SecondGroup + i, ModelId.Sig(OnOffModel), now));
            written = [.. Phone.LastMessage];
            proxy.Flash.CutAfter = CutAfter;
            Until(() => !proxy.IsOn, WriteTime);
        }

        bool off = !proxy.IsOn;
        proxy.Flash!.CutAfter = null;
        Until(() => false, PauseTime);
        uint last = proxy.Stack.Sequence.Next;

        if (off)
        {
            proxy.Restart();
        }

        uint starts = proxy.Node.Store?.BootCounter ?? 0;
        Check(asked && off, "the phone was answered, and P lost its power before it had written that");
        Check(
            proxy.Stack.Network.PrimaryAddress == known.Address && proxy.Stack.Sequence.Next >= last,
            $"P is the node {known.Address:x4} again at its start {starts}, and goes on at SEQ {proxy.Stack.Sequence.Next}: it had used those below {last}");

        bool found = Until(() => !Phone.IsConnected && Phone.SeesProxy(proxy), ConnectTime);

        if (found)
        {
            Phone.Connect(proxy, _options.Mtu, new GattParameters());
            Phone.OpenProxy();
        }

        Until(() => Phone.IsConnected, ConnectTime);
        Settle();
        uint replayed = proxy.Node.LowerTransport.Count(LowerTransport.LowerTransportVerdict.Replayed);
        Phone.Do(_ => Array.ForEach(written, value => Phone.Write(value, 0, value.Length)));
        bool refused = Until(() => proxy.Node.LowerTransport.Count(LowerTransport.LowerTransportVerdict.Replayed) > replayed, ConnectTime);
        Check(found && refused, "what the phone has written before, written again: its network layer has forgotten it, the replay protection list in the flash has not");
        bool verified = Until(() => Phone.FilterState == FilterState.Verified, RefusedTime);
        bool done = Perform(now => Phone.Configurator.Subscribe(known, known.Address, SecondGroup, ModelId.Sig(OnOffModel), now));
        EndQuietly();
        Check(verified && done, "the phone is served as before, and asks once more for what was lost");
    }

    private void RefreshKeys()
    {
        VirtualNode lost = Nodes.Far;
        List<VirtualNode> others = [.. _mesh.Nodes.Where(node => node != lost)];
        Begin(
            "F is lost: the phone refreshes the keys without it",
            "Every other node gets a new network key and application key, then all change over,",
            "then the old keys are forgotten.");
        bool refreshed = Perform(now => Phone.Configurator.RefreshKeys(Subnet.PrimaryNetKeyIndex, [Nodes.Known(lost)], now));
        Nodes.Reader.Add(Owner.NetKeys[0].Key, Owner.IvIndex);
        EndQuietly();
        Check(refreshed, "all nodes but F have the new keys and have forgotten the old ones");

        if (!refreshed)
        {
            return;
        }

        Begin("The phone switches all lamps off, then the button of F is pressed again", "F still has the old keys: nobody understands it any more.");
        Repeat(() => Phone.Do(SwitchOff), () => !others.Exists(Nodes.IsOn));
        bool off = !others.Exists(Nodes.IsOn);
        uint heard = others.Aggregate(0u, static (sum, node) => sum + node.Stack.Network.Count(NetworkVerdict.UnknownNid));
        lost.Do((_, now) => Nodes.Button(lost).Set(true, false, now));
        Until(() => false, AnswerTime);
        bool understood = others.Exists(Nodes.IsOn);
        heard = others.Aggregate(0u, static (sum, node) => sum + node.Stack.Network.Count(NetworkVerdict.UnknownNid)) - heard;
        EndQuietly();
        Check(off, "all lamps but that of F are off, and that one has stayed on");
        Check(Nodes.IsOn(lost) && heard > 0 && !understood, $"{heard} PDUs of F were heard, with a NID that no node knows: all lamps stay off");
    }

    private void SwitchOff(long now)
    {
        byte[] message = GenericMessages.OnOffSet(false, Phone.Client.OnOff.NextTransactionId(), acknowledged: false);
        Phone.Client.OnOff.SendUnacknowledged(DemonstrationMesh.LampGroup, DemonstrationMesh.LightAppKey, message, now);
    }

    private void Intrude()
    {
        int phone = Phone.Client.Node.Stack.Network.PrimaryAddress;
        int far = Nodes.Known(Nodes.Far).Address;
        byte[]? recorded = Nodes.Intruder.Recorded.FindLast(pdu =>
            Nodes.Reader.Read(pdu) is { } header && header.Source == phone && header.Destination == far);
        Begin(
            "What a mesh refuses",
            "X, a stranger beside F, sends a PDU of its own network, a recorded PDU, and the same with another SEQ.",
            "Then what the phone has written last is written to P once more.");

        // One network in 128 has the NID of another.
        Intrude(Intruder.OfOwnNetwork(Nodes.Foreign, 1), "a PDU of another network", NetworkVerdict.UnknownNid, NetworkVerdict.NetMic);
        uint replayed = Nodes.Far.Node.LowerTransport.Count(LowerTransport.LowerTransportVerdict.Replayed);

        if (recorded != null)
        {
            Intrude(recorded, "a recorded PDU", NetworkVerdict.Duplicate, NetworkVerdict.Cached, NetworkVerdict.Accepted);
            Intrude(Intruder.WithOtherSequence(recorded), "a recorded PDU with another SEQ and a guessed NetMIC", NetworkVerdict.NetMic);
        }

        bool before = Nodes.IsOn(Nodes.Far);
        uint accepted = Nodes.Far.Node.Access.Count(Access.AccessVerdict.Accepted);
        byte[][] written = [.. Phone.LastMessage];
        uint[] Refusals() => [Nodes.Proxy.Stack.Network.Count(NetworkVerdict.Duplicate), Nodes.Proxy.Stack.Network.Count(NetworkVerdict.Cached)];
        uint[] refused = Refusals();
        Phone.Do(_ => Array.ForEach(written, value => Phone.Write(value, 0, value.Length)));
        bool known = Until(() => !Refusals().AsSpan().SequenceEqual(refused), ConnectTime);
        End();

        foreach ((string what, NetworkVerdict? verdict) in _intrusions)
        {
            string how = verdict == NetworkVerdict.Accepted ? "the network layer has forgotten it, the replay protection list has not" : $"F drops it, {verdict}";
            bool ok = verdict != null
                && (verdict != NetworkVerdict.Accepted || Nodes.Far.Node.LowerTransport.Count(LowerTransport.LowerTransportVerdict.Replayed) > replayed);
            Check(ok, ok ? $"{what}: {how}" : $"{what}: not dropped by F");
        }

        Check(recorded != null, "X has heard the phone's PDUs for F, and can do nothing with them");
        Check(known, "the phone's last message, written again: P drops it");
        Check(
            before == Nodes.IsOn(Nodes.Far) && accepted == Nodes.Far.Node.Access.Count(Access.AccessVerdict.Accepted),
            "nothing of all this reached a model");
    }

    private void Intrude(byte[] pdu, string what, params NetworkVerdict[] expected)
    {
        uint[] Counts() => [.. expected.Select(Nodes.Far.Stack.Network.Count)];
        uint[] before = Counts();
        Repeat(() => Nodes.Intruder.Send(pdu), () => !Counts().AsSpan().SequenceEqual(before));
        uint[] after = Counts();
        int which = Enumerable.Range(0, expected.Length).FirstOrDefault(i => after[i] != before[i], -1);
        _intrusions.Add((what, which < 0 ? null : expected[which]));
        Settle();
    }

    private GenericOnOffStatus? Ask(int address, byte[] message)
    {
        Request<GenericOnOffStatus>? request = null;
        Phone.Do(now => request = Phone.Client.OnOff.Send<GenericOnOffStatus>(address, DemonstrationMesh.LightAppKey, message, now));
        Until(() => request!.IsFinished, RequestTimeout * RequestTries);

        return request!.Answer;
    }

    private bool Perform(Func<long, Procedure> start)
    {
        Procedure? procedure = null;
        Phone.Do(now => procedure = start(now));
        Until(() => procedure!.IsFinished, ConfigurationTime);

        return procedure!.Succeeded;
    }

    private void Begin(string title, params string[] text)
    {
        _step.Clear();
        _story.Begin(title, text);
    }

    private void End()
    {
        Settle();
        _report.Step(_step, Nodes);
    }

    // A step of too many PDUs to show each of them.
    private void EndQuietly()
    {
        Settle();
        _report.Total(_step);
    }

    private void Check(bool ok, string text)
    {
        _story.Check(ok, text);
    }

    // What an application does when an answer stays away: it asks again.
    private void Repeat(Action attempt, Func<bool> done)
    {
        for (int i = 0; i < Attempts; i++)
        {
            attempt();

            if (Until(done, AnswerTime))
            {
                return;
            }
        }
    }

    private bool Until(Func<bool> condition, int milliseconds)
    {
        return _mesh.Clock.RunUntil(condition, _mesh.Clock.Now + milliseconds);
    }

    // Lets the last copies come to rest.
    private void Settle()
    {
        _mesh.Clock.RunUntil(_mesh.Clock.Now + SettleTime);
    }
}
