using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    [TestClass]
    public class ReplayProtectionListTests
    {
        [TestMethod]
        public void Check_ChangesNothing()
        {
            ReplayProtectionList list = new ReplayProtectionList(1);

            Check(ReplayVerdict.Fresh, list, 0x0001, 0, 5);
            Check(ReplayVerdict.Fresh, list, 0x0002, 0, 5);
            Check(ReplayVerdict.Fresh, list, 0x0001, 0, 5);

            Assert.AreEqual(0, list.Count);
        }

        [TestMethod]
        public void Check_RefusesWhatIsNotNewer()
        {
            ReplayProtectionList list = new ReplayProtectionList(2);
            list.Commit(0x0001, 7, 5);

            Check(ReplayVerdict.Replayed, list, 0x0001, 7, 0);
            Check(ReplayVerdict.Replayed, list, 0x0001, 7, 4);
            Check(ReplayVerdict.Replayed, list, 0x0001, 7, 5);
            Check(ReplayVerdict.Fresh, list, 0x0001, 7, 6);
            Check(ReplayVerdict.Fresh, list, 0x0001, 7, 0xFFFFFF);
            Check(ReplayVerdict.Fresh, list, 0x0002, 7, 0);
        }

        [TestMethod]
        public void Check_ComparesTheIvIndexFirst()
        {
            ReplayProtectionList list = new ReplayProtectionList(1);
            list.Commit(0x0001, 7, 0xFFFFFF);

            Check(ReplayVerdict.Replayed, list, 0x0001, 6, 0xFFFFFF);
            Check(ReplayVerdict.Fresh, list, 0x0001, 8, 0);

            list.Commit(0x0001, 8, 0);

            Check(ReplayVerdict.Replayed, list, 0x0001, 7, 0xFFFFFF);
            Check(ReplayVerdict.Replayed, list, 0x0001, 8, 0);
            Check(ReplayVerdict.Fresh, list, 0x0001, 8, 1);
        }

        [TestMethod]
        public void Check_HoldsUpToTheLastIvIndex()
        {
            ReplayProtectionList list = new ReplayProtectionList(1);
            list.Commit(0x0001, 0x7FFFFFFF, 0xFFFFFF);

            Check(ReplayVerdict.Fresh, list, 0x0001, 0x80000000, 0);

            list.Commit(0x0001, 0xFFFFFFFF, 0xFFFFFE);

            Check(ReplayVerdict.Replayed, list, 0x0001, 0x80000000, 0xFFFFFF);
            Check(ReplayVerdict.Fresh, list, 0x0001, 0xFFFFFFFF, 0xFFFFFF);
        }

        [TestMethod]
        public void Check_RefusesUnknownSourcesWhenFull()
        {
            ReplayProtectionList list = new ReplayProtectionList(3);
            list.Commit(0x0005, 0, 1);
            list.Commit(0x0003, 0, 2);

            Check(ReplayVerdict.Fresh, list, 0x0004, 0, 3);

            list.Commit(0x0004, 0, 3);

            Assert.AreEqual(3, list.Count);
            Check(ReplayVerdict.Full, list, 0x0001, 0, 4);
            Check(ReplayVerdict.Full, list, 0x0006, 9, 4);
            Check(ReplayVerdict.Replayed, list, 0x0003, 0, 2);
            Check(ReplayVerdict.Fresh, list, 0x0003, 0, 3);
            Check(ReplayVerdict.Replayed, list, 0x0005, 0, 1);
            Check(ReplayVerdict.Fresh, list, 0x0005, 0, 2);
            Check(ReplayVerdict.Replayed, list, 0x0004, 0, 3);
        }

        [TestMethod]
        public void Commit_KeepsEachSourceItsOwn()
        {
            ReplayProtectionList list = new ReplayProtectionList(32);

            for (int i = 0; i < 32; i++)
            {
                int source = (i * 13) % 32 + 1;
                list.Commit(source, 1, (uint)(100 + source));
            }

            for (int source = 1; source <= 32; source++)
            {
                Check(ReplayVerdict.Replayed, list, source, 1, (uint)(100 + source));
                Check(ReplayVerdict.Fresh, list, source, 1, (uint)(101 + source));
            }
        }

        [TestMethod]
        public void Clear_ForgetsAllSources()
        {
            ReplayProtectionList list = new ReplayProtectionList(1);
            list.Commit(0x0001, 1, 1);
            list.Clear();

            Assert.AreEqual(0, list.Count);
            Check(ReplayVerdict.Fresh, list, 0x0001, 0, 0);
            Check(ReplayVerdict.Fresh, list, 0x0002, 0, 0);
        }

        private static void Check(ReplayVerdict expected, ReplayProtectionList list, int source, uint ivIndex, uint sequence)
        {
            Assert.AreEqual((int)expected, (int)list.Check(source, ivIndex, sequence));
        }
    }
}
