namespace MeshNode.Network
{
    /// <summary>
    /// The sequence number of this node's elements, which share one. See Mesh Protocol 1.1, section 3.9.3.
    /// </summary>
    /// <remarks>Those below <see cref="Limit"/> may be taken. With a store that is what it has reserved: after a restart the node goes on there.</remarks>
    public sealed class SequenceNumber
    {
        /// <summary>Largest SEQ.</summary>
        public const uint Max = 0xFFFFFF;

        /// <summary>SEQ from which on the node wants an IV Update, half of what there is.</summary>
        public const uint IvUpdateThreshold = 0x800000;

        /// <summary>What reserves SEQ, so that none is used twice whenever the power goes; or <see langword="null"/>.</summary>
        public ISequenceStore Store;

        /// <summary>The first SEQ that may not be taken yet, at most <see cref="Max"/> + 1.</summary>
        public uint Limit = Max + 1;

        private uint _next;

        /// <param name="next">The first SEQ that has not been used with the IV Index in use.</param>
        public SequenceNumber(uint next)
        {
            _next = next;
        }

        /// <summary>The SEQ that <see cref="TryTake"/> gives next; <see cref="Max"/> + 1 when all are used.</summary>
        public uint Next
        {
            get { return _next; }
        }

        /// <summary>Whether so many have been used that the IV Index should move on.</summary>
        public bool WantsIvUpdate
        {
            get { return _next >= IvUpdateThreshold; }
        }

        /// <summary>Takes a SEQ. Each is given once.</summary>
        /// <returns>
        /// <see langword="false"/> when all are used: the node must be silent until the IV Index has moved on; or when none can be reserved: it must be
        /// silent until that succeeds.
        /// </returns>
        public bool TryTake(out uint sequence)
        {
            if (_next >= Limit && (_next > Max || Store == null || !Store.Reserve()))
            {
                sequence = _next;

                return false;
            }

            // The store may have moved on.
            sequence = _next;

            _next = sequence + 1;

            return true;
        }

        /// <summary>Starts from 0 again, because the IV Index used for transmitting has changed.</summary>
        public void Reset()
        {
            Restore(0);
            Limit = Store == null ? Max + 1 : 0;
        }

        /// <summary>Goes on with a SEQ, of which the store knows that it was not used.</summary>
        public void Restore(uint next)
        {
            _next = next;
            Limit = next;
        }
    }
}
