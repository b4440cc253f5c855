using System;
using System.Collections.Generic;
using System.IO;
using MeshNode.Network;

namespace MeshNode.Kit.Ledger;

/// <summary>A source address that this process alone holds, and the SEQ that it has reserved for it.</summary>
/// <remarks>Blocks double from one to the next, so that a short run wastes little when it is killed, and a long one seldom waits for the disk.</remarks>
public sealed class SourceLease : ISequenceStore, IReplayStore, IDisposable
{
    private const uint FirstBlock = 16;
    private const uint LargestBlock = 4096;

    private readonly SequenceLedger _ledger;
    private readonly FileStream _lock;
    private uint _block = FirstBlock;
    private IvIndex? _ivIndex;
    private SequenceNumber? _sequence;
    private ReplayProtectionList? _replay;
    private int _replays;
    private uint _reservedIvIndex;
    private uint _limit;
    private uint _first;
    private bool _ended;

    internal SourceLease(SequenceLedger ledger, Guid network, int address, FileStream held)
    {
        _ledger = ledger;
        _lock = held;
        Network = network;
        Address = address;
    }

    /// <summary>The network.</summary>
    public Guid Network { get; }

    /// <summary>The unicast address.</summary>
    public int Address { get; }

    /// <summary>Whether the ledger could not be written: nothing more is sent.</summary>
    public LedgerException? Failure { get; private set; }

    /// <summary>The IV Index that SEQ were last reserved for.</summary>
    public uint ReservedIvIndex => _reservedIvIndex;

    /// <summary>Has a stack take its SEQ from here, once it has joined, and refuse what earlier processes have accepted.</summary>
    public void Bind(MeshStack stack)
    {
        _ivIndex = stack.IvIndex;
        _sequence = stack.Sequence;
        _sequence.Store = this;
        Reserve();
        _replay = stack.Replay;

        foreach ((int source, long number) in _ledger.Replays(Network))
        {
            _replay.Restore(source, number);
        }

        _replay.Store = this;
    }

    /// <summary>Whether messages were accepted that are not entered yet.</summary>
    public bool HasReplays => _replay != null && _replay.Changes != _replays;

    /// <summary>Enters what was accepted since the last time. What a process that is killed has accepted since may be replayed to the next.</summary>
    public void KeepReplays()
    {
        if (_replay == null || !HasReplays)
        {
            return;
        }

        // Nothing is kept ahead: the next process is to take the very next message.
        _replays = _replay.Changes;
        _replay.Settle(0);
        List<(int Source, long Number)> replays = [];

        for (int place = _replay.NextToKeep(0); place < _replay.Count; place = _replay.NextToKeep(place + 1))
        {
            replays.Add((_replay.Source(place), _replay.KeptNumber(place)));
        }

        if (replays.Count > 0)
        {
            _ledger.Keep(Network, replays);
        }
    }

    /// <inheritdoc/>
    void IReplayStore.OnBeyondKept()
    {
    }

    /// <inheritdoc/>
    public bool Reserve()
    {
        SequenceNumber sequence = _sequence!;
        uint ivIndex = _ivIndex!.TransmitIndex;
        sequence.Limit = Math.Min(sequence.Limit, sequence.Next);

        if (_ended)
        {
            return false;
        }

        try
        {
            (uint next, uint limit) = _ledger.Reserve(Network, Address, ivIndex, _block);
            Failure = null;

            if (_limit == 0 || ivIndex != _reservedIvIndex)
            {
                _first = next;
            }

            _reservedIvIndex = ivIndex;
            _limit = limit;
            _block = Math.Min(2 * _block, LargestBlock);
            sequence.Restore(next);
            sequence.Limit = limit;

            return next < limit;
        }
        catch (LedgerException e)
        {
            Failure = e;

            return false;
        }
    }

    /// <summary>Whether an earlier process on this machine may have used a SEQ, or this one with an earlier IV Index.</summary>
    /// <param name="byThis">Whether those count that this process may have used with the present one.</param>
    internal bool MayHaveBeenUsed(uint ivIndex, uint sequence, bool byThis)
    {
        return sequence < (ivIndex == _reservedIvIndex && !byThis ? _first : _ledger.Reserved(Network, Address, ivIndex));
    }

    /// <summary>The address is never used again: somebody else has it.</summary>
    public void Retire()
    {
        _ended = true;
        _sequence?.Restore(_sequence.Next);
        _ledger.Retire(Network, Address);
    }

    /// <summary>Gives back what was reserved and not used. Nothing more is sent.</summary>
    public void Dispose()
    {
        try
        {
            KeepReplays();
        }
        catch (LedgerException)
        {
            // The command has done what it was to do.
        }

        if (!_ended && _sequence != null && _limit != 0 && _sequence.Next < _limit && _ivIndex!.TransmitIndex == _reservedIvIndex)
        {
            uint next = _sequence.Next;
            _sequence.Restore(next);

            try
            {
                _ledger.Return(Network, Address, _reservedIvIndex, next, _limit);
            }
            catch (LedgerException)
            {
                // They are lost, which does no harm.
            }
        }

        _ended = true;
        _lock.Dispose();
    }
}
