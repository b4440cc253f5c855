namespace MeshNode.Proxy
{
    /// <summary>The Message Type field of a Proxy PDU. See Mesh Protocol 1.1, section 6.3.1.</summary>
    public static class ProxyPduType
    {
        /// <summary>Network PDU.</summary>
        public const int NetworkPdu = 0x00;

        /// <summary>Mesh Beacon.</summary>
        public const int MeshBeacon = 0x01;

        /// <summary>Proxy Configuration message.</summary>
        public const int ProxyConfiguration = 0x02;

        /// <summary>Provisioning PDU.</summary>
        public const int ProvisioningPdu = 0x03;

        private const int MaxNetworkPdu = 29;
        private const int MaxBeacon = 27;
        private const int MaxProvisioningPdu = 65;

        /// <summary>Octets of the longest message of a type; 0 for a type that is not of this specification.</summary>
        public static int MaxLength(int type)
        {
            switch (type)
            {
                case NetworkPdu:
                case ProxyConfiguration:
                    return MaxNetworkPdu;

                case MeshBeacon:
                    return MaxBeacon;

                case ProvisioningPdu:
                    return MaxProvisioningPdu;

                default:
                    return 0;
            }
        }
    }
}
