using nanoFramework.TestFramework;

namespace MeshNode.Crypto
{
    [TestClass]
    public class KeyDerivationTests
    {
        private const string NetKey = "7dd7364cd842ad18c17c2b820c84c3d6";
        private const string ConfirmationInputs =
            "00010003000100000000000001000100002c31a47b5779809ef44cb5eaaf5c3e43d5f8faad4a8794cb987e9b03745c78dd919512183898dfbecd52e2408e43" +
            "871fd021109117bd3ed4eaf8437743715d4ff465e43ff23d3f1b9dc7dfc04da8758184dbc966204796eccf0d6cf5e16500cc0201d048bcbbd899eeefc42416" +
            "4e33c201c2b010ca6b4d43a8a155cad8ecb279";

        [TestMethod]
        public void SampleData_8_1_1()
        {
            byte[] salt = new byte[16];

            KeyDerivation.S1(Hex.Decode("74657374"), 0, 4, salt);

            Assert.AreEqual("b73cefbd641ef2ea598c2b6efb62f79c", Hex.Encode(salt));
        }

        [TestMethod]
        public void SampleData_8_1_2()
        {
            byte[] result = new byte[16];

            KeyDerivation.K1(Hex.Decode("3216d1509884b533248541792b877f98"), 0, 16, Hex.Decode("2ba14ffa0df84a2831938d57d276cab4"),
                Hex.Decode("5a09d60797eeb4478aada59db3352a0d"), 0, 16, result);

            Assert.AreEqual("f6ed15a8934afbe7d83e8dcb57fcf5d7", Hex.Encode(result));
        }

        [TestMethod]
        [DataRow("f7a2a44f8e8a8029064f173ddc1e2b00", "00", "7f9f589181a0f50de73c8070c7a6d27f464c715bd4a64b938f99b453351653124f")]
        [DataRow("f7a2a44f8e8a8029064f173ddc1e2b00", "010203040506070809", "7311efec0642774992510fb5929646df49d4d7cc0dfa772d836a8df9df5510d7a7")]
        [DataRow(NetKey, "00", "680953fa93e7caac9638f58820220a398e8b84eedec100067d670971dd2aa700cf")]
        [DataRow(NetKey, "01120123450000072f", "5ebe635105434859f484fc798e043ce40e5d396d4b54d3cbafe943e051fe9a4eb8")]
        [DataRow(NetKey, "02", "0db47a02c6cc9b4ac4cb9b88e765c9ade49bf7ab5a5ad415fbd77e07bb808f4865")]
        public void K2_MatchesSampleData8_1And8_2(string netKey, string p, string expected)
        {
            byte[] result = new byte[33];

            KeyDerivation.K2(Hex.Decode(netKey), Hex.Decode(p), p.Length / 2, result);

            Assert.AreEqual(expected, Hex.Encode(result));
        }

        [TestMethod]
        public void SampleData_8_1_5()
        {
            byte[] result = new byte[8];

            KeyDerivation.K3(Hex.Decode("f7a2a44f8e8a8029064f173ddc1e2b00"), result);

            Assert.AreEqual("ff046958233db014", Hex.Encode(result));
        }

        [TestMethod]
        public void SampleData_8_1_6()
        {
            Assert.AreEqual(0x38, KeyDerivation.K4(Hex.Decode("3216d1509884b533248541792b877f98")));
        }

        [TestMethod]
        public void SampleData_8_2_1()
        {
            Assert.AreEqual(0x26, KeyDerivation.Aid(Hex.Decode("63964771734fbd76e3b40519d1d94a48")));
        }

        [TestMethod]
        public void SampleData_8_2_5()
        {
            byte[] networkId = new byte[8];

            KeyDerivation.NetworkId(Hex.Decode(NetKey), networkId);

            Assert.AreEqual("3ecaff672f673370", Hex.Encode(networkId));
        }

        [TestMethod]
        public void SampleData_8_2_6()
        {
            byte[] key = new byte[16];

            KeyDerivation.IdentityKey(Hex.Decode(NetKey), key);

            Assert.AreEqual("84396c435ac48560b5965385253e210c", Hex.Encode(key));
        }

        [TestMethod]
        public void SampleData_8_2_7()
        {
            byte[] key = new byte[16];

            KeyDerivation.BeaconKey(Hex.Decode(NetKey), key);

            Assert.AreEqual("5423d967da639a99cb02231a83f7d254", Hex.Encode(key));
        }

        [TestMethod]
        [DataRow("3bbb6f1fbd53e157417f308ce7aec58f", "ca478cdac626b7a8522d7272dd124f26")]
        [DataRow("db662f48d477740621f5e301cdd69611", "0f30694a3a91b616a48a54701053cb90")]
        public void SampleData_8_2_8(string netKey, string expected)
        {
            byte[] key = new byte[16];

            KeyDerivation.PrivateBeaconKey(Hex.Decode(netKey), key);

            Assert.AreEqual(expected, Hex.Encode(key));
        }

        [TestMethod]
        [DataRow("0073e7e4d8b9440faf8415df4c56c0e1", 0xB529)]
        [DataRow("f4a002c7fb1e4ca0a469a021de0db875", 0x9736)]
        public void VirtualAddress_MatchesSampleData8_3(string label, int address)
        {
            Assert.AreEqual(address, KeyDerivation.VirtualAddress(Hex.Decode("ffff" + label), 2));
        }

        [TestMethod]
        [DataRow("5faabe187337c71cc6c973369dcaa79a", "7072636b", "e31fe046c68ec339c425fc6629f0336f")]
        [DataRow("a21c7d45f201cf9489a2fb57145015b4", "7072736b", "c80253af86b33dfa450bbdb2a191fea3")]
        [DataRow("a21c7d45f201cf9489a2fb57145015b4", "7072736e", "c5e02eda7ddbe78b5f62b81d6847487e")]
        [DataRow("a21c7d45f201cf9489a2fb57145015b4", "7072646b", "0520adad5e0142aa3e325087b4ec16d8")]
        public void K1_MatchesSampleData8_17_1(string salt, string p, string expected)
        {
            byte[] result = new byte[16];
            byte[] n = Hex.Decode("00ab85843a2f6d883f62e5684b38e307335fe6e1945ecd19604105c6f23221eb69");

            KeyDerivation.K1(n, 1, 32, Hex.Decode(salt), Hex.Decode("0000" + p), 2, 4, result);

            Assert.AreEqual(expected, Hex.Encode(result));
        }

        [TestMethod]
        public void S2_MatchesSampleData8_17_2()
        {
            byte[] salt = new byte[32];
            byte[] inputs = Hex.Decode(ConfirmationInputs);

            KeyDerivation.S2(inputs, 0, inputs.Length, salt);
            Assert.AreEqual("a71141ba8cb6b40f4f52b622e1c091614c73fc308f871b78ca775e769bc3ae69", Hex.Encode(salt));
        }

        [TestMethod]
        public void K5_MatchesSampleData8_17_2()
        {
            byte[] n = Hex.Decode(
                "ab85843a2f6d883f62e5684b38e307335fe6e1945ecd19604105c6f23221eb69906d73a3c7a7cb3ff730dca68a46b9c18d673f50e078202311473ebbe253669f");
            byte[] result = new byte[32];

            KeyDerivation.K5(n, 0, n.Length, Hex.Decode("a71141ba8cb6b40f4f52b622e1c091614c73fc308f871b78ca775e769bc3ae69"),
                Hex.Decode("7072636b323536"), 0, 7, result);

            Assert.AreEqual("210c3c448152e8d59ef742aa7d22ee5ba59a38648bda6bf05c74f3e46fc2c0bb", Hex.Encode(result));
        }

        [TestMethod]
        public void K1_MayWriteItsResultOverItsInput()
        {
            byte[] n = Hex.Decode("3216d1509884b533248541792b877f98");

            KeyDerivation.K1(n, 0, 16, Hex.Decode("2ba14ffa0df84a2831938d57d276cab4"), Hex.Decode("5a09d60797eeb4478aada59db3352a0d"), 0, 16, n);

            Assert.AreEqual("f6ed15a8934afbe7d83e8dcb57fcf5d7", Hex.Encode(n));
        }
    }
}
