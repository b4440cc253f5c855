using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Board.Memory;
using MeshNode.Network;
using MeshNode.Proxy;
using MeshNode.Simulation;
using Spectre.Console;

namespace MeshNode.Tool.Demonstration;

/// <summary>Writes what the demonstration shows.</summary>
internal sealed class DemonstrationReport
{
    private const string Indent = "     ";
    private const int DeviceWidth = 11;
    private const int TtlWidth = 8;
    private const int ActionWidth = 45;

    private static readonly Style s_heading = new(Color.Yellow, decoration: Decoration.Bold);
    private static readonly Style s_faint = new(Color.Grey);
    private static readonly Style s_good = new(Color.Green);
    private static readonly Style s_bad = new(Color.Red, decoration: Decoration.Bold);

    private readonly IAnsiConsole _console;

    public DemonstrationReport(IAnsiConsole console)
    {
        _console = console;
    }

    public void Introduction(DemonstrationOptions options, DemonstrationMesh nodes)
    {
        Line("Devices out of the box become a Bluetooth mesh, and a phone uses it through a proxy node.", s_heading);
        Line("Every device runs the firmware's own sources.", s_heading);
        Line("");
        Topology(nodes);
        Line("");
        Line("     P hears only A, and F hears only B: what the phone and F send each other is relayed twice.");
        Line($"     Each PDU is sent 3 times, each copy is lost with a probability of {options.Loss:0.##}. Seed {options.Seed}, ATT_MTU {options.Mtu}.");
    }

    public void Begin(int number, string title, string[] text)
    {
        Line("");
        Line($"{number,2}   {title}", s_heading);

        foreach (string line in text)
        {
            Line(Indent + line);
        }
    }

    public void Step(StepRecorder step, DemonstrationMesh nodes)
    {
        foreach (ValueWritten written in step.Values.OfType<ValueWritten>())
        {
            Line($"{Indent}Data In   {Hex(written.Value),-62} {(written.Verdict == ProxyVerdict.Incomplete ? "" : Describe(written.Verdict))}", s_faint);
        }

        foreach (PduJourney journey in step.Journeys)
        {
            Journey(journey, nodes);
        }

        foreach (ValueNotified notified in step.Values.OfType<ValueNotified>())
        {
            Line($"{Indent}Data Out  {Hex(notified.Value)}", s_faint);
        }
    }

    public void Total(StepRecorder step)
    {
        int written = step.Values.OfType<ValueWritten>().Count();
        int notified = step.Values.OfType<ValueNotified>().Count();
        Line($"{Indent}{step.Adverts} adverts, {step.Journeys.Count} Network PDUs; {written} values of Data In, {notified} of Data Out", s_faint);
    }

    public void Check(bool ok, string text)
    {
        Line($"{(ok ? "ok" : "FAILED"),6}  {text}".TrimEnd(), ok ? s_good : s_bad);
    }

    /// <summary>Writes one event, as it happens.</summary>
    public void Event(TraceEvent traceEvent)
    {
        string text = traceEvent switch
        {
            FrameSent sent => $"sends {Name(sent.Type)} {sent.Transmission}/{sent.Transmissions} {Hex(sent.Payload)}",
            FrameLost lost => $"does not hear {lost.From}",
            NetworkPduReceived received => $"hears {received.From}: {received.Verdict}{Summary(received.Accepted)}",
            BeaconReceived beacon => $"beacon from {beacon.From}: {beacon.Verdict}{(beacon.IvIndexVerdict is IvIndexVerdict verdict ? $", IV Index {verdict}" : "")}",
            ValueWritten written => $"Data In {Hex(written.Value)}: {written.Verdict}",
            ValueNotified notified => $"Data Out {Hex(notified.Value)}",
            _ => traceEvent.ToString(),
        };

        Line($"{Indent}{traceEvent.Time,6} ms  {traceEvent.Device,-6} {text}", s_faint);
    }

    public void Counters(VirtualMesh mesh)
    {
        Line("");
        Line("     Counters of the nodes", s_heading);
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("verdict");

        foreach (VirtualNode node in mesh.Nodes)
        {
            table.AddColumn(new TableColumn(node.Name).RightAligned());
        }

        table.AddColumn("meaning");
        List<VirtualNode> all = [.. mesh.Nodes];
        Rows<NetworkVerdict>(table, all, "network", (node, verdict) => node.Stack.Network.Count(verdict), VerdictText.Of);
        Rows<RelayVerdict>(table, all, "radio", (node, verdict) => node.Stack.Network.RelayCount(verdict), VerdictText.Of);
        List<VirtualNode> proxies = all.FindAll(node => node.Stack.Network.ProxyEnabled);
        Rows<RelayVerdict>(table, all, "phone", (node, verdict) => proxies.Contains(node) ? node.Stack.Network.ProxyCount(verdict) : 0, VerdictText.Of);
        Rows<ProxyVerdict>(table, all, "Data In", (node, verdict) => node.Stack.Proxy.Count(verdict), VerdictText.Of);
        _console.Write(table);
    }

    public void Summary(DemonstrationOptions options, long time, int checks, int failures)
    {
        string circumstances = $"seed {options.Seed}, loss {options.Loss:0.##}, {time / 1000.0:0.0} s of simulated time";

        if (failures == 0)
        {
            Line($"     Everything arrived: {checks} of {checks} checks ok ({circumstances}).", s_good);
        }
        else
        {
            Line($"     {failures} of {checks} checks FAILED ({circumstances}).", s_bad);
        }

        Line("     Try --loss 0.4, --mtu 517, --nodes 8, --seed 2, --verbose, --watch, --help.", s_faint);
    }

    /// <summary>Lines of a board's debug channel.</summary>
    public void Log(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Line($"{Indent}   {line}", s_faint);
        }
    }

    /// <summary>An hour of the boards.</summary>
    public void Hour(int hour, int switched, int asked, int presses, int cuts, IEnumerable<ApplicationBoard> boards)
    {
        string memory = string.Join(", ", boards.Select(static board => $"{board.Name} {board.Board.Memory.Free}"));
        Line($"{Indent}hour {hour,2}: {switched} of {asked} switched, {presses} presses, {cuts} power cuts; native memory free: {memory}", s_faint);
    }

    /// <summary>What has become of what boards have heard.</summary>
    public void Figures(IReadOnlyList<BoardFigures> boards)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("what");

        foreach (BoardFigures board in boards)
        {
            table.AddColumn(new TableColumn(board.Board.Name).RightAligned());
        }

        table.AddColumn("meaning");
        Dictionary<string, long>[] figures = [.. boards.Select(static board => board.Now())];

        void Row(string name, string meaning)
        {
            long[] counts = [.. figures.Select(board => board.GetValueOrDefault(name))];

            if (Array.Exists(counts, static count => count != 0))
            {
                table.AddRow([name, .. counts.Select(static count => count == 0 ? "" : count.ToString()), meaning]);
            }
        }

        Row("arrived", "adverts at the antenna");
        Row("not heard", "scan or stack was restarting, or no power");
        Row("duplicates", "of a sender that this scan had reported");
        Row("no room", "eight reports were waiting in the host");
        Row("lost", "on the way when stack or power stopped");
        Row("ignored", "not of the mesh");
        Row("solicitations", "Solicitation PDUs");
        Row("dropped", "the application's queue was full");
        Row("mesh", "handed to the stack");
        Row("from client", "Network PDUs and beacons of the phone");
        Row("no device", "PB-ADV, to nobody");

        foreach (NetworkVerdict verdict in Enum.GetValues<NetworkVerdict>())
        {
            Row("network " + verdict, VerdictText.Of(verdict));
        }

        foreach (BeaconVerdict verdict in Enum.GetValues<BeaconVerdict>())
        {
            Row("beacon " + verdict, VerdictText.Of(verdict));
        }

        Row("written", "values of Data In");
        Row("overrun", "values that found no room");

        foreach (ProxyVerdict verdict in Enum.GetValues<ProxyVerdict>())
        {
            Row("value " + verdict, VerdictText.Of(verdict));
        }

        Row("notified", "values of Data Out");
        Row("sent", "PDUs and beacons");
        Row("skipped", "beacons not worth a restart of the stack");
        Row("stack restarts", "to leave PROXY");
        _console.Write(table);
    }

    /// <summary>What an event takes of the managed heap.</summary>
    public void ManagedCost(string what, ManagedCost cost)
    {
        Line($"{Indent}{what,-24} {cost.Objects,2} objects, {cost.Octets,3} octets", s_faint);
    }

    /// <summary>What a board has left of its native memory.</summary>
    public void NativeMemory(ApplicationBoard board)
    {
        NativeHeap memory = board.Board.Memory;
        string lost = string.Join(", ", memory.Lost.Select(static loss => $"{loss.Key} {loss.Value.Octets}"));
        Line($"{Indent}{board.Name}: {board.Board.Boots} starts; {memory.Free} octets free, lost in {board.Board.UpTime / 60000} minutes: {(lost == "" ? "none" : lost)}", s_faint);
    }

    private void Topology(DemonstrationMesh nodes)
    {
        List<string> first = [.. nodes.FirstRing.Select(static node => node.Name), "relays"];
        List<string> second = [.. nodes.SecondRing.Select(static node => node.Name), "relays"];
        string[] ends = ["phone", "", "proxy client"];
        string[] proxy = [nodes.Proxy.Name, "", "proxy"];
        string[] far = [nodes.Far.Name, "", "far node"];

        for (int i = 0; i < Math.Max(Math.Max(first.Count, second.Count), 3); i++)
        {
            string gatt = i == 0 ? "~~~ GATT ~~~" : "";
            string radio = i == 0 ? "-- radio --" : "";
            Line($"     {At(ends, i),-13} {gatt,-12}  {At(proxy, i),-6} {radio,-11}  {At(first, i),-8} {radio,-11}  {At(second, i),-8} {radio,-11}  {At(far, i)}");
        }

        static string At(IReadOnlyList<string> column, int row) => row < column.Count ? column[row] : "";
    }

    private static void Rows<T>(Table table, List<VirtualNode> nodes, string what, Func<VirtualNode, T, uint> count, Func<T, string> meaning)
        where T : struct, Enum
    {
        foreach (T verdict in Enum.GetValues<T>())
        {
            uint[] counts = [.. nodes.Select(node => count(node, verdict))];

            if (Array.Exists(counts, static n => n > 0))
            {
                table.AddRow([$"{what} {verdict}", .. counts.Select(static n => n == 0 ? "" : n.ToString()), meaning(verdict)]);
            }
        }
    }

    private void Journey(PduJourney journey, DemonstrationMesh nodes)
    {
        string header = journey.Header is ObservedPdu pdu
            ? $"PDU  {pdu.Source:x4} -> {(pdu.Destination is int destination ? destination.ToString("x4") : "????")}  SEQ {pdu.Sequence:x6}"
            : $"PDU of another network, NID {journey.Pdu[0] & 0x7F:x2}";
        Line($"{Indent}{header}   {journey.Transmissions} transmissions, {journey.Lost} {(journey.Lost == 1 ? "copy" : "copies")} lost");
        Line($"{Indent}     {Hex(journey.Pdu)}", s_faint);

        List<(List<string> Devices, string Ttl, string Action, SortedDictionary<NetworkVerdict, int> Dropped)> rows = [];
        rows.Add(([journey.Origin], "", "sent", journey.Stop(journey.Origin) is PduStop own ? AllOf(own) : []));

        foreach (PduStop stop in journey.Stops.Where(stop => stop.Device != journey.Origin))
        {
            VirtualNode? node = nodes.Mesh.Nodes.FirstOrDefault(node => node.Name == stop.Device);
            string ttl = stop.Accepted == null ? "" : $"TTL {stop.Accepted.Ttl}";
            string action = stop.Accepted == null ? "all copies dropped" : Describe(stop.Accepted, node);
            SortedDictionary<NetworkVerdict, int> dropped = stop.Accepted == null ? AllOf(stop) : new(stop.Others);
            int same = rows.FindIndex(row => row.Ttl == ttl && row.Action == action && row.Devices[0] != journey.Origin);

            if (same < 0)
            {
                rows.Add(([stop.Device], ttl, action, dropped));
            }
            else
            {
                rows[same].Devices.Add(stop.Device);
                Add(rows[same].Dropped, dropped);
            }
        }

        foreach ((List<string> devices, string ttl, string action, SortedDictionary<NetworkVerdict, int> counts) in rows)
        {
            string drops = string.Join(", ", counts.Select(static drop => $"{drop.Value} {drop.Key}"));
            string line = string.Join(' ', devices).PadRight(DeviceWidth) + ttl.PadRight(TtlWidth) + action.PadRight(ActionWidth);
            Line($"{Indent}     {line}{(drops == "" ? "" : "dropped: " + drops)}".TrimEnd());
        }
    }

    private static SortedDictionary<NetworkVerdict, int> AllOf(PduStop stop)
    {
        SortedDictionary<NetworkVerdict, int> all = new(stop.Others);
        Add(all, new Dictionary<NetworkVerdict, int> { [stop.Decisive!.Verdict] = 1 });

        return all;
    }

    private static void Add(SortedDictionary<NetworkVerdict, int> sum, IEnumerable<KeyValuePair<NetworkVerdict, int>> counts)
    {
        foreach ((NetworkVerdict verdict, int count) in counts)
        {
            sum[verdict] = sum.GetValueOrDefault(verdict) + count;
        }
    }

    private static string Describe(AcceptedPdu accepted, VirtualNode? node)
    {
        if (node == null)
        {
            return "received through Data Out";
        }

        List<string> parts = [];
        NetworkLayer network = node.Stack.Network;

        if (accepted.Delivered)
        {
            parts.Add("delivered");
        }

        // On a proxy the interesting question is whether the phone gets it.
        if (node.Stack.Proxy.Connections > 0 && accepted.Proxy is RelayVerdict.Relayed or RelayVerdict.Filtered or RelayVerdict.Ttl && network.ProxyEnabled)
        {
            parts.Add(accepted.Proxy == RelayVerdict.Relayed ? $"notified to the phone, TTL {accepted.Ttl - 1}" : $"not notified: {accepted.Proxy}");
        }
        else if (accepted.Relay == RelayVerdict.Relayed)
        {
            parts.Add($"{(network.RelayEnabled ? "relayed" : "forwarded to the radio")}, TTL {accepted.Ttl - 1}");
        }
        else if (accepted.Relay != RelayVerdict.OwnDestination)
        {
            parts.Add($"not relayed: {accepted.Relay}");
        }

        return string.Join(", ", parts);
    }

    private static string Summary(AcceptedPdu? accepted)
    {
        return accepted == null
            ? ""
            : $" {accepted.Source:x4} -> {accepted.Destination:x4} SEQ {accepted.Sequence:x6} TTL {accepted.Ttl}"
                + $"{(accepted.Delivered ? ", delivered" : "")}, radio {accepted.Relay}, phone {accepted.Proxy}";
    }

    private static string Describe(ProxyVerdict verdict)
    {
        return verdict == ProxyVerdict.Accepted ? "" : $"dropped: {verdict}";
    }

    private static string Name(int type)
    {
        return type == AdvertisingData.MeshMessage ? "Mesh Message" : "Mesh Beacon";
    }

    private static string Hex(byte[] octets)
    {
        return Convert.ToHexStringLower(octets);
    }

    private void Line(string text, Style? style = null)
    {
        _console.WriteLine(text.TrimEnd(), style ?? Style.Plain);
    }
}
