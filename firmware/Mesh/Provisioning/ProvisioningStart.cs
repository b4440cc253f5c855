namespace MeshNode.Provisioning
{
    /// <summary>What the provisioner has chosen with its Start PDU. See Mesh Protocol 1.1, section 5.4.1.3.</summary>
    public sealed class ProvisioningStart
    {
        /// <summary>Octets of the parameters of a Start PDU.</summary>
        public const int Size = 5;

        private const int MaxPublicKey = 1;
        private const int NoAction = 0;

        /// <summary>See <see cref="ProvisioningAlgorithm"/>.</summary>
        public int Algorithm;

        /// <summary>Whether the device's public key is known to the provisioner out of band.</summary>
        public bool OobPublicKey;

        /// <summary>See <see cref="AuthenticationMethod"/>.</summary>
        public int Method;

        /// <summary>See <see cref="OutputOobAction"/> or <see cref="InputOobAction"/>.</summary>
        public int Action;

        /// <summary>Digits or characters of the output or input OOB value.</summary>
        public int OobSize;

        /// <summary>Reads the parameters of a Start PDU.</summary>
        /// <returns><see langword="false"/>, and nothing is changed, when they have a prohibited value or are not what the device offers.</returns>
        public bool Decode(byte[] pdu, int offset, ProvisioningCapabilities capabilities)
        {
            int algorithm = pdu[offset];
            int publicKey = pdu[offset + 1];
            int method = pdu[offset + 2];
            int action = pdu[offset + 3];
            int size = pdu[offset + 4];

            if (algorithm > ProvisioningAlgorithm.HmacSha256 || (capabilities.Algorithms & (1 << algorithm)) == 0)
            {
                return false;
            }

            if (publicKey > MaxPublicKey || (publicKey == MaxPublicKey && capabilities.OobPrivateKey == null))
            {
                return false;
            }

            if (!IsOffered(method, action, size, capabilities))
            {
                return false;
            }

            Algorithm = algorithm;
            OobPublicKey = publicKey == MaxPublicKey;
            Method = method;
            Action = action;
            OobSize = size;

            return true;
        }

        private static bool IsOffered(int method, int action, int size, ProvisioningCapabilities capabilities)
        {
            switch (method)
            {
                case AuthenticationMethod.None:
                    return action == NoAction && size == 0 && !capabilities.OnlyOob;

                case AuthenticationMethod.StaticOob:
                    return action == NoAction && size == 0 && capabilities.StaticOob != null;

                case AuthenticationMethod.OutputOob:
                    return action <= OutputOobAction.Alphanumeric
                        && (capabilities.OutputOobActions & (1 << action)) != 0
                        && size >= 1
                        && size <= capabilities.OutputOobSize;

                case AuthenticationMethod.InputOob:
                    return action <= InputOobAction.Alphanumeric
                        && (capabilities.InputOobActions & (1 << action)) != 0
                        && size >= 1
                        && size <= capabilities.InputOobSize;

                default:
                    return false;
            }
        }
    }
}
