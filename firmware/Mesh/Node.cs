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

        /// <summary>The subscription lists.</summary>
        public readonly SubscriptionTable Subscriptions;

        /// <summary>The lower transport layer.</summary>
        public readonly LowerTransportLayer LowerTransport;

        /// <summary>The upper transport layer.</summary>
        public readonly UpperTransportLayer UpperTransport;

        /// <summary>Heartbeat publication and subscription.</summary>
        public readonly Heartbeat Heartbeat;

        /// <summary>The access layer.</summary>
        public readonly AccessLayer Access;

        /// <summary>The stack up to the network layer, which the bearers call.</summary>
        public readonly MeshStack Stack;

        /// <summary>The application, or <see langword="null"/>.</summary>
        public INodeClient Client;

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
            AppKeyTable appKeys = new AppKeyTable(profile.AppKeys);
            LabelTable labels = new LabelTable(profile.Labels);
            Subscriptions = new SubscriptionTable(profile.Subscriptions, labels);
            LowerTransport = new LowerTransportLayer(pool, buffer, profile.Reassemblies, profile.Transmissions);
            Stack = new MeshStack(advertisingBearer, gattBearer, random, LowerTransport, profile);
            Stack.Client = this;
            Heartbeat = new Heartbeat(LowerTransport);
            Access = new AccessLayer(composition, buffer, Subscriptions, random, profile.Replies);
            UpperTransport = new UpperTransportLayer(LowerTransport, appKeys, labels, Heartbeat, Access);
            LowerTransport.Bind(Stack, UpperTransport);
            UpperTransport.Bind(Stack);
            Heartbeat.Bind(Stack);
            Access.Bind(Stack, LowerTransport, UpperTransport);
            Attach(composition);
        }

        /// <summary>The application keys.</summary>
        public AppKeyTable AppKeys
        {
            get { return UpperTransport.AppKeys; }
        }

        /// <summary>The Label UUIDs.</summary>
        public LabelTable Labels
        {
            get { return UpperTransport.Labels; }
        }

        /// <summary>Sources that the replay protection list has room for: CRPL of the composition data.</summary>
        public int ReplaySources
        {
            get { return Stack.Replay.Capacity; }
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
            get { return Stack.Network.PrimaryAddress != Address.Unassigned; }
        }

        /// <summary>Makes the device known to provisioners; once provisioned, it is a node. The number of elements is that of the composition.</summary>
        /// <param name="capabilities">What is offered to provisioners.</param>
        /// <param name="client">The application.</param>
        public void StartUnprovisioned(ProvisioningCapabilities capabilities, IProvisioningClient client, long now)
        {
            capabilities.Elements = Access.Composition.Count;
            Stack.StartUnprovisioned(capabilities, client, now);

            if (_store != null)
            {
                Stack.Provisioning.Provisionee.Limit.Restore(_store.Attempts, now);
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
            UpperTransport.DeviceKey = TransportKey.Device(deviceKey);
            Stack.Join(primaryAddress, Access.Composition.Count, ivIndex, ivUpdate, netKeyIndex, key, keyRefresh, now);
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

            if (Client != null)
            {
                Client.OnReset(now);
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
                next = Earlier(next, Access.Tick(now));
                next = Earlier(next, Heartbeat.Tick(now));
                next = Earlier(next, LowerTransport.Tick(now));
            }

            // What the stack delivers to the node itself may bring deadlines nearer.
            bool delivers = Stack.Network.HasLoopback;
            next = Earlier(next, Stack.Tick(now));

            return delivers ? Earlier(next, now) : next;
        }

        /// <summary>A subnet is removed, and with it its application keys. See Mesh Protocol 1.1, section 4.4.1.2.</summary>
        public void OnSubnetRemoved(Subnet subnet, long now)
        {
            for (int i = 0; i < AppKeys.Capacity; i++)
            {
                if (AppKeys.IsUsed(i) && AppKeys.NetKeyIndex(i) == subnet.NetKeyIndex)
                {
                    RemoveAppKey(i, now);
                }
            }

            KeepAll(now);
            LowerTransport.OnSubnetRemoved(subnet);
            Heartbeat.OnSubnetRemoved(subnet, now);
        }

        /// <inheritdoc/>
        public void OnSubnetChanged(Subnet subnet, long now)
        {
            if (subnet.Phase == KeyRefreshPhase.Normal)
            {
                AppKeys.RevokeOldKeys(subnet.NetKeyIndex);
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
                LowerTransport.OnTransmitIndexChanged();
            }
        }

        /// <inheritdoc/>
        public void OnProvisioned(byte[] deviceKey, long now)
        {
            UpperTransport.DeviceKey = TransportKey.Device(deviceKey);
            OnJoined(now);
        }

        /// <summary>Removes an application key, and the bindings and publications that need it.</summary>
        /// <param name="place">Its place in <see cref="AppKeys"/>.</param>
        public void RemoveAppKey(int place, long now)
        {
            Access.OnAppKeyRemoved(place, now);
            AppKeys.Remove(place);
            KeepAll(now);
        }

        /// <summary>Power has come, and what was kept is back.</summary>
        internal void PowerUp(long now)
        {
            Stack.Refresh(now);
            Composition composition = Access.Composition;

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
            Stack.Leave(now);
            LowerTransport.Clear();
            Access.Clear(now);
            UpperTransport.Clear();
            Heartbeat.Clear(now);
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
