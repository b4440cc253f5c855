namespace MeshNode.Kit.Provisioning;

/// <summary>The application of a <see cref="Provisioner"/>. It may answer from within a call.</summary>
public interface IProvisionerClient
{
    /// <summary>
    /// The device shows a value, which is given to <see cref="Provisioner.EnterNumber"/> or <see cref="Provisioner.EnterText"/>.
    /// </summary>
    void OnOutputOob(int action, int size, long now);

    /// <summary>The user is to enter a number at the device, or to push or twist that often.</summary>
    void OnInputNumber(int action, uint number, int digits, long now);

    /// <summary>The user is to enter a text at the device.</summary>
    void OnInputText(string text, long now);

    /// <summary>
    /// The device is who it is said to be: decides what it is given, and writes that durably together with its device key. Provisioning Data is sent next; from then on
    /// the device may be a node although its Complete is never heard, and without this key nobody could configure it.
    /// </summary>
    /// <param name="deviceKey">16 octets. Zeroed after the return.</param>
    /// <returns><see langword="null"/> when there is no address for its elements, or nothing can be written: then nothing is sent.</returns>
    NodeAssignment? Assign(DeviceCapabilities capabilities, byte[] deviceKey);

    /// <summary>The device has become a node.</summary>
    /// <param name="deviceKey">16 octets, the client's own from now on.</param>
    void OnProvisioned(NodeAssignment assignment, DeviceCapabilities capabilities, byte[] deviceKey, long now);

    /// <summary>It has not; or after <see cref="Assign"/> it is not known whether it has, since nothing that a device says of a failure is authenticated.</summary>
    /// <param name="error">The device's error code when it has sent Failed, see <see cref="MeshNode.Provisioning.ProvisioningError"/>.</param>
    void OnFailed(ProvisionerFailure failure, int error, long now);
}
