using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    /// <summary>PROV BI: what ends provisioning, and how. Mesh Protocol 1.1, section 5.4.4.</summary>
    [TestClass]
    public class ProvisioneeFailureTests
    {
        private const string OwnKeyPdu = Exchange.DeviceKeyPdu;
        private const string OffCurvePdu =
            "032c31a47b5779809ef44cb5eaaf5c3e43d5f8faad4a8794cb987e9b03745c78dd919512183898dfbecd52e2408e43871fd021109117bd3ed4eaf8437743715d4e";

        // How far the sample exchange goes before, what comes then, and the error.
        [TestMethod]
        [DataRow(0, "", 1)]
        [DataRow(0, "0a", 1)]
        [DataRow(0, "4000", 1)]
        [DataRow(0, "ff00", 1)]
        [DataRow(0, "00", 2)]
        [DataRow(0, "000000", 2)]
        [DataRow(0, Exchange.CmacStartPdu, 3)]
        [DataRow(0, Exchange.CmacDataPdu, 3)]
        [DataRow(0, "0901", 3)]
        [DataRow(1, Exchange.InvitePdu, 3)]
        [DataRow(1, "0200000000", 2)]
        [DataRow(1, "02000000000000", 2)]
        [DataRow(1, "020100000000", 2)]
        [DataRow(1, "020001000000", 2)]
        [DataRow(1, "020000010000", 2)]
        [DataRow(1, "020000000100", 2)]
        [DataRow(1, Exchange.CmacCapabilitiesPdu, 3)]
        [DataRow(1, Exchange.ProvisionerKeyPdu, 3)]
        [DataRow(2, Exchange.CmacStartPdu, 3)]
        [DataRow(2, Exchange.CmacProvisionerConfirmationPdu, 3)]
        [DataRow(2, "03", 2)]
        [DataRow(2, OwnKeyPdu, 2)]
        [DataRow(2, OffCurvePdu, 2)]
        [DataRow(3, Exchange.ProvisionerKeyPdu, 3)]
        [DataRow(3, Exchange.CmacProvisionerRandomPdu, 3)]
        [DataRow(3, "04", 3)]
        [DataRow(3, "05b38a114dfdca1fe153bd2c1e0dc46a", 2)]
        [DataRow(3, Exchange.HmacProvisionerConfirmationPdu, 2)]
        [DataRow(3, Exchange.CmacDeviceConfirmationPdu, 4)]
        [DataRow(4, Exchange.CmacProvisionerConfirmationPdu, 3)]
        [DataRow(4, Exchange.CmacDataPdu, 3)]
        [DataRow(4, "06", 2)]
        [DataRow(4, "068b19ac31d58b124c946209b5db1021b8", 4)]
        [DataRow(4, Exchange.CmacDeviceRandomPdu, 4)]
        [DataRow(5, Exchange.CmacProvisionerRandomPdu, 3)]
        [DataRow(5, "08", 3)]
        [DataRow(5, "07d0bd7f4a89a2ff6222af59a90a60ad58acfe3123356f5cec2973e0ec50783b10", 2)]
        [DataRow(5, "07d0bd7f4a89a2ff6222af59a90a60ad58acfe3123356f5cec2973e0ec50783b10c6", 6)]
        [DataRow(5, "07d1bd7f4a89a2ff6222af59a90a60ad58acfe3123356f5cec2973e0ec50783b10c7", 6)]
        public void Receive_FailsWith(int step, string pdu, int error)
        {
            FakeProvisioner fake = After(step);
            int sent = fake.Sent;
            Assert.AreEqual(error, fake.Receive(pdu, 1));
            Assert.AreEqual(sent + 1, fake.Sent);
            Assert.AreEqual("090" + error.ToString(), fake.LastSent);
            Assert.AreEqual((int)ProvisioneeState.Failed, (int)fake.Provisionee.State);
            Assert.AreEqual(error, fake.Provisionee.Error);
            Assert.AreEqual(error, fake.LastFailure);
            Assert.AreEqual(0, fake.Provisioned);
            Assert.AreEqual(0, fake.LinksClosed);

            // Whatever comes now is unexpected.
            Assert.AreEqual(ProvisioningError.UnexpectedPdu, fake.Receive(Exchange.InvitePdu, 1));
            Assert.AreEqual("0903", fake.LastSent);
            Assert.AreEqual(ProvisioningError.UnexpectedPdu, fake.Receive("", 1));
            Assert.AreEqual(1, fake.Failures);
            Assert.AreEqual(error, fake.Provisionee.Error);

            // The next attempt can succeed.
            fake.Provisionee.Close(1);
            Assert.AreEqual(1, fake.LinksClosed);
            Assert.IsFalse(fake.LastProvisioned);
            fake.Compute(1);
            Assert.IsTrue(fake.Provisionee.Open(fake, 1));
            Continue(fake, 6);
            Assert.AreEqual(Exchange.CompletePdu, fake.LastSent);
        }

        // Erratum 10395.
        [TestMethod]
        [DataRow(OwnKeyPdu)]
        [DataRow(OffCurvePdu)]
        public void Receive_InvalidPublicKeyIsFoundBeforeTheOwnIsSent(string key)
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Capabilities.Algorithms = ProvisioningAlgorithm.CmacFlag;
            fake.Start().Open(fake, 0);
            Continue(fake, 2);
            fake.Receive(key, 0);
            fake.Compute(0);
            Assert.AreEqual("0902", fake.LastSent);
            Assert.AreEqual(Exchange.CmacCapabilitiesPdu, fake.BeforeLastSent);
        }

        [TestMethod]
        [DataRow("efb2255e6422d330088e09bb015ed707100000010203040001", 9)]
        [DataRow("efb2255e6422d330088e09bb015ed707000000010203048000", 9)]
        [DataRow("efb2255e6422d330088e09bb015ed707000000010203040000", 9)]
        [DataRow("efb2255e6422d330088e09bb015ed707000000010203047fff", 8)]
        [DataRow("efb2255e6422d330088e09bb015ed707000000010203047ffe", 0)]
        public void Receive_ChecksTheData(string data, int error)
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Capabilities.Elements = 2;
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            ProvisionerSide side = new ProvisionerSide("010200010000000000000000", Exchange.CmacStartPdu, "");
            Continue(fake, 3);
            fake.Compute(0);
            fake.Receive(side.Confirmation(), 0);
            fake.Receive(side.Random(), 0);
            Assert.AreEqual(error, fake.Receive(side.Data(data, fake.LastSent), 0));
            Assert.AreEqual(error == 0 ? "08" : "090" + error.ToString(), fake.LastSent);
            Assert.AreEqual(error == 0 ? 2 : 0, fake.Provisioned);
        }

        [TestMethod]
        [DataRow("020000020301")]
        [DataRow("020000020401")]
        [DataRow("020000030201")]
        public void Receive_FailsWhenTheApplicationCannot(string start)
        {
            FakeProvisioner fake = WithOob();
            fake.CanShow = false;
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            fake.Receive(Exchange.InvitePdu, 0);
            fake.Receive(start, 0);
            Assert.AreEqual(ProvisioningError.UnexpectedError, fake.Receive(Exchange.ProvisionerKeyPdu, 0));
            Assert.AreEqual("0907", fake.LastSent);
            Assert.AreEqual(1, fake.OobEnded);
        }

        [TestMethod]
        public void CancelInput_Fails()
        {
            FakeProvisioner fake = WithOob();
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            fake.Provisionee.CancelInput(0);
            Assert.AreEqual(0, fake.Sent);
            fake.Receive(Exchange.InvitePdu, 0);
            fake.Receive("020000030201", 0);
            fake.Receive(Exchange.ProvisionerKeyPdu, 0);

            // Before the input is complete there is nothing to confirm.
            fake.Provisionee.CancelInput(0);
            Assert.AreEqual("0907", fake.LastSent);
            Assert.IsFalse(fake.Provisionee.InputNumber(1, 0));
            Assert.AreEqual(1, fake.OobEnded);
        }

        [TestMethod]
        public void Receive_ConfirmationBeforeInputIsUnexpected()
        {
            FakeProvisioner fake = WithOob();
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            fake.Receive(Exchange.InvitePdu, 0);
            fake.Receive("020000030201", 0);
            fake.Receive(Exchange.ProvisionerKeyPdu, 0);
            Assert.AreEqual(ProvisioningError.UnexpectedPdu, fake.Receive(Exchange.CmacProvisionerConfirmationPdu, 0));
        }

        // CVE-2020-26557.
        [TestMethod]
        public void Receive_RefusesToAuthenticateAfterThreeFailures()
        {
            FakeProvisioner fake = WithOob();
            fake.Open(ProvisioningAlgorithm.CmacFlag);

            for (int i = 0; i < 3; i++)
            {
                fake.Receive(Exchange.InvitePdu, 0);
                Assert.AreEqual(ProvisioningError.None, fake.Receive("020000020301", 0));
                fake.Receive(Exchange.ProvisionerKeyPdu, 0);
                fake.Compute(0);
                fake.Receive(Exchange.CmacProvisionerConfirmationPdu, 0);
                Assert.AreEqual(ProvisioningError.ConfirmationFailed, fake.Receive(Exchange.CmacProvisionerRandomPdu, 0));
                Assert.AreEqual(i + 1, fake.OobEnded);
                fake.Provisionee.Close(0);
                fake.Compute(0);
                fake.Provisionee.Open(fake, 0);
            }

            fake.Receive(Exchange.InvitePdu, 9999);
            Assert.AreEqual(ProvisioningError.OutOfResources, fake.Receive("020000020301", 9999));
            Assert.AreEqual("0905", fake.LastSent);
            fake.Provisionee.Close(9999);

            // What needs no AuthValue does not reset the limit.
            fake.Provisionee.Open(fake, 9999);
            fake.Compute(9999);
            fake.Receive(Exchange.InvitePdu, 9999);
            Assert.AreEqual(ProvisioningError.None, fake.Receive(Exchange.CmacStartPdu, 9999));
            Assert.AreEqual(3, fake.Provisionee.Limit.Failures);
            fake.Provisionee.Close(10000);

            fake.Provisionee.Open(fake, 10000);
            fake.Receive(Exchange.InvitePdu, 10000);
            Assert.AreEqual(ProvisioningError.None, fake.Receive("020000020301", 10000));
        }

        [TestMethod]
        public void Receive_FailuresWithoutAuthValueDoNotCount()
        {
            FakeProvisioner fake = After(4);
            fake.Receive(Exchange.CmacDeviceRandomPdu, 0);
            Assert.AreEqual(0, fake.Provisionee.Limit.Failures);
        }

        [TestMethod]
        public void Tick_FailsWithoutRandomNumbers()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Random.PrivateKey = new byte[32];
            fake.Capabilities.Algorithms = ProvisioningAlgorithm.CmacFlag;
            fake.Start().Open(fake, 0);
            Continue(fake, 2);
            fake.Receive(Exchange.ProvisionerKeyPdu, 0);
            fake.Provisionee.Tick(0);
            Assert.AreEqual("0907", fake.LastSent);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(4)]
        [DataRow(5)]
        public void Tick_ClosesTheLinkAfterSixtySecondsWithoutAPdu(int step)
        {
            FakeProvisioner fake = After(step);
            Assert.AreEqual(60000L, fake.Provisionee.Tick(59999));
            Assert.AreEqual(0, fake.Closes);
            fake.Provisionee.Tick(60000);
            Assert.AreEqual(1, fake.Closes);
            Assert.AreEqual(LinkCloseReason.Timeout, fake.LastCloseReason);
            Assert.AreEqual(1, fake.LinksClosed);
            fake.Provisionee.Tick(60001);
            Assert.AreEqual(1, fake.Closes);
        }

        [TestMethod]
        public void Tick_EachPduGivesSixtySecondsMoreButNotAfterAFailure()
        {
            FakeProvisioner fake = After(0);
            fake.Receive(Exchange.InvitePdu, 30000);
            Assert.AreEqual(90000L, fake.Provisionee.Tick(89999));
            Assert.AreEqual(0, fake.Closes);
            fake.Receive(Exchange.InvitePdu, 89999);
            fake.Receive(Exchange.InvitePdu, 149000);
            Assert.AreEqual("0903", fake.LastSent);
            fake.Provisionee.Tick(149998);
            Assert.AreEqual(0, fake.Closes);
            fake.Provisionee.Tick(149999);
            Assert.AreEqual(1, fake.Closes);
        }

        [TestMethod]
        public void Tick_ClosesTheLinkOfANodeWhenTheBearerSaysSo()
        {
            FakeProvisioner fake = After(6);
            Assert.AreEqual(ProvisioningError.UnexpectedPdu, fake.Receive(Exchange.InvitePdu, 4000));
            Assert.AreEqual("0903", fake.LastSent);
            Assert.AreEqual((int)ProvisioneeState.Complete, (int)fake.Provisionee.State);
            Assert.AreEqual(5000L, fake.Provisionee.Tick(4999));
            fake.Provisionee.Tick(5000);
            Assert.AreEqual(1, fake.Closes);
            Assert.IsTrue(fake.LastProvisioned);
        }

        private static FakeProvisioner WithOob()
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Capabilities.OutputOobSize = 1;
            fake.Capabilities.OutputOobActions = 0x18;
            fake.Capabilities.InputOobSize = 1;
            fake.Capabilities.InputOobActions = 0x04;

            return fake;
        }

        private static FakeProvisioner After(int step)
        {
            FakeProvisioner fake = new FakeProvisioner();
            fake.Open(ProvisioningAlgorithm.CmacFlag);
            Continue(fake, step);

            return fake;
        }

        private static void Continue(FakeProvisioner fake, int step)
        {
            string[] pdus = new string[]
            {
                Exchange.InvitePdu,
                Exchange.CmacStartPdu,
                Exchange.ProvisionerKeyPdu,
                Exchange.CmacProvisionerConfirmationPdu,
                Exchange.CmacProvisionerRandomPdu,
                Exchange.CmacDataPdu,
            };

            for (int i = 0; i < step; i++)
            {
                Assert.AreEqual(ProvisioningError.None, fake.Receive(pdus[i], 0));

                if (i == 2)
                {
                    fake.Compute(0);
                }
            }
        }
    }
}
