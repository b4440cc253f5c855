using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using MeshNode.Tool;
using nanoFramework.TestFramework;

namespace MeshNode;

/// <summary>tools/meshnode, called as its command line calls it.</summary>
[TestClass]
public class MeshNodeToolTests
{
    private const int Width = 110;
    private const int Patience = 20000;

    [TestMethod]
    [DataRow("--seed 1")]
    [DataRow("--seed 2 --loss 0")]
    [DataRow("--seed 3 --loss 0.3 --nodes 4")]
    [DataRow("--seed 4 --loss 0.5 --nodes 10")]
    [DataRow("--seed 5 --loss 0.4 --mtu 517 --nodes 5")]
    [DataRow("--seed 6 --jitter 200 --delay 50 --mtu 32")]
    [DataRow("--seed 7 --mtu 33 --nodes 7")]
    [DataRow("--seed 8 --mtu 24 --nodes 8 --loss 0.2")]
    public void Demonstration_EverythingArrives(string options)
    {
        int exitCode = Demonstrate(out string output, options.Split(' '));

        Assert.AreEqual(0, exitCode, output);
        Assert.DoesNotContains("FAILED", output);
        Assert.Contains("Everything arrived", output);
    }

    [TestMethod]
    public void Demonstration_EveryAttMtu()
    {
        for (int mtu = 23; mtu <= 64; mtu++)
        {
            Assert.AreEqual(0, Demonstrate(out string output, "--mtu", mtu.ToString(), "--seed", mtu.ToString()), output);
        }
    }

    [TestMethod]
    public void Demonstration_BeginsOutOfTheBoxAndEndsWithNewKeys()
    {
        Demonstrate(out string output);

        foreach (string check in new[] { "P is the node 0002", "F is the node 000c", "its lamp subscribes to c001", "all 6 lamps are on", "have forgotten the old ones" })
        {
            Assert.IsTrue(output.Split('\n').Any(line => line.Contains("  ok  ") && line.Contains(check)), check);
        }
    }

    [TestMethod]
    public void Demonstration_NamesWhatIsDroppedAndWhy()
    {
        Demonstrate(out string output);

        foreach (string verdict in new[] { "Duplicate", "Cached", "UnknownNid", "NetMic", "OwnSource", "not notified: Filtered" })
        {
            Assert.Contains(verdict, output);
        }
    }

    [TestMethod]
    public void Watch_GoesOnWithALampThatStillHasTheKeys()
    {
        using CancellationTokenSource cancellation = new(Patience);
        using CancellingWriter output = new("the lamp says", cancellation);

        Assert.AreEqual(0, CommandLine.Run(["--watch", "--hours", "0"], output, cancellation.Token));
        Assert.Contains("the lamp says", output.ToString());
    }

    [TestMethod]
    public void Demonstration_SameSeedGivesTheSameOutput()
    {
        Demonstrate(out string first, "--seed", "11", "--verbose");
        Demonstrate(out string second, "--seed", "11", "--verbose");
        Demonstrate(out string other, "--seed", "12", "--verbose");

        Assert.AreEqual(first, second);
        Assert.AreNotEqual(first, other);
    }

    [TestMethod]
    public void Demonstration_IsPlainTextWhenNotOnATerminal()
    {
        Demonstrate(out string output);

        Assert.DoesNotContains("\u001b", output);
        Assert.IsTrue(output.Split('\n').All(line => line.TrimEnd().Length <= Width), "a line is too long");
    }

    [TestMethod]
    [DataRow("--seed 1")]
    [DataRow("--seed 2 --loss 0 --mtu 247")]
    [DataRow("--seed 3 --loss 0.3 --mtu 69")]
    public void Demonstration_BoardsAreAccountedFor(string options)
    {
        int exitCode = Run(out string output, [.. options.Split(' '), "--hours", "2"]);

        Assert.AreEqual(0, exitCode, output);
        Assert.DoesNotContains("FAILED", output);

        foreach (string check in new[] { "client lost without a word", "the lamp of B3 was switched 4 times meanwhile", "what leaves one layer is in the next", "stack does not bear" })
        {
            Assert.IsTrue(output.Split('\n').Any(line => line.Contains("  ok  ") && line.Contains(check)), check);
        }
    }

    [TestMethod]
    public void Demonstration_BoardsOfTheSameSeedDoTheSame()
    {
        Run(out string first, "--hours", "1", "--seed", "11");
        Run(out string second, "--hours", "1", "--seed", "11");

        Assert.AreEqual(first, second);
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow("0.97")]
    public void Demonstration_FailsWhenThingsDoNotArrive(string loss)
    {
        int exitCode = Demonstrate(out string output, "--loss", loss);

        Assert.AreEqual(1, exitCode);
        Assert.Contains("FAILED", output);
    }

    [TestMethod]
    [DataRow("--loss 1.5")]
    [DataRow("--loss much")]
    [DataRow("--mtu 22")]
    [DataRow("--mtu 518")]
    [DataRow("--nodes 3")]
    [DataRow("--nodes")]
    [DataRow("--no-such-option")]
    [DataRow("no-such-command")]
    [DataRow("vectors")]
    public void Options_OutOfRangeAreRefused(string arguments)
    {
        Assert.AreEqual(1, Run(out _, arguments.Split(' ')));
    }

    [TestMethod]
    public void Vectors_AllFilesOfTheRepositoryPass()
    {
        int exitCode = Run(out string output, ["vectors", "--verbose", .. Files()]);

        Assert.AreEqual(0, exitCode, output);
        Assert.Contains(" 0 failed", output);
        Assert.DoesNotContains("unknown kind", output);
        Assert.DoesNotContains("not compared", output);
    }

    [TestMethod]
    public void Vectors_EveryCorruptedOutIsAFailure()
    {
        List<JsonNode> corrupted = [];

        foreach (JsonNode vector in Vectors().Where(vector => vector["out"] != null))
        {
            foreach (string path in Leaves(vector["out"]).Select(leaf => leaf.GetPath()[vector["out"].GetPath().Length..]).ToList())
            {
                JsonNode copy = vector.DeepClone();
                JsonNode leaf = Leaves(copy["out"]).Single(leaf => leaf.GetPath()[copy["out"].GetPath().Length..] == path);
                leaf.ReplaceWith(Flip(leaf));
                corrupted.Add(copy);
            }
        }

        Assert.AreEqual(1, RunVectors(out string output, corrupted));
        Assert.IsTrue(corrupted.Count > 1000, "hardly anything to corrupt");
        Assert.Contains("1 files: 0 passed", output);
    }

    [TestMethod]
    public void Vectors_EveryCorruptedPduOfAnAcceptIsAFailure()
    {
        List<JsonNode> corrupted = [];

        // An Invite is not protected: with another duration it is another Invite.
        foreach (JsonNode vector in Vectors().Where(vector => (string)vector["verdict"] == "accept" && (string)vector["id"] != "prov-invite"))
        {
            JsonNode pdu = vector["pdu"] ?? vector["pdus"][0];
            pdu.ReplaceWith(Flip(pdu));
            corrupted.Add(vector);
        }

        Assert.AreEqual(1, RunVectors(out string output, corrupted));
        Assert.Contains("1 files: 0 passed", output);
    }

    [TestMethod]
    public void Vectors_EveryWrongVerdictIsAFailure()
    {
        List<JsonNode> wrong = [.. Vectors().Where(vector => vector["verdict"] != null)];
        wrong.ForEach(vector => vector["verdict"] = (string)vector["verdict"] == "accept" ? "reject" : "accept");

        Assert.AreEqual(1, RunVectors(out string output, wrong));
        Assert.Contains("1 files: 0 passed", output);
    }

    [TestMethod]
    [DataRow("{\"id\":\"a\",\"kind\":\"no_such_kind\",\"in\":{},\"out\":{}}")]
    [DataRow("{\"id\":\"a\",\"receiver\":\"no_such_receiver\",\"state\":{},\"pdu\":\"00\",\"verdict\":\"accept\"}")]
    public void Vectors_UnknownKindsAreSkipped(string vector)
    {
        Assert.AreEqual(0, RunVectors(out string output, [JsonNode.Parse(vector)]));
        Assert.Contains("unknown kind", output);
        Assert.Contains("0 passed, 0 failed, 1 skipped", output);
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("{\"kind\":7}")]
    [DataRow("{\"kind\":\"s1\"}")]
    [DataRow("{\"kind\":\"s1\",\"in\":{},\"out\":{}}")]
    [DataRow("{\"kind\":\"s1\",\"in\":{\"m\":\"00\"},\"out\":{}}")]
    [DataRow("{\"kind\":\"s1\",\"in\":{\"m\":\"000\"},\"out\":{\"salt\":\"\"}}")]
    [DataRow("{\"kind\":\"s1\",\"in\":{\"m\":\"0g\"},\"out\":{\"salt\":\"\"}}")]
    [DataRow("{\"kind\":\"s1\",\"in\":{\"m\":[]},\"out\":{\"salt\":\"\"}}")]
    [DataRow("{\"kind\":\"s1\",\"in\":{\"m\":\"\\ud800\"},\"out\":{\"salt\":\"\"}}")]
    [DataRow("{\"kind\":\"aes_cmac\",\"in\":{\"key\":\"00\",\"message\":\"\"},\"out\":{\"mac\":\"\"}}")]
    [DataRow("{\"kind\":\"proxy_sar\",\"in\":{\"message_type\":0,\"message\":\"00\",\"att_value_max\":1},\"out\":{\"segments\":[]}}")]
    [DataRow("{\"kind\":\"proxy_sar\",\"in\":{\"message_type\":0,\"message\":\"00\",\"att_value_max\":2147483647},\"out\":{\"segments\":[]}}")]
    [DataRow("{\"kind\":\"app_key\",\"in\":{\"app_key\":\"63964771734fbd76e3b40519d1d94a48\"},\"out\":{\"aid\":\"26\"}}")]
    [DataRow("{\"kind\":\"app_key\",\"in\":{\"app_key\":\"63964771734fbd76e3b40519d1d94a48\"},\"out\":{\"aid\":1e99}}")]
    [DataRow("{\"receiver\":\"beacon\",\"state\":{\"net_keys\":[]},\"pdu\":\"\"}")]
    [DataRow("{\"receiver\":\"beacon\",\"state\":{\"net_keys\":[]},\"pdu\":\"\",\"verdict\":\"perhaps\"}")]
    [DataRow("{\"receiver\":\"beacon\",\"state\":{\"net_keys\":[\"00\"]},\"pdu\":\"\",\"verdict\":\"reject\"}")]
    [DataRow("{\"receiver\":\"beacon\",\"state\":[],\"pdu\":\"\",\"verdict\":\"reject\"}")]
    [DataRow("{\"receiver\":\"network_pdu\",\"state\":{\"net_keys\":[],\"iv_index\":4294967296},\"pdu\":\"\",\"verdict\":\"reject\"}")]
    public void Vectors_MalformedVectorsAreFailures(string vector)
    {
        string text = "{\"schema\":1,\"vectors\":[" + vector + "]}";

        Assert.AreEqual(1, RunVectorText(out string output, text), output);
        Assert.Contains("0 passed, 1 failed, 0 skipped", output);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{\"vectors\":[]}")]
    [DataRow("{\"schema\":1}")]
    [DataRow("{\"schema\":2,\"vectors\":[]}")]
    [DataRow("{\"schema\":\"1\",\"vectors\":[]}")]
    [DataRow("{\"schema\":1,\"vectors\":{}}")]
    public void Vectors_BrokenFilesAreFailures(string text)
    {
        Assert.AreEqual(1, RunVectorText(out string output, text));
        Assert.Contains("FAILED", output);
    }

    [TestMethod]
    public void Vectors_MissingFileIsAFailureAndTheOthersStillRun()
    {
        int exitCode = Run(out string output, "vectors", Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), Files()[0]);

        Assert.AreEqual(1, exitCode);
        Assert.Contains("cannot be read", output);
        Assert.Contains(" 1 failed", output);
    }

    // As many keys as the firmware's table does not hold, the right one last.
    [TestMethod]
    public void Vectors_ManyKeysAreAllTried()
    {
        JsonNode vector = Vectors().First(vector => (string)vector["receiver"] == "network_pdu" && (string)vector["verdict"] == "accept");
        JsonArray keys = vector["state"]["net_keys"].AsArray();

        for (int i = 0; i < 9; i++)
        {
            keys.Insert(0, JsonNode.Parse($"{{\"net_key\":\"{i:x32}\",\"k2_p\":\"00\"}}"));
        }

        Assert.AreEqual(0, RunVectors(out string output, [vector]), output);
    }

    private static string[] Files()
    {
        return Directory.GetFiles(Repository.PathOf("tests/vectors"), "*.json");
    }

    private static IEnumerable<JsonNode> Vectors()
    {
        return Files().SelectMany(file => JsonNode.Parse(File.ReadAllText(file))["vectors"].AsArray()).Select(vector => vector.DeepClone());
    }

    private static IEnumerable<JsonValue> Leaves(JsonNode node)
    {
        return node switch
        {
            JsonObject members => members.SelectMany(member => Leaves(member.Value)),
            JsonArray items => items.SelectMany(Leaves),
            JsonValue value when value.ToString() != "" => [value],
            _ => [],
        };
    }

    /// <summary>The same with its last bit changed: of a number, or of hexadecimal octets.</summary>
    private static JsonNode Flip(JsonNode leaf)
    {
        if (leaf.GetValueKind() != System.Text.Json.JsonValueKind.String)
        {
            return JsonNode.Parse(leaf.ToString() switch
            {
                "true" => "false",
                "false" => "true",
                string number => (long.Parse(number) ^ 1).ToString(),
            });
        }

        string text = (string)leaf;

        return text[..^1] + (char.IsAsciiHexDigit(text[^1]) ? (Convert.ToInt32(text[^1..], 16) ^ 1).ToString("x") : "?");
    }

    private static int RunVectors(out string output, IEnumerable<JsonNode> vectors)
    {
        JsonObject file = new() { ["schema"] = 1, ["vectors"] = new JsonArray([.. vectors]) };

        return RunVectorText(out output, file.ToJsonString());
    }

    private static int RunVectorText(out string output, string text)
    {
        string path = Path.GetTempFileName();

        try
        {
            File.WriteAllText(path, text);

            return Run(out output, "vectors", path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // The part without the boards.
    private static int Demonstrate(out string output, params string[] arguments)
    {
        return Run(out output, [.. arguments, "--hours", "0"]);
    }

    private static int Run(out string output, params string[] arguments)
    {
        using StringWriter writer = new();
        int exitCode = CommandLine.Run(arguments, writer);
        output = writer.ToString();

        return exitCode;
    }

    // Cancels when a text was written.
    private sealed class CancellingWriter(string text, CancellationTokenSource cancellation) : StringWriter
    {
        public override void Write(char value)
        {
            base.Write(value);
            Look();
        }

        public override void Write(char[] buffer, int index, int count)
        {
            base.Write(buffer, index, count);
            Look();
        }

        public override void Write(string value)
        {
            base.Write(value);
            Look();
        }

        private void Look()
        {
            if (GetStringBuilder().Length > 0 && ToString().Contains(text, StringComparison.Ordinal))
            {
                cancellation.Cancel();
            }
        }
    }
}
