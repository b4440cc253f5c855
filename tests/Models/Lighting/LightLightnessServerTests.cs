using MeshNode.Access;
using MeshNode.Fakes;
using MeshNode.Models.Generic;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode.Models.Lighting
{
    /// <summary>Test-case groups MMDL/SR/LLN and LLNS (Light Lightness, Light Lightness Setup), with the states bound to them.</summary>
    [TestClass]
    public class LightLightnessServerTests
    {
        private const int OnOff = 0;
        private const int Level = 1;
        private const int PowerOnOff = 3;
        private const int Lightness = 5;

        [TestMethod]
        public void Compose_AddsTheModelsInOneSubscriptionList()
        {
            ModelNode node = Create(new StateRecord());
            int[] models = new int[] { 0x1000, 0x1002, 0x1004, 0x1006, 0x1007, 0x1300, 0x1301 };

            Assert.AreEqual(models.Length, node.Element.Count);
            node.Node.Subscriptions.Add(node.Element[Level], ModelNode.Group, LabelTable.None);

            for (int i = 0; i < models.Length; i++)
            {
                Assert.AreEqual(models[i], node.Element[i].Id);
                Assert.IsTrue(node.Node.Subscriptions.Contains(node.Element[i], ModelNode.Group, LabelTable.None));
            }
        }

        [TestMethod]
        public void Set_AndGetInAllViews()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);

            node.Expect("824e0000", "824b");
            node.Expect("824e3412", "824c341201");
            Assert.AreEqual(0x1234, record.Value);
            Assert.AreSame(node.Element[Lightness], record.Server);
            node.Expect("82524c01", "824f");
            node.Expect("82083492", "8205");
            node.Expect("820401", "8201");
            node.ExpectSilence("824d000002");
            node.Expect("82520000", "824f");
            node.Expect("82080080", "8205");
            node.Expect("820400", "8201");
            Assert.AreEqual(0, record.Value);

            // 65535 * sqrt(0x4000 / 65535) is 32767.75.
            node.Expect("82520040", "8250004003");
            node.Expect("824eff7f", "824b");
            node.ExpectSilence("8251ffff04");
            node.Expect("824effff", "824b");
        }

        [TestMethod]
        [DataRow("824b00", (int)AccessVerdict.Length)]
        [DataRow("824c0100", (int)AccessVerdict.Length)]
        [DataRow("824c01000100", (int)AccessVerdict.Length)]
        [DataRow("824c0100013f00", (int)AccessVerdict.Prohibited)]
        [DataRow("824d010001ff00", (int)AccessVerdict.Prohibited)]
        [DataRow("824f00", (int)AccessVerdict.Length)]
        [DataRow("82500100", (int)AccessVerdict.Length)]
        [DataRow("82510100017f00", (int)AccessVerdict.Prohibited)]
        [DataRow("825300", (int)AccessVerdict.Length)]
        [DataRow("825500", (int)AccessVerdict.Length)]
        [DataRow("825700", (int)AccessVerdict.Length)]
        [DataRow("825901", (int)AccessVerdict.Length)]
        [DataRow("825a010203", (int)AccessVerdict.Length)]
        [DataRow("825b010002", (int)AccessVerdict.Length)]
        [DataRow("825b0000ffff", (int)AccessVerdict.Prohibited)]
        [DataRow("825c01000000", (int)AccessVerdict.Prohibited)]
        [DataRow("825b02000100", (int)AccessVerdict.Prohibited)]
        [DataRow("824e0000", (int)AccessVerdict.UnknownOpcode)]
        [DataRow("8258000100ffff", (int)AccessVerdict.UnknownOpcode)]
        public void Messages_WithWrongParametersAreIgnored(string message, int verdict)
        {
            ModelNode node = Create(new StateRecord());

            node.ExpectVerdict((AccessVerdict)verdict, message);
            node.Expect("824e0000", "824b");
            node.Expect("8258000100ffff", "8257");
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(1, 1)]
        [DataRow(255, 1)]
        [DataRow(256, 2)]
        [DataRow(32768, 16385)]
        [DataRow(65534, 65534)]
        [DataRow(65535, 65535)]
        public void ToLinear_RoundsUp(int actual, int linear)
        {
            Assert.AreEqual(linear, LightLightnessServer.ToLinear(actual));
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(1, 255)]
        [DataRow(2, 362)]
        [DataRow(16384, 32767)]
        [DataRow(65534, 65534)]
        [DataRow(65535, 65535)]
        public void ToActual_IsTheRoot(int linear, int actual)
        {
            Assert.AreEqual(actual, LightLightnessServer.ToActual(linear));
        }

        [TestMethod]
        public void Last_IsTheLastStateThatWasNotOff()
        {
            ModelNode node = Create(new StateRecord());

            node.Expect("8254ffff", "8253");
            node.Send("824d640001");
            node.Expect("82546400", "8253");
            node.Send("824d000002");
            node.Expect("82546400", "8253");

            // A transition counts when it has come to its end.
            node.Send("824dc800030a00");
            node.Expect("82546400", "8253");
            node.Run(1000);
            node.Expect("8254c800", "8253");
        }

        [TestMethod]
        public void OnOff_GoesToLastOrToDefault()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);

            node.Expect("820401", "82020101");
            Assert.AreEqual(65535, record.Value);
            node.Send("824d640001");
            node.Expect("820400", "82020002");
            Assert.AreEqual(0, record.Value);
            node.Expect("820401", "82020103");
            Assert.AreEqual(100, record.Value);
            node.Expect("82562003", "82592003");
            node.Expect("820401", "82020104");
            Assert.AreEqual(800, record.Value);
            node.ExpectSilence("825a0000");
            node.Expect("82560000", "8255");
        }

        [TestMethod]
        public void OnOff_TransitionIsThatOfTheLamp()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);
            node.Send("825ae803");
            node.Mark();

            node.Expect("820401010a", "820201010a00");
            node.RunTo(500);
            node.Expect("824ef401e80305", "824b");
            node.RunTo(600);
            node.Expect("8208588" + "2e88304", "8205");
            node.RunTo(1000);
            Assert.AreEqual(1000, record.Value);

            node.RunTo(2000);
            node.Expect("820401000a", "820200020a00");
            node.RunTo(2900);
            node.Expect("8204010001", "8201");
            node.RunTo(3000);
            node.Expect("820400", "8201");
            Assert.AreEqual(0, record.Value);
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(1, 100)]
        [DataRow(99, 100)]
        [DataRow(100, 100)]
        [DataRow(150, 150)]
        [DataRow(200, 200)]
        [DataRow(201, 200)]
        [DataRow(65535, 200)]
        public void Range_LimitsWhatIsNotOff(int wanted, int actual)
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);
            node.Expect("8258006400c800", "825b6400c800");
            node.ExpectSilence("825c6400c800");

            ((LightLightnessServer)node.Element[Lightness]).Set(wanted, node.Now);
            Assert.AreEqual(actual, record.Value);

            node.Send("824d960009");
            byte[] level = new byte[2];
            LittleEndian.WriteUInt16(level, 0, wanted - 32768);
            node.Send("8207" + Hex.Encode(level) + "01");
            Assert.AreEqual(actual, record.Value);
        }

        [TestMethod]
        public void Range_HoldsDuringATransitionAndForDefault()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);
            node.Send("825c6400c800");
            node.Send("825affff");
            node.Mark();

            node.Send("820301010a00");
            node.RunTo(100);
            node.Expect("824e6400c80009", "824b");
            node.RunTo(1000);
            node.Expect("824ec800", "824b");
        }

        [TestMethod]
        public void Level_DeltaStopsAtTheRangeAndDoesNotTurnOff()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);
            node.Send("824de80301");

            node.Send("825c6400d007");

            // In one transaction, by 600 and by 2000 in all.
            node.Send("820aa8fdffff01");
            Assert.AreEqual(400, record.Value);
            node.Send("820a30f8ffff01");
            Assert.AreEqual(100, record.Value);
            node.Send("820a401f000002");
            Assert.AreEqual(2000, record.Value);

            // From off it goes up to the range, and not down.
            node.Send("8207008003");
            Assert.AreEqual(0, record.Value);
            node.Send("820affffffff04");
            Assert.AreEqual(0, record.Value);
            node.Send("820a0100000005");
            Assert.AreEqual(100, record.Value);
        }

        [TestMethod]
        public void Level_MoveStopsAtTheRange()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);
            node.Send("825c6400f401");
            node.Send("824d2c0101");

            // 100 in 100 ms.
            node.Send("820c6400010100");
            node.Run(200);
            Assert.AreEqual(500, record.Value);
            node.Run(1000);
            Assert.AreEqual(500, record.Value);
            node.Send("820c9cff020100");
            node.Run(399);
            Assert.AreNotEqual(100, record.Value);
            node.Run(2000);
            Assert.AreEqual(100, record.Value);

            // From off there is no way down.
            node.Send("824d000003");
            node.Send("820c9cff040100");
            node.Run(2000);
            Assert.AreEqual(0, record.Value);
        }

        [TestMethod]
        public void Transaction_RepeatedChangesNothing()
        {
            StateRecord record = new StateRecord();
            ModelNode node = Create(record);

            node.Expect("824e6400", "824c640001");
            node.Expect("824e6400", "824cc80001");
            node.Expect("82520100", "8250ffff01");
            Assert.AreEqual(1, record.Calls);
        }

        [TestMethod]
        public void Publication_IsOfAllBoundStates()
        {
            ModelNode node = Create(new StateRecord());
            node.Publish(node.Element[OnOff], 0);
            node.Publish(node.Element[Level], 0);
            node.Publish(node.Element[Lightness], 0);

            node.Send("8251ffff010a00");
            Assert.AreEqual("820401010a", node.Published());
            Assert.AreEqual("82080180ff7f0a", node.Published());
            Assert.AreEqual("824e0100ffff0a", node.Published());
            node.Run(999);
            Assert.AreEqual("", node.Published());
            node.Run(1);
            Assert.AreEqual("824effff", node.Published());
            Assert.AreEqual("820401", node.Published());
            Assert.AreEqual("8208ff7f", node.Published());
            node.Run(5000);
            Assert.AreEqual("", node.Published());
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(1, 700)]
        [DataRow(2, 500)]
        public void PowerUp_GoesToTheStateThatIsAskedFor(int onPowerUp, int actual)
        {
            ModelNode before = Create(new StateRecord());
            before.Send("825abc02");
            before.Send("825c0a00e803");
            before.Send("82140" + onPowerUp.ToString());
            before.Send("820f0a");
            before.Send("824df401010a00");
            StateRecord record = new StateRecord();
            ModelNode after = Create(record);
            byte[] kept = new byte[16];

            for (int i = 0; i < before.Element.Count; i++)
            {
                if (before.Element[i] is IKeptState)
                {
                    int count = ((IKeptState)before.Element[i]).EncodeKept(kept, 0);
                    Assert.AreEqual(count != 0, ((IKeptState)after.Element[i]).DecodeKept(kept, 0, count));
                }
            }

            ((GenericPowerOnOffServer)after.Element[PowerOnOff]).OnPoweredUp(after.Now);
            after.Run(999);
            Assert.AreEqual(actual == 0, actual == record.Value);
            after.Run(1);
            Assert.AreEqual(actual, record.Value);
            after.Expect("8258000a00e803", "8257");
            after.Expect("8256bc02", "8255");
            after.Expect("82100a", "820d");
        }

        [TestMethod]
        public void KeptState_IsRefusedWhenItCannotBe()
        {
            ModelNode node = Create(new StateRecord());
            IKeptState server = (IKeptState)node.Element[Lightness];

            Assert.IsFalse(server.DecodeKept(new byte[10], 0, 10));
            Assert.IsFalse(server.DecodeKept(Hex.Decode("64006400000001"), 0, 7));
            Assert.IsFalse(server.DecodeKept(Hex.Decode("640064000000ffff0100"), 0, 10));
            node.Expect("824e0000", "824b");
            node.Expect("8258000100ffff", "8257");
        }

        [TestMethod]
        public void Leaving_SetsTheSetupStatesBack()
        {
            ModelNode node = Create(new StateRecord());
            byte[] kept = new byte[16];
            node.Send("825abc02");
            node.Send("825c0a00e803");
            node.Send("824df40101");

            node.Node.Leave(node.Now);

            ((IKeptState)node.Element[Lightness]).EncodeKept(kept, 0);
            Assert.AreEqual("f401ffff00000100ffff", Hex.Encode(kept, 0, 10));
        }

        private static ModelNode Create(StateRecord record)
        {
            ModelNode node = new ModelNode();
            LightnessElement.Compose(node.Element, record);
            node.Start();

            return node;
        }
    }
}
