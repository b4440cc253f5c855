using MeshNode.Network;

namespace MeshNode.UpperTransport
{
    /// <summary>
    /// The application keys of this node, and during a key refresh the new ones. See Mesh Protocol 1.1, section 4.2 (AppKey List).
    /// </summary>
    /// <remarks>A key is known by its place, 0 to <see cref="Capacity"/> - 1, as well as by its AppKey Index. 16 octets a place, 28 from the first key refresh on, and 84 for each key.</remarks>
    public sealed class AppKeyTable
    {
        private const int IndexBits = 16;

        // NetKey Index above AppKey Index.
        private readonly uint[] _indexes;
        private readonly TransportKey[] _keys;

        // There from the first key refresh on.
        private TransportKey[] _newKeys;

        /// <param name="capacity">Number of places, 1 to 32.</param>
        public AppKeyTable(int capacity)
        {
            _indexes = new uint[capacity];
            _keys = new TransportKey[capacity];
        }

        /// <summary>Number of places.</summary>
        public int Capacity
        {
            get { return _keys.Length; }
        }

        /// <summary>The place of an AppKey Index, or -1.</summary>
        public int Find(int appKeyIndex)
        {
            for (int i = 0; i < _keys.Length; i++)
            {
                if (_keys[i] != null && AppKeyIndex(i) == appKeyIndex)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>Whether there is a key at a place.</summary>
        public bool IsUsed(int place)
        {
            return _keys[place] != null;
        }

        /// <summary>AppKey Index of the key at a place.</summary>
        public int AppKeyIndex(int place)
        {
            return (ushort)_indexes[place];
        }

        /// <summary>NetKey Index that the key at a place is bound to.</summary>
        public int NetKeyIndex(int place)
        {
            return (int)(_indexes[place] >> IndexBits);
        }

        /// <summary>The key at a place, during a key refresh the old one; <see langword="null"/> when there is none.</summary>
        public TransportKey Key(int place)
        {
            return _keys[place];
        }

        /// <summary>The new key at a place during a key refresh, once it is known; else <see langword="null"/>.</summary>
        public TransportKey NewKey(int place)
        {
            return _newKeys == null ? null : _newKeys[place];
        }

        /// <summary>The key to transmit with. See Mesh Protocol 1.1, section 3.11.4.</summary>
        public TransportKey TransmitKey(int place, Subnet subnet)
        {
            TransportKey newKey = subnet.Phase == KeyRefreshPhase.Second ? NewKey(place) : null;

            return newKey == null ? _keys[place] : newKey;
        }

        /// <summary>Adds a key.</summary>
        /// <param name="appKeyIndex">AppKey Index, not in the table yet.</param>
        /// <param name="netKeyIndex">NetKey Index that it is bound to.</param>
        /// <returns>Its place, or -1 when the table is full.</returns>
        public int Add(int appKeyIndex, int netKeyIndex, TransportKey key)
        {
            for (int i = 0; i < _keys.Length; i++)
            {
                if (_keys[i] == null)
                {
                    _indexes[i] = ((uint)netKeyIndex << IndexBits) | (uint)appKeyIndex;
                    _keys[i] = key;

                    return i;
                }
            }

            return -1;
        }

        /// <summary>Takes over what was kept of a place, in place of what is there.</summary>
        /// <param name="newKey">The new key during a key refresh, or <see langword="null"/>.</param>
        public void Restore(int place, int appKeyIndex, int netKeyIndex, TransportKey key, TransportKey newKey)
        {
            if (IsUsed(place))
            {
                Remove(place);
            }

            _indexes[place] = ((uint)netKeyIndex << IndexBits) | (uint)appKeyIndex;
            _keys[place] = key;

            if (newKey != null)
            {
                Update(place, newKey);
            }
        }

        /// <summary>Sets the new key of a key refresh.</summary>
        public void Update(int place, TransportKey newKey)
        {
            if (_newKeys == null)
            {
                _newKeys = new TransportKey[_keys.Length];
            }

            _newKeys[place] = newKey;
        }

        /// <summary>Removes a key and zeroes it.</summary>
        public void Remove(int place)
        {
            _keys[place].Clear();
            _keys[place] = null;

            if (NewKey(place) != null)
            {
                _newKeys[place].Clear();
                _newKeys[place] = null;
            }
        }

        /// <summary>A key refresh has ended: the new keys take the place of the old ones.</summary>
        public void RevokeOldKeys(int netKeyIndex)
        {
            for (int i = 0; i < _keys.Length; i++)
            {
                if (NewKey(i) != null && NetKeyIndex(i) == netKeyIndex)
                {
                    _keys[i].Clear();
                    _keys[i] = _newKeys[i];
                    _newKeys[i] = null;
                }
            }
        }

        /// <summary>Removes all keys.</summary>
        public void Clear()
        {
            for (int i = 0; i < _keys.Length; i++)
            {
                if (_keys[i] != null)
                {
                    Remove(i);
                }
            }
        }
    }
}
