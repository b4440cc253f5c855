using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.LowerTransport;
using MeshNode.Network;
using MeshNode.Provisioning;
using MeshNode.Storage;
using MeshNode.UpperTransport;

namespace MeshNode
{
    /// <summary>
    /// A whole node: the stack up to the network layer, the transport layers, the access layer and the models of a composition.
    /// </summary>
    /// <remarks>
    /// Bearers call <see cref="Stack"/>, the application calls <see cref="Tick"/> after that, at the time it has asked for, and after
    /// whatever else was called. One thread owns all of it. All memory is allocated by the constructor and when keys, publications and the like are set.
    /// </remarks>
    public sealed class Node : IMeshStackClient
    {
        private const int ResetDelay = 1000;

        private readonly AppKeyTable _appKeys;
        private readonly LabelTable _labels;
        private readonly SubscriptionTable _subscriptions;
        private readonly LowerTransportLayer _lower;
        private readonly UpperTransportLayer _upper;
        private readonly Heartbeat _heartbeat;
        private readonly AccessLayer _access;
        private readonly MeshStack _stack;
        private INodeClient _client;
        private NodeStore _store;
        private long _resetAt = long.MaxValue;

        /// <param name="advertisingBearer">The advertising bearer.</param>
        /// <param name="gattBearer">The GATT bearer.</param>
        /// <param name="random">The chip's random number generator.</param>
        /// <param name="composition">Elements and models; they belong to this node from now on.</param>
        /// <param name="profile">How much it can hold. Not kept.</param>
        public Node(
            IAdvertisingBearer advertisingBearer,
            IGattBearer gattBearer,
            IRandomSource random,
            Composition composition,
            StackProfile profile)
        {
            // Holds a message that was put together until it is decrypted, and a message that is composed until it is sent: never both.
            byte[] buffer = new byte[UpperTransportAccessPdu.MaxLength + UpperTransportAccessPdu.LongMicSize];
            SegmentPool pool = new SegmentPool(profile.Segments);
            _appKeys = new AppKeyTable(profile.AppKeys);
            _labels = new LabelTable(profile.Labels);
            _subscriptions = new SubscriptionTable(profile.Subscriptions, _labels);
            _lower = new LowerTransportLayer(pool, buffer, profile.Reassemblies, profile.Transmissions);
            _stack = new MeshStack(advertisingBearer, gattBearer, random, _lower, profile);
            _stack.Client = this;
            _heartbeat = new Heartbeat(_lower);
            _access = new AccessLayer(composition, pool, buffer, _appKeys, _labels, _subscriptions, random, profile.Replies);
            _upper = new UpperTransportLayer(_lower, _appKeys, _labels, _heartbeat, _access);
            _lower.Bind(_stack.Network, _stack.Subnets, _stack.IvIndex, _stack.Sequence, _stack.Replay, _upper);
            _upper.Bind(_stack.Subnets, _stack.IvIndex, _stack.Sequence);
            _heartbeat.Bind(_stack.Network, _stack.Subnets, _stack.Sequence);
            _access.Bind(_stack.Network, _lower, _upper);
            Attach(composition);
        }

        /// <summary>The stack up to the network layer, which the bearers call.</summary>
        public MeshStack Stack
        {
            get { return _stack; }
        }

        /// <summary>The lower transport layer.</summary>
        public LowerTransportLayer LowerTransport
        {
            get { return _lower; }
        }

        /// <summary>The upper transport layer.</summary>
        public UpperTransportLayer UpperTransport
        {
            get { return _upper; }
        }

        /// <summary>Heartbeat publication and subscription.</summary>
        public Heartbeat Heartbeat
        {
            get { return _heartbeat; }
        }

        /// <summary>The access layer.</summary>
        public AccessLayer Access
        {
            get { return _access; }
        }

        /// <summary>The application keys.</summary>
        public AppKeyTable AppKeys
        {
            get { return _appKeys; }
        }

        /// <summary>The Label UUIDs.</summary>
        public LabelTable Labels
        {
            get { return _labels; }
        }

        /// <summary>The subscription lists.</summary>
        public SubscriptionTable Subscriptions
        {
            get { return _subscriptions; }
        }

        /// <summary>Sources that the replay protection list has room for: CRPL of the composition data.</summary>
        public int ReplaySources
        {
            get { return _stack.Replay.Capacity; }
        }

        /// <summary>The application, or <see langword="null"/>.</summary>
        public INodeClient Client
        {
            get { return _client; }
            set { _client = value; }
        }

        /// <summary>What keeps the state, or <see langword="null"/>. Set by <see cref="NodeStore.Open"/>.</summary>
        public NodeStore Store
        {
            get { return _store; }
            internal set { _store = value; }
        }

        /// <summary>Whether it belongs to a network.</summary>
        public bool IsProvisioned
        {
            get { return _stack.Network.PrimaryAddress != Address.Unassigned; }
        }

        /// <summary>Makes the device known to provisioners; once provisioned, it is a node. The number of elements is that of the composition.</summary>
        /// <param name="capabilities">What is offered to provisioners.</param>
        /// <param name="client">The application.</param>
        public void StartUnprovisioned(ProvisioningCapabilities capabilities, IProvisioningClient client, long now)
        {
            capabilities.Elements = _access.Composition.Count;
            _stack.StartUnprovisioned(capabilities, client, now);

            if (_store != null)
            {
                _stack.Provisioning.Provisionee.Limit.Restore(_store.Attempts, now);
            }
        }

        /// <summary>Joins a network without being provisioned: the node knows it from before, or is a provisioner.</summary>
        /// <param name="primaryAddress">Unicast address of the primary element.</param>
        /// <param name="netKeyIndex">NetKey Index of the first subnet.</param>
        /// <param name="key">Its key.</param>
        /// <param name="keyRefresh">Whether the subnet is in Key Refresh Phase 2, with this as its new key.</param>
        /// <param name="deviceKey">The device key, 16 octets. Not kept.</param>
        public void Join(
            int primaryAddress,
            uint ivIndex,
            bool ivUpdate,
            int netKeyIndex,
            NetworkKey key,
            bool keyRefresh,
            byte[] deviceKey,
            long now)
        {
            _upper.DeviceKey = TransportKey.Device(deviceKey);
            _stack.Join(primaryAddress, _access.Composition.Count, ivIndex, ivUpdate, netKeyIndex, key, keyRefresh, now);
            OnJoined(now);
        }

        /// <summary>Leaves the network at once: keys are zeroed, and nothing is kept. See Mesh Protocol 1.1, section 3.11.7.</summary>
        public void Leave(long now)
        {
            _resetAt = long.MaxValue;

            if (_store != null)
            {
                _store.Erase();
            }

            Forget(now);

            if (_store != null)
            {
                _store.OnLeft(now);
            }

            if (_client != null)
            {
                _client.OnReset(now);
            }
        }

        /// <summary>A state has changed that outlasts a loss of power.</summary>
        /// <param name="index">As said with <see cref="StoredState"/>.</param>
        public void Keep(StoredState state, int index, long now)
        {
            if (_store != null)
            {
                _store.Keep(state, index, now);
            }
        }

        /// <summary>Leaves the network in a moment, when answers have been sent.</summary>
        public void LeaveSoon(long now)
        {
            _resetAt = now + ResetDelay;

            // Keys that are only in RAM serve for the answer.
            if (_store != null)
            {
                _store.Erase();
            }
        }

        /// <summary>Does what time brings.</summary>
        /// <returns>When to call again at the latest, on the node's clock.</returns>
        public long Tick(long now)
        {
            if (now >= _resetAt)
            {
                Leave(now);
            }

            long next = _resetAt;

            // Before anything is sent.
            if (_store != null)
            {
                next = Earlier(next, _store.Tick(now));
            }

            if (IsProvisioned)
            {
                next = Earlier(next, _access.Tick(now));
                next = Earlier(next, _heartbeat.Tick(now));
                next = Earlier(next, _lower.Tick(now));
            }

            // What the stack delivers to the node itself may bring deadlines nearer.
            bool delivers = _stack.Network.HasLoopback;
            next = Earlier(next, _stack.Tick(now));

            return delivers ? Earlier(next, now) : next;
        }

        /// <summary>A subnet is removed, and with it its application keys. See Mesh Protocol 1.1, section 4.4.1.2.</summary>
        public void OnSubnetRemoved(Subnet subnet, long now)
        {
            for (int i = 0; i < _appKeys.Capacity; i++)
            {
                if (_appKeys.IsUsed(i) && _appKeys.NetKeyIndex(i) == subnet.NetKeyIndex)
                {
                    RemoveAppKey(i, now);
                }
            }

            KeepAll(now);
            _lower.OnSubnetRemoved(subnet);
            _heartbeat.OnSubnetRemoved(subnet, now);
        }

        /// <inheritdoc/>
        public void OnSubnetChanged(Subnet subnet, long now)
        {
            if (subnet.Phase == KeyRefreshPhase.Normal)
            {
                _appKeys.RevokeOldKeys(subnet.NetKeyIndex);
                KeepAll(now);
            }
            else
            {
                Keep(StoredState.NetKey, subnet.NetKeyIndex, now);
            }
        }

        /// <inheritdoc/>
        public void OnIvIndexChanged(bool transmitIndexChanged, long now)
        {
            Keep(StoredState.IvIndex, 0, now);

            if (transmitIndexChanged)
            {
                _lower.OnTransmitIndexChanged();
            }
        }

        /// <inheritdoc/>
        public void OnProvisioned(byte[] deviceKey, long now)
        {
            _upper.DeviceKey = TransportKey.Device(deviceKey);
            OnJoined(now);
        }

        /// <summary>Removes an application key, and the bindings and publications that need it.</summary>
        /// <param name="place">Its place in <see cref="AppKeys"/>.</param>
        public void RemoveAppKey(int place, long now)
        {
            _access.OnAppKeyRemoved(place, now);
            _appKeys.Remove(place);
            KeepAll(now);
        }

        /// <summary>Power has come, and what was kept is back.</summary>
        internal void PowerUp(long now)
        {
            _stack.Refresh(now);
            Composition composition = _access.Composition;

            for (int i = 0; i < composition.Count; i++)
            {
                for (int j = 0; j < composition[i].Count; j++)
                {
                    composition[i][j].OnPoweredUp(now);
                }
            }
        }

        /// <summary>Keys are zeroed, and nothing of the network is left in RAM.</summary>
        internal void Forget(long now)
        {
            _stack.Leave(now);
            _lower.Clear();
            _access.Clear(now);
            _upper.Clear();
            _heartbeat.Clear(now);
        }

        private void OnJoined(long now)
        {
            if (_store != null)
            {
                _store.OnJoined(now);
            }
        }

        private void KeepAll(long now)
        {
            if (_store != null)
            {
                _store.KeepAll(now);
            }
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }

        // Models that extend each other share a subscription list: it is numbered after the first of them.
        private void Attach(Composition composition)
        {
            int lists = 0;

            for (int i = 0; i < composition.Count; i++)
            {
                Element element = composition[i];
                element.Node = this;

                for (int j = 0; j < element.Count; j++)
                {
                    Model model = element[j];
                    int list = 0;

                    for (int k = 0; k < model.BaseCount; k++)
                    {
                        Model extended = model.Base(k);

                        if (extended.Element == element)
                        {
                            list = list == 0 ? extended.SubscriptionList : Join(element, extended.SubscriptionList, list);
                        }
                    }

                    model.SubscriptionList = (byte)(list == 0 ? ++lists : list);
                }
            }

            for (int i = 0; i < composition.Count; i++)
            {
                for (int j = 0; j < composition[i].Count; j++)
                {
                    composition[i][j].OnAttached();
                }
            }
        }

        private static int Join(Element element, int from, int to)
        {
            for (int i = 0; i < element.Count; i++)
            {
                if (element[i].SubscriptionList == from)
                {
                    element[i].SubscriptionList = (byte)to;
                }
            }

            return to;
        }
    }
}
