using MeshNode.Access;
using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Models.Foundation
{
    /// <summary>Composition Data pages. Test cases MESH/NODE/CFG/COMP.</summary>
    [TestClass]
    public class CompositionDataTests
    {
        private const string Page0 = "0c001a0001001000030000010401000000100110021" + "03f002a000101020000100310";
        private const string Page1 = "04010000040800000200" + "00080009";

        [TestMethod]
        public void SampleData_8_10()
        {
            Composition composition = new Composition(0x000C, 0x001A, 0x0001);
            Element element = composition.AddElement(0x0100);
            element.Add(new PlainModel(Model.Sig, 0x0000, false, false));
            element.Add(new PlainModel(0x003F, 0x002A, false, false));
            element.Add(new PlainModel(Model.Sig, 0x8000, false, false));
            element.Add(new PlainModel(Model.Sig, 0x0001, false, false));
            element.Add(new PlainModel(Model.Sig, 0x1000, false, false));
            element.Add(new PlainModel(Model.Sig, 0x1003, false, false));
            byte[] data = new byte[64];

            int count = CompositionData.Encode(composition, 0, 8, data, 3);

            Assert.AreEqual("0c001a0001000800030000010501000000800100001003103f002a00", Hex.Encode(data, 3, count));
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(1, 1)]
        [DataRow(2, 1)]
        [DataRow(127, 1)]
        [DataRow(128, 128)]
        [DataRow(129, 129)]
        [DataRow(130, 129)]
        [DataRow(255, 129)]
        public void AvailablePage_IsTheLargestThatIsNoLarger(int asked, int page)
        {
            Assert.AreEqual(page, CompositionData.AvailablePage(asked));
        }

        [TestMethod]
        public void Get_AnswersEachPage()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("0200" + Page0, "800800");
            node.Expect("0201" + Page1, "800801");
            node.Expect("0280" + Page0, "800880");
            node.Expect("0281" + Page1, "8008ff");
            node.Expect("0201" + Page1, "80087f");
        }

        [TestMethod]
        public void Relations_AreLongWhenAnElementIsFarAway()
        {
            Composition composition = new Composition(1, 2, 3);
            PlainModel extended = new PlainModel(Model.Sig, 0x1000, false, false);
            composition.AddElement(0).Add(extended);

            for (int i = 0; i < 3; i++)
            {
                composition.AddElement(0);
            }

            composition.AddElement(0).Add(new PlainModel(Model.Sig, 0x1001, false, false).Extending(extended));
            byte[] data = new byte[64];

            int count = CompositionData.Encode(composition, 1, 8, data, 0);

            Assert.AreEqual("010000" + "000000000000" + "0100060400", Hex.Encode(data, 0, count));
        }

        [TestMethod]
        public void Relations_AreShortWhenTheExtendedModelIsOnALaterElement()
        {
            Composition composition = new Composition(1, 2, 3);
            PlainModel extended = new PlainModel(Model.Sig, 0x1000, false, false);
            composition.AddElement(0).Add(new PlainModel(Model.Sig, 0x1001, false, false).Extending(extended));
            composition.AddElement(0).Add(extended);
            byte[] data = new byte[64];

            int count = CompositionData.Encode(composition, 1, 8, data, 0);

            Assert.AreEqual("01000407" + "010000", Hex.Encode(data, 0, count));
        }
    }
}
