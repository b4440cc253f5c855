using MeshNode.Simulation;

namespace MeshNode.NodeApplications;

/// <summary>Behind an antenna that only sends.</summary>
internal sealed class SilentListener : IRadioListener
{
    public void OnReceived(VirtualAntenna from, int type, byte[] payload)
    {
    }

    public void OnConnectable(VirtualAntenna from, byte[] data)
    {
    }

    public void OnSent(int tag)
    {
    }
}
