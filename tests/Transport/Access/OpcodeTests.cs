using nanoFramework.TestFramework;

namespace MeshNode.Access
{
    [TestClass]
    public class OpcodeTests
    {
        // Section 3.7.2.1.
        [TestMethod]
        [DataRow("00", 1, 0x00)]
        [DataRow("04ff", 1, 0x04)]
        [DataRow("7e", 1, 0x7E)]
        [DataRow("8000", 2, 0x8000)]
        [DataRow("8201aa", 2, 0x8201)]
        [DataRow("bfff", 2, 0xBFFF)]
        [DataRow("c05900", 3, 0xC00059)]
        [DataRow("d50a00486f", 3, 0xD5000A)]
        [DataRow("ffffff", 3, 0xFFFFFF)]
        public void DecodeAndEncode(string payload, int size, int opcode)
        {
            byte[] octets = Hex.Decode(payload);
            byte[] encoded = new byte[3];

            Assert.AreEqual(size, Opcode.Size(octets, 0, octets.Length));
            Assert.AreEqual(opcode, Opcode.Decode(octets, 0, size));
            Assert.AreEqual(size, Opcode.Encode(opcode, encoded));
            Assert.AreEqual(payload.Substring(0, 2 * size), Hex.Encode(encoded, 0, size));
        }

        [TestMethod]
        [DataRow("7f")]
        [DataRow("7f01")]
        [DataRow("80")]
        [DataRow("bf")]
        [DataRow("c0")]
        [DataRow("c059")]
        [DataRow("ffff")]
        public void Size_IsZeroForWhatIsNoOpcode(string payload)
        {
            byte[] octets = Hex.Decode(payload);

            Assert.AreEqual(0, Opcode.Size(octets, 0, octets.Length));
            Assert.AreEqual(0, Opcode.Size(octets, 0, 0));
        }

        [TestMethod]
        public void Vendor_PutsTheCompanyBehind()
        {
            Assert.AreEqual(0xC50059, Opcode.Vendor(0x05, 0x0059));
        }
    }
}
