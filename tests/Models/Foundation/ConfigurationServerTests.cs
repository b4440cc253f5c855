using MeshNode.Access;
using MeshNode.Bearers;
using MeshNode.Fakes;
using MeshNode.UpperTransport;
using nanoFramework.TestFramework;

namespace MeshNode.Models.Foundation
{
    /// <summary>
    /// The states of the node as a whole, lengths, and who may configure. Test cases MESH/NODE/CFG/SNBP, DTTL, GPXY, CFGF, CFGR, NTX, LPNPT, RST.
    /// </summary>
    [TestClass]
    public class ConfigurationServerTests
    {
        [TestMethod]
        public void Beacon_IsSetAndRead()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("800b01", "8009");
            node.Expect("800b00", "800a00");
            Assert.IsFalse(node.Node.Stack.Beacons.Enabled);
            node.Expect("800b00", "8009");
            node.Expect("800b01", "800a01");
            Assert.IsTrue(node.Node.Stack.Beacons.Enabled);
        }

        [TestMethod]
        public void DefaultTtl_IsSetAndRead()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("800e07", "800c");
            node.Expect("800e0b", "800d0b");
            Assert.AreEqual(0x0B, node.Node.Access.DefaultTtl);
            node.Expect("800e00", "800d00");
            node.Expect("800e7f", "800d7f");
        }

        [TestMethod]
        public void GattProxy_IsSetAndRead()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("801401", "8012");
            node.Expect("801400", "801300");
            Assert.IsFalse(node.Node.Stack.Network.ProxyEnabled);
            node.Expect("801400", "8012");
            node.Expect("801401", "801301");
            Assert.IsTrue(node.Node.Stack.Network.ProxyEnabled);
        }

        [TestMethod]
        public void GattProxy_OffEndsTheAdvert()
        {
            ConfiguredNode node = new ConfiguredNode();
            Assert.AreNotEqual(0, node.Bearer.ConnectableLength);

            node.Expect("801400", "801300");
            Assert.AreEqual(0, node.Bearer.ConnectableLength);

            node.Expect("801401", "801301");
            Assert.AreNotEqual(0, node.Bearer.ConnectableLength);
        }

        [TestMethod]
        [DataRow("800f")]
        [DataRow("801000")]
        [DataRow("801001")]
        public void Friend_IsNotSupported(string message)
        {
            new ConfiguredNode().Expect("801102", message);
        }

        [TestMethod]
        public void Relay_IsSetAndRead()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("8028010a", "8026");
            node.Expect("8028004a", "8027004a");
            Assert.IsFalse(node.Node.Stack.Network.RelayEnabled);
            Assert.AreEqual(TransmitState.Of(2, 9), node.Node.Stack.Network.RelayRetransmit);
            node.Expect("8028004a", "8026");
            node.Expect("802801ff", "802701ff");
            Assert.IsTrue(node.Node.Stack.Network.RelayEnabled);
        }

        [TestMethod]
        public void NetworkTransmit_IsSetAndRead()
        {
            ConfiguredNode node = new ConfiguredNode();

            node.Expect("80250a", "8023");
            node.Expect("80254a", "80244a");
            Assert.AreEqual(TransmitState.Of(2, 9), node.Node.Stack.Network.NetworkTransmit);
            node.Expect("8025ff", "8024ff");
            node.Expect("8025ff", "8023");
        }

        [TestMethod]
        public void LowPowerNodePollTimeout_IsNone()
        {
            new ConfiguredNode().Expect("802e0112000000", "802d0112");
        }

        [TestMethod]
        public void NodeReset_AnswersAndLeaves()
        {
            ConfiguredNode node = new ConfiguredNode();
            node.AddAppKey();
            node.Expect("800e0b", "800d0b");
            node.Expect("80280000", "80270000");
            node.Expect("801400", "801300");
            node.Expect("800b00", "800a00");
            node.Expect("80251f", "80241f");

            node.Expect("804a", "8049");
            Assert.AreEqual(ConfiguredNode.Address, node.Node.Stack.Network.PrimaryAddress);
            node.Run(1000);

            Assert.AreEqual(0, node.Node.Stack.Network.PrimaryAddress);
            Assert.AreEqual(0, node.Node.Stack.Subnets.Count);
            Assert.AreEqual(-1, node.Node.AppKeys.Find(0x123));
            Assert.AreEqual(0u, node.Model.Bindings);

            node.Join();
            node.Expect("800e07", "800c");
            node.Expect("8028010a", "8026");
            node.Expect("801401", "8012");
            node.Expect("800b01", "8009");
            node.Expect("80250a", "8023");
        }

        [TestMethod]
        [DataRow("800a02")]
        [DataRow("800d01")]
        [DataRow("800d80")]
        [DataRow("801002")]
        [DataRow("801302")]
        [DataRow("80270200")]
        [DataRow("802d0000")]
        [DataRow("802d0080")]
        [DataRow("802d00c0")]
        public void ProhibitedValue_IsIgnored(string message)
        {
            ConfiguredNode node = new ConfiguredNode();

            node.ExpectIgnored(AccessVerdict.Prohibited, message);

            node.Expect("800b01", "8009");
            node.Expect("800e07", "800c");
            node.Expect("801401", "8012");
            node.Expect("8028010a", "8026");
        }

        [TestMethod]
        [DataRow("8008")]
        [DataRow("80080000")]
        [DataRow("800900")]
        [DataRow("800a")]
        [DataRow("800a0000")]
        [DataRow("800c00")]
        [DataRow("800d")]
        [DataRow("800f00")]
        [DataRow("8010")]
        [DataRow("801200")]
        [DataRow("80130000")]
        [DataRow("8015000000")]
        [DataRow("80160000")]
        [DataRow("802300")]
        [DataRow("8024")]
        [DataRow("802600")]
        [DataRow("802700")]
        [DataRow("8027000000")]
        [DataRow("802d01")]
        [DataRow("803800")]
        [DataRow("80390000000000000000")]
        [DataRow("803a00")]
        [DataRow("803b00000000")]
        [DataRow("803b000000000000")]
        [DataRow("8040000000112233445566778899aabbccddee")]
        [DataRow("804100")]
        [DataRow("804200")]
        [DataRow("8045000000112233445566778899aabbccddeeff00")]
        [DataRow("804600")]
        [DataRow("80470000")]
        [DataRow("804900")]
        [DataRow("0000000000112233445566778899aabbccddee")]
        [DataRow("01000000")]
        [DataRow("80000000")]
        [DataRow("800100")]
        [DataRow("8018011200")]
        [DataRow("03011200c000000000000010ff")]
        [DataRow("801a011200112233445566778899aabbccddeeff000000000010")]
        [DataRow("801b011200c000")]
        [DataRow("801c011200c0001000")]
        [DataRow("801d011200")]
        [DataRow("801e0112")]
        [DataRow("8020011200112233445566778899aabbccddeeff")]
        [DataRow("8029011200")]
        [DataRow("802901123f002a00")]
        [DataRow("802b01120010")]
        [DataRow("803d0112230100")]
        [DataRow("803f01122301001000")]
        [DataRow("804b01123f002a00")]
        [DataRow("804d01120010")]
        public void WrongLength_IsIgnored(string message)
        {
            new ConfiguredNode().ExpectIgnored(AccessVerdict.Length, message);
        }

        [TestMethod]
        [DataRow("800b00")]
        [DataRow("804a")]
        [DataRow("804f")]
        [DataRow("8004")]
        public void OtherOpcode_IsUnknown(string message)
        {
            new ConfiguredNode().ExpectIgnored(AccessVerdict.UnknownOpcode, message);
        }

        [TestMethod]
        public void MessageUnderTheDeviceKeyOfAnotherNode_IsNotTaken()
        {
            ConfiguredNode node = new ConfiguredNode();
            RemoteKey remote = new RemoteKey();
            node.Node.UpperTransport.RemoteDeviceKeys = remote;
            node.DeviceKey = TransportKey.Device(Hex.Decode(ConfiguredNode.OtherKey));

            node.ExpectIgnored(AccessVerdict.NotBound, "800d0b");

            Assert.AreEqual(7, node.Node.Access.DefaultTtl);
        }

        private sealed class RemoteKey : IRemoteDeviceKeys
        {
            private readonly TransportKey _key = TransportKey.Device(Hex.Decode(ConfiguredNode.OtherKey));

            public TransportKey Find(int address)
            {
                return _key;
            }
        }
    }
}
