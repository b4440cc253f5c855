using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    [TestClass]
    public class DuplicateCacheTests
    {
        private const int Entries = 32;

        [TestMethod]
        public void Contains_WhatWasAdded()
        {
            DuplicateCache cache = new DuplicateCache();

            Assert.IsFalse(Contains(cache, 0x01020304));

            Add(cache, 0x01020304);

            Assert.IsTrue(Contains(cache, 0x01020304));
        }

        [TestMethod]
        public void Contains_ComparesSequenceAndSource()
        {
            DuplicateCache cache = new DuplicateCache();
            byte[] pdu = Pdu(0x81A2C3E4);
            cache.Add(pdu, 1);

            for (int i = 1; i < pdu.Length; i++)
            {
                for (int bit = 1; bit < 0x100; bit <<= 1)
                {
                    pdu[i] ^= (byte)bit;
                    Assert.AreEqual(i < 4 || i > 7, cache.Contains(pdu, 1));
                    pdu[i] ^= (byte)bit;
                }
            }

            Assert.IsTrue(cache.Contains(pdu, 1));
        }

        [TestMethod]
        public void Add_KeepsThirtyTwoWithDifferentPlaces()
        {
            DuplicateCache cache = new DuplicateCache();

            for (uint i = 0; i < Entries; i++)
            {
                Add(cache, 0xFFFFFF00 | i);
            }

            for (uint i = 0; i < Entries; i++)
            {
                Assert.IsTrue(Contains(cache, 0xFFFFFF00 | i));
            }
        }

        [TestMethod]
        public void Add_DisplacesTheOlderInThatPlace()
        {
            DuplicateCache cache = new DuplicateCache();
            Add(cache, 0x00000105);
            Add(cache, 0x00000107);
            Add(cache, 0x00000105 + Entries);

            Assert.IsFalse(Contains(cache, 0x00000105));
            Assert.IsTrue(Contains(cache, 0x00000105 + Entries));
            Assert.IsTrue(Contains(cache, 0x00000107));
        }

        [TestMethod]
        public void Remove_TakesOneOut()
        {
            DuplicateCache cache = new DuplicateCache();
            Add(cache, 0x00000105);
            Add(cache, 0x00000106);
            cache.Remove(Pdu(0x00000105), 1);

            Assert.IsFalse(Contains(cache, 0x00000105));
            Assert.IsTrue(Contains(cache, 0x00000106));
        }

        // A PDU from the second octet on, with these last two octets of SEQ, and SRC.
        private static byte[] Pdu(uint header)
        {
            byte[] pdu = new byte[15];
            BigEndian.WriteUInt32(pdu, 4, header);

            return pdu;
        }

        private static void Add(DuplicateCache cache, uint header)
        {
            cache.Add(Pdu(header), 1);
        }

        private static bool Contains(DuplicateCache cache, uint header)
        {
            return cache.Contains(Pdu(header), 1);
        }
    }
}
