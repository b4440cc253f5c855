using MeshNode.Access;
using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Models.Generic
{
    /// <summary>Test-case group MMDL/CL/GOO (Generic OnOff Client).</summary>
    [TestClass]
    public class GenericOnOffClientTests
    {
        [TestMethod]
        public void Set_PublishesANewTransactionAndRepeatsIt()
        {
            StateRecord record = new StateRecord();
            GenericOnOffClient client;
            ModelNode node = Create(record, out client);
            node.Publish(client, 0);

            // Two retransmissions, 50 ms apart.
            client.Publication.Retransmit = 2;
            client.Set(true, false, node.Now);
            Assert.AreEqual("82030101", node.Published());
            node.Run(49);
            Assert.AreEqual("", node.Published());
            node.Run(51);
            Assert.AreEqual("82030101", node.Published());
            Assert.AreEqual("82030101", node.Published());
            Assert.AreEqual("", node.Published());
            client.Publication.Retransmit = 0;
            client.Set(false, true, node.Now);
            Assert.AreEqual("82020002", node.Published());
        }

        [TestMethod]
        public void Period_PublishesNothingBeforeTheFirstSet()
        {
            GenericOnOffClient client;
            ModelNode node = Create(null, out client);
            node.Publish(client, 0x05);

            node.Run(2000);
            Assert.AreEqual("", node.Published());
            client.Set(true, false, node.Now);
            Assert.AreEqual("82030101", node.Published());
            node.Run(500);
            Assert.AreEqual("82030101", node.Published());
            node.ExpectVerdict(AccessVerdict.Accepted, "820401");
        }

        [TestMethod]
        public void Status_IsToldToTheClient()
        {
            StateRecord record = new StateRecord();
            GenericOnOffClient client;
            ModelNode node = Create(record, out client);

            node.ExpectSilence("820401");
            Assert.IsTrue(record.Present && record.Target);
            Assert.AreEqual(ModelNode.PeerAddress, record.Source);
            node.ExpectSilence("8204010014");
            Assert.IsTrue(record.Present && !record.Target);
            node.ExpectSilence("820400");
            Assert.IsTrue(!record.Present && !record.Target);
            Assert.AreEqual(3, record.Calls);
        }

        [TestMethod]
        [DataRow("820402", (int)AccessVerdict.Prohibited)]
        [DataRow("8204010214", (int)AccessVerdict.Prohibited)]
        [DataRow("8204", (int)AccessVerdict.Length)]
        [DataRow("82040101", (int)AccessVerdict.Length)]
        [DataRow("8204010114" + "00", (int)AccessVerdict.Length)]
        [DataRow("82020101", (int)AccessVerdict.UnknownOpcode)]
        public void Status_WithWrongParametersIsIgnored(string message, int verdict)
        {
            StateRecord record = new StateRecord();
            GenericOnOffClient client;
            ModelNode node = Create(record, out client);

            node.ExpectVerdict((AccessVerdict)verdict, message);
            Assert.AreEqual(0, record.Calls);
        }

        private static ModelNode Create(StateRecord record, out GenericOnOffClient client)
        {
            ModelNode node = new ModelNode();
            client = new GenericOnOffClient(record);
            node.Element.Add(client);
            node.Start();

            return node;
        }
    }
}
