using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    /// <summary>What is kept of a source ahead of its messages.</summary>
    [TestClass]
    public class ReplayReserveTests
    {
        private const int Source = 0x0002;

        [TestMethod]
        public void FirstMessage_IsKeptExactly()
        {
            CountingStore store = new CountingStore();
            store.List.Commit(Source, 0, 1000);

            Assert.AreEqual(1, store.Writes);
            Assert.AreEqual(1000L, store.List.KeptNumber(0));
        }

        [TestMethod]
        public void ManyMessages_NeedFewWrites()
        {
            CountingStore store = new CountingStore();
            uint sequence = store.Send(100, 0);

            Assert.IsTrue(store.Writes <= 8);
            Assert.IsTrue(store.List.KeptNumber(0) >= 100 && store.List.KeptNumber(0) <= 200);

            // 100 in a window: 150 and one are reserved when something is written.
            store.EndWindow();
            store.OnBeyondKept();
            store.Writes = 0;
            Assert.AreEqual(100L + 151, store.List.KeptNumber(0));
            sequence = store.Send(150, sequence);
            Assert.AreEqual(0, store.Writes);
            store.Send(2, sequence);
            Assert.AreEqual(1, store.Writes);
        }

        [TestMethod]
        public void EachMessage_IsCovered()
        {
            CountingStore store = new CountingStore();
            uint sequence = 0;

            for (int i = 0; i < 500; i++)
            {
                sequence += (uint)(1 + (i * i % 7));
                store.List.Commit(Source, 0, sequence);
                Assert.IsTrue(store.Written >= sequence);

                if (i % 20 == 0)
                {
                    store.EndWindow();
                }
            }
        }

        [TestMethod]
        public void OtherSource_RenewsTheReserveToo()
        {
            CountingStore store = new CountingStore();
            uint sequence = store.Send(40, 0);
            store.EndWindow();
            store.OnBeyondKept();
            sequence = store.Send(30, sequence);
            Assert.AreEqual(40L + 61, store.List.KeptNumber(0));
            store.List.Commit(Source + 1, 0, 1);
            Assert.AreEqual(70L + 61, store.List.KeptNumber(0));
        }

        [TestMethod]
        public void Silence_KeepsTheExactNumberAgain()
        {
            CountingStore store = new CountingStore();
            store.Send(300, 0);
            Assert.IsTrue(store.List.KeptNumber(0) > 300);
            int windows = 0;

            while (store.EndWindow())
            {
                windows++;
            }

            Assert.IsTrue(windows <= 7);
            store.OnBeyondKept();
            Assert.AreEqual(300L, store.List.KeptNumber(0));
            Assert.IsFalse(store.EndWindow());
        }

        [TestMethod]
        public void Settle_GivesUpLargeReserves()
        {
            CountingStore store = new CountingStore();
            store.Send(300, 0);
            store.List.Commit(Source + 1, 0, 7);
            long small = store.List.KeptNumber(1);
            Assert.AreEqual(301, store.List.Changes);
            Assert.IsTrue(store.List.Settle(4));
            store.OnBeyondKept();
            Assert.AreEqual(300L, store.List.KeptNumber(0));
            Assert.AreEqual(small, store.List.KeptNumber(1));
            Assert.IsFalse(store.List.Settle(4));

            // The next message is kept before it is accepted, as a first one.
            store.Writes = 0;
            store.List.Commit(Source, 0, 301);
            Assert.AreEqual(1, store.Writes);
            Assert.AreEqual(301L, store.Written);
        }

        [TestMethod]
        public void Leap_IsNotTakenForUse()
        {
            CountingStore store = new CountingStore();
            store.Send(2, 0);
            store.List.Commit(Source, 0, 5000);
            store.EndWindow();
            store.List.Commit(Source, 0, 5100);
            Assert.IsTrue(store.List.KeptNumber(0) < 5130);
        }

        private sealed class CountingStore : IReplayStore
        {
            public readonly ReplayProtectionList List = new ReplayProtectionList(4);
            public int Writes;
            public long Written;

            public CountingStore()
            {
                List.Store = this;
            }

            public void OnBeyondKept()
            {
                Writes++;

                for (int i = List.NextToKeep(0); i < List.Count; i = List.NextToKeep(i + 1))
                {
                    Written = List.KeptNumber(i);
                }
            }

            public uint Send(int count, uint sequence)
            {
                for (int i = 0; i < count; i++)
                {
                    List.Commit(Source, 0, ++sequence);
                }

                return sequence;
            }

            public bool EndWindow()
            {
                bool unsettled;
                List.EndWindow(out unsettled);

                return unsettled;
            }
        }
    }
}
