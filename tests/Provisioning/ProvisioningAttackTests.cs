using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    /// <summary>Published attacks on provisioning, by their names.</summary>
    [TestClass]
    public class ProvisioningAttackTests
    {
        // The confirmation of the CMAC algorithm does not bind: it is not offered unless the application wants it.
        [TestMethod]
        public void Cve2020_26556_CmacIsNotOfferedByDefault()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Open(fake.Capabilities.Algorithms);
            fake.Receive(Exchange.InvitePdu, 0);
            Assert.AreEqual("010100020000000000000000", fake.LastSent);
            Assert.AreEqual(ProvisioningError.InvalidFormat, fake.Receive(Exchange.CmacStartPdu, 0));
        }

        // An AuthValue that was shown serves one attempt; the next session has another one.
        [TestMethod]
        public void Cve2020_26557_AuthValueServesOneAttempt()
        {
            FakeProvisioner fake = OutputOob();
            fake.Random.Number = Hex.Decode("00000001");
            ToConfirmation(fake);
            Assert.AreEqual(1, (int)fake.Number);
            fake.Receive(Exchange.CmacProvisionerConfirmationPdu, 0);
            Assert.AreEqual(ProvisioningError.ConfirmationFailed, fake.Receive(Exchange.CmacProvisionerRandomPdu, 0));

            // Not even the right value helps in the same session.
            ProvisionerSide side = new ProvisionerSide("010100010000000108000000", "020000020304", "00000000000000000000000000000001");
            Assert.AreEqual(ProvisioningError.UnexpectedPdu, fake.Receive(side.Confirmation(), 0));
            fake.Provisionee.Close(0);
            fake.Compute(0);
            fake.Provisionee.Open(fake, 0);
            fake.Random.Number = Hex.Decode("00000002");
            ToConfirmation(fake);
            Assert.AreEqual(2, (int)fake.Number);
            fake.Receive(side.Confirmation(), 0);
            Assert.AreEqual(ProvisioningError.ConfirmationFailed, fake.Receive(side.Random(), 0));
            Assert.AreEqual(2, fake.Provisionee.Limit.Failures);
        }

        // Confirmation and Random together give the AuthValue away: the Random is not sent to who has not confirmed.
        [TestMethod]
        public void Cve2020_26559_RandomIsSentToWhoHasConfirmedOnly()
        {
            FakeProvisioner fake = OutputOob();
            ToConfirmation(fake);
            fake.Receive(Exchange.CmacProvisionerConfirmationPdu, 0);
            string confirmation = fake.LastSent;
            Assert.AreEqual("05", confirmation.Substring(0, 2));
            fake.Receive(Exchange.CmacProvisionerRandomPdu, 0);
            Assert.AreEqual("0904", fake.LastSent);
            Assert.AreEqual(confirmation, fake.BeforeLastSent);
            fake.Receive(Exchange.CmacProvisionerRandomPdu, 0);
            Assert.AreEqual("0903", fake.LastSent);
        }

        [TestMethod]
        public void Cve2020_26560_ReflectedPublicKeyIsRefused()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            fake.Receive(Exchange.InvitePdu, 0);
            fake.Receive(Exchange.CmacStartPdu, 0);
            Assert.AreEqual(ProvisioningError.InvalidFormat, fake.Receive(Exchange.DeviceKeyPdu, 0));

            // The one that is known out of band as well.
            fake = new FakeProvisioner();
            fake.Capabilities.OobPrivateKey = Hex.Decode(Exchange.DevicePrivate);
            fake.Capabilities.OobPublicKey = Hex.Decode(Exchange.DevicePublic);
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            fake.Receive(Exchange.InvitePdu, 0);
            fake.Receive("020001000000", 0);
            Assert.AreEqual(ProvisioningError.InvalidFormat, fake.Receive(Exchange.DeviceKeyPdu, 0));
        }

        [TestMethod]
        public void Cve2020_26560_ReflectedConfirmationAndRandomAreRefused()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            fake.Receive(Exchange.InvitePdu, 0);
            fake.Receive(Exchange.CmacStartPdu, 0);
            fake.Receive(Exchange.ProvisionerKeyPdu, 0);
            fake.Compute(0);
            Assert.AreEqual(ProvisioningError.ConfirmationFailed, fake.Receive(Exchange.CmacDeviceConfirmationPdu, 0));
            Assert.AreEqual(Exchange.DeviceKeyPdu, fake.BeforeLastSent);
            fake.Provisionee.Close(0);
            fake.Compute(0);

            fake.Provisionee.Open(fake, 0);
            fake.Receive(Exchange.InvitePdu, 0);
            fake.Receive(Exchange.CmacStartPdu, 0);
            fake.Receive(Exchange.ProvisionerKeyPdu, 0);
            fake.Compute(0);
            fake.Receive(Exchange.CmacProvisionerConfirmationPdu, 0);
            Assert.AreEqual(ProvisioningError.ConfirmationFailed, fake.Receive(Exchange.CmacDeviceRandomPdu, 0));
        }

        // CVE-2022-1041, CVE-2022-1042, CVE-2024-47248 are of the same kind.
        [TestMethod]
        public void Cve2025_9557_ContinuationBeyondTheBufferIsIgnored()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Open();
            node.Receive("23af585000080041d1032c31a47b5779809ef44cb5eaaf5c3e43d5f8fa");

            for (int index = 3; index < 64; index++)
            {
                string control = Hex.Encode(new byte[] { (byte)((index << 2) | 2) });
                Assert.AreEqual((int)PbAdvVerdict.Segment, (int)node.Receive("23af585000" + control + "ad4a8794cb987e9b03745c78dd919512183898dfbecd52"));
            }

            Assert.AreEqual((int)PbAdvVerdict.Segment, (int)node.Receive("23af5850000aad4a8794cb987e9b03745c78dd919512183898dfbecd52"));
        }

        [TestMethod]
        public void Cve2025_9558_StartOfMoreThanTheBufferIsIgnored()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Open();

            for (int length = 66; length < 1470; length++)
            {
                byte[] control = new byte[] { (byte)(GenericProvisioningPdu.LastSegment(length) << 2), (byte)(length >> 8), (byte)length };
                string pdu = "23af585000" + Hex.Encode(control) + "d1032c31a47b5779809ef44cb5eaaf5c3e43d5f8fa";
                Assert.AreEqual((int)PbAdvVerdict.Segment, (int)node.Receive(pdu));
            }
        }

        [TestMethod]
        public void Cve2022_24893_SegNThatContradictsTheLengthIsIgnored()
        {
            PbAdvNode node = new PbAdvNode(ProvisioningAlgorithm.CmacFlag);
            node.Open();

            for (int last = 0; last < 64; last++)
            {
                string control = Hex.Encode(new byte[] { (byte)(last << 2) });
                PbAdvVerdict expected = last == 2 ? PbAdvVerdict.Incomplete : PbAdvVerdict.Format;
                Assert.AreEqual((int)expected, (int)node.Receive("23af585000" + control + "0041d1032c31a47b5779809ef44cb5eaaf5c3e43d5f8fa"));
            }
        }

        // NimBLE 593f95227: continuations without end.
        [TestMethod]
        public void ProxySarWithoutEndIsDisconnected()
        {
            FakeProvisioner fake = new FakeProvisioner();
            Fakes.FakeGattBearer gatt = new Fakes.FakeGattBearer();
            PbGattBearer bearer = new PbGattBearer(gatt, fake.Start());
            bearer.OnConnected(0, 0);
            byte[] value = new byte[20];
            value[0] = 0x43;
            bearer.OnWritten(value, 0, 20, 0);
            value[0] = 0x83;
            int written = 1;

            while (bearer.OnWritten(value, 0, 20, 0) == PbGattVerdict.Incomplete)
            {
                written++;
            }

            Assert.AreEqual(3, written);
            Assert.AreEqual(1, gatt.Disconnects);
        }

        private static FakeProvisioner OutputOob()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Capabilities.OutputOobSize = 8;
            fake.Capabilities.OutputOobActions = 0x08;
            fake.Open(ProvisioningAlgorithm.CmacFlag);

            return fake;
        }

        private static void ToConfirmation(FakeProvisioner fake)
        {
            fake.Receive(Exchange.InvitePdu, 0);
            fake.Receive("020000020304", 0);
            fake.Receive(Exchange.ProvisionerKeyPdu, 0);
            fake.Compute(0);
        }
    }
}
