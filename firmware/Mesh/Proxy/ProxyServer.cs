using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Network;

namespace MeshNode.Proxy
{
    /// <summary>
    /// The proxy server: lets GATT clients take part in the mesh. See Mesh Protocol 1.1, section 6.
    /// </summary>
    /// <remarks>
    /// A client that breaks the SAR rules, leaves a message unfinished for 20 seconds, or holds its connection for
    /// <see cref="EvictionTime"/> without sending a genuine Network PDU or proxy configuration message is evicted: connections are few. Messages beyond the rate
    /// limit are dropped and counted.
    /// </remarks>
    public sealed class ProxyServer : INetworkProxy
    {
        /// <summary>Milliseconds after which a client that has sent nothing genuine is disconnected.</summary>
        public const int EvictionTime = 30000;

        /// <summary>
        /// Milliseconds by which a genuine Network PDU prolongs a connection. Not for ever: it may be a recorded one. A proxy
        /// configuration message, which cannot be replayed, ends the watch.
        /// </summary>
        public const int GenuineTime = 300000;

        /// <summary>Messages that a client may send at once.</summary>
        public const int RateBurst = 32;

        /// <summary>Milliseconds for each further message: 50 in a second.</summary>
        public const int RateInterval = 20;

        private const int Verdicts = 15;
        private const int CongestionRetry = 20;

        private readonly IGattBearer _bearer;
        private readonly NetworkLayer _network;
        private readonly BeaconLayer _beacons;
        private readonly SubnetTable _subnets;
        private readonly ReplayProtectionList _replay;
        private readonly ProxyClient[] _clients;
        private readonly uint[] _counts = new uint[Verdicts];

        // For a moment: a message before it is queued, and then a value before it is notified.
        private readonly byte[] _value = new byte[NetworkPdu.MaxLength + 1];
        private long _now;
        private int _connections;
        private int _matched;
        private uint _evictions;
        private uint _queueDrops;
        private NetworkVerdict _lastNetworkVerdict;
        private BeaconVerdict _lastBeaconVerdict;

        /// <param name="replay">Shared with the transport layer: a source has one SEQ.</param>
        /// <param name="profile">Connections served at the same time, and what can wait for each.</param>
        public ProxyServer(
            IGattBearer bearer,
            NetworkLayer network,
            BeaconLayer beacons,
            SubnetTable subnets,
            ReplayProtectionList replay,
            StackProfile profile)
        {
            _bearer = bearer;
            _network = network;
            _beacons = beacons;
            _subnets = subnets;
            _replay = replay;
            _clients = new ProxyClient[profile.ProxyClients];

            for (int i = 0; i < _clients.Length; i++)
            {
                _clients[i] = new ProxyClient(profile.ProxyQueue);
            }
        }

        /// <summary>Number of connections.</summary>
        public int Connections
        {
            get { return _connections; }
        }

        /// <summary>Whether a further client can be served.</summary>
        public bool HasFreeConnection
        {
            get { return _connections < _clients.Length; }
        }

        /// <summary>Clients that were disconnected because they sent nothing genuine.</summary>
        public uint Evictions
        {
            get { return _evictions; }
        }

        /// <summary>Messages to clients that were given up because a queue was full.</summary>
        public uint QueueDrops
        {
            get { return _queueDrops; }
        }

        /// <summary>Addresses that have found a client's filter full.</summary>
        public uint FilterOverflows
        {
            get
            {
                uint overflows = 0;

                for (int i = 0; i < _clients.Length; i++)
                {
                    overflows += _clients[i].Filter.Overflows;
                }

                return overflows;
            }
        }

        /// <summary>Verdict of the network layer on the last Network PDU or proxy configuration message.</summary>
        public NetworkVerdict LastNetworkVerdict
        {
            get { return _lastNetworkVerdict; }
        }

        /// <summary>Verdict of the beacon layer on the last beacon of a client.</summary>
        public BeaconVerdict LastBeaconVerdict
        {
            get { return _lastBeaconVerdict; }
        }

        /// <summary>How many values written by clients have met with a verdict.</summary>
        public uint Count(ProxyVerdict verdict)
        {
            return _counts[(int)verdict];
        }

        /// <summary>The filter of a connection.</summary>
        public ProxyFilter Filter(int connection)
        {
            return _clients[connection].Filter;
        }

        /// <summary>A client has connected.</summary>
        /// <returns><see langword="false"/> when it was turned away: there are too many.</returns>
        public bool OnConnected(int connection, long now)
        {
            if (connection < 0 || connection >= _clients.Length)
            {
                _bearer.Disconnect(connection);

                return false;
            }

            if (!_clients[connection].Connected)
            {
                _connections++;
            }

            _clients[connection].Connect(now);

            return true;
        }

        /// <summary>The ATT_MTU of a connection is known. Values out of range are taken as the nearest in range.</summary>
        public void OnMtuChanged(int connection, int mtu)
        {
            if (IsConnected(connection))
            {
                mtu = mtu < GattService.MinMtu ? GattService.MinMtu : mtu > GattService.MaxMtu ? GattService.MaxMtu : mtu;
                _clients[connection].MaxValue = mtu - GattService.AttHeaderSize;
            }
        }

        /// <summary>
        /// The client has enabled or disabled notifications. When enabled, it is told the state of every subnet. See Mesh
        /// Protocol 1.1, section 6.
        /// </summary>
        public void OnSubscribed(int connection, bool enabled, long now)
        {
            if (IsConnected(connection))
            {
                ProxyClient client = _clients[connection];
                bool before = client.Subscribed;
                client.Subscribed = enabled;

                if (enabled && !before)
                {
                    for (int i = 0; i < _subnets.Capacity; i++)
                    {
                        if (_subnets[i] != null)
                        {
                            int length = _beacons.Encode(_subnets[i], _value);
                            Enqueue(connection, ProxyQueue.Beacon, ProxyPduType.MeshBeacon, _value, length);
                        }
                    }

                    Pump(connection);
                }
                else if (!enabled)
                {
                    client.ForgetWaiting();
                }
            }
        }

        /// <summary>The client has written a value to Mesh Proxy Data In.</summary>
        /// <param name="now">Milliseconds on the node's clock.</param>
        public ProxyVerdict OnWritten(int connection, byte[] value, int offset, int count, long now)
        {
            _now = now;
            ProxyVerdict verdict = IsConnected(connection) && !IsOverdue(connection, now)
                ? Receive(_clients[connection], connection, value, offset, count, now)
                : ProxyVerdict.NotConnected;

            _counts[(int)verdict]++;

            if (verdict == ProxyVerdict.SarViolation)
            {
                Close(connection);
            }

            return verdict;
        }

        /// <summary>The bearer has room for notifications again.</summary>
        public void OnNotified(int connection)
        {
            if (IsConnected(connection))
            {
                Pump(connection);
            }
        }

        /// <summary>The connection is gone.</summary>
        public void OnDisconnected(int connection)
        {
            if (connection >= 0 && connection < _clients.Length && _clients[connection].Connected)
            {
                _clients[connection].Connected = false;
                _connections--;
            }
        }

        /// <summary>
        /// The GATT Proxy state went from 0x01 to 0x00: all clients are disconnected. See Mesh Protocol 1.1, section 4.2.
        /// </summary>
        public void DisconnectAll()
        {
            for (int i = 0; i < _clients.Length; i++)
            {
                if (IsConnected(i))
                {
                    Close(i);
                }
            }
        }

        /// <summary>Tells all clients the state of a subnet, because it has changed.</summary>
        public void SendBeacon(Subnet subnet)
        {
            if (_connections == 0)
            {
                return;
            }

            int length = _beacons.Encode(subnet, _value);

            for (int i = 0; i < _clients.Length; i++)
            {
                if (IsConnected(i) && _clients[i].Subscribed)
                {
                    Enqueue(i, ProxyQueue.Beacon, ProxyPduType.MeshBeacon, _value, length);
                }
            }

            for (int i = 0; i < _clients.Length; i++)
            {
                if (IsConnected(i))
                {
                    Pump(i);
                }
            }
        }

        /// <inheritdoc/>
        public RelayVerdict Match(int destination, int except)
        {
            _matched = 0;

            if (_connections == 0)
            {
                return RelayVerdict.NoClient;
            }

            RelayVerdict verdict = RelayVerdict.NoClient;

            for (int i = 0; i < _clients.Length; i++)
            {
                ProxyClient client = _clients[i];

                if (client.Connected && client.Subscribed && !client.Closing && i != except)
                {
                    if (client.Filter.Accepts(destination))
                    {
                        _matched |= 1 << i;
                        verdict = RelayVerdict.Relayed;
                    }
                    else if (verdict == RelayVerdict.NoClient)
                    {
                        verdict = RelayVerdict.Filtered;
                    }
                }
            }

            return verdict;
        }

        /// <inheritdoc/>
        public void Forward(byte[] pdu, int count, bool own)
        {
            int matched = _matched;

            for (int i = 0; matched != 0; i++)
            {
                if ((matched & 1) != 0)
                {
                    Enqueue(i, own ? ProxyQueue.Own : ProxyQueue.Forwarded, ProxyPduType.NetworkPdu, pdu, count);
                    Pump(i);
                }

                matched >>= 1;
            }
        }

        /// <inheritdoc/>
        public void OnClientSource(int connection, int source)
        {
            ProxyClient client = _clients[connection];

            if (client.EvictAt < _now + GenuineTime)
            {
                client.EvictAt = _now + GenuineTime;
            }

            client.Filter.Learn(source);
        }

        /// <summary>Notifies what waits, and disconnects clients whose time is up.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            long next = long.MaxValue;

            for (int i = 0; i < _clients.Length; i++)
            {
                ProxyClient client = _clients[i];

                if (!IsConnected(i))
                {
                    continue;
                }

                if (client.Reassembler.Expired(now))
                {
                    _counts[(int)ProxyVerdict.SarViolation]++;
                    Close(i);

                    continue;
                }

                if (IsOverdue(i, now))
                {
                    continue;
                }

                if (!Pump(i) && now + CongestionRetry < next)
                {
                    next = now + CongestionRetry;
                }

                if (client.EvictAt < next)
                {
                    next = client.EvictAt;
                }

                if (client.Reassembler.Deadline < next)
                {
                    next = client.Reassembler.Deadline;
                }
            }

            return next;
        }

        private bool IsConnected(int connection)
        {
            return connection >= 0
                && connection < _clients.Length
                && _clients[connection].Connected
                && !_clients[connection].Closing;
        }

        // Evicts a client whose time is up.
        private bool IsOverdue(int connection, long now)
        {
            if (now < _clients[connection].EvictAt)
            {
                return false;
            }

            _evictions++;
            Close(connection);

            return true;
        }

        private void Close(int connection)
        {
            _clients[connection].Closing = true;
            _bearer.Disconnect(connection);
        }

        private ProxyVerdict Receive(ProxyClient client, int connection, byte[] value, int offset, int count, long now)
        {
            ProxyReassembler reassembler = client.Reassembler;

            switch (reassembler.Receive(value, offset, count, now))
            {
                case ProxyReassembly.Incomplete:
                    return ProxyVerdict.Incomplete;

                case ProxyReassembly.UnknownType:
                    return ProxyVerdict.UnknownType;

                case ProxyReassembly.Violation:
                    return ProxyVerdict.SarViolation;
            }

            if (!client.TakeToken(now))
            {
                return ProxyVerdict.RateLimited;
            }

            byte[] message = reassembler.Message;
            int length = reassembler.Length;

            switch (reassembler.Type)
            {
                case ProxyPduType.NetworkPdu:
                    _lastNetworkVerdict = _network.Receive(message, 0, length, connection, now);

                    switch (_lastNetworkVerdict)
                    {
                        case NetworkVerdict.Accepted:
                            return ProxyVerdict.Accepted;

                        case NetworkVerdict.NoRoom:
                            return ProxyVerdict.NoRoom;

                        default:
                            return ProxyVerdict.NetworkPdu;
                    }

                case ProxyPduType.MeshBeacon:
                    _lastBeaconVerdict = _beacons.Receive(message, 0, length, connection, now);

                    // Does not save the client from eviction: it may be the beacon that this node has sent it.
                    return _lastBeaconVerdict > BeaconVerdict.Repeated ? ProxyVerdict.Beacon : ProxyVerdict.Accepted;

                case ProxyPduType.ProxyConfiguration:
                    return ReceiveConfiguration(client, connection, message, length);

                default:
                    return ProxyVerdict.UnknownType;
            }
        }

        // Length and key, authenticity, header, replay, format: only then anything changes.
        private ProxyVerdict ReceiveConfiguration(ProxyClient client, int connection, byte[] message, int length)
        {
            _lastNetworkVerdict = _network.ReceiveProxyConfiguration(message, 0, length, connection);

            if (_lastNetworkVerdict != NetworkVerdict.Accepted)
            {
                return ProxyVerdict.NotAuthenticated;
            }

            NetworkPdu pdu = _network.ProxyConfiguration;

            if (!pdu.Control || pdu.Ttl != 0 || pdu.Destination != Address.Unassigned)
            {
                return ProxyVerdict.Header;
            }

            switch (_replay.Check(pdu.Source, pdu.IvIndex, pdu.Sequence))
            {
                case ReplayVerdict.Replayed:
                    return ProxyVerdict.Replayed;

                case ReplayVerdict.Full:
                    return ProxyVerdict.ReplayListFull;
            }

            byte[] payload = pdu.Payload;
            ProxyVerdict verdict = ProxyConfigurationMessage.Validate(payload, NetworkPdu.TransportOffset, pdu.TransportLength);

            if (verdict != ProxyVerdict.Accepted)
            {
                return verdict;
            }

            int parameters = NetworkPdu.TransportOffset + 1;
            int end = NetworkPdu.TransportOffset + pdu.TransportLength;
            ProxyFilter filter = client.Filter;

            switch (payload[NetworkPdu.TransportOffset])
            {
                case ProxyConfigurationMessage.SetFilterType:
                    filter.SetType(payload[parameters]);
                    break;

                case ProxyConfigurationMessage.AddAddresses:
                    for (int i = parameters; i < end; i += 2)
                    {
                        filter.Add(BigEndian.ReadUInt16(payload, i));
                    }

                    break;

                case ProxyConfigurationMessage.RemoveAddresses:
                    for (int i = parameters; i < end; i += 2)
                    {
                        filter.Remove(BigEndian.ReadUInt16(payload, i));
                    }

                    break;

                default:
                    return ProxyVerdict.Opcode;
            }

            _replay.Commit(pdu.Source, pdu.IvIndex, pdu.Sequence);
            client.EvictAt = long.MaxValue;
            SendFilterStatus(connection, filter, pdu.Subnet);

            return ProxyVerdict.Accepted;
        }

        private void SendFilterStatus(int connection, ProxyFilter filter, Subnet subnet)
        {
            int count = ProxyConfigurationMessage.EncodeFilterStatus(filter.Type, filter.Count, _value);
            int length = _network.EncodeProxyConfiguration(subnet, _value, count, _value);

            if (length != 0)
            {
                Enqueue(connection, ProxyQueue.Own, ProxyPduType.ProxyConfiguration, _value, length);
                Pump(connection);
            }
        }

        private void Enqueue(int connection, int priority, int type, byte[] message, int length)
        {
            ProxyQueue queue = _clients[connection].Queue;
            uint dropped = queue.Dropped;
            queue.Enqueue(priority, type, message, length);
            _queueDrops += queue.Dropped - dropped;
        }

        // Notifies until nothing is left or the bearer is full; a message is never interrupted by another.
        private bool Pump(int connection)
        {
            ProxyClient client = _clients[connection];

            while (client.Subscribed)
            {
                if (client.OutgoingPosition == client.OutgoingLength)
                {
                    if (client.Queue.Count == 0)
                    {
                        return true;
                    }

                    client.OutgoingLength = client.Queue.Dequeue(client.Outgoing, out client.OutgoingType);
                    client.OutgoingPosition = 0;
                }

                int maxValue = client.MaxValue < _value.Length ? client.MaxValue : _value.Length;
                int count = ProxySegmenter.Encode(
                    client.OutgoingType,
                    client.Outgoing,
                    client.OutgoingLength,
                    client.OutgoingPosition,
                    _value,
                    maxValue);

                if (!_bearer.Notify(connection, _value, 0, count))
                {
                    return false;
                }

                client.OutgoingPosition += count - 1;
            }

            return true;
        }
    }
}
