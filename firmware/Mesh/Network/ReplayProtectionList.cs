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
    /// A full list refuses messages of unknown sources, which is the only answer that stays secure; 12 octets per source, 16 with a store.
    /// <para>
    /// With a store, what is kept of a source is never behind what was accepted of it. A source that sends now and then is kept exactly, with a
    /// write for each of its messages. Of one that sends more, a number ahead is kept, so that its next messages need no write: as many SEQ as
    /// it was seen to use in a window, half of that more, and one. After a loss of power it is refused until it is past them: at its own pace a window
    /// and a half at most, half of that in the mean. In windows without a message the reserve shrinks, and then the exact number is kept again. SeqAuth is not
    /// kept: it is no larger than what is.
    /// </para>
    /// </remarks>
    public sealed class ReplayProtectionList
    {
        private const int SequenceBits = 24;

        // What is kept of a source: how many SEQ it is ahead; SEQ used in this window; those in a usual window, in quarters; whether it is to be written.
        private const int RateBits = 10;
        private const int RateMask = (1 << RateBits) - 1;
        private const int UsualShift = 2 * RateBits;
        private const int UsualMask = 0x07FF;
        private const int QuarterBits = 2;
        private const int DirtyBit = int.MinValue;

        private readonly AddressList _sources;
        private readonly long[] _last;

        // How far SeqAuth of the last segmented message is behind. SeqAuth is less than 8,192 behind SEQ: what is farther behind refuses nothing.
        private readonly ushort[] _seqAuthLag;
        private int[] _kept;
        private int _changes;
        private IReplayStore _store;

        /// <param name="capacity">Number of sources that can be told apart.</param>
        public ReplayProtectionList(int capacity)
        {
            _sources = new AddressList(capacity);
            _last = new long[capacity];
            _seqAuthLag = new ushort[capacity];
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

        /// <summary>What keeps the list, or <see langword="null"/>.</summary>
        public IReplayStore Store
        {
            get
            {
                return _store;
            }

            set
            {
                _store = value;
                _kept = value == null ? null : new int[_last.Length];
            }
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

            return index >= 0 && Number(ivIndex, seqAuth) <= LastSeqAuth(index) ? ReplayVerdict.Replayed : ReplayVerdict.Fresh;
        }

        /// <summary>Remembers an accepted message, for which <see cref="Check"/> has just answered <see cref="ReplayVerdict.Fresh"/>.</summary>
        public void Commit(int source, uint ivIndex, uint sequence)
        {
            int index = Place(source);

            if (index >= 0)
            {
                Advance(index, Number(ivIndex, sequence));
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

            long lastSeqAuth = Later(LastSeqAuth(index), Number(ivIndex, seqAuth));
            long last = Later(_last[index], Number(ivIndex, sequence));
            Advance(index, last);
            _seqAuthLag[index] = Lag(last - lastSeqAuth);

            return true;
        }

        /// <summary>Takes over what was kept of a source.</summary>
        /// <param name="number">IV Index above 24 bits of SEQ.</param>
        public void Restore(int source, long number)
        {
            int index = Place(source);

            if (index >= 0)
            {
                _last[index] = number;
                _seqAuthLag[index] = 0;
            }
        }

        /// <summary>The source at a place from 0 to <see cref="Count"/> - 1, in ascending order.</summary>
        public int Source(int place)
        {
            return _sources[place];
        }

        /// <summary>What is to be kept of the source at a place: IV Index above 24 bits of SEQ.</summary>
        public long KeptNumber(int place)
        {
            return _last[place] + (_kept[place] & RateMask);
        }

        /// <summary>Finds the next source of which something is to be written: <see cref="KeptNumber"/>. It counts as written then.</summary>
        /// <remarks>Every reserve of which something was used is made whole again when something is written anyway.</remarks>
        /// <param name="place">The first place to look at.</param>
        /// <returns>Its place, or <see cref="Count"/>.</returns>
        public int NextToKeep(int place)
        {
            for (; place < _sources.Count; place++)
            {
                int kept = _kept[place];
                int reserve = Reserve(kept);

                if ((kept & RateMask) < reserve)
                {
                    kept = (kept & ~RateMask) | DirtyBit | reserve;
                }

                if (kept < 0)
                {
                    _kept[place] = kept & ~DirtyBit;

                    return place;
                }
            }

            return place;
        }

        /// <summary>A window of some seconds ends: reserves follow what was used in it, and sources that have been silent are to be kept exactly again.</summary>
        /// <param name="unsettled">Whether there will be something to do when the next window ends.</param>
        /// <returns>Whether something is to be written.</returns>
        public bool EndWindow(out bool unsettled)
        {
            bool dirty = false;
            unsettled = false;

            for (int i = 0; i < _sources.Count; i++)
            {
                int kept = _kept[i];
                int used = ((kept >> RateBits) & RateMask) << QuarterBits;
                int usual = (kept >> UsualShift) & UsualMask;

                // Slowly down in a window with fewer messages, fast in one without any.
                usual -= used == 0 ? usual - (usual >> QuarterBits) : usual >> QuarterBits;
                usual = used > usual ? used : usual;
                usual = usual > UsualMask ? UsualMask : usual;
                kept &= DirtyBit | RateMask;

                if (usual == 0 && kept != 0)
                {
                    kept = DirtyBit;
                }

                unsettled |= usual != 0;
                dirty |= kept < 0;
                _kept[i] = kept | (usual << UsualShift);
            }

            return dirty;
        }

        /// <summary>Number of messages that were accepted while there was a store: whether there was one meanwhile.</summary>
        public int Changes
        {
            get { return _changes; }
        }

        /// <summary>Sources of which much is kept ahead are to be kept exactly again: they pause.</summary>
        /// <param name="least">Fewest SEQ ahead that are worth a write; 0 for all sources.</param>
        /// <returns>Whether something is to be written.</returns>
        public bool Settle(int least)
        {
            bool dirty = false;

            for (int i = 0; i < _sources.Count; i++)
            {
                if ((_kept[i] & RateMask) >= least)
                {
                    _kept[i] = DirtyBit;
                    dirty = true;
                }
            }

            return dirty;
        }

        /// <summary>Forgets all sources: the node left its network.</summary>
        public void Clear()
        {
            _sources.Clear();

            if (_kept != null)
            {
                Array.Clear(_kept, 0, _kept.Length);
            }
        }

        private void Advance(int index, long number)
        {
            long step = number - _last[index];
            _last[index] = number;
            _seqAuthLag[index] = Lag(_seqAuthLag[index] + step);

            if (_store == null)
            {
                return;
            }

            _changes++;
            int kept = _kept[index];
            int used = (kept >> RateBits) & RateMask;
            int usual = (kept >> (UsualShift + QuarterBits)) & (UsualMask >> QuarterBits);

            // A leap, as of a source that has lost power itself, is not what it will use from now on.
            int most = (2 * (used > usual ? used : usual)) + 1;
            used += step > most ? most : (int)step;
            used = used > RateMask ? RateMask : used;
            int ahead = kept & RateMask;
            kept = (kept & ~((RateMask << RateBits) | RateMask)) | (used << RateBits);

            if (step <= ahead)
            {
                _kept[index] = kept | (ahead - (int)step);

                return;
            }

            _kept[index] = kept | DirtyBit | Reserve(kept);
            _store.OnBeyondKept();
        }

        // What is to be kept ahead: usual use, half of it more, and one. When much more comes than usual, as much as has come in this window; of a first message nothing.
        private static int Reserve(int kept)
        {
            int used = ((kept >> RateBits) & RateMask) - 1;
            int usual = (kept >> UsualShift) & UsualMask;
            int reserve = usual == 0 ? 0 : ((usual + (usual >> 1)) >> QuarterBits) + 1;

            return used > reserve ? used : reserve;
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
            Array.Copy(_seqAuthLag, index, _seqAuthLag, index + 1, behind);

            if (_kept != null)
            {
                Array.Copy(_kept, index, _kept, index + 1, behind);
                _kept[index] = 0;
            }

            _sources.InsertAt(index, source);
            _last[index] = -1;
            _seqAuthLag[index] = 0;

            return index;
        }

        private long LastSeqAuth(int index)
        {
            return _last[index] - _seqAuthLag[index];
        }

        private static ushort Lag(long difference)
        {
            return difference > ushort.MaxValue ? ushort.MaxValue : (ushort)difference;
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
