#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Network;
using MeshNode.Proxy;
using MeshNode.Simulation;
using MeshNode.Storage;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>The power of a node fails after every octet that is written in its life.</summary>
[TestClass]
public class NodeLifeTests
{
    private const int Capacity = 4096;

    [TestMethod]
    public void Life_IsLived()
    {
        Recording recording = Recording.Of(false);
        NodeLife life = recording.Life;
        OutputHelper.WriteLine($"{NodeLife.Chapters} chapters, {life.Received:N0} PDUs received, {life.Accepted.Count:N0} messages and {life.ProxyMessages.Count:N0} proxy configuration messages accepted, {life.Sent:N0} PDUs sent, {recording.Moments.Count:N0} operations, {recording.Moments.Sum(m => m.Step.Octets.Length):N0} octets written, {recording.Moments.Count(m => m.Step.Kind == FlashStepKind.Erase)} erasures");
        Assert.IsTrue(life.Accepted.Count > 2000 && life.ProxyMessages.Count > 100);
    }

    // Raw flash is cut after every octet written, and after every eighth that is erased; a file is there or not.
    [TestMethod]
    [DataRow(false, "Front")]
    [DataRow(false, "Back")]
    [DataRow(false, "Scattered")]
    [DataRow(false, "Bits")]
    [DataRow(true, "Front")]
    [DataRow(true, "Bits")]
    public void Cut_AfterEveryOctetLosesNothing(bool files, string tear)
    {
        Recording recording = Recording.Of(files);
        SimulatedFlash flash = recording.NewFlash(tear);
        int cuts = 0;

        foreach (LifeMoment moment in recording.Moments)
        {
            for (int octets = 0; octets < LengthOf(moment.Step, files); octets += moment.Step.Kind == FlashStepKind.Erase ? 8 : 1)
            {
                // What of a file has not been flushed is there in part, or is not.
                for (int loses = 0; loses < (files ? 2 : 1); loses++)
                {
                    SimulatedFlash copy = Cut(flash, moment.Step, octets, loses == 1);
                    recording.Check(copy, moment, $"octet {octets}");
                    cuts++;
                }
            }

            moment.Step.Apply(flash);
        }

        OutputHelper.WriteLine($"{cuts:N0} cuts, {tear}, {(files ? "files" : "flash")}");
        Assert.IsTrue(cuts > 20000, $"{cuts}");
    }

    // The first cut at one octet in so many; the second after every octet that the start writes then.
    [TestMethod]
    [DataRow(false, "Scattered")]
    [DataRow(true, "Front")]
    public void CutWhileStartingAfterACut_LosesNothing(bool files, string tear)
    {
        const int Stride = 211;
        Recording recording = Recording.Of(files);
        SimulatedFlash flash = recording.NewFlash(tear);
        int cuts = 0;
        int next = 0;
        int octet = 0;

        foreach (LifeMoment moment in recording.Moments)
        {
            int length = LengthOf(moment.Step, files);

            for (; next < octet + length; next += Stride)
            {
                SimulatedFlash first = Cut(flash, moment.Step, next - octet, false);
                List<FlashStep> steps = [];
                StoredNode device = new(new RecordingMedium(first.Copy(), steps.Add), moment.Now, null, moment.Version);
                device.Open();
                device.Run(10);

                foreach (FlashStep step in steps)
                {
                    int secondLength = LengthOf(step, files);

                    for (int i = 0; i < secondLength; i += step.Kind == FlashStepKind.Erase ? 64 : 1)
                    {
                        recording.Check(Cut(first, step, i, false), moment, $"octet {next - octet}, then {step.Kind} {i}");
                        cuts++;
                    }

                    step.Apply(first);
                }
            }

            octet += length;
            moment.Step.Apply(flash);
        }

        OutputHelper.WriteLine($"{cuts:N0} second cuts, {tear}, {(files ? "files" : "flash")}");
        Assert.IsTrue(cuts > 5000, $"{cuts}");
    }

    // One bit of every octet of what the flash holds at some moments of the life.
    [TestMethod]
    public void FlippedBit_IsSurvived()
    {
        Recording recording = Recording.Of(false);
        SimulatedFlash flash = recording.NewFlash("Front");
        Random random = new(1);
        int flips = 0;
        int lost = 0;

        for (int i = 0; i < recording.Moments.Count; i++)
        {
            LifeMoment moment = recording.Moments[i];

            if (i % 40 == 20)
            {
                for (int octet = 0; octet < 2 * Capacity; octet++)
                {
                    if (flash.ContentOf(octet / Capacity)[octet % Capacity] != 0xFF)
                    {
                        SimulatedFlash copy = flash.Copy();
                        copy.Flip(octet / Capacity, (octet % Capacity * 8) + random.Next(8));
                        lost += recording.CheckDamaged(copy, moment, $"area {octet / Capacity}, octet {octet % Capacity}") ? 0 : 1;
                        flips++;
                    }
                }
            }

            moment.Step.Apply(flash);
        }

        OutputHelper.WriteLine($"{flips:N0} bits, {lost:N0} of them changed the configuration");
        Assert.IsTrue(flips > 10000, $"{flips}");
    }

    // Goes on with all that the journal has no room for: a fault, and silence when the reserved SEQ are used up. Nothing that was written is lost.
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void FullMedium_IsAFaultAndLosesNothing(bool files)
    {
        const int SmallCapacity = 768;
        SimulatedFlash flash = new(SmallCapacity, files);
        NodeLife life = new(flash) { Observes = false };
        string last = "";
        int chapter = 0;

        try
        {
            life.Live(begins: i =>
            {
                chapter = i;

                if (life.Device.Store.HasFailed)
                {
                    throw new OperationCanceledException();
                }

                last = life.Device.Configuration();
            });
            Assert.IsTrue(false, "there was room for all");
        }
        catch (OperationCanceledException)
        {
        }

        // What has changed since is in RAM only.
        StoredNode again = new(flash.Copy(), life.Now);
        Assert.AreEqual(JournalVerdict.Loaded, again.Open());
        Assert.AreEqual(last, again.Configuration());
        int taken = 0;

        while (life.Device.Node.Stack.Sequence.TryTake(out _))
        {
            Assert.IsTrue(++taken <= NodeStore.LastBlock);
        }

        // Room again.
        StoredNode device = life.Device;

        foreach (Model model in device.Models())
        {
            device.Node.Subscriptions.RemoveAll(model);
            model.Bindings = 0;
        }

        device.Node.AppKeys.Clear();
        device.Run(life.Now - device.Now + (2 * NodeStore.RetryTime));
        Assert.IsFalse(device.Store.HasFailed);
        Assert.IsTrue(device.Node.Stack.Sequence.TryTake(out _));
        OutputHelper.WriteLine($"{SmallCapacity} octets are full in chapter {NodeLife.NameOf(chapter - 1)}");
    }

    // The power fails at any octet, again and again, also while the node starts, and all the while the life goes on.
    [TestMethod]
    [DataRow(false, "Scattered")]
    [DataRow(false, "Bits")]
    [DataRow(true, "Front")]
    public void CutsWithoutEnd_DoNotKeepTheNodeFromLiving(bool files, string tear)
    {
        const int Lives = 12;
        int cuts = 0;
        int sent = 0;

        for (int i = 0; i < Lives; i++)
        {
            Random random = new(i);
            SimulatedFlash flash = new(Capacity, files) { Tear = Enum.Parse<TearMode>(tear) };
            NodeLife life = new(flash)
            {
                Observes = false,
                PowerFailed = () =>
                {
                    cuts++;
                    flash.Restart();
                    flash.LosesUnflushed = random.Next(2) == 0;
                    flash.CutAfter = random.Next(3) == 0 ? random.Next(200) : random.Next(files ? 3000 : 16000);
                },
            };
            life.Live(begins: chapter => flash.CutAfter = NodeLife.NameOf(chapter).StartsWith("provision", StringComparison.Ordinal) ? null : flash.CutAfter ?? 100);
            sent += life.Sent;
        }

        OutputHelper.WriteLine($"{cuts:N0} cuts in {Lives} lives, {sent:N0} PDUs sent, no {{IV Index, SEQ}} twice");
        Assert.IsTrue(cuts > 15 * Lives, $"{cuts}");
    }

    private static int LengthOf(FlashStep step, bool files)
    {
        return step.Kind switch
        {
            FlashStepKind.Write => step.Octets.Length,
            FlashStepKind.Erase => files ? 1 : Capacity,
            _ => 0,
        };
    }

    private static SimulatedFlash Cut(SimulatedFlash flash, FlashStep step, int octets, bool losesUnflushed)
    {
        SimulatedFlash copy = flash.Copy();
        copy.LosesUnflushed = losesUnflushed;
        copy.CutAfter = octets;

        try
        {
            step.Apply(copy);
        }
        catch (PowerCutException)
        {
        }

        copy.Restart();

        return copy;
    }

    private sealed class Recording
    {
        private const int Last = 6;
        private const int Spread = 4;

        private static readonly Dictionary<bool, Recording> s_recordings = [];

        private readonly bool _files;
        private readonly HashSet<string> _known;

        private Recording(bool files)
        {
            _files = files;
            RecordingMedium medium = new(new SimulatedFlash(Capacity, files), step => Moments.Add(Life?.MomentOf(step) ?? new LifeMoment(step, 0, 0, NodeStore.FormatVersion, new Dictionary<(int, uint), uint>(), 0..0, 0..0)));
            Life = new NodeLife(medium);
            Life.Live();
            _known = [.. Life.Configurations.SelectMany(text => text.Split('\n'))];
        }

        public List<LifeMoment> Moments { get; } = [];

        public NodeLife Life { get; }

        public static Recording Of(bool files)
        {
            if (!s_recordings.TryGetValue(files, out Recording? recording))
            {
                s_recordings[files] = recording = new Recording(files);
            }

            return recording;
        }

        public SimulatedFlash NewFlash(string tear)
        {
            return new SimulatedFlash(Capacity, _files) { Tear = Enum.Parse<TearMode>(tear) };
        }

        /// <summary>The node starts again on what is left.</summary>
        public void Check(SimulatedFlash flash, LifeMoment moment, string where)
        {
            StoredNode again = new(flash, moment.Now, null, moment.Version);
            JournalVerdict verdict = again.Open();
            string found = again.Configuration();
            string Where() => $"{NodeLife.NameOf(moment.Chapter)}, {moment.Step.Kind} at {moment.Step.Position}, {where}: {verdict}";

            if (verdict is not (JournalVerdict.Loaded or JournalVerdict.Empty or JournalVerdict.Unusable))
            {
                Fail(Where());
            }

            if (found != Life.Configurations[moment.Chapter] && found != Life.Configurations[moment.Chapter + 1])
            {
                Fail($"{Where()}\n{found}\n--- is neither\n{Life.Configurations[moment.Chapter]}\n--- nor\n{Life.Configurations[moment.Chapter + 1]}");
            }

            if (!again.Node.IsProvisioned)
            {
                return;
            }

            string kept = again.KeptStates();

            if (!Life.KeptStates[moment.Chapter].Contains(kept) && !Life.KeptStates[moment.Chapter + 1].Contains(kept))
            {
                Fail($"{Where()}: {kept} is not {string.Join(" or ", Life.KeptStates[moment.Chapter + 1])}");
            }

            uint ivIndex = again.Node.Stack.IvIndex.TransmitIndex;

            if (moment.Used.Keys.Any(key => key.Address == again.Node.Stack.Network.PrimaryAddress && key.IvIndex > ivIndex))
            {
                Fail($"{Where()}: IV Index {ivIndex} is one before");
            }

            CheckSequence(again, moment, Where);

            Replay(again, moment, Where);
        }

        /// <summary>The node starts on a flash with a bit flipped.</summary>
        /// <returns>Whether its configuration is that before.</returns>
        public bool CheckDamaged(SimulatedFlash flash, LifeMoment moment, string where)
        {
            StoredNode again = new(flash, moment.Now, null, moment.Version);
            JournalVerdict verdict = again.Open();
            string found = again.Configuration();
            string Where() => $"{NodeLife.NameOf(moment.Chapter)}, {where}: {verdict}";
            bool provisioned = Life.Configurations[moment.Chapter] != "unprovisioned";

            if (verdict != JournalVerdict.Loaded || (again.Node.IsProvisioned != provisioned && Life.Configurations[moment.Chapter + 1] != "unprovisioned"))
            {
                Fail(Where());
            }

            // A part is as it was, or as it was before, or has never been configured.
            foreach (string line in found.Split('\n'))
            {
                if (!_known.Contains(line))
                {
                    Fail($"{Where()}: {line}");
                }
            }

            CheckSequence(again, moment, Where);

            // The damage is gone with the first write.
            StoredNode next = new(flash, moment.Now, null, moment.Version);

            if (next.Open() != JournalVerdict.Loaded || next.Store.Journal.Damaged != 0 || next.Configuration() != found)
            {
                Fail($"{Where()}: the damage has stayed");
            }

            return found == Life.Configurations[moment.Chapter] || found == Life.Configurations[moment.Chapter + 1];
        }

        private static void CheckSequence(StoredNode again, LifeMoment moment, Func<string> where)
        {
            (int, uint) key = (again.Node.Stack.Network.PrimaryAddress, again.Node.Stack.IvIndex.TransmitIndex);

            if (again.Node.IsProvisioned && again.Node.Stack.Sequence.TryTake(out uint sequence) && sequence < moment.Used.GetValueOrDefault(key))
            {
                Fail($"{where()}: SEQ {sequence} has been used");
            }
        }

        private static void Fail(string message)
        {
            Assert.IsTrue(false, message);
        }

        // What was accepted last, and some of all before.
        private void Replay(StoredNode again, LifeMoment moment, Func<string> where)
        {
            int first = moment.Accepted.Start.Value;
            int count = moment.Accepted.End.Value - first;

            for (int i = 0; i < Last + Spread; i++)
            {
                int place = i < Last ? count - 1 - i : (i - Last) * count / Spread;

                if (place >= 0 && place < count)
                {
                    foreach (byte[] pdu in Life.Accepted[first + place])
                    {
                        again.Node.Stack.OnReceived(AdvertisingData.MeshMessage, pdu, 0, pdu.Length, again.Now);
                    }
                }
            }

            if (again.Node.Access.Count(AccessVerdict.Accepted) != 0)
            {
                Fail($"{where()}: a message was accepted again");
            }

            if (!again.Node.Stack.Network.ProxyEnabled || moment.ProxyMessages.Start.Value == moment.ProxyMessages.End.Value)
            {
                return;
            }

            again.Node.Stack.OnConnected(0, again.Now);
            again.Node.Stack.OnMtuChanged(0, 69, again.Now);
            again.Node.Stack.OnSubscribed(0, true, again.Now);

            for (int i = moment.ProxyMessages.End.Value - 1; i >= moment.ProxyMessages.Start.Value && i >= moment.ProxyMessages.End.Value - 2; i--)
            {
                byte[] value = Life.ProxyMessages[i];
                again.Node.Stack.OnWritten(0, value, 0, value.Length, again.Now);

                if (again.Node.Stack.LastProxyVerdict is not (ProxyVerdict.Replayed or ProxyVerdict.NotAuthenticated))
                {
                    Fail($"{where()}: a proxy configuration message, {again.Node.Stack.LastProxyVerdict}");
                }
            }
        }
    }
}
