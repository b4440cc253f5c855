#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
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
}
