using nanoFramework.TestFramework;

namespace MeshNode.Models.Foundation
{
    /// <summary>Key indexes in lists and pairs.</summary>
    [TestClass]
    public class KeyIndexesTests
    {
        [TestMethod]
        [DataRow("563412", 0x456, 0x123)]
        [DataRow("236145", 0x123, 0x456)]
        [DataRow("ff1f00", 0xFFF, 0x001)]
        [DataRow("01f0ff", 0x001, 0xFFF)]
        [DataRow("abcdef", 0xDAB, 0xEFC)]
        public void Pair_IsWrittenAndRead(string octets, int first, int second)
        {
            byte[] list = new byte[3];

            int end = KeyIndexes.Append(second, list, 0, KeyIndexes.Append(first, list, 0, 0));

            Assert.AreEqual(3, end);
            Assert.AreEqual(octets, Hex.Encode(list));
            Assert.AreEqual(first, KeyIndexes.First(list, 0));
            Assert.AreEqual(second, KeyIndexes.Second(list, 0));
        }

        [TestMethod]
        public void Append_WritesAnOddListAsPairsAndOne()
        {
            byte[] list = new byte[8];
            int end = KeyIndexes.Append(0x123, list, 2, 2);
            end = KeyIndexes.Append(0x456, list, 2, end);
            end = KeyIndexes.Append(0x789, list, 2, end);

            Assert.AreEqual("2361458907", Hex.Encode(list, 2, end - 2));
        }
    }
}
