using System;
using System.Globalization;
using System.Linq;
using MeshNode.Kit.Client;
using MeshNode.Kit.Ledger;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;

namespace MeshNode.Tool.Client;

/// <summary>Reads values that a user has typed.</summary>
internal static class Values
{
    private const int MaxSteps = 0x3E;

    private static readonly int[] s_resolutions = [100, 1000, 10000, 600000];

    /// <summary>A number in a range.</summary>
    public static int Number(string text, int least, int most, string what)
    {
        bool hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);

        return (hex
                ? int.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number)
                : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            && number >= least && number <= most
                ? number
                : throw Wrong(what, $"a number from {least} to {most}", text);
    }

    /// <summary>On or off.</summary>
    public static bool Switch(string text, string what)
    {
        return text.ToLowerInvariant() switch { "on" or "1" or "yes" => true, "off" or "0" or "no" => false, _ => throw Wrong(what, "on or off", text) };
    }

    /// <summary>Octets in hexadecimal digits.</summary>
    /// <param name="secret">Whether an error must not show them.</param>
    public static byte[] Octets(string text, int? size, string what, bool secret = false)
    {
        string digits = text.Replace("-", "", StringComparison.Ordinal);

        return digits.Length % 2 == 0 && digits.Length > 0 && digits.All(char.IsAsciiHexDigit) && (size == null || digits.Length == 2 * size)
            ? Convert.FromHexString(digits)
            : throw Wrong(what, size == null ? "an even number of hexadecimal digits" : $"{2 * size} hexadecimal digits", secret ? "..." : text);
    }

    /// <summary>A model: 1000, or 05f1:0001 of a vendor.</summary>
    public static ModelId Model(string text)
    {
        string[] parts = text.Split(':');
        int[] numbers = [.. parts.Select(static part => part.Length == 4 && int.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int n) ? n : -1)];

        return numbers switch
        {
            [>= 0 and int id] => ModelId.Sig(id),
            [>= 0 and int company, >= 0 and int id] => ModelId.Vendor(company, id),
            _ => throw Wrong("MODEL", "four hexadecimal digits, of a vendor's model company:model", text),
        };
    }

    /// <summary>An element of a node: its address, or its number from 0 on.</summary>
    public static int Element(KnownNode node, string text)
    {
        int address = Session.ParseAddress(text) is { } given ? given : node.Address + Number(text, 0, node.Elements - 1, "ELEMENT");

        return address >= node.Address && address < node.Address + node.Elements ? address : throw Wrong("ELEMENT", $"an address from {node.Address:x4} to {node.Address + node.Elements - 1:x4}", text);
    }

    /// <summary>A range of addresses: 0100-01ff.</summary>
    public static AddressRange Range(string text)
    {
        string[] parts = text.Split('-');

        return parts.Length == 2 && Session.ParseAddress(parts[0]) is { } first && Session.ParseAddress(parts[1]) is { } last && first > 0 && first <= last && last < 0x8000
            ? new AddressRange(first, last)
            : throw Wrong("--range", "two unicast addresses such as 0100-01ff", text);
    }

    /// <summary>Transition Time: the nearest that is not shorter.</summary>
    public static int TransitionTime(double seconds)
    {
        for (int i = 0; i < s_resolutions.Length; i++)
        {
            int steps = (int)Math.Ceiling(seconds * 1000 / s_resolutions[i]);

            if (steps <= MaxSteps)
            {
                return steps | (i << 6);
            }
        }

        throw Wrong("--time", "at most 37200 seconds", seconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Heartbeat counts and periods: the next power of two, as its logarithm plus 1.</summary>
    public static int Log(int number)
    {
        int log = 0;

        while (number > 0 && 1 << log < number)
        {
            log++;
        }

        return number == 0 ? 0 : log + 1;
    }

    /// <summary>How often and how many milliseconds apart, as count and steps.</summary>
    public static (int Count, int Steps) Transmit(string times, string interval, int unit)
    {
        return (Number(times, 1, 8, "TIMES") - 1, (Number(interval, unit, 32 * unit, "MILLISECONDS") / unit) - 1);
    }

    /// <summary>What is wrong with a value.</summary>
    public static CommandFailure Wrong(string what, string needed, string text)
    {
        return new CommandFailure(ExitCode.Usage, $"{what} is '{text}'.", $"It has to be {needed}.");
    }
}
