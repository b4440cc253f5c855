namespace MeshNode.Network
{
    /// <summary>A subnet that this node belongs to: its key, and during a key refresh the new one.</summary>
    public sealed class Subnet
    {
        /// <summary>NetKey Index of the primary subnet.</summary>
        public const int PrimaryNetKeyIndex = 0;

        /// <summary>NetKey Index, 0x000 to 0xFFF.</summary>
        public readonly int NetKeyIndex;

        /// <summary>Place in the <see cref="SubnetTable"/>, by which layers keep what they know of the subnet.</summary>
        public readonly int Slot;

        private NetworkKey _key;
        private NetworkKey _newKey;
        private KeyRefreshPhase _phase;

        internal Subnet(int netKeyIndex, int slot, NetworkKey key)
        {
            NetKeyIndex = netKeyIndex;
            Slot = slot;
            _key = key;
            key.Subnet = this;
        }

        /// <summary>The key in use; during a key refresh the old one.</summary>
        public NetworkKey Key
        {
            get { return _key; }
        }

        /// <summary>The new key during a key refresh, else <see langword="null"/>.</summary>
        public NetworkKey NewKey
        {
            get { return _newKey; }
        }

        /// <summary>Where the subnet is in the Key Refresh procedure.</summary>
        public KeyRefreshPhase Phase
        {
            get { return _phase; }
        }

        /// <summary>The key to transmit with. See Mesh Protocol 1.1, section 3.11.4.</summary>
        public NetworkKey TransmitKey
        {
            get { return _phase == KeyRefreshPhase.Second ? _newKey : _key; }
        }

        internal void StartKeyRefresh(NetworkKey newKey)
        {
            _newKey = newKey;
            _newKey.Subnet = this;
            _phase = KeyRefreshPhase.First;
        }

        internal void EnterSecondPhase()
        {
            _phase = KeyRefreshPhase.Second;
        }

        internal void RevokeOldKey()
        {
            if (_key != _newKey)
            {
                _key.Clear();
            }

            _key = _newKey;
            _newKey = null;
            _phase = KeyRefreshPhase.Normal;
        }

        internal void Clear()
        {
            _key.Clear();

            if (_newKey != null)
            {
                _newKey.Clear();
            }
        }
    }
}
