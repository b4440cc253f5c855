using MeshNode.Bearers;
using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    /// <summary>PBADV. Mesh Protocol 1.1, section 5.3.</summary>
    [TestClass]
    public class PbAdvBearerTests
    {
        [TestMethod]
        public void SampleData_8_7()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            Assert.AreEqual((int)PbAdvVerdict.Accepted, (int)node.Receive(PbAdvNode.LinkOpen));
            Assert.AreEqual(PbAdvNode.LinkAck, node.Wait());
            Answered(node, 0, Exchange.InvitePdu, 0x80, Exchange.CmacCapabilitiesPdu);
            Answered(node, 1, Exchange.CmacStartPdu, 0, "");
            Answered(node, 2, Exchange.ProvisionerKeyPdu, 0x81, Exchange.DeviceKeyPdu);
            node.Run(200);
            Answered(node, 3, Exchange.CmacProvisionerConfirmationPdu, 0x82, Exchange.CmacDeviceConfirmationPdu);
            Answered(node, 4, Exchange.CmacProvisionerRandomPdu, 0x83, Exchange.CmacDeviceRandomPdu);
            Answered(node, 5, Exchange.CmacDataPdu, 0x84, Exchange.CompletePdu);
            Assert.AreEqual(Exchange.CmacDeviceKey, node.Fake.DeviceKey);
            Assert.AreEqual(0, node.Fake.LinksClosed);

            Assert.AreEqual((int)PbAdvVerdict.Accepted, (int)node.Receive("23af5850000b00"));
            Assert.AreEqual(1, node.Fake.LinksClosed);
            Assert.IsTrue(node.Fake.LastProvisioned);
            Assert.IsFalse(node.Fake.LastNodeIdentity);
            node.Run(1000);
            Assert.AreEqual("", node.Next());
            Assert.IsTrue(node.Bearer.IsIdle);
        }

        [TestMethod]
        public void Receive_AcknowledgesEveryRepeatedLinkOpen()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Receive(PbAdvNode.LinkOpen);
            Assert.AreEqual(PbAdvNode.LinkAck, node.Wait());

            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual((int)PbAdvVerdict.Repeated, (int)node.Receive(PbAdvNode.LinkOpen));
                Assert.AreEqual(PbAdvNode.LinkAck, node.Wait());
            }

            node.Run(1000);
            Assert.AreEqual("", node.Next());
            Answered(node, 0, Exchange.InvitePdu, 0x80, Exchange.CmacCapabilitiesPdu);
            Assert.AreEqual((int)PbAdvVerdict.Repeated, (int)node.Receive(PbAdvNode.LinkOpen));
            Assert.AreEqual(PbAdvNode.LinkAck, node.Wait());
            Assert.AreEqual((int)ProvisioneeState.Start, (int)node.Provisionee.State);
            Assert.AreEqual(1, node.Fake.Opened);
        }

        [TestMethod]
        public void Receive_OneLinkAtATime()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            Assert.AreEqual((int)PbAdvVerdict.OtherLink, (int)node.Receive("23af5850000370cf7c9732a345b691494810d2e9cbf5"));
            Assert.AreEqual((int)PbAdvVerdict.OtherLink, (int)node.Receive("23af5850000b00"));
            Assert.AreEqual((int)PbAdvVerdict.OtherLink, (int)node.Receive("23af585000000002140000"));
            Assert.IsFalse(node.Bearer.IsOpen);
            node.Open();
            Assert.AreEqual((int)PbAdvVerdict.Busy, (int)node.Receive("23af5851000370cf7c9732a345b691494810d2e9cbf4"));
            Assert.AreEqual((int)PbAdvVerdict.OtherLink, (int)node.Receive("23af5851000b00"));
            Assert.AreEqual((int)PbAdvVerdict.OtherLink, (int)node.Receive("23af585100000002140000"));
            Assert.AreEqual((int)PbAdvVerdict.Transaction, (int)node.Receive("23af58500007"));
            node.Run(1000);
            Assert.AreEqual("", node.Next());
            node.Receive("23af5850000b01");
            Assert.IsFalse(node.Bearer.IsOpen);
            Assert.AreEqual((int)PbAdvVerdict.Accepted, (int)node.Receive("23af5851000370cf7c9732a345b691494810d2e9cbf4"));
            Assert.AreEqual("23af58510007", node.Wait());
        }

        [TestMethod]
        public void Receive_IsBusyWhileAnotherBearerHasALink()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Provisionee.Open(node.Fake, 0);
            Assert.AreEqual((int)PbAdvVerdict.Busy, (int)node.Receive(PbAdvNode.LinkOpen));
            node.Run(1000);
            Assert.AreEqual("", node.Next());
        }

        [TestMethod]
        public void Receive_AcknowledgesEveryRepeatedTransactionAndTakesItOnce()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Open();
            Answered(node, 0, Exchange.InvitePdu, 0x80, Exchange.CmacCapabilitiesPdu);
            Answered(node, 1, Exchange.CmacStartPdu, 0, "");

            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual((int)PbAdvVerdict.Repeated, (int)node.Send(1, Exchange.CmacStartPdu));
                Assert.AreEqual(PbAdvNode.Acknowledgment(1), node.Wait());
            }

            // Older and newer ones are not acknowledged.
            Assert.AreEqual((int)PbAdvVerdict.Transaction, (int)node.Send(0, Exchange.InvitePdu));
            Assert.AreEqual((int)PbAdvVerdict.Transaction, (int)node.Send(3, Exchange.InvitePdu));
            Assert.AreEqual((int)PbAdvVerdict.Transaction, (int)node.Send(0x80, Exchange.InvitePdu));
            Assert.AreEqual((int)PbAdvVerdict.Transaction, (int)node.Send(0x82, Exchange.InvitePdu));
            node.Run(1000);
            Assert.AreEqual("", node.Next());
            Assert.AreEqual((int)ProvisioneeState.PublicKey, (int)node.Provisionee.State);
            Assert.AreEqual(0, node.Fake.Failures);

            // Its segments may come from different repetitions.
            node.Receive(PbAdvNode.Segment(2, Exchange.ProvisionerKeyPdu, 2));
            Assert.AreEqual((int)PbAdvVerdict.Incomplete, (int)node.Receive(PbAdvNode.Segment(2, Exchange.ProvisionerKeyPdu, 0)));
            Assert.AreEqual((int)PbAdvVerdict.Incomplete, (int)node.Receive(PbAdvNode.Segment(2, Exchange.ProvisionerKeyPdu, 2)));
            Assert.AreEqual((int)PbAdvVerdict.Accepted, (int)node.Receive(PbAdvNode.Segment(2, Exchange.ProvisionerKeyPdu, 1)));
            Assert.AreEqual((int)PbAdvVerdict.Repeated, (int)node.Receive(PbAdvNode.Segment(2, Exchange.ProvisionerKeyPdu, 2)));
            Assert.AreEqual(PbAdvNode.Acknowledgment(2), node.Wait());
            Assert.AreEqual(PbAdvNode.Segment(0x81, Exchange.DeviceKeyPdu, 0), node.Wait());
        }

        [TestMethod]
        public void Receive_TheFirstTransactionIsZero()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Open();
            Assert.AreEqual((int)PbAdvVerdict.Transaction, (int)node.Send(0x7F, Exchange.InvitePdu));
            Assert.AreEqual((int)PbAdvVerdict.Transaction, (int)node.Send(1, Exchange.InvitePdu));
            node.Run(1000);
            Assert.AreEqual("", node.Next());
        }

        // PBADV BI: what is damaged is not acknowledged, and taken when it comes again.
        [TestMethod]
        [DataRow("23af585000000002150000", 7)]
        [DataRow("23af58500000000214", 3)]
        [DataRow("23af585000040002140000", 3)]
        [DataRow("23af5850000000021400", 3)]
        [DataRow("23af58500006ad", 7)]
        [DataRow("23af585000080042ff0102030405060708090a0b0c0d0e0f1011121314", 7)]
        [DataRow("23af58500005", 3)]
        [DataRow("23af58500001", 6)]
        [DataRow("23af58508001", 6)]
        [DataRow("23af58500000", 3)]
        [DataRow("", 3)]
        public void Receive_IgnoresWhatIsWrong(string pdu, int verdict)
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Open();
            Assert.AreEqual(verdict, (int)node.Receive(pdu));
            node.Run(1000);
            Assert.AreEqual("", node.Next());
            Assert.AreEqual((int)ProvisioneeState.Invite, (int)node.Provisionee.State);
            Answered(node, 0, Exchange.InvitePdu, 0x80, Exchange.CmacCapabilitiesPdu);
        }

        // One delay after what it answers, one between segments, a pause before they come again.
        [TestMethod]
        [DataRow(0, 20)]
        [DataRow(255, 50)]
        public void Tick_SendsUntilItIsAcknowledged(int random, int delay)
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Fake.Random.Octet = (byte)random;
            node.Open();
            Answered(node, 0, Exchange.InvitePdu, 0x80, Exchange.CmacCapabilitiesPdu);
            Answered(node, 1, Exchange.CmacStartPdu, 0, "");
            node.Send(2, Exchange.ProvisionerKeyPdu);
            node.Run(delay - 1);
            Assert.AreEqual("", node.Next());
            node.Run(1);
            Assert.AreEqual(PbAdvNode.Acknowledgment(2), node.Next());
            Assert.AreEqual(PbAdvNode.Segment(0x81, Exchange.DeviceKeyPdu, 0), node.Next());

            for (int i = 0; i < 5; i++)
            {
                node.Run(delay - 1);
                Assert.AreEqual("", node.Next());
                node.Run(1);
                Assert.AreEqual(PbAdvNode.Segment(0x81, Exchange.DeviceKeyPdu, 1), node.Next());
                node.Run(delay);
                Assert.AreEqual(PbAdvNode.Segment(0x81, Exchange.DeviceKeyPdu, 2), node.Next());
                node.Run(delay + PbAdvBearer.RetransmissionPause - 1);
                Assert.AreEqual("", node.Next());
                node.Run(1);
                Assert.AreEqual(PbAdvNode.Segment(0x81, Exchange.DeviceKeyPdu, 0), node.Next());
            }

            Assert.AreEqual(1, node.Radio.Transmissions(node.Radio.Count - 1));
            Assert.AreEqual(AdvertisingData.PbAdv, node.Radio.Type(node.Radio.Count - 1));
            Assert.AreEqual((int)PbAdvVerdict.Transaction, (int)node.Receive(PbAdvNode.Acknowledgment(0x80)));
            Assert.AreEqual((int)PbAdvVerdict.Accepted, (int)node.Receive(PbAdvNode.Acknowledgment(0x81)));
            Assert.AreEqual((int)PbAdvVerdict.Transaction, (int)node.Receive(PbAdvNode.Acknowledgment(0x81)));
            node.Run(1000);
            Assert.AreEqual("", node.Next());
        }

        [TestMethod]
        public void Receive_TheNextTransactionAcknowledgesTheAnswer()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Open();
            node.Send(0, Exchange.InvitePdu);
            node.Run(100);
            node.Send(1, Exchange.CmacStartPdu);
            node.Run(100);
            node.Skip();
            node.Run(1000);
            Assert.AreEqual("", node.Next());
        }

        // What else is to be sent waits for the acknowledgment: here Input Complete behind the public key.
        [TestMethod]
        public void Send_KeepsOnePduWaiting()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Fake.Capabilities.InputOobSize = 1;
            node.Fake.Capabilities.InputOobActions = 1;
            node.Open();
            node.Send(0, Exchange.InvitePdu);
            node.Send(1, "020000030001");
            node.Send(2, Exchange.ProvisionerKeyPdu);
            Assert.IsTrue(node.Provisionee.InputNumber(5, 0));
            node.Run(1000);
            node.Receive(PbAdvNode.Acknowledgment(0x81));
            node.Skip();
            Assert.AreEqual("23af5850820000" + "013b" + "04", Fcs(node.Wait()));
            node.Receive(PbAdvNode.Acknowledgment(0x82));
            node.Run(1000);
            Assert.AreEqual("", node.Next());
        }

        [TestMethod]
        public void Tick_ClosesTheLinkAfterThirtySecondsWithoutAnAcknowledgment()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Open();
            node.Send(0, Exchange.InvitePdu);
            node.Run(29999);
            Assert.IsTrue(node.Bearer.IsOpen);
            node.Run(1);
            Assert.IsFalse(node.Bearer.IsOpen);
            Assert.AreEqual(1, node.Fake.LinksClosed);
            Assert.AreEqual("23af5850000b01", node.Radio.Text(node.Radio.Count - 1));
            Assert.AreEqual(3, node.Radio.Transmissions(node.Radio.Count - 1));
            node.Skip();
            node.Run(100000);
            Assert.AreEqual("", node.Next());
        }

        [TestMethod]
        public void Tick_ClosesTheLinkAfterSixtySecondsWithoutAPdu()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Receive(PbAdvNode.LinkOpen);
            node.Run(59999);
            Assert.IsTrue(node.Bearer.IsOpen);
            node.Receive(PbAdvNode.LinkOpen);
            node.Run(1);
            Assert.IsFalse(node.Bearer.IsOpen);
            Assert.AreEqual("23af5850000b01", node.Radio.Text(node.Radio.Count - 1));
        }

        // A slow antenna: what waits there is not sent again.
        [TestMethod]
        public void Tick_WaitsForTheTransmitter()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Radio.Credit = 0;
            node.Receive(PbAdvNode.LinkOpen);
            node.Run(30);
            node.Send(0, Exchange.InvitePdu);
            node.Run(2000);
            Assert.AreEqual(1, node.Transmitter.Waiting);
            node.Radio.Credit = 1;
            Assert.AreEqual(PbAdvNode.LinkAck, node.Wait());
            node.Run(1000);
            Assert.AreEqual(1, node.Transmitter.Waiting);
            node.Radio.Credit = 2;
            Assert.AreEqual(PbAdvNode.Acknowledgment(0), node.Wait());
            Assert.AreEqual(PbAdvNode.Segment(0x80, Exchange.CmacCapabilitiesPdu, 0), node.Wait());
        }

        [TestMethod]
        public void Send_TransactionNumbersWrapAround()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Open();
            byte[] pdu = Hex.Decode("0903");

            for (int i = 0; i < 130; i++)
            {
                node.Bearer.Send(pdu, 2, node.Now);
                Assert.AreEqual(PbAdvNode.Segment(0x80 | (i & 0x7F), "0903", 0), node.Wait());
                node.Receive(PbAdvNode.Acknowledgment(0x80 | (i & 0x7F)));
            }

            for (int i = 0; i < 130; i++)
            {
                Assert.AreEqual((int)PbAdvVerdict.Accepted, (int)node.Send(i & 0x7F, Exchange.InvitePdu));
            }
        }

        // Checked elsewhere; here only the order matters.
        private static string Fcs(string pdu)
        {
            return pdu.Substring(0, 16) + "3b" + pdu.Substring(18);
        }

        private static void Answered(PbAdvNode node, int transaction, string pdu, int own, string answer)
        {
            node.Skip();
            Assert.AreEqual((int)PbAdvVerdict.Accepted, (int)node.Send(transaction, pdu));
            Assert.AreEqual(PbAdvNode.Acknowledgment(transaction), node.Wait());

            if (answer == "")
            {
                return;
            }

            int last = GenericProvisioningPdu.LastSegment(answer.Length / 2);

            for (int i = 0; i <= last; i++)
            {
                Assert.AreEqual(PbAdvNode.Segment(own, answer, i), node.Wait());
            }

            node.Receive(PbAdvNode.Acknowledgment(own));
        }
    }
}
