using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    [TestClass]
    public class GenericProvisioningPduTests
    {
        private const uint LinkId = 0x23AF5850;
        private const string Link = "23af5850";

        [TestMethod]
        [DataRow(0, 2, "23af585002080041d1032c31a47b5779809ef44cb5eaaf5c3e43d5f8fa")]
        [DataRow(1, 2, "23af58500206ad4a8794cb987e9b03745c78dd919512183898dfbecd52")]
        [DataRow(2, 2, "23af5850020ae2408e43871fd021109117bd3ed4eaf8437743715d4f")]
        public void EncodeSegment_WritesSample_8_7_6(int segment, int transaction, string expected)
        {
            byte[] pdu = Hex.Decode(Exchange.ProvisionerKeyPdu);
            byte[] octets = new byte[29];
            int count = GenericProvisioningPdu.EncodeSegment(LinkId, transaction, pdu, pdu.Length, segment, octets);
            Assert.AreEqual(expected, Hex.Encode(octets, 0, count));
        }

        [TestMethod]
        [DataRow(Exchange.InvitePdu, 0x14)]
        [DataRow(Exchange.CmacCapabilitiesPdu, 0xD6)]
        [DataRow(Exchange.DeviceKeyPdu, 0x10)]
        [DataRow(Exchange.CompletePdu, 0x3E)]
        public void ComputeFcs_MatchesTheSamples(string pdu, int fcs)
        {
            Assert.AreEqual(fcs, GenericProvisioningPdu.ComputeFcs(Hex.Decode(pdu), pdu.Length / 2));
        }

        [TestMethod]
        public void Encode_WritesControlMessages()
        {
            byte[] octets = new byte[29];
            Assert.AreEqual("23af5850000370cf7c9732a345b691494810d2e9cbf4",
                Hex.Encode(octets, 0, GenericProvisioningPdu.EncodeLinkOpen(LinkId, Hex.Decode(Exchange.Uuid), octets)));
            Assert.AreEqual("23af58500007", Hex.Encode(octets, 0, GenericProvisioningPdu.EncodeLinkAck(LinkId, octets)));
            Assert.AreEqual("23af58500001", Hex.Encode(octets, 0, GenericProvisioningPdu.EncodeAcknowledgment(LinkId, 0, octets)));
            Assert.AreEqual("23af5850000b02", Hex.Encode(octets, 0, GenericProvisioningPdu.EncodeLinkClose(LinkId, 2, octets)));
        }

        [TestMethod]
        [DataRow(1, 0, 1)]
        [DataRow(20, 0, 20)]
        [DataRow(21, 1, 1)]
        [DataRow(43, 1, 23)]
        [DataRow(44, 2, 1)]
        [DataRow(65, 2, 22)]
        [DataRow(66, 2, 23)]
        [DataRow(67, 3, 1)]
        public void LastSegment_HasTheRest(int length, int segment, int size)
        {
            Assert.AreEqual(segment, GenericProvisioningPdu.LastSegment(length));
            Assert.AreEqual(size, GenericProvisioningPdu.SegmentSize(length, segment));
            Assert.AreEqual(length, GenericProvisioningPdu.SegmentOffset(segment) + size);
        }

        // Every length of each kind of PDU, with the one or the many that it can have.
        [TestMethod]
        [DataRow("000005ff", 14, 14)]
        [DataRow("000014ff", 29, 29)]
        [DataRow("040015ff", 29, 29)]
        [DataRow("01", 6, 6)]
        [DataRow("06", 7, 29)]
        [DataRow("fe", 7, 29)]
        [DataRow("03", 22, 22)]
        [DataRow("07", 6, 6)]
        [DataRow("0b", 7, 7)]
        public void Decode_ChecksTheLength(string start, int least, int most)
        {
            byte[] octets = new byte[48];
            Hex.Decode(Link + "07" + start).CopyTo(octets, 2);
            GenericProvisioningPdu pdu = new GenericProvisioningPdu();

            for (int count = 0; count <= 40; count++)
            {
                bool expected = count >= least && count <= most;
                Assert.AreEqual(expected, pdu.Decode(octets, 2, count));
            }
        }

        [TestMethod]
        [DataRow("050000000000")]
        [DataRow("fd")]
        [DataRow("0f00")]
        [DataRow("ff")]
        [DataRow("02aa")]
        [DataRow("00000000ff")]
        [DataRow("00000000ff00")]
        [DataRow("04000014ff0102030405060708090a0b0c0d0e0f1011121314")]
        [DataRow("00000015ff0102030405060708090a0b0c0d0e0f1011121314")]
        [DataRow("0000000a000102030405")]
        [DataRow("040028000102030405")]
        [DataRow("fcffffff0102030405060708090a0b0c0d0e0f101112131415")]
        public void Decode_RefusesContradictions(string generic)
        {
            byte[] octets = Hex.Decode(Link + "00" + generic);
            Assert.IsFalse(new GenericProvisioningPdu().Decode(octets, 0, octets.Length));
        }

        [TestMethod]
        public void Decode_ReadsTheFields()
        {
            GenericProvisioningPdu pdu = new GenericProvisioningPdu();
            byte[] octets = Hex.Decode("ee23af585081080041d1032c31a47b5779809ef44cb5eaaf5c3e43d5f8fa");
            Assert.IsTrue(pdu.Decode(octets, 1, octets.Length - 1));
            Assert.IsTrue(pdu.LinkId == LinkId);
            Assert.AreEqual(0x81, pdu.Transaction);
            Assert.AreEqual(GenericProvisioningPdu.Start, pdu.Format);
            Assert.AreEqual(2, pdu.Number);
            Assert.AreEqual(65, pdu.TotalLength);
            Assert.AreEqual(0xD1, pdu.Fcs);
            Assert.AreEqual(10, pdu.DataOffset);
            Assert.AreEqual(20, pdu.DataCount);
        }
    }
}
