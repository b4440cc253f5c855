namespace MeshNode.Provisioning
{
    /// <summary>The Error Code of a Provisioning Failed PDU. See Mesh Protocol 1.1, section 5.4.4.</summary>
    public static class ProvisioningError
    {
        /// <summary>Nothing is wrong; never sent.</summary>
        public const int None = 0x00;

        /// <summary>The PDU is not known.</summary>
        public const int InvalidPdu = 0x01;

        /// <summary>A wrong length or a value out of range, a public key that is none among them.</summary>
        public const int InvalidFormat = 0x02;

        /// <summary>The PDU does not come now.</summary>
        public const int UnexpectedPdu = 0x03;

        /// <summary>The provisioner has not confirmed the AuthValue.</summary>
        public const int ConfirmationFailed = 0x04;

        /// <summary>The device cannot go on now: too many attempts have failed.</summary>
        public const int OutOfResources = 0x05;

        /// <summary>The provisioning data is not authentic.</summary>
        public const int DecryptionFailed = 0x06;

        /// <summary>The device has failed itself.</summary>
        public const int UnexpectedError = 0x07;

        /// <summary>There are not as many unicast addresses from the given one on as the device has elements.</summary>
        public const int CannotAssignAddresses = 0x08;

        /// <summary>The provisioning data has a value that cannot be.</summary>
        public const int InvalidData = 0x09;
    }
}
