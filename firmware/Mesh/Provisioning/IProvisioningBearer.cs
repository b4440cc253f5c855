namespace MeshNode.Provisioning
{
    /// <summary>A bearer of the provisioning protocol: PB-ADV or PB-GATT. See Mesh Protocol 1.1, section 5.2.</summary>
    public interface IProvisioningBearer
    {
        /// <summary>Whether Node Identity is advertised when the node was provisioned over this bearer.</summary>
        bool StartsNodeIdentity { get; }

        /// <summary>Milliseconds that the provisioner has to close the link after Complete.</summary>
        int CloseTimeout { get; }

        /// <summary>Sends a Provisioning PDU. It is copied. One may wait behind the one that is being sent.</summary>
        void Send(byte[] pdu, int count, long now);

        /// <summary>Closes the link.</summary>
        /// <param name="reason">See <see cref="LinkCloseReason"/>.</param>
        void Close(int reason, long now);
    }
}
