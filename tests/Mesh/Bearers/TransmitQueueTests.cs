using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Bearers
{
    [TestClass]
    public class TransmitQueueTests
    {
        [TestMethod]
        public void Enqueue_KeepsEverythingOfAPayload()
        {
            TransmitQueue queue = new TransmitQueue(2, true);
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            byte[] payload = Hex.Decode("ff000102030405060708090a0b0c0d0e0f101112131415161718191a1b1cff");

            Assert.IsTrue(queue.Enqueue(AdvertisingData.MeshMessage, payload, 1, 29, TransmitState.Of(7, 31), 0x7FFF, -5));
            Assert.IsTrue(queue.Enqueue(AdvertisingData.MeshBeacon, payload, 3, 1, TransmitState.Of(0, 0), 0, 123456789));
            payload[1] = 0xEE;
            queue.SendFirst(bearer);
            queue.SendFirst(bearer);

            Assert.AreEqual("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c", bearer.Text(0));
            Assert.AreEqual(AdvertisingData.MeshMessage, bearer.Type(0));
            Assert.AreEqual(8, bearer.Transmissions(0));
            Assert.AreEqual(320, bearer.Interval(0));
            Assert.AreEqual(-5, bearer.Tag(0));
            Assert.AreEqual("02", bearer.Text(1));
            Assert.AreEqual(AdvertisingData.MeshBeacon, bearer.Type(1));
            Assert.AreEqual(1, bearer.Transmissions(1));
            Assert.AreEqual(10, bearer.Interval(1));
            Assert.AreEqual(123456789, bearer.Tag(1));
        }

        [TestMethod]
        public void Enqueue_RefusesWhenFull()
        {
            TransmitQueue queue = new TransmitQueue(2, true);

            Assert.IsTrue(Enqueue(queue, 1));
            Assert.IsFalse(queue.IsFull);
            Assert.IsTrue(Enqueue(queue, 2));
            Assert.IsTrue(queue.IsFull);
            Assert.IsFalse(Enqueue(queue, 3));
            Assert.AreEqual(2, queue.Count);
        }

        [TestMethod]
        public void Enqueue_RefusesWhatIsTooLong()
        {
            TransmitQueue queue = new TransmitQueue(2, true);

            Assert.IsFalse(queue.Enqueue(0x2A, new byte[30], 0, 30, 0, 0, 0));
            Assert.AreEqual(0, queue.Count);
            Assert.IsTrue(queue.Enqueue(0x2A, new byte[30], 1, 29, 0, 0, 0));
        }

        [TestMethod]
        public void SendFirst_InOrderAcrossTheWrap()
        {
            TransmitQueue queue = new TransmitQueue(3, true);
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();
            Enqueue(queue, 0);
            Enqueue(queue, 1);

            for (int i = 2; i < 10; i++)
            {
                Enqueue(queue, i);
                Assert.IsTrue(queue.IsFull);
                queue.SendFirst(bearer);
                Assert.AreEqual(2, queue.Count);
                Assert.AreEqual(i - 2, bearer.Tag(i - 2));
                Assert.AreEqual(i - 2, (int)bearer.Payload(i - 2)[0]);
            }
        }

        [TestMethod]
        public void ContainsSource_OfWhatWaitsOnly()
        {
            TransmitQueue queue = new TransmitQueue(3, true);
            FakeAdvertisingBearer bearer = new FakeAdvertisingBearer();

            Assert.IsFalse(queue.ContainsSource(0));

            for (int i = 1; i < 10; i++)
            {
                Enqueue(queue, i);

                if (i > 2)
                {
                    Assert.IsTrue(queue.ContainsSource(i - 2));
                    queue.SendFirst(bearer);
                    Assert.IsFalse(queue.ContainsSource(i - 2));
                    Assert.IsTrue(queue.ContainsSource(i - 1));
                }

                Assert.IsTrue(queue.ContainsSource(i));
                Assert.IsFalse(queue.ContainsSource(i + 1));
            }
        }

        [TestMethod]
        public void Clear_ForgetsWhatWaits()
        {
            TransmitQueue queue = new TransmitQueue(2, true);
            Enqueue(queue, 1);
            Enqueue(queue, 2);
            queue.Clear();

            Assert.AreEqual(0, queue.Count);
            Assert.IsFalse(queue.ContainsSource(1));
            Assert.IsTrue(Enqueue(queue, 3));
            Assert.IsTrue(Enqueue(queue, 4));
        }

        private static bool Enqueue(TransmitQueue queue, int number)
        {
            return queue.Enqueue(AdvertisingData.MeshMessage, new byte[] { (byte)number }, 0, 1, TransmitState.Of(2, 1), number, number);
        }
    }
}
