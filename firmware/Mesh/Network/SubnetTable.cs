using System;

namespace MeshNode.Network
{
    /// <summary>
    /// The subnets of this node, and which keys a received NID may stand for.
    /// </summary>
    /// <remarks>
    /// A NID is 7 bits of a hash: two keys with the same NID are normal, and during a key refresh each subnet has two keys.
    /// <see cref="FirstCandidate"/> finds the keys of a NID in one step, so that a foreign PDU costs next to nothing.
    /// 160 octets, 36 for each place, and 804 for each key.
    /// </remarks>
    public sealed class SubnetTable
    {
        private const int NidMask = 0x7F;

        private readonly Subnet[] _subnets;
        private readonly byte[] _candidateByNid = new byte[NidMask + 1];
        private readonly NetworkKey[] _candidates;
        private ISubnetTableClient _client;

        /// <param name="capacity">Largest number of subnets, 1 to 127.</param>
        public SubnetTable(int capacity)
        {
            _subnets = new Subnet[capacity];
            _candidates = new NetworkKey[2 * capacity + 1];
        }

        /// <summary>Largest number of subnets.</summary>
        public int Capacity
        {
            get { return _subnets.Length; }
        }

        /// <summary>Whoever wants to be told of changes, or <see langword="null"/>.</summary>
        public ISubnetTableClient Client
        {
            get { return _client; }
            set { _client = value; }
        }

        /// <summary>Number of subnets.</summary>
        public int Count
        {
            get
            {
                int count = 0;

                for (int i = 0; i < _subnets.Length; i++)
                {
                    if (_subnets[i] != null)
                    {
                        count++;
                    }
                }

                return count;
            }
        }

        /// <summary>The subnet at a place from 0 to <see cref="Capacity"/> - 1, or <see langword="null"/>.</summary>
        public Subnet this[int slot]
        {
            get { return _subnets[slot]; }
        }

        /// <summary>The subnet with a NetKey Index, or <see langword="null"/>.</summary>
        public Subnet Find(int netKeyIndex)
        {
            for (int i = 0; i < _subnets.Length; i++)
            {
                Subnet subnet = _subnets[i];

                if (subnet != null && subnet.NetKeyIndex == netKeyIndex)
                {
                    return subnet;
                }
            }

            return null;
        }

        /// <summary>Adds a subnet.</summary>
        /// <param name="netKeyIndex">NetKey Index, 0x000 to 0xFFF, not in the table yet.</param>
        /// <returns>The subnet, or <see langword="null"/> when the table is full.</returns>
        public Subnet Add(int netKeyIndex, NetworkKey key)
        {
            for (int i = 0; i < _subnets.Length; i++)
            {
                if (_subnets[i] == null)
                {
                    Subnet subnet = new Subnet(netKeyIndex, i, key);
                    _subnets[i] = subnet;
                    Changed(subnet);

                    return subnet;
                }
            }

            return null;
        }

        /// <summary>Takes over what was kept of a subnet, in place of what is known of it. The client is not told.</summary>
        /// <param name="newKey">The new key during a key refresh, which may be <paramref name="key"/>; else <see langword="null"/>.</param>
        /// <param name="phase">Its Key Refresh Phase.</param>
        /// <returns><see langword="false"/> when the table is full.</returns>
        public bool Restore(int netKeyIndex, NetworkKey key, NetworkKey newKey, KeyRefreshPhase phase)
        {
            int slot = 0;

            while (slot < _subnets.Length && (_subnets[slot] == null || _subnets[slot].NetKeyIndex != netKeyIndex))
            {
                slot++;
            }

            if (slot < _subnets.Length)
            {
                _subnets[slot].Clear();
            }
            else
            {
                slot = 0;

                while (slot < _subnets.Length && _subnets[slot] != null)
                {
                    slot++;
                }
            }

            if (slot == _subnets.Length)
            {
                return false;
            }

            Subnet subnet = new Subnet(netKeyIndex, slot, key);
            _subnets[slot] = subnet;

            if (phase != KeyRefreshPhase.Normal)
            {
                subnet.StartKeyRefresh(newKey);

                if (phase == KeyRefreshPhase.Second)
                {
                    subnet.EnterSecondPhase();
                }
            }

            IndexCandidates();

            return true;
        }

        /// <summary>Removes a subnet and zeroes its keys.</summary>
        public void Remove(Subnet subnet)
        {
            _subnets[subnet.Slot] = null;
            subnet.Clear();
            IndexCandidates();

            if (_client != null)
            {
                _client.OnSubnetRemoved(subnet);
            }
        }

        /// <summary>Key Refresh Phase 1: the new key is received from now on. See Mesh Protocol 1.1, section 3.11.4.1.</summary>
        /// <param name="newKey">The new key; the old one once more when the node has joined in Phase 2 and never knew another.</param>
        public void StartKeyRefresh(Subnet subnet, NetworkKey newKey)
        {
            if (subnet.Phase != KeyRefreshPhase.Normal)
            {
                throw new InvalidOperationException();
            }

            subnet.StartKeyRefresh(newKey);
            Changed(subnet);
        }

        /// <summary>Key Refresh Phase 2: the new key is used for transmitting. See Mesh Protocol 1.1, section 3.11.4.2.</summary>
        public void EnterSecondPhase(Subnet subnet)
        {
            if (subnet.Phase == KeyRefreshPhase.Normal)
            {
                throw new InvalidOperationException();
            }

            subnet.EnterSecondPhase();
            Changed(subnet);
        }

        /// <summary>Key Refresh Phase 3: the old key is forgotten. See Mesh Protocol 1.1, section 3.11.4.3.</summary>
        public void RevokeOldKey(Subnet subnet)
        {
            if (subnet.Phase == KeyRefreshPhase.Normal)
            {
                throw new InvalidOperationException();
            }

            subnet.RevokeOldKey();
            Changed(subnet);
        }

        /// <summary>The first key with a NID, or <see langword="null"/>; the others follow by <c>NextCandidate</c>.</summary>
        /// <param name="nid">The first octet of a Network PDU; IVI is ignored.</param>
        internal NetworkKey FirstCandidate(int nid)
        {
            return _candidates[_candidateByNid[nid & NidMask]];
        }

        private void Changed(Subnet subnet)
        {
            IndexCandidates();

            if (_client != null)
            {
                _client.OnSubnetChanged(subnet);
            }
        }

        // Place 0 of the candidates stays empty: it is what the NIDs of foreign networks lead to.
        private void IndexCandidates()
        {
            Array.Clear(_candidateByNid, 0, _candidateByNid.Length);
            Array.Clear(_candidates, 0, _candidates.Length);
            int count = 0;

            for (int i = 0; i < _subnets.Length; i++)
            {
                Subnet subnet = _subnets[i];

                if (subnet != null)
                {
                    count = AddCandidate(subnet.Key, count);

                    if (subnet.NewKey != null && subnet.NewKey != subnet.Key)
                    {
                        count = AddCandidate(subnet.NewKey, count);
                    }
                }
            }
        }

        private int AddCandidate(NetworkKey key, int count)
        {
            int nid = key.Credentials.Nid;
            key.NextCandidate = _candidates[_candidateByNid[nid]];
            count++;
            _candidates[count] = key;
            _candidateByNid[nid] = (byte)count;

            return count;
        }
    }
}
