using MeshNode.Access;
using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Models.Foundation
{
    /// <summary>Heartbeat publication and subscription. Test cases MESH/NODE/CFG/HBP and HBS.</summary>
    [TestClass]
    public class ConfigurationHeartbeatTests
    {
        [TestMethod]
        public void Publication_IsSetAndRead()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("0600" + "000000000000000000", "8038");
            node.Send("803901c0ff050703000000");
            Assert.AreEqual("0600" + "01c0ff050703000000", node.Answer());
            node.Expect("0600" + "01c0ff050703000000", "8038");
        }

        [TestMethod]
        public void Publication_KeepsOnlyFeaturesThatTheNodeHas()
        {
            new ConfiguredNode().Expect("060001c0000007" + "03000000", "803901c0000007" + "ffff0000");
        }

        [TestMethod]
        public void Publication_ToNowhereIsOff()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("0600" + "01c0ff110703000000", "803901c0ff110703000000");

            node.Expect("0600" + "000000000000000000", "80390000ff110703002301");
            node.Expect("0600" + "000000000000000000", "8038");
        }

        [TestMethod]
        [DataRow("01", "0080ff110703000000")]
        [DataRow("01", "ffbfff110703000000")]
        [DataRow("04", "01c0ff110703002301")]
        [DataRow("0f", "01c012110703000000")]
        [DataRow("0f", "01c0fe110703000000")]
        [DataRow("0f", "01c0ff120703000000")]
        public void Publication_ThatCannotBeIsSentBack(string status, string parameters)
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("06" + status + parameters, "8039" + parameters);
            node.Expect("0600" + "000000000000000000", "8038");
        }

        [TestMethod]
        public void Subscription_IsSetAndRead()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("803c00" + "000000000000" + "0000", "803a");
            node.Expect("803c00" + "020001c011007f00", "803b" + "020001c011");
            node.Expect("803c00" + "020001c011007f00", "803a");
            node.Expect("803c00" + "0200011203007f00", "803b" + "0200011203");
            node.Run(5000);
            node.Expect("803c00" + "0200011200007f00", "803a");
        }

        [TestMethod]
        [DataRow("000001c003")]
        [DataRow("0200000003")]
        public void Subscription_ToNothingIsOff(string parameters)
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("803c00" + "020001c011007f00", "803b" + "020001c011");

            node.Expect("803c00" + "0000000000000000", "803b" + parameters);
        }

        [TestMethod]
        public void Subscription_OfNoTimeKeepsItsAddresses()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("803c00" + "020001c011007f00", "803b" + "020001c011");

            node.Expect("803c00" + "020001c000007f00", "803b" + "020001c000");
        }

        [TestMethod]
        [DataRow("803901c0ff118003000000")]
        [DataRow("803901c0ff110703000010")]
        [DataRow("803b008001c003")]
        [DataRow("803b00c001c003")]
        [DataRow("803b0200008003")]
        [DataRow("803b0200021203")]
        [DataRow("803b020001c012")]
        public void ProhibitedValue_IsIgnored(string message)
        {
            ConfiguredNode node = new ConfiguredNode();

            node.ExpectIgnored(AccessVerdict.Prohibited, message);

            node.Expect("0600" + "000000000000000000", "8038");
            node.Expect("803c00" + "0000000000000000", "803a");
        }
    }
}
