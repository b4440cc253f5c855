using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Access;

namespace MeshNode.Kit.Messages;

/// <summary>Composition Data Page 0. See Mesh Protocol 1.1, section 4.2.2.1.</summary>
/// <param name="Company">CID.</param>
/// <param name="Product">PID.</param>
/// <param name="Version">VID.</param>
/// <param name="ReplaySources">CRPL.</param>
/// <param name="Features">Bits for relay, proxy, friend and low power, from the lowest on. Reserved bits are kept.</param>
/// <param name="Elements">The elements.</param>
public sealed record CompositionPage0(int Company, int Product, int Version, int ReplaySources, int Features, IReadOnlyList<ElementDescription> Elements)
{
    private const int HeaderSize = 10;
    private const int ElementHeaderSize = 4;
    private const int SigSize = 2;
    private const int VendorSize = 4;

    /// <summary>What a firmware's composition looks like in its Page 0.</summary>
    /// <param name="features">See <see cref="Features"/>.</param>
    public static CompositionPage0 Of(Composition composition, int replaySources, int features)
    {
        IEnumerable<ElementDescription> elements = Enumerable.Range(0, composition.Count).Select(i => new ElementDescription(
            composition[i].Location,
            [.. Enumerable.Range(0, composition[i].Count).Select(j => new ModelId(composition[i][j].Company, composition[i][j].Id))]));

        return new CompositionPage0(composition.Company, composition.Product, composition.Version, replaySources, features, [.. elements]);
    }

    /// <summary>Writes the page.</summary>
    public byte[] Encode()
    {
        List<byte> page = [];
        Add(page, Company, Product, Version, ReplaySources, Features);

        foreach (ElementDescription element in Elements)
        {
            List<ModelId> sig = [.. element.Models.Where(static model => model.IsSig)];
            List<ModelId> vendor = [.. element.Models.Where(static model => !model.IsSig)];
            Add(page, element.Location);
            page.Add((byte)sig.Count);
            page.Add((byte)vendor.Count);
            sig.ForEach(model => Add(page, model.Id));
            vendor.ForEach(model => Add(page, model.Company, model.Id));
        }

        return [.. page];
    }

    /// <summary>Reads the page.</summary>
    /// <returns><see langword="null"/> when it is cut off, or has no element.</returns>
    public static CompositionPage0? Decode(ReadOnlySpan<byte> page)
    {
        if (page.Length < HeaderSize)
        {
            return null;
        }

        List<ElementDescription> elements = [];
        ReadOnlySpan<byte> rest = page[HeaderSize..];

        while (rest.Length > 0)
        {
            if (rest.Length < ElementHeaderSize || rest.Length < ElementHeaderSize + (rest[2] * SigSize) + (rest[3] * VendorSize))
            {
                return null;
            }

            List<ModelId> models = [];
            int location = Number(rest, 0);
            int sig = rest[2];
            int vendor = rest[3];
            rest = rest[ElementHeaderSize..];

            for (; sig > 0; sig--, rest = rest[SigSize..])
            {
                models.Add(ModelId.Sig(Number(rest, 0)));
            }

            for (; vendor > 0; vendor--, rest = rest[VendorSize..])
            {
                models.Add(ModelId.Vendor(Number(rest, 0), Number(rest, 1)));
            }

            elements.Add(new ElementDescription(location, models));
        }

        return elements.Count == 0
            ? null
            : new CompositionPage0(Number(page, 0), Number(page, 1), Number(page, 2), Number(page, 3), Number(page, 4), elements);
    }

    private static int Number(ReadOnlySpan<byte> octets, int index)
    {
        return octets[2 * index] | (octets[(2 * index) + 1] << 8);
    }

    private static void Add(List<byte> page, params ReadOnlySpan<int> numbers)
    {
        foreach (int number in numbers)
        {
            page.Add((byte)number);
            page.Add((byte)(number >> 8));
        }
    }
}
