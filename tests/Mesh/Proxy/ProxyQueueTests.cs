using nanoFramework.TestFramework;

namespace MeshNode.Proxy
{
    [TestClass]
    public class ProxyQueueTests
    {
        [TestMethod]
        public void New_IsEmptyAndTakesMessages()
        {
            ProxyQueue queue = new ProxyQueue(16);

            Assert.AreEqual(0, queue.Count);
            Assert.AreEqual(0u, queue.Dropped);
            Fill(queue, ProxyQueue.Own, 16, 0);
            Check(queue, 0, 16);
        }

        [TestMethod]
        public void Dequeue_GivesMessageTypeAndLength()
        {
            ProxyQueue queue = new ProxyQueue(16);
            byte[] message = Hex.Decode("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d");
            byte[] taken = new byte[30];

            Assert.IsTrue(queue.Enqueue(ProxyQueue.Own, ProxyPduType.NetworkPdu, message, 29));
            Assert.IsTrue(queue.Enqueue(ProxyQueue.Own, ProxyPduType.ProxyConfiguration, message, 2));
            message[0] = 0xFF;

            Assert.AreEqual(29, queue.Dequeue(taken, out int type));
            Assert.AreEqual(ProxyPduType.NetworkPdu, type);
            Assert.AreEqual("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d00", Hex.Encode(taken));
            Assert.AreEqual(2, queue.Dequeue(taken, out type));
            Assert.AreEqual(ProxyPduType.ProxyConfiguration, type);
            Assert.AreEqual("0102", Hex.Encode(taken, 0, 2));
            Assert.AreEqual(0, queue.Count);
        }

        [TestMethod]
        public void Dequeue_MostImportantFirstInOrderOfArrival()
        {
            ProxyQueue queue = new ProxyQueue(16);

            Fill(queue, ProxyQueue.Forwarded, 2, 60);
            Fill(queue, ProxyQueue.Beacon, 2, 20);
            Fill(queue, ProxyQueue.Own, 2, 0);
            Fill(queue, ProxyQueue.Beacon, 1, 22);
            Fill(queue, ProxyQueue.Forwarded, 1, 62);

            Check(queue, 0, 2);
            Check(queue, 20, 3);
            Fill(queue, ProxyQueue.Own, 1, 9);
            Check(queue, 9, 1);
            Check(queue, 60, 3);
        }

        [TestMethod]
        public void Enqueue_KeepsOrderWhilePlacesAreUsedAgain()
        {
            ProxyQueue queue = new ProxyQueue(16);

            Fill(queue, ProxyQueue.Own, 11, 0);

            for (int i = 0; i < 200; i++)
            {
                Fill(queue, ProxyQueue.Own, 5, 11 + 5 * i);
                Check(queue, 5 * i, 5);
                Assert.AreEqual(11, queue.Count);
            }

            Assert.AreEqual(0u, queue.Dropped);
        }

        // A queue full of one priority, and one message more of each.
        [TestMethod]
        public void Enqueue_GivesUpTheOldestForAMessageNotLessImportant()
        {
            for (int full = ProxyQueue.Own; full <= ProxyQueue.Forwarded; full++)
            {
                for (int priority = ProxyQueue.Own; priority <= ProxyQueue.Forwarded; priority++)
                {
                    ProxyQueue queue = new ProxyQueue(16);
                    byte[] message = { 99 };
                    Fill(queue, full, 16, 0);

                    Assert.AreEqual(priority <= full, queue.Enqueue(priority, 0, message, 1));
                    Assert.AreEqual(16, queue.Count);
                    Assert.AreEqual(1u, queue.Dropped);

                    if (priority < full)
                    {
                        Check(queue, 99, 1);
                    }

                    Check(queue, priority <= full ? 1 : 0, priority <= full ? 15 : 16);

                    if (priority == full)
                    {
                        Check(queue, 99, 1);
                    }

                    Assert.AreEqual(0, queue.Count);
                }
            }
        }

        [TestMethod]
        public void Enqueue_GivesUpTheLeastImportantFirst()
        {
            ProxyQueue queue = new ProxyQueue(16);

            Fill(queue, ProxyQueue.Own, 12, 0);
            Fill(queue, ProxyQueue.Beacon, 2, 40);
            Fill(queue, ProxyQueue.Forwarded, 2, 60);

            Fill(queue, ProxyQueue.Own, 1, 12);
            Fill(queue, ProxyQueue.Beacon, 2, 42);
            Fill(queue, ProxyQueue.Own, 1, 13);

            // 60, 61, 40 and 41 have gone.
            Assert.AreEqual(4u, queue.Dropped);
            Assert.IsFalse(queue.Enqueue(ProxyQueue.Forwarded, 0, new byte[1], 1));
            Check(queue, 0, 14);
            Check(queue, 42, 2);
            Assert.AreEqual(0, queue.Count);
        }

        [TestMethod]
        public void Reset_ForgetsEverything()
        {
            ProxyQueue queue = new ProxyQueue(16);

            Fill(queue, ProxyQueue.Own, 17, 0);
            queue.Reset();

            Assert.AreEqual(0, queue.Count);
            Assert.AreEqual(0u, queue.Dropped);
            Fill(queue, ProxyQueue.Forwarded, 16, 30);
            Check(queue, 30, 16);
        }

        // Messages of one octet, which counts up.
        private static void Fill(ProxyQueue queue, int priority, int count, int first)
        {
            byte[] message = new byte[1];

            for (int i = 0; i < count; i++)
            {
                message[0] = (byte)(first + i);
                Assert.IsTrue(queue.Enqueue(priority, ProxyPduType.NetworkPdu, message, 1));
            }
        }

        private static void Check(ProxyQueue queue, int first, int count)
        {
            byte[] message = new byte[29];

            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual(1, queue.Dequeue(message, out int type));
                Assert.AreEqual((byte)(first + i), message[0]);
            }
        }
    }
}
