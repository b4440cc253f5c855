using MeshNode.Simulation;

namespace MeshNode.Tool.Demonstration;

/// <summary>Conditions of the demonstration.</summary>
/// <param name="Seed">Decides all chance.</param>
/// <param name="Loss">Probability that a transmission is not heard, 0 to 1.</param>
/// <param name="Delay">Milliseconds from the air to the stack.</param>
/// <param name="Jitter">Milliseconds by which the delay varies.</param>
/// <param name="Mtu">ATT_MTU of the phone's connection.</param>
/// <param name="Nodes">Number of nodes.</param>
/// <param name="Hours">Simulated hours that the boards run; 0 leaves the boards out.</param>
/// <param name="Verbose">Whether every event is shown.</param>
internal sealed record DemonstrationOptions(
    int Seed = 1,
    double Loss = 0.15,
    int Delay = 2,
    int Jitter = 3,
    int Mtu = 23,
    int Nodes = 6,
    int Hours = 8,
    bool Verbose = false)
{
    public const int MinNodes = 4;
    public const int MaxNodes = 10;

    public LinkQuality Quality => new(Loss, Delay, Jitter);
}
