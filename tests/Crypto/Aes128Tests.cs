using nanoFramework.TestFramework;

namespace MeshNode.Crypto
{
    [TestClass]
    public class Aes128Tests
    {
        [TestMethod]
        [DataRow("000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff", "69c4e0d86a7b0430d8cdb78070b4c55a")]
        [DataRow("2b7e151628aed2a6abf7158809cf4f3c", "3243f6a8885a308d313198a2e0370734", "3925841d02dc09fbdc118597196a0b32")]
        public void Encrypt_MatchesFips197(string key, string plaintext, string ciphertext)
        {
            Assert.AreEqual(ciphertext, Encrypted(key, plaintext));
        }

        [TestMethod]
        [DataRow("6bc1bee22e409f96e93d7e117393172a", "3ad77bb40d7a3660a89ecaf32466ef97")]
        [DataRow("ae2d8a571e03ac9c9eb76fac45af8e51", "f5d3d58503b9699de785895a96fdbaaf")]
        [DataRow("30c81c46a35ce411e5fbc1191a0a52ef", "43b1cd7f598ece23881b00e3ed030688")]
        [DataRow("f69f2445df4f9b17ad2b417be66c3710", "7b0c785e27e8ad3f8223207104725dd4")]
        public void Encrypt_MatchesSp80038A(string plaintext, string ciphertext)
        {
            Assert.AreEqual(ciphertext, Encrypted("2b7e151628aed2a6abf7158809cf4f3c", plaintext));
        }

        [TestMethod]
        [DataRow("00000000000000000000000000000000", "66e94bd4ef8a2c3b884cfa59ca342b2e")]
        [DataRow("f34481ec3cc627bacd5dc3fb08f273e6", "0336763e966d92595a567cc9ce537f5e")]
        [DataRow("9798c4640bad75c7c3227db910174e72", "a9a1631bf4996954ebc093957b234589")]
        [DataRow("58c8e00b2631686d54eab84b91f0aca1", "08a4e2efec8a8e3312ca7460b9040bbf")]
        public void Encrypt_MatchesAesavsGfsBox(string plaintext, string ciphertext)
        {
            Assert.AreEqual(ciphertext, Encrypted("00000000000000000000000000000000", plaintext));
        }

        [TestMethod]
        public void Encrypt_WritesWhereItReads()
        {
            byte[] block = Hex.Decode("00112233445566778899aabbccddeeff");

            new Aes128(Hex.Decode("000102030405060708090a0b0c0d0e0f"), 0).Encrypt(block, block);

            Assert.AreEqual("69c4e0d86a7b0430d8cdb78070b4c55a", Hex.Encode(block));
        }

        [TestMethod]
        public void Encrypt_LeavesInputAndTheRestOfOutput()
        {
            byte[] input = Hex.Decode("00112233445566778899aabbccddeeff");
            byte[] output = Hex.Decode("ffffffffffffffffffffffffffffffffa55a");

            new Aes128(Hex.Decode("000102030405060708090a0b0c0d0e0f"), 0).Encrypt(input, output);

            Assert.AreEqual("00112233445566778899aabbccddeeff", Hex.Encode(input));
            Assert.AreEqual("69c4e0d86a7b0430d8cdb78070b4c55aa55a", Hex.Encode(output));
        }

        [TestMethod]
        public void Constructor_TakesTheKeyAtItsOffsetAndDoesNotKeepIt()
        {
            byte[] key = Hex.Decode("eeee000102030405060708090a0b0c0d0e0fee");
            byte[] block = Hex.Decode("00112233445566778899aabbccddeeff");
            Aes128 aes = new Aes128(key, 2);

            key[2] = 0x55;
            aes.Encrypt(block, block);

            Assert.AreEqual("69c4e0d86a7b0430d8cdb78070b4c55a", Hex.Encode(block));
        }

        [TestMethod]
        public void Constructor_ExpandsAsFips197AppendixA1()
        {
            Aes128 aes = new Aes128(Hex.Decode("2b7e151628aed2a6abf7158809cf4f3c"), 0);

            Assert.AreEqual(0x2B7E1516u, aes.RoundKeys[0]);
            Assert.AreEqual(0xA0FAFE17u, aes.RoundKeys[4]);
            Assert.AreEqual(0xD014F9A8u, aes.RoundKeys[40]);
            Assert.AreEqual(0xB6630CA6u, aes.RoundKeys[43]);
        }

        [TestMethod]
        public void Clear_ZeroesTheSchedule()
        {
            Aes128 aes = new Aes128(Hex.Decode("2b7e151628aed2a6abf7158809cf4f3c"), 0);
            uint all = 0;

            aes.Clear();

            for (int i = 0; i < aes.RoundKeys.Length; i++)
            {
                all |= aes.RoundKeys[i];
            }

            Assert.AreEqual(0u, all);
        }

        private static string Encrypted(string key, string plaintext)
        {
            byte[] output = new byte[Aes128.BlockSize];

            new Aes128(Hex.Decode(key), 0).Encrypt(Hex.Decode(plaintext), output);

            return Hex.Encode(output);
        }
    }
}
