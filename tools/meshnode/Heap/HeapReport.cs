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
            console.WriteLine($"{section.Name,-58}{Format(section.Octets),10}");

            foreach (HeapPart part in section.Parts)
            {
                console.WriteLine($"  {part.Name,-50}{(part.Count > 1 ? $"{part.Count} x" : ""),6}{Format(part.Octets),10}");
            }
        }

        console.WriteLine();
        Line("In use", account.Used);

        if (!account.HasPsram)
        {
            Line($"Free of {Format(HeapAccount.HeapSize)}", account.Free);
        }

        Line("More for a moment in the deepest call", HeapAccount.DeepestCall);
        Line("More while a native event is handled (estimate)", LibraryObjects.EventThread);
        Line("More during a refresh of all keys", account.KeyRefresh);

        if (!account.HasPsram)
        {
            Line("Free when all of them come together", account.Least);
        }

        console.WriteLine();
        Line("In use while it is provisioned", account.Provisioning);
        Line("More for a moment in the deepest call of that", HeapAccount.DeepestProvisioning);

        if (!account.HasPsram)
        {
            Line("Free when that comes together with a native event", account.LeastProvisioning);
        }

        void Line(string name, int octets)
        {
            console.WriteLine($"{name,-58}{Format(octets),10}");
        }
    }

    private static string Format(int octets)
    {
        return octets.ToString("N0", CultureInfo.InvariantCulture);
    }
}
