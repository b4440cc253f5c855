using System;
using System.Collections.Generic;
using System.Linq;

namespace MeshNode.Tool.Vectors;

/// <summary>Compares what the firmware computes with the <c>out</c> of a vector. Members that a vector leaves out are not asked for.</summary>
internal sealed class VectorComparison
{
    private readonly VectorObject _expected;
    private readonly HashSet<string> _compared = [];

    public VectorComparison(VectorObject expected)
    {
        _expected = expected;
    }

    /// <summary>What is not as it should be.</summary>
    public List<string> Differences { get; } = [];

    /// <summary>Whether anything was compared.</summary>
    public bool HasCompared => _compared.Count > 0;

    /// <summary>The members that nothing was compared with.</summary>
    public IReadOnlyList<string> NotCompared => [.. _expected.Names.Where(name => !_compared.Contains(name))];

    public void Octets(string name, ReadOnlySpan<byte> actual)
    {
        if (Take(name))
        {
            Difference(_expected.PathOf(name), Convert.ToHexStringLower(_expected.Octets(name)), Convert.ToHexStringLower(actual));
        }
    }

    public void Number(string name, long actual)
    {
        if (Take(name))
        {
            Difference(_expected.PathOf(name), _expected.Number(name, long.MaxValue).ToString(), actual.ToString());
        }
    }

    public void Flag(string name, bool actual)
    {
        if (Take(name))
        {
            Difference(_expected.PathOf(name), _expected.Flag(name) ? "true" : "false", actual ? "true" : "false");
        }
    }

    public void Text(string name, string actual)
    {
        if (Take(name))
        {
            Difference(_expected.PathOf(name), _expected.Text(name), actual);
        }
    }

    public void OctetsList(string name, IReadOnlyList<byte[]> actual)
    {
        if (Take(name))
        {
            Difference(
                _expected.PathOf(name),
                string.Join(' ', _expected.OctetsList(name).Select(Convert.ToHexStringLower)),
                string.Join(' ', actual.Select(Convert.ToHexStringLower)));
        }
    }

    /// <summary>Compares a list of objects, one by one.</summary>
    public void ObjectList(string name, int count, Action<VectorComparison, int> compare)
    {
        if (!Take(name))
        {
            return;
        }

        List<VectorObject> objects = _expected.ObjectList(name);
        Check(objects.Count == count, $"{_expected.PathOf(name)} has {objects.Count} items, the firmware makes {count}");

        for (int i = 0; i < Math.Min(objects.Count, count); i++)
        {
            VectorComparison comparison = new(objects[i]);
            compare(comparison, i);
            Differences.AddRange(comparison.Differences);
        }
    }

    /// <summary>Notes something else that must hold.</summary>
    public void Check(bool ok, string difference)
    {
        if (!ok)
        {
            Differences.Add(difference);
        }
    }

    private bool Take(string name)
    {
        return _expected.Has(name) && _compared.Add(name);
    }

    private void Difference(string path, string expected, string actual)
    {
        Check(expected == actual, $"{path} is {expected}, the firmware computes {actual}");
    }
}
