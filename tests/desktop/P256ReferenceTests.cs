using System;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using nanoFramework.TestFramework;

namespace MeshNode.Crypto
{
    /// <summary>
    /// Recomputes the P-256 vectors and compares with the platform's own cryptography over seeded random cases.
    /// </summary>
    [TestClass]
    public class P256ReferenceTests
    {
        private static readonly BigInteger s_prime = Number("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
        private static readonly BigInteger s_order = Number("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        private static readonly BigInteger s_b = Number("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
        private static readonly P256 s_p256 = new P256();

        [TestMethod]
        [DataRow("p256_keypair")]
        [DataRow("p256_ecdh")]
        [DataRow("p256_point")]
        public void Vectors(string kind)
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests/vectors/p256.json")));
            int count = 0;

            foreach (JsonElement vector in document.RootElement.GetProperty("vectors").EnumerateArray().Where(v => v.GetProperty("kind").GetString() == kind))
            {
                string id = vector.GetProperty("id").GetString();
                JsonElement input = vector.GetProperty("in");
                JsonElement output = vector.GetProperty("out");

                switch (kind)
                {
                    case "p256_keypair":
                        Assert.AreEqual(Text(output, "public_x") + Text(output, "public_y"), Hex.Encode(PublicKey(Octets(input, "private"))), id);
                        break;

                    case "p256_ecdh":
                        Assert.AreEqual(Text(output, "shared_secret"), Hex.Encode(SharedSecret(Octets(input, "private"), Hex.Decode(Text(input, "peer_x") + Text(input, "peer_y")))), id);
                        break;

                    default:
                        Assert.AreEqual(output.GetProperty("valid").GetBoolean(), P256.IsValidPoint(Hex.Decode(Text(input, "x") + Text(input, "y")), 0), id);
                        break;
                }

                count++;
            }

            Assert.IsTrue(count > 0, $"No {kind}");
        }

        [TestMethod]
        public void KeyPairAndSharedSecret_MatchThePlatform()
        {
            Random random = new Random(1);

            for (int i = 0; i < 300; i++)
            {
                byte[] privateKey = Scalar(random, i);
                byte[] peerPrivateKey = Scalar(random, i / 7);

                CheckAgainstPlatform(privateKey, peerPrivateKey);
            }
        }

        // A ladder may be wrong where its two points meet: near multiples of the order and their halves.
        [TestMethod]
        public void KeyPair_NearTheOrderAndItsFractions()
        {
            for (int divisor = 1; divisor <= 8; divisor++)
            {
                for (int multiple = 0; multiple <= divisor; multiple++)
                {
                    for (int delta = -4; delta <= 4; delta++)
                    {
                        BigInteger scalar = s_order * multiple / divisor + delta;

                        if (scalar.Sign > 0 && scalar < s_order)
                        {
                            CheckAgainstPlatform(Octets(scalar), null);
                        }
                    }
                }
            }
        }

        [TestMethod]
        public void KeyPair_OfPowersOfTwo()
        {
            for (int i = 1; i < 256; i++)
            {
                CheckAgainstPlatform(Octets(BigInteger.One << i), null);
                CheckAgainstPlatform(Octets((BigInteger.One << i) - 1), null);
            }
        }

        [TestMethod]
        public void IsValidPoint_MatchesTheEquation()
        {
            Random random = new Random(2);
            int valid = 0;

            for (int i = 0; i < 1000; i++)
            {
                BigInteger x = i < 100 ? i : Number(Hex.Encode(Bytes(random, 32)));
                BigInteger square = ((x * x - 3) * x + s_b) % s_prime;
                square = (square + s_prime) % s_prime;
                BigInteger y = BigInteger.ModPow(square, (s_prime + 1) / 4, s_prime);
                bool onCurve = x < s_prime && y * y % s_prime == square;

                Assert.AreEqual(onCurve, IsValid(x, y));
                Assert.AreEqual(onCurve, IsValid(x, s_prime - y));
                Assert.IsFalse(IsValid(x, y + 1));
                Assert.IsFalse(IsValid(x, y ^ (BigInteger.One << random.Next(256))));
                Assert.IsFalse(IsValid(x, s_prime));
                valid += onCurve ? 1 : 0;

                if (x + s_prime < BigInteger.One << 256)
                {
                    Assert.IsFalse(IsValid(x + s_prime, y));
                }

                if (!onCurve)
                {
                    Assert.IsFalse(s_p256.StartSharedSecret(Scalar(random, 0), 0, [.. Octets(x), .. Octets(y)], 0));
                }
            }

            Assert.IsTrue(valid > 400 && valid < 600, $"{valid} points");
        }

        [TestMethod]
        public void SharedSecret_OfSmallX()
        {
            Random random = new Random(3);

            for (int i = 1; i < 60; i++)
            {
                BigInteger x = i < 30 ? i : s_prime - i;
                BigInteger square = (((x * x - 3) * x + s_b) % s_prime + s_prime) % s_prime;
                BigInteger y = BigInteger.ModPow(square, (s_prime + 1) / 4, s_prime);

                if (y * y % s_prime == square)
                {
                    byte[] privateKey = Scalar(random, i);
                    byte[] peer = [.. Octets(x), .. Octets(y)];

                    CollectionAssert.AreEqual(PlatformSharedSecret(privateKey, peer), SharedSecret(privateKey, peer));
                }
            }
        }

        [TestMethod]
        public void EverySlice_GivesTheSame()
        {
            byte[] privateKey = Scalar(new Random(4), 0);
            byte[] expected = PublicKey(privateKey);
            byte[] actual = new byte[P256.PublicKeySize];

            for (int slice = 1; slice < 300; slice += 1 + slice / 8)
            {
                s_p256.StartKeyPair(privateKey, 0);

                int steps = 1;

                while (!s_p256.Step(slice))
                {
                    steps++;
                }

                s_p256.GetPublicKey(actual, 0);
                CollectionAssert.AreEqual(expected, actual);
                Assert.AreEqual((289 + slice - 1) / slice, steps);
            }
        }

        private static void CheckAgainstPlatform(byte[] privateKey, byte[] peerPrivateKey)
        {
            byte[] publicKey = PublicKey(privateKey);

            CollectionAssert.AreEqual(PlatformPublicKey(privateKey), publicKey);
            Assert.IsTrue(P256.IsValidPoint(publicKey, 0));

            if (peerPrivateKey != null)
            {
                byte[] peer = PlatformPublicKey(peerPrivateKey);

                CollectionAssert.AreEqual(PlatformSharedSecret(privateKey, peer), SharedSecret(privateKey, peer));
            }
        }

        private static byte[] PublicKey(byte[] privateKey)
        {
            byte[] publicKey = new byte[P256.PublicKeySize];

            s_p256.StartKeyPair(privateKey, 0);
            Assert.IsTrue(s_p256.Step(1000));
            s_p256.GetPublicKey(publicKey, 0);

            return publicKey;
        }

        private static byte[] SharedSecret(byte[] privateKey, byte[] peer)
        {
            byte[] secret = new byte[P256.SharedSecretSize];

            Assert.IsTrue(s_p256.StartSharedSecret(privateKey, 0, peer, 0));
            Assert.IsTrue(s_p256.Step(1000));
            s_p256.GetSharedSecret(secret, 0);

            return secret;
        }

        private static byte[] PlatformPublicKey(byte[] privateKey)
        {
            using ECDiffieHellman own = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = privateKey });
            ECParameters parameters = own.ExportParameters(false);

            return [.. parameters.Q.X, .. parameters.Q.Y];
        }

        private static byte[] PlatformSharedSecret(byte[] privateKey, byte[] peer)
        {
            using ECDiffieHellman own = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = privateKey });
            using ECDiffieHellman other = ECDiffieHellman.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = peer[..32], Y = peer[32..] },
            });

            return own.DeriveRawSecretAgreement(other.PublicKey);
        }

        // Long runs of equal bits show carries that random octets do not.
        private static byte[] Scalar(Random random, int kind)
        {
            byte[] octets = Bytes(random, 32);

            for (int i = 0; i < 32; i++)
            {
                octets[i] = (kind & 3) switch
                {
                    0 or 1 => octets[i],
                    2 => (byte)(octets[i] < 128 ? 0 : 255),
                    _ => (byte)(i < kind % 32 ? 0 : octets[i]),
                };
            }

            octets[31] |= 1;

            return P256.IsValidPrivateKey(octets, 0) ? octets : Octets(Number(Hex.Encode(octets)) % s_order + 1);
        }

        private static bool IsValid(BigInteger x, BigInteger y)
        {
            return P256.IsValidPoint([.. Octets(x), .. Octets(y)], 0);
        }

        private static byte[] Octets(BigInteger number)
        {
            byte[] octets = number.ToByteArray(true, true);

            return [.. new byte[32 - octets.Length], .. octets];
        }

        private static byte[] Octets(JsonElement element, string name)
        {
            return Hex.Decode(Text(element, name));
        }

        private static string Text(JsonElement element, string name)
        {
            return element.GetProperty(name).GetString();
        }

        private static BigInteger Number(string text)
        {
            return new BigInteger(Hex.Decode(text), true, true);
        }

        private static byte[] Bytes(Random random, int count)
        {
            byte[] bytes = new byte[count];

            random.NextBytes(bytes);

            return bytes;
        }
    }
}
