using nanoFramework.TestFramework;

namespace MeshNode.Proxy
{
    [TestClass]
    public class ProxyConfigurationMessageTests
    {
        // The octets of parameters that each opcode takes: from, to, in steps of.
        [TestMethod]
        [DataRow(ProxyConfigurationMessage.SetFilterType, 1, 1, 1)]
        [DataRow(ProxyConfigurationMessage.AddAddresses, 0, 10, 2)]
        [DataRow(ProxyConfigurationMessage.RemoveAddresses, 0, 10, 2)]
        [DataRow(ProxyConfigurationMessage.FilterStatus, 3, 3, 1)]
        [DataRow(ProxyConfigurationMessage.DirectedProxyCapabilitiesStatus, 2, 2, 1)]
        [DataRow(ProxyConfigurationMessage.DirectedProxyControl, 0, 11, 1)]
        public void Validate_RefusesEachWrongLength(int opcode, int least, int most, int step)
        {
            byte[] message = new byte[14];
            message[2] = (byte)opcode;

            for (int parameters = 0; parameters < 12; parameters++)
            {
                bool valid = parameters >= least && parameters <= most && (parameters - least) % step == 0;

                Check(valid ? ProxyVerdict.Accepted : ProxyVerdict.Parameters, message, parameters + 1);
            }
        }

        [TestMethod]
        public void Validate_RefusesAnEmptyMessage()
        {
            Check(ProxyVerdict.Parameters, new byte[14], 0);
        }

        [TestMethod]
        [DataRow(ProxyConfigurationMessage.SetFilterType, 2)]
        [DataRow(ProxyConfigurationMessage.FilterStatus, 4)]
        public void Validate_RefusesProhibitedFilterTypes(int opcode, int count)
        {
            byte[] message = new byte[6];
            message[2] = (byte)opcode;

            for (int type = 0; type < 256; type++)
            {
                message[3] = (byte)type;
                Check(type < 2 ? ProxyVerdict.Accepted : ProxyVerdict.Parameters, message, count);
            }
        }

        [TestMethod]
        public void Validate_KnowsNoOtherOpcodes()
        {
            byte[] message = new byte[14];

            for (int opcode = 6; opcode < 256; opcode++)
            {
                message[2] = (byte)opcode;
                Check(ProxyVerdict.Opcode, message, 3);
            }
        }

        [TestMethod]
        [DataRow(0, 0, "03000000")]
        [DataRow(1, 0x0102, "03010102")]
        [DataRow(0, 64, "03000040")]
        public void EncodeFilterStatus_WritesTypeAndSize(int type, int size, string expected)
        {
            byte[] message = Hex.Decode("ffffffffff");

            Assert.AreEqual(4, ProxyConfigurationMessage.EncodeFilterStatus(type, size, message));
            Assert.AreEqual(expected + "ff", Hex.Encode(message));
        }

        private static void Check(ProxyVerdict expected, byte[] message, int count)
        {
            Assert.AreEqual((int)expected, (int)ProxyConfigurationMessage.Validate(message, 2, count));
        }
    }
}
