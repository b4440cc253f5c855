using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    /// <summary>Nothing is written past the buffer: CVE-2022-24893, CVE-2025-9557, CVE-2025-9558.</summary>
    [TestClass]
    public class TransactionReassemblerTests
    {
        private const string Start = "080041d1032c31a47b5779809ef44cb5eaaf5c3e43d5f8fa";
        private const string Second = "06ad4a8794cb987e9b03745c78dd919512183898dfbecd52";
        private const string Third = "0ae2408e43871fd021109117bd3ed4eaf8437743715d4f";

        [TestMethod]
        public void Receive_JoinsSegments()
        {
            TransactionReassembler reassembler = new TransactionReassembler();
            Receive(reassembler, Start, TransactionReassembly.Incomplete);
            Assert.IsTrue(reassembler.InProgress);
            Receive(reassembler, Second, TransactionReassembly.Incomplete);
            Receive(reassembler, Third, TransactionReassembly.Complete);
            Assert.AreEqual(Exchange.ProvisionerKeyPdu, Hex.Encode(reassembler.Pdu, 0, reassembler.Length));
            Assert.IsFalse(reassembler.InProgress);
        }

        [TestMethod]
        public void Receive_TakesContinuationsInAnyOrderAndAgain()
        {
            TransactionReassembler reassembler = new TransactionReassembler();
            Receive(reassembler, Start, TransactionReassembly.Incomplete);
            Receive(reassembler, Third, TransactionReassembly.Incomplete);
            Receive(reassembler, Start, TransactionReassembly.Incomplete);
            Receive(reassembler, Third, TransactionReassembly.Incomplete);
            Receive(reassembler, Second, TransactionReassembly.Complete);
            Assert.AreEqual(Exchange.ProvisionerKeyPdu, Hex.Encode(reassembler.Pdu, 0, reassembler.Length));
        }

        [TestMethod]
        public void Receive_IgnoresAContinuationWithoutAStart()
        {
            TransactionReassembler reassembler = new TransactionReassembler();
            Receive(reassembler, Second, TransactionReassembly.Ignored);
            Receive(reassembler, Start, TransactionReassembly.Incomplete);
            reassembler.Reset();
            Receive(reassembler, Second, TransactionReassembly.Ignored);
            Assert.AreEqual(Hex.Encode(new byte[65]), Hex.Encode(reassembler.Pdu));
        }

        [TestMethod]
        public void Receive_IgnoresWhatIsLongerThanAnyPdu()
        {
            TransactionReassembler reassembler = new TransactionReassembler();
            Receive(reassembler, "080042ff0102030405060708090a0b0c0d0e0f1011121314", TransactionReassembly.Ignored);
            Receive(reassembler, "fc05b4ff0102030405060708090a0b0c0d0e0f1011121314", TransactionReassembly.Ignored);
            Receive(reassembler, Second, TransactionReassembly.Ignored);
            Assert.AreEqual(0, reassembler.Length);
        }

        [TestMethod]
        [DataRow("0ee2408e43871fd021109117bd3ed4eaf8437743715d4f")]
        [DataRow("fee2408e43871fd021109117bd3ed4eaf8437743715d4f")]
        [DataRow("0ae2408e43871fd021109117bd3ed4eaf8437743715d4f00")]
        [DataRow("0ae2408e43871fd021109117bd3ed4eaf8437743715d")]
        [DataRow("06ad4a8794cb987e9b03745c78dd919512183898dfbecd")]
        [DataRow("06ad")]
        public void Receive_IgnoresAContinuationThatDoesNotFit(string continuation)
        {
            TransactionReassembler reassembler = new TransactionReassembler();
            Receive(reassembler, Start, TransactionReassembly.Incomplete);
            Receive(reassembler, continuation, TransactionReassembly.Ignored);
            Receive(reassembler, Second, TransactionReassembly.Incomplete);
            Receive(reassembler, Third, TransactionReassembly.Complete);
            Assert.AreEqual(Exchange.ProvisionerKeyPdu, Hex.Encode(reassembler.Pdu));
        }

        [TestMethod]
        public void Receive_BeginsAnewWithAnotherStartAndAfterDamage()
        {
            TransactionReassembler reassembler = new TransactionReassembler();
            Receive(reassembler, Start, TransactionReassembly.Incomplete);
            Receive(reassembler, "0000013e08", TransactionReassembly.Complete);
            Assert.AreEqual(1, reassembler.Length);
            Receive(reassembler, Second, TransactionReassembly.Ignored);

            Receive(reassembler, Start, TransactionReassembly.Incomplete);
            Receive(reassembler, Second, TransactionReassembly.Incomplete);
            Receive(reassembler, "0ae2400043871fd021109117bd3ed4eaf8437743715d4f", TransactionReassembly.Damaged);
            Receive(reassembler, Third, TransactionReassembly.Ignored);
            Receive(reassembler, Start, TransactionReassembly.Incomplete);
            Receive(reassembler, Third, TransactionReassembly.Incomplete);
            Receive(reassembler, Second, TransactionReassembly.Complete);
        }

        private static void Receive(TransactionReassembler reassembler, string generic, TransactionReassembly expected)
        {
            GenericProvisioningPdu pdu = new GenericProvisioningPdu();
            byte[] octets = Hex.Decode("0000000000" + generic);
            Assert.IsTrue(pdu.Decode(octets, 0, octets.Length));
            Assert.AreEqual((int)expected, (int)reassembler.Receive(pdu, octets));
        }
    }
}
