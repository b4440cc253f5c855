using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    [TestClass]
    public class ProvisioningStartTests
    {
        [TestMethod]
        [DataRow("0000000000", true)]
        [DataRow("0100000000", true)]
        [DataRow("0200000000", false)]
        [DataRow("ff00000000", false)]
        [DataRow("0001000000", true)]
        [DataRow("0002000000", false)]
        [DataRow("0000000100", false)]
        [DataRow("0000000001", false)]
        [DataRow("0000010000", true)]
        [DataRow("0000010100", false)]
        [DataRow("0000010001", false)]
        [DataRow("0000020001", true)]
        [DataRow("0000020006", true)]
        [DataRow("0000020000", false)]
        [DataRow("0000020007", false)]
        [DataRow("0000020101", false)]
        [DataRow("0000020301", true)]
        [DataRow("0000020401", true)]
        [DataRow("0000020501", false)]
        [DataRow("0000022001", false)]
        [DataRow("0000030001", true)]
        [DataRow("0000030004", true)]
        [DataRow("0000030000", false)]
        [DataRow("0000030005", false)]
        [DataRow("0000030101", false)]
        [DataRow("0000030301", true)]
        [DataRow("0000030401", false)]
        [DataRow("0000032101", false)]
        [DataRow("0000040000", false)]
        [DataRow("0000ff0000", false)]
        public void Decode_TakesWhatIsOffered(string parameters, bool taken)
        {
            ProvisioningStart start = new ProvisioningStart();
            start.Algorithm = 7;
            byte[] octets = Hex.Decode("aa" + parameters);

            Assert.AreEqual(taken, start.Decode(octets, 1, All()));

            if (taken)
            {
                Assert.AreEqual((int)octets[1], start.Algorithm);
                Assert.AreEqual(octets[2] == 1, start.OobPublicKey);
                Assert.AreEqual((int)octets[3], start.Method);
                Assert.AreEqual((int)octets[4], start.Action);
                Assert.AreEqual((int)octets[5], start.OobSize);
            }
            else
            {
                Assert.AreEqual(7, start.Algorithm);
            }
        }

        [TestMethod]
        [DataRow("0000000000")]
        [DataRow("0101000000")]
        [DataRow("0100010000")]
        [DataRow("0100020001")]
        [DataRow("0100030001")]
        public void Decode_RefusesWhatIsNotOffered(string parameters)
        {
            Assert.IsFalse(new ProvisioningStart().Decode(Hex.Decode(parameters), 0, new ProvisioningCapabilities()));
        }

        [TestMethod]
        public void Decode_RefusesNoOobByPolicy()
        {
            ProvisioningCapabilities capabilities = All();
            capabilities.OnlyOob = true;
            Assert.IsFalse(new ProvisioningStart().Decode(Hex.Decode("0000000000"), 0, capabilities));
            Assert.IsTrue(new ProvisioningStart().Decode(Hex.Decode("0000010000"), 0, capabilities));
        }

        private static ProvisioningCapabilities All()
        {
            ProvisioningCapabilities capabilities = new ProvisioningCapabilities();
            capabilities.Algorithms = 3;
            capabilities.OobPrivateKey = Hex.Decode(Exchange.DevicePrivate);
            capabilities.OobPublicKey = Hex.Decode(Exchange.DevicePublic);
            capabilities.StaticOob = new byte[16];
            capabilities.OutputOobSize = 6;
            capabilities.OutputOobActions = 0x19;
            capabilities.InputOobSize = 4;
            capabilities.InputOobActions = 0x09;

            return capabilities;
        }
    }
}
