using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    [TestClass]
    public class SequenceNumberTests
    {
        [TestMethod]
        public void TryTake_GivesEachOnce()
        {
            SequenceNumber sequence = new SequenceNumber(5);

            Assert.AreEqual(5u, sequence.Next);
            Assert.AreEqual(5u, Take(sequence));
            Assert.AreEqual(6u, Take(sequence));
            Assert.AreEqual(7u, sequence.Next);
        }

        [TestMethod]
        public void TryTake_EndsBehindTheLargest()
        {
            SequenceNumber sequence = new SequenceNumber(0xFFFFFE);

            Assert.AreEqual(0xFFFFFEu, Take(sequence));
            Assert.AreEqual(0xFFFFFFu, Take(sequence));
            Assert.IsFalse(sequence.TryTake(out uint _));
            Assert.IsFalse(sequence.TryTake(out uint _));
            Assert.AreEqual(0x1000000u, sequence.Next);
        }

        [TestMethod]
        public void WantsIvUpdate_FromHalfOfThemOn()
        {
            SequenceNumber sequence = new SequenceNumber(0x7FFFFF);

            Assert.IsFalse(sequence.WantsIvUpdate);

            Take(sequence);

            Assert.IsTrue(sequence.WantsIvUpdate);
        }

        [TestMethod]
        public void Reset_StartsFromZero()
        {
            SequenceNumber sequence = new SequenceNumber(0x1000000);
            sequence.Reset();

            Assert.AreEqual(0u, Take(sequence));
            Assert.IsFalse(sequence.WantsIvUpdate);
        }

        [TestMethod]
        public void TryTake_GivesOnlyWhatTheStoreHasReserved()
        {
            SequenceNumber sequence = new SequenceNumber(5);
            Account account = new Account();
            account.Sequence = sequence;
            sequence.Store = account;
            sequence.Limit = 6;

            Assert.AreEqual(5u, Take(sequence));
            Assert.AreEqual(100u, Take(sequence));
            Assert.AreEqual(101u, Take(sequence));
            Assert.AreEqual(1, account.Calls);

            account.Closed = true;

            Assert.IsFalse(sequence.TryTake(out uint _));
            Assert.AreEqual(102u, sequence.Next);

            account.Closed = false;
            sequence.Reset();

            Assert.AreEqual(100u, Take(sequence));
            Assert.AreEqual(3, account.Calls);
        }

        private static uint Take(SequenceNumber sequence)
        {
            Assert.IsTrue(sequence.TryTake(out uint taken));

            return taken;
        }

        private sealed class Account : ISequenceStore
        {
            public SequenceNumber Sequence;
            public int Calls;
            public bool Closed;

            public bool Reserve()
            {
                Calls++;

                if (!Closed)
                {
                    Sequence.Restore(100);
                    Sequence.Limit = 102;
                }

                return !Closed;
            }
        }
    }
}
