using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    /// <summary>CVE-2020-26557: an AuthValue is not to be guessed by trying.</summary>
    [TestClass]
    public class AttemptLimitTests
    {
        [TestMethod]
        public void Fail_BlocksFromTheThirdOnForTwiceAsLongEachTime()
        {
            AttemptLimit limit = new AttemptLimit();
            limit.Fail(0);
            limit.Fail(0);
            Assert.IsFalse(limit.IsBlocked(0));
            long now = 0;
            int pause = 10000;

            for (int i = 0; i < 12; i++)
            {
                limit.Fail(now);
                Assert.IsTrue(limit.IsBlocked(now + pause - 1));
                Assert.IsFalse(limit.IsBlocked(now + pause));
                now += pause;
                pause = pause > 1800000 ? 3600000 : 2 * pause;
            }

            Assert.AreEqual(3600000, pause);
            Assert.AreEqual(14, limit.Failures);
        }

        [TestMethod]
        public void Succeed_ForgetsTheFailures()
        {
            AttemptLimit limit = new AttemptLimit();

            for (int i = 0; i < 5; i++)
            {
                limit.Fail(0);
            }

            limit.Succeed();
            Assert.IsFalse(limit.IsBlocked(0));
            limit.Fail(0);
            limit.Fail(0);
            Assert.IsFalse(limit.IsBlocked(0));
            limit.Fail(0);
            Assert.IsTrue(limit.IsBlocked(9999));
            Assert.IsFalse(limit.IsBlocked(10000));
        }
    }
}
