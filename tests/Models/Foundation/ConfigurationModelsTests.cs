using MeshNode.Access;
using MeshNode.Fakes;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode.Models.Foundation
{
    /// <summary>Publications, subscriptions and bindings of models. Test cases MESH/NODE/CFG/MP, SL and MAKL.</summary>
    [TestClass]
    public class ConfigurationModelsTests
    {
        private const string Label = "0073e7e4d8b9440faf8415df4c56c0e1";
        private const string OtherLabel = "f4a002c7fb1e4ca0a469a021de0db875";
        private const string Nothing = "00000000000000";

        [TestMethod]
        public void Publication_IsSetAndRead()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();

            node.Expect("80190001120000" + "0000000000" + "0010", "801801120010");
            node.Expect("8019000112" + "01c02301ff297f" + "0010", "030112" + "01c02301ff297f" + "0010");
            node.Expect("8019000112" + "01c02301ff297f" + "0010", "801801120010");
            Assert.AreEqual(0xC001, node.Model.Publication.Address);
            Assert.AreEqual(LabelTable.None, node.Model.Publication.Label);
            node.Expect("8019000112" + "050023017f0000" + "3f002a00", "030112" + "050023017f0000" + "3f002a00");
            node.Expect("8019000112" + "050023017f0000" + "3f002a00", "801801123f002a00");
        }

        [TestMethod]
        public void Publication_IgnoresReservedBits()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();

            node.Expect("8019000112" + "01c02301000000" + "0010", "030112" + "01c023e1000000" + "0010");
        }

        [TestMethod]
        public void Publication_ToNowhereIsOff()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();
            node.Expect("8019000112" + Nothing + "0010", "030112" + "00002301ff297f" + "0010");
            node.Expect("8019000112" + "01c02301ff297f" + "0010", "030112" + "01c02301ff297f" + "0010");

            node.Expect("8019000112" + Nothing + "0010", "030112" + "00000000000000" + "0010");
            node.Expect("8019000112" + Nothing + "0010", "801801120010");
        }

        [TestMethod]
        public void Publication_ToALabelKeepsTheLabel()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();

            node.Expect("8019000112" + "29b52301ff0000" + "0010", "801a0112" + Label + "2301ff0000" + "0010");
            node.Expect("8019000112" + "29b52301ff0000" + "0010", "801801120010");
            Assert.IsTrue(node.Node.Labels.Find(Hex.Decode(Label), 0) >= 0);

            node.Expect("8019000112" + "36972301ff0000" + "0010", "801a0112" + OtherLabel + "2301ff0000" + "0010");
            Assert.AreEqual(LabelTable.None, node.Node.Labels.Find(Hex.Decode(Label), 0));

            node.Expect("8019000112" + "01c02301ff0000" + "0010", "030112" + "01c02301ff0000" + "0010");
            Assert.AreEqual(LabelTable.None, node.Node.Labels.Find(Hex.Decode(OtherLabel), 0));
        }

        [TestMethod]
        public void Publication_ToALabelHasNoRoom()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();
            FillLabels(node);

            node.Expect("8019050112" + Nothing + "0010", "801a0112" + Label + "2301ff0000" + "0010");
            node.Expect("8019000112" + Nothing + "0010", "801801120010");
        }

        [TestMethod]
        [DataRow("01", "0312", "2301", "0010")]
        [DataRow("01", "ff7f", "2301", "0010")]
        [DataRow("02", "0112", "2301", "0110ff00")]
        [DataRow("02", "0112", "2301", "0510")]
        [DataRow("03", "0112", "2401", "0010")]
        [DataRow("07", "0112", "2301", "0110")]
        [DataRow("0a", "0112", "2311", "0010")]
        public void Publication_ThatCannotBeHasAStatus(string status, string element, string key, string model)
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();

            node.Expect("8019" + status + element + Nothing + model, "03" + element + "01c0" + key + "ff0000" + model);
            node.Expect("8019" + status + element + Nothing + model, "801a" + element + Label + key + "ff0000" + model);
            Assert.AreEqual(LabelTable.None, node.Node.Labels.Find(Hex.Decode(Label), 0));
        }

        [TestMethod]
        public void Publication_NeedsABinding()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();
            node.Expect("803e00011223010010", "803f011223010010");

            node.Expect("8019030112" + Nothing + "0010", "030112" + "01c02301ff0000" + "0010");
        }

        [TestMethod]
        [DataRow("01", "0312", "0010")]
        [DataRow("02", "0112", "0510")]
        [DataRow("07", "0112", "0210")]
        [DataRow("07", "0112", "0000")]
        public void PublicationGet_ThatCannotBeHasAStatus(string status, string element, string model)
        {
            new ConfiguredNode().Expect("8019" + status + element + Nothing + model, "8018" + element + model);
        }

        [TestMethod]
        public void Binding_IsMadeAndListed()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();
            node.Expect("800300006045", "00006045" + ConfiguredNode.OtherKey);

            node.Expect("804c00011200102301", "804b01120010");
            node.Expect("803e00011256040010", "803d011256040010");
            node.Expect("803e00011256040010", "803d011256040010");
            node.Expect("804c0001120010236145", "804b01120010");
            node.Expect("804e0001123f002a002301", "804d01123f002a00");
            node.Expect("803e00011223010010", "803f011223010010");
            node.Expect("803e00011223010010", "803f011223010010");
            node.Expect("804c00011200105604", "804b01120010");
        }

        [TestMethod]
        public void Unbinding_EndsThePublication()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();
            node.Expect("8019000112" + "01c02301ff297f" + "0010", "030112" + "01c02301ff297f" + "0010");

            node.Expect("803e00011223010010", "803f011223010010");

            node.Expect("8019000112" + Nothing + "0010", "801801120010");
        }

        [TestMethod]
        [DataRow("803e01031223010010", "803d031223010010")]
        [DataRow("803e02011223010510", "803d011223010510")]
        [DataRow("803e02011223013f002b00", "803d011223013f002b00")]
        [DataRow("803e03011224010010", "803d011224010010")]
        [DataRow("803e0d011223010000", "803d011223010000")]
        [DataRow("803e01031223010010", "803f031223010010")]
        [DataRow("803e02011223010510", "803f011223010510")]
        [DataRow("803e03011224010010", "803f011224010010")]
        [DataRow("804c0103120010", "804b03120010")]
        [DataRow("804c0201120510", "804b01120510")]
        [DataRow("804e0201123f002b00", "804d01123f002b00")]
        public void Binding_ThatCannotBeHasAStatus(string answer, string message)
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();

            node.Expect(answer, message);
        }

        [TestMethod]
        public void Subscription_IsAddedListedAndDeleted()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("802a0001120010", "802901120010");
            node.Expect("801f00011200c00010", "801b011200c00010");
            node.Expect("801f00011200c00010", "801b011200c00010");
            node.Expect("801f000112fdff0010", "801b0112fdff0010");
            node.Expect("802a000112001000c0fdff", "802901120010");
            node.Expect("801f00011200c00010", "801c011200c00010");
            node.Expect("801f00011200c00010", "801c011200c00010");
            node.Expect("802a0001120010fdff", "802901120010");
            node.Expect("801f00011202c00010", "801e011202c00010");
            node.Expect("802a000112001002c0", "802901120010");
            node.Expect("801f00011200000010", "801d01120010");
            node.Expect("802a0001120010", "802901120010");
        }

        [TestMethod]
        public void Subscription_OfAVendorModelIsItsOwn()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("801f00011201c03f002a00", "801b011201c03f002a00");

            node.Expect("802c0001123f002a0001c0", "802b01123f002a00");
            node.Expect("802a0001120010", "802901120010");
        }

        [TestMethod]
        public void Subscription_IsSharedWithTheModelThatIsExtended()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("801f00011200c00010", "801b011200c00010");

            node.Expect("802a000112011000c0", "802901120110");
            node.Expect("802a0002120310", "802902120310");
            node.Expect("801f00011200000110", "801d01120110");
            node.Expect("802a0001120010", "802901120010");
        }

        [TestMethod]
        public void Subscription_ToALabelIsItsVirtualAddress()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("801f00011229b50010", "80200112" + Label + "0010");
            node.Expect("801f00011229b50010", "80200112" + Label + "0010");
            node.Expect("802a000112001029b5", "802901120010");
            node.Expect("801f00011236970010", "80210112" + OtherLabel + "0010");
            node.Expect("801f00011236970010", "80220112" + OtherLabel + "0010");
            node.Expect("802a00011200103697", "802901120010");
            Assert.AreEqual(LabelTable.None, node.Node.Labels.Find(Hex.Decode(Label), 0));
            node.Expect("801f00011236970010", "80210112" + OtherLabel + "0010");
            node.Expect("802a0001120010", "802901120010");
            Assert.AreEqual(LabelTable.None, node.Node.Labels.Find(Hex.Decode(OtherLabel), 0));
        }

        [TestMethod]
        public void Subscription_ToALabelHasNoRoom()
        {
            ConfiguredNode node = new ConfiguredNode();
            FillLabels(node);

            node.Expect("801f05011200000010", "80200112" + Label + "0010");
            node.Expect("801f05011200000010", "80220112" + Label + "0010");
            node.Expect("802a0001120010", "802901120010");
        }

        [TestMethod]
        public void Subscription_HasNoRoom()
        {
            StackProfile profile = StackProfile.Small();
            profile.Subscriptions = 1;
            ConfiguredNode node = new ConfiguredNode(profile);
            node.Expect("801f00011200c00010", "801b011200c00010");

            node.Expect("801f05011201c00010", "801b011201c00010");
            node.Expect("801f05011200000010", "80200112" + Label + "0010");
            node.Expect("801f05011201c03f002a00", "801e011201c03f002a00");
            node.Expect("801f00011201c00010", "801e011201c00010");
            node.Expect("802a000112001001c0", "802901120010");
            Assert.AreEqual(LabelTable.None, node.Node.Labels.Find(Hex.Decode(Label), 0));
        }

        [TestMethod]
        [DataRow("1b")]
        [DataRow("1c")]
        [DataRow("1e")]
        public void Subscription_ThatCannotBeHasAStatus(string opcode)
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("801f01031200c00010", "80" + opcode + "031200c00010");
            node.Expect("801f02011200c00510", "80" + opcode + "011200c00510");
            node.Expect("801f02011200c03f002b00", "80" + opcode + "011200c03f002b00");
            node.Expect("801f08011200c00000", "80" + opcode + "011200c00000");
            node.Expect("801f08011200c00210", "80" + opcode + "011200c00210");
            node.Expect("801f01011200000010", "80" + opcode + "011200000010");
            node.Expect("801f01011201000010", "80" + opcode + "011201000010");
            node.Expect("801f01011200800010", "80" + opcode + "011200800010");
            node.Expect("801f010112ffff0010", "80" + opcode + "0112ffff0010");
            node.Expect("802a0001120010", "802901120010");
        }

        [TestMethod]
        [DataRow("20")]
        [DataRow("21")]
        [DataRow("22")]
        public void Subscription_ToALabelThatCannotBeHasAStatus(string opcode)
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("801f01031200000010", "80" + opcode + "0312" + Label + "0010");
            node.Expect("801f02011200000510", "80" + opcode + "0112" + Label + "0510");
            node.Expect("801f08011200000210", "80" + opcode + "0112" + Label + "0210");
            Assert.AreEqual(LabelTable.None, node.Node.Labels.Find(Hex.Decode(Label), 0));
        }

        [TestMethod]
        [DataRow("801f01031200000010", "801d03120010")]
        [DataRow("801f02011200000510", "801d01120510")]
        [DataRow("801f08011200000000", "801d01120000")]
        [DataRow("802a0103120010", "802903120010")]
        [DataRow("802a0201120510", "802901120510")]
        [DataRow("802a0801120210", "802901120210")]
        [DataRow("802c0201123f002b00", "802b01123f002b00")]
        public void SubscriptionList_ThatCannotBeHasAStatus(string answer, string message)
        {
            new ConfiguredNode().Expect(answer, message);
        }

        [TestMethod]
        [DataRow("801800000010")]
        [DataRow("801800c00010")]
        [DataRow("03011200802301ff00000010")]
        [DataRow("03011201c0230180000" + "00010")]
        [DataRow("03011201c02301fe000" + "00010")]
        [DataRow("03000001c02301ff000" + "00010")]
        [DataRow("801a0112" + Label + "2301800000" + "0010")]
        [DataRow("801b000000c00010")]
        [DataRow("80200080" + Label + "0010")]
        [DataRow("801d00000010")]
        [DataRow("802900c00010")]
        [DataRow("803d011200100010")]
        [DataRow("803f011200100010")]
        [DataRow("803d000023010010")]
        [DataRow("804b00000010")]
        [DataRow("804d00803f002a00")]
        public void ProhibitedValue_IsIgnored(string message)
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();

            node.ExpectIgnored(AccessVerdict.Prohibited, message);

            node.Expect("8019000112" + Nothing + "0010", "801801120010");
            node.Expect("802a0001120010", "802901120010");
        }

        [TestMethod]
        public void SubscriptionList_ThatIsTooLongForAMessageIsCut()
        {
            StackProfile profile = StackProfile.Large();
            profile.Subscriptions = 255;
            ConfiguredNode node = new ConfiguredNode(profile);

            for (int i = 0; i < 255; i++)
            {
                node.Node.Subscriptions.Add(node.Model, 0xC000 + i, LabelTable.None);
            }

            node.Send("802901120010");
            string answer = node.Answer();

            // 7 octets and 186 addresses are 379 octets.
            Assert.AreEqual(2 * 379, answer.Length);
            Assert.AreEqual("b8c0b9c0", answer.Substring(2 * 375));
        }

        private static void FillLabels(ConfiguredNode node)
        {
            for (int i = 0; i < node.Node.Labels.Capacity; i++)
            {
                byte[] label = new byte[LabelTable.LabelSize];
                label[0] = (byte)i;
                node.Node.Labels.Refer(label, 0);
            }
        }
    }
}
