using MeshNode.Fakes;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode.Access
{
    [TestClass]
    public class SubscriptionTableTests
    {
        private const int Group = TransportNode.Group;

        [TestMethod]
        public void Add_FindsAndRemoves()
        {
            TransportNode node = new TransportNode();
            SubscriptionTable table = node.Node.Subscriptions;

            Assert.IsTrue(table.Add(node.First, Group, LabelTable.None));
            Assert.IsTrue(table.Add(node.First, Group, LabelTable.None));
            Assert.IsTrue(table.Add(node.First, Group + 1, LabelTable.None));
            Assert.IsTrue(table.Add(node.Second, Group, LabelTable.None));

            Assert.AreEqual(3, table.Count);
            Assert.AreEqual(2, table.CountOf(node.First));
            Assert.AreEqual(Group + 1, table.AddressOf(node.First, 1));
            Assert.AreEqual(0, table.AddressOf(node.First, 2));
            Assert.AreEqual(0, table.AddressOf(node.Second, 1));
            Assert.IsFalse(table.Contains(node.Other, Group, LabelTable.None));

            table.Remove(node.First, Group, LabelTable.None);
            table.Remove(node.First, Group, LabelTable.None);
            Assert.IsFalse(table.Contains(node.First, Group, LabelTable.None));
            Assert.IsTrue(table.Contains(Group));
            table.RemoveAll(node.Second);
            Assert.IsFalse(table.Contains(Group));
            Assert.IsTrue(table.Contains(Group + 1));
        }

        [TestMethod]
        public void Add_RefusesWhenItIsFull()
        {
            StackProfile profile = new StackProfile();
            profile.Subscriptions = 2;
            TransportNode node = new TransportNode(profile);
            SubscriptionTable table = node.Node.Subscriptions;
            LabelTable labels = node.Node.Labels;
            table.Add(node.First, Group, LabelTable.None);
            table.Add(node.First, Group + 1, LabelTable.None);

            Assert.AreEqual(0, table.Free);
            Assert.IsFalse(table.Add(node.First, 0x8000, labels.Refer(new byte[16], 0)));
            Assert.AreEqual(LabelTable.None, labels.Find(new byte[16], 0));
            Assert.IsTrue(table.Add(node.First, Group, LabelTable.None));
        }

        [TestMethod]
        public void Labels_AreGivenBack()
        {
            TransportNode node = new TransportNode();
            SubscriptionTable table = node.Node.Subscriptions;
            LabelTable labels = node.Node.Labels;
            int place = labels.Refer(new byte[16], 0);
            int address = labels.Address(place);

            table.Add(node.First, address, place);
            table.Add(node.First, address, labels.Refer(new byte[16], 0));
            table.Add(node.Second, address, labels.Refer(new byte[16], 0));
            table.Remove(node.First, address, place);
            Assert.AreEqual(place, labels.Find(new byte[16], 0));
            table.Clear();
            Assert.AreEqual(LabelTable.None, labels.Find(new byte[16], 0));
            Assert.AreEqual(0, table.Count);
        }

        // Section 4.2.4: models that extend each other share the list.
        [TestMethod]
        public void ModelsThatExtendEachOther_ShareAList()
        {
            Composition composition = new Composition(1, 2, 3);
            Element element = composition.AddElement(0);
            RecordingModel first = new RecordingModel(Model.Sig, 1, 1);
            RecordingModel second = new RecordingModel(Model.Sig, 2, 2);
            RecordingModel alone = new RecordingModel(Model.Sig, 3, 3);
            RecordingModel both = new RecordingModel(Model.Sig, 4, 4).Extending(first).Extending(second);
            RecordingModel elsewhere = new RecordingModel(Model.Sig, 5, 5).Extending(both);
            element.Add(first);
            element.Add(second);
            element.Add(alone);
            element.Add(both);
            composition.AddElement(0).Add(elsewhere);
            Node node = new Node(
                new FakeAdvertisingBearer(), new FakeGattBearer(), new CountingRandom(), composition, new StackProfile());

            node.Subscriptions.Add(second, Group, LabelTable.None);

            Assert.IsTrue(node.Subscriptions.Contains(first, Group, LabelTable.None));
            Assert.IsTrue(node.Subscriptions.Contains(both, Group, LabelTable.None));
            Assert.IsFalse(node.Subscriptions.Contains(alone, Group, LabelTable.None));
            Assert.IsFalse(node.Subscriptions.Contains(elsewhere, Group, LabelTable.None));
            Assert.AreEqual(1, first.Attached);
            Assert.IsTrue(element.Find(Model.Sig, 4) == both);
            Assert.IsTrue(element.Find(1, 4) == null);
        }
    }
}
