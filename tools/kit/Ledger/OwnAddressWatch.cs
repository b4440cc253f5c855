using System.Collections.Generic;
using System.Linq;
using MeshNode.Kit.Monitor;

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
    private readonly Dictionary<(uint IvIndex, uint Sequence), byte[]> _sent = [];
    private readonly Queue<(uint IvIndex, uint Sequence)> _order = [];
    private (uint IvIndex, uint Sequence)? _forgotten;
    private bool _isBlind;

    public OwnAddressWatch(SourceLease lease)
    {
        _lease = lease;
    }

    /// <summary>What somebody else has sent from this side's address, or <see langword="null"/>.</summary>
    public DecodedPdu? Alarm { get; private set; }

    /// <summary>Messages from this side's address that it may have sent in an earlier session: recordings, if anything.</summary>
    public int Recordings { get; private set; }

    /// <summary>This side has sent a Network PDU.</summary>
    /// <param name="pdu"><see langword="null"/> when it could not be read, because keys or the IV Index have just changed.</param>
    public void OnSent(DecodedPdu? pdu)
    {
        _isBlind |= pdu == null;

        if (pdu is { Transport: { } transport, IvIndex: { } ivIndex, Sequence: { } sequence } && _sent.TryAdd((ivIndex, sequence), transport))
        {
            _order.Enqueue((ivIndex, sequence));

            if (_order.Count > Remembered)
            {
                _forgotten = _order.Dequeue();
                _sent.Remove(_forgotten.Value);
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
        else if (_forgotten?.CompareTo((ivIndex, sequence)) >= 0 || _lease.MayHaveBeenUsed(ivIndex, sequence, _isBlind))
        {
            Recordings++;

            return false;
        }

        Alarm = pdu;

        return true;
    }
}
