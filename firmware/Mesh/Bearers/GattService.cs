namespace MeshNode.Bearers
{
    /// <summary>The GATT services of a mesh node, of which only one is visible at a time. See Mesh Protocol 1.1, section 7.</summary>
    public static class GattService
    {
        /// <summary>Mesh Provisioning Service.</summary>
        public const int Provisioning = 0x1827;

        /// <summary>Mesh Proxy Service.</summary>
        public const int Proxy = 0x1828;

        /// <summary>Smallest and initial ATT_MTU, in octets.</summary>
        public const int MinMtu = 23;

        /// <summary>Largest ATT_MTU that is of use, in octets.</summary>
        public const int MaxMtu = 517;

        /// <summary>Octets of the ATT header of a write or notification.</summary>
        public const int AttHeaderSize = 3;
    }
}
