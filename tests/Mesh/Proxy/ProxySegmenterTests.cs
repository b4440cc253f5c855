using System;
using MeshNode.Bearers;
using nanoFramework.TestFramework;

namespace MeshNode.Proxy
{
    [TestClass]
    public class ProxySegmenterTests
    {
        // The samples of tests/vectors/proxy.json, of which the last but one is section 8.8, and the smallest segments.
        [TestMethod]
        [DataRow(0, "00010203040506070809", 11, "0000010203040506070809")]
        [DataRow(1, "00010203040506070809", 4, "41000102 81030405 81060708 c109")]
        [DataRow(3, "0005", 20, "030005")]
        [DataRow(3, "000102030405060708090001020304050607080900010203040506070809", 20, "4300010203040506070809000102030405060708 c30900010203040506070809")]
        [DataRow(2, "10386bd60efbbb8b8c28512e792d3711f4b526", 8, "4210386bd60efbbb 828b8c28512e792d c23711f4b526")]
        [DataRow(3, "032c31a47b5779809ef44cb5eaaf5c3e43d5f8faad4a8794cb987e9b03745c78dd919512183898dfbecd52e2408e43871fd021109117bd3ed4eaf8437743715d4f", 20, "43032c31a47b5779809ef44cb5eaaf5c3e43d5f8 83faad4a8794cb987e9b03745c78dd9195121838 8398dfbecd52e2408e43871fd021109117bd3ed4 c3eaf8437743715d4f")]
        [DataRow(2, "0a0b0c0d", 2, "420a 820b 820c c20d")]
        public void Encode_MatchesTheSamples(int type, string text, int maxValue, string segments)
        {
            byte[] message = Hex.Decode(text);
            byte[] value = new byte[maxValue];
            string[] expected = segments.Split(' ');
            int position = 0;

            for (int i = 0; i < expected.Length; i++)
            {
                int count = ProxySegmenter.Encode(type, message, message.Length, position, value, maxValue);
                Assert.AreEqual(expected[i], Hex.Encode(value, 0, count));
                position += count - 1;
            }

            Assert.AreEqual(message.Length, position);
        }

        [TestMethod]
        public void Encode_FillsAValueExactly()
        {
            byte[] value = new byte[5];

            Assert.AreEqual(5, ProxySegmenter.Encode(0, Hex.Decode("01020304"), 4, 0, value, 5));
            Assert.AreEqual("0001020304", Hex.Encode(value));
            Assert.AreEqual(4, ProxySegmenter.Encode(0, Hex.Decode("01020304"), 4, 0, value, 4));
            Assert.AreEqual("40010203", Hex.Encode(value, 0, 4));
            Assert.AreEqual(5, ProxySegmenter.Encode(0, Hex.Decode("0102030405060708"), 8, 4, value, 5));
            Assert.AreEqual("c005060708", Hex.Encode(value));
        }

        // All lengths where they differ in their segments, and a few where they do not; tests/desktop has the rest.
        [TestMethod]
        public void Encode_GivesWhatTheReassemblerTakes()
        {
            byte[] value = new byte[GattService.MaxMtu];
            byte[] message = new byte[ProxyPduType.MaxLength(ProxyPduType.ProvisioningPdu)];
            ProxyReassembler reassembler = new ProxyReassembler();

            for (int i = 0; i < message.Length; i++)
            {
                message[i] = (byte)(i + 1);
            }

            for (int mtu = GattService.MinMtu; mtu <= GattService.MaxMtu; mtu += mtu < 72 ? 1 : 89)
            {
                for (int length = 1; length <= message.Length; length++)
                {
                    CheckRoundTrip(message, length, value, mtu - GattService.AttHeaderSize, reassembler);
                }
            }
        }

        private static void CheckRoundTrip(byte[] message, int length, byte[] value, int maxValue, ProxyReassembler reassembler)
        {
            int position = 0;

            while (position < length)
            {
                int count = ProxySegmenter.Encode(ProxyPduType.ProvisioningPdu, message, length, position, value, maxValue);
                position += count - 1;
                ProxyReassembly expected = position == length ? ProxyReassembly.Complete : ProxyReassembly.Incomplete;

                if (count > maxValue || count < 2 || reassembler.Receive(value, 0, count, 0) != expected)
                {
                    throw new Exception();
                }
            }

            Assert.AreEqual(length, reassembler.Length);

            if (reassembler.Message[0] != 1 || reassembler.Message[length / 2] != length / 2 + 1 || reassembler.Message[length - 1] != length)
            {
                throw new Exception();
            }
        }
    }
}
