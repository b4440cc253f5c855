namespace MeshNode.Provisioning
{
    /// <summary>What the provisioning device role tells the stack.</summary>
    public interface IProvisioneeClient
    {
        /// <summary>A provisioner has opened a link: nobody else needs to find the device.</summary>
        void OnLinkOpened(long now);

        /// <summary>The device has become a node.</summary>
        /// <param name="data">What the provisioner has given. Its network key is zeroed after the call.</param>
        /// <param name="deviceKey">The device key, 16 octets. Zeroed after the call.</param>
        void OnProvisioned(ProvisioningData data, byte[] deviceKey, long now);

        /// <summary>The link is closed.</summary>
        /// <param name="provisioned">Whether the device has become a node.</param>
        /// <param name="startNodeIdentity">Whether the bearer asks for Node Identity to be advertised.</param>
        void OnLinkClosed(bool provisioned, bool startNodeIdentity, long now);
    }
}
