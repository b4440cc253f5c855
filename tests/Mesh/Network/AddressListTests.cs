using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    [TestClass]
    public class AddressListTests
    {
        [TestMethod]
        public void Find_TellsThePlaceOrWhereToInsert()
        {
            AddressList list = Filled(0xC000, 0x0002, 0xFFFF, 0x0001);

            Assert.AreEqual(0, list.Find(0x0001));
            Assert.AreEqual(1, list.Find(0x0002));
            Assert.AreEqual(2, list.Find(0xC000));
            Assert.AreEqual(3, list.Find(0xFFFF));
            Assert.AreEqual(~0, list.Find(0x0000));
            Assert.AreEqual(~2, list.Find(0x0003));
            Assert.AreEqual(~3, list.Find(0xC001));
        }

        [TestMethod]
        public void Find_InAnEmptyListAndBehindTheLast()
        {
            AddressList list = new AddressList(2);

            Assert.AreEqual(~0, list.Find(0x0001));

            list.InsertAt(0, 0x0001);

            Assert.AreEqual(~1, list.Find(0x0002));
        }

        [TestMethod]
        public void InsertAt_KeepsAscendingOrderUntilFull()
        {
            AddressList list = new AddressList(40);

            for (int i = 0; i < 40; i++)
            {
                Assert.IsFalse(list.IsFull);
                int address = (i * 23) % 40 + 1;
                list.InsertAt(~list.Find(address), address);
            }

            Assert.IsTrue(list.IsFull);
            Assert.AreEqual(40, list.Count);

            for (int i = 0; i < 40; i++)
            {
                Assert.AreEqual(i, list.Find(i + 1));
            }

            Assert.AreEqual(~40, list.Find(41));
        }

        [TestMethod]
        public void RemoveAt_ClosesTheGap()
        {
            AddressList list = Filled(1, 2, 3, 4);

            list.RemoveAt(3);
            list.RemoveAt(0);

            Assert.AreEqual(2, list.Count);
            Assert.AreEqual(0, list.Find(2));
            Assert.AreEqual(1, list.Find(3));
            Assert.AreEqual(~2, list.Find(4));
        }

        [TestMethod]
        public void Clear_MakesRoom()
        {
            AddressList list = Filled(1, 2, 3, 4);

            Assert.IsTrue(list.IsFull);

            list.Clear();

            Assert.AreEqual(0, list.Count);
            Assert.IsFalse(list.IsFull);
            Assert.AreEqual(~0, list.Find(1));
        }

        private static AddressList Filled(int a, int b, int c, int d)
        {
            AddressList list = new AddressList(4);
            list.InsertAt(~list.Find(a), a);
            list.InsertAt(~list.Find(b), b);
            list.InsertAt(~list.Find(c), c);
            list.InsertAt(~list.Find(d), d);

            return list;
        }
    }
}
