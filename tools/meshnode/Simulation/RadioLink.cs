using System;

namespace MeshNode.Simulation;

/// <summary>Two antennas in range of each other.</summary>
public sealed class RadioLink
{
    private readonly VirtualAntenna _first;
    private readonly long[] _lastArrival = new long[2];

    internal RadioLink(VirtualAntenna first, VirtualAntenna second)
    {
        _first = first;
        Second = second;
    }

    /// <summary>Quality of this link, or <see langword="null"/> for that of the radio.</summary>
    public LinkQuality? Quality { get; set; }

    internal VirtualAntenna Second { get; }

    internal VirtualAntenna Other(VirtualAntenna antenna)
    {
        return antenna == _first ? Second : _first;
    }

    /// <summary>When something sent now arrives: what went before on this link has arrived by then.</summary>
    internal long Arrival(VirtualAntenna from, long now, LinkQuality quality, Random random)
    {
        ref long last = ref _lastArrival[from == _first ? 0 : 1];
        last = Math.Max(last, now + quality.Delay + random.Next(quality.Jitter + 1));

        return last;
    }
}
