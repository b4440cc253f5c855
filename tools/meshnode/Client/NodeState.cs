using System;
using MeshNode.Kit.Client;

namespace MeshNode.Tool.Client;

/// <summary>A state of a node that <c>config</c> reads and changes.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="GetUsage">Values that reading takes.</param>
/// <param name="SetUsage">Values that changing takes, or null when it cannot be changed.</param>
/// <param name="Get">Reads it.</param>
/// <param name="Set">Changes it.</param>
internal sealed record NodeState(string Name, string GetUsage, string? SetUsage, Func<StateArguments, Request>? Get, Func<StateArguments, Request>? Set);
