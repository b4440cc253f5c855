#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using MeshNode.Beacons;
using MeshNode.Bearers;
using MeshNode.Kit.Monitor;
using MeshNode.Kit.Storage;
using MeshNode.Network;
using MeshNode.Tool;
using nanoFramework.TestFramework;

namespace MeshNode.Kit;

/// <summary>The commands of <c>meshnode</c> against a node that <c>meshnode run</c> has started, in real time.</summary>
[TestClass]
public class ClientCommandTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Commands_TakeANodeFromTheBoxAndBack(bool gatt)
    {
        using ClientWorkplace place = new(gatt);
        place.Do(0, "init --name Home");
        place.Do(4, "init");
        Assert.AreEqual("PB-" + (gatt ? "GATT" : "ADV"), (string)place.Do(0, "scan --seconds 7").First(static o => (string?)o["device"] == ClientWorkplace.Uuid)["bearer"]!);
        place.Do(6, "provision --strength 128");

        // Whoever says how the device is to be authenticated does not get one that is not.
        place.Do(6, "provision --output-oob");
        JsonObject node = place.Do(0, "provision " + ClientWorkplace.Uuid + " --name Lamp --static 0102030405060708090a0b0c0d0e0f10 --strength 128 --setup 0").First(static o => o.ContainsKey("authentication"));
        Assert.AreEqual("static OOB, HMAC-SHA256", (string)node["authentication"]!);
        string address = ((int)node["address"]!).ToString("x4");
        Assert.AreEqual("Lamp", (string)place.Do(0, "nodes")[0]["name"]!);

        Assert.AreEqual(1, (int)place.Do(0, "onoff Lamp on")[0]["present"]!);
        Assert.AreEqual(0, (int)place.Do(0, "onoff Lamp toggle")[0]["present"]!);
        Assert.AreEqual(32768, (int)place.Do(0, $"lightness {address} set 50%")[0]["present"]!);
        Assert.AreEqual(-100, (int)place.Do(0, "level Lamp set -- -100")[0]["present"]!);
        Assert.AreEqual(0x05F1, (int)place.Do(0, "health Lamp faults")[0]["company"]!);
        List<JsonObject> states = place.Do(0, "config get Lamp all");
        Assert.IsTrue(states.Select(static s => (string)s["state"]!).ToHashSet().IsSupersetOf(["composition", "beacon", "ttl", "proxy", "friend", "relay", "network-transmit", "netkeys", "appkeys", "sar-receiver"]));
        Assert.AreEqual(9, (int)place.Do(0, "config set Lamp ttl 9")[0]["ttl"]!);
        Assert.AreEqual(2, (int)place.Do(0, "config set Lamp relay on 3 20")[0]["count"]!);
        Assert.AreEqual(0xC000, (int)place.Do(0, "config set Lamp subscription 0 1000 add c000")[0]["address"]!);
        place.Do(0, "heartbeat Lamp publication c002 count=4 period=64 features=relay");
        place.Do(2, "config set Lamp binding 0 1000 99 on");
        place.Do(1, "config set Lamp relay perhaps");
        place.Do(1, "config get Nobody ttl");
        place.Do(3, "onoff 7000 get --timeout 0.2 --tries 1");

        place.Do(0, "keyrefresh");
        Assert.AreEqual(0, (int)place.Do(0, "keys")[0]["phase"]!);
        Assert.AreEqual(1, (int)place.Do(0, "onoff Lamp on")[0]["present"]!);
        string file = place.Folder["export.json"];
        place.Do(0, "export " + file);

        // Another machine: addresses of its own, and the IV Index from a beacon.
        place.Other = true;
        place.Do(0, "import " + file);
        Assert.AreEqual(0, (int)place.Do(0, "onoff Lamp toggle")[0]["present"]!);
        place.Other = false;

        // A machine that has lost a copy of its ledger says so, and goes on with other addresses.
        File.Delete(place.Folder["witness/ledger.db"]);
        place.Do(5, "onoff Lamp on");
        place.Do(0, "adopt");
        Assert.AreEqual(1, (int)place.Do(0, "onoff Lamp on")[0]["present"]!);
        place.Do(0, "reset Lamp");
        Assert.AreEqual(0, place.Do(0, "nodes").Count);
        Assert.IsTrue(place.Do(0, "scan --seconds 8").Any(static o => (string?)o["device"] == ClientWorkplace.Uuid));

        // No key was ever shown.
        JsonObject database = (JsonObject)JsonNode.Parse(File.ReadAllText(file))!;
        string said = place.Said.ToUpperInvariant();

        foreach (JsonNode? entry in database["netKeys"]!.AsArray().Concat(database["appKeys"]!.AsArray()))
        {
            Assert.IsFalse(said.Contains((string)entry!["key"]!, StringComparison.Ordinal));
        }

        Assert.IsFalse(said.Contains((string)database["nodes"]![0]!["deviceKey"]!, StringComparison.Ordinal));
    }

    [TestMethod]
    public void Init_IsWeakenedByNothingInTheEnvironment()
    {
        using ClientWorkplace place = new(false);
        Environment.SetEnvironmentVariable("MESHNODE_KDF", "least");

        try
        {
            using StringWriter output = new();
            string[] arguments = [.. place.Arguments("init").Where(static argument => argument != "--cheap-passphrase")];
            Assert.AreEqual(0, CommandLine.Run(arguments, output));
        }
        finally
        {
            Environment.SetEnvironmentVariable("MESHNODE_KDF", null);
        }

        // KiB and passes.
        byte[] header = File.ReadAllBytes(place.Folder["mesh.db"]);
        Assert.AreEqual(65536, BitConverter.ToInt32(header, 8));
        Assert.AreEqual(3, BitConverter.ToInt32(header, 12));
    }

    [TestMethod]
    public void Import_TakesNoAddressesThatAProvisionerHasHad()
    {
        using ClientWorkplace place = new(false);
        string file = place.Folder["export.json"];
        place.Do(0, "init --range 0001-00ff");
        place.Do(0, "export " + file);

        // The machine is lost, and with it what it has sent from these addresses.
        place.Other = true;
        place.Do(1, $"import {file} --range 0080-0180");
        place.Do(1, "adopt --range 0080-0180");
        place.Do(0, "adopt --range 0200-02ff");
    }

    [TestMethod]
    public void Import_OfANetworkWithoutFreeAddressesSaysSo()
    {
        using ClientWorkplace place = new(false);
        string file = place.Folder["export.json"];
        string back = place.Folder["back.json"];
        place.Do(0, "init --range 0001-7fff");
        place.Do(0, "export " + file);

        // It is there whole, and comes out again as it went in; only for sending it has no address.
        place.Other = true;
        JsonObject imported = place.Do(0, $"import {file}").Single();
        Assert.AreEqual(0, imported["ranges"]!.AsArray().Count);
        Assert.Contains("0001-7fff", (string)imported["warning"]!);
        Assert.Contains("adopt --range", (string)imported["advice"]!);
        place.Do(0, "export " + back);
        JsonObject before = (JsonObject)JsonNode.Parse(File.ReadAllText(file))!;
        JsonObject after = (JsonObject)JsonNode.Parse(File.ReadAllText(back))!;
        after["timestamp"] = (string)before["timestamp"]!;
        Assert.AreEqual(before.ToJsonString(), after.ToJsonString());
        place.Do(5, "adopt");
        place.Do(5, "onoff 0002 get --iv-index 0");

        // Whoever knows that nobody else will give them away takes some.
        place.Do(0, "adopt --range 7f00-7fff");
        place.Do(3, "onoff 0002 get --iv-index 0 --timeout 0.1 --tries 1");
    }

    [TestMethod]
    public void KeyRefresh_SaysInWhichSubnetsAnExcludedNodeIsStill()
    {
        using ClientWorkplace place = new(false);
        place.Do(0, "init");
        place.Do(0, "keys add-net 5");
        place.Do(0, "provision " + ClientWorkplace.Uuid + " --name Lamp --static 0102030405060708090a0b0c0d0e0f10");
        place.Do(0, "config set Lamp netkeys 5 on");
        Assert.AreEqual(5, (int)place.Do(0, "keyrefresh --exclude Lamp").Single()["excludedStillIn"]!.AsArray().Single()!);
        Assert.AreEqual(0, place.Do(0, "keyrefresh 5").Single()["excludedStillIn"]!.AsArray().Count);
    }

    [TestMethod]
    public void Monitor_WritesNothingOfWhatItReads()
    {
        using ClientWorkplace place = new(false);
        place.Do(0, "init");
        string capture = place.Folder["air.pcapng"];
        byte[] database = File.ReadAllBytes(place.Folder["mesh.db"]);

        // Whoever has the network key can make such a beacon.
        using (NetworkStore store = NetworkStore.Open(place.Folder["mesh.db"], "correct horse", false, new TestRandom(1)))
        using (CaptureWriter writer = new(File.Create(capture)))
        {
            byte[] beacon = new byte[SecureNetworkBeacon.Length];
            SecureNetworkBeacon.Encode(new NetworkKey(store.Network.NetKeys[0].Key), 0, 0xFFFFFF00, beacon, 0, new byte[16]);
            writer.Write(new CapturedFrame(0, CapturedKind.Advert, AdvertisingData.MeshBeacon, beacon, 0));
        }

        Assert.Contains("4294967040", (string)place.Do(0, $"monitor --read {capture}").Single()["summary"]!);
        Assert.IsTrue(database.SequenceEqual(File.ReadAllBytes(place.Folder["mesh.db"])));
    }

    [TestMethod]
    public void KeyRefresh_RefusesAPartOfADatabase()
    {
        using ClientWorkplace place = new(false);
        string file = place.Folder["export.json"];
        place.Do(0, "init");
        place.Do(0, $"export {file} --without-device-keys");
        place.Other = true;
        place.Do(0, $"import {file}");
        place.Do(1, "keyrefresh --iv-index 0");
    }

    [TestMethod]
    public void Output_DoesNotCommandTheTerminalNorShowASecret()
    {
        using ClientWorkplace place = new(false);
        place.Do(0, "init");
        using StringWriter output = new();
        Assert.AreEqual(0, CommandLine.Run([.. place.Arguments("keys add-app 1 --name \u001b[2J\u0007x").Where(static argument => argument != "--json")], output));
        Assert.Contains("?[2J?x", output.ToString());
        Assert.IsFalse(output.ToString().Contains('\u001b'));
        Assert.IsFalse(place.Said.Contains("abcdefg", StringComparison.Ordinal));
        place.Do(1, "provision --static 0102abcdefg");
        Assert.IsFalse(place.Said.Contains("abcdefg", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Port_ThatCannotBeIsTheCommandLinesFault()
    {
        using ClientWorkplace place = new(false);
        place.Do(0, "init");
        string[] arguments = [.. place.Arguments("scan --seconds 1")];
        arguments[Array.IndexOf(arguments, "--udp") + 1] = "70000";
        using StringWriter output = new();
        Assert.AreEqual(1, CommandLine.Run(arguments, output));
        Assert.Contains("error", output.ToString());
    }
}
