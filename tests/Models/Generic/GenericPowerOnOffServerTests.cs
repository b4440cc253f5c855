using MeshNode.Access;
using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Models.Generic
{
    /// <summary>Test-case group MMDL/SR/GPOO (Generic Power OnOff).</summary>
    [TestClass]
    public class GenericPowerOnOffServerTests
    {
        [TestMethod]
        public void Messages_SetAndTellTheState()
        {
            ModelNode node = Create(new StateRecord());
            node.Publish(node.Element[2], 0);

            node.Expect("821200", "8211");
            node.Expect("821202", "821302");
            Assert.AreEqual("821202", node.Published());
            node.ExpectSilence("821401");
            Assert.AreEqual("821201", node.Published());
            node.ExpectSilence("821401");
            Assert.AreEqual("", node.Published());
            node.Expect("821201", "8211");
        }

        [TestMethod]
        [DataRow("821303", (int)AccessVerdict.Prohibited)]
        [DataRow("8214ff", (int)AccessVerdict.Prohibited)]
        [DataRow("8213", (int)AccessVerdict.Length)]
        [DataRow("82130000", (int)AccessVerdict.Length)]
        [DataRow("821100", (int)AccessVerdict.Length)]
        [DataRow("821200", (int)AccessVerdict.UnknownOpcode)]
        public void Messages_WithWrongParametersAreIgnored(string message, int verdict)
        {
            ModelNode node = Create(new StateRecord());

            node.ExpectVerdict((AccessVerdict)verdict, message);
            node.Expect("821200", "8211");
        }

        [TestMethod]
        [DataRow(0, 0, 0)]
        [DataRow(0, 1, 0)]
        [DataRow(1, 0, 1)]
        [DataRow(1, 1, 1)]
        [DataRow(2, 0, 0)]
        [DataRow(2, 1, 1)]
        public void PowerUp_GoesToTheStateThatIsAskedFor(int onPowerUp, int before, int after)
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);
            GenericPowerOnOffServer server = (GenericPowerOnOffServer)node.Element[2];

            Assert.IsTrue(((IKeptState)node.Element[1]).DecodeKept(new byte[] { (byte)before }, 0, 1));
            Assert.IsTrue(server.DecodeKept(new byte[] { (byte)onPowerUp }, 0, 1));
            server.OnPoweredUp(node.Now);

            Assert.AreEqual(after, record.Value);
            Assert.AreEqual(onPowerUp, server.OnPowerUp);
        }

        [TestMethod]
        public void KeptState_IsTheOneSet()
        {
            ModelNode node = Create(new StateRecord());
            GenericPowerOnOffServer server = (GenericPowerOnOffServer)node.Element[2];
            byte[] kept = new byte[16];

            node.Send("821402");
            Assert.AreEqual(1, server.EncodeKept(kept, 3));
            Assert.AreEqual((byte)2, kept[3]);
            Assert.IsFalse(server.DecodeKept(new byte[] { 3 }, 0, 1));
            Assert.IsFalse(server.DecodeKept(new byte[2], 0, 2));
            Assert.AreEqual(2, server.OnPowerUp);
            node.Node.Leave(node.Now);
            Assert.AreEqual(0, server.OnPowerUp);
        }

        private static ModelNode Create(StateRecord record)
        {
            ModelNode node = new ModelNode();
            GenericDefaultTransitionTimeServer defaultTime = new GenericDefaultTransitionTimeServer();
            GenericOnOffServer onOff = new GenericOnOffServer(record, defaultTime);
            GenericPowerOnOffServer powerOnOff = new GenericPowerOnOffServer(onOff);
            node.Element.Add(defaultTime);
            node.Element.Add(onOff);
            node.Element.Add(powerOnOff);
            node.Element.Add(new GenericPowerOnOffSetupServer(powerOnOff, defaultTime));
            node.Start();

            return node;
        }
    }
}
