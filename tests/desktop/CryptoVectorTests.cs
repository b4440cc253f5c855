using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using nanoFramework.TestFramework;

namespace MeshNode.Crypto
{
    /// <summary>
    /// Recomputes every vector of tests/vectors that the cryptographic functions alone can recompute.
    /// </summary>
    [TestClass]
    public class CryptoVectorTests
    {
        [TestMethod]
        [DataRow("aes", "aes128_ecb")]
        [DataRow("aes", "aes_cmac")]
        [DataRow("aes", "aes_ccm")]
        [DataRow("hash", "sha256")]
        [DataRow("hash", "hmac_sha256")]
        [DataRow("crypto-functions", "s1")]
        [DataRow("crypto-functions", "s2")]
        [DataRow("crypto-functions", "k1")]
        [DataRow("crypto-functions", "k2")]
        [DataRow("crypto-functions", "k3")]
        [DataRow("crypto-functions", "k4")]
        [DataRow("crypto-functions", "k5")]
        [DataRow("crypto-functions", "net_key")]
        [DataRow("crypto-functions", "app_key")]
        [DataRow("crypto-functions", "virtual_address")]
        [DataRow("crypto-functions", "nonce")]
        [DataRow("messages", "message")]
        [DataRow("proxy", "proxy_config")]
        [DataRow("proxy", "solicitation")]
        public void Vectors(string file, string kind)
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf($"tests/vectors/{file}.json")));
            int count = 0;

            foreach (JsonElement vector in document.RootElement.GetProperty("vectors").EnumerateArray().Where(v => v.GetProperty("kind").GetString() == kind))
            {
                Check(kind, vector.GetProperty("id").GetString(), vector.GetProperty("in"), vector.GetProperty("out"));
                count++;
            }

            Assert.IsTrue(count > 0, $"No {kind} in {file}");
        }

        private static void Check(string kind, string id, JsonElement input, JsonElement output)
        {
            byte[] result = new byte[33];

            switch (kind)
            {
                case "aes128_ecb":
                    new Aes128(Octets(input, "key"), 0).Encrypt(Octets(input, "plaintext"), result);
                    Same(output, "ciphertext", result, 16, id);
                    break;

                case "aes_cmac":
                    new AesCmac(Octets(input, "key"), 0).Compute(Octets(input, "message"), 0, Octets(input, "message").Length, result);
                    Same(output, "mac", result, 16, id);
                    break;

                case "aes_ccm":
                    CheckCcm(id, input, output);
                    break;

                case "sha256":
                    Sha256 sha = new Sha256();

                    sha.Update(Octets(input, "message"), 0, Octets(input, "message").Length);
                    sha.Finish(result, 0);
                    Same(output, "digest", result, 32, id);
                    break;

                case "hmac_sha256":
                    new HmacSha256(Octets(input, "key"), 0, Octets(input, "key").Length).Compute(Octets(input, "message"), 0, Octets(input, "message").Length, result);
                    Same(output, "mac", result, 32, id);
                    break;

                case "s1":
                    KeyDerivation.S1(Octets(input, "m"), 0, Octets(input, "m").Length, result);
                    Same(output, "salt", result, 16, id);
                    break;

                case "s2":
                    KeyDerivation.S2(Octets(input, "m"), 0, Octets(input, "m").Length, result);
                    Same(output, "salt", result, 32, id);
                    break;

                case "k1":
                    KeyDerivation.K1(Octets(input, "n"), 0, Octets(input, "n").Length, Octets(input, "salt"), Octets(input, "p"), 0, Octets(input, "p").Length, result);
                    Same(output, "k1", result, 16, id);
                    break;

                case "k2":
                    KeyDerivation.K2(Octets(input, "n"), Octets(input, "p"), Octets(input, "p").Length, result);
                    Assert.AreEqual(output.GetProperty("nid").GetInt32(), (int)result[0], id);
                    Assert.AreEqual(Text(output, "encryption_key") + Text(output, "privacy_key"), Hex.Encode(result, 1, 32), id);
                    break;

                case "k3":
                    KeyDerivation.K3(Octets(input, "n"), result);
                    Same(output, "k3", result, 8, id);
                    break;

                case "k4":
                    Assert.AreEqual(output.GetProperty("k4").GetInt32(), KeyDerivation.K4(Octets(input, "n")), id);
                    break;

                case "k5":
                    KeyDerivation.K5(Octets(input, "n"), 0, Octets(input, "n").Length, Octets(input, "salt"), Octets(input, "p"), 0, Octets(input, "p").Length, result);
                    Same(output, "k5", result, 32, id);
                    break;

                case "net_key":
                    CheckNetKey(id, Octets(input, "net_key"), output);
                    break;

                case "app_key":
                    Assert.AreEqual(output.GetProperty("aid").GetInt32(), KeyDerivation.Aid(Octets(input, "app_key")), id);
                    break;

                case "virtual_address":
                    Assert.AreEqual(output.GetProperty("address").GetInt32(), KeyDerivation.VirtualAddress(Octets(input, "label"), 0), id);
                    break;

                case "nonce":
                    CheckNonce(id, input, output);
                    break;

                case "message":
                    CheckMessage(id, input, output);
                    break;

                case "proxy_config":
                    CheckPdu(id, NetworkCredentials.Flooding(Octets(input, "net_key")), 0x80000000 | Number(input, "seq"), (int)Number(input, "src"),
                        Number(input, "iv_index"), Nonce.ProxyType, "0000" + Text(output, "transport_pdu"), Text(output, "network_pdu"));
                    break;

                case "solicitation":
                    CheckPdu(id, NetworkCredentials.Flooding(Octets(input, "net_key")), 0x80000000 | Number(input, "seq"), (int)Number(input, "src"),
                        0, Nonce.ProxySolicitationType, Number(input, "dst").ToString("x4"), Text(output, "solicitation_pdu"));
                    break;
            }
        }

        private static void CheckCcm(string id, JsonElement input, JsonElement output)
        {
            byte[] additional = Octets(input, "aad");
            byte[] plaintext = Octets(input, "plaintext");
            int micSize = input.GetProperty("mic_size").GetInt32();
            byte[] secured = new byte[plaintext.Length + micSize];
            AesCcm ccm = new AesCcm(Octets(input, "key"), 0);

            ccm.Encrypt(Octets(input, "nonce"), additional, additional.Length, plaintext, 0, plaintext.Length, secured, 0, micSize);
            Assert.AreEqual(Text(output, "ciphertext") + Text(output, "mic"), Hex.Encode(secured), id);
            Assert.IsTrue(ccm.Decrypt(Octets(input, "nonce"), additional, additional.Length, secured, 0, plaintext.Length, secured, 0, micSize), id);
            Assert.AreEqual(Text(input, "plaintext"), Hex.Encode(secured, 0, plaintext.Length), id);
        }

        private static void CheckNetKey(string id, byte[] netKey, JsonElement output)
        {
            byte[] result = new byte[33];

            KeyDerivation.NetworkId(netKey, result);
            Same(output, "network_id", result, 8, id);
            KeyDerivation.IdentityKey(netKey, result);
            Same(output, "identity_key", result, 16, id);
            KeyDerivation.BeaconKey(netKey, result);
            Same(output, "beacon_key", result, 16, id);
            KeyDerivation.PrivateBeaconKey(netKey, result);
            Same(output, "private_beacon_key", result, 16, id);
            Assert.AreEqual(output.GetProperty("nid").GetInt32(), (int)NetworkCredentials.Flooding(netKey).Nid, id);
            Assert.AreEqual(output.GetProperty("directed_nid").GetInt32(), (int)NetworkCredentials.Directed(netKey).Nid, id);
        }

        private static void CheckNonce(string id, JsonElement input, JsonElement output)
        {
            byte[] nonce = new byte[13];
            uint seq = Number(input, "seq");
            int src = (int)Number(input, "src");

            switch (Text(input, "type"))
            {
                case "network":
                    Nonce.Network((Number(input, "ctl") << 31) | (Number(input, "ttl") << 24) | seq, src, Number(input, "iv_index"), nonce);
                    break;

                case "application":
                    Nonce.Application(Number(input, "aszmic") == 1, seq, src, (int)Number(input, "dst"), Number(input, "iv_index"), nonce);
                    break;

                case "device":
                    Nonce.Device(Number(input, "aszmic") == 1, seq, src, (int)Number(input, "dst"), Number(input, "iv_index"), nonce);
                    break;

                case "proxy":
                    Nonce.Proxy(seq, src, Number(input, "iv_index"), nonce);
                    break;

                default:
                    Nonce.ProxySolicitation(seq, src, nonce);
                    break;
            }

            Same(output, "nonce", nonce, 13, id);
        }

        private static void CheckMessage(string id, JsonElement input, JsonElement output)
        {
            byte[] p = Octets(input, "k2_p");
            NetworkCredentials credentials = new NetworkCredentials(Octets(input, "net_key"), p, p.Length);
            List<JsonElement> network = output.GetProperty("network").EnumerateArray().ToList();
            List<JsonElement> lower = output.GetProperty("lower_transport_pdus").EnumerateArray().ToList();
            uint header = (Number(output, "ctl") << 31) | (Number(input, "ttl") << 24);

            for (int i = 0; i < network.Count; i++)
            {
                CheckPdu(id, credentials, header | (Number(input, "seq") + (uint)i), (int)Number(input, "src"), Number(input, "iv_index"),
                    Nonce.NetworkType, Number(input, "dst").ToString("x4") + lower[i].GetString(), Text(network[i], "pdu"));
            }
        }

        private static void CheckPdu(string id, NetworkCredentials credentials, uint ctlTtlSeq, int src, uint ivIndex, int nonceType, string clear, string expected)
        {
            byte[] text = Hex.Decode(clear);
            byte[] pdu = new byte[expected.Length / 2];
            byte[] output = new byte[text.Length];

            Assert.AreEqual(pdu.Length, credentials.Encrypt(ctlTtlSeq, src, ivIndex, nonceType, text, 0, text.Length, pdu, 0), id);
            Assert.AreEqual(expected, Hex.Encode(pdu), id);
            credentials.Deobfuscate(pdu, 0, ivIndex);
            Assert.AreEqual(ctlTtlSeq, credentials.CtlTtlSeq, id);
            Assert.AreEqual(src, credentials.Src, id);
            Assert.IsTrue(credentials.Decrypt(pdu, 0, pdu.Length, ivIndex, nonceType, output, 0), id);
            Assert.AreEqual(clear, Hex.Encode(output), id);
        }

        private static void Same(JsonElement output, string name, byte[] actual, int count, string id)
        {
            Assert.AreEqual(Text(output, name), Hex.Encode(actual, 0, count), id);
        }

        private static byte[] Octets(JsonElement element, string name)
        {
            return Hex.Decode(Text(element, name));
        }

        private static string Text(JsonElement element, string name)
        {
            return element.GetProperty(name).GetString();
        }

        private static uint Number(JsonElement element, string name)
        {
            return element.GetProperty(name).GetUInt32();
        }
    }
}
