using System;
using nanoFramework.TestFramework;

namespace MeshNode.Crypto
{
    [TestClass]
    public class P256Tests
    {
        private const string ProvisionerPrivate = "06a516693c9aa31a6084545d0c5db641b48572b97203ddffb7ac73f7d0457663";
        private const string ProvisionerPublic =
            "2c31a47b5779809ef44cb5eaaf5c3e43d5f8faad4a8794cb987e9b03745c78dd919512183898dfbecd52e2408e43871fd021109117bd3ed4eaf8437743715d4f";

        private const string DevicePrivate = "529aa0670d72cd6497502ed473502b037e8803b5c60829a5a3caa219505530ba";
        private const string DevicePublic =
            "f465e43ff23d3f1b9dc7dfc04da8758184dbc966204796eccf0d6cf5e16500cc0201d048bcbbd899eeefc424164e33c201c2b010ca6b4d43a8a155cad8ecb279";

        private const string Generator =
            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

        private const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";
        private const string Prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
        private const string Order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

        [TestMethod]
        [DataRow(1)]
        [DataRow(7)]
        [DataRow(1000)]
        public void SampleData_8_7_KeyPair(int slice)
        {
            P256 p256 = new P256();
            byte[] publicKey = new byte[P256.PublicKeySize + 2];

            p256.StartKeyPair(Hex.Decode("00" + DevicePrivate), 1);
            Finish(p256, slice);
            p256.GetPublicKey(publicKey, 1);

            Assert.AreEqual(DevicePublic, Hex.Encode(publicKey, 1, P256.PublicKeySize));
        }

        [TestMethod]
        public void SampleData_8_7_SharedSecret()
        {
            Assert.AreEqual("ab85843a2f6d883f62e5684b38e307335fe6e1945ecd19604105c6f23221eb69", SharedSecret(ProvisionerPrivate, DevicePublic));
            Assert.AreEqual("ab85843a2f6d883f62e5684b38e307335fe6e1945ecd19604105c6f23221eb69", SharedSecret(DevicePrivate, ProvisionerPublic));
        }

        [TestMethod]
        [DataRow("cdec47db483eacf7bce578ead9a634bb6e0c02fc553d8d4616249b6c92af1053",
            "d4fc4301f94fb4b04d7ae68a93138d2bae484c46a6241b235c72aca54b8d0560e0934a3b4ef4521f8cabc676ffbe05dda4d303e3396e4e69bd048ea47d4bbf6d",
            "001567e1686b6233b66c0e8a0bef194c4a4257c933d5c54befe974260c46459d")]
        [DataRow("0000000000000000000000000000000000000000000000000000000000000001", Generator,
            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296")]
        [DataRow("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f", Generator,
            "7cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978")]
        public void GetSharedSecret_OfEdges(string privateKey, string peer, string expected)
        {
            Assert.AreEqual(expected, SharedSecret(privateKey, peer));
        }

        [TestMethod]
        [DataRow(Generator, true)]
        [DataRow(ProvisionerPublic, true)]
        [DataRow(Zero + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4", true)]
        [DataRow("0000000000000000000000000000000000000000000000000000000000000005459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc", true)]
        [DataRow("ffffffff00000001000000000000000000000001000000000000000000000004459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc", false)]
        [DataRow(Zero + Zero, false)]
        [DataRow(Prime + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4", false)]
        [DataRow("0000000000000000000000000000000000000000000000000000000000000005" + Prime, false)]
        [DataRow("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f6", false)]
        [DataRow("0000000000000000000000000000000000000000000000000000000000000002e1c326485e55a67e45dd8348b4c99e8ca0a77d9150889f19a2d39dbc8c3d7cfa", false)]
        public void IsValidPoint_ChecksRangesAndCurve(string publicKey, bool valid)
        {
            Assert.AreEqual(valid, P256.IsValidPoint(Hex.Decode("00" + publicKey), 1));
        }

        [TestMethod]
        [DataRow(Zero, false)]
        [DataRow("0000000000000000000000000000000000000000000000000000000000000001", true)]
        [DataRow("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550", true)]
        [DataRow(Order, false)]
        [DataRow("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552", false)]
        [DataRow("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", false)]
        public void IsValidPrivateKey_ChecksTheRange(string privateKey, bool valid)
        {
            Assert.AreEqual(valid, P256.IsValidPrivateKey(Hex.Decode("00" + privateKey), 1));
        }

        [TestMethod]
        public void StartSharedSecret_RefusesInvalidPointsAndXOfZero()
        {
            P256 p256 = new P256();

            Assert.IsFalse(p256.StartSharedSecret(Hex.Decode(DevicePrivate), 0, Hex.Decode(Zero + Zero), 0));
            Assert.IsFalse(p256.StartSharedSecret(Hex.Decode(DevicePrivate), 0, Hex.Decode(DevicePrivate + DevicePrivate), 0));
            Assert.IsFalse(p256.StartSharedSecret(Hex.Decode(DevicePrivate), 0,
                Hex.Decode(Zero + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4"), 0));
            Assert.ThrowsException(typeof(InvalidOperationException), () => p256.Step(1));
        }

        [TestMethod]
        public void Start_TakesNoInvalidPrivateKey()
        {
            Assert.ThrowsException(typeof(ArgumentException), () => new P256().StartKeyPair(Hex.Decode(Zero), 0));
            Assert.ThrowsException(typeof(ArgumentException), () => new P256().StartSharedSecret(Hex.Decode(Order), 0, Hex.Decode(Generator), 0));
        }

        [TestMethod]
        public void Get_NeedsAFinishedComputationOfItsKind()
        {
            P256 p256 = new P256();
            byte[] output = new byte[P256.PublicKeySize];

            Assert.ThrowsException(typeof(InvalidOperationException), () => p256.GetPublicKey(output, 0));
            p256.StartKeyPair(Hex.Decode(DevicePrivate), 0);
            p256.Step(3);
            Assert.ThrowsException(typeof(InvalidOperationException), () => p256.GetPublicKey(output, 0));
            Finish(p256, 1000);
            Assert.ThrowsException(typeof(InvalidOperationException), () => p256.GetSharedSecret(output, 0));
            Assert.IsTrue(IsZero(p256, false));
            p256.GetPublicKey(output, 0);
            Assert.AreEqual(DevicePublic, Hex.Encode(output));
            Assert.IsTrue(IsZero(p256, true));
            Assert.ThrowsException(typeof(InvalidOperationException), () => p256.GetPublicKey(output, 0));
        }

        [TestMethod]
        public void Clear_Zeroes()
        {
            P256 p256 = new P256();

            p256.StartSharedSecret(Hex.Decode(DevicePrivate), 0, Hex.Decode(ProvisionerPublic), 0);
            p256.Step(2);
            Assert.IsFalse(IsZero(p256, true));
            p256.Clear();
            Assert.IsTrue(IsZero(p256, true));
            Assert.ThrowsException(typeof(InvalidOperationException), () => p256.Step(1));
        }

        private static string SharedSecret(string privateKey, string peer)
        {
            P256 p256 = new P256();
            byte[] secret = new byte[P256.SharedSecretSize + 1];

            Assert.IsTrue(p256.StartSharedSecret(Hex.Decode(privateKey), 0, Hex.Decode("00" + peer), 1));
            Finish(p256, 8);
            p256.GetSharedSecret(secret, 1);

            return Hex.Encode(secret, 1, P256.SharedSecretSize);
        }

        private static void Finish(P256 p256, int slice)
        {
            while (!p256.Step(slice))
            {
            }
        }

        private static bool IsZero(P256 p256, bool withResult)
        {
            long all = 0;

            for (int i = 0; i < p256.Elements.Length; i++)
            {
                all |= p256.Elements[i];
            }

            for (int i = 0; i < p256.Scalar.Length; i++)
            {
                all |= p256.Scalar[i];
            }

            for (int i = 0; i < p256.Result.Length && withResult; i++)
            {
                all |= p256.Result[i];
            }

            return all == 0;
        }
    }
}
