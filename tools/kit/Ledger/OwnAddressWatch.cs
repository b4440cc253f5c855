using System.Collections.Generic;
using System.Linq;
using MeshNode.Kit.Monitor;
using MeshNode.Network;

namespace MeshNode.Kit.Ledger;

/// <summary>
/// Listens for messages from this side's own source address that this side has not sent: somebody else uses it, which a copy of a machine does, or a database that was put back.
/// </summary>
/// <remarks>
/// Only messages that are genuine under a network key count. Copies of own messages come back from relays; a recording of an own message of an earlier session is not
/// somebody else either, or anybody with a recorder could take the address away.
/// </remarks>
public sealed class OwnAddressWatch
{
    private const int Remembered = 8192;

    private readonly SourceLease _lease;
    private readonly SequenceNumber _sequence;
    private readonly Dictionary<(uint IvIndex, uint Sequence), byte[]> _sent = [];
    private readonly Queue<(uint IvIndex, uint Sequence)> _order = [];

    public OwnAddressWatch(SourceLease lease, MeshStack stack)
    {
        _lease = lease;
        _sequence = stack.Sequence;
    }

    /// <summary>What somebody else has sent from this side's address, or <see langword="null"/>.</summary>
    public DecodedPdu? Alarm { get; private set; }

    /// <summary>Messages from this side's address that it may have sent in an earlier session: recordings, if anything.</summary>
    public int Recordings { get; private set; }

    /// <summary>This side has sent a Network PDU.</summary>
    public void OnSent(DecodedPdu? pdu)
    {
        if (pdu is { Transport: { } transport, IvIndex: { } ivIndex, Sequence: { } sequence } && _sent.TryAdd((ivIndex, sequence), transport))
        {
            _order.Enqueue((ivIndex, sequence));

            if (_order.Count > Remembered)
            {
                _sent.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>A Network PDU has come.</summary>
    /// <returns>Whether it is the first sign of somebody else.</returns>
    public bool OnReceived(DecodedPdu? pdu)
    {
        if (Alarm != null || pdu is not { Transport: { } transport, IvIndex: { } ivIndex, Sequence: { } sequence } || pdu.Source != _lease.Address)
        {
            return false;
        }

        if (_sent.TryGetValue((ivIndex, sequence), out byte[]? own))
        {
            if (own.SequenceEqual(transport))
            {
                return false;
            }
        }
        else if (ivIndex < _lease.ReservedIvIndex || (ivIndex == _lease.ReservedIvIndex && sequence < _sequence.Next))
        {
            Recordings++;

            return false;
        }

        Alarm = pdu;

        return true;
    }
}
