using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    [TestClass]
    public class ProvisioningPduTests
    {
        [TestMethod]
        [DataRow(0, 0, 2)]
        [DataRow(1, 0, 12)]
        [DataRow(2, 0, 6)]
        [DataRow(3, 0, 65)]
        [DataRow(4, 0, 1)]
        [DataRow(5, 0, 17)]
        [DataRow(5, 1, 33)]
        [DataRow(6, 0, 17)]
        [DataRow(6, 1, 33)]
        [DataRow(7, 0, 34)]
        [DataRow(8, 0, 1)]
        [DataRow(9, 0, 2)]
        public void Check_TakesOneLengthOnly(int type, int algorithm, int length)
        {
            byte[] pdu = new byte[80];
            pdu[3] = (byte)type;

            for (int count = 0; count <= 70; count++)
            {
                int expected = count == 0 ? ProvisioningError.InvalidPdu : count == length ? ProvisioningError.None : ProvisioningError.InvalidFormat;
                Assert.AreEqual(expected, ProvisioningPdu.Check(pdu, 3, count, algorithm));
            }
        }

        [TestMethod]
        public void Check_RefusesOtherTypesAndPadding()
        {
            byte[] pdu = new byte[2];

            for (int type = 0x0A; type < 0x100; type++)
            {
                pdu[0] = (byte)type;
                Assert.AreEqual(ProvisioningError.InvalidPdu, ProvisioningPdu.Check(pdu, 0, 2, 0));
            }
        }
    }
}
