using nanoFramework.TestFramework;

namespace MeshNode.Crypto
{
    [TestClass]
    public class ConstantTimeTests
    {
        [TestMethod]
        public void Equal_SeesEveryBit()
        {
            byte[] a = Hex.Decode("ee0123456789abcdef");
            byte[] b = Hex.Decode("0123456789abcdefaa");

            Assert.IsTrue(ConstantTime.Equal(a, 1, b, 0, 8));

            for (int bit = 0; bit < 64; bit++)
            {
                b[bit >> 3] ^= (byte)(1 << (bit & 7));
                Assert.IsFalse(ConstantTime.Equal(a, 1, b, 0, 8));
                b[bit >> 3] ^= (byte)(1 << (bit & 7));
            }
        }

        [TestMethod]
        public void Equal_LooksAtNothingElse()
        {
            byte[] a = Hex.Decode("ee0123456789abcdef");
            byte[] b = Hex.Decode("0123456789abcdefaa");

            Assert.IsTrue(ConstantTime.Equal(a, 1, b, 0, 7));
            Assert.IsFalse(ConstantTime.Equal(a, 0, b, 0, 1));
            Assert.IsTrue(ConstantTime.Equal(a, 0, b, 0, 0));
        }
    }
}
