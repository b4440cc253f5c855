using System;

namespace MeshNode.Simulation;

/// <summary>The power of a <see cref="SimulatedFlash"/> has failed: whatever was running has stopped here.</summary>
public sealed class PowerCutException : Exception;
