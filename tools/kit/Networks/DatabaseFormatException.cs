using System;

namespace MeshNode.Kit.Networks;

/// <summary>A Mesh Configuration Database cannot be read.</summary>
/// <param name="place">Where the fault is. Values are not told: they may be keys.</param>
public sealed class DatabaseFormatException(string place) : Exception($"The database is not a Mesh Configuration Database: {place}.");
