using nanoFramework.TestFramework;

namespace MeshNode.Proxy
{
    [TestClass]
    public class ProxyReassemblerTests
    {
        [TestMethod]
        [DataRow(ProxyPduType.NetworkPdu, 29)]
        [DataRow(ProxyPduType.MeshBeacon, 27)]
        [DataRow(ProxyPduType.ProxyConfiguration, 29)]
        [DataRow(ProxyPduType.ProvisioningPdu, 65)]
        public void Receive_TakesTheLongestMessageOfATypeAndNoMore(int type, int longest)
        {
            ProxyReassembler reassembler = new ProxyReassembler();

            Check(ProxyReassembly.Complete, reassembler, Value(ProxySar.Complete, type, longest), 0);
            Assert.AreEqual(type, reassembler.Type);
            Assert.AreEqual(longest, reassembler.Length);
            Assert.AreEqual((byte)(longest - 1), reassembler.Message[longest - 1]);
            Check(ProxyReassembly.Violation, reassembler, Value(ProxySar.Complete, type, longest + 1), 0);

            Check(ProxyReassembly.Incomplete, reassembler, Value(ProxySar.First, type, 3), 0);
            Check(ProxyReassembly.Incomplete, reassembler, Value(ProxySar.Continuation, type, longest - 5), 0);
            Check(ProxyReassembly.Violation, reassembler, Value(ProxySar.Last, type, 3), 0);
            Check(ProxyReassembly.Complete, reassembler, Value(ProxySar.Last, type, 2), 0);
            Assert.AreEqual(longest, reassembler.Length);

            Check(ProxyReassembly.Violation, reassembler, Value(ProxySar.First, type, longest + 1), 0);
            Check(ProxyReassembly.Incomplete, reassembler, Value(ProxySar.First, type, longest), 0);
            Check(ProxyReassembly.Violation, reassembler, Value(ProxySar.Continuation, type, 1), 0);
        }

        [TestMethod]
        [DataRow(ProxySar.Complete, (int)ProxyReassembly.Complete, (int)ProxyReassembly.Violation)]
        [DataRow(ProxySar.First, (int)ProxyReassembly.Incomplete, (int)ProxyReassembly.Violation)]
        [DataRow(ProxySar.Continuation, (int)ProxyReassembly.Violation, (int)ProxyReassembly.Incomplete)]
        [DataRow(ProxySar.Last, (int)ProxyReassembly.Violation, (int)ProxyReassembly.Complete)]
        public void Receive_KnowsWhatMayFollow(int sar, int atRest, int inProgress)
        {
            ProxyReassembler reassembler = new ProxyReassembler();
            byte[] value = Value(sar, ProxyPduType.NetworkPdu, 2);

            // New, in the middle of a message, after a whole one, and after one in segments.
            Check((ProxyReassembly)atRest, reassembler, value, 0);
            reassembler.Reset();
            Receive(reassembler, "400102");
            Check((ProxyReassembly)inProgress, reassembler, value, 0);
            reassembler.Reset();
            Receive(reassembler, "000102");
            Check((ProxyReassembly)atRest, reassembler, value, 0);
            reassembler.Reset();
            Receive(reassembler, "400102");
            Receive(reassembler, "c00304");
            Check((ProxyReassembly)atRest, reassembler, value, 0);
        }

        [TestMethod]
        [DataRow("02010203", "010203")]
        [DataRow("420102 c203", "010203")]
        [DataRow("420102 8203 8204 c205", "0102030405")]
        [DataRow("42 82 c2", "")]
        [DataRow("02", "")]
        public void Receive_JoinsSegments(string values, string message)
        {
            ProxyReassembler reassembler = new ProxyReassembler();
            string[] segments = values.Split(' ');

            for (int i = 0; i < segments.Length; i++)
            {
                ProxyReassembly expected = i == segments.Length - 1 ? ProxyReassembly.Complete : ProxyReassembly.Incomplete;
                Check(expected, reassembler, Hex.Decode(segments[i]), 0);
            }

            Assert.AreEqual(ProxyPduType.ProxyConfiguration, reassembler.Type);
            Assert.AreEqual(message, Hex.Encode(reassembler.Message, 0, reassembler.Length));
        }

        [TestMethod]
        public void Receive_ReadsFromTheOffset()
        {
            ProxyReassembler reassembler = new ProxyReassembler();

            Assert.AreEqual((int)ProxyReassembly.Complete, (int)reassembler.Receive(Hex.Decode("ffffff0201020304"), 3, 3, 0));

            Assert.AreEqual("0102", Hex.Encode(reassembler.Message, 0, reassembler.Length));
        }

        [TestMethod]
        [DataRow("410102", "c00304")]
        [DataRow("400102", "810304")]
        [DataRow("420102", "c30304")]
        public void Receive_RefusesAnotherTypeInTheMiddle(string first, string second)
        {
            ProxyReassembler reassembler = new ProxyReassembler();

            Receive(reassembler, first);

            Check(ProxyReassembly.Violation, reassembler, Hex.Decode(second), 0);
        }

        [TestMethod]
        public void Receive_RefusesAnEmptyValue()
        {
            ProxyReassembler reassembler = new ProxyReassembler();

            Check(ProxyReassembly.Violation, reassembler, new byte[0], 0);
            Receive(reassembler, "4001");
            Check(ProxyReassembly.Violation, reassembler, new byte[0], 0);
        }

        [TestMethod]
        public void Receive_IgnoresUnknownTypesAlsoInTheMiddleOfAMessage()
        {
            ProxyReassembler reassembler = new ProxyReassembler();
            byte[] value = new byte[100];

            for (int i = 0; i < 2; i++)
            {
                long deadline = reassembler.Deadline;

                for (int header = 0; header < 256; header++)
                {
                    if ((header & 0x3F) > ProxyPduType.ProvisioningPdu)
                    {
                        value[0] = (byte)header;
                        Check(ProxyReassembly.UnknownType, reassembler, value, 7000);
                    }
                }

                Assert.AreEqual(deadline, reassembler.Deadline);
                Receive(reassembler, "400102");
            }

            Assert.AreEqual((int)ProxyReassembly.Violation, (int)Receive(reassembler, "400102"));
            Assert.AreEqual((int)ProxyReassembly.Complete, (int)Receive(reassembler, "c003"));
            Assert.AreEqual("010203", Hex.Encode(reassembler.Message, 0, reassembler.Length));
        }

        [TestMethod]
        public void Receive_StopsEndlessContinuation()
        {
            ProxyReassembler reassembler = new ProxyReassembler();
            byte[] value = Value(ProxySar.Continuation, ProxyPduType.ProvisioningPdu, 8);
            byte[] empty = Hex.Decode("83");

            Check(ProxyReassembly.Incomplete, reassembler, Value(ProxySar.First, ProxyPduType.ProvisioningPdu, 8), 0);

            for (int i = 0; i < 7; i++)
            {
                Check(ProxyReassembly.Incomplete, reassembler, value, 0);
            }

            // 64 of 65 octets are taken: no number of further segments gets past the end.
            for (int i = 0; i < 100; i++)
            {
                Check(ProxyReassembly.Violation, reassembler, value, 0);
                Check(ProxyReassembly.Incomplete, reassembler, empty, 0);
                Assert.AreEqual(64, reassembler.Length);
            }
        }

        [TestMethod]
        public void Expired_TwentySecondsAfterTheLastSegment()
        {
            ProxyReassembler reassembler = new ProxyReassembler();

            Assert.AreEqual(long.MaxValue, reassembler.Deadline);
            Assert.IsFalse(reassembler.Expired(long.MaxValue));

            Check(ProxyReassembly.Incomplete, reassembler, Hex.Decode("4001"), 1000);
            Assert.AreEqual(21000L, reassembler.Deadline);
            Assert.IsFalse(reassembler.Expired(20999));
            Assert.IsTrue(reassembler.Expired(21000));
            Assert.IsTrue(reassembler.Expired(21001));

            Check(ProxyReassembly.Incomplete, reassembler, Hex.Decode("8002"), 20999);
            Assert.AreEqual(40999L, reassembler.Deadline);
            Assert.IsFalse(reassembler.Expired(40998));
            Assert.IsTrue(reassembler.Expired(40999));

            Check(ProxyReassembly.Complete, reassembler, Hex.Decode("c003"), 40998);
            Assert.AreEqual(long.MaxValue, reassembler.Deadline);
            Assert.IsFalse(reassembler.Expired(long.MaxValue));
        }

        [TestMethod]
        public void Reset_ForgetsTheMessage()
        {
            ProxyReassembler reassembler = new ProxyReassembler();

            Receive(reassembler, "40010203");
            reassembler.Reset();

            Assert.AreEqual(0, reassembler.Length);
            Assert.AreEqual("000000", Hex.Encode(reassembler.Message, 0, 3));
            Assert.AreEqual(long.MaxValue, reassembler.Deadline);
            Assert.IsFalse(reassembler.Expired(long.MaxValue));
            Assert.AreEqual((int)ProxyReassembly.Violation, (int)Receive(reassembler, "c004"));
            Assert.AreEqual((int)ProxyReassembly.Complete, (int)Receive(reassembler, "0004"));
        }

        [TestMethod]
        public void MaxLength_IsZeroForOtherTypes()
        {
            Assert.AreEqual(0, ProxyPduType.MaxLength(-1));
            Assert.AreEqual(0, ProxyPduType.MaxLength(4));
            Assert.AreEqual(0, ProxyPduType.MaxLength(63));
        }

        private static ProxyReassembly Receive(ProxyReassembler reassembler, string value)
        {
            byte[] octets = Hex.Decode(value);

            return reassembler.Receive(octets, 0, octets.Length, 0);
        }

        private static void Check(ProxyReassembly expected, ProxyReassembler reassembler, byte[] value, long now)
        {
            Assert.AreEqual((int)expected, (int)reassembler.Receive(value, 0, value.Length, now));
        }

        // The octets of the message count from 0 on.
        private static byte[] Value(int sar, int type, int count)
        {
            byte[] value = new byte[1 + count];
            value[0] = (byte)((sar << 6) | type);

            for (int i = 0; i < count; i++)
            {
                value[1 + i] = (byte)i;
            }

            return value;
        }
    }
}
