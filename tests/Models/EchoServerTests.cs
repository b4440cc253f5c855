using MeshNode.Access;
using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Models
{
    /// <summary>A vendor model, over unsegmented and segmented messages.</summary>
    [TestClass]
    public class EchoServerTests
    {
        [TestMethod]
        public void Short_ComesBackUnsegmented()
        {
            ModelNode node = Create();

            node.Expect("c2f105", "c1f105");
            node.Expect("c2f1050102030405060708", "c1f1050102030405060708");
            node.ExpectVerdict(AccessVerdict.UnknownOpcode, "c2f105");
            node.ExpectVerdict(AccessVerdict.UnknownOpcode, "c1f205");
        }

        [TestMethod]
        [DataRow(9)]
        [DataRow(100)]
        [DataRow(377)]
        public void Long_ComesBackSegmented(int count)
        {
            ModelNode node = Create();
            byte[] parameters = new byte[count];

            for (int i = 0; i < count; i++)
            {
                parameters[i] = (byte)(i * 7);
            }

            node.Send("c1f105" + Hex.Encode(parameters));
            Assert.AreEqual("c2f105" + Hex.Encode(parameters), node.SegmentedAnswer());
            node.Run(1000);
            Assert.IsFalse(node.Node.LowerTransport.IsTransmitting);
        }

        private static ModelNode Create()
        {
            ModelNode node = new ModelNode();
            node.Element.Add(new EchoServer());
            node.Start();

            return node;
        }
    }
}
