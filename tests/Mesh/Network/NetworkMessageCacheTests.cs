using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    [TestClass]
    public class NetworkMessageCacheTests
    {
        private const int Sets = 16;
        private const int Ways = 4;

        [TestMethod]
        public void Key_DiffersInIviSourceAndSequence()
        {
            long key = NetworkMessageCache.Key(0, 0x1234, 0x56789A);

            Assert.AreEqual(key, NetworkMessageCache.Key(0, 0x1234, 0x56789A));
            Assert.IsTrue(key != NetworkMessageCache.Key(1, 0x1234, 0x56789A));
            Assert.IsTrue(key != NetworkMessageCache.Key(0, 0x1235, 0x56789A));
            Assert.IsTrue(key != NetworkMessageCache.Key(0, 0x1234, 0x56789B));
            Assert.IsTrue(NetworkMessageCache.Key(0, 0x0001, 0) != NetworkMessageCache.Key(0, 0, 0xFFFFFF));
            Assert.IsTrue(NetworkMessageCache.Key(1, 0x7FFF, 0xFFFFFF) > 0);
        }

        [TestMethod]
        public void Contains_NothingAtFirst()
        {
            NetworkMessageCache cache = new NetworkMessageCache(64);

            Assert.IsFalse(cache.Contains(NetworkMessageCache.Key(0, 0, 0)));
            Assert.IsFalse(cache.Contains(NetworkMessageCache.Key(1, 0x7FFF, 0xFFFFFF)));
        }

        [TestMethod]
        public void Add_KeepsSixtyFourOfOneSource()
        {
            NetworkMessageCache cache = new NetworkMessageCache(64);

            for (uint i = 0; i < Sets * Ways; i++)
            {
                cache.Add(NetworkMessageCache.Key(1, 0x0123, i));
            }

            for (uint i = 0; i < Sets * Ways; i++)
            {
                Assert.IsTrue(cache.Contains(NetworkMessageCache.Key(1, 0x0123, i)));
            }

            cache.Add(NetworkMessageCache.Key(1, 0x0123, Sets * Ways));

            Assert.IsFalse(cache.Contains(NetworkMessageCache.Key(1, 0x0123, 0)));
            Assert.IsTrue(cache.Contains(NetworkMessageCache.Key(1, 0x0123, 1)));
            Assert.IsTrue(cache.Contains(NetworkMessageCache.Key(1, 0x0123, Sets * Ways)));
        }

        [TestMethod]
        [DataRow(8)]
        [DataRow(32)]
        [DataRow(256)]
        public void Add_KeepsAsManyAsItsCapacity(int capacity)
        {
            NetworkMessageCache cache = new NetworkMessageCache(capacity);

            for (uint i = 0; i < capacity; i++)
            {
                cache.Add(NetworkMessageCache.Key(0, 0x0123, i));
            }

            for (uint i = 0; i < capacity; i++)
            {
                Assert.IsTrue(cache.Contains(NetworkMessageCache.Key(0, 0x0123, i)));
            }

            cache.Add(NetworkMessageCache.Key(0, 0x0123, (uint)capacity));

            Assert.IsFalse(cache.Contains(NetworkMessageCache.Key(0, 0x0123, 0)));
        }

        [TestMethod]
        public void Add_KeepsSixtyFourSources()
        {
            NetworkMessageCache cache = new NetworkMessageCache(64);

            for (int i = 1; i <= Sets * Ways; i++)
            {
                cache.Add(NetworkMessageCache.Key(0, i, 77));
            }

            for (int i = 1; i <= Sets * Ways; i++)
            {
                Assert.IsTrue(cache.Contains(NetworkMessageCache.Key(0, i, 77)));
            }
        }

        [TestMethod]
        public void Add_DisplacesTheOldestOfAFullSet()
        {
            NetworkMessageCache cache = new NetworkMessageCache(64);

            for (uint i = 0; i < 3 * Ways; i++)
            {
                cache.Add(InOneSet(i));

                for (uint j = 0; j <= i; j++)
                {
                    Assert.AreEqual(i - j < Ways, cache.Contains(InOneSet(j)));
                }
            }
        }

        [TestMethod]
        public void TakeBack_RemovesTheLastAndItsPlaceIsUsedNext()
        {
            NetworkMessageCache cache = new NetworkMessageCache(64);
            cache.Add(InOneSet(0));
            cache.Add(InOneSet(1));
            cache.Add(InOneSet(2));
            cache.TakeBack();

            Assert.IsTrue(cache.Contains(InOneSet(0)));
            Assert.IsTrue(cache.Contains(InOneSet(1)));
            Assert.IsFalse(cache.Contains(InOneSet(2)));

            cache.Add(InOneSet(3));
            cache.Add(InOneSet(4));

            Assert.IsTrue(cache.Contains(InOneSet(0)));
            Assert.IsTrue(cache.Contains(InOneSet(1)));
            Assert.IsTrue(cache.Contains(InOneSet(3)));
            Assert.IsTrue(cache.Contains(InOneSet(4)));
        }

        [TestMethod]
        public void TakeBack_AtTheWrapCostsOnlyTheOldest()
        {
            NetworkMessageCache cache = new NetworkMessageCache(64);

            for (uint i = 0; i < Ways; i++)
            {
                cache.Add(InOneSet(i));
            }

            cache.Add(InOneSet(4));
            cache.TakeBack();
            cache.Add(InOneSet(4));

            Assert.IsFalse(cache.Contains(InOneSet(0)));
            Assert.IsTrue(cache.Contains(InOneSet(1)));
            Assert.IsTrue(cache.Contains(InOneSet(4)));

            cache.Add(InOneSet(5));

            Assert.IsFalse(cache.Contains(InOneSet(1)));
            Assert.IsTrue(cache.Contains(InOneSet(2)));
        }

        [TestMethod]
        public void Clear_ForgetsEverything()
        {
            NetworkMessageCache cache = new NetworkMessageCache(64);
            cache.Add(InOneSet(0));
            cache.Clear();

            Assert.IsFalse(cache.Contains(InOneSet(0)));
        }

        private static long InOneSet(uint index)
        {
            return NetworkMessageCache.Key(0, 0x0123, index * Sets);
        }
    }
}
