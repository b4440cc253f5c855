using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    [TestClass]
    public class LoopbackQueueTests
    {
        [TestMethod]
        public void Append_UntilFullInOrder()
        {
            LoopbackQueue queue = new LoopbackQueue(3);

            Assert.IsTrue(queue.IsEmpty);

            Append(queue, 1);
            Append(queue, 2);

            Assert.IsFalse(queue.IsFull);

            Append(queue, 3);

            Assert.IsTrue(queue.IsFull);
            Assert.IsFalse(queue.IsEmpty);
            Remove(queue, 1);
            Remove(queue, 2);
            Remove(queue, 3);
            Assert.IsTrue(queue.IsEmpty);
        }

        [TestMethod]
        public void Append_AcrossTheWrap()
        {
            LoopbackQueue queue = new LoopbackQueue(3);
            Append(queue, 1);
            Append(queue, 2);

            for (uint i = 3; i < 12; i++)
            {
                Append(queue, i);
                Assert.IsTrue(queue.IsFull);
                Remove(queue, i - 2);
                Assert.IsFalse(queue.IsFull);
            }
        }

        [TestMethod]
        public void RemoveFirst_LeavesNoPayloadBehind()
        {
            LoopbackQueue queue = new LoopbackQueue(1);
            NetworkPdu pdu = queue.Free;
            pdu.Payload[0] = 1;
            pdu.Payload[NetworkPdu.MaxLength - 1] = 2;
            queue.Append();
            queue.RemoveFirst();

            Assert.AreEqual(0, (int)pdu.Payload[0]);
            Assert.AreEqual(0, (int)pdu.Payload[NetworkPdu.MaxLength - 1]);
        }

        private static void Append(LoopbackQueue queue, uint sequence)
        {
            queue.Free.Sequence = sequence;
            queue.Append();
        }

        private static void Remove(LoopbackQueue queue, uint sequence)
        {
            Assert.AreEqual(sequence, queue.First.Sequence);
            queue.RemoveFirst();
        }
    }
}
