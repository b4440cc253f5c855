namespace MeshNode.Tool.Heap;

/// <summary>A line of the account.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Count">How many of it.</param>
/// <param name="Octets">What they take together.</param>
public sealed record HeapPart(string Name, int Count, int Octets);
