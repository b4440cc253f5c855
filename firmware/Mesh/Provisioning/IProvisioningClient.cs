namespace MeshNode.Provisioning
{
    /// <summary>The application of a device that is provisioned. It may answer from within a call.</summary>
    public interface IProvisioningClient
    {
        /// <summary>A provisioner wants the device to be noticed. See Mesh Protocol 1.1, section 5.4.2.1.</summary>
        /// <param name="seconds">How long; 0 for not at all.</param>
        void OnAttention(int seconds, long now);

        /// <summary>Shows a number until <see cref="OnOobEnded"/>.</summary>
        /// <param name="action">See <see cref="OutputOobAction"/>: to blink, beep or vibrate that often, or to show it.</param>
        /// <param name="digits">Digits to show a number with, zeros in front.</param>
        /// <returns><see langword="false"/> when it cannot; provisioning fails.</returns>
        bool ShowNumber(int action, uint number, int digits, long now);

        /// <summary>Shows a text until <see cref="OnOobEnded"/>.</summary>
        /// <param name="text">Holds digits and upper-case letters in ASCII. Zeroed after the call.</param>
        /// <returns><see langword="false"/> when it cannot; provisioning fails.</returns>
        bool ShowText(byte[] text, int count, long now);

        /// <summary>
        /// Asks the user for a value, which is given to <see cref="Provisionee.InputNumber"/> or <see cref="Provisionee.InputText"/>, until
        /// <see cref="OnOobEnded"/>.
        /// </summary>
        /// <param name="action">See <see cref="InputOobAction"/>.</param>
        /// <param name="size">Most digits, or the number of characters.</param>
        /// <returns><see langword="false"/> when it cannot; provisioning fails.</returns>
        bool RequestInput(int action, int size, long now);

        /// <summary>What was shown or asked for is of no use any more.</summary>
        void OnOobEnded(long now);

        /// <summary>The device has become a node; the stack has joined the network already.</summary>
        /// <param name="data">What the provisioner has given. Its network key is zeroed after the call.</param>
        /// <param name="deviceKey">The device key, 16 octets. Zeroed after the call.</param>
        void OnProvisioned(ProvisioningData data, byte[] deviceKey, long now);

        /// <summary>Provisioning has failed.</summary>
        /// <param name="error">What the provisioner is told, see <see cref="ProvisioningError"/>; None when the link was closed too early.</param>
        void OnFailed(int error, long now);
    }
}
