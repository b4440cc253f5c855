using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Crypto;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode.Simulation;

/// <summary>
/// What stands above a network layer in the simulation: encrypts, segments, reassembles and decrypts access messages with the
/// firmware's formats and its replay protection list.
/// </summary>
/// <remarks>
/// No acknowledgments, no control messages, one message at a time from each source: the firmware's transport and access
/// layers will take its place.
/// </remarks>
public sealed class AccessEndpoint : INetworkLayerClient
{
    private const int ReplayCapacity = 64;

    private readonly VirtualMesh _mesh;
    private readonly string _name;
    private readonly List<TransportKey> _keys = [];
    private readonly Dictionary<int, byte[]> _labels = [];
    private readonly HashSet<int> _groups = [];
    private readonly ReplayProtectionList _replay = new(ReplayCapacity);
    private readonly UpperTransportAccessPdu _upper = new();
    private readonly Dictionary<int, SegmentedMessage> _incoming = [];
    private NetworkLayer? _network;
    private SequenceNumber? _sequence;
    private IvIndex? _ivIndex;
    private SubnetTable? _subnets;

    /// <param name="name">What the trace calls the device.</param>
    public AccessEndpoint(VirtualMesh mesh, string name)
    {
        _mesh = mesh;
        _name = name;
    }

    /// <summary>An access message was decrypted. Answers are sent later, not from within this call.</summary>
    public event Action<AccessMessage>? Received;

    /// <summary>Adds a key that messages may be encrypted with.</summary>
    public TransportKey Add(TransportKey key)
    {
        _keys.Add(key);

        return key;
    }

    /// <summary>Subscribes to a group address.</summary>
    public void Subscribe(int group)
    {
        _groups.Add(group);
    }

    /// <summary>Subscribes to a Label UUID.</summary>
    public void Subscribe(byte[] label)
    {
        _labels.Add(KeyDerivation.VirtualAddress(label, 0), label);
    }

    /// <summary>Binds it to the layers below, whose client it is.</summary>
    public void Bind(NetworkLayer network, SequenceNumber sequence, IvIndex ivIndex, SubnetTable subnets)
    {
        _network = network;
        _sequence = sequence;
        _ivIndex = ivIndex;
        _subnets = subnets;
    }

    /// <summary>Uses SEQ up to one that is to be the next, unless that one has been used.</summary>
    public void SkipTo(uint sequence)
    {
        while (_sequence!.Next < sequence)
        {
            _sequence.TryTake(out _);
        }
    }

    /// <summary>Sends an access message from the primary element, on the primary subnet.</summary>
    /// <param name="label">Label UUID when the destination is a virtual address.</param>
    /// <param name="szmic">Whether the TransMIC has 64 bits.</param>
    /// <returns><see langword="false"/> when a layer below has refused it.</returns>
    public bool Send(TransportKey key, int destination, int ttl, byte[] payload, byte[]? label = null, bool szmic = false)
    {
        uint seqAuth = _sequence!.Next;
        int source = _network!.PrimaryAddress;
        byte[] upper = new byte[payload.Length + UpperTransportAccessPdu.LongMicSize];
        int count = _upper.Encrypt(key, szmic, seqAuth, source, destination, _ivIndex!.TransmitIndex, label, payload, payload.Length, upper);
        int header = key.IsApplicationKey ? LowerTransportPdu.ApplicationKeyFlag | key.Aid : 0;
        byte[] pdu = new byte[NetworkPdu.MaxAccessTransportLength];

        if (count <= LowerTransportPdu.MaxUnsegmentedAccess && !szmic)
        {
            return Send(destination, ttl, pdu, LowerTransportPdu.EncodeUnsegmented(header, upper, count, pdu));
        }

        int segN = (count - 1) / LowerTransportPdu.AccessSegmentSize;
        int seqZero = (int)seqAuth & LowerTransportPdu.SeqZeroMask;

        for (int segO = 0; segO <= segN; segO++)
        {
            int offset = segO * LowerTransportPdu.AccessSegmentSize;
            int size = Math.Min(LowerTransportPdu.AccessSegmentSize, count - offset);
            int length = LowerTransportPdu.EncodeSegment(header, szmic, seqZero, segO, segN, upper, offset, size, pdu);

            if (!Send(destination, ttl, pdu, length))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public bool IsSubscribed(int destination)
    {
        return _groups.Contains(destination) || _labels.ContainsKey(destination);
    }

    /// <inheritdoc/>
    public bool OnNetworkPdu(NetworkPdu pdu, long now)
    {
        if (pdu.Control)
        {
            Drop(pdu, TransportVerdict.Control);
        }
        else if (_replay.Check(pdu.Source, pdu.IvIndex, pdu.Sequence) is ReplayVerdict replay && replay != ReplayVerdict.Fresh)
        {
            Drop(pdu, replay == ReplayVerdict.Full ? TransportVerdict.ReplayListFull : TransportVerdict.Replayed);
        }
        else if ((pdu.Payload[NetworkPdu.TransportOffset] & LowerTransportPdu.Segmented) == 0)
        {
            byte[] whole = pdu.Payload.AsSpan(NetworkPdu.TransportOffset, pdu.TransportLength).ToArray();
            Decrypt(pdu, false, pdu.Sequence, whole[LowerTransportPdu.UnsegmentedHeaderSize..], [whole]);
        }
        else if (pdu.TransportLength <= LowerTransportPdu.SegmentedHeaderSize)
        {
            Drop(pdu, TransportVerdict.Malformed);
        }
        else
        {
            OnSegment(pdu);
        }

        return true;
    }

    /// <inheritdoc/>
    public void OnSent(int tag, long now)
    {
    }

    private bool Send(int destination, int ttl, byte[] transportPdu, int count)
    {
        return _network!.HasRoom
            && _sequence!.TryTake(out uint sequence)
            && _network.Send(_subnets![0], false, ttl, sequence, _network.PrimaryAddress, destination, transportPdu, 0, count, 0) == SendVerdict.Sent;
    }

    private void OnSegment(NetworkPdu pdu)
    {
        SegmentedMessage message = new(pdu);

        if (_incoming.TryGetValue(pdu.Source, out SegmentedMessage? begun) && begun.Matches(message))
        {
            message = begun;
        }

        if (!message.Add(pdu))
        {
            Drop(pdu, TransportVerdict.Malformed);

            return;
        }

        _incoming[pdu.Source] = message;

        if (message.IsComplete)
        {
            _incoming.Remove(pdu.Source);
            Decrypt(pdu, message.Szmic, message.SeqAuth, message.UpperTransportPdu, message.Pdus);
        }
    }

    private void Decrypt(NetworkPdu pdu, bool szmic, uint seqAuth, byte[] upper, byte[][] transportPdus)
    {
        int header = transportPdus[0][0];
        bool application = (header & LowerTransportPdu.ApplicationKeyFlag) != 0;
        _labels.TryGetValue(pdu.Destination, out byte[]? label);
        byte[] payload = new byte[upper.Length];

        foreach (TransportKey key in _keys.Where(key => key.IsApplicationKey == application && key.Aid == (header & LowerTransportPdu.AidMask)))
        {
            int count = _upper.Decrypt(key, szmic, seqAuth, pdu.Source, pdu.Destination, pdu.IvIndex, label, upper, 0, upper.Length, payload);

            if (count > 0)
            {
                _replay.Commit(pdu.Source, pdu.IvIndex, pdu.Sequence);
                AccessMessage message = new(
                    pdu.Source, pdu.Destination, pdu.Ttl, pdu.IvIndex, seqAuth, key, payload[..count], transportPdus);
                _mesh.Trace(new AccessMessageReceived(_mesh.Clock.Now, _name, message));
                Received?.Invoke(message);

                return;
            }
        }

        Drop(pdu, TransportVerdict.TransMic);
    }

    private void Drop(NetworkPdu pdu, TransportVerdict verdict)
    {
        _mesh.Trace(new TransportPduDropped(_mesh.Clock.Now, _name, pdu.Source, pdu.Sequence, verdict));
    }
}
