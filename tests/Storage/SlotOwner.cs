using System;

namespace MeshNode.Storage
{
    /// <summary>Keeps up to eight octets for each of eight indexes of one kind.</summary>
    public sealed class SlotOwner : IJournalOwner
    {
        public const int Kind = 7;
        public const int Slots = 8;

        public readonly byte[][] Values = new byte[Slots][];
        public int Entries;
        public int FormatVersion = -1;
        public Journal Journal;

        /// <summary>Octets that a snapshot adds to each value.</summary>
        public int Padding;

        public SlotOwner(IJournalMedium medium, int version)
        {
            Journal = new Journal(medium, this, version);
        }

        public static SlotOwner Reopened(IJournalMedium medium)
        {
            SlotOwner owner = new SlotOwner(medium, 1);
            owner.Journal.Open();

            return owner;
        }

        /// <summary>Changes a value and adds it.</summary>
        public void Set(int index, int value)
        {
            Values[index] = new byte[] { (byte)value, (byte)(value >> 8) };
            Journal.Add(Kind, index, Values[index], 0, Values[index].Length);
        }

        /// <summary>A value, -1 when there is none.</summary>
        public int Get(int index)
        {
            return Values[index] == null ? -1 : Values[index][0] | (Values[index][1] << 8);
        }

        public void OnEntry(int kind, int index, byte[] buffer, int offset, int count)
        {
            FormatVersion = Journal.FormatVersion;
            Entries++;

            if (kind == Kind && index < Slots)
            {
                Values[index] = count == 0 ? null : new byte[count];

                if (count != 0)
                {
                    Array.Copy(buffer, offset, Values[index], 0, count);
                }
            }
        }

        public void WriteAll(Journal journal)
        {
            for (int i = 0; i < Slots; i++)
            {
                if (Values[i] != null)
                {
                    byte[] value = new byte[Values[i].Length + Padding];
                    Array.Copy(Values[i], 0, value, 0, Values[i].Length);
                    journal.Add(Kind, i, value, 0, value.Length);
                }
            }
        }
    }
}
