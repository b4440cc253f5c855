namespace MeshNode.Provisioning
{
    /// <summary>The Provisioning PDUs: their types and lengths. See Mesh Protocol 1.1, section 5.4.1.</summary>
    public static class ProvisioningPdu
    {
        /// <summary>Provisioning Invite, from the provisioner.</summary>
        public const int Invite = 0x00;

        /// <summary>Provisioning Capabilities, from the device.</summary>
        public const int Capabilities = 0x01;

        /// <summary>Provisioning Start, from the provisioner.</summary>
        public const int Start = 0x02;

        /// <summary>Provisioning Public Key, from both.</summary>
        public const int PublicKey = 0x03;

        /// <summary>Provisioning Input Complete, from the device.</summary>
        public const int InputComplete = 0x04;

        /// <summary>Provisioning Confirmation, from both.</summary>
        public const int Confirmation = 0x05;

        /// <summary>Provisioning Random, from both.</summary>
        public const int Random = 0x06;

        /// <summary>Provisioning Data, from the provisioner.</summary>
        public const int Data = 0x07;

        /// <summary>Provisioning Complete, from the device.</summary>
        public const int Complete = 0x08;

        /// <summary>Provisioning Failed, from the device.</summary>
        public const int Failed = 0x09;

        /// <summary>Octets of the longest PDU, the Public Key.</summary>
        public const int MaxLength = 65;

        /// <summary>Octets of a PDU of a type, the type included; 0 for what is no type, the padding bits included.</summary>
        /// <param name="type">First octet of the PDU.</param>
        /// <param name="algorithm">See <see cref="ProvisioningAlgorithm"/>.</param>
        public static int Length(int type, int algorithm)
        {
            switch (type)
            {
                case Invite:
                case Failed:
                    return 2;

                case Capabilities:
                    return 1 + ProvisioningCapabilities.Size;

                case Start:
                    return 1 + ProvisioningStart.Size;

                case PublicKey:
                    return MaxLength;

                case InputComplete:
                case Complete:
                    return 1;

                case Confirmation:
                case Random:
                    return 1 + ProvisioningAlgorithm.ValueSize(algorithm);

                case Data:
                    return 1 + ProvisioningData.SecuredSize;

                default:
                    return 0;
            }
        }

        /// <summary>What is wrong with type and length of a PDU.</summary>
        /// <param name="algorithm">See <see cref="ProvisioningAlgorithm"/>.</param>
        /// <returns>See <see cref="ProvisioningError"/>.</returns>
        public static int Check(byte[] pdu, int offset, int count, int algorithm)
        {
            if (count == 0)
            {
                return ProvisioningError.InvalidPdu;
            }

            int length = Length(pdu[offset], algorithm);

            if (length == 0)
            {
                return ProvisioningError.InvalidPdu;
            }

            return count == length ? ProvisioningError.None : ProvisioningError.InvalidFormat;
        }
    }
}
