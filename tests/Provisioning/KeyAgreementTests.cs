using nanoFramework.TestFramework;

namespace MeshNode.Provisioning
{
    [TestClass]
    public class KeyAgreementTests
    {
        [TestMethod]
        public void Step_MakesKeyPairAndSecretInSlices()
        {
            KeyAgreement agreement = new KeyAgreement(new ProvisioningRandom());
            Assert.AreEqual((int)KeyAgreementState.Empty, (int)agreement.State);
            Assert.IsFalse(agreement.Step());
            Assert.IsTrue(agreement.Prepare());
            Assert.IsTrue(agreement.Prepare());
            Assert.IsTrue(agreement.IsComputing);
            Assert.IsTrue(Slices(agreement) > 60);
            Assert.AreEqual((int)KeyAgreementState.Ready, (int)agreement.State);
            Assert.AreEqual(Exchange.DevicePublic, Hex.Encode(agreement.PublicKey));
            Assert.IsFalse(agreement.Step());

            Assert.IsTrue(agreement.Start(Hex.Decode("00" + Exchange.ProvisionerPublic), 1));
            Assert.IsTrue(Slices(agreement) > 60);
            Assert.AreEqual((int)KeyAgreementState.Agreed, (int)agreement.State);
            byte[] secret = new byte[33];
            agreement.GetSecret(secret, 1);
            Assert.AreEqual("00" + Exchange.Secret, Hex.Encode(secret));
            Assert.AreEqual((int)KeyAgreementState.Empty, (int)agreement.State);
            Assert.AreEqual(Hex.Encode(new byte[64]), Hex.Encode(agreement.PublicKey));
        }

        [TestMethod]
        public void Prepare_GivesUpWithRandomNumbersThatAreNone()
        {
            ProvisioningRandom random = new ProvisioningRandom();
            random.PrivateKey = new byte[32];
            KeyAgreement agreement = new KeyAgreement(random);
            Assert.IsFalse(agreement.Prepare());
            Assert.AreEqual(4, random.PrivateKeys);
            Assert.AreEqual((int)KeyAgreementState.Empty, (int)agreement.State);
        }

        // The last one is a point with X = 0, for which no key pair made by chance stands.
        [TestMethod]
        [DataRow(Exchange.DevicePublic)]
        [DataRow("00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
        [DataRow("2c31a47b5779809ef44cb5eaaf5c3e43d5f8faad4a8794cb987e9b03745c78dd919512183898dfbecd52e2408e43871fd021109117bd3ed4eaf8437743715d4e")]
        [DataRow("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff919512183898dfbecd52e2408e43871fd021109117bd3ed4eaf8437743715d4f")]
        [DataRow("000000000000000000000000000000000000000000000000000000000000000066485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4")]
        public void Start_RefusesTheOwnKeyAndWhatIsNone(string key)
        {
            KeyAgreement agreement = new KeyAgreement(new ProvisioningRandom());
            agreement.Take(Hex.Decode(Exchange.DevicePrivate), Hex.Decode(Exchange.DevicePublic));
            Assert.IsFalse(agreement.Start(Hex.Decode(key), 0));
            Assert.AreEqual((int)KeyAgreementState.Ready, (int)agreement.State);
            Assert.IsTrue(agreement.Start(Hex.Decode(Exchange.ProvisionerPublic), 0));
        }

        private static int Slices(KeyAgreement agreement)
        {
            int slices = 1;

            while (!agreement.Step())
            {
                slices++;
            }

            return slices;
        }
    }
}
