using System;

namespace MeshNode.Network
{
    /// <summary>
    /// The subnets of this node, and which keys a received NID may stand for.
    /// </summary>
    /// <remarks>
    /// A NID is 7 bits of a hash: two keys with the same NID are normal, and during a key refresh each subnet has two keys.
    /// <see cref="FirstCandidate"/> goes through all keys, 10 interpreted instructions for each: with a table of all NIDs it would be one step, and 250 octets more.
    /// 68 octets, 12 for each place, 72 for each subnet, and what its keys take.
    /// </remarks>
    public sealed class SubnetTable
    {
        /// <summary>NID in the first octet of a Network PDU, beside IVI.</summary>
        internal const int NidMask = 0x7F;

        /// <summary>Whoever wants to be told of changes, or <see langword="null"/>.</summary>
        public ISubnetTableClient Client;

        private readonly Subnet[] _subnets;

        // The keys that are received, each with the next.
        private NetworkKey _keys;

        /// <param name="capacity">Largest number of subnets, 1 to 127.</param>
        public SubnetTable(int capacity)
        {
            _subnets = new Subnet[capacity];
        }

        /// <summary>Largest number of subnets.</summary>
        public int Capacity
        {
            get { return _subnets.Length; }
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

            LinkKeys();

            return true;
        }

        /// <summary>Removes a subnet and zeroes its keys.</summary>
        public void Remove(Subnet subnet)
        {
            _subnets[subnet.Slot] = null;
            subnet.Clear();
            LinkKeys();

            if (Client != null)
            {
                Client.OnSubnetRemoved(subnet);
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

        /// <summary>The first key with a NID, or <see langword="null"/>; the others follow by <see cref="NextCandidate"/>.</summary>
        /// <param name="nid">NID, 7 bits.</param>
        internal NetworkKey FirstCandidate(int nid)
        {
            NetworkKey key = _keys;

            while (key != null && key.Credentials.Nid != nid)
            {
                key = key.Next;
            }

            return key;
        }

        /// <summary>The next key with the same NID, or <see langword="null"/>.</summary>
        internal static NetworkKey NextCandidate(NetworkKey key)
        {
            NetworkKey next = key.Next;

            while (next != null && next.Credentials.Nid != key.Credentials.Nid)
            {
                next = next.Next;
            }

            return next;
        }

        private void Changed(Subnet subnet)
        {
            LinkKeys();

            if (Client != null)
            {
                Client.OnSubnetChanged(subnet);
            }
        }

        private void LinkKeys()
        {
            _keys = null;

            for (int i = 0; i < _subnets.Length; i++)
            {
                Subnet subnet = _subnets[i];

                if (subnet != null)
                {
                    Link(subnet.Key);

                    if (subnet.NewKey != null && subnet.NewKey != subnet.Key)
                    {
                        Link(subnet.NewKey);
                    }
                }
            }
        }

        private void Link(NetworkKey key)
        {
            key.Next = _keys;
            _keys = key;
        }
    }
}
