using MeshNode.Access;
using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Models.Generic
{
    /// <summary>Test-case group MMDL/SR/GLV (Generic Level).</summary>
    [TestClass]
    public class GenericLevelServerTests
    {
        [TestMethod]
        public void Set_AndGet()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);

            node.Expect("82080000", "8205");
            node.Expect("82083412", "8206341201");
            Assert.AreEqual(0x1234, record.Value);
            node.ExpectSilence("8207008002");
            Assert.AreEqual(-32768, record.Value);
            node.Expect("82080080", "8205");
        }

        [TestMethod]
        [DataRow("820500", (int)AccessVerdict.Length)]
        [DataRow("82063412", (int)AccessVerdict.Length)]
        [DataRow("820634120100", (int)AccessVerdict.Length)]
        [DataRow("82063412010000ff", (int)AccessVerdict.Length)]
        [DataRow("820634120" + "13f00", (int)AccessVerdict.Prohibited)]
        [DataRow("820934120000", (int)AccessVerdict.Length)]
        [DataRow("8209341200000100", (int)AccessVerdict.Length)]
        [DataRow("820a34120000017f00", (int)AccessVerdict.Prohibited)]
        [DataRow("820b3412", (int)AccessVerdict.Length)]
        [DataRow("820c341201ff00", (int)AccessVerdict.Prohibited)]
        [DataRow("82080000", (int)AccessVerdict.UnknownOpcode)]
        public void Messages_WithWrongParametersAreIgnored(string message, int verdict)
        {
            ModelNode node = Create(new StateRecord());

            node.ExpectVerdict((AccessVerdict)verdict, message);
            node.Expect("82080000", "8205");
        }

        [TestMethod]
        public void Transition_GoesEvenlyBothWays()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);
            node.Mark();

            node.Expect("82080000e8030b", "8206e803010a14");
            node.RunTo(350);
            node.Expect("8208fa00e80308", "8205");
            node.RunTo(600);
            node.Expect("8208f401e80305", "8205");
            Assert.IsTrue(record.Calls > 5);
            node.RunTo(1100);
            Assert.AreEqual(1000, record.Value);
            node.Expect("8208e803", "8205");

            // Down to -1000 in 1 s.
            node.RunTo(2000);
            node.Expect("8208e80318fc0a", "820618fc020a00");
            node.RunTo(2750);
            node.Expect("82080cfe18fc03", "8205");
            node.RunTo(3000);
            node.Expect("820818fc", "8205");
        }

        [TestMethod]
        public void DeltaSet_AddsToTheStateBeforeTheTransaction()
        {
            ModelNode node = Create(new StateRecord());

            node.Expect("82086400", "82096400000001");

            // The whole transaction has moved by 300 now.
            node.Expect("82082c01", "82092c01000001");
            node.ExpectSilence("820a2c01000001");
            node.Expect("82082c01", "8205");
            node.Expect("82086801", "82093c00000002");
            node.Expect("82082c01", "820900000000" + "02");
            node.Expect("8208c800", "82099cffffff03");
        }

        [TestMethod]
        public void DeltaSet_IsAbortedBySomebodyElse()
        {
            ModelNode node = Create(new StateRecord());

            node.Expect("82086400", "82096400000001");
            node.Source++;
            node.Expect("82086e00", "82090a00000001");
            node.Source--;

            // It changes nothing, and the other one goes on.
            node.Expect("82086e00", "8209c800000001");
            node.Source++;
            node.Expect("82087800", "82091400000001");
            node.Source--;
            node.Mark();
            node.Expect("82087800", "8209c800000001");
            node.RunTo(5999);
            node.Expect("82087800", "8209c800000001");
            node.RunTo(5999 + 6000);
            node.Expect("82084001", "8209c800000001");

            // A Set message of somebody else does it as well.
            node.Source++;
            node.ExpectSilence("8207000005");
            node.Source--;
            node.Expect("82080000", "82092c01000001");
            node.Expect("82082c01", "82092c01000002");
        }

        [TestMethod]
        public void DeltaSet_StopsAtBothEnds()
        {
            ModelNode node = Create(new StateRecord());

            node.Expect("8208ff7f", "8209ffffff7f01");
            node.Expect("82080080", "82090000008002");
            node.Expect("8208ff7f", "8209ffff000003");
        }

        [TestMethod]
        public void DeltaSet_RepeatedDoesNotStartTheTransitionAgain()
        {
            ModelNode node = Create(new StateRecord());
            node.Mark();

            node.Expect("82080000e8030a", "8209e8030000010a00");
            node.RunTo(500);
            node.Expect("8208f401e80305", "8209e8030000010a00");

            // More of it starts from where it is.
            node.RunTo(800);
            node.Expect("82082003d0070a", "8209d0070000010a00");
        }

        [TestMethod]
        public void MoveSet_GoesToTheEndAtItsSpeed()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);
            node.Mark();

            // 1000 in 1 s, so 32.767 s to the end.
            node.Expect("82080000ff7f61", "820be803010a00");
            node.RunTo(2000);
            node.Expect("8208d007ff7f5f", "8205");
            node.RunTo(3000);
            node.Expect("8208b80b", "820b0000020a00");
            node.Run(5000);
            node.Expect("8208b80b", "8205");

            node.ExpectSilence("820c18fc030a00");
            node.Run(36000);
            Assert.AreEqual(-32768, record.Value);
        }

        [TestMethod]
        public void MoveSet_WithoutTransitionTimeStops()
        {
            ModelNode node = Create(new StateRecord());

            node.Expect("82080000", "820be80301");
            node.Mark();
            node.Expect("82080000ff7f61", "820be803020a00");
            node.RunTo(2000);
            node.Expect("8208d007", "820b6400030000");
            node.Run(1000);
            node.Expect("8208d007", "8205");
        }

        [TestMethod]
        public void MoveSet_SlowestHasAnUnknownRemainingTime()
        {
            ModelNode node = Create(new StateRecord());

            node.Expect("82080000ff7f3f", "820b010001fe00");
            node.Run(1000000);
            node.Expect("82080000ff7f3f", "8205");
        }

        [TestMethod]
        public void Publication_TellsOfChanges()
        {
            ModelNode node = Create(new StateRecord());
            node.Publish(node.Element[0], 0);

            node.Send("82076400010a00");
            Assert.AreEqual("8208000064000a", node.Published());
            node.Run(1000);
            Assert.AreEqual("82086400", node.Published());
        }

        [TestMethod]
        public void KeptState_ComesBack()
        {
            ModelNode node = Create(new StateRecord());
            IKeptState server = (IKeptState)node.Element[0];
            byte[] kept = new byte[16];

            node.Send("820718fc01");
            Assert.AreEqual(2, server.EncodeKept(kept, 1));
            node.Send("8207000002");
            Assert.IsFalse(server.DecodeKept(kept, 1, 1));
            Assert.IsTrue(server.DecodeKept(kept, 1, 2));
            node.Expect("820818fc", "8205");
        }

        private static ModelNode Create(StateRecord record)
        {
            ModelNode node = new ModelNode();
            node.Element.Add(new GenericLevelServer(record, null));
            node.Start();

            return node;
        }
    }
}
