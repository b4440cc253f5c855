using MeshNode.Fakes;
using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    /// <summary>MPS. Mesh Protocol 1.1, sections 5.2.2 and 7.1.</summary>
    [TestClass]
    public class PbGattBearerTests
    {
        private static FakeProvisioner s_fake;
        private static FakeGattBearer s_gatt;
        private static PbGattBearer s_bearer;
        private static int s_read;

        [TestMethod]
        public void Sample_8_7_WithTheSmallestMtu()
        {
            Connect();
            Write("030000", PbGattVerdict.Accepted);
            Read("03010100010000000000000000");
            Write("03020000000000", PbGattVerdict.Accepted);
            Write("43032c31a47b5779809ef44cb5eaaf5c3e43d5f8", PbGattVerdict.Incomplete);
            Write("83faad4a8794cb987e9b03745c78dd9195121838", PbGattVerdict.Incomplete);
            Write("8398dfbecd52e2408e43871fd021109117bd3ed4", PbGattVerdict.Incomplete);
            Write("c3eaf8437743715d4f", PbGattVerdict.Accepted);
            Read("4303f465e43ff23d3f1b9dc7dfc04da8758184db");
            Read("83c966204796eccf0d6cf5e16500cc0201d048bc");
            Read("83bbd899eeefc424164e33c201c2b010ca6b4d43");
            Read("c3a8a155cad8ecb279");
            s_fake.Compute(0);
            Write("0305b38a114dfdca1fe153bd2c1e0dc46ac2", PbGattVerdict.Accepted);
            Read("0305eeba521c196b52cc2e37aa40329f554e");
            Write("03068b19ac31d58b124c946209b5db1021b9", PbGattVerdict.Accepted);
            Read("030655a2a2bca04cd32ff6f346bd0a0c1a3a");
            Write("4307d0bd7f4a89a2ff6222af59a90a60ad58acfe", PbGattVerdict.Incomplete);
            Write("c33123356f5cec2973e0ec50783b10c7", PbGattVerdict.Accepted);
            Read("0308");
            Read("");
            Assert.AreEqual(Exchange.CmacDeviceKey, s_fake.DeviceKey);

            // The client goes by itself, or after 5 seconds.
            Assert.AreEqual(5000L, s_fake.Provisionee.Tick(4999));
            Assert.AreEqual(0, s_gatt.Disconnects);
            s_fake.Provisionee.Tick(5000);
            Assert.AreEqual(1, s_gatt.Disconnects);
            s_bearer.OnDisconnected(5001);
            Assert.IsTrue(s_fake.LastProvisioned && s_fake.LastNodeIdentity);
        }

        [TestMethod]
        public void Send_UsesTheMtu()
        {
            Connect();
            s_bearer.OnMtuChanged(69);
            Write("030000", PbGattVerdict.Accepted);
            Write("03020000000000", PbGattVerdict.Accepted);
            s_read = s_gatt.Count;
            Write("03" + Exchange.ProvisionerKeyPdu, PbGattVerdict.Accepted);
            Read("03" + Exchange.DeviceKeyPdu);

            Connect();
            s_bearer.OnMtuChanged(1000);
            s_bearer.OnMtuChanged(0);
            Write("030000", PbGattVerdict.Accepted);
            Write("03020000000000", PbGattVerdict.Accepted);
            s_read = s_gatt.Count;
            Write("03" + Exchange.ProvisionerKeyPdu, PbGattVerdict.Accepted);
            Read("4303f465e43ff23d3f1b9dc7dfc04da8758184db");
        }

        // Anything but a Provisioning PDU, and what breaks the SAR rules.
        [TestMethod]
        [DataRow("")]
        [DataRow("000000")]
        [DataRow("010000")]
        [DataRow("020000")]
        [DataRow("040000")]
        [DataRow("3f0000")]
        [DataRow("4000")]
        [DataRow("4400")]
        [DataRow("8300")]
        [DataRow("c300")]
        [DataRow("03000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f0001")]
        public void OnWritten_DisconnectsAfterAViolation(string value)
        {
            Connect();
            Write(value, PbGattVerdict.Violation);
            Assert.AreEqual(1, s_gatt.Disconnects);
            Assert.AreEqual(1, s_gatt.LastDisconnected);
            Write("030000", PbGattVerdict.NotConnected);
            Assert.AreEqual(0, s_gatt.Count);
            Assert.AreEqual(0, s_fake.LinksClosed);
            s_bearer.OnDisconnected(0);
            Assert.AreEqual(1, s_fake.LinksClosed);
            Assert.IsFalse(s_bearer.IsConnected);
            s_bearer.OnConnected(0, 0);
            s_bearer.OnSubscribed(true);
            Write("030000", PbGattVerdict.Accepted);
            Assert.AreEqual(1, s_gatt.Count);
        }

        [TestMethod]
        [DataRow("4303f4", "4303f4")]
        [DataRow("4303f4", "0300")]
        [DataRow("4303f4", "80f4")]
        [DataRow("4303f4", "c1f4")]
        public void OnWritten_DisconnectsAfterAWrongContinuation(string first, string second)
        {
            Connect();
            Write(first, PbGattVerdict.Incomplete);
            Write(second, PbGattVerdict.Violation);
            Assert.AreEqual(1, s_gatt.Disconnects);
        }

        [TestMethod]
        public void OnConnected_ServesOneClient()
        {
            Connect();
            s_bearer.OnConnected(0, 0);
            Assert.AreEqual(1, s_gatt.Disconnects);
            Assert.AreEqual(0, s_gatt.LastDisconnected);
            Assert.IsTrue(s_bearer.Owns(1));
            Assert.IsFalse(s_bearer.Owns(0));
            Assert.IsFalse(s_bearer.Owns(-1));
            s_bearer.OnDisconnected(0);
            Assert.IsFalse(s_bearer.Owns(1));
            Assert.IsFalse(s_bearer.Owns(-1));
            Write("030000", PbGattVerdict.NotConnected);

            // Nor one while PB-ADV has a link.
            s_fake.Provisionee.Open(s_fake, 0);
            s_bearer.OnConnected(1, 0);
            Assert.AreEqual(2, s_gatt.Disconnects);
            Assert.IsFalse(s_bearer.IsConnected);
        }

        [TestMethod]
        public void Send_WaitsForTheSubscriptionAndForRoom()
        {
            Connect();
            s_bearer.OnSubscribed(false);
            Write("030000", PbGattVerdict.Accepted);
            Assert.AreEqual(0, s_gatt.Count);
            s_gatt.Credit = 0;
            s_bearer.OnSubscribed(true);
            Assert.AreEqual(120L, s_bearer.Tick(100));
            s_gatt.Credit = 1;
            s_bearer.OnNotified();
            Read("03010100010000000000000000");
            Assert.AreEqual(long.MaxValue, s_bearer.Tick(100));

            // One PDU waits behind the one that is being sent, the newest.
            Write("0302", PbGattVerdict.Accepted);
            Write("0300", PbGattVerdict.Accepted);
            Assert.AreEqual(1, s_gatt.Count);
            s_gatt.Credit = 9;
            s_bearer.Tick(101);
            Read("030902");
            Read("030903");
            Read("");
        }

        [TestMethod]
        public void Tick_DisconnectsAfterTwentySecondsWithAnUnfinishedPdu()
        {
            Connect();
            Write("43032c31", PbGattVerdict.Incomplete);
            Assert.AreEqual(20000L, s_bearer.Tick(19999));
            Assert.AreEqual(0, s_gatt.Disconnects);
            s_bearer.Tick(20000);
            Assert.AreEqual(1, s_gatt.Disconnects);
            s_bearer.Tick(20001);
            Assert.AreEqual(1, s_gatt.Disconnects);
        }

        [TestMethod]
        public void Tick_DisconnectsAClientThatSaysNothing()
        {
            Connect();
            s_fake.Provisionee.Tick(59999);
            Assert.AreEqual(0, s_gatt.Disconnects);
            s_fake.Provisionee.Tick(60000);
            Assert.AreEqual(1, s_gatt.Disconnects);
        }

        private static void Connect()
        {
            s_fake = new FakeProvisioner();
            s_gatt = new FakeGattBearer();
            s_read = 0;
            s_fake.Capabilities.Algorithms = ProvisioningAlgorithm.CmacFlag;
            s_bearer = new PbGattBearer(s_gatt, s_fake.Start());
            s_fake.Compute(0);
            s_bearer.OnConnected(1, 0);
            s_bearer.OnSubscribed(true);
            Assert.IsTrue(s_bearer.IsConnected);
        }

        private static void Write(string value, PbGattVerdict verdict)
        {
            byte[] octets = Hex.Decode("ee" + value + "ee");
            Assert.AreEqual((int)verdict, (int)s_bearer.OnWritten(octets, 1, octets.Length - 2, 0));
        }

        private static void Read(string value)
        {
            Assert.AreEqual(value, s_read < s_gatt.Count ? s_gatt.Text(s_read++) : "");
        }
    }
}
