using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Network;
using MeshNode.Proxy;
using MeshNode.Simulation;

namespace MeshNode.Tool.Demonstration;

/// <summary>
/// The story that <c>meshnode</c> tells: a phone connects to a proxy and exchanges the specification's sample messages with a node
/// that only relays can reach; then what a mesh refuses.
/// </summary>
internal sealed class Demonstration
{
    private const int Attempts = 12;
    private const int AnswerTime = 1500;
    private const int ConnectTime = 10000;
    private const int SettleTime = 400;

    private readonly DemonstrationOptions _options;
    private readonly DemonstrationReport _report;
    private readonly StepRecorder _step;
    private readonly VirtualMesh _mesh;
    private readonly List<(string What, NetworkVerdict? Verdict)> _intrusions = [];
    private int _checks;
    private int _failures;
    private int _steps;

    public Demonstration(DemonstrationOptions options, DemonstrationReport report)
    {
        _options = options;
        _report = report;
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

    private ProxyApplication Phone => Nodes.Phone;

    /// <summary>Runs it to the end.</summary>
    /// <returns>Whether everything arrived that was to arrive, and nothing else.</returns>
    public bool Run()
    {
        _report.Introduction(_options, Nodes);

        if (Connect() && SetFilter())
        {
            ConfigureFarNode();
            SendHealthStatus();
            SwitchLamp();
            PublishFromSensor();
            Intrude();
        }

        _mesh.Traced -= _step.Add;
        _report.Counters(_mesh);
        _report.Summary(_options, _mesh.Clock.Now, _checks, _failures);

        return _failures == 0;
    }

    private bool Connect()
    {
        Begin(
            "The phone finds a proxy of its network and connects",
            "P shows its Network ID in connectable adverts. A new client gets a Secure Network beacon of each subnet.");
        Phone.Scan();
        bool found = Until(() => Phone.Found != null, ConnectTime);

        if (found)
        {
            Phone.Connect(_options.Mtu, new GattParameters());
        }

        bool told = found && Until(() => Phone.Beacons.Count == Phone.Subnets.Count, ConnectTime);
        End();
        Check(found, $"P's advert has the Network ID of the phone's network, {Convert.ToHexStringLower(Phone.Subnets[0].Key.NetworkId)}");
        Check(told, $"the beacons of both subnets are authentic; IV Index {Phone.IvIndex.Current:x8}");

        return told;
    }

    private bool SetFilter()
    {
        Begin(
            "The phone sets its filter",
            "First with sample 8.9.1, Set Filter Type, secured with the second subnet's key; then it adds two addresses.");
        Phone.SendRecordedFilterType(SpecificationSamples.SetFilterType, ProxyFilter.AcceptList);
        bool sample = Until(() => Phone.IsFilterVerified, ConnectTime);
        Phone.AddAddresses(DemonstrationMesh.PhoneAddress, SpecificationSamples.VendorToLabel.Destination);
        bool verified = Until(() => Phone.IsFilterVerified, ConnectTime);
        End();
        Check(sample, "sample 8.9.1 is answered by Filter Status: accept list, empty");
        Check(verified, "Filter Status says what the phone has asked for: accept list, 2 addresses");

        return sample && verified;
    }

    private void ConfigureFarNode()
    {
        SpecificationSample request = SpecificationSamples.AppKeyAdd;
        SpecificationSample answer = SpecificationSamples.AppKeyStatus;
        Begin(
            "Phone to F and back: Config AppKey Add and Status, samples 8.3.6 and 8.3.16",
            "Two segments there, one PDU back. P cannot read them: they are for F, encrypted with its device key.");
        Repeat(
            () =>
            {
                Phone.Endpoint.SkipTo(request.Sequence);
                Phone.Endpoint.Send(Nodes.DeviceKey, request.Destination, request.Ttl, request.Access);
            },
            () => _step.Received(Phone.Name, answer) != null);
        End();
        CheckArrival(request, Nodes.Far.Name);
        CheckArrival(answer, Phone.Name);
    }

    private void SendHealthStatus()
    {
        SpecificationSample sample = SpecificationSamples.HealthStatus;
        List<VirtualNode> others = [.. _mesh.Nodes.Where(node => node != Nodes.Far)];
        Begin(
            "F to all nodes: Health Current Status, sample 8.3.18",
            "TTL 3 is enough for every node and not for the phone: P gets it with TTL 1, which ends there.");
        Repeat(
            () => Publish(Nodes.Far, sample),
            () => others.TrueForAll(node => _step.Received(node.Name, sample) != null));
        End();

        CheckArrival(sample, [.. others.Select(static node => node.Name)]);
        bool ended = _step.Journeys.Any(journey => journey.Stop(Nodes.Proxy.Name)?.Accepted?.Proxy == RelayVerdict.Ttl);
        Check(ended && _step.Received(Phone.Name, sample) == null, "P did not notify the phone: verdict Ttl");
    }

    private void SwitchLamp()
    {
        OnOffClient client = Nodes.Switch;
        Begin("Phone to F and back: Generic OnOff Get, then Set", "The lamp at F is switched with the samples' application key.");
        Repeat(client.Forget, () => client.SendGet(DemonstrationMesh.FarAddress), () => client.Status != null);
        bool? before = client.Status;
        Repeat(client.Forget, () => client.SendSet(DemonstrationMesh.FarAddress, true), () => client.Status != null);
        End();
        Check(before == false, "Get is answered by Status: off");
        Check(client.Status == true && Nodes.Lamp.IsOn, "Set is answered by Status: on, and the lamp is on");
    }

    private void PublishFromSensor()
    {
        SpecificationSample[] samples = [SpecificationSamples.HealthFaults, SpecificationSamples.VendorToGroup, SpecificationSamples.VendorToLabel];
        SpecificationSample filtered = SpecificationSamples.VendorToGroup;
        Begin(
            $"{Nodes.Sensor.Name} to all nodes, to a group and to a virtual address: samples 8.3.20, 8.3.21 and 8.3.22",
            $"{Nodes.Sensor.Name} has begun an IV Update and still sends with IV Index {SpecificationSamples.IvIndex - 1:x8}.",
            "The phone's filter holds the virtual address b529, but not the group c105; all-nodes always passes.");
        Repeat(
            () =>
            {
                foreach (SpecificationSample sample in samples.Where(sample => !HasArrived(sample)))
                {
                    Publish(Nodes.Sensor, sample);
                }
            },
            () => Array.TrueForAll(samples, HasArrived));
        End();
        CheckArrival(SpecificationSamples.HealthFaults, Phone.Name);
        CheckArrival(SpecificationSamples.VendorToLabel, Phone.Name);
        Check(HasArrived(filtered) && _step.Received(Phone.Name, filtered) == null, "P did not notify the phone of sample 8.3.21: verdict Filtered");

        bool HasArrived(SpecificationSample sample)
        {
            return sample == filtered
                ? _step.Journeys.Any(journey => journey.Stop(Nodes.Proxy.Name)?.Accepted?.Proxy == RelayVerdict.Filtered)
                : _step.Received(Phone.Name, sample) != null;
        }
    }

    private void Intrude()
    {
        byte[]? recorded = Nodes.Intruder.Recorded.Find(pdu =>
            Nodes.Reader.Read(pdu) is { Source: DemonstrationMesh.PhoneAddress, Destination: DemonstrationMesh.FarAddress });
        Begin(
            "What a mesh refuses",
            "X, a stranger beside F, sends a PDU of its own network, a recorded PDU, and the same with another SEQ.",
            "Then the phone's last filter message is written to P once more.");
        Intrude(Intruder.OfOwnNetwork(Nodes.Foreign, 1), "a PDU of another network", NetworkVerdict.UnknownNid);

        if (recorded != null)
        {
            Intrude(recorded, "a recorded PDU", NetworkVerdict.Duplicate, NetworkVerdict.Cached);
            Intrude(Intruder.WithOtherSequence(recorded), "a recorded PDU with another SEQ and a guessed NetMIC", NetworkVerdict.NetMic);
        }

        int messages = _step.Messages.Count;
        Phone.SendRecorded(ProxyPduType.ProxyConfiguration, Phone.LastConfiguration);
        uint replays = Nodes.Proxy.Stack.Proxy.Count(ProxyVerdict.Replayed);
        bool refused = Until(() => Nodes.Proxy.Stack.Proxy.Count(ProxyVerdict.Replayed) > replays, ConnectTime);
        End();

        foreach ((string what, NetworkVerdict? verdict) in _intrusions)
        {
            Check(verdict != null, verdict == null ? $"{what}: not dropped by F" : $"{what}: F drops it, {verdict}");
        }

        Check(recorded != null, "X has heard the phone's PDUs for F, and can do nothing with them");
        Check(refused, $"the filter message, written again: P drops it, {ProxyVerdict.Replayed}");
        Check(messages == 0 && _step.Messages.Count == 0, "nothing of all this reached an application");
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

    private void Publish(VirtualNode node, SpecificationSample sample)
    {
        byte[]? label = sample.Destination is >= Address.FirstVirtual and < Address.FirstGroup ? SpecificationSamples.Label : null;
        node.Do((_, _) =>
        {
            Nodes.Endpoint(node).SkipTo(sample.Sequence);
            Nodes.Endpoint(node).Send(Nodes.AppKey, sample.Destination, sample.Ttl, sample.Access, label);
        });
    }

    private void Begin(string title, params string[] text)
    {
        _step.Clear();
        _report.Begin(++_steps, title, text);
    }

    private void End()
    {
        Settle();
        _report.Step(_step, Nodes);
    }

    private void Check(bool ok, string text)
    {
        _checks++;
        _failures += ok ? 0 : 1;
        _report.Check(ok, text);
    }

    private void CheckArrival(SpecificationSample sample, params string[] devices)
    {
        List<string> missing = [.. devices.Where(device => _step.Received(device, sample) == null)];
        string what = $"sample {sample.Section}, {sample.Name}";

        if (missing.Count > 0)
        {
            Check(false, $"{what}: did not reach {string.Join(", ", missing)}");
        }
        else
        {
            AccessMessage message = _step.Received(devices[0], sample)!;
            bool same = message.TransportPdus.Select(Convert.ToHexStringLower).SequenceEqual(sample.TransportPdus);
            string how = same ? "octet for octet" : $"in a repetition with SEQ {message.Sequence:x6}";
            Check(true, $"{what}: reached {string.Join(", ", devices)}, {how}");
        }
    }

    private void Repeat(Action attempt, Func<bool> done)
    {
        Repeat(static () => { }, attempt, done);
    }

    // What an application does when an answer stays away: it asks again.
    private void Repeat(Action prepare, Action attempt, Func<bool> done)
    {
        prepare();

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
