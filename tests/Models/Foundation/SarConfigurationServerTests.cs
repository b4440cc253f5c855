using MeshNode.Access;
using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Models.Foundation
{
    /// <summary>Test-case group MESH/SR/SAR (SAR Configuration Server).</summary>
    [TestClass]
    public class SarConfigurationServerTests
    {
        [TestMethod]
        public void Messages_SetAndTellBothStates()
        {
            ModelNode node = Create();

            Expect(node, "806e25722109", "806c");
            Expect(node, "8071235100", "806f");

            // Bits reserved for future use are ignored.
            Expect(node, "806e12345609", "806d123456f9");
            Assert.AreEqual(2, node.Node.LowerTransport.SarTransmitter.SegmentIntervalStep);
            Assert.AreEqual(1, node.Node.LowerTransport.SarTransmitter.UnicastRetransmissions);
            Expect(node, "8071456702", "8070456702");
            Assert.AreEqual(5, node.Node.LowerTransport.SarReceiver.SegmentsThreshold);
            Expect(node, "8071456702", "806f");
            Expect(node, "806e12345609", "806c");
        }

        [TestMethod]
        [DataRow("806c00")]
        [DataRow("806d123456")]
        [DataRow("806d1234560900")]
        [DataRow("806f00")]
        [DataRow("80704567")]
        [DataRow("807045670200")]
        public void Messages_OfAnotherLengthAreIgnored(string message)
        {
            ModelNode node = Create();

            node.Send(message, ModelNode.NodeAddress, true);
            Assert.AreEqual((int)AccessVerdict.Length, (int)node.Node.Access.LastVerdict);
            Assert.AreEqual("", node.Answer());
            Expect(node, "806e25722109", "806c");
            Expect(node, "8071235100", "806f");
        }

        [TestMethod]
        public void Messages_WithAnApplicationKeyAreNotForIt()
        {
            ModelNode node = Create();

            node.ExpectVerdict(AccessVerdict.NotBound, "806c");
            node.Send("806e25722109", ModelNode.NodeAddress, true);
            Assert.AreEqual((int)AccessVerdict.UnknownOpcode, (int)node.Node.Access.LastVerdict);
        }

        [TestMethod]
        public void KeptStates_ComeBackAndLeavingSetsThemBack()
        {
            ModelNode node = Create();
            IKeptState server = (IKeptState)node.Element[0];
            byte[] kept = new byte[16];

            Assert.IsTrue(server.DecodeKept(Hex.Decode("12345609456702"), 0, 7));
            Assert.IsFalse(server.DecodeKept(Hex.Decode("0000000000000000"), 0, 8));
            Expect(node, "806e12345609", "806c");
            Expect(node, "8071456702", "806f");
            node.Node.Leave(node.Now);
            Assert.AreEqual(7, server.EncodeKept(kept, 0));
            Assert.AreEqual("25722109235100", Hex.Encode(kept, 0, 7));
        }

        private static void Expect(ModelNode node, string answer, string message)
        {
            node.Send(message, ModelNode.NodeAddress, true);
            Assert.AreEqual(answer, node.Answer());
        }

        private static ModelNode Create()
        {
            ModelNode node = new ModelNode();
            node.Element.Add(new SarConfigurationServer());
            node.Start();

            return node;
        }
    }
}
