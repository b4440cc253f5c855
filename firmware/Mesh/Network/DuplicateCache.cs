using System;

namespace MeshNode.Network
{
    /// <summary>
    /// Recognises the further copies of one transmission by their obfuscated header, before any cryptography.
    /// </summary>
    /// <remarks>
    /// A sender transmits each Network PDU several times. An entry is the two least significant octets of SEQ, and SRC, as they were
    /// obfuscated, in the place that they name; what they are XORed with depends on the encrypted part, so a PDU is taken for
    /// another one of the 32 once in 134 million times. Entered are PDUs that were authenticated, and those whose SRC and SEQ are
    /// in the network message cache. The NetMIC of the latter is unknown and must not be the mark: as obfuscation is an XOR,
    /// anybody can turn the SEQ of a PDU just heard into the one before it, and would have its NetMIC entered before the
    /// genuine copies arrive. Their header is not theirs any more then.
    /// 32 entries, 156 octets.
    /// </remarks>
    public sealed class DuplicateCache
    {
        private const int Entries = 32;
        private const int IndexMask = Entries - 1;

        private readonly int[] _entries = new int[Entries];

        /// <summary>Whether a PDU of at least 7 octets was entered and has not been displaced.</summary>
        public bool Contains(byte[] pdu, int offset)
        {
            int header = (pdu[offset + 3] << 24) | (pdu[offset + 4] << 16) | (pdu[offset + 5] << 8) | pdu[offset + 6];

            return _entries[header & IndexMask] == header;
        }

        /// <summary>Enters a PDU in the place of an older one.</summary>
        public void Add(byte[] pdu, int offset)
        {
            int header = (pdu[offset + 3] << 24) | (pdu[offset + 4] << 16) | (pdu[offset + 5] << 8) | pdu[offset + 6];
            _entries[header & IndexMask] = header;
        }

        /// <summary>Forgets everything.</summary>
        public void Clear()
        {
            Array.Clear(_entries, 0, Entries);
        }

        /// <summary>Takes a PDU out: it shall be looked at when it comes again.</summary>
        public void Remove(byte[] pdu, int offset)
        {
            _entries[pdu[offset + 6] & IndexMask] = 0;
        }
    }
}
