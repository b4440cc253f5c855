using System;

namespace MeshNode.Storage
{
    /// <summary>
    /// Small keyed entries that outlive a loss of power at any moment: records appended to one of two areas, and now and then the whole state
    /// written into the other.
    /// </summary>
    /// <remarks>
    /// <para>An area is a header in two copies, the records of a whole state, a mark in two copies that makes the area valid, and the records
    /// of later changes. Of two valid areas that with the higher generation counts; the other is erased. A record holds one entry or a group,
    /// which is there as a whole or not at all. Its CRC covers its generation and position, so that no remains of another are taken for one.</para>
    /// <para>An area is appended to only as long as every octet of it is accounted for: after damage, a torn write or a failed one, the next write
    /// is a compaction. So there is never anything behind a torn record.</para>
    /// <para>What is deleted for good, as keys are, is deleted by <see cref="Compact"/>; an entry without octets only says that there is nothing.</para>
    /// <para>Allocates in the constructor: 456 octets on a device, with the table of the CRC.</para>
    /// </remarks>
    public sealed class Journal
    {
        /// <summary>Most octets of an entry.</summary>
        public const int MaxEntry = BufferSize - RecordHeaderSize - EntryHeaderSize;

        /// <summary>Instead of a number of octets: no entry after all.</summary>
        internal const int NoEntry = -1;

        private const int BufferSize = 160;
        private const int None = -1;

        private const uint Magic = 0x4D4E4A31;
        private const int HeaderSize = 16;
        private const int GenerationOffset = 4;
        private const int VersionOffset = 8;
        private const int HeaderCheckOffset = 12;
        private const int Copies = 2;

        // Octets of the entries, check of that and of the place, CRC of all.
        private const int RecordHeaderSize = 8;
        private const int CheckOffset = 2;
        private const int CrcOffset = 4;

        // Kind, index, octets.
        private const int EntryHeaderSize = 4;
        private const int IndexOffset = 1;
        private const int CountOffset = 3;

        private const int WordSize = 4;
        private const uint ErasedWord = 0xFFFFFFFF;

        /// <summary>What is to be written, or has been read. Zeroed as far as it is not needed any more: keys are in it.</summary>
        internal readonly byte[] Buffer = new byte[BufferSize];

        private readonly IJournalMedium _medium;
        private readonly IJournalOwner _owner;
        private readonly int _version;

        private uint _generation;
        private int _area;
        private int _position;
        private int _count;
        private int _group;
        private int _damaged;
        private int _formatVersion;
        private byte _erased;
        private bool _single;

        // Written as long as the area in use can be appended to; ReadFailed before it has been found.
        private JournalVerdict _condition;

        /// <param name="version">Version of the format of the owner's entries, 0 to 255, which goes up when an older version could not read them.</param>
        public Journal(IJournalMedium medium, IJournalOwner owner, int version)
        {
            _medium = medium;
            _owner = owner;
            _version = version;
            _area = None;
            _group = None;
            _condition = JournalVerdict.ReadFailed;
        }

        /// <summary>The version with which the entries were written that <see cref="IJournalOwner.OnEntry"/> is given.</summary>
        public int FormatVersion
        {
            get { return _formatVersion; }
        }

        /// <summary>Number of places at which <see cref="Open"/> found a record, or several in a row, damaged or torn off.</summary>
        public int Damaged
        {
            get { return _damaged; }
        }

        /// <summary>Number of compactions so far: each has erased one of the two areas.</summary>
        public uint Generation
        {
            get { return _generation; }
        }

        /// <summary>Octets that can be appended before the next compaction.</summary>
        public int Room
        {
            get { return _condition == JournalVerdict.Written ? _medium.Capacity - _position - _count : 0; }
        }

        /// <summary>An earlier state could not be erased, and with it keys that have been deleted. Every write tries it again.</summary>
        public bool HoldsEarlierState
        {
            get { return _area != None && !IsKnownErased(1 - _area); }
        }

        /// <summary>Finds the state and gives it to the owner. To be called before anything else.</summary>
        /// <remarks>
        /// Ends after at most four passes over an area, whatever it holds. Erases what remains of an earlier state. After damage, and when the format version is
        /// an older one, the next write is a compaction.
        /// </remarks>
        public JournalVerdict Open()
        {
            uint first;
            uint second;
            Forget();
            _area = None;
            _generation = 0;
            _erased = 0;
            _condition = JournalVerdict.ReadFailed;

            if (!ReadHeader(0, out first) || !ReadHeader(1, out second))
            {
                return _condition;
            }

            int area = second > first ? 1 : 0;
            JournalVerdict verdict = JournalVerdict.Unusable;

            for (int i = 0; i < 2 && verdict == JournalVerdict.Unusable; i++)
            {
                if (i != 0)
                {
                    area = 1 - area;
                }

                if ((area == 0 ? first : second) != 0)
                {
                    verdict = Scan(area, false);
                }
            }

            if (verdict == JournalVerdict.Loaded)
            {
                _area = area;

                if (_formatVersion > _version)
                {
                    verdict = JournalVerdict.UnknownVersion;
                }
                else
                {
                    verdict = Scan(area, true);
                }
            }

            _condition = verdict;

            if (verdict == JournalVerdict.Loaded)
            {
                if (_damaged == 0 && _formatVersion == _version)
                {
                    _condition = JournalVerdict.Written;
                }

                if (IsErased(1 - area))
                {
                    _erased = (byte)(1 << (1 - area));
                }

                EraseOther();
            }
            else if (verdict == JournalVerdict.Unusable)
            {
                _generation = first > second ? first : second;

                if (IsErased(0) && IsErased(1))
                {
                    _condition = JournalVerdict.Empty;
                }
            }

            Array.Clear(Buffer, 0, BufferSize);

            return verdict == JournalVerdict.Unusable ? _condition : verdict;
        }

        /// <summary>Adds an entry, in a record of its own or in the open group. On the medium once <see cref="Commit"/> has returned, maybe earlier.</summary>
        /// <param name="kind">0 to 255.</param>
        /// <param name="index">0 to 65,535.</param>
        /// <param name="buffer">Copied before the call returns.</param>
        /// <param name="count">0 to <see cref="MaxEntry"/>.</param>
        public void Add(int kind, int index, byte[] buffer, int offset, int count)
        {
            Array.Copy(buffer, offset, Buffer, BeginEntry(count), count);
            EndEntry(kind, index, count);
        }

        /// <summary>Makes room for an entry, as <see cref="Add"/> does. <see cref="EndEntry"/> follows, and nothing in between.</summary>
        /// <param name="maxCount">Most octets that it may have, 0 to <see cref="MaxEntry"/>.</param>
        /// <returns>Where its octets are to be written, in <see cref="Buffer"/>: also when they will not be needed, as nothing can be added.</returns>
        public int BeginEntry(int maxCount)
        {
            if (maxCount > MaxEntry)
            {
                throw new ArgumentException();
            }

            _single = _group == None;

            if (_single)
            {
                BeginGroup();
            }

            if (_condition == JournalVerdict.Written && _count + EntryHeaderSize + maxCount > BufferSize)
            {
                Write(_group);
            }

            if (_condition == JournalVerdict.Written && _count + EntryHeaderSize + maxCount > BufferSize)
            {
                _condition = JournalVerdict.Full;
            }

            return (_condition == JournalVerdict.Written ? _count : RecordHeaderSize) + EntryHeaderSize;
        }

        /// <summary>Adds the entry whose octets have been written to <see cref="Buffer"/>.</summary>
        /// <param name="kind">0 to 255.</param>
        /// <param name="index">0 to 65,535.</param>
        /// <param name="count">Its octets, no more than were announced, or <see cref="NoEntry"/>.</param>
        public void EndEntry(int kind, int index, int count)
        {
            if (_condition != JournalVerdict.Written)
            {
                Array.Clear(Buffer, 0, BufferSize);
            }
            else if (count != NoEntry)
            {
                byte[] entries = Buffer;
                int entry = _count;
                entries[entry] = (byte)kind;
                BigEndian.WriteUInt16(entries, entry + IndexOffset, index);
                entries[entry + CountOffset] = (byte)count;
                _count = entry + EntryHeaderSize + count;
            }

            if (_single)
            {
                EndGroup();
            }
        }

        /// <summary>Opens a group: of the entries added until <see cref="EndGroup"/> all are given to the owner after a loss of power, or none.</summary>
        /// <remarks>
        /// A group that takes more than 148 octets, 4 for each entry included, is written as a compaction. In <see cref="IJournalOwner.WriteAll"/>
        /// there is no way out: there it is <see cref="JournalVerdict.Full"/>.
        /// </remarks>
        public void BeginGroup()
        {
            if (_group != None)
            {
                throw new InvalidOperationException();
            }

            if (_condition == JournalVerdict.Written && _count + RecordHeaderSize > BufferSize)
            {
                Write(_count);
            }

            _group = _count;
            _count += RecordHeaderSize;
        }

        /// <summary>Closes the open group.</summary>
        public void EndGroup()
        {
            if (_condition != JournalVerdict.Written || _count == _group + RecordHeaderSize)
            {
                _count = _group;
            }
            else
            {
                Seal(_group);
            }

            _group = None;
        }

        /// <summary>Makes what was added since the last call last, by a compaction if it must be. One write when it is no more than a buffer of 160 octets.</summary>
        /// <remarks>
        /// A failed write is tried once more, as a compaction; after <see cref="JournalVerdict.WriteFailed"/> the next call is one too. After
        /// <see cref="JournalVerdict.Full"/> what was added is forgotten: the owner adds it again, or a smaller state.
        /// </remarks>
        /// <returns><see cref="JournalVerdict.Written"/>, or as <see cref="Compact"/>.</returns>
        public JournalVerdict Commit()
        {
            if (_condition == JournalVerdict.Written)
            {
                if (_count == 0)
                {
                    return JournalVerdict.Written;
                }

                Flush();
            }

            if (_condition != JournalVerdict.Written)
            {
                return Compact();
            }

            EraseOther();

            return JournalVerdict.Written;
        }

        /// <summary>Writes the whole state into the other area and erases this one: what the state no longer has is gone for good.</summary>
        /// <remarks>
        /// Until the new area is complete, and has been read, the old one counts, so that the change happens as a whole or not at all. What was added
        /// and not committed is part of the state, and forgotten.
        /// </remarks>
        /// <returns>
        /// <see cref="JournalVerdict.Written"/>, <see cref="JournalVerdict.WriteFailed"/>, <see cref="JournalVerdict.Full"/>, or
        /// <see cref="JournalVerdict.ReadFailed"/>, without having written, as long as <see cref="Open"/> has not succeeded.
        /// </returns>
        public JournalVerdict Compact()
        {
            if (_condition == JournalVerdict.ReadFailed)
            {
                return _condition;
            }

            bool intact = _condition == JournalVerdict.Written || _condition == JournalVerdict.Full;
            JournalVerdict verdict = WriteState(true);

            if (verdict == JournalVerdict.WriteFailed)
            {
                verdict = WriteState(true);
            }

            // After a failure the new area may be there, and count more than what would be appended to the old one: nothing is.
            if (verdict == JournalVerdict.Full && intact)
            {
                _condition = JournalVerdict.Written;
            }

            return verdict;
        }

        /// <summary>Erases everything. A loss of power leaves the state as it was or none.</summary>
        /// <returns><see cref="JournalVerdict.Written"/>, or <see cref="JournalVerdict.WriteFailed"/> when something may be left: to be tried again.</returns>
        public JournalVerdict EraseAll()
        {
            // An empty state first: what is left by an erasure that is cut off would count as a state of its own.
            if (WriteState(false) == JournalVerdict.Written)
            {
                return HoldsEarlierState ? JournalVerdict.WriteFailed : JournalVerdict.Written;
            }

            int area = _area == 1 ? 1 : 0;
            bool erased = _medium.Erase(area);
            erased = _medium.Erase(1 - area) && erased;
            _area = None;
            _erased = 0;
            _condition = JournalVerdict.Empty;

            return erased ? JournalVerdict.Written : JournalVerdict.WriteFailed;
        }

        private JournalVerdict WriteState(bool all)
        {
            int active = _area;
            int position = _position;
            uint generation = _generation;
            int area = active == 0 ? 1 : 0;
            Forget();

            if (!IsKnownErased(area) && !_medium.Erase(area))
            {
                _condition = JournalVerdict.Unusable;

                return JournalVerdict.WriteFailed;
            }

            _erased = 0;
            _area = area;
            _position = 0;
            _generation = generation + 1;
            _condition = JournalVerdict.Written;
            WriteHeader();

            if (all)
            {
                _owner.WriteAll(this);
            }

            // What the mark stands for must be there before it.
            Flush();
            bool marking = _condition == JournalVerdict.Written;
            Mark();
            Mark();
            Flush();
            JournalVerdict verdict = _condition;

            if (marking && verdict != JournalVerdict.Full)
            {
                verdict = Verify(area);
            }

            if (verdict != JournalVerdict.Written)
            {
                Forget();
                _area = active;
                _position = position;
                _generation = generation;
                _condition = JournalVerdict.Unusable;
                EraseOther();

                return verdict;
            }

            _formatVersion = _version;
            EraseOther();

            return JournalVerdict.Written;
        }

        // Reads the new area before the old one is erased.
        private JournalVerdict Verify(int area)
        {
            int damaged = _damaged;
            bool complete = Scan(area, false) == JournalVerdict.Loaded;
            bool intact = _damaged == 0;
            _damaged = damaged;

            if (complete && intact && _condition == JournalVerdict.Written)
            {
                return JournalVerdict.Written;
            }

            // The mark is there although writing it failed. Then the area counts: to erase it again would risk its being half erased, and still marked.
            if (complete && _condition == JournalVerdict.WriteFailed && _medium.Flush(area))
            {
                _condition = JournalVerdict.Unusable;

                return JournalVerdict.Written;
            }

            return JournalVerdict.WriteFailed;
        }

        private void WriteHeader()
        {
            byte[] buffer = Buffer;
            Array.Clear(buffer, 0, HeaderSize);
            BigEndian.WriteUInt32(buffer, 0, Magic);
            BigEndian.WriteUInt32(buffer, GenerationOffset, _generation);
            buffer[VersionOffset] = (byte)_version;
            BigEndian.WriteUInt32(buffer, HeaderCheckOffset, ~Crc32.Update(Crc32.Start, buffer, 0, HeaderCheckOffset));
            Array.Copy(buffer, 0, buffer, HeaderSize, HeaderSize);
            _count = Copies * HeaderSize;
        }

        // A record without entries.
        private void Mark()
        {
            int start = _count;
            _count += RecordHeaderSize;
            Seal(start);
        }

        private void Seal(int start)
        {
            byte[] buffer = Buffer;
            int count = _count - start - RecordHeaderSize;
            BigEndian.WriteUInt16(buffer, start, count);
            uint crc = Crc32.Update(Seed(_position + start), buffer, start, CheckOffset);
            BigEndian.WriteUInt16(buffer, start + CheckOffset, (int)(crc & 0xFFFF));
            BigEndian.WriteUInt32(buffer, start + CrcOffset, ~Crc32.Update(crc, buffer, start + RecordHeaderSize, count));

            while ((_count & (WordSize - 1)) != 0)
            {
                buffer[_count++] = 0xFF;
            }
        }

        private uint Seed(int position)
        {
            return ~((_generation << 16) ^ (uint)position);
        }

        private void Flush()
        {
            if (_group != None)
            {
                throw new InvalidOperationException();
            }

            Write(_count);

            if (_condition == JournalVerdict.Written && !_medium.Flush(_area))
            {
                _condition = JournalVerdict.WriteFailed;
            }
        }

        // Writes the first octets of the buffer, and moves the rest to the front.
        private void Write(int count)
        {
            if (_condition == JournalVerdict.Written)
            {
                if (_position + count > _medium.Capacity)
                {
                    _condition = JournalVerdict.Full;
                }
                else if (!_medium.Write(_area, _position, Buffer, 0, count))
                {
                    _condition = JournalVerdict.WriteFailed;
                }
                else
                {
                    _position += count;
                }
            }

            _count -= count;
            Array.Copy(Buffer, count, Buffer, 0, _count);
            Array.Clear(Buffer, _count, count);

            if (_group != None)
            {
                _group -= count;
            }
        }

        private void Forget()
        {
            _count = 0;
            _group = None;
        }

        private bool IsKnownErased(int area)
        {
            return ((_erased >> area) & 1) != 0;
        }

        private void EraseOther()
        {
            int area = 1 - _area;

            if (_area != None && !IsKnownErased(area) && _medium.Erase(area))
            {
                _erased = (byte)(1 << area);
            }
        }

        private int LengthOf(int area)
        {
            int length = _medium.Length(area);

            return length > _medium.Capacity ? _medium.Capacity : length;
        }

        // Fills the buffer; -1 when the medium fails.
        private int Fill(int area, int position, int length)
        {
            int count = length - position > BufferSize ? BufferSize : length - position;

            return count == 0 || _medium.Read(area, position, Buffer, 0, count) ? count : -1;
        }

        // A file that is there is not, whatever is in it.
        private bool IsErased(int area)
        {
            int length = LengthOf(area);

            if (length != 0 && length != _medium.Capacity)
            {
                return false;
            }

            for (int position = 0; position < length; position += BufferSize)
            {
                int count = Fill(area, position, length);

                if (count < 0 || !IsErased(0, count))
                {
                    return false;
                }
            }

            return true;
        }

        private bool IsErased(int offset, int count)
        {
            byte[] buffer = Buffer;

            for (int end = offset + count; offset < end; offset++)
            {
                if (buffer[offset] != 0xFF)
                {
                    return false;
                }
            }

            return true;
        }

        // A generation of 0 is none. Counts what is damaged.
        private bool ReadHeader(int area, out uint generation)
        {
            byte[] buffer = Buffer;
            int length = LengthOf(area);
            int count = Fill(area, 0, length > Copies * HeaderSize ? Copies * HeaderSize : length);
            generation = 0;
            _damaged = 0;

            for (int offset = 0; offset + HeaderSize <= count; offset += HeaderSize)
            {
                if (BigEndian.ReadUInt32(buffer, offset) == Magic
                    && BigEndian.ReadUInt32(buffer, offset + HeaderCheckOffset) == ~Crc32.Update(Crc32.Start, buffer, offset, HeaderCheckOffset))
                {
                    generation = BigEndian.ReadUInt32(buffer, offset + GenerationOffset);
                    _formatVersion = buffer[offset + VersionOffset];
                }
                else
                {
                    _damaged++;
                }
            }

            return count >= 0;
        }

        // Goes through the records of an area; leaves the position behind the last. Loaded when the mark is there.
        private JournalVerdict Scan(int area, bool apply)
        {
            if (!ReadHeader(area, out _generation))
            {
                return JournalVerdict.ReadFailed;
            }

            byte[] buffer = Buffer;
            int length = LengthOf(area);
            int position = Copies * HeaderSize;
            int start = position;
            int count = 0;
            int end = position;
            int garbage = position;
            int marks = 0;

            while (position < length)
            {
                int offset = position - start;

                if (count - offset < RecordHeaderSize && start + count < length)
                {
                    start = position;
                    offset = 0;
                    count = Fill(area, position, length);

                    if (count < 0)
                    {
                        return JournalVerdict.ReadFailed;
                    }
                }

                if (count - offset < RecordHeaderSize)
                {
                    if (!IsErased(offset, count - offset))
                    {
                        garbage = length;
                    }

                    break;
                }

                if (BigEndian.ReadUInt32(buffer, offset) == ErasedWord)
                {
                    position += WordSize;

                    continue;
                }

                int entries = BigEndian.ReadUInt16(buffer, offset);
                int size = (RecordHeaderSize + entries + WordSize - 1) & ~(WordSize - 1);
                uint crc = Crc32.Update(Seed(position), buffer, offset, CheckOffset);

                if (size <= BufferSize && BigEndian.ReadUInt16(buffer, offset + CheckOffset) == (int)(crc & 0xFFFF))
                {
                    if (count - offset < size && start + count < length)
                    {
                        start = position;
                        offset = 0;
                        count = Fill(area, position, length);

                        if (count < 0)
                        {
                            return JournalVerdict.ReadFailed;
                        }
                    }

                    bool intact = count - offset >= size
                        && BigEndian.ReadUInt32(buffer, offset + CrcOffset) == ~Crc32.Update(crc, buffer, offset + RecordHeaderSize, entries);

                    // A header in its place is believed, so that what is in the damaged record is not taken for records.
                    if (intact || position == end)
                    {
                        if (!intact || position != end)
                        {
                            _damaged++;
                        }

                        if (intact && entries == 0)
                        {
                            marks++;
                        }

                        if (intact && apply)
                        {
                            Apply(offset + RecordHeaderSize, entries);
                        }

                        position += size;
                        end = position;

                        continue;
                    }
                }

                position += WordSize;
                garbage = position;
            }

            if (garbage > end || marks < Copies)
            {
                _damaged++;
            }

            _position = end;
            Array.Clear(buffer, 0, BufferSize);

            return marks != 0 ? JournalVerdict.Loaded : JournalVerdict.Unusable;
        }

        private void Apply(int offset, int count)
        {
            byte[] buffer = Buffer;

            for (int end = offset + count; offset + EntryHeaderSize <= end;)
            {
                int length = buffer[offset + CountOffset];

                if (offset + EntryHeaderSize + length <= end)
                {
                    _owner.OnEntry(buffer[offset], BigEndian.ReadUInt16(buffer, offset + IndexOffset), buffer, offset + EntryHeaderSize, length);
                }

                offset += EntryHeaderSize + length;
            }
        }
    }
}
