#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using MeshNode.Kit.Ledger;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>No SEQ and no unicast address twice, whatever happens to the ledger's files.</summary>
[TestClass]
public class SequenceLedgerTests
{
    private static readonly Guid s_network = new("70cf7c97-32a3-45b6-9149-4810d2e9cbf4");

    [TestMethod]
    public void Reserve_GivesEachOnceToAllProcesses()
    {
        using TemporaryFolder folder = new();
        using SequenceLedger first = Open(folder);
        first.Adopt(s_network, new AddressRange(0x100, 0x1FF));
        using SequenceLedger second = Open(folder);
        HashSet<uint> used = [];

        for (int i = 0; i < 20; i++)
        {
            (uint next, uint limit) = (i % 2 == 0 ? first : second).Reserve(s_network, 0x100, 7, 10);

            for (uint sequence = next; sequence < limit; sequence++)
            {
                Assert.IsTrue(used.Add(sequence), $"{sequence} twice");
            }
        }

        Assert.AreEqual(200, used.Count);
        Assert.AreEqual(0u, first.Reserve(s_network, 0x100, 8, 10).Next);
        Assert.AreEqual(0u, first.Reserve(s_network, 0x101, 7, 10).Next);
    }

    [TestMethod]
    public void Reserve_EndsBehindTheLargest()
    {
        using TemporaryFolder folder = new();
        using SequenceLedger ledger = Open(folder);
        ledger.Reserve(s_network, 1, 0, SequenceNumber.Max - 1);
        Assert.AreEqual(SequenceNumber.Max + 1, ledger.Reserve(s_network, 1, 0, 100).Limit);
        (uint next, uint limit) = ledger.Reserve(s_network, 1, 0, 100);
        Assert.AreEqual(next, limit);
    }

    [TestMethod]
    [DataRow("ledger")]
    [DataRow("witness")]
    public void Open_BringsARestoredCopyUpToTheOther(string restored)
    {
        using TemporaryFolder folder = new();
        uint limit;
        int address;

        using (SequenceLedger ledger = Open(folder))
        {
            ledger.Adopt(s_network, new AddressRange(0x100, 0x1FF));
            ledger.Reserve(s_network, 0x100, 7, 10);
        }

        File.Copy(folder[restored], folder["backup"]);

        using (SequenceLedger ledger = Open(folder))
        {
            Assert.AreEqual(LedgerFinding.Whole, ledger.Finding);
            limit = ledger.Reserve(s_network, 0x100, 7, 1000).Limit;
            address = ledger.Allocate(s_network, 2, 7, static _ => true);
        }

        File.Copy(folder["backup"], folder[restored], true);

        using (SequenceLedger ledger = Open(folder))
        {
            Assert.AreEqual(LedgerFinding.Merged, ledger.Finding);
            Assert.AreEqual(limit, ledger.Reserve(s_network, 0x100, 7, 10).Next);
            Assert.AreEqual(address + 2, ledger.Allocate(s_network, 1, 7, static _ => true));
        }
    }

    [TestMethod]
    [DataRow("ledger")]
    [DataRow("witness")]
    public void Open_RefusesNetworksWhenACopyIsLost(string lost)
    {
        using TemporaryFolder folder = new();

        using (SequenceLedger ledger = Open(folder))
        {
            Assert.AreEqual(LedgerFinding.New, ledger.Finding);
            ledger.Adopt(s_network, new AddressRange(0x100, 0x1FF));
        }

        File.Delete(folder[lost]);

        using (SequenceLedger ledger = Open(folder))
        {
            Assert.AreEqual(LedgerFinding.Lost, ledger.Finding);
            Refuses(LedgerFailure.NotTrusted, () => ledger.Acquire(s_network, 0, static _ => true));
        }

        using (SequenceLedger ledger = Open(folder))
        {
            Assert.AreEqual(LedgerFinding.Whole, ledger.Finding);
            Refuses(LedgerFailure.NotTrusted, () => ledger.Allocate(s_network, 1, 0, static _ => true));
            Assert.ThrowsException(typeof(ArgumentException), () => ledger.Adopt(s_network, new AddressRange(0x1FF, 0x2FE)));
            ledger.Adopt(s_network, new AddressRange(0x200, 0x2FF));
            using SourceLease lease = ledger.Acquire(s_network, 0, static _ => true);
            Assert.AreEqual(0x200, lease.Address);
        }
    }

    [TestMethod]
    public void Acquire_RefusesANetworkFromElsewhere()
    {
        using TemporaryFolder folder = new();
        using SequenceLedger ledger = Open(folder);
        Refuses(LedgerFailure.UnknownNetwork, () => ledger.Acquire(s_network, 0, static _ => true));
    }

    [TestMethod]
    public void Acquire_GivesEachProcessASourceOfItsOwn()
    {
        using TemporaryFolder folder = new();
        using SequenceLedger first = Open(folder);
        using SequenceLedger second = Open(folder);
        first.Adopt(s_network, new AddressRange(0x100, 0x101));
        SourceLease one = first.Acquire(s_network, 0, static _ => true);
        SourceLease two = second.Acquire(s_network, 0, static _ => true);
        Assert.AreEqual(0x100, one.Address);
        Assert.AreEqual(0x101, two.Address);
        Refuses(LedgerFailure.NoAddress, () => first.Acquire(s_network, 0, static _ => true));
        one.Dispose();
        two.Retire();
        two.Dispose();
        Assert.AreEqual(0x100, second.Acquire(s_network, 0, static _ => true).Address);
        Refuses(LedgerFailure.NoAddress, () => first.Acquire(s_network, 0, static _ => true));
    }

    [TestMethod]
    public void Acquire_PassesOverAnAddressThatANodeHas()
    {
        using TemporaryFolder folder = new();
        using SequenceLedger ledger = Open(folder);
        ledger.Adopt(s_network, new AddressRange(0x100, 0x101));
        ledger.Acquire(s_network, 0, static _ => true).Dispose();
        using SourceLease lease = ledger.Acquire(s_network, 0, static address => address != 0x100);
        Assert.AreEqual(0x101, lease.Address);
    }

    [TestMethod]
    public void Queries_FailLikeChanges()
    {
        using TemporaryFolder folder = new();
        SequenceLedger ledger = Open(folder);
        ledger.Dispose();
        Refuses(LedgerFailure.Storage, () => ledger.IsTrusted(s_network));
        Refuses(LedgerFailure.Storage, () => ledger.Ranges(s_network));
    }

    [TestMethod]
    public void Allocate_GivesNoAddressAgainBeforeTheIvIndexHasMovedOnByTwo()
    {
        using TemporaryFolder folder = new();
        using SequenceLedger ledger = Open(folder);
        ledger.Adopt(s_network, new AddressRange(0x100, 0x105));
        Assert.AreEqual(0x100, ledger.Allocate(s_network, 3, 4, static _ => true));
        Assert.AreEqual(0x104, ledger.Allocate(s_network, 2, 4, static address => address != 0x103));
        Refuses(LedgerFailure.NoAddress, () => ledger.Allocate(s_network, 2, 4, static _ => true));
        ledger.Free(s_network, 0x100, 5);
        Refuses(LedgerFailure.NoAddress, () => ledger.Allocate(s_network, 2, 6, static _ => true));
        Assert.AreEqual(0x100, ledger.Allocate(s_network, 2, 7, static _ => true));
        Refuses(LedgerFailure.NoAddress, () => ledger.Allocate(s_network, 3, 9, static _ => true));
    }

    [TestMethod]
    public void Lease_ReservesForTheIvIndexInUseAndReturnsTheRest()
    {
        using TemporaryFolder folder = new();
        using SequenceLedger ledger = Open(folder);
        ledger.Adopt(s_network, new AddressRange(0x100, 0x100));
        ClientWorld world = new(1, false);
        MeshStack stack = world.Client.Node.Stack;

        using (SourceLease lease = ledger.Acquire(s_network, 0, static _ => true))
        {
            lease.Bind(stack);
            Assert.IsTrue(Enumerable.Range(0, 200).All(i => stack.Sequence.TryTake(out uint taken) && taken == i));
            stack.IvIndex.TestMode = true;
            stack.IvIndex.StartUpdate(world.Now);
            Assert.IsTrue(stack.Sequence.TryTake(out uint next));
            Assert.AreEqual(200u, next);
            stack.IvIndex.CompleteUpdate(world.Now);
            Assert.IsTrue(stack.Sequence.TryTake(out next));
            Assert.AreEqual(0u, next);
            Assert.AreEqual(1u, lease.ReservedIvIndex);
        }

        Assert.IsFalse(stack.Sequence.TryTake(out _));
        Assert.AreEqual(1u, ledger.Reserve(s_network, 0x100, 1, 1).Next);
    }

    [TestMethod]
    public void Lease_RefusesWhatAnEarlierProcessHasAccepted()
    {
        using TemporaryFolder folder = new();
        using SequenceLedger ledger = Open(folder);
        ledger.Adopt(s_network, new AddressRange(0x100, 0x100));
        using (SourceLease lease = ledger.Acquire(s_network, 0, static _ => true))
        {
            MeshStack stack = new ClientWorld(1, false).Client.Node.Stack;
            lease.Bind(stack);

            for (uint sequence = 1; sequence < 100; sequence++)
            {
                stack.Replay.Commit(0x200, 3, sequence);
                stack.Replay.Commit(0x300, 4, 2 * sequence);

                if (sequence == 50)
                {
                    lease.KeepReplays();
                }
            }
        }

        using (SourceLease lease = ledger.Acquire(s_network, 0, static _ => true))
        {
            MeshStack stack = new ClientWorld(1, false).Client.Node.Stack;
            lease.Bind(stack);
            Assert.AreEqual(ReplayVerdict.Replayed, stack.Replay.Check(0x200, 3, 99));
            Assert.AreEqual(ReplayVerdict.Fresh, stack.Replay.Check(0x200, 3, 100));
            Assert.AreEqual(ReplayVerdict.Replayed, stack.Replay.Check(0x300, 4, 198));
            Assert.AreEqual(ReplayVerdict.Fresh, stack.Replay.Check(0x300, 4, 199));
            Assert.AreEqual(ReplayVerdict.Fresh, stack.Replay.Check(0x400, 0, 0));
        }
    }

    [TestMethod]
    public void Lease_IsSilentWhenTheLedgerCannotBeWritten()
    {
        using TemporaryFolder folder = new();
        SequenceLedger ledger = Open(folder);
        ledger.Adopt(s_network, new AddressRange(0x100, 0x100));
        ClientWorld world = new(1, false);
        using SourceLease lease = ledger.Acquire(s_network, 0, static _ => true);
        lease.Bind(world.Client.Node.Stack);
        ledger.Dispose();
        int taken = 0;

        while (world.Client.Node.Stack.Sequence.TryTake(out _))
        {
            taken++;
        }

        // What was reserved before, and nothing else.
        Assert.AreEqual(16, taken);
        Assert.AreEqual(LedgerFailure.Storage, lease.Failure!.Failure);
    }

    private static SequenceLedger Open(TemporaryFolder folder)
    {
        return SequenceLedger.Open(folder["ledger"], folder["witness"]);
    }

    private static void Refuses(LedgerFailure failure, Action action)
    {
        try
        {
            action();
        }
        catch (LedgerException e)
        {
            Assert.AreEqual(failure, e.Failure);

            return;
        }

        Assert.IsTrue(false, "not refused");
    }
}
