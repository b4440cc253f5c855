using System;
using System.Linq;
using MeshNode.Access;
using MeshNode.Models.Generic;
using MeshNode.Network;
using MeshNode.Simulation;
using MeshNode.Storage;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>
/// What a node keeps on its flash: resets, long lists, restarts without end, a medium that fails, garbage, other versions, and how often is written.
/// </summary>
[TestClass]
public class NodeStoreTests
{
    private const int Capacity = 4096;
    private const int PrimaryAddress = 0x0100;
    private const int Group = 0xC001;

    private static readonly (string Name, Action<Life> Do)[] s_steps =
    [
        ("join", life => life.Device.Node.Join(PrimaryAddress, 5, false, 0, new NetworkKey(Key(1)), false, Key(2), life.Device.Now)),
        ("add application key", life => life.AddAppKey(0, 7, Key(3))),
        ("use", life => life.Use(150)),
        ("bind", life => life.Change(StoredState.Model, model => model.Bindings = 1)),
        ("subscribe", life => life.Subscribe(Group, null)),
        ("subscribe virtual", life => life.Subscribe(0, Key(4))),
        ("publish", life => life.Change(StoredState.Model, model => model.Publication = new Publication { Address = Group, AppKeyIndex = 7, Ttl = 5, Period = 0x42, Retransmit = 0x0A })),
        ("settings", life => life.Set()),
        ("heartbeat", life => life.SetHeartbeat()),
        ("add subnet", life => life.Device.Node.Stack.Subnets.Add(1, new NetworkKey(Key(5)))),
        ("use", life => life.Use(400)),
        ("refresh, new key", life => life.Device.Node.Stack.Subnets.StartKeyRefresh(life.Primary, new NetworkKey(Key(6)))),
        ("refresh, new application key", life => life.UpdateAppKey(0, Key(7))),
        ("refresh, second phase", life => life.Device.Node.Stack.Subnets.EnterSecondPhase(life.Primary)),
        ("use", life => life.Use(60)),
        ("refresh, end", life => life.Device.Node.Stack.Subnets.RevokeOldKey(life.Primary)),
        ("IV update", life => life.StartIvUpdate()),
        ("use", life => life.Use(60)),
        ("IV update, end", life => life.EndIvUpdate()),
        ("use", life => life.Use(150)),
        ("remove subnet", life => life.Device.Node.Stack.Subnets.Remove(life.Device.Node.Stack.Subnets.Find(1))),
        ("remove application key", life => life.Device.Node.RemoveAppKey(0, life.Device.Now)),
        ("use", life => life.Use(30)),
        ("reset", life => life.Device.Node.Leave(life.Device.Now)),
    ];

    [TestMethod]
    public void Reset_LeavesNoKeyOnTheFlash()
    {
        Life life = new(new SimulatedFlash(Capacity));
        life.Run();

        for (int i = 1; i < 8; i++)
        {
            Assert.IsFalse(life.Flash.Contains(Key(i)), $"key {i}");
        }
    }

    // The keys are gone before the answer is sent, and do not come back with what is written while the node waits to leave.
    [TestMethod]
    public void ResetThatIsAnswered_IsNotUndoneByACut()
    {
        SimulatedFlash flash = new(Capacity);
        Life life = new(flash);
        life.Run(8);
        life.Device.Node.LeaveSoon(life.Device.Now);

        for (int i = 1; i < 5; i++)
        {
            Assert.IsFalse(flash.Contains(Key(i)), $"key {i}");
        }

        life.Device.Node.Stack.Replay.Commit(0x0300, 5, 1);
        life.Device.Node.Keep(StoredState.Settings, 0, life.Device.Now);
        Assert.IsTrue(life.Device.Node.Stack.Sequence.TryTake(out _));
        life.Device.Run(500);
        Assert.IsTrue(life.Device.Node.IsProvisioned);

        StoredNode again = new(flash.Copy(), 0);
        again.Open();
        Assert.IsFalse(again.Node.IsProvisioned);

        life.Device.Run(1000);
        Assert.IsFalse(life.Device.Node.IsProvisioned);
        life.Device.Node.Join(PrimaryAddress, 5, false, 0, new NetworkKey(Key(1)), false, Key(2), life.Device.Now);
        StoredNode joined = new(flash, 0);
        joined.Open();
        Assert.IsTrue(joined.Node.IsProvisioned);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void LongSubscriptionList_IsKept(bool compacts)
    {
        SimulatedFlash flash = new(8192, true);
        StoredNode device = new(flash, 0, StackProfile.Large());
        device.Open();
        device.Node.Join(PrimaryAddress, 5, false, 0, new NetworkKey(Key(1)), false, Key(2), 0);

        for (int i = 0; i < 100; i++)
        {
            int label = i % 7 == 0 ? device.Node.Labels.Refer(Key(20 + i), 0) : LabelTable.None;
            device.Node.Subscriptions.Add(device.Lightness, label == LabelTable.None ? Group + i : device.Node.Labels.Address(label), label);
        }

        device.Node.Keep(StoredState.Subscriptions, StateEntries.ListKeyOf(device.Lightness), device.Now);
        device.Run(5000);

        if (compacts)
        {
            device.Store.KeepAll(device.Now);
            device.Run(10);
        }

        Assert.IsFalse(device.Store.HasFailed);
        StoredNode again = new(flash, 0, StackProfile.Large());
        Assert.AreEqual(JournalVerdict.Loaded, again.Open());
        Assert.AreEqual(100, again.Node.Subscriptions.CountOf(again.Lightness));
        Assert.AreEqual(device.Configuration(), again.Configuration());
    }

    [TestMethod]
    public void Restarts_InARowUseNoSequenceNumberTwice()
    {
        const int Restarts = 10000;
        SimulatedFlash flash = new(8192, true);
        StoredNode first = new(flash, 0);
        first.Open();
        first.Node.Join(PrimaryAddress, 5, false, 0, new NetworkKey(Key(1)), false, Key(2), 0);
        uint last = 0;

        for (int i = 0; i < Restarts; i++)
        {
            StoredNode device = new(flash, 0);
            Assert.AreEqual(JournalVerdict.Loaded, device.Open());
            Assert.IsTrue(device.Node.Stack.Sequence.TryTake(out uint sequence));
            Assert.IsTrue(i == 0 || sequence > last);
            last = sequence;
            Assert.AreEqual((uint)i + 2, device.Store.BootCounter);
        }

        Assert.IsTrue(last < SequenceNumber.IvUpdateThreshold, $"{last}");
    }

    [TestMethod]
    public void FailingMedium_SilencesTheNodeAndIsAFault()
    {
        bool fails = false;
        SimulatedFlash flash = new(Capacity, true);
        flash.Failure = _ => fails;
        StoredNode device = new(flash, 0);
        device.Open();
        device.Node.Join(PrimaryAddress, 5, false, 0, new NetworkKey(Key(1)), false, Key(2), 0);
        fails = true;
        int taken = 0;

        while (device.Node.Stack.Sequence.TryTake(out _))
        {
            Assert.IsTrue(++taken <= NodeStore.LastBlock);
        }

        Assert.IsTrue(device.Store.HasFailed);
        device.Run(5000);
        Assert.IsFalse(device.Node.Stack.Sequence.TryTake(out _));
        fails = false;
        device.Run(NodeStore.RetryTime + 1000);
        Assert.IsFalse(device.Store.HasFailed);
        Assert.IsTrue(device.Node.Stack.Sequence.TryTake(out _));
    }

    [TestMethod]
    public void Garbage_StartsUnprovisionedAndCanBeProvisioned()
    {
        Random random = new(1);

        for (int i = 0; i < 50; i++)
        {
            SimulatedFlash flash = new(Capacity);
            byte[] garbage = new byte[Capacity];
            random.NextBytes(garbage);
            flash.Fill(i % 2, garbage);
            StoredNode device = new(flash, 0);
            Assert.AreEqual(JournalVerdict.Unusable, device.Open());
            Assert.IsFalse(device.Node.IsProvisioned);
            device.Node.Join(PrimaryAddress, 5, false, 0, new NetworkKey(Key(1)), false, Key(2), 0);
            StoredNode again = new(flash, 0);
            Assert.AreEqual(JournalVerdict.Loaded, again.Open());
            Assert.IsTrue(again.Node.IsProvisioned);
        }
    }

    [TestMethod]
    public void Versions_OlderIsTakenOverNewerIsLeftAlone()
    {
        SimulatedFlash flash = new(Capacity);
        Life life = new(flash);
        life.Run(8);
        string before = life.Device.Configuration();
        StoredNode node = new(flash, 0);
        NodeStore newer = new(node.Node, flash, NodeStore.FormatVersion + 1);
        Assert.AreEqual(JournalVerdict.Loaded, newer.Open(0));
        Assert.AreEqual(before, node.Configuration());

        // Now it is of the newer version, which the present one does not know.
        byte[] content = flash.ContentOf(0).ToArray();
        byte[] other = flash.ContentOf(1).ToArray();
        StoredNode old = new(flash, 0);
        Assert.AreEqual(JournalVerdict.UnknownVersion, old.Open());
        Assert.IsFalse(old.Node.IsProvisioned);
        old.Run(20000);
        Assert.IsTrue(flash.ContentOf(0).SequenceEqual(content) && flash.ContentOf(1).SequenceEqual(other));
    }

    // Years are those of a stock image's file system, littlefs on 64 blocks of 4 KB: a flush erases 1.07 to 1.12 blocks there, compactions included, and the
    // block that is worn most has 1.1 to 1.3 times its share, as counted with littlefs 2.11 and files like these. A block is good for 100,000 erasures.
    [TestMethod]
    [DataRow(1, 10, false, 5, 46)]
    [DataRow(10, 10, false, 5, 46)]
    [DataRow(24, 10, false, 5, 46)]
    [DataRow(1, 10, true, 3, 160)]
    [DataRow(10, 10, true, 3, 90)]
    [DataRow(24, 10, true, 3, 70)]
    [DataRow(24, 1, false, 3, 46)]
    [DataRow(10, 60, true, 2, 160)]
    public void Traffic_WritesSeldom(int perSecond, int sources, bool irregular, int leastYears, int mostSeconds)
    {
        const int Start = 600;
        const int Seconds = 3600;
        const double FlushesOfALife = 64 * 100000 / 1.45;
        Random random = new(1);
        SimulatedFlash flash = new(8192, true);
        StoredNode device = new(flash, 0, new StackProfile());
        device.Open();
        device.Node.Join(PrimaryAddress, 5, false, 0, new NetworkKey(Key(1)), false, Key(2), 0);
        device.Run(1000);
        uint[] received = new uint[sources];
        long flushes = 0;
        long octets = 0;
        uint generation = 0;

        for (int i = 0; i < (Start + Seconds) * perSecond; i++)
        {
            if (i == Start * perSecond)
            {
                flushes = flash.Flushes;
                octets = flash.OctetsWritten;
                generation = device.Store.Journal.Generation;
            }

            int source = irregular ? random.Next(sources) : i % sources;
            Assert.IsTrue(device.Node.Stack.Sequence.TryTake(out _));
            device.Node.Stack.Replay.Commit(0x0200 + source, 5, ++received[source]);
            device.Run(irregular ? random.Next(2000 / perSecond) : 1000 / perSecond);
        }

        // What a loss of power now would cost: how long each source is refused, at its own pace.
        StoredNode again = new(flash, device.Now, new StackProfile());
        again.Open();
        double refused = 0;

        for (int i = 0; i < sources; i++)
        {
            uint sequence = received[i];

            while (again.Node.Stack.Replay.Check(0x0200 + i, 5, sequence) == ReplayVerdict.Replayed)
            {
                sequence++;
            }

            refused = Math.Max(refused, (sequence - received[i]) * (double)sources / perSecond);
        }

        double perDay = (flash.Flushes - flushes) * 86400.0 / Seconds;
        double years = FlushesOfALife / perDay / 365;
        OutputHelper.WriteLine($"{perSecond} PDUs a second each way, {sources} sources{(irregular ? ", irregular" : "")}: {perDay:F0} flushes a day, {years:F1} years; {(flash.OctetsWritten - octets) * 24 / 1024} KB a day, {(device.Store.Journal.Generation - generation) * 24} compactions; a source is refused for up to {refused:F0} s after a cut now");
        Assert.IsTrue(years > leastYears, $"{years}");
        Assert.IsTrue(refused <= mostSeconds, $"{refused}");
    }

    /// <summary>A phone has configured the node, and somebody unplugs it: it hears the phone again at once.</summary>
    [TestMethod]
    [DataRow(300, 11000, 1)]
    [DataRow(300, 3000, 50)]
    public void CutAfterABurst_RefusesNothingWhenItHasPaused(int messages, int pause, int least)
    {
        SimulatedFlash flash = new(8192, true);
        StoredNode device = new(flash, 0, new StackProfile());
        device.Open();
        device.Node.Join(PrimaryAddress, 5, false, 0, new NetworkKey(Key(1)), false, Key(2), 0);

        for (uint sequence = 1; sequence <= messages; sequence++)
        {
            device.Node.Stack.Replay.Commit(0x0200, 5, sequence);
            device.Run(50);
        }

        device.Run(pause);
        StoredNode again = new(flash, device.Now, new StackProfile());
        again.Open();
        uint next = (uint)messages;
        Assert.AreEqual(ReplayVerdict.Replayed, again.Node.Stack.Replay.Check(0x0200, 5, next));

        while (again.Node.Stack.Replay.Check(0x0200, 5, next) == ReplayVerdict.Replayed)
        {
            next++;
        }

        Assert.IsTrue(least == 1 ? next == messages + 1 : next >= messages + least, $"{next}");
    }

    /// <summary>Between the answer to Config Node Reset and leaving, messages still come in.</summary>
    [TestMethod]
    public void MessageBeforeLeaving_LeavesNothingDue()
    {
        StoredNode device = new(new SimulatedFlash(8192, true), 0, new StackProfile());
        device.Open();
        device.Node.Join(PrimaryAddress, 5, false, 0, new NetworkKey(Key(1)), false, Key(2), 0);
        device.Run(1000);
        device.Node.LeaveSoon(device.Now);
        device.Node.Stack.Replay.Commit(0x0200, 5, 1);
        device.Run(60000);

        Assert.IsFalse(device.Node.IsProvisioned);
        Assert.IsTrue(device.Store.Tick(device.Now) > device.Now);
    }

    /// <summary>Bursts that never end do not wear the flash.</summary>
    [TestMethod]
    public void Pauses_AreWrittenSeldom()
    {
        SimulatedFlash flash = new(8192, true);
        StoredNode device = new(flash, 0, new StackProfile());
        device.Open();
        device.Node.Join(PrimaryAddress, 5, false, 0, new NetworkKey(Key(1)), false, Key(2), 0);
        uint sequence = 0;
        long flushes = 0;

        for (int burst = 0; burst < 400; burst++)
        {
            if (burst == 40)
            {
                flushes = flash.Flushes;
            }

            for (int i = 0; i < 20; i++)
            {
                device.Node.Stack.Replay.Commit(0x0200, 5, ++sequence);
                device.Run(100);
            }

            device.Run(18000);
        }

        // 360 bursts of 20 s are two hours.
        Assert.IsTrue(flash.Flushes - flushes < 360, $"{flash.Flushes - flushes}");
    }

    private static byte[] Key(int number)
    {
        return [.. Enumerable.Range(0, 16).Select(i => (byte)((number * 16) + i))];
    }

    private sealed class Life(SimulatedFlash flash)
    {
        private uint _sequence;

        public SimulatedFlash Flash => flash;

        public StoredNode Device { get; private set; } = null!;

        public Subnet Primary => Device.Node.Stack.Subnets.Find(0);

        public void Run(int steps = int.MaxValue)
        {
            Device = new StoredNode(flash, 0);
            Device.Open();

            foreach ((_, Action<Life> act) in s_steps.Take(steps))
            {
                act(this);
                Device.Run(12000);
            }
        }

        // Sends, and takes messages of three sources.
        public void Use(int count)
        {
            for (int i = 0; i < count; i++)
            {
                uint ivIndex = Device.Node.Stack.IvIndex.TransmitIndex;

                Assert.IsTrue(Device.Node.Stack.Sequence.TryTake(out _));
                Device.Node.Stack.Replay.Commit(0x0200 + (i % 3), ivIndex, ++_sequence);
                Device.Run(i % 40 == 0 ? 7000 : 50);
            }
        }

        public void AddAppKey(int place, int index, byte[] key)
        {
            Device.Node.AppKeys.Add(index, 0, TransportKey.Application(key));
            Device.Node.Keep(StoredState.AppKey, place, Device.Now);
        }

        public void UpdateAppKey(int place, byte[] key)
        {
            Device.Node.AppKeys.Update(place, TransportKey.Application(key));
            Device.Node.Keep(StoredState.AppKey, place, Device.Now);
        }

        public void Change(StoredState state, Action<Model> change)
        {
            change(Device.Lightness);
            Device.Node.Keep(state, StateEntries.KeyOf(Device.Lightness), Device.Now);
        }

        public void Subscribe(int address, byte[] label)
        {
            int place = label is null ? LabelTable.None : Device.Node.Labels.Refer(label, 0);
            Device.Node.Subscriptions.Add(Device.Lightness, label is null ? address : Device.Node.Labels.Address(place), place);
            Device.Node.Keep(StoredState.Subscriptions, StateEntries.ListKeyOf(Device.Lightness), Device.Now);
        }

        public void Set()
        {
            Device.Node.Stack.Network.RelayEnabled = false;
            Device.Node.Stack.Network.NetworkTransmit = 0x21;
            Device.Node.Access.DefaultTtl = 9;
            Device.Node.Keep(StoredState.Settings, 0, Device.Now);
        }

        public void SetHeartbeat()
        {
            Device.Node.Heartbeat.SetPublication(Group, 0xFF, 0x11, 3, 1, 0, Device.Now);
            Device.Node.Keep(StoredState.HeartbeatPublication, 0, Device.Now);
        }

        public void StartIvUpdate()
        {
            Device.Run(100 * IvIndex.Hour);
            Assert.IsTrue(Device.Node.Stack.IvIndex.StartUpdate(Device.Now));
        }

        public void EndIvUpdate()
        {
            Device.Node.Stack.IvIndex.TestMode = true;
            Assert.IsTrue(Device.Node.Stack.IvIndex.CompleteUpdate(Device.Now));
            Device.Node.Stack.IvIndex.TestMode = false;
            _sequence = 0;
        }
    }
}
