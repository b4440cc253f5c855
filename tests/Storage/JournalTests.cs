using System;
using nanoFramework.TestFramework;

namespace MeshNode.Storage
{
    [TestClass]
    public class JournalTests
    {
        private const int Capacity = 512;
        private const int Version = 1;

        // Two headers, and the mark of a state without entries, twice.
        private const int EmptyState = 48;

        // A record of one entry of two octets.
        private const int RecordSize = 16;

        [TestMethod]
        public void Open_ErasedMediumIsEmptyAndUntouched()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = new SlotOwner(medium, Version);

            Assert.IsTrue(owner.Journal.Open() == JournalVerdict.Empty);
            Assert.AreEqual(0, owner.Entries);
            Assert.AreEqual(0, owner.Journal.Room);
            Assert.AreEqual(0, medium.Writes + medium.Erases);
        }

        [TestMethod]
        public void Commit_KeepsTheLastEntryOfEachKey()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            owner.Set(1, 100);
            owner.Set(2, 200);
            owner.Set(1, 101);
            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);
            owner.Journal.Add(SlotOwner.Kind, 2, new byte[0], 0, 0);
            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);

            SlotOwner reopened = new SlotOwner(medium, Version);

            Assert.IsTrue(reopened.Journal.Open() == JournalVerdict.Loaded);
            Assert.AreEqual(101, reopened.Get(1));
            Assert.AreEqual(-1, reopened.Get(2));
            Assert.AreEqual(4, reopened.Entries);
            Assert.AreEqual(0, reopened.Journal.Damaged);
            Assert.AreEqual(owner.Journal.Room, reopened.Journal.Room);
            Assert.AreEqual(Capacity - EmptyState - (3 * RecordSize) - 12, owner.Journal.Room);
        }

        [TestMethod]
        public void BeginEntry_HasAPlaceWhenNothingCanBeAdded()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = new SlotOwner(medium, Version);
            Assert.IsTrue(owner.Journal.Open() == JournalVerdict.Empty);
            int place = owner.Journal.BeginEntry(Journal.MaxEntry);

            for (int i = 0; i < Journal.MaxEntry; i++)
            {
                owner.Journal.Buffer[place + i] = 0xAA;
            }

            owner.Journal.EndEntry(SlotOwner.Kind, 1, Journal.MaxEntry);
            CheckBufferIsZero(owner);
            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);
            Assert.AreEqual(0, SlotOwner.Reopened(medium).Entries);
        }

        [TestMethod]
        public void EndEntry_MayAddNothing()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            int writes = medium.Writes;
            owner.Journal.BeginEntry(4);
            owner.Journal.EndEntry(SlotOwner.Kind, 1, Journal.NoEntry);

            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);
            Assert.AreEqual(writes, medium.Writes);
        }

        [TestMethod]
        public void Buffer_KeepsNothingThatWasWrittenOrRead()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            owner.Set(1, 0x1234);
            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);
            CheckBufferIsZero(owner);
            CheckBufferIsZero(SlotOwner.Reopened(medium));
        }

        [TestMethod]
        public void Commit_WithoutEntriesWritesNothing()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            int writes = medium.Writes;

            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);
            owner.Journal.BeginGroup();
            owner.Journal.EndGroup();
            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);
            Assert.AreEqual(writes, medium.Writes);
        }

        [TestMethod]
        public void Commit_WritesOnceWhatFitsIntoTheBuffer()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            int writes = medium.Writes;

            for (int i = 0; i < 10; i++)
            {
                owner.Set(i & 7, i);
            }

            owner.Journal.Commit();
            Assert.AreEqual(writes + 1, medium.Writes);
        }

        [TestMethod]
        public void Commit_CompactsWhenTheAreaIsFull()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);

            for (int i = 0; i < 1000; i++)
            {
                owner.Set(i & 7, i);
                Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);
            }

            SlotOwner reopened = SlotOwner.Reopened(medium);

            for (int i = 0; i < SlotOwner.Slots; i++)
            {
                Assert.AreEqual(992 + i, reopened.Get(i));
            }

            Assert.IsTrue(owner.Journal.Generation > 10);
            Assert.AreEqual(owner.Journal.Generation, reopened.Journal.Generation);
            Assert.IsTrue(medium.IsErased(0) != medium.IsErased(1));
        }

        [TestMethod]
        public void Compact_ErasesWhatWasDeleted()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            owner.Set(1, 0xABCD);
            owner.Journal.Commit();
            owner.Values[1] = null;

            Assert.IsTrue(owner.Journal.Compact() == JournalVerdict.Written);

            for (int i = 0; i < Capacity; i++)
            {
                Assert.IsFalse(medium.Areas[0][i] == 0xCD || medium.Areas[1][i] == 0xCD);
            }

            Assert.AreEqual(-1, SlotOwner.Reopened(medium).Get(1));
        }

        [TestMethod]
        public void Compact_IsUndoneByACutBeforeTheMark()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            owner.Set(1, 1);
            owner.Journal.Commit();
            owner.Set(1, 2);

            // The state and its flush, but not the mark.
            medium.Successes = 2;
            Assert.IsTrue(owner.Journal.Compact() == JournalVerdict.WriteFailed);
            medium.Successes = -1;
            SlotOwner reopened = SlotOwner.Reopened(medium);

            Assert.AreEqual(1, reopened.Get(1));
            Assert.AreEqual(0, reopened.Journal.Damaged);
            Assert.IsTrue(medium.IsErased(0) || medium.IsErased(1));
        }

        [TestMethod]
        public void Group_IsThereAsAWholeOrNotAtAll()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            int start = Capacity - owner.Journal.Room;
            owner.Journal.BeginGroup();
            owner.Set(1, 1);
            owner.Set(2, 2);
            owner.Journal.EndGroup();
            owner.Set(3, 3);
            owner.Journal.Commit();
            int area = medium.IsErased(0) ? 1 : 0;

            SlotOwner reopened = SlotOwner.Reopened(medium);
            Assert.AreEqual(1, reopened.Get(1));
            Assert.AreEqual(2, reopened.Get(2));

            // An octet of the second entry of the group.
            medium.Areas[area][start + 8 + 6 + 4] ^= 1;
            reopened = SlotOwner.Reopened(medium);
            Assert.AreEqual(-1, reopened.Get(1));
            Assert.AreEqual(-1, reopened.Get(2));
            Assert.AreEqual(3, reopened.Get(3));
            Assert.AreEqual(1, reopened.Journal.Damaged);
        }

        [TestMethod]
        public void Group_ThatIsTooLongIsACompaction()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            uint generation = owner.Journal.Generation;
            owner.Journal.BeginGroup();

            for (int i = 0; i < 40; i++)
            {
                owner.Set(i & 7, i);
            }

            owner.Journal.EndGroup();
            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);
            Assert.AreEqual(generation + 1, owner.Journal.Generation);
            Assert.AreEqual(39, SlotOwner.Reopened(medium).Get(7));
        }

        [TestMethod]
        [DataRow(0, 1)]
        [DataRow(2, 1)]
        [DataRow(4, 1)]
        [DataRow(12, 1)]
        public void Open_LosesADamagedRecordAndNothingElse(int octet, int lost)
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            int start = Capacity - owner.Journal.Room;
            owner.Set(1, 1);
            owner.Set(2, 2);
            owner.Set(3, 3);
            owner.Journal.Commit();
            int area = medium.IsErased(0) ? 1 : 0;
            medium.Areas[area][start + RecordSize + octet] ^= 0x10;

            SlotOwner reopened = SlotOwner.Reopened(medium);

            Assert.AreEqual(1, reopened.Get(1));
            Assert.AreEqual(-1, reopened.Get(2));
            Assert.AreEqual(3, reopened.Get(3));
            Assert.AreEqual(lost, reopened.Journal.Damaged);

            // The next write is a compaction.
            Assert.IsTrue(reopened.Journal.Commit() == JournalVerdict.Written);
            Assert.AreEqual(owner.Journal.Generation + 1, reopened.Journal.Generation);
            Assert.AreEqual(0, SlotOwner.Reopened(medium).Journal.Damaged);
        }

        [TestMethod]
        public void Open_OlderVersionIsToldAndWrittenAnew()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            owner.Set(1, 1);
            owner.Journal.Commit();

            SlotOwner upgraded = new SlotOwner(medium, Version + 1);
            Assert.IsTrue(upgraded.Journal.Open() == JournalVerdict.Loaded);
            Assert.AreEqual(Version, upgraded.FormatVersion);
            Assert.AreEqual(1, upgraded.Get(1));
            Assert.IsTrue(upgraded.Journal.Commit() == JournalVerdict.Written);
            Assert.AreEqual(Version + 1, upgraded.Journal.FormatVersion);

            // Whoever wrote the older version does not know this one, and leaves it alone.
            int changes = medium.Writes + medium.Erases;
            SlotOwner older = new SlotOwner(medium, Version);
            Assert.IsTrue(older.Journal.Open() == JournalVerdict.UnknownVersion);
            Assert.AreEqual(0, older.Entries);
            Assert.AreEqual(changes, medium.Writes + medium.Erases);
            Assert.IsTrue(older.Journal.Commit() == JournalVerdict.Written);
            Assert.AreEqual(-1, SlotOwner.Reopened(medium).Get(1));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(0x55)]
        public void Open_GarbageIsUnusableUntilItIsWritten(int value)
        {
            FakeMedium medium = new FakeMedium(Capacity);
            medium.Fill(0, (byte)value);
            medium.Fill(1, (byte)value);
            SlotOwner owner = new SlotOwner(medium, Version);

            Assert.IsTrue(owner.Journal.Open() == JournalVerdict.Unusable);
            Assert.AreEqual(0, owner.Entries);
            owner.Set(1, 5);
            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);
            Assert.AreEqual(5, SlotOwner.Reopened(medium).Get(1));
        }

        [TestMethod]
        public void Open_ReadFailureLocksTheJournal()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            owner.Set(1, 5);
            owner.Journal.Commit();
            medium.ReadFails = true;
            SlotOwner reopened = new SlotOwner(medium, Version);

            Assert.IsTrue(reopened.Journal.Open() == JournalVerdict.ReadFailed);
            reopened.Set(1, 6);
            Assert.IsTrue(reopened.Journal.Commit() == JournalVerdict.ReadFailed);
            medium.ReadFails = false;
            Assert.IsTrue(reopened.Journal.Open() == JournalVerdict.Loaded);
            Assert.AreEqual(5, reopened.Get(1));
        }

        [TestMethod]
        public void Commit_TriesAFailedWriteAgain()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            uint generation = owner.Journal.Generation;
            owner.Set(1, 5);

            // The write succeeds, its flush fails; so does everything until the next line.
            medium.Successes = 1;
            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.WriteFailed);
            medium.Successes = -1;
            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);
            Assert.AreEqual(generation + 1, owner.Journal.Generation);
            Assert.AreEqual(5, SlotOwner.Reopened(medium).Get(1));
        }

        [TestMethod]
        public void State_ThatDoesNotFitIsFull()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            owner.Padding = 100;

            for (int i = 0; i < SlotOwner.Slots; i++)
            {
                owner.Set(i, i);
            }

            Assert.IsTrue(owner.Journal.Compact() == JournalVerdict.Full);

            // The area in use can still be appended to.
            owner.Set(1, 77);
            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);
            Assert.AreEqual(77, SlotOwner.Reopened(medium).Get(1));
        }

        [TestMethod]
        public void EraseAll_LeavesNothing()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            owner.Set(1, 0xABCD);
            owner.Journal.Commit();

            Assert.IsTrue(owner.Journal.EraseAll() == JournalVerdict.Written);

            for (int i = 0; i < Capacity; i++)
            {
                Assert.IsFalse(medium.Areas[0][i] == 0xCD || medium.Areas[1][i] == 0xCD);
            }

            SlotOwner reopened = new SlotOwner(medium, Version);
            Assert.IsTrue(reopened.Journal.Open() == JournalVerdict.Loaded);
            Assert.AreEqual(0, reopened.Entries);

            medium.Successes = 0;
            Assert.IsTrue(owner.Journal.EraseAll() == JournalVerdict.WriteFailed);
        }

        [TestMethod]
        public void Erasure_ThatFailsIsTriedAgainWithTheNextWrite()
        {
            FakeMedium medium = new FakeMedium(Capacity);
            SlotOwner owner = New(medium);
            owner.Set(1, 5);
            owner.Journal.Commit();
            owner.Set(1, 6);

            // State, flush, marks, flush; then the erasure of the old area fails.
            medium.Successes = 4;
            Assert.IsTrue(owner.Journal.Compact() == JournalVerdict.Written);
            Assert.IsTrue(owner.Journal.HoldsEarlierState);
            medium.Successes = -1;
            owner.Set(2, 7);
            Assert.IsTrue(owner.Journal.Commit() == JournalVerdict.Written);
            Assert.IsFalse(owner.Journal.HoldsEarlierState);
            Assert.IsTrue(medium.IsErased(0) || medium.IsErased(1));
            Assert.AreEqual(6, SlotOwner.Reopened(medium).Get(1));
        }

        [TestMethod]
        public void Misuse_Throws()
        {
            SlotOwner owner = New(new FakeMedium(Capacity));

            Assert.ThrowsException(typeof(ArgumentException), () => owner.Journal.Add(1, 1, new byte[200], 0, Journal.MaxEntry + 1));
            owner.Journal.BeginGroup();
            Assert.ThrowsException(typeof(InvalidOperationException), () => owner.Journal.BeginGroup());
        }

        private static void CheckBufferIsZero(SlotOwner owner)
        {
            byte[] buffer = owner.Journal.Buffer;

            for (int i = 0; i < buffer.Length; i++)
            {
                Assert.AreEqual(0, (int)buffer[i]);
            }
        }

        private static SlotOwner New(FakeMedium medium)
        {
            SlotOwner owner = new SlotOwner(medium, Version);
            owner.Journal.Open();
            owner.Journal.Compact();

            return owner;
        }
    }
}
