using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace MeshNode.Tool.Vectors;

/// <summary>An object of a vector file: gives its members in the form that is asked for, or says what is wrong with them.</summary>
internal sealed class VectorObject
{
    private readonly JsonElement _element;
    private readonly string _path;

    /// <param name="path">What messages call it.</param>
    public VectorObject(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new VectorFormatException($"{(path == "" ? "it" : path)} is not an object");
        }

        _element = element;
        _path = path;
    }

    public IEnumerable<string> Names => _element.EnumerateObject().Select(static member => member.Name);

    public bool Has(string name)
    {
        return _element.TryGetProperty(name, out _);
    }

    /// <summary>Octets, written in hexadecimal.</summary>
    public byte[] Octets(string name)
    {
        return ToOctets(Member(name), PathOf(name));
    }

    /// <summary>Octets of which there must be a certain number.</summary>
    public byte[] Octets(string name, int count)
    {
        byte[] octets = Octets(name);

        return octets.Length == count ? octets : throw new VectorFormatException($"{PathOf(name)} has {octets.Length} octets instead of {count}");
    }

    /// <summary>Octets, or a default when there is no such member.</summary>
    public byte[] OctetsOr(string name, byte[] other)
    {
        return Has(name) ? Octets(name) : other;
    }

    /// <summary>A number from 0 to a largest one.</summary>
    public long Number(string name, long largest)
    {
        return ToNumber(Member(name), PathOf(name), largest);
    }

    /// <summary>A number of one octet that may be negative.</summary>
    public int Signed(string name)
    {
        JsonElement member = Member(name);

        return member.ValueKind == JsonValueKind.Number && member.TryGetSByte(out sbyte number)
            ? number
            : throw new VectorFormatException($"{PathOf(name)} is not a number from -128 to 127");
    }

    /// <summary>A number, or 0 when there is no such member.</summary>
    public long NumberOrZero(string name, long largest)
    {
        return Has(name) ? Number(name, largest) : 0;
    }

    public uint IvIndex => (uint)Number("iv_index", uint.MaxValue);

    public uint Sequence => (uint)Number("seq", Network.SequenceNumber.Max);

    public int Address(string name)
    {
        return (int)Number(name, ushort.MaxValue);
    }

    /// <summary>0 or 1, or false or true; false when there is no such member.</summary>
    public bool Flag(string name)
    {
        if (!Has(name))
        {
            return false;
        }

        return Member(name).ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => Number(name, 1) == 1,
        };
    }

    public string Text(string name)
    {
        return ToText(Member(name), PathOf(name));
    }

    public VectorObject Object(string name)
    {
        return new VectorObject(Member(name), PathOf(name));
    }

    public List<byte[]> OctetsList(string name)
    {
        return [.. Items(name).Select((item, i) => ToOctets(item, $"{PathOf(name)}[{i}]"))];
    }

    public List<int> NumberList(string name, int largest)
    {
        return [.. Items(name).Select((item, i) => (int)ToNumber(item, $"{PathOf(name)}[{i}]", largest))];
    }

    public List<VectorObject> ObjectList(string name)
    {
        return [.. Items(name).Select((item, i) => new VectorObject(item, $"{PathOf(name)}[{i}]"))];
    }

    /// <summary>The items of a list, each of whatever type.</summary>
    public List<JsonElement> Items(string name)
    {
        JsonElement list = Member(name);

        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : throw new VectorFormatException($"{PathOf(name)} is not a list");
    }

    public string PathOf(string name)
    {
        return _path == "" ? name : $"{_path}.{name}";
    }

    private static byte[] ToOctets(JsonElement element, string path)
    {
        string text = ToText(element, path);

        if (text.Length % 2 != 0)
        {
            throw new VectorFormatException($"{path} has an odd number of hexadecimal digits");
        }

        return text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : throw new VectorFormatException($"{path} is not hexadecimal");
    }

    private static long ToNumber(JsonElement element, string path, long largest)
    {
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out long number))
        {
            throw new VectorFormatException($"{path} is not an integer");
        }

        return number >= 0 && number <= largest ? number : throw new VectorFormatException($"{path} is {number}, which is not from 0 to {largest}");
    }

    private static string ToText(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            throw new VectorFormatException($"{path} is not a string");
        }

        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new VectorFormatException($"{path} is not Unicode text");
        }
    }

    private JsonElement Member(string name)
    {
        return _element.TryGetProperty(name, out JsonElement member) ? member : throw new VectorFormatException($"{PathOf(name)} is missing");
    }
}
