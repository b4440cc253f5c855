using System;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.Provisioning
{
    /// <summary>PB-ADV, device role: one link to one provisioner. See Mesh Protocol 1.1, sections 5.2.1 and 5.3.</summary>
    /// <remarks>
    /// A PDU is handed to the transmitter when nothing else waits there, so that repetitions do not pile up in front of an antenna that is slow. A
    /// new transaction of the provisioner tells that it has the PDU that is being sent: it would not go on without.
    /// </remarks>
    public sealed class PbAdvBearer : IProvisioningBearer
    {
        /// <summary>Milliseconds after which a transaction that was not acknowledged ends the link. Section 5.3.3.</summary>
        public const int TransactionTimeout = 30000;

        /// <summary>Fewest milliseconds before a PDU is sent. Section 5.3.3.</summary>
        public const int MinDelay = 20;

        /// <summary>Most milliseconds before a PDU is sent.</summary>
        public const int MaxDelay = 50;

        /// <summary>Milliseconds, besides, before a transaction is sent again: the provisioner needs time to acknowledge it.</summary>
        public const int RetransmissionPause = 150;

        private const int None = -1;
        private const int CongestionRetry = 10;
        private const int FirstOwnTransaction = 0x80;
        private const int TransactionMask = 0x7F;

        private readonly AdvertisingTransmitter _transmitter;
        private readonly IRandomSource _random;
        private readonly Provisionee _provisionee;
        private readonly byte[] _uuid;
        private readonly GenericProvisioningPdu _received = new GenericProvisioningPdu();
        private readonly TransactionReassembler _reassembler = new TransactionReassembler();
        private readonly byte[] _pdu = new byte[GenericProvisioningPdu.MaxLength];
        private readonly byte[] _delay = new byte[1];
        private readonly byte[] _waiting = new byte[ProvisioningPdu.MaxLength];
        private readonly byte[] _outgoing = new byte[ProvisioningPdu.MaxLength];
        private int _outgoingLength;
        private int _waitingLength;
        private bool _isOpen;
        private uint _linkId;
        private int _expected;
        private int _own;
        private int _segment;
        private bool _linkAck;
        private int _acknowledge = None;
        private int _closeReason = None;
        private long _controlDue = long.MaxValue;
        private long _segmentDue = long.MaxValue;
        private long _transactionEnd = long.MaxValue;

        /// <param name="random">For the delays.</param>
        /// <param name="uuid">Device UUID, 16 octets. Copied.</param>
        public PbAdvBearer(AdvertisingTransmitter transmitter, IRandomSource random, byte[] uuid, Provisionee provisionee)
        {
            _transmitter = transmitter;
            _random = random;
            _uuid = (byte[])uuid.Clone();
            _provisionee = provisionee;
        }

        /// <inheritdoc/>
        public bool StartsNodeIdentity
        {
            get { return false; }
        }

        /// <inheritdoc/>
        public int CloseTimeout
        {
            get { return Provisionee.ProtocolTimeout; }
        }

        /// <summary>Whether a link is open.</summary>
        public bool IsOpen
        {
            get { return _isOpen; }
        }

        /// <summary>Whether nothing waits to be sent.</summary>
        public bool IsIdle
        {
            get { return _controlDue == long.MaxValue && _segmentDue == long.MaxValue; }
        }

        /// <summary>Takes a PB-ADV PDU. It is not kept.</summary>
        public PbAdvVerdict Receive(byte[] payload, int offset, int count, long now)
        {
            if (!_received.Decode(payload, offset, count))
            {
                return PbAdvVerdict.Format;
            }

            if (_received.Format == GenericProvisioningPdu.Control && _received.Number == GenericProvisioningPdu.LinkOpen)
            {
                return ReceiveLinkOpen(payload, now);
            }

            if (!_isOpen || _received.LinkId != _linkId)
            {
                return PbAdvVerdict.OtherLink;
            }

            switch (_received.Format)
            {
                case GenericProvisioningPdu.Control:
                    if (_received.Number == GenericProvisioningPdu.LinkAck)
                    {
                        return PbAdvVerdict.Transaction;
                    }

                    EndLink(now);

                    return PbAdvVerdict.Accepted;

                case GenericProvisioningPdu.Acknowledgment:
                    if (_outgoingLength == 0 || _received.Transaction != _own)
                    {
                        return PbAdvVerdict.Transaction;
                    }

                    EndTransaction(now);

                    return PbAdvVerdict.Accepted;

                default:
                    return ReceiveSegment(payload, now);
            }
        }

        /// <inheritdoc/>
        public void Send(byte[] pdu, int count, long now)
        {
            if (_outgoingLength != 0)
            {
                Array.Copy(pdu, 0, _waiting, 0, count);
                _waitingLength = count;
            }
            else
            {
                Array.Copy(pdu, 0, _outgoing, 0, count);
                StartTransaction(count, now);
            }
        }

        /// <inheritdoc/>
        public void Close(int reason, long now)
        {
            EndLink(now);
            _closeReason = reason;
            _controlDue = now;
        }

        /// <summary>Sends what is due, and ends a link whose transaction was not acknowledged in time.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            if (now >= _transactionEnd)
            {
                Close(LinkCloseReason.Timeout, now);
            }

            if (now >= _controlDue)
            {
                SendControl(now);
            }

            if (now >= _segmentDue)
            {
                SendSegment(now);
            }

            long next = _controlDue < _segmentDue ? _controlDue : _segmentDue;

            return next < _transactionEnd ? next : _transactionEnd;
        }

        private PbAdvVerdict ReceiveLinkOpen(byte[] payload, long now)
        {
            int difference = 0;

            for (int i = 0; i < _uuid.Length; i++)
            {
                difference |= payload[_received.DataOffset + i] ^ _uuid[i];
            }

            if (difference != 0)
            {
                return PbAdvVerdict.OtherLink;
            }

            PbAdvVerdict verdict = PbAdvVerdict.Accepted;

            if (_isOpen)
            {
                if (_received.LinkId != _linkId)
                {
                    return PbAdvVerdict.Busy;
                }

                verdict = PbAdvVerdict.Repeated;
            }
            else if (_provisionee.Open(this, now))
            {
                _isOpen = true;
                _linkId = _received.LinkId;
                _expected = 0;
                _own = FirstOwnTransaction - 1;
                _closeReason = None;
                _reassembler.Reset();
            }
            else
            {
                return PbAdvVerdict.Busy;
            }

            _linkAck = true;
            ScheduleControl(now);

            return verdict;
        }

        private PbAdvVerdict ReceiveSegment(byte[] payload, long now)
        {
            if (_received.Transaction != _expected)
            {
                if (_received.Transaction != ((_expected - 1) & TransactionMask) || _provisionee.State == ProvisioneeState.Invite)
                {
                    return PbAdvVerdict.Transaction;
                }

                _acknowledge = _received.Transaction;
                ScheduleControl(now);

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

            _acknowledge = _expected;
            _expected = (_expected + 1) & TransactionMask;
            ScheduleControl(now);

            if (_outgoingLength != 0)
            {
                EndTransaction(now);
            }

            _provisionee.Receive(_reassembler.Pdu, 0, _reassembler.Length, now);

            return PbAdvVerdict.Accepted;
        }

        private void StartTransaction(int count, long now)
        {
            _outgoingLength = count;
            _own = FirstOwnTransaction | ((_own + 1) & TransactionMask);
            _segment = 0;
            _segmentDue = now + Delay();
            _transactionEnd = now + TransactionTimeout;
        }

        private void EndTransaction(long now)
        {
            _outgoingLength = 0;
            _segmentDue = long.MaxValue;
            _transactionEnd = long.MaxValue;

            if (_waitingLength != 0)
            {
                int count = _waitingLength;
                Array.Copy(_waiting, 0, _outgoing, 0, count);
                _waitingLength = 0;
                StartTransaction(count, now);
            }
        }

        private void EndLink(long now)
        {
            _isOpen = false;
            _outgoingLength = 0;
            _waitingLength = 0;
            _linkAck = false;
            _acknowledge = None;
            _controlDue = long.MaxValue;
            _segmentDue = long.MaxValue;
            _transactionEnd = long.MaxValue;
            _reassembler.Reset();
            Array.Clear(_outgoing, 0, _outgoing.Length);
            Array.Clear(_waiting, 0, _waiting.Length);
            _provisionee.Close(now);
        }

        private void SendControl(long now)
        {
            if (_transmitter.Waiting > 0)
            {
                _controlDue = now + CongestionRetry;

                return;
            }

            if (_closeReason != None)
            {
                // "The Link Close message shall be sent at least three times." Section 5.3.1.4.3.
                Transmit(GenericProvisioningPdu.EncodeLinkClose(_linkId, _closeReason, _pdu), TransmitState.ThreeTimes);
                _closeReason = None;
            }
            else if (_linkAck)
            {
                Transmit(GenericProvisioningPdu.EncodeLinkAck(_linkId, _pdu), TransmitState.Once);
                _linkAck = false;
            }
            else
            {
                Transmit(GenericProvisioningPdu.EncodeAcknowledgment(_linkId, _acknowledge, _pdu), TransmitState.Once);
                _acknowledge = None;
            }

            _controlDue = _linkAck || _acknowledge != None ? now + Delay() : long.MaxValue;
        }

        // The acknowledgment of what is answered goes first.
        private void SendSegment(long now)
        {
            if (_controlDue != long.MaxValue || _transmitter.Waiting > 0)
            {
                _segmentDue = (_controlDue != long.MaxValue ? _controlDue : now) + CongestionRetry;

                return;
            }

            Transmit(GenericProvisioningPdu.EncodeSegment(_linkId, _own, _outgoing, _outgoingLength, _segment, _pdu), TransmitState.Once);
            _segment++;
            _segmentDue = now + Delay();

            if (_segment > GenericProvisioningPdu.LastSegment(_outgoingLength))
            {
                _segment = 0;
                _segmentDue += RetransmissionPause;
            }
        }

        private void Transmit(int count, int transmit)
        {
            _transmitter.SendOwn(AdvertisingData.PbAdv, _pdu, 0, count, transmit, Address.Unassigned, 0);
        }

        private void ScheduleControl(long now)
        {
            if (_controlDue == long.MaxValue)
            {
                _controlDue = now + Delay();
            }
        }

        private int Delay()
        {
            _random.Fill(_delay, 0, 1);

            return MinDelay + ((_delay[0] * (MaxDelay - MinDelay + 1)) >> 8);
        }
    }
}
