using nanoFramework.TestFramework;

namespace MeshNode.Crypto
{
    [TestClass]
    public class Sha256Tests
    {
        private const string Alphabet = "6162636462636465636465666465666765666768666768696768696a68696a6b696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f6d6e6f706e6f7071";

        [TestMethod]
        [DataRow("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
        [DataRow("616263", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
        [DataRow(Alphabet, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
        public void Finish_MatchesFips180(string message, string digest)
        {
            byte[] octets = Hex.Decode(message);
            byte[] actual = new byte[Sha256.DigestSize];
            Sha256 sha = new Sha256();

            sha.Update(octets, 0, octets.Length);
            sha.Finish(actual, 0);

            Assert.AreEqual(digest, Hex.Encode(actual));
        }

        [TestMethod]
        public void Finish_LeavesTheInstanceReadyForAnotherMessage()
        {
            byte[] actual = new byte[Sha256.DigestSize + 3];
            Sha256 sha = new Sha256();

            sha.Update(Hex.Decode(Alphabet), 0, 56);
            sha.Finish(actual, 0);
            sha.Update(Hex.Decode("ff616263ff"), 1, 3);
            sha.Finish(actual, 3);

            Assert.AreEqual("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Hex.Encode(actual, 3, 32));
        }

        [TestMethod]
        public void Reset_ForgetsWhatWasTaken()
        {
            byte[] actual = new byte[Sha256.DigestSize];
            Sha256 sha = new Sha256();

            sha.Update(Hex.Decode(Alphabet), 0, 33);
            sha.Reset();
            sha.Finish(actual, 0);

            Assert.AreEqual("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex.Encode(actual));
        }

        [TestMethod]
        [DataRow(55)]
        [DataRow(56)]
        [DataRow(63)]
        [DataRow(64)]
        [DataRow(65)]
        [DataRow(119)]
        [DataRow(120)]
        public void Update_TakesAMessageInAnyPieces(int count)
        {
            byte[] message = new byte[count];
            byte[] whole = new byte[Sha256.DigestSize];
            byte[] pieces = new byte[Sha256.DigestSize];
            Sha256 sha = new Sha256();

            for (int i = 0; i < count; i++)
            {
                message[i] = (byte)(5 * i);
            }

            sha.Update(message, 0, count);
            sha.Finish(whole, 0);

            for (int size = 1; size < count; size += 9)
            {
                for (int i = 0; i < count; i += size)
                {
                    sha.Update(message, i, count - i < size ? count - i : size);
                }

                sha.Finish(pieces, 0);
                Assert.AreEqual(Hex.Encode(whole), Hex.Encode(pieces));
            }
        }
    }
}
