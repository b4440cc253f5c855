using System;
using MeshNode.Bench;
using MeshNode.IlCost;
using Spectre.Console;

namespace MeshNode.Tool;

/// <summary>The desktop part of the benchmark.</summary>
internal static class Benchmark
{
    /// <summary>Measures times and allocations, then counts what the device's interpreter would execute.</summary>
    /// <returns>Whether the benchmark's check of itself succeeded.</returns>
    public static bool Run(IAnsiConsole console)
    {
        bool ok = BenchmarkRun.Run(line => console.WriteLine(line));
        OperationCosts costs = new(AppContext.BaseDirectory);
        console.WriteLine();
        console.WriteLine($"{"operation",-28}{"IL instructions",18}{"allocations",13}");

        foreach (string name in costs.Names)
        {
            Cost cost = costs.Measure(name);
            console.WriteLine($"{name,-28}{cost.Instructions,18}{cost.Allocations,13}");
        }

        return ok;
    }
}
