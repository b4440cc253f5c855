using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;

namespace MeshNode.Tool.Vectors;

/// <summary>Writes what became of the vectors.</summary>
internal static class VectorReport
{
    /// <summary>Runs the vectors of all files and reports.</summary>
    /// <param name="verbose">Whether members that were not compared are listed.</param>
    /// <returns>Whether nothing failed.</returns>
    public static bool Run(IAnsiConsole console, IReadOnlyList<string> paths, bool verbose)
    {
        List<VectorResult> results = [.. paths.SelectMany(VectorRunner.Run)];
        List<VectorResult> failed = [.. results.Where(static result => result.Outcome == VectorOutcome.Failed)];
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns(new("kind"), Right("passed"), Right("failed"), Right("skipped"), new("why skipped"));

        foreach (IGrouping<string, VectorResult> kind in results.GroupBy(static result => result.Kind))
        {
            IEnumerable<string> reasons = kind.Where(static result => result.Outcome == VectorOutcome.Skipped).Select(static result => result.Message).Distinct();
            table.AddRow(
                Markup.Escape(kind.Key),
                Count(kind, VectorOutcome.Passed),
                Count(kind, VectorOutcome.Failed),
                Count(kind, VectorOutcome.Skipped),
                Markup.Escape(string.Join("; ", reasons)));
        }

        console.Write(table);

        foreach (VectorResult result in failed)
        {
            string id = result.Id == "" ? "" : $" {result.Id} ({result.Kind})";
            WriteLine($"FAILED {result.File}{id}: {result.Message}");
        }

        if (verbose)
        {
            ListNotCompared(results, WriteLine);
        }

        int passed = results.Count(static result => result.Outcome == VectorOutcome.Passed);
        int skipped = results.Count(static result => result.Outcome == VectorOutcome.Skipped);
        WriteLine($"{paths.Count} files: {passed} passed, {failed.Count} failed, {skipped} skipped");

        return failed.Count == 0;

        // One line each, however long: they are searched rather than read.
        void WriteLine(string line) => console.Profile.Out.Writer.WriteLine(line);
    }

    private static void ListNotCompared(List<VectorResult> results, Action<string> writeLine)
    {
        foreach (IGrouping<string, VectorResult> kind in results.GroupBy(static result => result.Kind))
        {
            List<string> members = [.. kind.SelectMany(static result => result.NotCompared).Distinct()];

            if (members.Count > 0)
            {
                writeLine($"not compared: {kind.Key}: {string.Join(", ", members)}");
            }
        }
    }

    private static TableColumn Right(string header)
    {
        return new TableColumn(header).RightAligned();
    }

    private static string Count(IEnumerable<VectorResult> results, VectorOutcome outcome)
    {
        int count = results.Count(result => result.Outcome == outcome);

        return count == 0 ? "" : count.ToString();
    }
}
