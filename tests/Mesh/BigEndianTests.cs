using nanoFramework.TestFramework;

namespace MeshNode
{
    [TestClass]
    public class BigEndianTests
    {
        [TestMethod]
        public void ReadAndWrite_MostSignificantOctetFirst()
        {
            byte[] buffer = new byte[8];
            BigEndian.WriteUInt16(buffer, 1, 0x12FE);
            BigEndian.WriteUInt32(buffer, 3, 0xFEDCBA98);

            Assert.AreEqual("0012fefedcba9800", Hex.Encode(buffer));
            Assert.AreEqual(0x12FE, BigEndian.ReadUInt16(buffer, 1));
            Assert.AreEqual(0xFEDCBA98u, BigEndian.ReadUInt32(buffer, 3));
            Assert.AreEqual(0xFFFF, BigEndian.ReadUInt16(new byte[] { 0xFF, 0xFF }, 0));
        }
    }
}
