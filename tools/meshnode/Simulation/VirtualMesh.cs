using System;
using System.Collections.Generic;
using MeshNode.Access;
using MeshNode.Board;

namespace MeshNode.Simulation;

/// <summary>
/// A simulation: time, air, nodes, and a trace of what happens. The same seed gives the same run.
/// </summary>
public sealed class VirtualMesh
{
    private readonly Random _seeds;
    private readonly List<VirtualNode> _nodes = [];

    /// <param name="seed">Decides all chance.</param>
    public VirtualMesh(int seed)
    {
        _seeds = new Random(seed);
        Radio = new VirtualRadio(this);
    }

    /// <summary>Everything that happens, as it happens.</summary>
    public event Action<TraceEvent>? Traced;

    /// <summary>The time.</summary>
    public EventQueue Clock { get; } = new();

    /// <summary>The air.</summary>
    public VirtualRadio Radio { get; }

    /// <summary>The nodes, in the order in which they were added.</summary>
    public IReadOnlyList<VirtualNode> Nodes => _nodes;

    /// <summary>Adds a node that belongs to no network and is in range of nothing.</summary>
    /// <param name="composition">Its elements and models.</param>
    /// <param name="profile">What it can hold.</param>
    public VirtualNode AddNode(string name, Composition composition, StackProfile profile)
    {
        return AddNode(name, () => composition, profile, null);
    }

    /// <summary>Adds a node as above, which keeps its state.</summary>
    /// <param name="composition">Makes its elements and models at each start.</param>
    /// <param name="flash">Where its state is kept.</param>
    public VirtualNode AddNode(string name, Func<Composition> composition, StackProfile profile, SimulatedFlash? flash)
    {
        VirtualNode node = new(this, name, composition, profile, flash);
        _nodes.Add(node);

        return node;
    }

    /// <summary>Adds a board without power that is in range of nothing.</summary>
    /// <param name="profile">Chip and image.</param>
    public MeshBoard AddBoard(string name, BoardProfile profile)
    {
        return new MeshBoard(this, name, profile);
    }

    /// <summary>Records an event.</summary>
    public void Trace(TraceEvent traceEvent)
    {
        Traced?.Invoke(traceEvent);
    }

    /// <summary>A source of chance of its own for one part, so that parts do not disturb each other.</summary>
    public Random CreateRandom()
    {
        return new Random(_seeds.Next());
    }
}
