using System;
using MeshNode.Bearers;
using MeshNode.Crypto;

namespace MeshNode.Network
{
    /// <summary>
    /// The network layer: decides for each Network PDU whether it is genuine, for this node, and to be sent on. See Mesh
    /// Protocol 1.1, section 3.4.
    /// </summary>
    /// <remarks>
    /// A received PDU goes through <see cref="Receive"/> from top to bottom, cheapest test first: length, candidate keys of
    /// its NID, copies of what was just heard, then for each key de-obfuscation, SRC, message cache, and only then the NetMIC. Nothing is
    /// delivered, sent on or learned before the NetMIC fits. Nothing is allocated.
    /// </remarks>
    public sealed class NetworkLayer
    {
        private const int LoopbackCapacity = 2;
        private const int Verdicts = 12;
        private const int RelayVerdicts = 7;

        // Where in the counts those of relaying and of forwarding to proxy clients begin.
        private const int RelayCounts = Verdicts;
        private const int ProxyCounts = RelayCounts + RelayVerdicts;
        private const uint ControlBit = 0x80000000;

        /// <summary>The PDU of the last <see cref="Receive"/>, until <see cref="Tick"/>; all of it is valid when that answered <see cref="NetworkVerdict.Accepted"/>.</summary>
        public readonly NetworkPdu Received = new NetworkPdu();

        /// <summary>The way to the proxy clients, or <see langword="null"/> when there is no GATT bearer.</summary>
        public INetworkProxy Proxy;

        /// <summary>The Network Transmit state, see <see cref="TransmitState"/>, for own messages and those of proxy clients. See Mesh Protocol 1.1, section 4.2.</summary>
        public int NetworkTransmit = TransmitState.ThreeTimes;

        /// <summary>The Relay Retransmit state, see <see cref="TransmitState"/>, for what is relayed from advertising bearer to advertising bearer. See Mesh Protocol 1.1, section 4.2.</summary>
        public int RelayRetransmit = TransmitState.ThreeTimes;

        /// <summary>Whether the Relay state is 0x01.</summary>
        public bool RelayEnabled;

        private readonly SubnetTable _subnets;
        private readonly IvIndex _ivIndex;
        private readonly SequenceNumber _sequence;
        private readonly AdvertisingTransmitter _transmitter;
        private readonly INetworkLayerClient _client;
        private readonly DuplicateCache _duplicates = new DuplicateCache();
        private readonly NetworkMessageCache _messages;
        private readonly LoopbackQueue _loopback = new LoopbackQueue(LoopbackCapacity);
        private readonly byte[] _secured = new byte[NetworkPdu.MaxLength];
        private readonly uint[] _counts = new uint[ProxyCounts + RelayVerdicts];
        private long _messageKey;
        private int _firstAddress;
        private int _lastAddress;
        private bool _proxyEnabled;

        /// <param name="transmitter">The way to the advertising bearer.</param>
        /// <param name="client">The lower transport layer.</param>
        /// <param name="messages">Network PDUs that are remembered, a power of two from 8 on.</param>
        public NetworkLayer(
            SubnetTable subnets,
            IvIndex ivIndex,
            SequenceNumber sequence,
            AdvertisingTransmitter transmitter,
            INetworkLayerClient client,
            int messages)
        {
            _messages = new NetworkMessageCache(messages);
            _subnets = subnets;
            _ivIndex = ivIndex;
            _sequence = sequence;
            _transmitter = transmitter;
            _client = client;
        }

        /// <summary>Whether the GATT Proxy state is 0x01.</summary>
        public bool ProxyEnabled
        {
            get { return _proxyEnabled; }
            set { _proxyEnabled = value; }
        }

        /// <summary>Unicast address of the primary element; 0 while the node has none.</summary>
        public int PrimaryAddress
        {
            get { return _firstAddress; }
        }

        /// <summary>Whether one more message of this node's own is taken.</summary>
        public bool HasRoom
        {
            get { return _transmitter.HasRoom && !_loopback.IsFull; }
        }

        /// <summary>The PDU that the last <see cref="ReceiveProxyConfiguration"/> has accepted; the same object as <see cref="Received"/>.</summary>
        public NetworkPdu ProxyConfiguration
        {
            get { return Received; }
        }

        /// <summary>Sets the unicast addresses of this node's elements, which follow one another.</summary>
        public void SetAddresses(int primaryAddress, int elements)
        {
            _firstAddress = primaryAddress;
            _lastAddress = primaryAddress + elements - 1;
        }

        /// <summary>How many received PDUs have met with a verdict.</summary>
        public uint Count(NetworkVerdict verdict)
        {
            return _counts[(int)verdict];
        }

        /// <summary>How many accepted PDUs have met with a verdict about the advertising bearer.</summary>
        public uint RelayCount(RelayVerdict verdict)
        {
            return _counts[RelayCounts + (int)verdict];
        }

        /// <summary>How many accepted PDUs have met with a verdict about the proxy clients.</summary>
        public uint ProxyCount(RelayVerdict verdict)
        {
            return _counts[ProxyCounts + (int)verdict];
        }

        /// <summary>Takes a Network PDU from a bearer.</summary>
        /// <param name="networkInterface">Where it came from, see <see cref="NetworkInterface"/>.</param>
        /// <param name="now">Milliseconds on the node's clock.</param>
        public NetworkVerdict Receive(byte[] pdu, int offset, int count, int networkInterface, long now)
        {
            if ((uint)(count - NetworkPdu.MinLength) > NetworkPdu.MaxLength - NetworkPdu.MinLength)
            {
                return Counted(NetworkVerdict.Length);
            }

            NetworkKey key = _subnets.FirstCandidate(pdu[offset] & SubnetTable.NidMask);

            if (key == null)
            {
                return Counted(NetworkVerdict.UnknownNid);
            }

            if (_duplicates.Contains(pdu, offset))
            {
                _counts[(int)NetworkVerdict.Duplicate]++;

                return NetworkVerdict.Duplicate;
            }

            NetworkVerdict verdict = Open(key, pdu, offset, count, Nonce.NetworkType, Received);

            if (verdict != NetworkVerdict.Accepted)
            {
                if (verdict == NetworkVerdict.Cached)
                {
                    _duplicates.Add(pdu, offset);
                }

                return Counted(verdict);
            }

            NetworkPdu received = Received;
            received.Interface = networkInterface;
            _messages.Add(_messageKey);
            _duplicates.Add(pdu, offset);
            verdict = Dispatch(received, now);

            if (verdict == NetworkVerdict.NoRoom || verdict == NetworkVerdict.ProxyDisabled)
            {
                _messages.TakeBack();
                _duplicates.Remove(pdu, offset);
            }

            _counts[(int)verdict]++;

            return verdict;
        }

        /// <summary>
        /// Takes a proxy configuration message: a Network PDU with the proxy nonce. Caches do not apply to it. See Mesh
        /// Protocol 1.1, section 6.
        /// </summary>
        public NetworkVerdict ReceiveProxyConfiguration(byte[] pdu, int offset, int count, int connection)
        {
            if (count < NetworkPdu.MinLength || count > NetworkPdu.MaxLength)
            {
                return NetworkVerdict.Length;
            }

            NetworkKey key = _subnets.FirstCandidate(pdu[offset] & SubnetTable.NidMask);

            if (key == null)
            {
                return NetworkVerdict.UnknownNid;
            }

            Received.Interface = connection;

            return Open(key, pdu, offset, count, Nonce.ProxyType, Received);
        }

        /// <summary>Secures a proxy configuration message from this node: CTL 1, TTL 0, DST unassigned.</summary>
        /// <param name="message">Opcode and parameters, at most 12 octets.</param>
        /// <param name="pdu">Takes the Network PDU, 29 octets at most; may be <paramref name="message"/>.</param>
        /// <returns>Octets of the PDU, or 0 when the SEQ are used up or the subnet was removed.</returns>
        public int EncodeProxyConfiguration(Subnet subnet, byte[] message, int count, byte[] pdu)
        {
            uint sequence;

            if (_subnets[subnet.Slot] != subnet || !_sequence.TryTake(out sequence))
            {
                return 0;
            }

            Array.Copy(message, 0, pdu, NetworkPdu.HeaderSize + NetworkPdu.TransportOffset, count);
            BigEndian.WriteUInt16(pdu, NetworkPdu.HeaderSize, Address.Unassigned);

            return subnet.TransmitKey.Credentials.Encrypt(
                ControlBit | sequence,
                _firstAddress,
                _ivIndex.TransmitIndex,
                Nonce.ProxyType,
                pdu,
                NetworkPdu.HeaderSize,
                NetworkPdu.TransportOffset + count,
                pdu,
                0);
        }

        /// <summary>Sends a message of this node. See Mesh Protocol 1.1, section 3.4.6.4.</summary>
        /// <param name="control">CTL.</param>
        /// <param name="ttl">TTL, 0 to 127. With 1 it reaches this node only.</param>
        /// <param name="sequence">A SEQ taken for this PDU after <see cref="HasRoom"/> was seen to be true.</param>
        /// <param name="source">SRC, an element of this node.</param>
        /// <param name="destination">DST.</param>
        /// <param name="transportPdu">The TransportPDU. Copied.</param>
        /// <param name="count">1 to 16 octets, 12 with CTL.</param>
        /// <param name="tag">Given back when it has left over the advertising bearer, which a PDU for this node alone never does; 0 when nobody wants to know.</param>
        public SendVerdict Send(
            Subnet subnet,
            bool control,
            int ttl,
            uint sequence,
            int source,
            int destination,
            byte[] transportPdu,
            int offset,
            int count,
            int tag)
        {
            int most = control ? NetworkPdu.MaxControlTransportLength : NetworkPdu.MaxAccessTransportLength;

            if (_subnets[subnet.Slot] != subnet)
            {
                return SendVerdict.NoSubnet;
            }

            if (count < 1 || count > most || ttl < 0 || ttl > NetworkPdu.MaxTtl || destination == Address.Unassigned)
            {
                return SendVerdict.Invalid;
            }

            bool local = IsForThisNode(destination);

            // "The output filter of the interface connected to advertising or GATT bearers shall drop all messages with
            // TTL value set to 1." Section 3.4.5.2.
            bool leaves = ReachesBearers(ttl, destination);

            if ((local && _loopback.IsFull) || (leaves && !_transmitter.HasRoom))
            {
                return SendVerdict.NoRoom;
            }

            if (local)
            {
                _loopback.Append(subnet, _ivIndex.TransmitIndex, control, ttl, sequence, source, destination, transportPdu, offset, count);
            }

            if (!leaves)
            {
                return local ? SendVerdict.Sent : SendVerdict.Ttl;
            }

            // DST and TransportPDU are secured where they are.
            BigEndian.WriteUInt16(_secured, NetworkPdu.HeaderSize, destination);
            Array.Copy(transportPdu, offset, _secured, NetworkPdu.HeaderSize + NetworkPdu.TransportOffset, count);
            uint header = ((uint)ttl << 24) | sequence;

            if (control)
            {
                header |= ControlBit;
            }

            int length = subnet.TransmitKey.Credentials.Encrypt(
                header,
                source,
                _ivIndex.TransmitIndex,
                Nonce.NetworkType,
                _secured,
                NetworkPdu.HeaderSize,
                NetworkPdu.TransportOffset + count,
                _secured,
                0);

            if (Proxy != null && Proxy.Match(destination, NetworkInterface.Local) == RelayVerdict.Relayed)
            {
                Proxy.Forward(_secured, length, true);
            }

            _transmitter.SendOwn(AdvertisingData.MeshMessage, _secured, 0, length, NetworkTransmit, source, tag);

            return SendVerdict.Sent;
        }

        /// <summary>Whether this node belongs to a fixed group. See Mesh Protocol 1.1, section 3.4.2.4.</summary>
        public bool IsFixedGroup(int destination)
        {
            switch (destination)
            {
                case Address.AllNodes:
                    return true;

                case Address.AllRelays:
                    return RelayEnabled;

                case Address.AllProxies:
                    return _proxyEnabled;

                default:
                    return false;
            }
        }

        /// <summary>Whether a message leaves this node, so that its tag comes back.</summary>
        public bool ReachesBearers(int ttl, int destination)
        {
            return ttl != 1 && !IsElement(destination);
        }

        /// <summary>Delivers what the node has sent to itself.</summary>
        public void Tick(long now)
        {
            for (int i = LoopbackCapacity; i > 0 && !_loopback.IsEmpty; i--)
            {
                Subnet subnet = _loopback.FirstSubnet;

                if (_subnets[subnet.Slot] == subnet)
                {
                    _loopback.CopyFirst(Received);

                    if (!_client.OnNetworkPdu(Received, now))
                    {
                        return;
                    }
                }

                _loopback.RemoveFirst();
            }
        }

        /// <summary>The node has left its network: forgets its addresses and all that was heard.</summary>
        public void Clear()
        {
            SetAddresses(Address.Unassigned, 1);
            _messages.Clear();
            _duplicates.Clear();

            while (!_loopback.IsEmpty)
            {
                _loopback.RemoveFirst();
            }
        }

        /// <summary>Whether something waits for the next <see cref="Tick"/>.</summary>
        public bool HasLoopback
        {
            get { return !_loopback.IsEmpty; }
        }

        // Tries each key with the PDU's NID. Changes nothing but the fields of the PDU object.
        private NetworkVerdict Open(NetworkKey key, byte[] pdu, int offset, int count, int nonce, NetworkPdu received)
        {
            uint ivIndex = _ivIndex.Current;

            if ((pdu[offset] >> 7) != (int)(ivIndex & 1))
            {
                if (ivIndex == 0)
                {
                    return NetworkVerdict.IvIndex;
                }

                ivIndex--;
            }

            NetworkVerdict verdict = NetworkVerdict.Length;

            do
            {
                NetworkVerdict attempt;
                NetworkCredentials credentials = key.Credentials;
                credentials.Deobfuscate(pdu, offset, ivIndex);
                int source = credentials.Src;
                uint header = credentials.CtlTtlSeq;

                if (count < NetworkPdu.MinControlLength && header >= ControlBit)
                {
                    attempt = NetworkVerdict.Length;
                }
                else if (source == Address.Unassigned || source >= Address.FirstVirtual)
                {
                    attempt = NetworkVerdict.SourceNotUnicast;
                }
                else if (source >= _firstAddress && source <= _lastAddress)
                {
                    attempt = NetworkVerdict.OwnSource;
                }
                else if (nonce == Nonce.NetworkType && IsCached(ivIndex, source, header))
                {
                    attempt = NetworkVerdict.Cached;
                }
                else if (!credentials.Decrypt(pdu, offset, count, ivIndex, nonce, received.Payload, 0))
                {
                    attempt = NetworkVerdict.NetMic;
                }
                else
                {
                    byte[] payload = received.Payload;
                    bool control = header >= ControlBit;
                    received.Key = key;
                    received.Subnet = key.Subnet;
                    received.IvIndex = ivIndex;
                    received.Control = control;
                    received.Ttl = (int)(header >> 24) & NetworkPdu.MaxTtl;
                    received.Sequence = header & SequenceNumber.Max;
                    received.Source = source;
                    received.Destination = (payload[0] << 8) | payload[1];
                    received.TransportLength = count - (control ? 17 : 13);

                    return NetworkVerdict.Accepted;
                }

                if (attempt > verdict)
                {
                    verdict = attempt;
                }

                key = SubnetTable.NextCandidate(key);
            }
            while (key != null);

            return verdict;
        }

        private bool IsCached(uint ivIndex, int source, uint header)
        {
            _messageKey = NetworkMessageCache.Key(ivIndex & 1, source, header & SequenceNumber.Max);

            return _messages.Contains(_messageKey);
        }

        // Hands an authenticated PDU to this node and sends it on. See Mesh Protocol 1.1, section 3.4.6.3.
        private NetworkVerdict Dispatch(NetworkPdu received, long now)
        {
            int destination = received.Destination;
            received.Delivered = false;

            if (destination == Address.Unassigned)
            {
                return NetworkVerdict.DestinationUnassigned;
            }

            bool local = IsForThisNode(destination);

            if (received.Interface >= 0 && Proxy != null)
            {
                Proxy.OnClientSource(received.Interface, received.Source);

                if (!_proxyEnabled && !local)
                {
                    return NetworkVerdict.ProxyDisabled;
                }
            }

            if (local)
            {
                if (!_client.OnNetworkPdu(received, now))
                {
                    return NetworkVerdict.NoRoom;
                }

                received.Delivered = true;
            }

            SendOn(received);

            return received.Delivered || received.Relay != RelayVerdict.NoRoom || received.Proxy == RelayVerdict.Relayed
                ? NetworkVerdict.Accepted
                : NetworkVerdict.NoRoom;
        }

        private void SendOn(NetworkPdu received)
        {
            RelayVerdict relay;
            RelayVerdict proxy;

            if (received.Delivered && received.Destination < Address.FirstVirtual)
            {
                relay = RelayVerdict.OwnDestination;
                proxy = RelayVerdict.OwnDestination;
            }
            else if (received.Ttl < 2)
            {
                relay = RelayVerdict.Ttl;
                proxy = RelayVerdict.Ttl;
            }
            else
            {
                // Delivering it may have removed the subnet.
                bool member = _subnets[received.Subnet.Slot] == received.Subnet;
                bool enabled = received.Interface == NetworkInterface.Advertising ? RelayEnabled : _proxyEnabled;
                relay = enabled && member ? RelayVerdict.Relayed : RelayVerdict.Disabled;
                proxy = !_proxyEnabled || !member ? RelayVerdict.Disabled
                    : Proxy == null ? RelayVerdict.NoClient
                    : Proxy.Match(received.Destination, received.Interface);

                if (relay == RelayVerdict.Relayed || proxy == RelayVerdict.Relayed)
                {
                    int length = SecureAgain(received);

                    if (proxy == RelayVerdict.Relayed)
                    {
                        Proxy.Forward(_secured, length, false);
                    }

                    if (relay == RelayVerdict.Relayed)
                    {
                        bool queued = received.Interface == NetworkInterface.Advertising
                            ? _transmitter.SendRelayed(_secured, length, RelayRetransmit, received.Source)
                            : _transmitter.SendFromProxyClient(_secured, length, NetworkTransmit, received.Source);

                        if (!queued)
                        {
                            relay = RelayVerdict.NoRoom;
                        }
                    }
                }
            }

            received.Relay = relay;
            received.Proxy = proxy;
            _counts[RelayCounts + (int)relay]++;
            _counts[ProxyCounts + (int)proxy]++;
        }

        // With TTL one less, the subnet's key for transmitting, and the IV Index it came with: the nonce of the layers
        // above holds that IV Index.
        private int SecureAgain(NetworkPdu received)
        {
            uint header = ((uint)(received.Ttl - 1) << 24) | received.Sequence;

            if (received.Control)
            {
                header |= ControlBit;
            }

            return received.Subnet.TransmitKey.Credentials.Encrypt(
                header,
                received.Source,
                received.IvIndex,
                Nonce.NetworkType,
                received.Payload,
                0,
                NetworkPdu.TransportOffset + received.TransportLength,
                _secured,
                0);
        }

        // The unassigned address has been refused before.
        private bool IsElement(int destination)
        {
            return destination >= _firstAddress && destination <= _lastAddress;
        }

        private bool IsForThisNode(int destination)
        {
            if (destination < Address.FirstVirtual)
            {
                return IsElement(destination);
            }

            return IsFixedGroup(destination) || _client.IsSubscribed(destination);
        }

        private NetworkVerdict Counted(NetworkVerdict verdict)
        {
            _counts[(int)verdict]++;

            return verdict;
        }
    }
}
