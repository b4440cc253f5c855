using MeshNode.Access;
using MeshNode.Fakes;
using MeshNode.Network;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode.Models.Foundation
{
    /// <summary>Network keys, application keys, Key Refresh Phase, Node Identity. Test cases MESH/NODE/CFG/NKL, AKL, NID, KR and MESH/NODE/KR.</summary>
    [TestClass]
    public class ConfigurationKeysTests
    {
        private const string Key = ConfiguredNode.OtherKey;
        private const string ThirdKey = "ffeeddccbbaa99887766554433221100";
        private const string AppKey = ConfiguredNode.AppKey;

        [TestMethod]
        public void SampleData_8_3_6_And_8_3_16()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("8044005604", "80405604" + Key);

            node.Expect("800300563412", "00563412" + AppKey);

            int place = node.Node.AppKeys.Find(0x123);
            Assert.AreEqual(0x456, node.Node.AppKeys.NetKeyIndex(place));
            Assert.IsTrue(node.Node.AppKeys.Key(place).Matches(Hex.Decode(AppKey), 0));
        }

        [TestMethod]
        public void NetKeys_AreListed()
        {
            ConfiguredNode node = new ConfiguredNode(StackProfile.Large());

            node.Expect("80430000", "8042");
            node.Expect("8044002301", "80402301" + Key);
            node.Expect("8043003012", "8042");
            node.Expect("8044008907", "80408907" + ThirdKey);
            node.Expect("80430030128907", "8042");
        }

        [TestMethod]
        public void NetKeyAdd_OfTheSameKeySucceeds()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("8044002301", "80402301" + Key);
            node.Expect("8044002301", "80402301" + Key);
            Assert.AreEqual(2, node.Node.Stack.Subnets.Count);
        }

        [TestMethod]
        public void NetKeyAdd_OfAnotherKeyIsAlreadyStored()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("8044002301", "80402301" + Key);

            node.Expect("8044062301", "80402301" + ThirdKey);

            Assert.IsTrue(node.Node.Stack.Subnets.Find(0x123).Key.Matches(Hex.Decode(Key), 0));
        }

        [TestMethod]
        public void NetKeyAdd_HasNoRoom()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("8044002301", "80402301" + Key);

            node.Expect("8044052401", "80402401" + ThirdKey);
            node.Expect("8044002301", "80402301" + Key);
        }

        [TestMethod]
        public void NetKeyDelete_RemovesAppKeysPublicationsAndHeartbeats()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("8044005604", "80405604" + Key);
            node.Expect("800300563412", "00563412" + AppKey);
            node.Expect("803e00011223010010", "803d011223010010");
            node.Expect("801900011200c02301ff00000010", "03011200c02301ff00000010");
            node.Expect("060000c0ff110501005604", "803900c0ff110501005604");

            node.Expect("8044005604", "80415604");

            node.Expect("80430000", "8042");
            node.Expect("80020456" + "04", "80015604");
            node.Expect("804c0001120010", "804b01120010");
            node.Expect("80190001120000000000000000" + "10", "801801120010");
            node.Expect("06000000000000000000" + "00", "8038");
        }

        [TestMethod]
        public void NetKeyDelete_OfAnUnknownKeySucceeds()
        {
            new ConfiguredNode().Expect("8044002301", "80412301");
        }

        [TestMethod]
        public void NetKeyDelete_OfTheKeyInUseCannotRemove()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("8044002301", "80402301" + Key);

            node.Expect("80440c0000", "80410000");
            Assert.AreEqual(2, node.Node.Stack.Subnets.Count);

            node.Network = new Peer(Key, Peer.SampleIvIndex);
            node.Expect("80440c2301", "80412301");
            node.Expect("8044000000", "80410000");
            node.Expect("80432301", "8042");
        }

        [TestMethod]
        public void NetKeyUpdate_StartsAKeyRefresh()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("8044000000", "80450000" + Key);
            node.Expect("801700000001", "80150000");
            node.Expect("8044000000", "80450000" + Key);
            node.Expect("80440b0000", "80450000" + ThirdKey);
            Assert.IsTrue(node.Node.Stack.Subnets.Find(0).NewKey.Matches(Hex.Decode(Key), 0));
        }

        [TestMethod]
        public void NetKeyUpdate_ToTheKeyThatItHasIsAlreadyStored()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("8044060000", "80450000" + Peer.SampleNetKey);
            node.Expect("801700000000", "80150000");
        }

        [TestMethod]
        public void NetKeyUpdate_OfAnUnknownKeyIsInvalid()
        {
            new ConfiguredNode().Expect("8044042301", "80452301" + Key);
        }

        [TestMethod]
        public void NetKeyUpdate_InThePhaseAfterCannotUpdate()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("8044002301", "80402301" + Key);
            node.Expect("8044002301", "80452301" + ThirdKey);
            node.Expect("801700230102", "8016230102");

            node.Expect("80440b2301", "80452301" + ThirdKey);
        }

        [TestMethod]
        public void KeyRefresh_GoesThroughItsPhases()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();
            node.Expect("8044000000", "80450000" + Key);
            node.Expect("800300003012", "01003012" + ThirdKey);
            Assert.IsFalse(node.Node.AppKeys.Key(0).Matches(Hex.Decode(ThirdKey), 0));

            node.Send("8016000002");
            node.Network = new Peer(Key, Peer.SampleIvIndex);
            Assert.AreEqual("801700000002", node.Answer());
            node.Expect("801700000002", "8016000002");
            node.Expect("801700000000", "8016000003");

            node.Expect("801700000000", "80150000");
            Assert.IsTrue(node.Node.Stack.Subnets.Find(0).Key.Matches(Hex.Decode(Key), 0));
            Assert.IsTrue(node.Node.AppKeys.Key(0).Matches(Hex.Decode(ThirdKey), 0));
            Assert.IsTrue(node.Node.AppKeys.NewKey(0) == null);
            Assert.AreEqual(1u, node.Model.Bindings);
        }

        [TestMethod]
        public void KeyRefresh_EndsFromTheFirstPhase()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("8044002301", "80402301" + Key);
            node.Expect("8044002301", "80452301" + ThirdKey);

            node.Expect("801700230100", "8016230103");

            Assert.IsTrue(node.Node.Stack.Subnets.Find(0x123).Key.Matches(Hex.Decode(ThirdKey), 0));
        }

        [TestMethod]
        public void KeyRefresh_EndsWhenThereIsNone()
        {
            new ConfiguredNode().Expect("801700000000", "8016000003");
        }

        [TestMethod]
        [DataRow("80152301")]
        [DataRow("8016230102")]
        [DataRow("8016230103")]
        public void KeyRefreshPhase_OfAnUnknownKeyIsInvalid(string message)
        {
            new ConfiguredNode().Expect("801704230100", message);
        }

        [TestMethod]
        [DataRow("8016000000")]
        [DataRow("8016000001")]
        [DataRow("8016000002")]
        [DataRow("8016000004")]
        [DataRow("8016001003")]
        [DataRow("80150010")]
        [DataRow("80400010" + Key)]
        [DataRow("80450010" + Key)]
        [DataRow("80410010")]
        [DataRow("80010010")]
        [DataRow("80460010")]
        [DataRow("8047001001")]
        [DataRow("8047000002")]
        public void ProhibitedValue_IsIgnored(string message)
        {
            ConfiguredNode node = new ConfiguredNode();

            node.ExpectIgnored(AccessVerdict.Prohibited, message);

            node.Expect("80430000", "8042");
            node.Expect("801700000000", "80150000");
            node.Expect("804800000000", "80460000");
        }

        [TestMethod]
        public void AppKeys_AreListed()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("8002000000", "80010000");

            node.Expect("800300003012", "00003012" + AppKey);
            node.Expect("80020000002301", "80010000");
            node.Expect("800300006045", "00006045" + AppKey);
            node.Expect("8002000000236145", "80010000");
            node.Expect("800300009078", "00009078" + AppKey);
            node.Expect("80020000002361458907", "80010000");
        }

        [TestMethod]
        public void AppKeyGet_OfAnUnknownNetKeyIsInvalid()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();

            node.Expect("8002042301", "80012301");
        }

        [TestMethod]
        public void AppKeyAdd_OfTheSameKeySucceeds()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("800300003012", "00003012" + AppKey);
            node.Expect("800300003012", "00003012" + AppKey);
            node.Expect("80020000002301", "80010000");
        }

        [TestMethod]
        public void AppKeyAdd_OfAnotherKeyIsAlreadyStored()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("800300003012", "00003012" + AppKey);

            node.Expect("800306003012", "00003012" + Key);

            Assert.IsTrue(node.Node.AppKeys.Key(0).Matches(Hex.Decode(AppKey), 0));
        }

        [TestMethod]
        public void AppKeyAdd_ToAnotherNetKeyIsInvalid()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("8044005604", "80405604" + Key);
            node.Expect("800300003012", "00003012" + AppKey);

            node.Expect("800304563412", "00563412" + AppKey);
            node.Expect("800304783412", "00783412" + AppKey);
        }

        [TestMethod]
        public void AppKeyAdd_HasNoRoom()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("800300001000", "00001000" + AppKey);
            node.Expect("800300002000", "00002000" + AppKey);
            node.Expect("800300003000", "00003000" + AppKey);

            node.Expect("800305004000", "00004000" + AppKey);
            node.Expect("800300003000", "00003000" + AppKey);
        }

        [TestMethod]
        public void AppKeyUpdate_IsForTheFirstPhase()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("8044002301", "80402301" + Key);
            node.Expect("800300236145", "00236145" + AppKey);

            node.Expect("80030b236145", "01236145" + Key);
            node.Expect("8044002301", "80452301" + ThirdKey);
            node.Expect("800300236145", "01236145" + Key);
            node.Expect("800300236145", "01236145" + Key);
            node.Expect("80030b236145", "01236145" + ThirdKey);
            node.Expect("801700230102", "8016230102");
            node.Expect("80030b236145", "01236145" + Key);
        }

        [TestMethod]
        public void AppKeyUpdate_OfAnUnknownKeyIsInvalid()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("8044005604", "80405604" + Key);
            node.Expect("800300003012", "00003012" + AppKey);

            node.Expect("800303006045", "01006045" + AppKey);
            node.Expect("800304783412", "01783412" + AppKey);
            node.Expect("800311563412", "01563412" + AppKey);
        }

        [TestMethod]
        public void AppKeyDelete_RemovesBindingAndPublication()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();
            node.Expect("801900011200c02301ff00000010", "03011200c02301ff00000010");

            node.Expect("800300003012", "8000003012");

            node.Expect("8002000000", "80010000");
            node.Expect("804c0001120010", "804b01120010");
            node.Expect("8019000112000000000000000010", "801801120010");
            node.Expect("800300003012", "8000003012");
        }

        [TestMethod]
        public void AppKeyDelete_OfAnotherNetKeyIsInvalid()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("8044005604", "80405604" + Key);
            node.Expect("800300003012", "00003012" + AppKey);

            node.Expect("800304783412", "8000783412");
            node.Expect("800311563412", "8000563412");
            Assert.IsTrue(node.Node.AppKeys.Find(0x123) >= 0);
        }

        [TestMethod]
        public void NodeIdentity_RunsForAMinute()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("804800000000", "80460000");
            node.Expect("804800000001", "8047000001");
            node.Expect("804800000001", "80460000");
            node.Run(60000);
            node.Expect("804800000000", "80460000");
        }

        [TestMethod]
        public void NodeIdentity_IsStopped()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.Expect("804800000001", "8047000001");

            node.Expect("804800000000", "8047000000");
            node.Expect("804800000000", "80460000");
        }

        [TestMethod]
        [DataRow("80462301")]
        [DataRow("8047230101")]
        public void NodeIdentity_OfAnUnknownKeyIsInvalid(string message)
        {
            new ConfiguredNode().Expect("804804230100", message);
        }
    }
}
