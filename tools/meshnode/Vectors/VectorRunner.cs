using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace MeshNode.Tool.Vectors;

/// <summary>Feeds vector files through the firmware's code.</summary>
internal static class VectorRunner
{
    private const int Schema = 1;
    private const int MessageLength = 400;

    /// <summary>Runs all vectors of a file. A file that cannot be used is one failure.</summary>
    public static List<VectorResult> Run(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            VectorObject file = new(document.RootElement, "");

            if (file.Number("schema", int.MaxValue) != Schema)
            {
                throw new VectorFormatException($"schema is not {Schema}");
            }

            return [.. file.Items("vectors").Select((vector, i) => Run(path, vector, i))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return [Failed(path, $"cannot be read: {e.Message}")];
        }
        catch (JsonException e)
        {
            return [Failed(path, $"is not JSON: {e.Message}")];
        }
        catch (VectorFormatException e)
        {
            return [Failed(path, $"is not a vector file: {e.Message}")];
        }
    }

    private static VectorResult Run(string path, JsonElement element, int index)
    {
        string id = $"#{index}";
        string kind = "malformed";

        try
        {
            VectorObject vector = new(element, "");
            id = vector.Has("id") ? vector.Text("id") : id;

            if (vector.Has("receiver"))
            {
                string receiver = vector.Text("receiver");
                kind = $"{receiver} (receive)";

                return Receive(path, id, kind, receiver, vector);
            }

            kind = vector.Text("kind");

            return Compute(path, id, kind, vector);
        }
        catch (VectorSkippedException e)
        {
            return new VectorResult(path, id, kind, VectorOutcome.Skipped, e.Message, []);
        }
        catch (VectorFormatException e)
        {
            return new VectorResult(path, id, kind, VectorOutcome.Failed, e.Message, []);
        }
        catch (Exception e)
        {
            // Whatever a vector makes the firmware do is that vector's failure.
            return new VectorResult(path, id, kind, VectorOutcome.Failed, $"{e.GetType().Name}: {e.Message}", []);
        }
    }

    private static VectorResult Compute(string path, string id, string kind, VectorObject vector)
    {
        if (!VectorKinds.Computed.TryGetValue(kind, out Action<VectorObject, VectorComparison>? compute))
        {
            throw new VectorSkippedException(VectorKinds.ReasonToSkip(kind));
        }

        VectorComparison comparison = new(vector.Object("out"));
        compute(vector.Object("in"), comparison);
        comparison.Check(comparison.HasCompared, "out has nothing that could be compared");
        bool ok = comparison.Differences.Count == 0;

        return new VectorResult(
            path, id, kind, ok ? VectorOutcome.Passed : VectorOutcome.Failed, Shorten(string.Join("; ", comparison.Differences)), comparison.NotCompared);
    }

    private static VectorResult Receive(string path, string id, string kind, string receiver, VectorObject vector)
    {
        string expected = vector.Text("verdict");

        if (expected is not ("accept" or "reject"))
        {
            throw new VectorFormatException($"verdict is {expected}, which is neither accept nor reject");
        }

        if (!VectorKinds.Received.TryGetValue(receiver, out Func<VectorObject, (bool Accepted, string Verdict)>? receive))
        {
            throw new VectorSkippedException(VectorKinds.ReasonToSkip(receiver));
        }

        (bool accepted, string verdict) = receive(vector);

        if (accepted == (expected == "accept"))
        {
            return new VectorResult(path, id, kind, VectorOutcome.Passed, "", []);
        }

        string hint = vector.Has("reason") ? $" ({vector.Text("reason")})" : "";

        return new VectorResult(
            path, id, kind, VectorOutcome.Failed, $"{expected}{hint} is right, the firmware {(accepted ? "accepts" : "rejects")}: {verdict}", []);
    }

    private static VectorResult Failed(string path, string message)
    {
        return new VectorResult(path, "", "file", VectorOutcome.Failed, message, []);
    }

    private static string Shorten(string text)
    {
        return text.Length <= MessageLength ? text : text[..MessageLength] + "...";
    }
}
