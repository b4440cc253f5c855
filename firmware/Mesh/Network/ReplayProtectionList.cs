using System;

namespace MeshNode.Network
{
    /// <summary>
    /// The replay protection list. See Mesh Protocol 1.1, section 3.9.8.
    /// </summary>
    /// <remarks>
    /// Works in two steps: <see cref="Check"/> changes nothing, <see cref="Commit"/> is called when the message was really
    /// accepted. IV Index and SEQ are kept as one number that only grows, so an IV Update needs no pass over the list. The same
    /// is kept of the last segmented message: a segment that its sender has repeated later than this node has needed it carries a
    /// SEQ that was never committed, and only its SeqAuth gives it away.
    /// A full list refuses messages of unknown sources, which is the only answer that stays secure; 18 octets per source.
    /// </remarks>
    public sealed class ReplayProtectionList
    {
        private const int SequenceBits = 24;

        private readonly AddressList _sources;
        private readonly long[] _last;
        private readonly long[] _lastSeqAuth;

        /// <param name="capacity">Number of sources that can be told apart.</param>
        public ReplayProtectionList(int capacity)
        {
            _sources = new AddressList(capacity);
            _last = new long[capacity];
            _lastSeqAuth = new long[capacity];
        }

        /// <summary>Number of sources that can be told apart.</summary>
        public int Capacity
        {
            get { return _last.Length; }
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

        /// <summary>Whether a segment may begin a message that is not known yet. Changes nothing.</summary>
        /// <param name="source">SRC.</param>
        /// <param name="ivIndex">IV Index that the segment was secured with.</param>
        /// <param name="sequence">SEQ of the segment.</param>
        /// <param name="seqAuth">SEQ of the message.</param>
        public ReplayVerdict CheckSegmented(int source, uint ivIndex, uint sequence, uint seqAuth)
        {
            ReplayVerdict verdict = Check(source, ivIndex, sequence);

            if (verdict != ReplayVerdict.Fresh)
            {
                return verdict;
            }

            int index = _sources.Find(source);

            return index >= 0 && Number(ivIndex, seqAuth) <= _lastSeqAuth[index] ? ReplayVerdict.Replayed : ReplayVerdict.Fresh;
        }

        /// <summary>Remembers an accepted message, for which <see cref="Check"/> has just answered <see cref="ReplayVerdict.Fresh"/>.</summary>
        public void Commit(int source, uint ivIndex, uint sequence)
        {
            int index = Place(source);

            if (index >= 0)
            {
                _last[index] = Number(ivIndex, sequence);
            }
        }

        /// <summary>Remembers an accepted segmented message.</summary>
        /// <param name="sequence">Largest SEQ of its segments.</param>
        /// <param name="seqAuth">SEQ of the message.</param>
        /// <returns><see langword="false"/> when the list was filled meanwhile: the message is not to be accepted.</returns>
        public bool CommitSegmented(int source, uint ivIndex, uint sequence, uint seqAuth)
        {
            int index = Place(source);

            if (index < 0)
            {
                return false;
            }

            _last[index] = Later(_last[index], Number(ivIndex, sequence));
            _lastSeqAuth[index] = Later(_lastSeqAuth[index], Number(ivIndex, seqAuth));

            return true;
        }

        /// <summary>Forgets all sources: the node left its network.</summary>
        public void Clear()
        {
            _sources.Clear();
        }

        // The place of a source, which is added when it is not known; -1 when there is no room.
        private int Place(int source)
        {
            int index = _sources.Find(source);

            if (index >= 0)
            {
                return index;
            }

            if (_sources.IsFull)
            {
                return -1;
            }

            index = ~index;
            int behind = _sources.Count - index;
            Array.Copy(_last, index, _last, index + 1, behind);
            Array.Copy(_lastSeqAuth, index, _lastSeqAuth, index + 1, behind);
            _sources.InsertAt(index, source);
            _last[index] = -1;
            _lastSeqAuth[index] = -1;

            return index;
        }

        private static long Later(long a, long b)
        {
            return a > b ? a : b;
        }

        private static long Number(uint ivIndex, uint sequence)
        {
            long number = ivIndex;

            return (number << SequenceBits) | sequence;
        }
    }
}
