using nanoFramework.TestFramework;

namespace MeshNode.LowerTransport
{
    [TestClass]
    public class LowerTransportPduTests
    {
        // Sections 8.3.6 and 8.3.24, and a third-party sample with a last segment of 5 octets.
        [TestMethod]
        [DataRow(0x00, false, 0x3129AB, "ee9dddfd2169326d23f3afdfcfdc18c52fdef772e0e17308", "8026ac01ee9dddfd2169326d23f3afdf 8026ac21cfdc18c52fdef772e0e17308")]
        [DataRow(0x66, true, 0x07080D, "c3c51d8e476b28e3aa5001f31c01cea6", "e6a03401c3c51d8e476b28e3aa5001f3 e6a034211c01cea6")]
        [DataRow(0x00, true, 0x3129AB, "3008177a35ada597ba2ad9a47785110a8afb1ae2fcd561fd4e48e5be9e", "80a6ac023008177a35ada597ba2ad9a4 80a6ac227785110a8afb1ae2fcd561fd 80a6ac424e48e5be9e")]
        public void EncodeSegment_MatchesTheSamples(int header, bool szmic, int sequence, string upper, string segments)
        {
            byte[] octets = Hex.Decode(upper);
            string[] expected = segments.Split(' ');

            for (int i = 0; i < expected.Length; i++)
            {
                Check(expected[i], header, szmic, sequence & LowerTransportPdu.SeqZeroMask, i, expected.Length - 1, octets, LowerTransportPdu.AccessSegmentSize);
            }
        }

        [TestMethod]
        public void EncodeSegment_KeepsFieldsApart()
        {
            byte[] upper = new byte[384];
            upper[383] = 0x55;

            Check("bf7ffc00000000000000000000000000", 0x3F, false, 0x1FFF, 0, 0, upper, 12);
            Check("80800000000000000000000000000000", 0, true, 0, 0, 0, upper, 12);
            Check("800003ff000000000000000000000055", 0, false, 0, 31, 31, upper, 12);
            Check("8000001f000000000000000000000000", 0, false, 0, 0, 31, upper, 12);
        }

        [TestMethod]
        public void EncodeSegment_CutsControlMessagesIntoEightOctets()
        {
            byte[] upper = Hex.Decode("000102030405060708090a0b0c0d0e0f10");

            Check("8a0004020001020304050607", 0x0A, false, 1, 0, 2, upper, LowerTransportPdu.ControlSegmentSize);
            Check("8a00042208090a0b0c0d0e0f", 0x0A, false, 1, 1, 2, upper, LowerTransportPdu.ControlSegmentSize);
            Check("8a00044210", 0x0A, false, 1, 2, 2, upper, LowerTransportPdu.ControlSegmentSize);
        }

        // Sections 8.3.1, 8.3.18 and 8.3.22.
        [TestMethod]
        [DataRow(0x03, "4b50057e400000010000", "034b50057e400000010000")]
        [DataRow(0x66, "5a8bde6d9106ea078a", "665a8bde6d9106ea078a")]
        [DataRow(0x66, "3871b904d431526316ca48a0", "663871b904d431526316ca48a0")]
        public void EncodeUnsegmented_MatchesTheSamples(int header, string upper, string expected)
        {
            byte[] pdu = new byte[16];

            int count = LowerTransportPdu.EncodeUnsegmented(header, Hex.Decode(upper), upper.Length / 2, pdu);

            Assert.AreEqual(expected, Hex.Encode(pdu, 0, count));
        }

        private static void Check(string expected, int header, bool szmic, int seqZero, int segO, int segN, byte[] upper, int segmentSize)
        {
            byte[] pdu = new byte[16];
            int offset = segO * segmentSize;
            int size = upper.Length - offset < segmentSize ? upper.Length - offset : segmentSize;

            int count = LowerTransportPdu.EncodeSegment(header, szmic, seqZero, segO, segN, upper, offset, size, pdu);

            Assert.AreEqual(expected, Hex.Encode(pdu, 0, count));
        }
    }
}
