#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using MeshNode.Kit.Ledger;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Kit.Storage;
using MeshNode.Network;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>Databases in the shape that nRF Mesh for Android and for iOS exports them, there and back; and what the encrypted file withstands.</summary>
[TestClass]
public class ConfigurationDatabaseTests
{
    // Two subnets, one of them in Phase 1; the second node was excluded; keys, names and addresses are of this test.
    private const string Android = """
        {
          "$schema": "http://json-schema.org/draft-04/schema#",
          "id": "https://www.bluetooth.com/specifications/specs/mesh-cdb-1-0-1-schema.json#",
          "version": "1.0.1", "meshUUID": "A5E1D4F2-6C3B-4E0A-9A57-2D14C0B7E901", "meshName": "Workshop",
          "timestamp": "2026-02-03T10:00:00Z", "partial": false,
          "netKeys": [
            { "name": "Primary", "index": 0, "key": "00112233445566778899AABBCCDDEEFF", "phase": 0, "minSecurity": "secure", "timestamp": "2026-02-03T09:00:00Z" },
            { "name": "Guests", "index": 5, "phase": 1, "key": "0F0E0D0C0B0A09080706050403020100", "oldKey": "000102030405060708090A0B0C0D0E0F", "minSecurity": "insecure", "timestamp": "2026-02-03T09:30:00Z" }
          ],
          "appKeys": [
            { "name": "Lights", "index": 0, "boundNetKey": 0, "key": "A0A1A2A3A4A5A6A7A8A9AAABACADAEAF" },
            { "name": "Guest lights", "index": 7, "boundNetKey": 5, "key": "B0B1B2B3B4B5B6B7B8B9BABBBCBDBEBF", "oldKey": "C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF" }
          ],
          "provisioners": [
            { "provisionerName": "Tablet", "UUID": "11111111-2222-4333-8444-555555555555",
              "allocatedUnicastRange": [ { "lowAddress": "0001", "highAddress": "199A" } ],
              "allocatedGroupRange": [ { "lowAddress": "C000", "highAddress": "CC9A" } ],
              "allocatedSceneRange": [ { "firstScene": "0001", "lastScene": "3333" } ] }
          ],
          "nodes": [
            { "UUID": "11111111-2222-4333-8444-555555555555", "name": "Tablet", "deviceKey": "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF", "unicastAddress": "0001",
              "security": "secure", "configComplete": true, "cid": "0059", "crpl": "7FFF", "defaultTTL": 5, "features": { "friend": 2, "lowPower": 2, "proxy": 2, "relay": 2 },
              "netKeys": [ { "index": 0, "updated": false } ], "appKeys": [ { "index": 0, "updated": false } ],
              "elements": [ { "name": "Element: 0x0001", "index": 0, "location": "0000", "models": [ { "modelId": "0001", "bind": [], "subscribe": [] } ] } ], "excluded": false },
            { "UUID": "22222222-2222-4333-8444-555555555555", "name": "Lamp", "deviceKey": "E0E1E2E3E4E5E6E7E8E9EAEBECEDEEEF", "unicastAddress": "0002",
              "security": "insecure", "configComplete": false, "cid": "05F1", "pid": "0001", "vid": "0001", "crpl": "0040", "secureNetworkBeacon": true, "defaultTTL": 5,
              "features": { "friend": 2, "lowPower": 2, "proxy": 1, "relay": 0 },
              "networkTransmit": { "count": 3, "interval": 20 }, "relayRetransmit": { "count": 3, "interval": 20 },
              "netKeys": [ { "index": 0, "updated": false }, { "index": 5, "updated": true } ], "appKeys": [ { "index": 0, "updated": false }, { "index": 7, "updated": true } ],
              "elements": [
                { "name": "Element: 0x0002", "index": 0, "location": "0001", "models": [
                  { "modelId": "0000", "bind": [], "subscribe": [] },
                  { "modelId": "1000", "bind": [ 0, 7 ], "subscribe": [ "C000", "6E2F1AC04B7748C58F1E2A3B4C5D6E7F" ],
                    "publish": { "address": "C001", "index": 0, "ttl": 255, "credentials": 0, "period": { "numberOfSteps": 0, "resolution": 100 }, "retransmit": { "count": 0, "interval": 50 } } },
                  { "modelId": "05F10001", "bind": [], "subscribe": [] } ] },
                { "name": "Element: 0x0003", "index": 1, "location": "0002", "models": [ { "modelId": "1001", "bind": [ 0 ], "subscribe": [] } ] } ],
              "heartbeatPub": { "address": "0001", "period": 64, "ttl": 5, "index": 0, "features": [ "relay", "proxy" ] }, "excluded": false },
            { "UUID": "33333333-2222-4333-8444-555555555555", "name": "Lost lamp", "deviceKey": "F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF", "unicastAddress": "0010",
              "security": "insecure", "configComplete": true, "netKeys": [ { "index": 0, "updated": false } ], "appKeys": [],
              "elements": [ { "index": 0, "location": "0000", "models": [] } ], "excluded": true }
          ],
          "groups": [ { "name": "All lamps", "address": "C000", "parentAddress": "0000" }, { "name": "Door", "address": "6E2F1AC04B7748C58F1E2A3B4C5D6E7F", "parentAddress": "C000" } ],
          "scenes": [ { "name": "Evening", "addresses": [ "0002" ], "number": "0001" } ],
          "networkExclusions": [ { "ivIndex": 3, "addresses": [ "0010", "0011" ] } ]
        }
        """;

    // As the iOS library kept it in its early versions: UUIDs without hyphens, another word for security, a primary key that is not 0, one level down.
    private const string Ios = """
        { "meshNetwork": {
          "$schema": "http://json-schema.org/draft-04/schema#", "id": "http://www.bluetooth.com/specifications/assigned-numbers/mesh-profile/cdb-schema.json#", "version": "1.0.0",
          "meshUUID": "A5E1D4F26C3B4E0A9A572D14C0B7E902", "meshName": "Loft", "timestamp": "2019-03-01T10:00:00+01:00",
          "netKeys": [ { "name": "Loft", "index": 291, "key": "00112233445566778899aabbccddeeff", "phase": 0, "minSecurity": "high", "timestamp": "2019-03-01T10:00:00+01:00" } ],
          "appKeys": [ { "name": "Lights", "index": 1110, "boundNetKey": 291, "key": "A0A1A2A3A4A5A6A7A8A9AAABACADAEAF" } ],
          "provisioners": [ { "provisionerName": "Phone", "UUID": "11111111222243338444555555555556", "allocatedUnicastRange": [ { "lowAddress": "0001", "highAddress": "7FFF" } ], "allocatedGroupRange": [], "allocatedSceneRange": [] } ],
          "nodes": [ { "UUID": "22222222222243338444555555555556", "name": "Bell", "deviceKey": "E0E1E2E3E4E5E6E7E8E9EAEBECEDEEEF", "unicastAddress": "1201", "security": "high",
            "cid": "0007", "pid": "001A", "vid": "0003", "crpl": "0100", "features": { "relay": 0, "proxy": 1, "friend": 0, "lowPower": 2 }, "configComplete": true,
            "netKeys": [ { "index": 291, "updated": false } ], "appKeys": [], "defaultTTL": 9,
            "elements": [ { "index": 0, "location": "010C", "models": [ { "modelId": "1000", "subscribe": [], "bind": [] } ] } ], "blacklisted": false } ] } }
        """;

    [TestMethod]
    public void Import_ReadsWhatNrfMeshForAndroidExports()
    {
        MeshNetwork network = ConfigurationDatabase.Import(Android, new TestRandom(1));
        KnownNode lamp = network.Nodes[1];
        Assert.AreEqual("Workshop", network.Name);
        Assert.AreEqual(3u, network.IvIndex);
        Assert.IsFalse(network.IsIvIndexKnown);
        Assert.AreEqual(KeyRefreshPhase.First, network.NetKeys[1].Phase);
        Assert.AreEqual("000102030405060708090a0b0c0d0e0f", Hex.Encode(network.NetKeys[1].Key));
        Assert.AreEqual("0f0e0d0c0b0a09080706050403020100", Hex.Encode(network.NetKeys[1].NewKey!));
        Assert.AreEqual("b0b1b2b3b4b5b6b7b8b9babbbcbdbebf", Hex.Encode(network.AppKeys[1].NewKey!));
        Assert.AreEqual(2, lamp.Elements);
        Assert.AreEqual(0x0002, lamp.ElementWith(ModelId.Sig(0x1000))!.Value);
        Assert.AreEqual(0x0003, lamp.ElementWith(ModelId.Sig(0x1001))!.Value);
        Assert.IsTrue(lamp.Models(0).Contains(ModelId.Vendor(0x05F1, 0x0001)));
        Assert.AreEqual(0x40, lamp.Composition!.ReplaySources);
        Assert.IsTrue(lamp.UpdatedNetKeys.SequenceEqual([5]));
        Assert.IsTrue(network.Nodes[2].Excluded);
        Assert.AreEqual(16, network.Groups[1].Label!.Length);
        Assert.IsTrue(network.Groups[1].Address >> 14 == 2);
        Assert.IsFalse(network.IsFree(0x0011));
        Assert.IsTrue(network.IsFree(0x0012));
        Assert.IsFalse(network.FindFreeRange(0x100, [])!.Value.Overlaps(network.Provisioners[0].UnicastRanges[0]));

        // No block of that size is left but what lies between two blocks, then nothing.
        Assert.AreEqual(new AddressRange(0x4F01, 0x4F80), network.FindFreeRange(0x100, [new AddressRange(0x199B, 0x4F00), new AddressRange(0x4F81, 0x7FFE)]));
        Assert.AreEqual(new AddressRange(0x7FFF, 0x7FFF), network.FindFreeRange(0x100, [new AddressRange(0x199B, 0x7FFE)]));
        Assert.IsNull(network.FindFreeRange(0x100, [new AddressRange(0x199B, 0x7FFF)]));
        Assert.IsNotNull(network.FindRangeWithoutNodes(0x100, [new AddressRange(0x199B, 0x7FFF)]));
    }

    [TestMethod]
    [DataRow(Android)]
    [DataRow(Ios)]
    public void Export_GivesBackWhatWasImported(string json)
    {
        MeshNetwork network = ConfigurationDatabase.Import(json, new TestRandom(1));
        JsonObject before = (JsonObject)JsonNode.Parse(json)!;
        before = before["meshNetwork"] as JsonObject ?? before;
        string exported = ConfigurationDatabase.Export(network, new ExportSelection());
        JsonObject after = (JsonObject)JsonNode.Parse(exported)!;

        // Only the version and the time are this program's; empty lists and flags may be added.
        AssertContains(before, after, "");
        Assert.AreEqual("1.0.1", (string)after["version"]!);
        JsonObject again = (JsonObject)JsonNode.Parse(ConfigurationDatabase.Export(ConfigurationDatabase.Import(exported, new TestRandom(1)), new ExportSelection()))!;
        AssertContains(after, again, "");
        AssertContains(again, after, "");
    }

    [TestMethod]
    public void Export_OfAPartLeavesTheRestAtHome()
    {
        MeshNetwork network = ConfigurationDatabase.Import(Android, new TestRandom(1));
        string exported = ConfigurationDatabase.Export(network, new ExportSelection(new HashSet<int> { 5 }, DeviceKeys: false));
        MeshNetwork part = ConfigurationDatabase.Import(exported, new TestRandom(1));
        Assert.IsTrue(part.IsPartial);
        Assert.IsTrue(part.NetKeys.Select(static key => key.Index).SequenceEqual([5]));
        Assert.IsTrue(part.AppKeys.Select(static key => key.Index).SequenceEqual([7]));
        Assert.IsTrue(part.Nodes.Select(static node => node.Address).SequenceEqual([2]));
        Assert.IsFalse(part.Nodes[0].HasDeviceKey);

        foreach (string secret in new[] { "00112233445566778899AABBCCDDEEFF", "A0A1A2A3A4A5A6A7A8A9AAABACADAEAF", "E0E1E2E3E4E5E6E7E8E9EAEBECEDEEEF" })
        {
            Assert.IsFalse(exported.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    [TestMethod]
    public void Import_RefusesWhatIsNoneAndTellsNoValue()
    {
        foreach (string json in new[]
        {
            "", "{", "[]", "{}", Android.Replace("\"0002\"", "\"8002\""), Android.Replace("CCDDEEFF\"", "CCDDEE\""), Android.Replace("CCDDEEFF\"", "CCDDEEFG\""),
            Android.Replace("\"index\": 5, \"phase\"", "\"index\": 4096, \"phase\""), Android.Replace("CCDDEEFF\",", "CCDDEEFF\" \"x\""), Android.Replace("\"ivIndex\": 3", "\"ivIndex\": -1"),
            Android.Replace("\"index\": 5, \"phase\"", "\"index\": 0, \"phase\""), Android.Replace("\"index\": 7, \"boundNetKey\"", "\"index\": 0, \"boundNetKey\""),
            Android.Replace("\"boundNetKey\": 5", "\"boundNetKey\": 6"), Android.Replace("\"highAddress\": \"199A\"", "\"highAddress\": \"8000\""),
            Android.Replace("\"lowAddress\": \"0001\"", "\"lowAddress\": \"1FFF\""), Android.Replace("\"unicastAddress\": \"0001\"", "\"unicastAddress\": \"0003\""),
            Android.Replace("\"unicastAddress\": \"0002\"", "\"unicastAddress\": \"7FFF\""), Android.Replace("\"address\": \"C000\", \"parent", "\"address\": \"0001\", \"parent"),
            Android.Replace("\"Evening\"", "\"\\ud800\""), Android.Replace("\"number\"", "\"\\udc00\""),
        })
        {
            try
            {
                ConfigurationDatabase.Import(json, new TestRandom(1));
                Assert.IsTrue(false, "not refused");
            }
            catch (DatabaseFormatException e)
            {
                Assert.IsFalse(e.ToString().Contains("00112233", StringComparison.Ordinal));
            }
        }
    }

    [TestMethod]
    public void Import_TakesTheLargestIvIndexOfAnExclusion()
    {
        MeshNetwork network = ConfigurationDatabase.Import(Android.Replace("\"ivIndex\": 3", "\"ivIndex\": 4294967295"), new TestRandom(1));
        Assert.AreEqual(uint.MaxValue, network.IvIndex);
        Assert.IsFalse(network.IsFree(0x0011));
    }

    [TestMethod]
    public void PrivateFile_IsItsOwnersOnlyWhateverWasThereBefore()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TemporaryFolder folder = new();
        string path = folder["file"];
        File.WriteAllText(path, "old");
        File.WriteAllText(path + ".new", "left behind by a crash");
        PrivateFile.Replace(path, [1, 2, 3]);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.IsTrue(File.ReadAllBytes(path).SequenceEqual(new byte[] { 1, 2, 3 }));
        Assert.IsFalse(File.Exists(path + ".new"));
    }

    [TestMethod]
    public void Composition_KeepsWhatIsKnownOfItsModels()
    {
        MeshNetwork network = ConfigurationDatabase.Import(Android, new TestRandom(1));
        KnownNode lamp = network.Nodes[1];
        lamp.Composition = lamp.Composition! with { Version = 2 };
        NodeDocument.SetBinding(lamp, 0x0002, ModelId.Sig(0x1000), 7, false);
        NodeDocument.SetSubscription(lamp, 0x0002, ModelId.Sig(0x1000), "C002", true);
        NodeDocument.Apply(lamp, new RelayStatus(1, 1, 3));
        JsonObject node = (JsonObject)((JsonObject)JsonNode.Parse(ConfigurationDatabase.Export(network, new ExportSelection()))!)["nodes"]![1]!;
        JsonNode model = node["elements"]![0]!["models"]![1]!;
        Assert.AreEqual("0002", (string)node["vid"]!);
        Assert.AreEqual("[0]", model["bind"]!.ToJsonString());
        Assert.AreEqual(3, model["subscribe"]!.AsArray().Count);
        Assert.AreEqual("C001", (string)model["publish"]!["address"]!);
        Assert.AreEqual("{\"count\":2,\"interval\":40}", node["relayRetransmit"]!.ToJsonString());
        Assert.AreEqual(1, (int)node["features"]!["relay"]!);
    }

    [TestMethod]
    public void Store_OpensWithThePassphraseOnly()
    {
        using TemporaryFolder folder = new();
        MeshNetwork network = ConfigurationDatabase.Import(Android, new TestRandom(1));
        network.IvIndex = 9;
        network.IvUpdate = true;
        network.ProvisionerUuid = network.Provisioners[0].Uuid;
        NetworkStore.Create(folder["net"], "correct horse", PassphraseCost.Least, network).Dispose();
        byte[] content = File.ReadAllBytes(folder["net"]);

        using (NetworkStore store = NetworkStore.Open(folder["net"], "correct horse", false, new TestRandom(1)))
        {
            Assert.AreEqual(9u, store.Network.IvIndex);
            Assert.IsTrue(store.Network.IvUpdate);
            Assert.AreEqual(network.ProvisionerUuid, store.Network.ProvisionerUuid);
            Assert.IsTrue(store.Network.Nodes[1].DeviceKey.SequenceEqual(network.Nodes[1].DeviceKey));
            Assert.IsFalse(store.Save());
        }

        Refuses(StoreFailure.Passphrase, () => NetworkStore.Open(folder["net"], "wrong horse", false, new TestRandom(1)));
        Refuses(StoreFailure.Missing, () => NetworkStore.Open(folder["other"], "correct horse", false, new TestRandom(1)));
        Refuses(StoreFailure.Exists, () => NetworkStore.Create(folder["net"], "x", PassphraseCost.Least, network));

        // Each octet counts, of the header too; the parameters of the key derivation may be such that they are not even tried.
        for (int i = 0; i < content.Length; i += i < 64 ? 1 : 97)
        {
            byte[] changed = [.. content];
            changed[i] ^= 0x01;
            File.WriteAllBytes(folder["changed"], changed);

            try
            {
                NetworkStore.Open(folder["changed"], "correct horse", false, new TestRandom(1)).Dispose();
                Assert.IsTrue(false, $"octet {i}");
            }
            catch (StoreException e)
            {
                Assert.IsTrue(e.Failure is StoreFailure.Passphrase or StoreFailure.Format);
            }
        }
    }

    [TestMethod]
    public void Store_IsChangedByOneProcessAtATime()
    {
        using TemporaryFolder folder = new();
        NetworkStore.Create(folder["net"], "p", PassphraseCost.Least, new MeshNetwork(new TestRandom(1))).Dispose();
        using NetworkStore reader = NetworkStore.Open(folder["net"], "p", false, new TestRandom(1));

        using (NetworkStore writer = NetworkStore.Open(folder["net"], "p", true, new TestRandom(1)))
        {
            Refuses(StoreFailure.Locked, () => NetworkStore.Open(folder["net"], "p", true, new TestRandom(1)));
            reader.Network.IvIndex = 5;
            Refuses(StoreFailure.Locked, () => reader.Save());
            writer.Network.AddAppKey(3, 0);
            Assert.IsTrue(writer.Save());
            Assert.IsFalse(writer.Save());
        }

        Refuses(StoreFailure.Changed, () => reader.Save());
        using NetworkStore again = NetworkStore.Open(folder["net"], "p", true, new TestRandom(1));
        Assert.AreEqual(1, again.Network.AppKeys.Count);
    }

    [TestMethod]
    public void Store_KeepsWhatNoDatabaseTells()
    {
        using TemporaryFolder folder = new();
        MeshNetwork network = new(new TestRandom(1));
        network.AddNode(0x0010, 2, new byte[16]).IsProvisional = true;
        network.AddNode(0x0020, 1, new byte[16]);
        network.NetKeys[0].Pending.Add(0x0020);
        NetworkStore.Create(folder["net"], "p", PassphraseCost.Least, network).Dispose();
        using NetworkStore store = NetworkStore.Open(folder["net"], "p", true, new TestRandom(1));
        Assert.IsTrue(store.Network.Nodes[0].IsProvisional);
        Assert.IsFalse(store.Network.Nodes[1].IsProvisional);
        Assert.IsTrue(store.Network.NetKeys[0].Pending.SequenceEqual([0x0020]));
        store.Network.NetKeys[0].Pending.Clear();
        store.Network.Nodes[0].IsProvisional = false;
        Assert.IsTrue(store.Save());

        // Another provisioner is not told of a node that may be none.
        network.Nodes[1].IsProvisional = true;
        Assert.AreEqual(0, ConfigurationDatabase.Import(ConfigurationDatabase.Export(network, new ExportSelection()), new TestRandom(1)).Nodes.Count);
    }

    private static void Refuses(StoreFailure failure, Action action)
    {
        try
        {
            action();
        }
        catch (StoreException e)
        {
            Assert.AreEqual(failure, e.Failure);

            return;
        }

        Assert.IsTrue(false, "not refused");
    }

    private static void AssertContains(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case JsonObject members:
                foreach ((string name, JsonNode? value) in members.Where(static member => member.Key is not ("version" or "timestamp")))
                {
                    AssertContains(value, (actual as JsonObject)?[name], $"{path}/{name}");
                }

                break;

            case JsonArray items:
                Assert.AreEqual(items.Count, (actual as JsonArray)?.Count ?? -1, path);

                for (int i = 0; i < items.Count; i++)
                {
                    AssertContains(items[i], actual![i], $"{path}/{i}");
                }

                break;

            default:
                Assert.AreEqual(expected?.ToJsonString().ToUpperInvariant() ?? "", actual?.ToJsonString().ToUpperInvariant() ?? "", path);
                break;
        }
    }
}
