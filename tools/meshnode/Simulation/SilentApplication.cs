using MeshNode.Provisioning;

namespace MeshNode.Simulation;

/// <summary>The application of a device that is provisioned without anybody looking at it.</summary>
public sealed class SilentApplication : IProvisioningClient
{
    /// <summary>Error code of the last session that has failed.</summary>
    public int Error { get; private set; }

    /// <inheritdoc/>
    public void OnAttention(int seconds, long now)
    {
    }

    /// <inheritdoc/>
    public bool ShowNumber(int action, uint number, int digits, long now)
    {
        return false;
    }

    /// <inheritdoc/>
    public bool ShowText(byte[] text, int count, long now)
    {
        return false;
    }

    /// <inheritdoc/>
    public bool RequestInput(int action, int size, long now)
    {
        return false;
    }

    /// <inheritdoc/>
    public void OnOobEnded(long now)
    {
    }

    /// <inheritdoc/>
    public void OnProvisioned(ProvisioningData data, byte[] deviceKey, long now)
    {
    }

    /// <inheritdoc/>
    public void OnFailed(int error, long now)
    {
        Error = error;
    }
}
