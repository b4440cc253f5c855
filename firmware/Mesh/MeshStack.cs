using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Network;
using MeshNode.Provisioning;
using MeshNode.Proxy;

namespace MeshNode
{
    /// <summary>
    /// The layers of one node, put together: what the bearers bring goes in here and is led to the layer it is for.
    /// </summary>
    /// <remarks>
    /// One thread owns the stack: all calls come from it, and bearers never call back from within a call of the stack. The stack has no
    /// clock; <c>now</c> is a number of milliseconds that never goes back. <see cref="Tick"/> is called at the time it has asked for, and after
    /// whatever else was called, as that may have brought the next deadline nearer. All memory is allocated by the constructor and
    /// when keys are added.
    /// </remarks>
    public sealed class MeshStack : IAdvertisingBearerClient, IGattBearerClient, ISubnetTableClient, IIvIndexClient, IProvisioneeClient
    {
        private const int LoopbackRetry = 10;
        private const int TransmitRetry = 100;
        private const int IvIndexRetry = 60000;

        private readonly INetworkLayerClient _networkClient;
        private readonly SubnetTable _subnets;
        private readonly IvIndex _ivIndex = new IvIndex();
        private readonly SequenceNumber _sequence = new SequenceNumber(0);
        private readonly ReplayProtectionList _replay;
        private readonly AdvertisingTransmitter _transmitter;
        private readonly NetworkLayer _network;
        private readonly BeaconLayer _beacons;
        private readonly ProxyServer _proxy;
        private readonly ProxyAdvertiser _advertiser;
        private readonly IGattBearer _gattBearer;
        private readonly IRandomSource _random;
        private IMeshStackClient _client;
        private UnprovisionedDevice _unprovisioned;
        private ProvisioningServer _provisioning;
        private long _now;
        private NetworkVerdict _lastNetworkVerdict;
        private BeaconVerdict _lastBeaconVerdict;
        private ProxyVerdict _lastProxyVerdict;

        /// <param name="advertisingBearer">The advertising bearer.</param>
        /// <param name="gattBearer">The GATT bearer.</param>
        /// <param name="random">The chip's random number generator.</param>
        /// <param name="networkClient">The layer above the network layer.</param>
        /// <param name="profile">How much it can hold. Not kept.</param>
        public MeshStack(
            IAdvertisingBearer advertisingBearer,
            IGattBearer gattBearer,
            IRandomSource random,
            INetworkLayerClient networkClient,
            StackProfile profile)
        {
            _networkClient = networkClient;
            _gattBearer = gattBearer;
            _random = random;
            _subnets = new SubnetTable(profile.Subnets);
            _replay = new ReplayProtectionList(profile.ReplaySources);
            _transmitter = new AdvertisingTransmitter(advertisingBearer, profile.LocalQueue, profile.RelayQueue);
            _network = new NetworkLayer(_subnets, _ivIndex, _sequence, _transmitter, networkClient, profile.NetworkMessages);
            _beacons = new BeaconLayer(_subnets, _ivIndex, _transmitter, random);
            _proxy = new ProxyServer(gattBearer, _network, _beacons, _subnets, _replay, profile);
            _advertiser = new ProxyAdvertiser(advertisingBearer, _network, _subnets, _proxy, random);
            _network.Proxy = _proxy;
            _subnets.Client = this;
            _ivIndex.Client = this;
        }

        /// <summary>The layers above, for what concerns them beside PDUs; or <see langword="null"/>.</summary>
        public IMeshStackClient Client
        {
            get { return _client; }
            set { _client = value; }
        }

        /// <summary>The network layer.</summary>
        public NetworkLayer Network
        {
            get { return _network; }
        }

        /// <summary>The subnets. Adding one, or changing its keys, announces it.</summary>
        public SubnetTable Subnets
        {
            get { return _subnets; }
        }

        /// <summary>The IV Index.</summary>
        public IvIndex IvIndex
        {
            get { return _ivIndex; }
        }

        /// <summary>The sequence number.</summary>
        public SequenceNumber Sequence
        {
            get { return _sequence; }
        }

        /// <summary>The replay protection list.</summary>
        public ReplayProtectionList Replay
        {
            get { return _replay; }
        }

        /// <summary>The beacon layer.</summary>
        public BeaconLayer Beacons
        {
            get { return _beacons; }
        }

        /// <summary>The proxy server.</summary>
        public ProxyServer Proxy
        {
            get { return _proxy; }
        }

        /// <summary>The connectable advert.</summary>
        public ProxyAdvertiser Advertiser
        {
            get { return _advertiser; }
        }

        /// <summary>The provisioning device role, until the device is a node; else <see langword="null"/>.</summary>
        public ProvisioningServer Provisioning
        {
            get { return _provisioning; }
        }

        /// <summary>Verdict on the last Mesh Message of the advertising bearer.</summary>
        public NetworkVerdict LastNetworkVerdict
        {
            get { return _lastNetworkVerdict; }
        }

        /// <summary>Verdict on the last Mesh Beacon of the advertising bearer.</summary>
        public BeaconVerdict LastBeaconVerdict
        {
            get { return _lastBeaconVerdict; }
        }

        /// <summary>Verdict on the last value that a proxy client wrote.</summary>
        public ProxyVerdict LastProxyVerdict
        {
            get { return _lastProxyVerdict; }
        }

        /// <summary>Makes the device known to provisioners; it belongs to no network. Memory for it is allocated now, and given up when it has joined one.</summary>
        /// <param name="uuid">Device UUID, 16 octets. Kept.</param>
        /// <param name="oobInformation">OOB Information, 16 bits.</param>
        /// <param name="uriData">URI as in its AD structure, at most 29 octets, which is kept; or <see langword="null"/>.</param>
        public void StartUnprovisioned(byte[] uuid, int oobInformation, byte[] uriData, long now)
        {
            _now = now;
            _unprovisioned = new UnprovisionedDevice(_transmitter, uuid, oobInformation, uriData);
            _unprovisioned.Start(now);
        }

        /// <summary>Makes the device known to provisioners and lets them provision it over PB-ADV and PB-GATT; the stack then joins the network.</summary>
        /// <param name="capabilities">What is offered to provisioners.</param>
        /// <param name="client">The application.</param>
        public void StartUnprovisioned(ProvisioningCapabilities capabilities, IProvisioningClient client, long now)
        {
            _provisioning = new ProvisioningServer(_transmitter, _gattBearer, _random, capabilities, this, client);
            StartUnprovisioned(capabilities.Uuid, capabilities.OobInformation, capabilities.UriData, now);
        }

        /// <summary>Joins a network: from now on the node has an address, an IV Index and its first subnet.</summary>
        /// <param name="primaryAddress">Unicast address of the primary element.</param>
        /// <param name="elements">Number of elements.</param>
        /// <param name="netKeyIndex">NetKey Index of the first subnet.</param>
        /// <param name="key">Its key.</param>
        /// <param name="keyRefresh">Whether the subnet is in Key Refresh Phase 2, with this as its new key.</param>
        public void Join(int primaryAddress, int elements, uint ivIndex, bool ivUpdate, int netKeyIndex, NetworkKey key, bool keyRefresh, long now)
        {
            _now = now;

            if (_unprovisioned != null)
            {
                _unprovisioned.Stop();
                _unprovisioned = null;
            }

            _network.SetAddresses(primaryAddress, elements);
            _ivIndex.Set(ivIndex, ivUpdate, now);
            _sequence.Reset();
            Subnet subnet = _subnets.Add(netKeyIndex, key);

            if (keyRefresh)
            {
                _subnets.StartKeyRefresh(subnet, key);
                _subnets.EnterSecondPhase(subnet);
            }
        }

        /// <summary>
        /// Leaves the network: keys are zeroed, clients disconnected, and nothing is kept of what was sent and heard.
        /// </summary>
        public void Leave(long now)
        {
            _now = now;

            for (int i = 0; i < _subnets.Capacity; i++)
            {
                if (_subnets[i] != null)
                {
                    _subnets.Remove(_subnets[i]);
                }
            }

            _proxy.DisconnectAll();
            _network.Clear();
            _transmitter.Clear();
            _replay.Clear();
        }

        /// <summary>What was kept is back: the subnets are announced.</summary>
        public void Refresh(long now)
        {
            _now = now;
            _beacons.OnIvIndexChanged();
            _advertiser.Refresh(now);
        }

        /// <summary>Sets the GATT Proxy state. See Mesh Protocol 1.1, section 4.2.</summary>
        public void SetProxyEnabled(bool enabled, long now)
        {
            _now = now;
            bool before = _network.ProxyEnabled;
            _network.ProxyEnabled = enabled;
            _advertiser.Refresh(now);

            if (before && !enabled)
            {
                _proxy.DisconnectAll();
            }
        }

        /// <summary>Does what time brings: deliveries to the node itself, beacons, adverts, time-outs.</summary>
        /// <returns>When to call again at the latest, on the node's clock.</returns>
        public long Tick(long now)
        {
            _now = now;
            _network.Tick(now);
            long next = _network.HasLoopback ? now + LoopbackRetry : long.MaxValue;

            if (_sequence.WantsIvUpdate && !_ivIndex.UpdateInProgress && !_beacons.StartIvUpdate(now))
            {
                next = Earlier(next, now + IvIndexRetry);
            }

            next = Earlier(next, _ivIndex.Tick(now));
            next = Earlier(next, _beacons.Tick(now));
            next = Earlier(next, TickUnprovisioned(now));
            next = Earlier(next, _proxy.Tick(now));

            // The Mesh Provisioning Service is there until the provisioner has gone.
            if (_provisioning == null || !_provisioning.IsConnected)
            {
                next = Earlier(next, _advertiser.Tick(now));
            }

            _transmitter.Pump();

            // A bearer that has lost its credit without a word is asked again.
            return _transmitter.Waiting == 0 ? next : Earlier(next, now + TransmitRetry);
        }

        /// <inheritdoc/>
        public void OnReceived(int type, byte[] payload, int offset, int count, long now)
        {
            _now = now;

            switch (type)
            {
                case AdvertisingData.MeshMessage:
                    _lastNetworkVerdict = _network.Receive(payload, offset, count, NetworkInterface.Advertising, now);
                    break;

                case AdvertisingData.MeshBeacon:
                    _lastBeaconVerdict = _beacons.Receive(payload, offset, count, NetworkInterface.Advertising, now);
                    break;

                case AdvertisingData.PbAdv:
                    if (_provisioning != null)
                    {
                        _provisioning.OnReceived(payload, offset, count, now);
                    }

                    break;
            }
        }

        /// <inheritdoc/>
        public void OnSent(int tag, long now)
        {
            _now = now;
            _transmitter.Pump();

            if (tag != 0)
            {
                _networkClient.OnSent(tag, now);
            }
        }

        /// <inheritdoc/>
        public void OnConnected(int connection, long now)
        {
            _now = now;

            if (_provisioning != null && _provisioning.OnConnected(connection, now))
            {
                return;
            }

            _proxy.OnConnected(connection, now);
            _advertiser.Refresh(now);
        }

        /// <inheritdoc/>
        public void OnMtuChanged(int connection, int mtu, long now)
        {
            _now = now;

            if (IsProvisioner(connection))
            {
                _provisioning.OnMtuChanged(mtu);

                return;
            }

            _proxy.OnMtuChanged(connection, mtu);
        }

        /// <inheritdoc/>
        public void OnSubscribed(int connection, bool enabled, long now)
        {
            _now = now;

            if (IsProvisioner(connection))
            {
                _provisioning.OnSubscribed(enabled);

                return;
            }

            _proxy.OnSubscribed(connection, enabled, now);
        }

        /// <inheritdoc/>
        public void OnWritten(int connection, byte[] value, int offset, int count, long now)
        {
            _now = now;

            if (IsProvisioner(connection))
            {
                _provisioning.OnWritten(value, offset, count, now);

                return;
            }

            _lastProxyVerdict = _proxy.OnWritten(connection, value, offset, count, now);
        }

        /// <inheritdoc/>
        public void OnNotified(int connection, long now)
        {
            _now = now;

            if (IsProvisioner(connection))
            {
                _provisioning.OnNotified();

                return;
            }

            _proxy.OnNotified(connection);
        }

        /// <inheritdoc/>
        public void OnDisconnected(int connection, long now)
        {
            _now = now;

            if (IsProvisioner(connection))
            {
                _provisioning.OnDisconnected(now);

                return;
            }

            _proxy.OnDisconnected(connection);
            _advertiser.Refresh(now);
        }

        /// <inheritdoc/>
        public void OnSubnetChanged(Subnet subnet)
        {
            _beacons.OnSubnetChanged(subnet);
            _proxy.SendBeacon(subnet);
            _advertiser.Refresh(_now);

            if (_client != null)
            {
                _client.OnSubnetChanged(subnet, _now);
            }
        }

        /// <inheritdoc/>
        public void OnSubnetRemoved(Subnet subnet)
        {
            _beacons.OnSubnetRemoved(subnet);
            _advertiser.OnSubnetRemoved(subnet, _now);

            if (_client != null)
            {
                _client.OnSubnetRemoved(subnet, _now);
            }
        }

        /// <inheritdoc/>
        public void OnIvIndexChanged(bool transmitIndexChanged, long now)
        {
            if (transmitIndexChanged)
            {
                _sequence.Reset();
            }

            if (_client != null)
            {
                _client.OnIvIndexChanged(transmitIndexChanged, now);
            }

            _beacons.OnIvIndexChanged();

            for (int i = 0; i < _subnets.Capacity; i++)
            {
                if (_subnets[i] != null)
                {
                    _proxy.SendBeacon(_subnets[i]);
                }
            }
        }

        /// <inheritdoc/>
        public void OnLinkOpened(long now)
        {
            _unprovisioned.Suspend();
        }

        /// <inheritdoc/>
        public void OnProvisioned(ProvisioningData data, byte[] deviceKey, long now)
        {
            NetworkKey key = new NetworkKey(data.NetKey);
            Join(data.UnicastAddress, _provisioning.Provisionee.Capabilities.Elements, data.IvIndex, data.IvUpdate, data.NetKeyIndex, key, data.KeyRefresh, now);

            if (_client != null)
            {
                _client.OnProvisioned(deviceKey, now);
            }
        }

        /// <inheritdoc/>
        public void OnLinkClosed(bool provisioned, bool startNodeIdentity, long now)
        {
            if (!provisioned)
            {
                _unprovisioned.Resume(now);
            }
            else if (startNodeIdentity)
            {
                for (int i = 0; i < _subnets.Capacity; i++)
                {
                    if (_subnets[i] != null)
                    {
                        _advertiser.StartNodeIdentity(_subnets[i], now);
                    }
                }
            }
        }

        private bool IsProvisioner(int connection)
        {
            return _provisioning != null && _provisioning.Owns(connection);
        }

        // A node has no use for the provisioning device role.
        private long TickUnprovisioned(long now)
        {
            long next = _unprovisioned == null ? long.MaxValue : _unprovisioned.Tick(now);

            if (_provisioning == null)
            {
                return next;
            }

            next = Earlier(next, _provisioning.Tick(now));

            if (_provisioning.IsFinished)
            {
                _provisioning = null;
            }

            return next;
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }
    }
}
