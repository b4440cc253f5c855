using System;

namespace MeshNode.Network
{
    /// <summary>
    /// The replay protection list. See Mesh Protocol 1.1, section 3.9.8.
    /// </summary>
    /// <remarks>
    /// Works in two steps: <see cref="Check"/> changes nothing, <see cref="Commit"/> is called when the message was really
    /// accepted. IV Index and SEQ are kept as one number that only grows, so an IV Update needs no pass over the list.
    /// A full list refuses messages of unknown sources, which is the only answer that stays secure; 10 octets per source.
    /// </remarks>
    public sealed class ReplayProtectionList
    {
        private const int SequenceBits = 24;

        private readonly AddressList _sources;
        private readonly long[] _last;

        /// <param name="capacity">Number of sources that can be told apart.</param>
        public ReplayProtectionList(int capacity)
        {
            _sources = new AddressList(capacity);
            _last = new long[capacity];
        }

        /// <summary>Number of sources in the list.</summary>
        public int Count
        {
            get { return _sources.Count; }
        }

        /// <summary>Whether a message may be accepted. Changes nothing.</summary>
        /// <param name="source">SRC.</param>
        /// <param name="ivIndex">IV Index that the message was secured with.</param>
        /// <param name="sequence">SEQ.</param>
        public ReplayVerdict Check(int source, uint ivIndex, uint sequence)
        {
            int index = _sources.Find(source);

            if (index < 0)
            {
                return _sources.IsFull ? ReplayVerdict.Full : ReplayVerdict.Fresh;
            }

            return Number(ivIndex, sequence) > _last[index] ? ReplayVerdict.Fresh : ReplayVerdict.Replayed;
        }

        /// <summary>Remembers an accepted message, for which <see cref="Check"/> has just answered <see cref="ReplayVerdict.Fresh"/>.</summary>
        public void Commit(int source, uint ivIndex, uint sequence)
        {
            int index = _sources.Find(source);

            if (index < 0)
            {
                index = ~index;
                Array.Copy(_last, index, _last, index + 1, _sources.Count - index);
                _sources.InsertAt(index, source);
            }

            _last[index] = Number(ivIndex, sequence);
        }

        /// <summary>Forgets all sources: the node left its network.</summary>
        public void Clear()
        {
            _sources.Clear();
        }

        private static long Number(uint ivIndex, uint sequence)
        {
            long number = ivIndex;

            return (number << SequenceBits) | sequence;
        }
    }
}
