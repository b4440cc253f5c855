using MeshNode.Access;
using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Models.Generic
{
    /// <summary>Test-case groups MMDL/SR/GOO (Generic OnOff) and MMDL/SR/GDTT.</summary>
    [TestClass]
    public class GenericOnOffServerTests
    {
        [TestMethod]
        public void Messages_SetAndTellTheState()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);

            node.Expect("820400", "8201");
            node.Expect("820401", "82020101");
            Assert.AreEqual(1, record.Value);
            Assert.AreSame(node.Element[1], record.Server);
            node.Expect("820401", "8201");
            node.ExpectSilence("82030002");
            Assert.AreEqual(0, record.Value);
            Assert.AreEqual(2, record.Calls);
            node.Expect("820400", "8201");
        }

        [TestMethod]
        [DataRow("82020201", (int)AccessVerdict.Prohibited)]
        [DataRow("8202ff01", (int)AccessVerdict.Prohibited)]
        [DataRow("820201013f00", (int)AccessVerdict.Prohibited)]
        [DataRow("82020101ff00", (int)AccessVerdict.Prohibited)]
        [DataRow("82030101bf00", (int)AccessVerdict.Prohibited)]
        [DataRow("8202", (int)AccessVerdict.Length)]
        [DataRow("820201", (int)AccessVerdict.Length)]
        [DataRow("8202010100", (int)AccessVerdict.Length)]
        [DataRow("82020101000000", (int)AccessVerdict.Length)]
        [DataRow("820100", (int)AccessVerdict.Length)]
        [DataRow("820401", (int)AccessVerdict.UnknownOpcode)]
        public void Messages_WithWrongParametersAreIgnored(string message, int verdict)
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);

            node.ExpectVerdict((AccessVerdict)verdict, message);
            Assert.AreEqual(0, record.Calls);
            node.Expect("820400", "8201");
        }

        [TestMethod]
        public void TransitionToOn_IsOnFromItsBeginning()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);
            node.Mark();

            // 1 s after a delay of 100 ms; remaining times are rounded up.
            node.Expect("820400010b", "820201010a14");
            Assert.AreEqual(0, record.Calls);
            node.RunTo(99);
            node.Expect("820400010b", "8201");
            node.RunTo(600);
            Assert.AreEqual(1, record.Value);
            node.Expect("8204010105", "8201");
            node.RunTo(1099);
            node.Expect("8204010101", "8201");
            node.RunTo(1200);
            node.Expect("820401", "8201");
            Assert.AreEqual(1, record.Calls);
        }

        [TestMethod]
        public void TransitionToOff_IsOffAtItsEnd()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);
            node.Send("82030101");
            node.Run(10);
            node.Mark();

            node.Expect("820401000a", "820200020a00");
            node.RunTo(500);
            node.Expect("8204010005", "8201");
            node.RunTo(999);
            Assert.AreEqual(1, record.Value);
            node.RunTo(1000);
            Assert.AreEqual(0, record.Value);
            node.Expect("820400", "8201");
        }

        [TestMethod]
        public void Transition_IsReplacedByTheNext()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);

            node.Expect("820401010a", "820201010a00");
            node.Expect("820400", "820200020000");
            node.Run(2000);
            Assert.AreEqual(2, record.Calls);
            Assert.AreEqual(0, record.Value);
        }

        [TestMethod]
        public void DefaultTransitionTime_IsUsedWhenTheMessageHasNone()
        {
            ModelNode node = Create(new StateRecord());

            node.Expect("821000", "820d");
            node.Expect("821014", "820e14");
            node.ExpectSilence("820f14");
            node.Expect("8204010114", "82020101");
            node.Expect("820400", "820200020000");
            ((GenericOnOffServer)node.Element[1]).Set(true, node.Now);
            node.Expect("8204010114", "8201");
            node.ExpectVerdict(AccessVerdict.Prohibited, "820e3f");
            node.ExpectVerdict(AccessVerdict.Prohibited, "820fff");
            node.ExpectVerdict(AccessVerdict.Length, "820e");
            node.ExpectVerdict(AccessVerdict.Length, "820e1400");
            node.ExpectVerdict(AccessVerdict.Length, "820d00");
            node.Expect("821014", "820d");
        }

        [TestMethod]
        public void Transaction_IsOneForSixSecondsForEachSourceAndDestination()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);
            node.Node.Subscriptions.Add(node.Element[1], ModelNode.Group, UpperTransport.LabelTable.None);

            node.Mark();
            node.Expect("820401", "82020107");

            // The same transaction is answered with the state, whatever it says.
            node.RunTo(5999);
            node.Expect("820401", "82020007");
            node.RunTo(5999 + 6000);
            node.Expect("820400", "82020007");

            // Another destination, another source, another TID.
            node.Send("82030107", ModelNode.Group, false);
            Assert.AreEqual(1, record.Value);
            node.Source++;
            node.Send("82030007", ModelNode.Group, false);
            Assert.AreEqual(0, record.Value);
            node.Send("82030108", ModelNode.Group, false);
            Assert.AreEqual(1, record.Value);
        }

        [TestMethod]
        public void Publication_TellsOfEveryChangeAndOfTheEndOfATransition()
        {
            ModelNode node = Create(new StateRecord());
            node.Publish(node.Element[1], 0);
            node.Publish(node.Element[0], 0);

            node.Send("82030101");
            Assert.AreEqual("820401", node.Published());
            node.Send("82030102");
            Assert.AreEqual("", node.Published());
            node.Send("820300030a00");
            Assert.AreEqual("820401000a", node.Published());
            node.Run(999);
            Assert.AreEqual("", node.Published());
            node.Run(1);
            Assert.AreEqual("820400", node.Published());
            node.Send("820f42");
            Assert.AreEqual("821042", node.Published());
            node.Run(10000);
            Assert.AreEqual("", node.Published());
        }

        [TestMethod]
        [DataRow(0, 0x00)]
        [DataRow(1, 0x01)]
        [DataRow(100, 0x01)]
        [DataRow(101, 0x02)]
        [DataRow(6200, 0x3E)]
        [DataRow(6201, 0x47)]
        [DataRow(62000, 0x7E)]
        [DataRow(62001, 0x87)]
        [DataRow(620000, 0xBE)]
        [DataRow(620001, 0xC2)]
        [DataRow(37200000, 0xFE)]
        [DataRow(37200001, 0x3F)]
        public void EncodeTime_RoundsUp(int milliseconds, int time)
        {
            Assert.AreEqual(time, Transition.EncodeTime(milliseconds));
        }

        [TestMethod]
        public void KeptState_ComesBack()
        {
            ModelNode node = Create(new StateRecord());
            GenericOnOffServer server = (GenericOnOffServer)node.Element[1];
            byte[] kept = new byte[16];

            node.Send("820301010a00");
            Assert.AreEqual(1, server.EncodeKept(kept, 2));
            node.Send("820300020000");
            Assert.IsFalse(server.IsOn(node.Now));
            Assert.IsTrue(server.DecodeKept(kept, 2, 1));
            Assert.IsTrue(server.IsOn(node.Now));
            Assert.IsFalse(server.DecodeKept(kept, 2, 2));
            Assert.IsFalse(server.DecodeKept(new byte[] { 2 }, 0, 1));
            Assert.IsTrue(server.IsOn(node.Now));
        }

        // The Generic Default Transition Time Server and the Generic OnOff Server.
        private static ModelNode Create(StateRecord record)
        {
            ModelNode node = new ModelNode();
            GenericDefaultTransitionTimeServer defaultTime = new GenericDefaultTransitionTimeServer();
            node.Element.Add(defaultTime);
            node.Element.Add(new GenericOnOffServer(record, defaultTime));
            node.Start();

            return node;
        }
    }
}
