using nanoFramework.TestFramework;

namespace MeshNode.Network
{
    [TestClass]
    public class AddressTests
    {
        [TestMethod]
        [DataRow(0x0000, false)]
        [DataRow(0x0001, true)]
        [DataRow(0x7FFF, true)]
        [DataRow(0x8000, false)]
        [DataRow(0xC000, false)]
        [DataRow(0xFFFF, false)]
        public void IsUnicast_FromOneTo7FFF(int address, bool expected)
        {
            Assert.AreEqual(expected, Address.IsUnicast(address));
        }
    }
}
