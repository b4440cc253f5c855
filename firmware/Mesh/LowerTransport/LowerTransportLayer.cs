using System;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode.LowerTransport
{
    /// <summary>
    /// The lower transport layer: puts segmented messages together and takes them apart, and refuses what was received before. See Mesh
    /// Protocol 1.1, section 3.5.
    /// </summary>
    /// <remarks>
    /// A received PDU goes through <see cref="OnNetworkPdu"/> from top to bottom: length, then replay protection, which changes nothing; a
    /// whole Upper Transport PDU is authenticated by the layer above, and only then committed to the replay protection list and acted on. Nothing is allocated.
    /// </remarks>
    public sealed class LowerTransportLayer : INetworkLayerClient
    {
        private const int Verdicts = 14;
        private const int RoomRetry = 10;
        private const int LostTag = 10000;
        private const int TagIndexBits = 8;
        private const int TagIndexMask = 0xFF;

        /// <summary>The memory for segments.</summary>
        public readonly SegmentPool Segments;

        /// <summary>The SAR Transmitter state.</summary>
        public readonly SarTransmitter SarTransmitter = new SarTransmitter();

        /// <summary>The SAR Receiver state.</summary>
        public readonly SarReceiver SarReceiver = new SarReceiver();

        /// <summary>The Default TTL state, 0 or 2 to 127, for acknowledgments.</summary>
        public int DefaultTtl;

        private readonly byte[] _buffer;
        private readonly Reassembly[] _reassemblies;
        private readonly Transmission[] _transmissions;
        private readonly FinishedMessages _finished = new FinishedMessages();
        private readonly UpperTransportPdu _upper = new UpperTransportPdu();
        private readonly uint[] _counts = new uint[Verdicts];
        private ILowerTransportClient _client;
        private MeshStack _stack;
        private int _generation;
        private uint _timeouts;
        private uint _cancellations;
        private LowerTransportVerdict _lastVerdict;

        /// <param name="pool">Memory for the segments.</param>
        /// <param name="buffer">Takes a message that was put together, until the upper transport layer has decrypted it; 384 octets. Used by the access layer at other times.</param>
        /// <param name="reassemblies">Segmented messages that are received at the same time.</param>
        /// <param name="transmissions">Segmented messages that are sent at the same time, at most 255.</param>
        public LowerTransportLayer(SegmentPool pool, byte[] buffer, int reassemblies, int transmissions)
        {
            Segments = pool;
            _buffer = buffer;
            _reassemblies = new Reassembly[reassemblies];
            _transmissions = new Transmission[transmissions];

            for (int i = 0; i < reassemblies; i++)
            {
                _reassemblies[i] = new Reassembly();
            }

            for (int i = 0; i < transmissions; i++)
            {
                _transmissions[i] = new Transmission();
            }
        }

        /// <summary>Verdict on the last PDU.</summary>
        public LowerTransportVerdict LastVerdict
        {
            get { return _lastVerdict; }
        }

        /// <summary>Segmented messages to a unicast address that were given up because nobody acknowledged them.</summary>
        public uint Timeouts
        {
            get { return _timeouts; }
        }

        /// <summary>Segmented messages that were given up because the other end refused them, their subnet has gone or the IV Index has moved on.</summary>
        public uint Cancellations
        {
            get { return _cancellations; }
        }

        /// <summary>Whether a segmented message is on its way.</summary>
        public bool IsTransmitting
        {
            get
            {
                for (int i = 0; i < _transmissions.Length; i++)
                {
                    if (_transmissions[i].Subnet != null)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>How many received PDUs have met with a verdict.</summary>
        public uint Count(LowerTransportVerdict verdict)
        {
            return _counts[(int)verdict];
        }

        /// <summary>Binds it to its neighbours.</summary>
        public void Bind(MeshStack stack, ILowerTransportClient client)
        {
            _stack = stack;
            _client = client;
        }

        /// <inheritdoc/>
        public bool IsSubscribed(int destination)
        {
            return _client.IsSubscribed(destination);
        }

        /// <inheritdoc/>
        public bool OnNetworkPdu(NetworkPdu pdu, long now)
        {
            bool segmented = (pdu.Payload[NetworkPdu.TransportOffset] & LowerTransportPdu.Segmented) != 0;
            int headerSize = segmented ? LowerTransportPdu.SegmentedHeaderSize : LowerTransportPdu.UnsegmentedHeaderSize;

            if (pdu.TransportLength <= headerSize)
            {
                Counted(LowerTransportVerdict.Length);

                return true;
            }

            return segmented ? OnSegment(pdu, now) : OnUnsegmented(pdu, now);
        }

        /// <inheritdoc/>
        public void OnSent(int tag, long now)
        {
            int index = (tag & TagIndexMask) - 1;

            if (index >= 0 && index < _transmissions.Length && _transmissions[index].Tag == tag)
            {
                OnSegmentSent(_transmissions[index], now);
            }
        }

        /// <summary>Whether an Upper Transport PDU would be taken now.</summary>
        /// <param name="segmented">Whether it goes in segments whatever its length.</param>
        /// <param name="count">Its octets.</param>
        public bool HasRoom(bool control, bool segmented, int source, int destination, int count)
        {
            if (!_stack.Network.HasRoom)
            {
                return false;
            }

            if (IsUnsegmented(control, segmented, count))
            {
                return true;
            }

            return Segments.Available >= SegmentCount(control, count) && FreeTransmission(source, destination) != null;
        }

        /// <summary>Sends an Upper Transport PDU. <see cref="HasRoom"/> was seen to be true for it.</summary>
        /// <param name="control">CTL.</param>
        /// <param name="header">AKF and AID, or the opcode.</param>
        /// <param name="szmic">Whether the TransMIC has 64 bits.</param>
        /// <param name="segmented">Whether it goes in segments whatever its length.</param>
        /// <param name="ttl">TTL, 0 to 127.</param>
        /// <param name="sequence">A SEQ taken for it: the one it was secured with.</param>
        /// <param name="upper">The Upper Transport PDU from its first octet on. Copied.</param>
        public SendVerdict Send(
            Subnet subnet,
            bool control,
            int header,
            bool szmic,
            bool segmented,
            int ttl,
            uint sequence,
            int source,
            int destination,
            byte[] upper,
            int count,
            long now)
        {
            if (IsUnsegmented(control, segmented || szmic, count))
            {
                int length = LowerTransportPdu.EncodeUnsegmented(header, upper, count, Scratch.Pdu);

                return _stack.Network.Send(subnet, control, ttl, sequence, source, destination, Scratch.Pdu, 0, length, 0);
            }

            Transmission transmission = FreeTransmission(source, destination);

            if (transmission == null || !Segments.Reserve(SegmentCount(control, count)))
            {
                return SendVerdict.NoRoom;
            }

            transmission.Subnet = subnet;
            transmission.Control = control;
            transmission.Header = header;
            transmission.Szmic = szmic;
            transmission.Ttl = ttl;
            transmission.SeqAuth = sequence;
            transmission.Source = source;
            transmission.Destination = destination;
            transmission.Fill(Segments, upper, count);
            transmission.Next = 0;
            transmission.Tag = 0;
            transmission.At = now;
            transmission.Rounds = Address.IsUnicast(destination) ? SarTransmitter.UnicastRetransmissions : SarTransmitter.MulticastRetransmissions;
            transmission.RoundsWithoutProgress = SarTransmitter.UnicastRetransmissionsWithoutProgress;
            _stack.IvIndex.SegmentedTransmission = true;
            SendVerdict verdict = SendSegment(transmission, sequence, now);

            if (verdict != SendVerdict.Sent)
            {
                End(transmission);
            }

            return verdict;
        }

        /// <summary>Sends segments and acknowledgments that are due, and gives up what has waited for too long.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            long next = long.MaxValue;

            for (int i = 0; i < _transmissions.Length; i++)
            {
                Transmission transmission = _transmissions[i];

                if (transmission.Subnet != null)
                {
                    if (now >= transmission.At)
                    {
                        TickTransmission(transmission, now);
                    }

                    if (transmission.Subnet != null && transmission.At < next)
                    {
                        next = transmission.At;
                    }
                }
            }

            for (int i = 0; i < _reassemblies.Length; i++)
            {
                Reassembly reassembly = _reassemblies[i];

                if (reassembly.Subnet != null)
                {
                    TickReassembly(reassembly, now);

                    if (reassembly.Subnet != null)
                    {
                        next = reassembly.DiscardAt < next ? reassembly.DiscardAt : next;
                        next = reassembly.AcknowledgeAt < next ? reassembly.AcknowledgeAt : next;
                    }
                }
            }

            return next;
        }

        /// <summary>The IV Index to transmit with has changed, so that messages on their way cannot go on.</summary>
        public void OnTransmitIndexChanged()
        {
            CancelTransmissions(null);
        }

        /// <summary>A subnet was removed.</summary>
        public void OnSubnetRemoved(Subnet subnet)
        {
            CancelTransmissions(subnet);

            for (int i = 0; i < _reassemblies.Length; i++)
            {
                if (_reassemblies[i].Subnet == subnet)
                {
                    Release(_reassemblies[i]);
                }
            }
        }

        /// <summary>The node has left its network: nothing is kept.</summary>
        public void Clear()
        {
            for (int i = 0; i < _transmissions.Length; i++)
            {
                if (_transmissions[i].Subnet != null)
                {
                    End(_transmissions[i]);
                }
            }

            for (int i = 0; i < _reassemblies.Length; i++)
            {
                if (_reassemblies[i].Subnet != null)
                {
                    Release(_reassemblies[i]);
                }
            }

            _finished.Clear();
        }

        private static bool IsUnsegmented(bool control, bool segmented, int count)
        {
            return !segmented && count <= (control ? LowerTransportPdu.MaxUnsegmentedControl : LowerTransportPdu.MaxUnsegmentedAccess);
        }

        private static int SegmentCount(bool control, int count)
        {
            int size = control ? LowerTransportPdu.ControlSegmentSize : LowerTransportPdu.AccessSegmentSize;

            return (count + size - 1) / size;
        }

        private bool OnUnsegmented(NetworkPdu pdu, long now)
        {
            if (!IsFresh(pdu, _stack.Replay.Check(pdu.Source, pdu.IvIndex, pdu.Sequence)))
            {
                return true;
            }

            int first = pdu.Payload[NetworkPdu.TransportOffset];

            if (pdu.Control && first == SegmentAcknowledgment.Opcode)
            {
                OnAcknowledgment(pdu, now);

                return true;
            }

            UpperTransportPdu upper = _upper;
            upper.Header = first;
            upper.Szmic = false;
            upper.Sequence = pdu.Sequence;
            upper.Ttl = pdu.Ttl;
            upper.IvIndex = pdu.IvIndex;
            upper.Buffer = pdu.Payload;
            upper.Offset = NetworkPdu.TransportOffset + LowerTransportPdu.UnsegmentedHeaderSize;
            upper.Count = pdu.TransportLength - LowerTransportPdu.UnsegmentedHeaderSize;
            FillFrom(pdu);

            if (!_client.Authenticate(upper))
            {
                Counted(LowerTransportVerdict.Refused);

                return true;
            }

            if (pdu.Interface != NetworkInterface.Local)
            {
                _stack.Replay.Commit(pdu.Source, pdu.IvIndex, pdu.Sequence);
            }

            Counted(LowerTransportVerdict.Accepted);
            _client.Deliver(upper, now);

            return true;
        }

        private bool IsFresh(NetworkPdu pdu, ReplayVerdict verdict)
        {
            // What the node sends to itself is no replay, and does not belong on the list.
            if (verdict == ReplayVerdict.Fresh || pdu.Interface == NetworkInterface.Local)
            {
                return true;
            }

            Counted(verdict == ReplayVerdict.Full ? LowerTransportVerdict.ReplayListFull : LowerTransportVerdict.Replayed);

            return false;
        }

        private void FillFrom(NetworkPdu pdu)
        {
            UpperTransportPdu upper = _upper;
            upper.Subnet = pdu.Subnet;
            upper.Source = pdu.Source;
            upper.Destination = pdu.Destination;
            upper.Control = pdu.Control;
        }

        private bool OnSegment(NetworkPdu pdu, long now)
        {
            byte[] payload = pdu.Payload;
            int fields = LowerTransportPdu.Fields(payload, NetworkPdu.TransportOffset);
            int segO = LowerTransportPdu.SegO(fields);
            int segN = LowerTransportPdu.SegN(fields);
            int count = pdu.TransportLength - LowerTransportPdu.SegmentedHeaderSize;
            uint behind = (pdu.Sequence - (uint)LowerTransportPdu.SeqZero(fields)) & LowerTransportPdu.SeqZeroMask;

            if (segO > segN || behind > pdu.Sequence)
            {
                Counted(LowerTransportVerdict.SegmentNumber);

                return true;
            }

            if (segO < segN && count != (pdu.Control ? LowerTransportPdu.ControlSegmentSize : LowerTransportPdu.AccessSegmentSize))
            {
                Counted(LowerTransportVerdict.Length);

                return true;
            }

            // SeqAuth is the largest value not above SEQ that ends in SeqZero. Section 3.5.3.1.
            uint seqAuth = pdu.Sequence - behind;
            Reassembly reassembly = Find(pdu, seqAuth);

            if (reassembly == null)
            {
                if (IsFinished(pdu, seqAuth, segN, now)
                    || !IsFresh(pdu, _stack.Replay.CheckSegmented(pdu.Source, pdu.IvIndex, pdu.Sequence, seqAuth))
                    || !MovesOn(pdu, seqAuth, now))
                {
                    return true;
                }

                reassembly = Begin(pdu, seqAuth, fields);

                if (reassembly == null)
                {
                    Acknowledge(pdu.Subnet, pdu.Destination, pdu.Source, pdu.Ttl, seqAuth, 0);
                    Counted(LowerTransportVerdict.Busy);

                    return true;
                }
            }
            else if (reassembly.Destination != pdu.Destination
                || reassembly.Subnet != pdu.Subnet
                || reassembly.Control != pdu.Control
                || reassembly.Header != payload[NetworkPdu.TransportOffset]
                || reassembly.SegN != segN
                || reassembly.Szmic != IsSzmic(pdu, fields))
            {
                Counted(LowerTransportVerdict.Inconsistent);

                return true;
            }

            if ((reassembly.Received & (1u << segO)) != 0)
            {
                Counted(reassembly.IsComplete ? LowerTransportVerdict.Completed : LowerTransportVerdict.RepeatedSegment);

                return true;
            }

            reassembly.Add(Segments, segO, payload, NetworkPdu.TransportOffset + LowerTransportPdu.SegmentedHeaderSize, count);
            reassembly.DiscardAt = now + SarReceiver.DiscardTimeout;
            reassembly.Repetitions = segN > SarReceiver.SegmentsThreshold ? SarReceiver.AcknowledgmentRetransmissions : 0;

            if (pdu.Sequence > reassembly.LastSequence)
            {
                reassembly.LastSequence = pdu.Sequence;
            }

            if (pdu.Ttl < reassembly.Ttl)
            {
                reassembly.Ttl = pdu.Ttl;
            }

            if (!reassembly.IsComplete)
            {
                if (Address.IsUnicast(pdu.Destination))
                {
                    reassembly.AcknowledgeAt = now + SarReceiver.AcknowledgmentDelay(segN);
                }

                Counted(LowerTransportVerdict.Segment);

                return true;
            }

            Complete(reassembly, pdu, now);

            return true;
        }

        // A message whose memory was given back already.
        private bool IsFinished(NetworkPdu pdu, uint seqAuth, int segN, long now)
        {
            int place = _finished.Find(pdu.Source, pdu.IvIndex, seqAuth);

            if (place < 0)
            {
                return false;
            }

            if (!_finished.IsComplete(place))
            {
                Counted(LowerTransportVerdict.Discarded);
            }
            else if (_finished.SegN(place) != segN)
            {
                Counted(LowerTransportVerdict.Inconsistent);
            }
            else
            {
                if (_finished.MayAcknowledge(place, SarReceiver.AcknowledgmentInterval, now))
                {
                    Acknowledge(pdu.Subnet, pdu.Destination, pdu.Source, pdu.Ttl, seqAuth, LowerTransportPdu.AllSegments(segN));
                }

                Counted(LowerTransportVerdict.Completed);
            }

            return true;
        }

        // A source sends one segmented message at a time to a destination: with a newer one it has given up the one before. Section 3.5.3.4.
        private bool MovesOn(NetworkPdu pdu, uint seqAuth, long now)
        {
            for (int i = 0; i < _reassemblies.Length; i++)
            {
                Reassembly reassembly = _reassemblies[i];

                if (reassembly.Subnet != null && reassembly.Source == pdu.Source && reassembly.Destination == pdu.Destination)
                {
                    if (reassembly.IvIndex > pdu.IvIndex || (reassembly.IvIndex == pdu.IvIndex && reassembly.SeqAuth > seqAuth))
                    {
                        Counted(LowerTransportVerdict.Discarded);

                        return false;
                    }

                    Discard(reassembly, now);
                }
            }

            return true;
        }

        // The bit is reserved in a control message.
        private static bool IsSzmic(NetworkPdu pdu, int fields)
        {
            return !pdu.Control && LowerTransportPdu.Szmic(fields);
        }

        private Reassembly Find(NetworkPdu pdu, uint seqAuth)
        {
            for (int i = 0; i < _reassemblies.Length; i++)
            {
                Reassembly reassembly = _reassemblies[i];

                if (reassembly.Subnet != null
                    && reassembly.Source == pdu.Source
                    && reassembly.SeqAuth == seqAuth
                    && reassembly.IvIndex == pdu.IvIndex)
                {
                    return reassembly;
                }
            }

            return null;
        }

        private Reassembly Begin(NetworkPdu pdu, uint seqAuth, int fields)
        {
            Reassembly reassembly = null;

            for (int i = 0; i < _reassemblies.Length && reassembly == null; i++)
            {
                if (_reassemblies[i].Subnet == null)
                {
                    reassembly = _reassemblies[i];
                }
            }

            int segN = LowerTransportPdu.SegN(fields);

            if (reassembly == null || !Segments.Reserve(segN + 1))
            {
                return null;
            }

            reassembly.Subnet = pdu.Subnet;
            reassembly.Source = pdu.Source;
            reassembly.Destination = pdu.Destination;
            reassembly.Control = pdu.Control;
            reassembly.Header = pdu.Payload[NetworkPdu.TransportOffset];
            reassembly.Szmic = IsSzmic(pdu, fields);
            reassembly.IvIndex = pdu.IvIndex;
            reassembly.SeqAuth = seqAuth;
            reassembly.SegN = segN;
            reassembly.Received = 0;
            reassembly.LastSequence = 0;
            reassembly.Ttl = pdu.Ttl;
            reassembly.AcknowledgeAt = long.MaxValue;

            return reassembly;
        }

        private void Complete(Reassembly reassembly, NetworkPdu pdu, long now)
        {
            UpperTransportPdu upper = _upper;
            Subnet subnet = reassembly.Subnet;
            upper.Header = reassembly.Header & ~LowerTransportPdu.Segmented;
            upper.Szmic = reassembly.Szmic;
            upper.Sequence = reassembly.SeqAuth;
            upper.Ttl = reassembly.Ttl;
            upper.IvIndex = reassembly.IvIndex;
            upper.Buffer = _buffer;
            upper.Offset = 0;
            upper.Count = reassembly.CopyTo(Segments, _buffer);
            FillFrom(pdu);

            Acknowledge(subnet, reassembly.Destination, reassembly.Source, reassembly.Ttl, reassembly.SeqAuth, reassembly.Received);
            uint lastSequence = reassembly.LastSequence;
            bool accepted = _client.Authenticate(upper)
                && (pdu.Interface == NetworkInterface.Local
                    || _stack.Replay.CommitSegmented(upper.Source, upper.IvIndex, lastSequence, upper.Sequence));
            _finished.Add(reassembly.Source, reassembly.IvIndex, reassembly.SeqAuth, reassembly.SegN, true, now);

            if (reassembly.Repetitions > 0 && Address.IsUnicast(reassembly.Destination))
            {
                reassembly.Repetitions--;
                reassembly.AcknowledgeAt = now + SarReceiver.SegmentInterval;
            }
            else
            {
                Release(reassembly);
            }

            Counted(accepted ? LowerTransportVerdict.Accepted : LowerTransportVerdict.Refused);

            if (accepted)
            {
                _client.Deliver(upper, now);
            }
        }

        private void TickReassembly(Reassembly reassembly, long now)
        {
            if (now >= reassembly.DiscardAt)
            {
                Discard(reassembly, now);
            }
            else if (now >= reassembly.AcknowledgeAt)
            {
                bool sent = Acknowledge(
                    reassembly.Subnet,
                    reassembly.Destination,
                    reassembly.Source,
                    reassembly.Ttl,
                    reassembly.SeqAuth,
                    reassembly.Received);

                if (!sent)
                {
                    reassembly.AcknowledgeAt = now + RoomRetry;
                }
                else if (reassembly.Repetitions > 0)
                {
                    reassembly.Repetitions--;
                    reassembly.AcknowledgeAt = now + SarReceiver.SegmentInterval;
                }
                else if (reassembly.IsComplete)
                {
                    Release(reassembly);
                }
                else
                {
                    reassembly.AcknowledgeAt = long.MaxValue;
                }
            }
        }

        private void Discard(Reassembly reassembly, long now)
        {
            if (!reassembly.IsComplete)
            {
                _finished.Add(reassembly.Source, reassembly.IvIndex, reassembly.SeqAuth, reassembly.SegN, false, now);
            }

            Release(reassembly);
        }

        private void Release(Reassembly reassembly)
        {
            reassembly.ReleaseSegments(Segments);
            reassembly.Subnet = null;
        }

        // Only what was sent to an element is acknowledged, by that element, and no farther than it has come itself if it was not to be relayed.
        private bool Acknowledge(Subnet subnet, int element, int destination, int ttl, uint seqAuth, uint blockAck)
        {
            uint sequence;

            if (!Address.IsUnicast(element))
            {
                return true;
            }

            if (!_stack.Network.HasRoom || !_stack.Sequence.TryTake(out sequence))
            {
                return false;
            }

            int count = SegmentAcknowledgment.Encode(false, (int)seqAuth & LowerTransportPdu.SeqZeroMask, blockAck, Scratch.Pdu);
            _stack.Network.Send(subnet, true, ttl == 0 ? 0 : DefaultTtl, sequence, element, destination, Scratch.Pdu, 0, count, 0);

            return true;
        }

        private void OnAcknowledgment(NetworkPdu pdu, long now)
        {
            if (pdu.TransportLength != SegmentAcknowledgment.Length)
            {
                Counted(LowerTransportVerdict.Length);

                return;
            }

            byte[] payload = pdu.Payload;
            int seqZero = SegmentAcknowledgment.SeqZero(payload, NetworkPdu.TransportOffset);
            uint blockAck = SegmentAcknowledgment.BlockAck(payload, NetworkPdu.TransportOffset);
            bool friend = SegmentAcknowledgment.IsOnBehalfOf(payload, NetworkPdu.TransportOffset);
            Transmission transmission = FindTransmission(pdu, seqZero, friend);

            // It must tell something new, unless it refuses the message. Section 3.5.3.3.2.
            if (transmission == null
                || (blockAck & ~LowerTransportPdu.AllSegments(transmission.SegN)) != 0
                || (blockAck != 0 && (blockAck & transmission.Missing) == 0))
            {
                Counted(LowerTransportVerdict.UnknownAcknowledgment);

                return;
            }

            if (pdu.Interface != NetworkInterface.Local)
            {
                _stack.Replay.Commit(pdu.Source, pdu.IvIndex, pdu.Sequence);
            }

            Counted(LowerTransportVerdict.Acknowledgment);

            if (blockAck == 0)
            {
                _cancellations++;
                End(transmission);

                return;
            }

            for (int i = 0; i <= transmission.SegN; i++)
            {
                if ((blockAck & (1u << i)) != 0)
                {
                    transmission.ReleaseSegment(Segments, i);
                }
            }

            if (transmission.Missing == 0)
            {
                End(transmission);

                return;
            }

            bool wasWaiting = transmission.Tag == 0 && transmission.Next > transmission.SegN;
            bool mayRepeat = transmission.Rounds > 0 && transmission.RoundsWithoutProgress > 0;
            transmission.RoundsWithoutProgress = SarTransmitter.UnicastRetransmissionsWithoutProgress;

            if (wasWaiting)
            {
                // The rest need not wait for the end of the time.
                if (mayRepeat)
                {
                    transmission.Rounds--;
                    transmission.Next = 0;
                    transmission.At = now;
                }

                return;
            }

            transmission.SkipArrived();

            // The last segment that is missing has left already.
            if (transmission.Tag == 0 && transmission.Next > transmission.SegN)
            {
                OnSegmentSent(transmission, now);
            }
        }

        private Transmission FindTransmission(NetworkPdu pdu, int seqZero, bool friend)
        {
            for (int i = 0; i < _transmissions.Length; i++)
            {
                Transmission transmission = _transmissions[i];

                if (transmission.Subnet == pdu.Subnet
                    && transmission.Source == pdu.Destination
                    && (friend ? Address.IsUnicast(transmission.Destination) : transmission.Destination == pdu.Source)
                    && ((int)transmission.SeqAuth & LowerTransportPdu.SeqZeroMask) == seqZero)
                {
                    return transmission;
                }
            }

            return null;
        }

        // One message at a time from an element to a destination: the receiver may drop an older SeqAuth for a newer one.
        private Transmission FreeTransmission(int source, int destination)
        {
            Transmission free = null;

            for (int i = 0; i < _transmissions.Length; i++)
            {
                Transmission transmission = _transmissions[i];

                if (transmission.Subnet == null)
                {
                    free = transmission;
                }
                else if (transmission.Source == source && transmission.Destination == destination)
                {
                    return null;
                }
            }

            return free;
        }

        private void TickTransmission(Transmission transmission, long now)
        {
            // The bearer promises one OnSent for each Send; a promise that is broken must not stop everything.
            if (transmission.Tag != 0)
            {
                OnSegmentSent(transmission, now);

                return;
            }

            if (transmission.Next > transmission.SegN)
            {
                NextRound(transmission, now);

                if (transmission.Subnet == null)
                {
                    return;
                }
            }

            uint sequence;

            if (!_stack.Network.HasRoom)
            {
                transmission.At = now + RoomRetry;
            }
            else if (!_stack.Sequence.TryTake(out sequence) || sequence - transmission.SeqAuth > LowerTransportPdu.SeqZeroMask)
            {
                _cancellations++;
                End(transmission);
            }
            else if (SendSegment(transmission, sequence, now) != SendVerdict.Sent)
            {
                _cancellations++;
                End(transmission);
            }
        }

        // Nobody has acknowledged what is missing, or nobody ever does.
        private void NextRound(Transmission transmission, long now)
        {
            bool unicast = Address.IsUnicast(transmission.Destination);

            if (transmission.Rounds == 0 || (unicast && transmission.RoundsWithoutProgress == 0))
            {
                if (unicast)
                {
                    _timeouts++;
                }

                End(transmission);

                return;
            }

            if (unicast)
            {
                transmission.RoundsWithoutProgress--;
            }

            transmission.Rounds--;
            transmission.Next = 0;
        }

        // Sends the next segment that is missing. There is one.
        private SendVerdict SendSegment(Transmission transmission, uint sequence, long now)
        {
            transmission.SkipArrived();
            int segO = transmission.Next;
            int count = transmission.Encode(Segments, segO, Scratch.Pdu);
            int tag = NextTag(transmission);
            SendVerdict verdict = _stack.Network.Send(
                transmission.Subnet,
                transmission.Control,
                transmission.Ttl,
                sequence,
                transmission.Source,
                transmission.Destination,
                Scratch.Pdu,
                0,
                count,
                tag);

            if (verdict != SendVerdict.Sent)
            {
                return verdict;
            }

            transmission.Next = segO + 1;
            transmission.SkipArrived();

            if (_stack.Network.ReachesBearers(transmission.Ttl, transmission.Destination))
            {
                transmission.Tag = tag;
                transmission.At = now + LostTag;
            }
            else
            {
                OnSegmentSent(transmission, now);
            }

            return SendVerdict.Sent;
        }

        // Timers count from sent, not from queued.
        private void OnSegmentSent(Transmission transmission, long now)
        {
            transmission.Tag = 0;

            if (transmission.Next <= transmission.SegN)
            {
                transmission.At = now + SarTransmitter.SegmentInterval;
            }
            else
            {
                transmission.At = now + (Address.IsUnicast(transmission.Destination)
                    ? SarTransmitter.UnicastInterval(transmission.Ttl)
                    : SarTransmitter.MulticastInterval);
            }
        }

        private int NextTag(Transmission transmission)
        {
            int index = 0;

            while (_transmissions[index] != transmission)
            {
                index++;
            }

            _generation = (_generation + 1) & 0x7FFFFF;

            return (_generation << TagIndexBits) | (index + 1);
        }

        private void CancelTransmissions(Subnet subnet)
        {
            for (int i = 0; i < _transmissions.Length; i++)
            {
                if (_transmissions[i].Subnet != null && (subnet == null || _transmissions[i].Subnet == subnet))
                {
                    _cancellations++;
                    End(_transmissions[i]);
                }
            }
        }

        private void End(Transmission transmission)
        {
            transmission.ReleaseSegments(Segments);
            transmission.Subnet = null;
            transmission.Tag = 0;
            _stack.IvIndex.SegmentedTransmission = IsTransmitting;
        }

        private void Counted(LowerTransportVerdict verdict)
        {
            _lastVerdict = verdict;
            _counts[(int)verdict]++;
        }
    }
}
