using MeshNode.LowerTransport;
using MeshNode.Network;

namespace MeshNode.UpperTransport
{
    /// <summary>
    /// Heartbeat messages and the Heartbeat Publication and Subscription states. See Mesh Protocol 1.1, sections 3.6.7 and 4.2 (Heartbeat).
    /// </summary>
    public sealed class Heartbeat
    {
        /// <summary>Opcode of the control message.</summary>
        public const int Opcode = 0x0A;

        /// <summary>Octets of its parameters.</summary>
        public const int Length = 3;

        /// <summary>Largest PeriodLog.</summary>
        public const int MaxPeriodLog = 0x11;

        /// <summary>CountLog for no limit.</summary>
        public const int Unlimited = 0xFF;

        /// <summary>Feature bit: relay.</summary>
        public const int RelayFeature = 0x01;

        /// <summary>Feature bit: proxy.</summary>
        public const int ProxyFeature = 0x02;

        private const int MaxCount = 0xFFFF;
        private const int RoomRetry = 10;

        private readonly LowerTransportLayer _lower;
        private MeshStack _stack;

        // Publication.
        private int _destination;
        private int _left;
        private int _periodLog;
        private int _ttl;
        private int _features;
        private int _netKeyIndex;
        private long _nextAt = long.MaxValue;
        private bool _triggered;
        private int _lastFeatures;

        // Subscription.
        private int _subscriptionSource;
        private int _subscriptionDestination;
        private long _subscriptionEnd;
        private int _received;
        private int _minHops;
        private int _maxHops;

        /// <param name="lower">Sends the messages.</param>
        public Heartbeat(LowerTransportLayer lower)
        {
            _lower = lower;
        }

        /// <summary>Heartbeat Publication Destination; unassigned when nothing is published.</summary>
        public int Destination
        {
            get { return _destination; }
        }

        /// <summary>Heartbeat Publication Count that is left, as CountLog.</summary>
        public int CountLog
        {
            get { return CountLogOf(_left); }
        }

        /// <summary>Heartbeat Publication Period, as PeriodLog.</summary>
        public int PeriodLog
        {
            get { return _periodLog; }
        }

        /// <summary>Heartbeat Publication TTL.</summary>
        public int Ttl
        {
            get { return _ttl; }
        }

        /// <summary>Features whose change triggers a message.</summary>
        public int Features
        {
            get { return _features; }
        }

        /// <summary>Heartbeat Publication NetKey Index.</summary>
        public int NetKeyIndex
        {
            get { return _netKeyIndex; }
        }

        /// <summary>Heartbeat Subscription Source.</summary>
        public int SubscriptionSource
        {
            get { return _subscriptionSource; }
        }

        /// <summary>Heartbeat Subscription Destination.</summary>
        public int SubscriptionDestination
        {
            get { return _subscriptionDestination; }
        }

        /// <summary>Heartbeat Subscription Count, as CountLog. See Mesh Protocol 1.1, section 4.2.19.3.</summary>
        public int ReceivedLog
        {
            get { return _received == MaxCount ? Unlimited : Log(_received); }
        }

        /// <summary>Messages received, 0xFFFF for as many or more.</summary>
        public int Received
        {
            get { return _received; }
        }

        /// <summary>Heartbeat Subscription Min Hops.</summary>
        public int MinHops
        {
            get { return _minHops; }
        }

        /// <summary>Heartbeat Subscription Max Hops.</summary>
        public int MaxHops
        {
            get { return _maxHops; }
        }

        /// <summary>Features in use at this moment.</summary>
        public int CurrentFeatures
        {
            get { return (_stack.Network.RelayEnabled ? RelayFeature : 0) | (_stack.Network.ProxyEnabled ? ProxyFeature : 0); }
        }

        /// <summary>Seconds of a PeriodLog: 2 to the power of (n - 1), 0 for none. See Mesh Protocol 1.1, section 4.2 (Heartbeat Publication Period Log).</summary>
        public static int PeriodSeconds(int periodLog)
        {
            return periodLog == 0 ? 0 : 1 << (periodLog - 1);
        }

        /// <summary>
        /// A Heartbeat Publication Count as CountLog: the smallest n for which 2 to the power of (n - 1) is no less. See Mesh Protocol 1.1,
        /// section 4.2.18.2.
        /// </summary>
        /// <param name="count">0 to 0xFFFF, which stands for no limit.</param>
        public static int CountLogOf(int count)
        {
            return count == MaxCount ? Unlimited : count < 2 ? count : Log(count - 1) + 1;
        }

        /// <summary>
        /// A value as in a log field: the largest n for which 2 to the power of (n - 1) is no more, 0 for 0. See Mesh Protocol 1.1, section 4.1.2.
        /// </summary>
        public static int Log(int value)
        {
            int log = 0;

            while (value > 0)
            {
                value >>= 1;
                log++;
            }

            return log;
        }

        /// <summary>Writes the parameters of a Heartbeat message.</summary>
        /// <returns>Octets written: 3.</returns>
        public static int Encode(int initTtl, int features, byte[] parameters, int offset)
        {
            parameters[offset] = (byte)initTtl;
            BigEndian.WriteUInt16(parameters, offset + 1, features);

            return Length;
        }

        /// <summary>Binds it to the stack below.</summary>
        public void Bind(MeshStack stack)
        {
            _stack = stack;
        }

        /// <summary>Whether Heartbeat messages to a group address are counted.</summary>
        public bool IsSubscribed(int destination)
        {
            return _subscriptionDestination == destination && _subscriptionDestination != Address.Unassigned;
        }

        /// <summary>Sets the Heartbeat Publication state. The first message is due at once.</summary>
        /// <param name="destination">Unicast or group address; unassigned to publish nothing, whatever the rest.</param>
        /// <param name="countLog">0x00 to 0x11, or <see cref="Unlimited"/>.</param>
        /// <param name="periodLog">0x00 to 0x11.</param>
        /// <param name="ttl">0 to 127.</param>
        /// <param name="features">Features whose change triggers a message.</param>
        /// <param name="netKeyIndex">NetKey Index of a subnet of this node.</param>
        public void SetPublication(int destination, int countLog, int periodLog, int ttl, int features, int netKeyIndex, long now)
        {
            bool off = destination == Address.Unassigned;
            _destination = destination;
            _left = off ? 0 : CountOf(countLog);
            _periodLog = off ? 0 : periodLog;
            _ttl = off ? 0 : ttl;
            _features = off ? 0 : features & (RelayFeature | ProxyFeature);
            _netKeyIndex = off ? 0 : netKeyIndex;
            _triggered = false;
            _nextAt = _left > 0 && _periodLog > 0 ? now : long.MaxValue;
        }

        /// <summary>Sets the Heartbeat Subscription state. What was counted is forgotten, unless the subscription ends.</summary>
        /// <param name="source">Unicast address, or unassigned to end the subscription.</param>
        /// <param name="destination">The primary element or a group address, or unassigned to end the subscription.</param>
        /// <param name="periodLog">0x00 to 0x11; 0 to end the subscription.</param>
        public void SetSubscription(int source, int destination, int periodLog, long now)
        {
            bool off = source == Address.Unassigned || destination == Address.Unassigned;

            if (off || periodLog == 0)
            {
                _subscriptionSource = off ? Address.Unassigned : source;
                _subscriptionDestination = off ? Address.Unassigned : destination;
                _subscriptionEnd = 0;

                if (off)
                {
                    _received = 0;
                    _minHops = 0;
                    _maxHops = 0;
                }

                return;
            }

            _subscriptionSource = source;
            _subscriptionDestination = destination;
            _subscriptionEnd = now + PeriodSeconds(periodLog) * 1000L;
            _received = 0;
            _minHops = NetworkPdu.MaxTtl;
            _maxHops = 0;
        }

        /// <summary>Heartbeat Subscription Period that is left, as PeriodLog.</summary>
        public int SubscriptionPeriodLog(long now)
        {
            long left = _subscriptionEnd - now;

            return left <= 0 ? 0 : Log((int)((left + 999) / 1000));
        }

        /// <summary>A Heartbeat message was received.</summary>
        public void Receive(UpperTransportPdu pdu, long now)
        {
            if (now >= _subscriptionEnd || pdu.Source != _subscriptionSource || pdu.Destination != _subscriptionDestination)
            {
                return;
            }

            int hops = (pdu.Buffer[pdu.Offset] & NetworkPdu.MaxTtl) - pdu.Ttl + 1;

            // No message has more TTL than it was sent with, nor 0 after it was relayed.
            if (hops < 1 || hops > NetworkPdu.MaxTtl)
            {
                return;
            }

            _minHops = hops < _minHops ? hops : _minHops;
            _maxHops = hops > _maxHops ? hops : _maxHops;

            if (_received < MaxCount)
            {
                _received++;
            }
        }

        /// <summary>Sends the messages that are due: by the period, and because a feature has changed.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            int features = CurrentFeatures;

            if (features != _lastFeatures)
            {
                _triggered |= _destination != Address.Unassigned && ((features ^ _lastFeatures) & _features) != 0;
                _lastFeatures = features;
            }

            bool due = now >= _nextAt;

            if (!due && !_triggered)
            {
                return _nextAt;
            }

            if (!Send(now))
            {
                return now + RoomRetry;
            }

            _triggered = false;

            if (due)
            {
                if (_left != MaxCount)
                {
                    _left--;
                }

                _nextAt = _left > 0 ? now + PeriodSeconds(_periodLog) * 1000L : long.MaxValue;
            }

            return _nextAt;
        }

        /// <summary>A subnet was removed: nothing is published to it.</summary>
        public void OnSubnetRemoved(Subnet subnet, long now)
        {
            if (_destination != Address.Unassigned && _netKeyIndex == subnet.NetKeyIndex)
            {
                SetPublication(Address.Unassigned, 0, 0, 0, 0, 0, now);
            }
        }

        /// <summary>The node has left its network.</summary>
        public void Clear(long now)
        {
            SetPublication(Address.Unassigned, 0, 0, 0, 0, 0, now);
            SetSubscription(Address.Unassigned, Address.Unassigned, 0, now);
        }

        private static int CountOf(int countLog)
        {
            int count = countLog == Unlimited ? MaxCount : PeriodSeconds(countLog);

            return count < MaxCount ? count : countLog == Unlimited ? MaxCount : MaxCount - 1;
        }

        private bool Send(long now)
        {
            Subnet subnet = _stack.Subnets.Find(_netKeyIndex);
            uint sequence;

            if (subnet == null)
            {
                return true;
            }

            if (!_lower.HasRoom(true, false, _stack.Network.PrimaryAddress, _destination, Length) || !_stack.Sequence.TryTake(out sequence))
            {
                return false;
            }

            byte[] parameters = Scratch.Block;
            Encode(_ttl, CurrentFeatures, parameters, 0);
            _lower.Send(
                subnet, true, Opcode, false, false, _ttl, sequence, _stack.Network.PrimaryAddress, _destination, parameters, Length, now);

            return true;
        }
    }
}
