using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Proxy
{
    [TestClass]
    public class ProxyFilterTests
    {
        [TestMethod]
        public void New_IsAnEmptyAcceptList()
        {
            Check(new ProxyFilter(), ProxyFilter.AcceptList, 0);
        }

        [TestMethod]
        [DataRow(0x0001)]
        [DataRow(0x7FFF)]
        [DataRow(0x8000)]
        [DataRow(0xB529)]
        [DataRow(0xBFFF)]
        [DataRow(0xC000)]
        [DataRow(Address.AllProxies)]
        public void Accepts_WhatTheListSays(int address)
        {
            ProxyFilter filter = new ProxyFilter();

            Assert.IsFalse(filter.Accepts(address));
            filter.Add(address);
            Assert.IsTrue(filter.Accepts(address));
            Assert.IsFalse(filter.Accepts(address ^ 1));
            filter.Remove(address);
            Assert.IsFalse(filter.Accepts(address));

            filter.SetType(ProxyFilter.RejectList);
            Assert.IsTrue(filter.Accepts(address));
            filter.Add(address);
            Assert.IsFalse(filter.Accepts(address));
            Assert.IsTrue(filter.Accepts(address ^ 1));
            filter.Remove(address);
            Assert.IsTrue(filter.Accepts(address));
        }

        [TestMethod]
        public void Accepts_AllNodesUnlessRejected()
        {
            ProxyFilter filter = new ProxyFilter();

            Assert.IsTrue(filter.Accepts(Address.AllNodes));
            Assert.IsFalse(filter.Accepts(Address.AllRelays));
            filter.Add(Address.AllNodes);
            filter.Remove(Address.AllNodes);
            Assert.IsTrue(filter.Accepts(Address.AllNodes));

            filter.SetType(ProxyFilter.RejectList);
            Assert.IsTrue(filter.Accepts(Address.AllNodes));
            filter.Add(Address.AllNodes);
            Assert.IsFalse(filter.Accepts(Address.AllNodes));
        }

        [TestMethod]
        public void Add_IgnoresDuplicatesAndTheUnassignedAddress()
        {
            ProxyFilter filter = new ProxyFilter();

            filter.Add(0x1201);
            filter.Add(0x1201);
            filter.Add(Address.Unassigned);

            Check(filter, ProxyFilter.AcceptList, 1);
            Assert.IsFalse(filter.Accepts(Address.Unassigned));
        }

        [TestMethod]
        public void Remove_IgnoresWhatIsNotThere()
        {
            ProxyFilter filter = new ProxyFilter();

            filter.Remove(0x1201);
            filter.Add(0x1201);
            filter.Remove(0x1202);
            filter.Remove(Address.Unassigned);
            Check(filter, ProxyFilter.AcceptList, 1);
            filter.Remove(0x1201);
            filter.Remove(0x1201);
            Check(filter, ProxyFilter.AcceptList, 0);
        }

        [TestMethod]
        public void Add_CountsWhatFindsTheListFull()
        {
            ProxyFilter filter = new ProxyFilter();

            // Neither in ascending nor in descending order.
            for (int i = 0; i < ProxyFilter.Capacity; i++)
            {
                filter.Add(0xC000 + ((i * 37) & 63));
                Check(filter, ProxyFilter.AcceptList, i + 1);
            }

            filter.Add(0xC005);
            Assert.AreEqual(0u, filter.Overflows);
            filter.Add(0xC040);
            filter.Learn(0x1201);
            Assert.AreEqual(2u, filter.Overflows);
            Assert.AreEqual(64, filter.Count);
            Assert.IsFalse(filter.Accepts(0xC040));
            Assert.IsFalse(filter.Accepts(0x1201));

            for (int i = 0; i < ProxyFilter.Capacity; i++)
            {
                Assert.IsTrue(filter.Accepts(0xC000 + i));
            }

            filter.Remove(0xC000);
            filter.Add(0xC040);
            Assert.IsTrue(filter.Accepts(0xC040));
            Assert.AreEqual(64, filter.Count);

            filter.Reset();
            Check(filter, ProxyFilter.AcceptList, 0);
            Assert.AreEqual(2u, filter.Overflows);
        }

        [TestMethod]
        public void Learn_LetsAnswersReachTheClient()
        {
            ProxyFilter filter = new ProxyFilter();

            filter.Learn(0x1201);
            filter.Learn(0x1201);
            Check(filter, ProxyFilter.AcceptList, 1);
            Assert.IsTrue(filter.Accepts(0x1201));

            filter.SetType(ProxyFilter.RejectList);
            filter.Add(0x1201);
            filter.Learn(0x1201);
            Check(filter, ProxyFilter.RejectList, 0);
            Assert.IsTrue(filter.Accepts(0x1201));
        }

        [TestMethod]
        [DataRow(ProxyFilter.AcceptList)]
        [DataRow(ProxyFilter.RejectList)]
        public void SetType_EmptiesTheListAlsoWhenItIsTheSameType(int type)
        {
            ProxyFilter filter = new ProxyFilter();

            filter.SetType(type);
            filter.Add(0x1201);
            filter.Add(0xC000);
            filter.SetType(type);

            Check(filter, type, 0);
        }

        private static void Check(ProxyFilter filter, int type, int count)
        {
            Assert.AreEqual(type, filter.Type);
            Assert.AreEqual(count, filter.Count);
        }
    }
}
