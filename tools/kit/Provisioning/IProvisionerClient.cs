namespace MeshNode.Kit.Provisioning;

/// <summary>The application of a <see cref="Provisioner"/>. It may answer from within a call.</summary>
public interface IProvisionerClient
{
    /// <summary>Decides what the device is given.</summary>
    /// <returns><see langword="null"/> when there is no address for its elements.</returns>
    NodeAssignment? Assign(DeviceCapabilities capabilities);

    /// <summary>
    /// The device shows a value, which is given to <see cref="Provisioner.EnterNumber"/> or <see cref="Provisioner.EnterText"/>.
    /// </summary>
    void OnOutputOob(int action, int size, long now);

    /// <summary>The user is to enter a number at the device, or to push or twist that often.</summary>
    void OnInputNumber(int action, uint number, int digits, long now);

    /// <summary>The user is to enter a text at the device.</summary>
    void OnInputText(string text, long now);

    /// <summary>The device has become a node.</summary>
    /// <param name="deviceKey">16 octets, the client's own from now on.</param>
    void OnProvisioned(NodeAssignment assignment, DeviceCapabilities capabilities, byte[] deviceKey, long now);

    /// <summary>It has not.</summary>
    /// <param name="error">The device's error code when it has sent Failed, see <see cref="MeshNode.Provisioning.ProvisioningError"/>.</param>
    void OnFailed(ProvisionerFailure failure, int error, long now);
}
