using System;
using System.Collections.Generic;
using System.Linq;

namespace MeshNode.Storage;

/// <summary>Owner of a journal whose state is a dictionary; keeps the entries it was given in their order too.</summary>
internal sealed class ModelState : IJournalOwner
{
    public const int Kinds = 6;

    public readonly SortedDictionary<int, string> Values = [];
    public readonly List<string> Log = [];
    public readonly Journal Journal;

    public ModelState(IJournalMedium medium, int version = 1)
    {
        Journal = new Journal(medium, this, version);
    }

    /// <summary>Everything that the state holds, as text.</summary>
    public string Text => TextOf(Values);

    public static string TextOf(IEnumerable<KeyValuePair<int, string>> values)
    {
        return string.Join(" ", values.Select(v => $"{v.Key:X6}={v.Value}"));
    }

    public static ModelState Opened(IJournalMedium medium, int version = 1)
    {
        ModelState state = new(medium, version);
        state.Journal.Open();

        return state;
    }

    /// <summary>Changes a value, without octets to remove it, and adds it to the journal.</summary>
    public void Set(int key, byte[] value)
    {
        Change(key, value);
        Journal.Add(key >> 16, key & 0xFFFF, value, 0, value.Length);
    }

    /// <summary>Changes a value in RAM only.</summary>
    public void Change(int key, ReadOnlySpan<byte> value)
    {
        if (value.Length == 0)
        {
            Values.Remove(key);
        }
        else
        {
            Values[key] = Convert.ToHexString(value);
        }
    }

    public void OnEntry(int kind, int index, byte[] buffer, int offset, int count)
    {
        Change((kind << 16) | index, buffer.AsSpan(offset, count));
        Log.Add($"{kind}/{index}={Convert.ToHexString(buffer, offset, count)}");
    }

    public void WriteAll(Journal journal)
    {
        foreach ((int key, string value) in Values)
        {
            byte[] octets = Convert.FromHexString(value);
            journal.Add(key >> 16, key & 0xFFFF, octets, 0, octets.Length);
        }
    }
}
