using MeshNode.Provisioning;

namespace MeshNode.Tool.Demonstration;

/// <summary>The application of a device that is provisioned without anybody looking at it.</summary>
internal sealed class DeviceApplication : IProvisioningClient
{
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
    }
}
