using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace MeshNode.IlCost;

/// <summary>
/// Costs of the operations that MeshNode.Bench lists.
/// </summary>
public sealed class OperationCosts
{
    private readonly CountedAssemblies _assemblies;
    private readonly Dictionary<string, object> _operations = [];

    /// <param name="directory">Holds MeshNode.Bench.dll and the libraries it measures.</param>
    public OperationCosts(string directory)
    {
        _assemblies = new CountedAssemblies(
            Path.Combine(directory, "MeshNode.Crypto.dll"),
            Path.Combine(directory, "MeshNode.Mesh.dll"),
            Path.Combine(directory, "MeshNode.Bench.dll"));

        Type run = _assemblies["MeshNode.Bench"].GetType("MeshNode.Bench.BenchmarkRun", true)!;

        foreach (object operation in (IEnumerable)run.GetMethod("CreateOperations")!.Invoke(null, null)!)
        {
            _operations.Add((string)operation.GetType().GetProperty("Name")!.GetValue(operation)!, operation);
        }
    }

    /// <summary>The names of the operations, in the order of the list.</summary>
    public IEnumerable<string> Names => _operations.Keys;

    /// <summary>
    /// Sets an operation up, runs it once to settle and returns what one more run costs.
    /// </summary>
    public Cost Measure(string name)
    {
        object operation = _operations[name];
        Action setup = operation.GetType().GetMethod("Setup")!.CreateDelegate<Action>(operation);
        Action run = operation.GetType().GetMethod("Run")!.CreateDelegate<Action>(operation);

        setup();
        run();

        return _assemblies.Measure(run);
    }
}
