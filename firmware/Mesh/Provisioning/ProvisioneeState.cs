namespace MeshNode.Provisioning
{
    /// <summary>What a <see cref="Provisionee"/> waits for.</summary>
    public enum ProvisioneeState : byte
    {
        /// <summary>A link.</summary>
        Closed,

        /// <summary>The Invite PDU.</summary>
        Invite,

        /// <summary>The Start PDU.</summary>
        Start,

        /// <summary>The provisioner's public key.</summary>
        PublicKey,

        /// <summary>Its own key pair; it has the provisioner's public key.</summary>
        KeyPair,

        /// <summary>The user's input.</summary>
        Input,

        /// <summary>The provisioner's Confirmation.</summary>
        Confirmation,

        /// <summary>The shared secret; it has the provisioner's Confirmation.</summary>
        Secret,

        /// <summary>The provisioner's Random.</summary>
        Random,

        /// <summary>The provisioning data.</summary>
        Data,

        /// <summary>The end of the link; the device has become a node.</summary>
        Complete,

        /// <summary>The end of the link; provisioning has failed.</summary>
        Failed,
    }
}
