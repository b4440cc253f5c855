using System;
using MeshNode.Bearers;
using MeshNode.Crypto;
using MeshNode.Network;

namespace MeshNode.Beacons
{
    /// <summary>
    /// Receives and sends the beacons of this node's subnets. See Mesh Protocol 1.1, sections 3.10 and 3.11.
    /// </summary>
    /// <remarks>
    /// The last authenticated beacon of each subnet is kept: its repetitions cost no cryptography, but are weighed again, as
    /// what was too early an hour ago may be due now. Each subnet beacons on its own clock, the slower the more of its beacons are heard.
    /// </remarks>
    public sealed class BeaconLayer
    {
        /// <summary>Time over which beacons are counted, in milliseconds: twice the typical interval.</summary>
        public const int ObservationPeriod = 20000;

        /// <summary>Shortest time between two beacons of a subnet, in milliseconds.</summary>
        public const int MinInterval = 10000;

        /// <summary>Longest time between two beacons of a subnet, in milliseconds.</summary>
        public const int MaxInterval = 600000;

        private const int JitterShift = 2;
        private const int RetryInterval = 1000;
        private const int Verdicts = 8;
        private const int MaxLength = PrivateBeacon.Length;

        // Where in a slot what is, behind the beacon.
        private const int LengthOffset = MaxLength;
        private const int FlagsOffset = LengthOffset + 1;
        private const int IvIndexOffset = FlagsOffset + 1;
        private const int HeardOffset = IvIndexOffset + 4;
        private const int HeardBeforeOffset = HeardOffset + 1;
        private const int AnnounceOffset = HeardBeforeOffset + 1;
        private const int SlotSize = AnnounceOffset + 1;
        private const int Times = 2;

        /// <summary>The Secure Network Beacon state: whether this node sends beacons. See Mesh Protocol 1.1, section 4.2.</summary>
        public bool Enabled;

        private readonly SubnetTable _subnets;
        private readonly IvIndex _ivIndex;
        private readonly AdvertisingTransmitter _transmitter;
        private readonly IRandomSource _random;
        private readonly uint[] _counts = new uint[Verdicts];

        // For each subnet the key of the last beacon, if there was one; the beacon with what belongs to it; the end of the observation period
        // and when a beacon was sent.
        private readonly NetworkKey[] _lastKey;
        private readonly byte[] _last;
        private readonly long[] _times;
        private bool _ivUpdateInitiator;
        private uint _ivIndexReceived;
        private int _flags;
        private IvIndexVerdict _lastIvIndexVerdict;

        /// <param name="random">Beacons are sent up to a second late, so that those of several nodes do not keep colliding.</param>
        public BeaconLayer(SubnetTable subnets, IvIndex ivIndex, AdvertisingTransmitter transmitter, IRandomSource random)
        {
            _subnets = subnets;
            _ivIndex = ivIndex;
            _transmitter = transmitter;
            _random = random;
            _lastKey = new NetworkKey[subnets.Capacity];
            _last = new byte[subnets.Capacity * SlotSize];
            _times = new long[subnets.Capacity * Times];
        }

        /// <summary>What the last authenticated beacon meant for the IV Index.</summary>
        public IvIndexVerdict LastIvIndexVerdict
        {
            get { return _lastIvIndexVerdict; }
        }

        /// <summary>How many received beacons have met with a verdict.</summary>
        public uint Count(BeaconVerdict verdict)
        {
            return _counts[(int)verdict];
        }

        /// <summary>Starts an IV Update from this node, which then sends beacons until another node has joined in.</summary>
        /// <returns><see langword="false"/> when the IV Index may not change now, or the node does not belong to the primary subnet.</returns>
        public bool StartIvUpdate(long now)
        {
            if (_subnets.Find(Subnet.PrimaryNetKeyIndex) == null || !_ivIndex.StartUpdate(now))
            {
                return false;
            }

            _ivUpdateInitiator = true;

            return true;
        }

        /// <summary>Takes a mesh beacon from a bearer.</summary>
        /// <param name="networkInterface">Where it came from, see <see cref="NetworkInterface"/>.</param>
        /// <param name="now">Milliseconds on the node's clock.</param>
        public BeaconVerdict Receive(byte[] beacon, int offset, int count, int networkInterface, long now)
        {
            BeaconVerdict verdict = Authenticate(beacon, offset, count, networkInterface, now);
            _counts[(int)verdict]++;

            return verdict;
        }

        /// <summary>Writes the Secure Network beacon that tells the present state of a subnet.</summary>
        /// <param name="beacon">Takes <see cref="SecureNetworkBeacon.Length"/> octets.</param>
        /// <returns>Octets written.</returns>
        public int Encode(Subnet subnet, byte[] beacon)
        {
            int flags = 0;

            if (subnet.Phase == KeyRefreshPhase.Second)
            {
                flags |= BeaconFlags.KeyRefresh;
            }

            if (_ivIndex.UpdateInProgress)
            {
                flags |= BeaconFlags.IvUpdate;
            }

            return SecureNetworkBeacon.Encode(subnet.TransmitKey, flags, _ivIndex.Current, beacon, 0, Scratch.Block);
        }

        /// <summary>A subnet was added or its keys have changed: what was heard of it is void, and it is announced at once.</summary>
        public void OnSubnetChanged(Subnet subnet)
        {
            _lastKey[subnet.Slot] = null;
            Announce(subnet.Slot, true);
        }

        /// <summary>A subnet was removed.</summary>
        public void OnSubnetRemoved(Subnet subnet)
        {
            _lastKey[subnet.Slot] = null;
            Announce(subnet.Slot, false);

            if (subnet.NetKeyIndex == Subnet.PrimaryNetKeyIndex)
            {
                _ivUpdateInitiator = false;
            }
        }

        /// <summary>The IV Index or its state has changed: all subnets are told at once.</summary>
        public void OnIvIndexChanged()
        {
            for (int i = 0; i < _lastKey.Length; i++)
            {
                Announce(i, _subnets[i] != null);
            }
        }

        /// <summary>Sends the beacons that are due.</summary>
        /// <returns>When to call again, on the node's clock.</returns>
        public long Tick(long now)
        {
            long next = long.MaxValue;

            if (!Enabled && !_ivUpdateInitiator)
            {
                return next;
            }

            for (int i = 0; i < _lastKey.Length; i++)
            {
                Subnet subnet = _subnets[i];

                if (subnet != null)
                {
                    long due = TickSubnet(subnet, i, now);

                    if (due < next)
                    {
                        next = due;
                    }
                }
            }

            return next;
        }

        private void Announce(int slot, bool announce)
        {
            _last[slot * SlotSize + AnnounceOffset] = (byte)(announce ? 1 : 0);
        }

        private long TickSubnet(Subnet subnet, int slot, long now)
        {
            int last = slot * SlotSize;
            int times = slot * Times;

            if (now >= _times[times])
            {
                _last[last + HeardBeforeOffset] = _last[last + HeardOffset];
                _last[last + HeardOffset] = 0;
                _times[times] = now + ObservationPeriod;
            }

            int interval = Interval(_last[last + HeardBeforeOffset]);
            long due = _times[times + 1] + interval;

            if (_last[last + AnnounceOffset] != 0 || now >= due)
            {
                int length = Encode(subnet, Scratch.Pdu);

                if (!_transmitter.SendOwn(AdvertisingData.MeshBeacon, Scratch.Pdu, 0, length, TransmitState.Once, Address.Unassigned, 0))
                {
                    return now + RetryInterval;
                }

                Announce(slot, false);
                _random.Fill(Scratch.Block, 0, 1);
                _times[times + 1] = now + (Scratch.Block[0] << JitterShift);
                due = _times[times + 1] + interval;
            }

            return due < _times[times] ? due : _times[times];
        }

        // "Beacon Interval = Observation Period * (Observed Number of Beacons + 1) / Expected Number of Beacons", the
        // expected number being one in 10 seconds. Section 3.10.3.1.
        private static int Interval(int heard)
        {
            int interval = ObservationPeriod / (ObservationPeriod / MinInterval) * (heard + 1);

            return interval > MaxInterval ? MaxInterval : interval;
        }

        private BeaconVerdict Authenticate(byte[] beacon, int offset, int count, int networkInterface, long now)
        {
            if (count < 1)
            {
                return BeaconVerdict.Length;
            }

            switch (beacon[offset])
            {
                case BeaconType.UnprovisionedDevice:
                    return UnprovisionedDeviceBeacon.IsValid(count) ? BeaconVerdict.UnprovisionedDevice : BeaconVerdict.Length;

                case BeaconType.SecureNetwork:
                    if (count != SecureNetworkBeacon.Length)
                    {
                        return BeaconVerdict.Length;
                    }

                    break;

                case BeaconType.Private:
                    if (count != PrivateBeacon.Length)
                    {
                        return BeaconVerdict.Length;
                    }

                    break;

                default:
                    return BeaconVerdict.UnknownType;
            }

            NetworkKey key = FindRepeated(beacon, offset, count);
            BeaconVerdict verdict = BeaconVerdict.Repeated;

            if (key == null)
            {
                verdict = BeaconVerdict.UnknownNetworkId;
                key = FindKey(beacon, offset, ref verdict);

                if (key == null)
                {
                    return verdict;
                }
            }

            Subnet subnet = key.Subnet;

            if (subnet.Phase == KeyRefreshPhase.Second && key != subnet.NewKey)
            {
                return BeaconVerdict.OldKey;
            }

            int last = subnet.Slot * SlotSize;

            if (verdict == BeaconVerdict.Accepted)
            {
                _lastKey[subnet.Slot] = key;
                Array.Copy(beacon, offset, _last, last, count);
                _last[last + LengthOffset] = (byte)count;
                _last[last + FlagsOffset] = (byte)_flags;
                BigEndian.WriteUInt32(_last, last + IvIndexOffset, _ivIndexReceived);
            }

            bool onAir = networkInterface == NetworkInterface.Advertising;
            Apply(subnet, key, _last[last + FlagsOffset], BigEndian.ReadUInt32(_last, last + IvIndexOffset), onAir, now);

            return verdict;
        }

        private NetworkKey FindRepeated(byte[] beacon, int offset, int count)
        {
            for (int i = 0; i < _lastKey.Length; i++)
            {
                int last = i * SlotSize;

                if (_lastKey[i] != null && _last[last + LengthOffset] == count && ConstantTime.Equal(beacon, offset, _last, last, count))
                {
                    return _lastKey[i];
                }
            }

            return null;
        }

        private NetworkKey FindKey(byte[] beacon, int offset, ref BeaconVerdict verdict)
        {
            for (int i = 0; i < _lastKey.Length; i++)
            {
                Subnet subnet = _subnets[i];

                if (subnet != null)
                {
                    if (IsGenuine(subnet.Key, beacon, offset, ref verdict))
                    {
                        return subnet.Key;
                    }

                    if (subnet.NewKey != null && IsGenuine(subnet.NewKey, beacon, offset, ref verdict))
                    {
                        return subnet.NewKey;
                    }
                }
            }

            return null;
        }

        private bool IsGenuine(NetworkKey key, byte[] beacon, int offset, ref BeaconVerdict verdict)
        {
            bool genuine;

            if (beacon[offset] == BeaconType.SecureNetwork)
            {
                if (!SecureNetworkBeacon.HasNetworkId(key, beacon, offset))
                {
                    return false;
                }

                genuine = SecureNetworkBeacon.Authenticate(key, beacon, offset);
                _flags = SecureNetworkBeacon.Flags(beacon, offset);
                _ivIndexReceived = SecureNetworkBeacon.IvIndex(beacon, offset);
            }
            else
            {
                genuine = PrivateBeacon.Decode(key, beacon, offset, Scratch.Block, Scratch.Pdu);
                _flags = Scratch.Pdu[0];
                _ivIndexReceived = BigEndian.ReadUInt32(Scratch.Pdu, 1);
            }

            verdict = genuine ? BeaconVerdict.Accepted : BeaconVerdict.Authentication;

            return genuine;
        }

        // Key Refresh first, as that is the affair of each subnet; then the IV Index, which all subnets share.
        private void Apply(Subnet subnet, NetworkKey key, int flags, uint ivIndex, bool onAir, long now)
        {
            if (key == subnet.NewKey)
            {
                if ((flags & BeaconFlags.KeyRefresh) == 0)
                {
                    _subnets.RevokeOldKey(subnet);
                }
                else if (subnet.Phase == KeyRefreshPhase.First)
                {
                    _subnets.EnterSecondPhase(subnet);
                }
            }

            bool updateFlag = (flags & BeaconFlags.IvUpdate) != 0;
            bool authoritative = subnet.NetKeyIndex == Subnet.PrimaryNetKeyIndex || _subnets.Find(Subnet.PrimaryNetKeyIndex) == null;
            _lastIvIndexVerdict = _ivIndex.Receive(ivIndex, updateFlag, authoritative, now);

            // Only a beacon of a neighbour that says what this node says makes a beacon of this node less needed. What a proxy client
            // writes may be the node's own.
            if (onAir && updateFlag == _ivIndex.UpdateInProgress && ivIndex == _ivIndex.Current)
            {
                int heard = subnet.Slot * SlotSize + HeardOffset;

                if (_last[heard] < byte.MaxValue)
                {
                    _last[heard]++;
                }

                if (authoritative)
                {
                    _ivUpdateInitiator = false;
                }
            }
        }
    }
}
