using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    /// <summary>PROV: the exchanges that succeed. Mesh Protocol 1.1, section 5.4.2.</summary>
    [TestClass]
    public class ProvisioneeTests
    {
        private const string NoAuthValue = "00000000000000000000000000000000";

        [TestMethod]
        public void SampleData_8_7_Cmac()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            Assert.AreEqual(1, fake.Opened);

            Step(fake, Exchange.InvitePdu, Exchange.CmacCapabilitiesPdu, ProvisioneeState.Start);
            Assert.AreEqual(0, fake.Attention);
            Step(fake, Exchange.CmacStartPdu, Exchange.CmacCapabilitiesPdu, ProvisioneeState.PublicKey);
            Step(fake, Exchange.ProvisionerKeyPdu, Exchange.DeviceKeyPdu, ProvisioneeState.Confirmation);
            Assert.IsTrue(fake.Compute(0) > 60);
            Step(fake, Exchange.CmacProvisionerConfirmationPdu, Exchange.CmacDeviceConfirmationPdu, ProvisioneeState.Random);
            Step(fake, Exchange.CmacProvisionerRandomPdu, Exchange.CmacDeviceRandomPdu, ProvisioneeState.Data);
            Assert.AreEqual(0, fake.Provisioned);
            Step(fake, Exchange.CmacDataPdu, Exchange.CompletePdu, ProvisioneeState.Complete);

            // Once for the stack, once for the application.
            Assert.AreEqual(2, fake.Provisioned);
            Assert.AreEqual("efb2255e6422d330088e09bb015ed707", fake.NetKey);
            Assert.AreEqual(Exchange.CmacDeviceKey, fake.DeviceKey);
            Assert.AreEqual((int)KeyAgreementState.Empty, (int)fake.Provisionee.Agreement.State);

            fake.Provisionee.Close(0);
            Assert.AreEqual(1, fake.LinksClosed);
            Assert.IsTrue(fake.LastProvisioned && fake.LastNodeIdentity);
            Assert.AreEqual(0, fake.Failures);
            Assert.IsFalse(fake.Provisionee.Open(fake, 0));
            fake.Provisionee.Close(0);
            Assert.AreEqual(1, fake.LinksClosed);
            Assert.AreEqual(long.MaxValue, fake.Provisionee.Tick(100000));
        }

        [TestMethod]
        public void SampleData_8_17_2_HmacWithStaticOob()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Random.Random = Hex.Decode(Exchange.HmacRandom);
            fake.Capabilities.StaticOob = Hex.Decode(Exchange.HmacStatic);
            fake.Open(ProvisioningAlgorithm.CmacFlag | ProvisioningAlgorithm.HmacSha256Flag);

            Step(fake, Exchange.InvitePdu, Exchange.HmacCapabilitiesPdu, ProvisioneeState.Start);
            Step(fake, Exchange.HmacStartPdu, Exchange.HmacCapabilitiesPdu, ProvisioneeState.PublicKey);
            Step(fake, Exchange.ProvisionerKeyPdu, Exchange.DeviceKeyPdu, ProvisioneeState.Confirmation);
            fake.Compute(0);
            Step(fake, Exchange.HmacProvisionerConfirmationPdu, Exchange.HmacDeviceConfirmationPdu, ProvisioneeState.Random);
            Step(fake, Exchange.HmacProvisionerRandomPdu, Exchange.HmacDeviceRandomPdu, ProvisioneeState.Data);
            Step(fake, Exchange.HmacDataPdu, Exchange.CompletePdu, ProvisioneeState.Complete);
            Assert.AreEqual(Exchange.HmacDeviceKey, fake.DeviceKey);
        }

        // The key pair is not ready, and the Confirmation comes before the secret is.
        [TestMethod]
        public void Receive_WaitsForWhatIsComputed()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Capabilities.Algorithms = ProvisioningAlgorithm.CmacFlag;
            fake.Start().Open(fake, 0);
            Step(fake, Exchange.InvitePdu, Exchange.CmacCapabilitiesPdu, ProvisioneeState.Start);
            Step(fake, Exchange.CmacStartPdu, Exchange.CmacCapabilitiesPdu, ProvisioneeState.PublicKey);
            Step(fake, Exchange.ProvisionerKeyPdu, Exchange.CmacCapabilitiesPdu, ProvisioneeState.KeyPair);
            Assert.AreEqual(8L, fake.Provisionee.Tick(7));

            while (fake.Provisionee.State == ProvisioneeState.KeyPair)
            {
                fake.Provisionee.Tick(8);
            }

            Assert.AreEqual(Exchange.DeviceKeyPdu, fake.LastSent);
            Step(fake, Exchange.CmacProvisionerConfirmationPdu, Exchange.DeviceKeyPdu, ProvisioneeState.Secret);
            fake.Compute(9);
            Assert.AreEqual(Exchange.CmacDeviceConfirmationPdu, fake.LastSent);
            Assert.AreEqual((int)ProvisioneeState.Random, (int)fake.Provisionee.State);
        }

        [TestMethod]
        public void Receive_OobPublicKeyIsNotSent()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Capabilities.OobPrivateKey = Hex.Decode(Exchange.DevicePrivate);
            fake.Capabilities.OobPublicKey = Hex.Decode(Exchange.DevicePublic);
            fake.Random.PrivateKey = Hex.Decode("0000000000000000000000000000000000000000000000000000000000000005");
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            Complete(fake, "020001000000", NoAuthValue);
            Assert.AreEqual(4, fake.Sent);
        }

        [TestMethod]
        [DataRow("020000020301", "00000007", 3, 7, "00000000000000000000000000000007")]
        [DataRow("020000020308", "05f5e0ff", 3, 99999999, "00000000000000000000000005f5e0ff")]
        [DataRow("020000020002", "00000000", 0, 1, "00000000000000000000000000000001")]
        [DataRow("020000020101", "00000008", 1, 9, "00000000000000000000000000000009")]
        [DataRow("020000020204", "00000010", 2, 17, "00000000000000000000000000000011")]
        [DataRow("020100020301", "00000007", 3, 7, "0000000000000000000000000000000000000000000000000000000000000007")]
        public void Receive_OutputOobNumber(string start, string random, int action, int number, string authValue)
        {
            FakeProvisioner fake = Oob();
            fake.Random.Number = Hex.Decode(random);
            Complete(fake, start, authValue);
            Assert.AreEqual(action, fake.Action);
            Assert.AreEqual(number, (int)fake.Number);
            Assert.AreEqual((int)Hex.Decode(start)[5], fake.Size);
            Assert.AreEqual(1, fake.OobEnded);
        }

        [TestMethod]
        [DataRow("020000020408", "42424242424242420000000000000000")]
        [DataRow("020100020403", "4242420000000000000000000000000000000000000000000000000000000000")]
        public void Receive_OutputOobText(string start, string authValue)
        {
            FakeProvisioner fake = Oob();
            fake.Random.Octet = 11;
            Complete(fake, start, authValue);
            Assert.AreEqual(authValue.Substring(0, fake.Text.Length), fake.Text);
            Assert.AreEqual((int)Hex.Decode(start)[5], fake.Size);
        }

        [TestMethod]
        [DataRow("020000030208", 12345678, "00000000000000000000000000bc614e")]
        [DataRow("020000030001", 9, "00000000000000000000000000000009")]
        [DataRow("020100030104", 0, "0000000000000000000000000000000000000000000000000000000000000000")]
        public void Receive_InputOobNumber(string start, int number, string authValue)
        {
            FakeProvisioner fake = Oob();
            Exchanged(fake, start);
            byte[] text = new byte[8];
            Assert.AreEqual((int)ProvisioneeState.Input, (int)fake.Provisionee.State);
            Assert.AreEqual((int)Hex.Decode(start)[4], fake.Action);
            Assert.AreEqual((int)Hex.Decode(start)[5], fake.Size);
            Assert.IsFalse(fake.Provisionee.InputText(text, fake.Size, 0));
            Assert.IsFalse(fake.Provisionee.InputNumber(AuthValue.NumberLimit(fake.Size), 0));
            Assert.AreEqual(2, fake.Sent);
            Assert.IsTrue(fake.Provisionee.InputNumber((uint)number, 0));
            Assert.AreEqual("04", fake.LastSent);
            Assert.AreEqual(1, fake.OobEnded);
            Assert.IsFalse(fake.Provisionee.InputNumber((uint)number, 0));
            Finish(fake, start, authValue);
        }

        [TestMethod]
        public void Receive_InputOobText()
        {
            FakeProvisioner fake = Oob();
            Exchanged(fake, "020000030303");
            Assert.IsFalse(fake.Provisionee.InputNumber(1, 0));
            Assert.IsFalse(fake.Provisionee.InputText(Hex.Decode("30413132"), 4, 0));
            Assert.IsFalse(fake.Provisionee.InputText(Hex.Decode("3041"), 2, 0));
            Assert.IsFalse(fake.Provisionee.InputText(Hex.Decode("304161"), 3, 0));
            Assert.IsTrue(fake.Provisionee.InputText(Hex.Decode("305a41"), 3, 0));
            Assert.IsFalse(fake.Provisionee.InputText(Hex.Decode("305a41"), 3, 0));
            Finish(fake, "020000030303", "305a4100000000000000000000000000");
        }

        [TestMethod]
        public void Receive_InviteTellsTheAttentionTime()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            Assert.AreEqual(ProvisioningError.None, fake.Receive("00ff", 0));
            Assert.AreEqual(255, fake.Attention);
        }

        // A key pair that nobody has seen serves the next session, one that was sent does not.
        [TestMethod]
        public void Close_KeepsAKeyPairThatWasNotSent()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            fake.Receive(Exchange.InvitePdu, 0);
            fake.Receive(Exchange.CmacStartPdu, 0);
            fake.Provisionee.Close(0);
            Assert.AreEqual(ProvisioningError.None, fake.LastFailure);
            Assert.AreEqual(1, fake.Failures);
            Assert.IsFalse(fake.LastProvisioned);
            fake.Compute(0);
            Assert.AreEqual(1, fake.Random.PrivateKeys);

            Assert.IsTrue(fake.Provisionee.Open(fake, 0));
            Assert.IsFalse(fake.Provisionee.Open(fake, 0));
            fake.Receive(Exchange.InvitePdu, 0);
            fake.Receive(Exchange.CmacStartPdu, 0);
            fake.Receive(Exchange.ProvisionerKeyPdu, 0);
            fake.Provisionee.Close(0);
            Assert.AreEqual((int)KeyAgreementState.Empty, (int)fake.Provisionee.Agreement.State);
            fake.Compute(0);
            Assert.AreEqual(2, fake.Random.PrivateKeys);
            Assert.AreEqual((int)KeyAgreementState.Ready, (int)fake.Provisionee.Agreement.State);

            fake.Provisionee.Open(fake, 0);
            Complete(fake, Exchange.CmacStartPdu, NoAuthValue);
        }

        private static FakeProvisioner Oob()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Random.Random = Hex.Decode(Exchange.HmacRandom);
            fake.Capabilities.OutputOobSize = 8;
            fake.Capabilities.OutputOobActions = 0x1F;
            fake.Capabilities.InputOobSize = 8;
            fake.Capabilities.InputOobActions = 0x0F;
            fake.Open(ProvisioningAlgorithm.CmacFlag | ProvisioningAlgorithm.HmacSha256Flag);

            return fake;
        }

        private static void Exchanged(FakeProvisioner fake, string start)
        {
            Assert.AreEqual(ProvisioningError.None, fake.Receive(Exchange.InvitePdu, 0));
            Assert.AreEqual(ProvisioningError.None, fake.Receive(start, 0));
            Assert.AreEqual(ProvisioningError.None, fake.Receive(Exchange.ProvisionerKeyPdu, 0));
        }

        private static void Complete(FakeProvisioner fake, string start, string authValue)
        {
            Exchanged(fake, start);
            Finish(fake, start, authValue);
        }

        private static void Finish(FakeProvisioner fake, string start, string authValue)
        {
            byte[] capabilities = new byte[12];
            capabilities[0] = 1;
            fake.Capabilities.Encode(capabilities, 1);
            ProvisionerSide side = new ProvisionerSide(Hex.Encode(capabilities), start, authValue);
            fake.Compute(0);
            Assert.AreEqual(ProvisioningError.None, fake.Receive(side.Confirmation(), 0));
            string confirmation = fake.LastSent;
            Assert.AreEqual(ProvisioningError.None, fake.Receive(side.Random(), 0));
            Assert.IsTrue(side.Confirms(confirmation, fake.LastSent));
            Assert.AreEqual(ProvisioningError.None, fake.Receive(side.Data(Exchange.Data, fake.LastSent), 0));
            Assert.AreEqual(Exchange.CompletePdu, fake.LastSent);
            Assert.AreEqual(Hex.Encode(side.Keys.DeviceKey), fake.DeviceKey);
        }

        private static void Step(FakeProvisioner fake, string pdu, string answer, ProvisioneeState state)
        {
            Assert.AreEqual(ProvisioningError.None, fake.Receive(pdu, 0));
            Assert.AreEqual(answer, fake.LastSent);
            Assert.AreEqual((int)state, (int)fake.Provisionee.State);
        }
    }
}
