using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.Proxy
{
    /// <summary>
    /// Decides what the connectable advert shows: which subnet, and whether by Network ID or by Node Identity. See Mesh
    /// Protocol 1.1, section 7.2.2.2.
    /// </summary>
    /// <remarks>
    /// Subnets take equal turns, each with its Node Identity while that is running. A slice lasts a sixth of a minute, shorter with more than six candidates, so that every subnet is
    /// seen within a minute; a subnet whose Node Identity has just been started comes first. Nothing is shown while all connections
    /// are in use.
    /// </remarks>
    public sealed class ProxyAdvertiser
    {
        /// <summary>How long a Node Identity is advertised, in milliseconds. Section 7.2.2.2.3.</summary>
        public const int NodeIdentityTime = 60000;

        /// <summary>Milliseconds between adverts with a Network ID: rare, as there may be many proxies.</summary>
        public const int NetworkIdInterval = 500;

        /// <summary>Milliseconds between adverts with a Node Identity or of an unprovisioned device: somebody waits for it.</summary>
        public const int IdentityInterval = 100;

        private const int MinSlices = 6;
        private const int None = -1;

        private readonly IAdvertisingBearer _bearer;
        private readonly NetworkLayer _network;
        private readonly SubnetTable _subnets;
        private readonly ProxyServer _server;
        private readonly IRandomSource _randomSource;
        private readonly long[] _identityUntil;
        private readonly byte[] _data = new byte[AdvertisingData.MaxLength];
        private int _last = None;
        private bool _shown;
        private long _sliceEnd;

        /// <param name="randomSource">For the Random field of the Node Identity.</param>
        public ProxyAdvertiser(
            IAdvertisingBearer bearer,
            NetworkLayer network,
            SubnetTable subnets,
            ProxyServer server,
            IRandomSource randomSource)
        {
            _bearer = bearer;
            _network = network;
            _subnets = subnets;
            _server = server;
            _randomSource = randomSource;
            _identityUntil = new long[subnets.Capacity];
        }

        /// <summary>Whether the Node Identity of a subnet is advertised.</summary>
        public bool IsNodeIdentityRunning(Subnet subnet, long now)
        {
            return now < _identityUntil[subnet.Slot];
        }

        /// <summary>Advertises the Node Identity of a subnet for 60 seconds. See Mesh Protocol 1.1, section 4.2.</summary>
        public void StartNodeIdentity(Subnet subnet, long now)
        {
            _identityUntil[subnet.Slot] = now + NodeIdentityTime;
            _last = subnet.Slot - 1;
            _sliceEnd = now;
        }

        /// <summary>Ends it.</summary>
        public void StopNodeIdentity(Subnet subnet, long now)
        {
            _identityUntil[subnet.Slot] = 0;
            _sliceEnd = now;
        }

        /// <summary>A subnet was removed.</summary>
        public void OnSubnetRemoved(Subnet subnet, long now)
        {
            StopNodeIdentity(subnet, now);
        }

        /// <summary>Something that the advert depends on has changed: a subnet, the GATT Proxy state, the connections.</summary>
        public void Refresh(long now)
        {
            _sliceEnd = now;
        }

        /// <summary>Goes on to the next subnet when its turn has come.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            if (now < _sliceEnd)
            {
                return _sliceEnd;
            }

            int candidates = 0;
            int next = None;

            if (_server.HasFreeConnection)
            {
                for (int i = 1; i <= _identityUntil.Length; i++)
                {
                    int slot = (_last + i + _identityUntil.Length) % _identityUntil.Length;

                    if (_subnets[slot] != null && (_network.ProxyEnabled || now < _identityUntil[slot]))
                    {
                        candidates++;

                        if (next == None)
                        {
                            next = slot;
                        }
                    }
                }
            }

            if (next == None)
            {
                if (_shown)
                {
                    _bearer.SetConnectable(GattService.Proxy, _data, 0, NetworkIdInterval);
                    _shown = false;
                }

                _sliceEnd = long.MaxValue;

                return long.MaxValue;
            }

            Show(next, now);

            // The Network ID of a single subnet stays: on a stock stack each change of the advert costs memory.
            bool identity = now < _identityUntil[next];
            _sliceEnd = candidates == 1 && !identity
                ? long.MaxValue
                : now + (NodeIdentityTime / (candidates < MinSlices ? MinSlices : candidates));

            if (identity && _identityUntil[next] < _sliceEnd)
            {
                _sliceEnd = _identityUntil[next];
            }

            return _sliceEnd;
        }

        private void Show(int slot, long now)
        {
            NetworkKey key = _subnets[slot].TransmitKey;
            bool identity = now < _identityUntil[slot];
            byte[] serviceData = Scratch.Pdu;
            int count;

            if (identity)
            {
                // The Random field waits where the advertising data will be.
                _randomSource.Fill(_data, 0, ProxyServiceData.RandomSize);
                count = ProxyServiceData.EncodeNodeIdentity(
                    key,
                    ProxyServiceData.NodeIdentity,
                    _network.PrimaryAddress,
                    _data,
                    serviceData,
                    Scratch.Block);
            }
            else
            {
                count = ProxyServiceData.EncodeNetworkId(key, serviceData);
            }

            count = ConnectableAdvertisement.Encode(GattService.Proxy, serviceData, count, _data);
            _bearer.SetConnectable(GattService.Proxy, _data, count, identity ? IdentityInterval : NetworkIdInterval);
            _last = slot;
            _shown = true;
        }
    }
}
