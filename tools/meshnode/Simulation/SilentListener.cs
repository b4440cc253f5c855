namespace MeshNode.Simulation;

/// <summary>Behind an antenna that only sends.</summary>
public sealed class SilentListener : IRadioListener
{
    /// <inheritdoc/>
    public void OnReceived(VirtualAntenna from, int type, byte[] payload)
    {
    }

    /// <inheritdoc/>
    public void OnConnectable(VirtualAntenna from, byte[] data)
    {
    }

    /// <inheritdoc/>
    public void OnSent(int tag)
    {
    }
}
