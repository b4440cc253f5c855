using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    [TestClass]
    public class LoopbackQueueTests
    {
        private static readonly Subnet s_subnet = new SubnetTable(1).Add(0, new NetworkKey(new byte[NetworkKey.Size]));

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
        [DataRow(false, 0x7F, 16)]
        [DataRow(true, 0, 1)]
        public void CopyFirst_GivesWhatWasAppended(bool control, int ttl, int count)
        {
            LoopbackQueue queue = new LoopbackQueue(2);
            NetworkPdu pdu = new NetworkPdu();
            byte[] transport = new byte[20];
            transport[2] = 0x12;
            transport[1 + count] = 0x34;
            queue.Append(s_subnet, 0xFEDCBA98, control, ttl, 0xABCDEF, 0x7FFE, 0xC123, transport, 2, count);
            queue.CopyFirst(pdu);

            Assert.AreSame(s_subnet, queue.FirstSubnet);
            Assert.AreEqual(NetworkInterface.Local, pdu.Interface);
            Assert.AreSame(s_subnet, pdu.Subnet);
            Assert.AreSame(s_subnet.Key, pdu.Key);
            Assert.AreEqual(0xFEDCBA98u, pdu.IvIndex);
            Assert.AreEqual(control, pdu.Control);
            Assert.AreEqual(ttl, pdu.Ttl);
            Assert.AreEqual(0xABCDEFu, pdu.Sequence);
            Assert.AreEqual(0x7FFE, pdu.Source);
            Assert.AreEqual(0xC123, pdu.Destination);
            Assert.AreEqual(count, pdu.TransportLength);
            Assert.AreEqual(0xC1, (int)pdu.Payload[0]);
            Assert.AreEqual(0x23, (int)pdu.Payload[1]);
            Assert.AreEqual((int)transport[2], (int)pdu.Payload[2]);
            Assert.AreEqual((int)transport[1 + count], (int)pdu.Payload[1 + count]);
        }

        private static void Append(LoopbackQueue queue, uint sequence)
        {
            queue.Append(s_subnet, 0, false, 1, sequence, 1, 1, new byte[1], 0, 1);
        }

        private static void Remove(LoopbackQueue queue, uint sequence)
        {
            NetworkPdu pdu = new NetworkPdu();
            queue.CopyFirst(pdu);
            Assert.AreEqual(sequence, pdu.Sequence);
            queue.RemoveFirst();
        }
    }
}
