namespace MeshNode.Kit.Messages;

/// <summary>How a state gets to its target. See Mesh Model 1.1, section 3.1.3.</summary>
/// <param name="Time">Transition Time: 6 bits of steps, 2 of resolution.</param>
/// <param name="Delay">Steps of 5 ms before it begins.</param>
public readonly record struct Transition(int Time, int Delay);
