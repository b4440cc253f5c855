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

        /// <summary>The subnets. Adding one, or changing its keys, announces it.</summary>
        public readonly SubnetTable Subnets;

        /// <summary>The IV Index.</summary>
        public readonly IvIndex IvIndex = new IvIndex();

        /// <summary>The sequence number.</summary>
        public readonly SequenceNumber Sequence = new SequenceNumber(0);

        /// <summary>The replay protection list.</summary>
        public readonly ReplayProtectionList Replay;

        /// <summary>The network layer.</summary>
        public readonly NetworkLayer Network;

        /// <summary>The beacon layer.</summary>
        public readonly BeaconLayer Beacons;

        /// <summary>The proxy server.</summary>
        public readonly ProxyServer Proxy;

        /// <summary>The connectable advert.</summary>
        public readonly ProxyAdvertiser Advertiser;

        /// <summary>The layers above, for what concerns them beside PDUs; or <see langword="null"/>.</summary>
        public IMeshStackClient Client;

        private readonly INetworkLayerClient _networkClient;
        private readonly AdvertisingTransmitter _transmitter;
        private readonly IGattBearer _gattBearer;
        private readonly IRandomSource _random;
        private UnprovisionedDevice _unprovisioned;
        private ProvisioningServer _provisioning;
        private long _now;
        private NetworkVerdict _lastNetworkVerdict;
        private BeaconVerdict _lastBeaconVerdict;
        private ProxyVerdict _lastProxyVerdict;
        private uint _ignored;

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
            Subnets = new SubnetTable(profile.Subnets);
            Replay = new ReplayProtectionList(profile.ReplaySources);
            _transmitter = new AdvertisingTransmitter(advertisingBearer, profile.LocalQueue, profile.RelayQueue);
            Network = new NetworkLayer(Subnets, IvIndex, Sequence, _transmitter, networkClient, profile.NetworkMessages);
            Beacons = new BeaconLayer(Subnets, IvIndex, _transmitter, random);
            Proxy = new ProxyServer(gattBearer, Network, Beacons, Subnets, Replay, profile);
            Advertiser = new ProxyAdvertiser(advertisingBearer, Network, Subnets, Proxy, random);
            Network.Proxy = Proxy;
            Subnets.Client = this;
            IvIndex.Client = this;
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

        /// <summary>
        /// Payloads of the advertising bearer that were for nobody here: PB-ADV PDUs while no device waits to be provisioned, and AD types that
        /// are not of the mesh.
        /// </summary>
        public uint Ignored
        {
            get { return _ignored; }
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

            Network.SetAddresses(primaryAddress, elements);
            IvIndex.Set(ivIndex, ivUpdate, now);
            Sequence.Reset();
            Subnet subnet = Subnets.Add(netKeyIndex, key);

            if (keyRefresh)
            {
                Subnets.StartKeyRefresh(subnet, key);
                Subnets.EnterSecondPhase(subnet);
            }
        }

        /// <summary>
        /// Leaves the network: keys are zeroed, clients disconnected, and nothing is kept of what was sent and heard.
        /// </summary>
        public void Leave(long now)
        {
            _now = now;

            for (int i = 0; i < Subnets.Capacity; i++)
            {
                if (Subnets[i] != null)
                {
                    Subnets.Remove(Subnets[i]);
                }
            }

            Proxy.DisconnectAll();
            Network.Clear();
            _transmitter.Clear();
            Replay.Clear();
        }

        /// <summary>What was kept is back: the subnets are announced.</summary>
        public void Refresh(long now)
        {
            _now = now;
            Beacons.OnIvIndexChanged();
            Advertiser.Refresh(now);
        }

        /// <summary>Sets the GATT Proxy state. See Mesh Protocol 1.1, section 4.2.</summary>
        public void SetProxyEnabled(bool enabled, long now)
        {
            _now = now;
            bool before = Network.ProxyEnabled;
            Network.ProxyEnabled = enabled;
            Advertiser.Refresh(now);

            if (before && !enabled)
            {
                Proxy.DisconnectAll();
            }
        }

        /// <summary>Does what time brings: deliveries to the node itself, beacons, adverts, time-outs.</summary>
        /// <returns>When to call again at the latest, on the node's clock.</returns>
        public long Tick(long now)
        {
            _now = now;
            Network.Tick(now);
            long next = Network.HasLoopback ? now + LoopbackRetry : long.MaxValue;

            if (Sequence.WantsIvUpdate && !IvIndex.UpdateInProgress && !Beacons.StartIvUpdate(now))
            {
                next = Earlier(next, now + IvIndexRetry);
            }

            next = Earlier(next, IvIndex.Tick(now));
            next = Earlier(next, Beacons.Tick(now));
            next = Earlier(next, TickUnprovisioned(now));
            next = Earlier(next, Proxy.Tick(now));

            // The Mesh Provisioning Service is there until the provisioner has gone.
            if (_provisioning == null || !_provisioning.IsConnected)
            {
                next = Earlier(next, Advertiser.Tick(now));
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
                    _lastNetworkVerdict = Network.Receive(payload, offset, count, NetworkInterface.Advertising, now);
                    break;

                case AdvertisingData.MeshBeacon:
                    _lastBeaconVerdict = Beacons.Receive(payload, offset, count, NetworkInterface.Advertising, now);
                    break;

                case AdvertisingData.PbAdv:
                    if (_provisioning != null)
                    {
                        _provisioning.OnReceived(payload, offset, count, now);
                    }
                    else
                    {
                        _ignored++;
                    }

                    break;

                default:
                    _ignored++;
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

            Proxy.OnConnected(connection, now);
            Advertiser.Refresh(now);
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

            Proxy.OnMtuChanged(connection, mtu);
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

            Proxy.OnSubscribed(connection, enabled, now);
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

            _lastProxyVerdict = Proxy.OnWritten(connection, value, offset, count, now);
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

            Proxy.OnNotified(connection);
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

            Proxy.OnDisconnected(connection);
            Advertiser.Refresh(now);
        }

        /// <inheritdoc/>
        public void OnSubnetChanged(Subnet subnet)
        {
            Beacons.OnSubnetChanged(subnet);
            Proxy.SendBeacon(subnet);
            Advertiser.Refresh(_now);

            if (Client != null)
            {
                Client.OnSubnetChanged(subnet, _now);
            }
        }

        /// <inheritdoc/>
        public void OnSubnetRemoved(Subnet subnet)
        {
            Beacons.OnSubnetRemoved(subnet);
            Advertiser.OnSubnetRemoved(subnet, _now);

            if (Client != null)
            {
                Client.OnSubnetRemoved(subnet, _now);
            }
        }

        /// <inheritdoc/>
        public void OnIvIndexChanged(bool transmitIndexChanged, long now)
        {
            if (transmitIndexChanged)
            {
                Sequence.Reset();
            }

            if (Client != null)
            {
                Client.OnIvIndexChanged(transmitIndexChanged, now);
            }

            Beacons.OnIvIndexChanged();

            for (int i = 0; i < Subnets.Capacity; i++)
            {
                if (Subnets[i] != null)
                {
                    Proxy.SendBeacon(Subnets[i]);
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

            if (Client != null)
            {
                Client.OnProvisioned(deviceKey, now);
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
                for (int i = 0; i < Subnets.Capacity; i++)
                {
                    if (Subnets[i] != null)
                    {
                        Advertiser.StartNodeIdentity(Subnets[i], now);
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
