using System;
using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    [TestClass]
    public class ProvisioningCapabilitiesTests
    {
        [TestMethod]
        public void Encode_WritesOneFieldAfterTheOther()
        {
            ProvisioningCapabilities capabilities = new ProvisioningCapabilities();
            byte[] octets = new byte[13];
            Assert.AreEqual(11, capabilities.Encode(octets, 1));
            Assert.AreEqual("00010002000000000000000000", Hex.Encode(octets));

            // Of another implementation's test.
            capabilities.Algorithms = 3;
            capabilities.OobPrivateKey = Hex.Decode(Exchange.DevicePrivate);
            capabilities.OobPublicKey = Hex.Decode(Exchange.DevicePublic);
            capabilities.StaticOob = new byte[16];
            capabilities.OutputOobSize = 8;
            capabilities.OutputOobActions = 9;
            capabilities.InputOobSize = 5;
            capabilities.InputOobActions = 2;
            capabilities.Encode(octets, 1);
            Assert.AreEqual("00010003010108000905000200", Hex.Encode(octets));
            Assert.IsTrue(capabilities.IsValid);

            capabilities.OnlyOob = true;
            capabilities.Encode(octets, 1);
            Assert.AreEqual((byte)3, octets[5]);
        }

        [TestMethod]
        [DataRow(0, 2, 0, 0, 0, 0, false, false)]
        [DataRow(255, 2, 0, 0, 0, 0, false, true)]
        [DataRow(256, 2, 0, 0, 0, 0, false, false)]
        [DataRow(1, 0, 0, 0, 0, 0, false, false)]
        [DataRow(1, 4, 0, 0, 0, 0, false, false)]
        [DataRow(1, 1, 8, 0x1F, 8, 0x0F, false, true)]
        [DataRow(1, 1, 9, 0x1F, 0, 0, false, false)]
        [DataRow(1, 1, 8, 0x20, 0, 0, false, false)]
        [DataRow(1, 1, 0, 0x01, 0, 0, false, false)]
        [DataRow(1, 1, 1, 0, 0, 0, false, false)]
        [DataRow(1, 1, 0, 0, 9, 1, false, false)]
        [DataRow(1, 1, 0, 0, 8, 0x10, false, false)]
        [DataRow(1, 1, 0, 0, 0, 0, true, false)]
        [DataRow(1, 1, 1, 1, 0, 0, true, true)]
        public void IsValid_ChecksWhatIsOfferedTogether(
            int elements, int algorithms, int outputSize, int outputActions, int inputSize, int inputActions, bool onlyOob, bool valid)
        {
            ProvisioningCapabilities capabilities = new ProvisioningCapabilities();
            capabilities.Elements = elements;
            capabilities.Algorithms = algorithms;
            capabilities.OutputOobSize = outputSize;
            capabilities.OutputOobActions = outputActions;
            capabilities.InputOobSize = inputSize;
            capabilities.InputOobActions = inputActions;
            capabilities.OnlyOob = onlyOob;
            Assert.AreEqual(valid, capabilities.IsValid);
        }

        [TestMethod]
        public void IsValid_ChecksTheKeys()
        {
            ProvisioningCapabilities capabilities = new ProvisioningCapabilities();
            capabilities.OobPrivateKey = Hex.Decode(Exchange.DevicePrivate);
            Assert.IsFalse(capabilities.IsValid);
            capabilities.OobPublicKey = Hex.Decode(Exchange.DevicePublic);
            Assert.IsTrue(capabilities.IsValid);
            capabilities.OobPublicKey[63] ^= 1;
            Assert.IsFalse(capabilities.IsValid);
            capabilities.OobPublicKey = new byte[63];
            Assert.IsFalse(capabilities.IsValid);
            capabilities.OobPublicKey = Hex.Decode(Exchange.DevicePublic);
            capabilities.OobPrivateKey = new byte[32];
            Assert.IsFalse(capabilities.IsValid);
            Assert.ThrowsException(typeof(ArgumentException), () => new Provisionee(capabilities, null, null, null));
        }
    }
}
