namespace MeshNode.Network
{
    /// <summary>
    /// Recognises the further copies of one transmission by their NetMIC, before any cryptography.
    /// </summary>
    /// <remarks>
    /// A sender transmits each Network PDU several times. An entry is the last four octets of the NetMIC, in the place that they
    /// name: two different PDUs are taken for one another once in 4 billion times. Only PDUs that were authenticated, or
    /// whose SRC and SEQ are those of an authenticated one, are entered: to make the node deaf to a message a forger would have
    /// to know its NetMIC before the node hears it.
    /// 32 entries, 156 octets.
    /// </remarks>
    public sealed class DuplicateCache
    {
        private const int Entries = 32;
        private const int IndexMask = Entries - 1;

        private readonly int[] _entries = new int[Entries];

        /// <summary>Whether a PDU of at least 4 octets was entered and has not been displaced.</summary>
        public bool Contains(byte[] pdu, int offset, int count)
        {
            offset += count;
            int mic = (pdu[offset - 4] << 24) | (pdu[offset - 3] << 16) | (pdu[offset - 2] << 8) | pdu[offset - 1];

            return _entries[mic & IndexMask] == mic;
        }

        /// <summary>Enters a PDU in the place of an older one.</summary>
        public void Add(byte[] pdu, int offset, int count)
        {
            int mic = (int)BigEndian.ReadUInt32(pdu, offset + count - 4);
            _entries[mic & IndexMask] = mic;
        }

        /// <summary>Takes a PDU out: it shall be looked at when it comes again.</summary>
        public void Remove(byte[] pdu, int offset, int count)
        {
            _entries[pdu[offset + count - 1] & IndexMask] = 0;
        }
    }
}
