using System;

namespace MeshNode.Simulation;

/// <summary>Ticks a device after each event, and at the time that its last tick has asked for.</summary>
/// <param name="tick">Is given the time and tells when to call again.</param>
internal sealed class VirtualTimer(EventQueue clock, Func<long, long> tick)
{
    private long _wakeAt = long.MaxValue;

    /// <summary>Ticks now.</summary>
    public void Tick()
    {
        long now = clock.Now;
        long next = Math.Max(tick(now), now + 1);

        if (next < _wakeAt || _wakeAt <= now)
        {
            _wakeAt = next;

            if (next != long.MaxValue)
            {
                clock.At(next, Wake);
            }
        }
    }

    // One of several calls may be out of date, because an earlier time was wanted meanwhile.
    private void Wake()
    {
        if (clock.Now == _wakeAt)
        {
            _wakeAt = long.MaxValue;
            Tick();
        }
    }
}
