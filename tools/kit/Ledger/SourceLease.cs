using System;
using System.IO;
using MeshNode.Network;

namespace MeshNode.Kit.Ledger;

/// <summary>A source address that this process alone holds, and the SEQ that it has reserved for it.</summary>
/// <remarks>Blocks double from one to the next, so that a short run wastes little when it is killed, and a long one seldom waits for the disk.</remarks>
public sealed class SourceLease : ISequenceStore, IDisposable
{
    private const uint FirstBlock = 16;
    private const uint LargestBlock = 4096;

    private readonly SequenceLedger _ledger;
    private readonly FileStream _lock;
    private uint _block = FirstBlock;
    private IvIndex? _ivIndex;
    private SequenceNumber? _sequence;
    private uint _reservedIvIndex;
    private uint _limit;
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

    /// <summary>The first SEQ reserved by this process with the IV Index of <see cref="ReservedIvIndex"/>.</summary>
    public uint FirstSequence { get; private set; }

    /// <summary>The IV Index that SEQ were last reserved for.</summary>
    public uint ReservedIvIndex => _reservedIvIndex;

    /// <summary>Has a stack take its SEQ from here, once it has joined.</summary>
    public void Bind(MeshStack stack)
    {
        _ivIndex = stack.IvIndex;
        _sequence = stack.Sequence;
        _sequence.Store = this;
        Reserve();
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
                FirstSequence = next;
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
