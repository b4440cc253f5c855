using System;
using System.Collections.Generic;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Provisioning;

namespace MeshNode.Kit.Provisioning;

/// <summary>PB-ADV, provisioner role: one link to one device. See Mesh Protocol 1.1, sections 5.2.1 and 5.3.</summary>
public sealed class PbAdvClient : IProvisionerBearer
{
    /// <summary>Milliseconds that the device has to acknowledge the link.</summary>
    public const int LinkTimeout = 60000;

    private const int LinkOpenInterval = 500;
    private const int NoRoomRetry = 10;
    private const int CloseTransmissions = 3;
    private const int CloseInterval = 20;
    private const int TransactionMask = 0x7F;
    private const int DeviceTransaction = 0x80;

    private readonly IAdvertisingBearer _bearer;
    private readonly IRandomSource _random;
    private readonly byte[] _uuid;
    private readonly GenericProvisioningPdu _received = new();
    private readonly TransactionReassembler _reassembler = new();
    private readonly Queue<byte[]> _waiting = [];
    private readonly byte[] _pdu = new byte[GenericProvisioningPdu.MaxLength];
    private readonly byte[] _octets = new byte[sizeof(uint)];
    private IProvisionerBearerClient? _client;
    private bool _isOpen;
    private bool _isOpening;
    private uint _linkId;
    private int _own;
    private int _expected;
    private int _segment;
    private int? _acknowledge;
    private int? _closeReason;
    private long _controlDue = long.MaxValue;
    private long _segmentDue = long.MaxValue;
    private long _timeout = long.MaxValue;

    /// <param name="uuid">Device UUID, 16 octets. Copied.</param>
    public PbAdvClient(IAdvertisingBearer bearer, IRandomSource random, byte[] uuid)
    {
        _bearer = bearer;
        _random = random;
        _uuid = [.. uuid];
    }

    /// <summary>Whether the link is open.</summary>
    public bool IsOpen => _isOpen;

    /// <inheritdoc/>
    public void Open(IProvisionerBearerClient client, long now)
    {
        _client = client;
        _random.Fill(_octets, 0, _octets.Length);
        _linkId = BigEndian.ReadUInt32(_octets, 0);
        _isOpening = true;
        _controlDue = now;
        _timeout = now + LinkTimeout;
        _own = 0;
        _expected = 0;
        _reassembler.Reset();
    }

    /// <inheritdoc/>
    public void Send(byte[] pdu, int count, long now)
    {
        _waiting.Enqueue(pdu[..count]);

        if (_waiting.Count == 1)
        {
            StartTransaction(now);
        }
    }

    /// <inheritdoc/>
    public void Close(int reason, long now)
    {
        if (_isOpen || _isOpening)
        {
            End();
            _closeReason = reason;
            _controlDue = now;
        }
    }

    /// <summary>Takes a PB-ADV PDU. It is not kept.</summary>
    public PbAdvVerdict Receive(byte[] payload, int offset, int count, long now)
    {
        if (!_received.Decode(payload, offset, count))
        {
            return PbAdvVerdict.Format;
        }

        if ((!_isOpen && !_isOpening) || _received.LinkId != _linkId)
        {
            return PbAdvVerdict.OtherLink;
        }

        if (_received.Format == GenericProvisioningPdu.Control)
        {
            return ReceiveControl(now);
        }

        if (!_isOpen)
        {
            return PbAdvVerdict.Transaction;
        }

        if (_received.Format == GenericProvisioningPdu.Acknowledgment)
        {
            if (_waiting.Count == 0 || _received.Transaction != _own)
            {
                return PbAdvVerdict.Transaction;
            }

            EndTransaction(now);

            return PbAdvVerdict.Accepted;
        }

        return ReceiveSegment(payload, now);
    }

    /// <inheritdoc/>
    public long Tick(long now)
    {
        if (now >= _timeout)
        {
            ProvisionerFailure failure = _isOpening ? ProvisionerFailure.LinkTimeout : ProvisionerFailure.TransactionTimeout;
            _timeout = long.MaxValue;
            _client!.OnLinkLost(failure, now);
        }

        if (now >= _controlDue)
        {
            SendControl(now);
        }

        if (now >= _segmentDue)
        {
            SendSegment(now);
        }

        return Math.Min(_timeout, Math.Min(_controlDue, _segmentDue));
    }

    private PbAdvVerdict ReceiveControl(long now)
    {
        switch (_received.Number)
        {
            case GenericProvisioningPdu.LinkAck when _isOpening:
                _isOpening = false;
                _isOpen = true;
                _controlDue = long.MaxValue;
                _timeout = long.MaxValue;
                _client!.OnLinkOpened(now);

                return PbAdvVerdict.Accepted;

            case GenericProvisioningPdu.LinkAck:
                return PbAdvVerdict.Repeated;

            case GenericProvisioningPdu.LinkClose:
                End();
                _client!.OnLinkLost(ProvisionerFailure.LinkClosed, now);

                return PbAdvVerdict.Accepted;

            default:
                return PbAdvVerdict.Transaction;
        }
    }

    private PbAdvVerdict ReceiveSegment(byte[] payload, long now)
    {
        if (_received.Transaction != (DeviceTransaction | _expected))
        {
            if (_received.Transaction != (DeviceTransaction | ((_expected - 1) & TransactionMask)))
            {
                return PbAdvVerdict.Transaction;
            }

            Acknowledge(_received.Transaction, now);

            return PbAdvVerdict.Repeated;
        }

        switch (_reassembler.Receive(_received, payload))
        {
            case TransactionReassembly.Incomplete:
                return PbAdvVerdict.Incomplete;

            case TransactionReassembly.Complete:
                break;

            default:
                return PbAdvVerdict.Segment;
        }

        Acknowledge(_received.Transaction, now);
        _expected = (_expected + 1) & TransactionMask;
        _client!.OnPdu(_reassembler.Pdu, 0, _reassembler.Length, now);

        return PbAdvVerdict.Accepted;
    }

    private void Acknowledge(int transaction, long now)
    {
        _acknowledge = transaction;
        _controlDue = Math.Min(_controlDue, now + Delay());
    }

    private void StartTransaction(long now)
    {
        _segment = 0;
        _segmentDue = now + Delay();
        _timeout = now + PbAdvBearer.TransactionTimeout;
    }

    private void EndTransaction(long now)
    {
        Array.Clear(_waiting.Dequeue());
        _own = (_own + 1) & TransactionMask;
        _segmentDue = long.MaxValue;
        _timeout = long.MaxValue;

        if (_waiting.Count != 0)
        {
            StartTransaction(now);
        }
    }

    private void End()
    {
        _isOpen = false;
        _isOpening = false;
        _acknowledge = null;
        _closeReason = null;
        _controlDue = long.MaxValue;
        _segmentDue = long.MaxValue;
        _timeout = long.MaxValue;
        _reassembler.Reset();

        while (_waiting.TryDequeue(out byte[]? pdu))
        {
            Array.Clear(pdu);
        }
    }

    private void SendControl(long now)
    {
        if (_bearer.TransmitCredit == 0)
        {
            _controlDue = now + NoRoomRetry;

            return;
        }

        _controlDue = long.MaxValue;

        if (_closeReason is { } reason)
        {
            _closeReason = null;
            Transmit(GenericProvisioningPdu.EncodeLinkClose(_linkId, reason, _pdu), CloseTransmissions);
        }
        else if (_isOpening)
        {
            _controlDue = now + LinkOpenInterval;
            Transmit(GenericProvisioningPdu.EncodeLinkOpen(_linkId, _uuid, _pdu), 1);
        }
        else if (_acknowledge is { } transaction)
        {
            _acknowledge = null;
            Transmit(GenericProvisioningPdu.EncodeAcknowledgment(_linkId, transaction, _pdu), 1);
        }
    }

    // The acknowledgment of what is answered goes first.
    private void SendSegment(long now)
    {
        if (_controlDue != long.MaxValue || _bearer.TransmitCredit == 0)
        {
            _segmentDue = now + NoRoomRetry;

            return;
        }

        byte[] pdu = _waiting.Peek();
        Transmit(GenericProvisioningPdu.EncodeSegment(_linkId, _own, pdu, pdu.Length, _segment, _pdu), 1);
        _segment++;
        _segmentDue = now + Delay();

        if (_segment > GenericProvisioningPdu.LastSegment(pdu.Length))
        {
            _segment = 0;
            _segmentDue += PbAdvBearer.RetransmissionPause;
        }
    }

    private void Transmit(int count, int transmissions)
    {
        _bearer.Send(AdvertisingData.PbAdv, _pdu, 0, count, transmissions, CloseInterval, 0);
    }

    private int Delay()
    {
        _random.Fill(_octets, 0, 1);

        return PbAdvBearer.MinDelay + ((_octets[0] * (PbAdvBearer.MaxDelay - PbAdvBearer.MinDelay + 1)) >> 8);
    }
}
