using System;
using MeshNode.Crypto;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.UpperTransport;

namespace MeshNode.Access
{
    /// <summary>
    /// The access layer: leads messages to the models they are for, and sends what models have to say. See Mesh Protocol 1.1, section 3.7.
    /// </summary>
    /// <remarks>
    /// A message is for a model when its element is the destination, or the model subscribes to it; when the model is bound to the key; and
    /// when it knows the opcode. Answers wait for a random time, so that many nodes asked at once do not answer at once. What is
    /// published is asked from the model when it is sent, so it is always the present state. Nothing is allocated.
    /// </remarks>
    public sealed class AccessLayer : IUpperTransportClient
    {
        /// <summary>Most octets of an access payload.</summary>
        public const int MaxPayload = UpperTransportAccessPdu.MaxLength - UpperTransportAccessPdu.ShortMicSize;

        /// <summary>Default TTL of a node that was not told another.</summary>
        public const int InitialTtl = 7;

        private const int Verdicts = 7;
        private const int MinReplyDelay = 20;
        private const int UnicastReplySpread = 30;
        private const int GroupReplySpread = 480;
        private const int RoomRetry = 10;
        private const int ReplyLifetime = 20000;

        /// <summary>Elements and models.</summary>
        public readonly Composition Composition;

        /// <summary>Where models compose their messages: opcode and parameters from the first octet on, at most <see cref="MaxPayload"/> octets.</summary>
        public readonly byte[] Buffer;

        private readonly SubscriptionTable _subscriptions;
        private readonly IRandomSource _random;
        private readonly AccessMessage _message = new AccessMessage();
        private readonly PendingReply[] _replies;
        private readonly uint[] _counts = new uint[Verdicts];
        private MeshStack _stack;
        private LowerTransportLayer _lower;
        private UpperTransportLayer _upper;
        private AccessVerdict _lastVerdict;
        private int _defaultTtl;
        private uint _repliesDropped;

        /// <param name="composition">Elements and models.</param>
        /// <param name="buffer">Where messages are composed; 384 octets.</param>
        /// <param name="replies">Answers that can wait.</param>
        public AccessLayer(
            Composition composition,
            byte[] buffer,
            SubscriptionTable subscriptions,
            IRandomSource random,
            int replies)
        {
            Composition = composition;
            Buffer = buffer;
            _subscriptions = subscriptions;
            _random = random;
            _replies = new PendingReply[replies];
            _message.Buffer = buffer;

            for (int i = 0; i < replies; i++)
            {
                _replies[i] = new PendingReply();
            }
        }

        /// <summary>The Default TTL state: 0, or 2 to 127. See Mesh Protocol 1.1, section 4.2 (Default TTL).</summary>
        public int DefaultTtl
        {
            get
            {
                return _defaultTtl;
            }

            set
            {
                _defaultTtl = value;
                _lower.DefaultTtl = value;
            }
        }

        /// <summary>Verdict on the last message.</summary>
        public AccessVerdict LastVerdict
        {
            get { return _lastVerdict; }
        }

        /// <summary>Answers that were given up: too many at once, or no room for too long.</summary>
        public uint RepliesDropped
        {
            get { return _repliesDropped; }
        }

        /// <summary>How many received messages have met with a verdict.</summary>
        public uint Count(AccessVerdict verdict)
        {
            return _counts[(int)verdict];
        }

        /// <summary>Binds it to the layers below.</summary>
        public void Bind(MeshStack stack, LowerTransportLayer lower, UpperTransportLayer upper)
        {
            _stack = stack;
            _lower = lower;
            _upper = upper;
            DefaultTtl = InitialTtl;
        }

        /// <summary>Unicast address of an element.</summary>
        public int AddressOf(Element element)
        {
            return _stack.Network.PrimaryAddress + element.Index;
        }

        /// <inheritdoc/>
        public bool IsSubscribed(int destination)
        {
            return _subscriptions.Contains(destination);
        }

        /// <inheritdoc/>
        public void OnAccessPayload(UpperTransportPdu pdu, byte[] payload, int count, int appKeyIndex, int label, long now)
        {
            int size = Opcode.Size(payload, 0, count);

            if (size == 0)
            {
                Counted(AccessVerdict.Opcode);

                return;
            }

            AccessMessage message = _message;
            message.Opcode = Opcode.Decode(payload, 0, size);
            message.Buffer = payload;
            message.Offset = size;
            message.Count = count - size;
            message.Source = pdu.Source;
            message.Destination = pdu.Destination;
            message.Label = label;
            message.Ttl = pdu.Ttl;
            message.Subnet = pdu.Subnet;
            message.AppKeyIndex = appKeyIndex;
            Counted(Dispatch(message, now));
        }

        /// <summary>Answers a message with what is in <see cref="Buffer"/>, after a random time. See Mesh Protocol 1.1, section 3.7.4.</summary>
        /// <param name="request">The message that is answered.</param>
        /// <param name="count">Octets of the answer, opcode included.</param>
        /// <returns><see langword="false"/> when too many answers wait.</returns>
        public bool Reply(AccessMessage request, int count, long now)
        {
            PendingReply reply = null;

            for (int i = 0; i < _replies.Length && reply == null; i++)
            {
                if (_replies[i].Count == 0)
                {
                    reply = _replies[i];
                }
            }

            if (reply == null || !reply.Store(_lower.Segments, Buffer, count))
            {
                _repliesDropped++;

                return false;
            }

            reply.Subnet = request.Subnet;
            reply.AppKeyIndex = request.AppKeyIndex;
            reply.Source = AddressOf(request.Element);
            reply.Destination = request.Source;

            // What has come without being relayed is answered so.
            reply.Ttl = request.Ttl == 0 ? 0 : _defaultTtl;
            reply.At = now + ReplyDelay(request.Destination);
            reply.GiveUpAt = now + ReplyLifetime;

            return true;
        }

        /// <summary>Sends what is in <see cref="Buffer"/> at once. It is encrypted in place, unless it is not sent.</summary>
        /// <param name="element">The element that it comes from.</param>
        /// <param name="destination">DST.</param>
        /// <param name="label">Place of the label when the destination is a virtual address, else <see cref="LabelTable.None"/>.</param>
        /// <param name="appKeyIndex">AppKey Index, or one of <see cref="AccessKey"/>.</param>
        /// <param name="subnet">The subnet; <see langword="null"/> for that of the application key.</param>
        /// <param name="ttl">0 to 127, or <see cref="Publication.DefaultTtl"/>.</param>
        /// <param name="count">Octets of the message, opcode included.</param>
        public SendVerdict Send(Element element, int destination, int label, int appKeyIndex, Subnet subnet, int ttl, int count, long now)
        {
            return Send(element, destination, label, appKeyIndex, subnet, ttl, false, false, count, now);
        }

        /// <summary>Sends what is in <see cref="Buffer"/> at once, with a say in how. It is encrypted in place, unless it is not sent.</summary>
        /// <param name="segmented">Whether it goes in segments, which are acknowledged, whatever its length.</param>
        /// <param name="szmic">Whether the TransMIC has 64 bits.</param>
        public SendVerdict Send(
            Element element,
            int destination,
            int label,
            int appKeyIndex,
            Subnet subnet,
            int ttl,
            bool segmented,
            bool szmic,
            int count,
            long now)
        {
            ttl = ttl == Publication.DefaultTtl ? _defaultTtl : ttl;

            return _upper.Send(subnet, appKeyIndex, AddressOf(element), destination, label, ttl, segmented, szmic, Buffer, count, now);
        }

        /// <summary>Publishes a model's state, because it has changed, if anything is to be published. See Mesh Protocol 1.1, section 3.7.6.</summary>
        public void Publish(Model model, long now)
        {
            Publication publication = model.Publication;

            if (publication != null && publication.Address != Address.Unassigned)
            {
                publication.DueAt = now;
                publication.Fresh = true;
            }
        }

        /// <summary>A model's Model Publication state has changed: its period starts now.</summary>
        public void OnPublicationChanged(Model model, long now)
        {
            Publication publication = model.Publication;
            long period = publication.Address == Address.Unassigned ? 0 : publication.PeriodTime(model.PeriodDivisor);
            publication.DueAt = long.MaxValue;
            publication.Left = 0;
            publication.PeriodAt = period == 0 ? long.MaxValue : now + period;
        }

        /// <summary>Sends answers and publications that are due, and lets models do what time brings.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            long next = long.MaxValue;

            for (int i = 0; i < _replies.Length; i++)
            {
                PendingReply reply = _replies[i];

                if (reply.Count != 0)
                {
                    if (now >= reply.At)
                    {
                        TickReply(reply, now);
                    }

                    if (reply.Count != 0 && reply.At < next)
                    {
                        next = reply.At;
                    }
                }
            }

            for (int i = 0; i < Composition.Count; i++)
            {
                Element element = Composition[i];

                for (int j = 0; j < element.Count; j++)
                {
                    Model model = element[j];
                    long at = model.Tick(now);
                    next = at < next ? at : next;

                    if (model.Publication != null)
                    {
                        at = TickPublication(model, model.Publication, now);
                        next = at < next ? at : next;
                    }
                }
            }

            return next;
        }

        /// <summary>An application key is removed: nothing is bound to it and published with it any more. See Mesh Protocol 1.1, section 4.4.1.2.</summary>
        /// <param name="place">Its place in the <see cref="AppKeyTable"/>.</param>
        public void OnAppKeyRemoved(int place, long now)
        {
            int appKeyIndex = _upper.AppKeys.AppKeyIndex(place);

            for (int i = 0; i < Composition.Count; i++)
            {
                Element element = Composition[i];

                for (int j = 0; j < element.Count; j++)
                {
                    Unbind(element[j], place, appKeyIndex, now);
                }
            }
        }

        /// <summary>A model is unbound from an application key, and does not publish with it any more.</summary>
        public void Unbind(Model model, int place, int appKeyIndex, long now)
        {
            model.Bindings &= ~(1u << place);

            if (model.Publication != null && model.Publication.Address != Address.Unassigned && model.Publication.AppKeyIndex == appKeyIndex)
            {
                StopPublication(model, now);
            }
        }

        /// <summary>A model publishes nothing any more.</summary>
        public void StopPublication(Model model, long now)
        {
            Publication publication = model.Publication;
            _upper.Labels.Release(publication.Label);
            publication.Address = Address.Unassigned;
            publication.Label = LabelTable.None;
            publication.AppKeyIndex = 0;
            publication.Ttl = 0;
            publication.Period = 0;
            publication.Retransmit = 0;
            OnPublicationChanged(model, now);
        }

        /// <summary>The node has left its network: bindings, subscriptions, publications and the states of the models are gone.</summary>
        public void Clear(long now)
        {
            for (int i = 0; i < _replies.Length; i++)
            {
                _replies[i].Release(_lower.Segments);
            }

            _subscriptions.Clear();

            for (int i = 0; i < Composition.Count; i++)
            {
                Element element = Composition[i];

                for (int j = 0; j < element.Count; j++)
                {
                    Model model = element[j];
                    model.Bindings = 0;

                    if (model.Publication != null)
                    {
                        StopPublication(model, now);
                    }

                    model.OnReset(now);
                }
            }

            DefaultTtl = InitialTtl;
        }

        private AccessVerdict Dispatch(AccessMessage message, long now)
        {
            AccessVerdict verdict = AccessVerdict.NotSubscribed;
            int place = message.AppKeyIndex >= 0 ? _upper.AppKeys.Find(message.AppKeyIndex) : -1;
            uint binding = place < 0 ? 0 : 1u << place;

            for (int i = 0; i < Composition.Count; i++)
            {
                Element element = Composition[i];
                bool addressed = IsAddressed(element, message.Destination);

                if (addressed || message.Destination >= Address.FirstVirtual)
                {
                    message.Element = element;
                    AccessVerdict met = Dispatch(element, addressed, binding, message, now);
                    verdict = Progress(met) > Progress(verdict) ? met : verdict;
                }
            }

            return verdict;
        }

        // Every model that knows the opcode gets it. The verdict of the one that came farthest counts.
        private AccessVerdict Dispatch(Element element, bool addressed, uint binding, AccessMessage message, long now)
        {
            AccessVerdict verdict = AccessVerdict.NotSubscribed;

            for (int i = 0; i < element.Count; i++)
            {
                Model model = element[i];

                if (addressed || (model.HasSubscriptions && _subscriptions.Contains(model, message.Destination, message.Label)))
                {
                    AccessVerdict met = IsBound(model, binding, message.AppKeyIndex)
                        ? VerdictOf(model.Receive(message, now))
                        : AccessVerdict.NotBound;
                    verdict = Progress(met) > Progress(verdict) ? met : verdict;
                }
            }

            return verdict;
        }

        private static AccessVerdict VerdictOf(ModelVerdict verdict)
        {
            switch (verdict)
            {
                case ModelVerdict.Accepted:
                    return AccessVerdict.Accepted;

                case ModelVerdict.Length:
                    return AccessVerdict.Length;

                case ModelVerdict.Prohibited:
                    return AccessVerdict.Prohibited;

                default:
                    return AccessVerdict.UnknownOpcode;
            }
        }

        private static bool IsBound(Model model, uint binding, int appKeyIndex)
        {
            switch (appKeyIndex)
            {
                case AccessKey.Device:
                    return model.UsesDeviceKey;

                case AccessKey.RemoteDevice:
                    return model.UsesRemoteDeviceKeys;

                default:
                    return (model.Bindings & binding) != 0;
            }
        }

        private static int Progress(AccessVerdict verdict)
        {
            switch (verdict)
            {
                case AccessVerdict.NotSubscribed:
                    return 0;

                case AccessVerdict.NotBound:
                    return 1;

                case AccessVerdict.UnknownOpcode:
                    return 2;

                case AccessVerdict.Accepted:
                    return 4;

                default:
                    return 3;
            }
        }

        // Fixed groups are those of the primary element. Section 3.4.2.4.
        private bool IsAddressed(Element element, int destination)
        {
            return destination == AddressOf(element)
                || (element.Index == 0 && destination >= Address.AllProxies && _stack.Network.IsFixedGroup(destination));
        }

        private void TickReply(PendingReply reply, long now)
        {
            if (!_stack.Network.HasRoom && now < reply.GiveUpAt)
            {
                reply.At = now + RoomRetry;

                return;
            }

            // Its memory is given back first: answers that wait must not hold what they need to be sent.
            int count = reply.Count;
            reply.CopyTo(_lower.Segments, Buffer);
            reply.Release(_lower.Segments);
            SendVerdict verdict = _upper.Send(
                reply.Subnet,
                reply.AppKeyIndex,
                reply.Source,
                reply.Destination,
                LabelTable.None,
                reply.Ttl,
                false,
                false,
                Buffer,
                count,
                now);

            if (verdict == SendVerdict.NoRoom && now < reply.GiveUpAt && reply.Store(_lower.Segments, Buffer, count))
            {
                reply.At = now + RoomRetry;
            }
            else if (verdict != SendVerdict.Sent)
            {
                _repliesDropped++;
            }
        }

        private long TickPublication(Model model, Publication publication, long now)
        {
            if (now >= publication.PeriodAt)
            {
                publication.PeriodAt += publication.PeriodTime(model.PeriodDivisor);

                // Whoever has slept does not catch up.
                if (publication.PeriodAt <= now)
                {
                    publication.PeriodAt = now + publication.PeriodTime(model.PeriodDivisor);
                }

                publication.DueAt = now;
                publication.Fresh = true;
            }

            if (now >= publication.DueAt)
            {
                SendPublication(model, publication, now);
            }

            return publication.DueAt < publication.PeriodAt ? publication.DueAt : publication.PeriodAt;
        }

        private void SendPublication(Model model, Publication publication, long now)
        {
            int count = model.EncodePublication(Buffer, now);
            int ttl = publication.Ttl == Publication.DefaultTtl ? _defaultTtl : publication.Ttl;
            SendVerdict verdict = count == 0 ? SendVerdict.Invalid : _upper.Send(
                null,
                publication.AppKeyIndex,
                AddressOf(model.Element),
                publication.Address,
                publication.Label,
                ttl,
                false,
                false,
                Buffer,
                count,
                now);

            if (verdict == SendVerdict.NoRoom)
            {
                publication.DueAt = now + RoomRetry;

                return;
            }

            publication.Left = publication.Fresh ? publication.RetransmitCount : publication.Left - 1;
            publication.Fresh = false;
            publication.DueAt = publication.Left > 0 && verdict == SendVerdict.Sent ? now + publication.RetransmitInterval : long.MaxValue;
        }

        private int ReplyDelay(int destination)
        {
            // The answer is stored by now.
            _random.Fill(Buffer, 0, 2);
            int spread = Address.IsUnicast(destination) ? UnicastReplySpread : GroupReplySpread;

            return MinReplyDelay + BigEndian.ReadUInt16(Buffer, 0) % (spread + 1);
        }

        private void Counted(AccessVerdict verdict)
        {
            _lastVerdict = verdict;
            _counts[(int)verdict]++;
        }
    }
}
