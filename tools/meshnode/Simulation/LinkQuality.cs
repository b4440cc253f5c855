namespace MeshNode.Simulation;

/// <summary>How well two antennas hear each other.</summary>
/// <param name="Loss">Probability that a transmission is not heard, 0 to 1.</param>
/// <param name="Delay">Milliseconds from the transmission to the stack of the receiver.</param>
/// <param name="Jitter">Milliseconds by which the delay varies upwards.</param>
public readonly record struct LinkQuality(double Loss, int Delay, int Jitter);
