using System.Collections.Generic;
using MeshNode.Network;
using MeshNode.Simulation;

namespace MeshNode.Tool.Demonstration;

/// <summary>What one device made of the copies of a PDU that it heard.</summary>
internal sealed class PduStop(string device)
{
    public string Device { get; } = device;

    /// <summary>The first copy that was authenticated, or else the first.</summary>
    public NetworkPduReceived? Decisive { get; private set; }

    /// <summary>How often further copies met with which verdict.</summary>
    public SortedDictionary<NetworkVerdict, int> Others { get; } = [];

    public AcceptedPdu? Accepted => Decisive?.Accepted;

    public void Add(NetworkPduReceived received)
    {
        if (Decisive == null)
        {
            Decisive = received;
        }
        else if (Accepted == null && received.Accepted != null)
        {
            Count(Decisive.Verdict);
            Decisive = received;
        }
        else
        {
            Count(received.Verdict);
        }
    }

    private void Count(NetworkVerdict verdict)
    {
        Others[verdict] = Others.GetValueOrDefault(verdict) + 1;
    }
}
