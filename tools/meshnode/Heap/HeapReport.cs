using System.Globalization;
using Spectre.Console;

namespace MeshNode.Tool.Heap;

/// <summary>Prints the account.</summary>
internal static class HeapReport
{
    public static void Run(IAnsiConsole console, HeapAccount account)
    {
        foreach (HeapSection section in account.Sections)
        {
            console.WriteLine($"{section.Name,-40}{"",8}{Format(section.Octets),10}");

            foreach (HeapPart part in section.Parts)
            {
                console.WriteLine($"  {part.Name,-38}{(part.Count > 1 ? $"{part.Count} x" : ""),8}{Format(part.Octets),10}");
            }
        }

        console.WriteLine();
        console.WriteLine($"{"In use",-48}{Format(account.Used),10}");
        console.WriteLine($"{"Free of",-38}{Format(HeapAccount.HeapSize),10}{Format(account.Free),10}");
        console.WriteLine($"{"More for a moment in the deepest call",-48}{Format(HeapAccount.DeepestCall),10}");
        console.WriteLine($"{"More during a refresh of all keys",-48}{Format(account.KeyRefresh),10}");
    }

    private static string Format(int octets)
    {
        return octets.ToString("N0", CultureInfo.InvariantCulture);
    }
}
