using System.Text.Json.Nodes;

namespace MeshNode.Kit.Monitor;

/// <summary>What a PDU on the air or on a connection turned out to be. Keys do not appear in it.</summary>
/// <param name="Kind">What it is, in a word or two.</param>
/// <param name="Summary">What it says.</param>
public sealed record DecodedPdu(string Kind, string Summary)
{
    /// <summary>NetKey Index of the key that it is secured with, or <see langword="null"/>.</summary>
    public int? NetKeyIndex { get; init; }

    /// <summary>The IV Index that it was secured with.</summary>
    public uint? IvIndex { get; init; }

    /// <summary>Whether a beacon says that an IV Update is in progress.</summary>
    public bool IvUpdate { get; init; }

    /// <summary>TTL.</summary>
    public int? Ttl { get; init; }

    /// <summary>SEQ.</summary>
    public uint? Sequence { get; init; }

    /// <summary>SRC.</summary>
    public int? Source { get; init; }

    /// <summary>DST.</summary>
    public int? Destination { get; init; }

    /// <summary>AppKey Index, or one of <see cref="Access.AccessKey"/>, or <see langword="null"/>.</summary>
    public int? Key { get; init; }

    /// <summary>The status message it holds, or <see langword="null"/>.</summary>
    public object? Status { get; init; }

    /// <summary>DST and TransportPDU of a Network PDU, by which copies are told from other messages with the same SEQ.</summary>
    internal byte[]? Transport { get; init; }

    /// <summary>One line.</summary>
    public override string ToString()
    {
        return Source == null
            ? $"{Kind}: {Summary}"
            : $"{Source:x4} > {Destination:x4}  {Kind}: {Summary}  (TTL {Ttl}, SEQ {Sequence:x6}, IV {IvIndex}, subnet {NetKeyIndex:x3})";
    }

    /// <summary>An object for scripts.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = new() { ["kind"] = Kind, ["summary"] = Summary };
        Add(json, "netKeyIndex", NetKeyIndex);
        Add(json, "ivIndex", IvIndex);
        Add(json, "ttl", Ttl);
        Add(json, "sequence", Sequence);
        Add(json, "source", Source);
        Add(json, "destination", Destination);
        Add(json, "key", Key);

        if (Status != null)
        {
            json["status"] = Messages.StatusText.Json(Status);
        }

        return json;
    }

    private static void Add(JsonObject json, string name, long? value)
    {
        if (value != null)
        {
            json[name] = value;
        }
    }
}
