using MeshNode.Bearers;
using MeshNode.Fakes;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    /// <summary>From an unprovisioned device to a node, through the whole stack.</summary>
    [TestClass]
    public class ProvisioningStackTests
    {
        private static FakeAdvertisingBearer s_radio;
        private static FakeGattBearer s_gatt;
        private static FakeProvisioner s_application;
        private static MeshStack s_stack;
        private static long s_now;

        [TestMethod]
        public void PbGatt_MakesANodeWithNodeIdentity()
        {
            Start();
            Run(1000);
            Assert.IsTrue(s_radio.ConnectableLength > 0);
            s_stack.OnConnected(0, s_now);
            Assert.AreEqual(0, s_radio.ConnectableLength);
            s_stack.OnMtuChanged(0, 100, s_now);
            s_stack.OnSubscribed(0, true, s_now);
            int beacons = s_radio.Count;
            Write(Exchange.InvitePdu);
            Assert.AreEqual(1u, s_stack.Provisioning.Count(PbGattVerdict.Accepted));
            s_stack.OnReceived(AdvertisingData.PbAdv, new byte[5], 0, 5, s_now);
            Assert.AreEqual(1u, s_stack.Provisioning.Count(PbAdvVerdict.Format));
            Write(Exchange.CmacStartPdu);
            Write(Exchange.ProvisionerKeyPdu);
            Run(6000);
            Write(Exchange.CmacProvisionerConfirmationPdu);
            Write(Exchange.CmacProvisionerRandomPdu);
            Assert.AreEqual(beacons, s_radio.Count);
            Write(Exchange.CmacDataPdu);
            Assert.AreEqual("0308", s_gatt.Text(s_gatt.Count - 1));
            Assert.AreEqual(1, s_application.Provisioned);
            Assert.AreEqual(Exchange.CmacDeviceKey, s_application.DeviceKey);
            CheckNode();

            // The service changes when the provisioner has gone.
            Run(1000);
            Assert.AreEqual(0, s_radio.ConnectableLength);
            Assert.IsTrue(s_stack.Provisioning != null);
            s_stack.OnNotified(0, s_now);
            s_stack.OnDisconnected(0, s_now);
            Run(1);
            Assert.AreEqual(28, s_radio.ConnectableLength);
            Assert.AreEqual((byte)1, s_radio.Connectable[11]);
            Assert.IsTrue(s_stack.Advertiser.IsNodeIdentityRunning(s_stack.Subnets[0], s_now + 59998));
            Assert.IsTrue(s_stack.Provisioning == null);

            s_stack.OnConnected(0, s_now);
            Assert.AreEqual(1, s_stack.Proxy.Connections);
        }

        [TestMethod]
        public void PbGatt_ServesNextWhenTheLinkIsLost()
        {
            Start();
            Run(1000);
            s_stack.OnConnected(0, s_now);
            s_stack.OnSubscribed(0, true, s_now);
            Write(Exchange.InvitePdu);
            int beacons = s_radio.Count;
            Run(10000);
            Assert.AreEqual(beacons, s_radio.Count);
            s_stack.OnDisconnected(0, s_now);
            Assert.IsTrue(s_radio.ConnectableLength > 0);
            Run(1);
            Assert.AreEqual(beacons + 1, s_radio.Count);
            s_stack.OnConnected(1, s_now);
            Assert.AreEqual(0, s_gatt.Disconnects);
            s_stack.OnConnected(0, s_now);
            Assert.AreEqual(1, s_gatt.Disconnects);
            s_stack.OnDisconnected(0, s_now);
            Assert.IsTrue(s_stack.Provisioning.Owns(1));
        }

        [TestMethod]
        public void PbAdv_MakesANode()
        {
            Start();
            Run(1000);
            Receive(PbAdvNode.LinkOpen);
            int transaction = 0;
            string[] pdus = new string[]
            {
                Exchange.InvitePdu,
                Exchange.CmacStartPdu,
                Exchange.ProvisionerKeyPdu,
                Exchange.CmacProvisionerConfirmationPdu,
                Exchange.CmacProvisionerRandomPdu,
                Exchange.CmacDataPdu,
            };

            for (int i = 0; i < pdus.Length; i++)
            {
                int last = GenericProvisioningPdu.LastSegment(pdus[i].Length / 2);

                for (int j = 0; j <= last; j++)
                {
                    Receive(PbAdvNode.Segment(transaction, pdus[i], j));
                }

                transaction++;
                Run(400);
            }

            CheckNode();
            Assert.AreEqual(1, s_application.Provisioned);
            Assert.AreEqual(PbAdvNode.Segment(0x84, Exchange.CompletePdu, 0), s_radio.Text(s_radio.Count - 1));
            Receive(PbAdvNode.Acknowledgment(0x84));
            Run(1000);
            Assert.IsTrue(s_stack.Provisioning != null);
            Receive("23af5850000b00");
            Run(1);
            Assert.IsTrue(s_stack.Provisioning == null);
            Assert.IsFalse(s_stack.Advertiser.IsNodeIdentityRunning(s_stack.Subnets[0], s_now));
            Receive("23af5850000b00");
        }

        [TestMethod]
        public void PbGatt_JoinsInKeyRefreshPhase2()
        {
            Start();
            s_stack.OnConnected(0, s_now);
            s_stack.OnMtuChanged(0, 100, s_now);
            s_stack.OnSubscribed(0, true, s_now);
            Run(200);
            ProvisionerSide side = new ProvisionerSide(Exchange.CmacCapabilitiesPdu, Exchange.CmacStartPdu, "");
            Write(Exchange.InvitePdu);
            Write(Exchange.CmacStartPdu);
            Write(Exchange.ProvisionerKeyPdu);
            Run(200);
            Write(side.Confirmation());
            Write(side.Random());
            Write(side.Data("efb2255e6422d330088e09bb015ed7070000030102030400ff", Exchange.CmacDeviceRandomPdu));
            Assert.AreEqual((int)KeyRefreshPhase.Second, (int)s_stack.Subnets[0].Phase);
            Assert.IsTrue(s_stack.IvIndex.UpdateInProgress);
        }

        [TestMethod]
        public void StartUnprovisioned_WithoutAProvisioneeTakesNoLink()
        {
            Make();
            s_stack.StartUnprovisioned(Hex.Decode(Exchange.Uuid), 0, null, s_now);
            Receive(PbAdvNode.LinkOpen);
            Run(1000);
            Assert.AreEqual(0, s_radio.CountOf(AdvertisingData.PbAdv));
            Assert.IsTrue(s_stack.Provisioning == null);
        }

        private static void CheckNode()
        {
            Assert.AreEqual(0x0B0C, s_stack.Network.PrimaryAddress);
            Assert.IsTrue(s_stack.IvIndex.Current == 0x01020304);
            Assert.AreEqual(1, s_stack.Subnets.Count);
            Assert.AreEqual(0x0567, s_stack.Subnets[0].NetKeyIndex);
        }

        private static void Make()
        {
            s_radio = new FakeAdvertisingBearer();
            s_gatt = new FakeGattBearer();
            s_application = new FakeProvisioner();
            s_application.Capabilities.Uuid = Hex.Decode(Exchange.Uuid);
            s_application.Capabilities.Algorithms = ProvisioningAlgorithm.CmacFlag;
            s_now = 0;
            s_stack = new MeshStack(s_radio, s_gatt, s_application.Random, new FakeNetworkLayerClient(), new StackProfile());
        }

        private static void Start()
        {
            Make();
            s_stack.StartUnprovisioned(s_application.Capabilities, s_application, s_now);
        }

        // As a node does it: again when the stack has asked for it.
        private static void Run(int milliseconds)
        {
            long end = s_now + milliseconds;

            while (s_now < end)
            {
                long next = s_stack.Tick(s_now);
                s_now = next <= s_now ? s_now + 1 : next < end ? next : end;
            }

            s_stack.Tick(s_now);
        }

        private static void Receive(string pdu)
        {
            byte[] octets = Hex.Decode(pdu);
            s_stack.OnReceived(AdvertisingData.PbAdv, octets, 0, octets.Length, s_now);
        }

        private static void Write(string pdu)
        {
            byte[] value = Hex.Decode("03" + pdu);
            s_stack.OnWritten(0, value, 0, value.Length, s_now);
        }
    }
}
